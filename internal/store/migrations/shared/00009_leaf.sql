-- What the ledger records: each leaf is written with what it is about, and gets its place in the log afterwards.

-- +goose Up
CREATE TABLE leaf (
    subject   TEXT    NOT NULL, -- the leaf's digest: of a capture, a claim, an export, a key
    hash      TEXT    NOT NULL, -- of the text, as the log's tree has it
    at        INTEGER NOT NULL, -- when it happened
    body      TEXT    NOT NULL, -- the leaf's text
    salt      TEXT    NOT NULL, -- of its salted digest; never in the log
    log_index INTEGER DEFAULT NULL, -- its place in the log; NULL until a checkpoint covers it
    PRIMARY KEY (subject, hash)
) STRICT;
CREATE INDEX leaf_pending ON leaf (at, subject, hash) WHERE log_index IS NULL;
CREATE UNIQUE INDEX leaf_logged ON leaf (log_index) WHERE log_index IS NOT NULL;

-- +goose Down
DROP TABLE leaf;
