-- Cameras of OpenStreetMap with their history on the map. Nothing goes: what a later extract does not have is marked removed.

-- +goose Up
CREATE TABLE camera_import (
    area        TEXT    NOT NULL,
    as_of       INTEGER NOT NULL, -- the moment whose map it is
    name        TEXT    NOT NULL, -- of the file
    imported_at INTEGER NOT NULL,
    changes     INTEGER NOT NULL, -- 1 for a file that has only what changed
    cameras     INTEGER NOT NULL,
    PRIMARY KEY (area, as_of)
) STRICT;

CREATE TABLE camera (
    id             TEXT    NOT NULL PRIMARY KEY, -- of the OSM object: node/123
    kind           TEXT    NOT NULL,
    operator       TEXT    NOT NULL, -- entity; '' when the lexicon does not know the name
    operator_name  TEXT    NOT NULL, -- folded
    maker          TEXT    NOT NULL,
    maker_name     TEXT    NOT NULL,
    area           TEXT    NOT NULL, -- of the extract that spoke last
    first_seen     INTEGER NOT NULL,
    last_confirmed INTEGER NOT NULL,
    removed        INTEGER NOT NULL, -- 0 while the map has it
    body           TEXT    NOT NULL  -- JSON
) STRICT;
CREATE INDEX camera_kind ON camera (kind, id);
CREATE INDEX camera_operator ON camera (operator_name, id);

CREATE TABLE camera_event (
    camera      TEXT    NOT NULL REFERENCES camera (id),
    turn        INTEGER NOT NULL, -- in the order in which they were recorded
    kind        TEXT    NOT NULL,
    happened_at INTEGER NOT NULL,
    body        TEXT    NOT NULL, -- JSON
    PRIMARY KEY (camera, turn)
) STRICT;

-- Which extracts a camera is known from: only an extract of the same area can say that it is gone.
CREATE TABLE camera_area (
    area   TEXT    NOT NULL,
    camera TEXT    NOT NULL REFERENCES camera (id),
    seen   INTEGER NOT NULL, -- the latest extract of the area that has it
    PRIMARY KEY (area, camera)
) STRICT;

CREATE TABLE mapped_place (
    id   TEXT NOT NULL PRIMARY KEY, -- of the OSM relation
    body TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE mapped_place_name (
    name  TEXT NOT NULL, -- folded; or an identifier: wikidata:Q1757
    place TEXT NOT NULL REFERENCES mapped_place (id),
    PRIMARY KEY (name, place)
) STRICT;

CREATE TABLE camera_place (
    place  TEXT NOT NULL REFERENCES mapped_place (id),
    camera TEXT NOT NULL REFERENCES camera (id),
    PRIMARY KEY (place, camera)
) STRICT;

-- +goose Down
DROP TABLE camera_place;
DROP TABLE mapped_place_name;
DROP TABLE mapped_place;
DROP TABLE camera_area;
DROP TABLE camera_event;
DROP TABLE camera;
DROP TABLE camera_import;
