-- The register's rows. For PostgreSQL the same text holds with INTEGER read as BIGINT, REAL as DOUBLE PRECISION and
-- without STRICT; sort keys then need COLLATE "C".

-- +goose Up
CREATE TABLE capture (
    digest      TEXT    NOT NULL PRIMARY KEY,
    length      INTEGER NOT NULL,
    media_type  TEXT    NOT NULL,
    captured_at INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    name        TEXT    NOT NULL, -- of the latest sighting
    path        TEXT    NOT NULL, -- of the latest sighting
    seen_at     INTEGER NOT NULL, -- when that was
    sightings   INTEGER NOT NULL,
    reading     TEXT              -- the newest text read in it; null before there is one
) STRICT;
CREATE INDEX capture_newest ON capture (captured_at DESC, digest);
CREATE INDEX capture_state ON capture (state, captured_at DESC, digest);

CREATE TABLE sighting (
    capture     TEXT    NOT NULL REFERENCES capture (digest),
    path        TEXT    NOT NULL,
    modified_at INTEGER NOT NULL, -- the zero time stands for itself: year 1
    name        TEXT    NOT NULL,
    captured_at INTEGER NOT NULL,
    PRIMARY KEY (capture, path, modified_at)
) STRICT;
CREATE INDEX sighting_name ON sighting (name);

-- Texts are only ever added. The wide columns come last: SQLite reads a row from its beginning.
CREATE TABLE reading (
    id             TEXT    NOT NULL PRIMARY KEY, -- from capture, reader and body: the same reading is one row
    capture        TEXT    NOT NULL REFERENCES capture (digest),
    reader         TEXT    NOT NULL,
    read_at        INTEGER NOT NULL,
    title          TEXT    NOT NULL,
    author         TEXT    NOT NULL,
    publisher      TEXT    NOT NULL,
    published      TEXT    NOT NULL, -- ISO 8601 at its precision; '' for no date
    published_from TEXT    NOT NULL,
    language       TEXT    NOT NULL,
    quality        REAL    NOT NULL,
    notes          TEXT    NOT NULL, -- JSON
    paragraphs     TEXT    NOT NULL, -- JSON
    body           TEXT    NOT NULL
) STRICT;
CREATE INDEX reading_capture ON reading (capture);

CREATE TABLE entity (
    id        TEXT    NOT NULL PRIMARY KEY,
    kind      TEXT    NOT NULL,
    claims    INTEGER NOT NULL, -- proposed and accepted ones about it
    documents INTEGER NOT NULL, -- that those claims come from
    body      TEXT    NOT NULL  -- JSON
) STRICT;
CREATE INDEX entity_most ON entity (claims DESC, id);
CREATE INDEX entity_kind ON entity (kind, claims DESC, id);

CREATE TABLE entity_name (
    name   TEXT NOT NULL, -- folded
    entity TEXT NOT NULL REFERENCES entity (id),
    PRIMARY KEY (name, entity)
) STRICT;

CREATE TABLE claim (
    id          TEXT    NOT NULL PRIMARY KEY,
    document    TEXT    NOT NULL REFERENCES capture (digest),
    predicate   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    note        TEXT    NOT NULL,
    proposed_at INTEGER NOT NULL,
    published   TEXT    NOT NULL, -- its document's date, here so that lists can be sorted by an index
    start       INTEGER NOT NULL, -- of its quote
    body        TEXT    NOT NULL  -- JSON: the rest
) STRICT;
CREATE INDEX claim_newest ON claim (published DESC, document, start, id);
CREATE INDEX claim_document ON claim (document, state);
CREATE INDEX claim_state ON claim (state, published DESC, document, start, id);
CREATE INDEX claim_predicate ON claim (predicate, published DESC, document, start, id);

CREATE TABLE claim_entity (
    entity TEXT NOT NULL REFERENCES entity (id),
    role   TEXT NOT NULL, -- 'about' or 'value'
    claim  TEXT NOT NULL REFERENCES claim (id),
    PRIMARY KEY (entity, role, claim)
) STRICT;
CREATE INDEX claim_entity_claim ON claim_entity (claim);

CREATE TABLE decision (
    claim      TEXT    NOT NULL REFERENCES claim (id),
    turn       INTEGER NOT NULL, -- 1 for the first decision on the claim
    state      TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    decided_by TEXT    NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (claim, turn)
) STRICT;

CREATE TABLE disagreement (
    subject     TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    published   TEXT    NOT NULL, -- the newest date among its claims' documents
    proposed_at INTEGER NOT NULL, -- of its claim proposed last
    body        TEXT    NOT NULL, -- JSON: sides with the IDs of their claims
    PRIMARY KEY (subject, id)
) STRICT;
CREATE INDEX disagreement_newest ON disagreement (published DESC, proposed_at DESC, subject, id);

CREATE TABLE stale_subject (
    subject TEXT    NOT NULL PRIMARY KEY,
    changes INTEGER NOT NULL -- since its disagreements were last put
) STRICT;

-- +goose Down
DROP TABLE stale_subject;
DROP TABLE disagreement;
DROP TABLE decision;
DROP TABLE claim_entity;
DROP TABLE claim;
DROP TABLE entity_name;
DROP TABLE entity;
DROP TABLE reading;
DROP TABLE sighting;
DROP TABLE capture;
