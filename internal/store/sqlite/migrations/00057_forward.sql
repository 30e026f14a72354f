-- +goose Up

-- A ticket may be handed to another office: unit is for whom it waits, note what the
-- official who had it leaves behind.
ALTER TABLE tickets ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE tickets DROP COLUMN note;
ALTER TABLE tickets DROP COLUMN unit;
