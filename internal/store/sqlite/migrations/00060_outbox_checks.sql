-- +goose Up

-- The rules of a row as one CASE: a list of more than two words is looked up in a table of
-- its own every time, which cost more than writing the row. A check may be changed in
-- place as long as columns and their order stay.
PRAGMA writable_schema = ON;

-- +goose StatementBegin
UPDATE sqlite_schema SET sql = 'CREATE TABLE outbox (
	id          INTEGER PRIMARY KEY,
	said        TEXT NOT NULL UNIQUE, -- what must never be said twice
	person      INTEGER NOT NULL REFERENCES people (id), -- who is told
	about       INTEGER NOT NULL REFERENCES people (id),
	rule        TEXT NOT NULL,
	due         INTEGER NOT NULL,
	urgent      INTEGER NOT NULL,
	rev         INTEGER NOT NULL, -- people.rev of about when it was planned
	lane        TEXT NOT NULL,
	channel     TEXT NOT NULL,
	state       TEXT NOT NULL,
	reason      TEXT NOT NULL,
	not_before  INTEGER NOT NULL,
	lease_until INTEGER NOT NULL DEFAULT 0,
	began       INTEGER NOT NULL DEFAULT 0, -- 1: handed to a channel; 2: to one that drops repeats
	claims      INTEGER NOT NULL DEFAULT 0, -- raised by every claim and by all that changes what waits
	sends       INTEGER NOT NULL DEFAULT 0,
	message     INTEGER NOT NULL DEFAULT 0, -- rows handed over together share the number of the first
	settled_at  INTEGER NOT NULL DEFAULT 0,
	CHECK (CASE state
		WHEN ''sending'' THEN lease_until > 0 AND began BETWEEN 0 AND 2
		WHEN ''sent'' THEN lease_until <= 0 AND began = 0 AND reason <> ''''
		WHEN ''pending'' THEN lease_until <= 0 AND began = 0
		ELSE state IN (''withheld'', ''delivered'', ''failed'', ''unknown'') AND lease_until <= 0 AND began = 0 AND reason <> '''' END)
)' WHERE type = 'table' AND name = 'outbox';
-- +goose StatementEnd

PRAGMA writable_schema = RESET;

-- Whom a row is for stands in the index, so that choosing reads no rows.
DROP INDEX outbox_ready;
CREATE INDEX outbox_ready ON outbox (channel, urgent, lane, not_before, person) WHERE state = 'pending';

-- +goose Down

DROP INDEX outbox_ready;
CREATE INDEX outbox_ready ON outbox (channel, urgent, lane, not_before) WHERE state = 'pending';
