-- What a second reader found beside a file's own text (OCR), as JSON; its paragraphs stand behind the file's in the same body.

-- +goose Up
ALTER TABLE reading ADD COLUMN layers TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE reading DROP COLUMN layers;
