-- +goose Up

-- What a dead worker held is found without reading what waits.
CREATE INDEX chat_in_leased ON chat_in (channel, lease_until) WHERE state = 'handling';
CREATE INDEX chat_out_leased ON chat_out (channel, lease_until) WHERE state = 'sending';

-- +goose Down
DROP INDEX chat_out_leased;
DROP INDEX chat_in_leased;
