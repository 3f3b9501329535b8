-- In which capture a document was found: the archive, the mailbox, the mail that it was attached to.

-- +goose Up
ALTER TABLE sighting ADD COLUMN container TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE sighting DROP COLUMN container;
