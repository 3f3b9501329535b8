-- The search index, SQLite's own. It holds nothing that cannot be made again from the readings.

-- +goose Up
CREATE TABLE paragraph (
    id        INTEGER NOT NULL PRIMARY KEY, -- the index's row
    document  TEXT    NOT NULL REFERENCES capture (digest),
    place     INTEGER NOT NULL, -- in the text's paragraphs
    start     INTEGER NOT NULL,
    finish    INTEGER NOT NULL,
    language  TEXT    NOT NULL,
    published TEXT    NOT NULL -- the document's date
) STRICT;
CREATE UNIQUE INDEX paragraph_place ON paragraph (document, place);
CREATE INDEX paragraph_published ON paragraph (published DESC, document, place);

-- Both columns have one entry a word, in order, cut and folded in Go: the tokenizer only splits at spaces.
CREATE VIRTUAL TABLE paragraph_words USING fts5 (
    folded, stemmed,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);

-- +goose Down
DROP TABLE paragraph_words;
DROP TABLE paragraph;
