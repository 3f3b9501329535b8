-- Photographs that were sent, with what was confirmed of them. Nothing of who sent them.

-- +goose Up
CREATE TABLE contribution (
    capture     TEXT    NOT NULL PRIMARY KEY REFERENCES capture (digest),
    received_at INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    decided_by  TEXT    NOT NULL,
    decided_at  INTEGER NOT NULL, -- the zero time stands for itself
    body        TEXT    NOT NULL  -- JSON: the rest
) STRICT;
CREATE INDEX contribution_state ON contribution (state, received_at, capture);

-- +goose Down
DROP TABLE contribution;
