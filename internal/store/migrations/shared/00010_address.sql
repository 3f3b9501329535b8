-- What was fetched from an address: the exchange that brought a capture is part of its sighting, so that an address whose bytes stay the
-- same is met each time anew; and where an address gave no document any more, that is an event.

-- +goose Up
CREATE TABLE sighting_with_exchange (
    capture     TEXT    NOT NULL REFERENCES capture (digest),
    path        TEXT    NOT NULL,
    modified_at INTEGER NOT NULL, -- the zero time stands for itself: year 1
    exchange    TEXT    NOT NULL, -- digest of its WARC records; '' for a file
    name        TEXT    NOT NULL,
    captured_at INTEGER NOT NULL,
    container   TEXT    NOT NULL DEFAULT '',
    status      INTEGER NOT NULL,
    final       TEXT    NOT NULL, -- the address that answered, after redirects
    said_type   TEXT    NOT NULL, -- what the server said the bytes are
    truncated   TEXT    NOT NULL, -- why they are not whole; '' when they are
    PRIMARY KEY (capture, path, modified_at, exchange)
) STRICT;
INSERT INTO sighting_with_exchange (capture, path, modified_at, exchange, name, captured_at, container, status, final, said_type, truncated)
    SELECT capture, path, modified_at, '', name, captured_at, container, 0, '', '', '' FROM sighting;
DROP TABLE sighting;
ALTER TABLE sighting_with_exchange RENAME TO sighting;
CREATE INDEX sighting_name ON sighting (name);
CREATE INDEX sighting_address ON sighting (path, captured_at) WHERE exchange <> '';

CREATE TABLE absence (
    address     TEXT    NOT NULL,
    happened_at INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    status      INTEGER NOT NULL,
    final       TEXT    NOT NULL,
    exchange    TEXT    NOT NULL, -- digest of its WARC records
    length      INTEGER NOT NULL, -- of them
    PRIMARY KEY (address, happened_at)
) STRICT;

-- +goose Down
DROP TABLE absence;
CREATE TABLE sighting_without_exchange (
    capture     TEXT    NOT NULL REFERENCES capture (digest),
    path        TEXT    NOT NULL,
    modified_at INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    captured_at INTEGER NOT NULL,
    container   TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (capture, path, modified_at)
) STRICT;
INSERT INTO sighting_without_exchange (capture, path, modified_at, name, captured_at, container)
    SELECT capture, path, modified_at, MIN(name), MIN(captured_at), MIN(container) FROM sighting GROUP BY capture, path, modified_at;
DROP TABLE sighting;
ALTER TABLE sighting_without_exchange RENAME TO sighting;
CREATE INDEX sighting_name ON sighting (name);
