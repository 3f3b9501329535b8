-- What the register knows of itself: its identity, by what rules its index was made, a copy that is under way.

-- +goose Up
CREATE TABLE house (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- +goose Down
DROP TABLE house;
