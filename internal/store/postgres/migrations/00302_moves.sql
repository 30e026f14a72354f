-- +goose Up

-- Where everything here was brought from, if it was brought: 'moving' until it is whole and
-- proved, 'moved' then, 'used' from the first time a service opens it.
CREATE TABLE moves (
	one    SMALLINT PRIMARY KEY DEFAULT 1 CHECK (one = 1),
	source TEXT NOT NULL,
	state  TEXT NOT NULL CHECK (state IN ('moving', 'moved', 'used'))
);

-- Names this database apart from every other: a search index beside a replica says of which
-- one it is.
CREATE TABLE identity (
	one SMALLINT PRIMARY KEY DEFAULT 1 CHECK (one = 1),
	id  UUID NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO identity DEFAULT VALUES;

-- +goose Down
DROP TABLE identity;
DROP TABLE moves;
