-- The search index again: a document's address stands once, and its pieces are told by its number. The table of pieces
-- and its two indexes were as large as the words themselves. It is filled when the program sees that it is empty.

-- +goose Up
DROP TABLE paragraph_words;
DROP TABLE paragraph;
CREATE TABLE indexed (
    number    INTEGER NOT NULL PRIMARY KEY,
    document  TEXT    NOT NULL UNIQUE REFERENCES capture (digest),
    published TEXT    NOT NULL -- the document's date
) STRICT;
CREATE INDEX indexed_published ON indexed (published DESC, document);
CREATE TABLE paragraph (
    id        INTEGER NOT NULL PRIMARY KEY, -- the index's row: the document's number * 2^20 + the piece's, from 0
    place     INTEGER NOT NULL, -- in the text's paragraphs
    start     INTEGER NOT NULL, -- of the piece, in the text
    finish    INTEGER NOT NULL,
    rank      INTEGER NOT NULL, -- what comes first among hits: 0 titles
    language  TEXT    NOT NULL
) STRICT;

-- Both columns have one entry a word, in order, cut and folded in Go: the tokenizer only splits at spaces, and knows
-- no alphabet that PostgreSQL might know otherwise.
CREATE VIRTUAL TABLE paragraph_words USING fts5 (
    folded, stemmed,
    content = '', contentless_delete = 1,
    tokenize = "ascii tokenchars '_'"
);
-- Segments are merged sixteen at a time and not four: each word is written again half as often.
INSERT INTO paragraph_words (paragraph_words, rank) VALUES ('automerge', 16);
DELETE FROM house WHERE name = 'index';

-- +goose Down
DROP TABLE paragraph_words;
DROP TABLE paragraph;
DROP TABLE indexed;
