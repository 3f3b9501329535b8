-- What is withheld by law or on request: the capture's row stays, its words and bytes go.

-- +goose Up
CREATE TABLE withholding (
    capture     TEXT    NOT NULL PRIMARY KEY REFERENCES capture (digest),
    ground      TEXT    NOT NULL, -- 'order' or 'request'
    reason      TEXT    NOT NULL, -- as the public reads it
    dated       TEXT    NOT NULL, -- of the order or request; '' when not said
    withheld_by TEXT    NOT NULL,
    withheld_at INTEGER NOT NULL,
    claims      INTEGER NOT NULL, -- that rested on it
    erased      INTEGER NOT NULL  -- 1 when nothing is left of its bytes and words
) STRICT;
CREATE INDEX withholding_latest ON withholding (withheld_at DESC, capture);

-- bytes that must not be kept: of the capture, and of the exchanges that brought it
CREATE TABLE withheld_bytes (
    digest  TEXT NOT NULL PRIMARY KEY,
    capture TEXT NOT NULL REFERENCES withholding (capture)
) STRICT;

-- +goose Down
DROP TABLE withheld_bytes;
DROP TABLE withholding;
