-- Which texts say the same, and where texts stand in the captured bytes.

-- +goose Up
-- the sketches of originals, number by number
CREATE TABLE likeness (
    band   INTEGER NOT NULL,
    number INTEGER NOT NULL, -- of the capture
    PRIMARY KEY (band, number)
) STRICT;
CREATE INDEX likeness_number ON likeness (number);

CREATE TABLE original (
    capture  TEXT    NOT NULL PRIMARY KEY REFERENCES capture (digest),
    original TEXT    NOT NULL, -- the capture that said the same first: its own digest for most
    unsorted INTEGER NOT NULL, -- 1 until that was looked for since its text changed
    number   INTEGER NOT NULL, -- the first eight bytes of the digest: short, since sixteen rows of likeness have it
    sketch   TEXT    NOT NULL  -- of the newest text: base64 of its numbers, '' for a short text
) STRICT;
CREATE INDEX original_copies ON original (original);
CREATE INDEX original_unsorted ON original (unsorted, capture);
CREATE INDEX original_number ON original (number);

-- base64 of contrechamp.Origin
ALTER TABLE reading ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE reading DROP COLUMN origin;
DROP TABLE original;
DROP TABLE likeness;
