-- The search index, PostgreSQL's own. It holds nothing that cannot be made again from the readings. Words are cut,
-- folded and stemmed in Go. In one tsvector stand the stems as they are, and the folded words behind "=", each at its
-- place: a beginning of a word is sought among the folded ones.

-- +goose Up
CREATE TABLE paragraph (
    document  TEXT     NOT NULL REFERENCES capture (digest),
    place     INTEGER  NOT NULL, -- in the text's paragraphs
    start     INTEGER  NOT NULL, -- of the piece, in the text
    finish    INTEGER  NOT NULL,
    rank      INTEGER  NOT NULL, -- what comes first among hits: 0 titles
    language  TEXT     NOT NULL,
    published TEXT     NOT NULL, -- the document's date
    words     TSVECTOR NOT NULL,
    PRIMARY KEY (document, start)
) STRICT;
CREATE INDEX paragraph_published ON paragraph (published DESC, document, start);
CREATE INDEX paragraph_words ON paragraph USING GIN (words);

-- +goose Down
DROP TABLE paragraph;
