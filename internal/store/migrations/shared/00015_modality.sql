-- How a claim is said, beside its body: what nobody denies need not be looked at to find who disagrees. '' is not known,
-- for claims that were kept before; they are looked at.

-- +goose Up
ALTER TABLE claim ADD COLUMN modality TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE claim DROP COLUMN modality;
