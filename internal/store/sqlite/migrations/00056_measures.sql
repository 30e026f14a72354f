-- +goose Up

-- Counts of answers; nothing of who asked or what.
CREATE TABLE tallies (
	day     TEXT NOT NULL, -- YYYY-MM-DD
	channel TEXT NOT NULL,
	status  TEXT NOT NULL,
	bin     INTEGER NOT NULL,
	n       INTEGER NOT NULL,
	PRIMARY KEY (day, channel, status, bin)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE tallies;
