-- +goose Up

-- The oldest open message of a chat is its head, as in the file; whoever adds a message or
-- ends one holds the row of the chat.
ALTER TABLE chat_in ADD COLUMN head BIGINT NOT NULL DEFAULT 0;
UPDATE chat_in SET head = 1 WHERE id IN (SELECT min(id) FROM chat_in WHERE state <> 'handled' GROUP BY chat);

-- +goose Down
ALTER TABLE chat_in DROP COLUMN head;
