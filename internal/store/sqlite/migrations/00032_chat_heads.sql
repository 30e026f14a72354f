-- +goose Up

-- The oldest open message of a chat is its head; only heads are claimed. So a claim reads
-- no message that cannot be its own, however many wait.
ALTER TABLE chat_in ADD COLUMN head INTEGER NOT NULL DEFAULT 0;
UPDATE chat_in SET head = 1 WHERE id IN (SELECT min(id) FROM chat_in WHERE state <> 'handled' GROUP BY chat);
CREATE INDEX chat_in_heads ON chat_in (channel, id) WHERE head = 1 AND state = 'waiting';
DROP INDEX chat_in_open;

-- +goose Down
CREATE INDEX chat_in_open ON chat_in (channel, id) WHERE state <> 'handled';
DROP INDEX chat_in_heads;
ALTER TABLE chat_in DROP COLUMN head;
