-- The search index again: a long paragraph in pieces, with what hits are sorted by. It is filled when the program
-- sees that it was made by older rules.

-- +goose Up
DROP TABLE paragraph_words;
DROP TABLE paragraph;
CREATE TABLE paragraph (
    id        INTEGER NOT NULL PRIMARY KEY, -- the index's row
    document  TEXT    NOT NULL REFERENCES capture (digest),
    place     INTEGER NOT NULL, -- in the text's paragraphs
    start     INTEGER NOT NULL, -- of the piece, in the text
    finish    INTEGER NOT NULL,
    rank      INTEGER NOT NULL, -- what comes first among hits: 0 titles
    language  TEXT    NOT NULL,
    published TEXT    NOT NULL  -- the document's date
) STRICT;
CREATE UNIQUE INDEX paragraph_start ON paragraph (document, start);
CREATE INDEX paragraph_published ON paragraph (published DESC, document, start);

-- Both columns have one entry a word, in order, cut and folded in Go: the tokenizer only splits at spaces, and knows
-- no alphabet that PostgreSQL might know otherwise.
CREATE VIRTUAL TABLE paragraph_words USING fts5 (
    folded, stemmed,
    content = '', contentless_delete = 1,
    tokenize = "ascii tokenchars '_'"
);

-- +goose Down
DROP TABLE paragraph_words;
DROP TABLE paragraph;
