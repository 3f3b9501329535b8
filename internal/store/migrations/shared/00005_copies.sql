-- Which texts say the same, and where texts stand in the captured bytes.

-- +goose Up
CREATE TABLE likeness (
    band    INTEGER NOT NULL, -- a number of the newest text's sketch
    capture TEXT    NOT NULL REFERENCES capture (digest),
    PRIMARY KEY (band, capture)
) STRICT;
CREATE INDEX likeness_capture ON likeness (capture);

CREATE TABLE original (
    capture  TEXT    NOT NULL PRIMARY KEY REFERENCES capture (digest),
    original TEXT    NOT NULL, -- the capture that said the same first: its own digest for most
    unsorted INTEGER NOT NULL  -- 1 until that was looked for since its text changed
) STRICT;
CREATE INDEX original_copies ON original (original);
CREATE INDEX original_unsorted ON original (unsorted, capture);

INSERT INTO original (capture, original, unsorted) SELECT digest, digest, 0 FROM capture WHERE reading IS NOT NULL;

-- base64 of contrechamp.Origin
ALTER TABLE reading ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE reading DROP COLUMN origin;
DROP TABLE original;
DROP TABLE likeness;
