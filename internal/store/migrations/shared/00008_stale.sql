-- How far a subject's disagreements were put. The count of its changes never begins again, so that who looked earlier
-- can tell that another has put a newer view.

-- +goose Up
ALTER TABLE stale_subject ADD COLUMN put INTEGER NOT NULL DEFAULT 0;
CREATE INDEX stale_subject_waiting ON stale_subject (subject) WHERE changes > put;

-- +goose Down
DROP INDEX stale_subject_waiting;
ALTER TABLE stale_subject DROP COLUMN put;
