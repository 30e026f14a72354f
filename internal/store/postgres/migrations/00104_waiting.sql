-- +goose Up

-- A claim asks, row by row, what else waits for the same person on the same channel. With the
-- channel in the index the server takes it by the person also while it has not counted the
-- table yet, right after many notices were queued.
CREATE INDEX outbox_waiting_channel ON outbox (person, channel, not_before) WHERE state = 'pending';
DROP INDEX outbox_waiting;

-- +goose Down
CREATE INDEX outbox_waiting ON outbox (person) WHERE state = 'pending';
DROP INDEX outbox_waiting_channel;
