-- +goose Up

-- What was taken in, by the name its source gave it. caused names what it put in.
CREATE TABLE receipts (
	source TEXT NOT NULL,
	id     TEXT NOT NULL,
	digest BLOB NOT NULL,
	at     INTEGER NOT NULL,
	caused BLOB NOT NULL, -- JSON
	void   TEXT NOT NULL,
	PRIMARY KEY (source, id)
) WITHOUT ROWID;

CREATE TABLE intake_sources (
	source    TEXT PRIMARY KEY,
	accepted  INTEGER NOT NULL,
	known     INTEGER NOT NULL,
	refused   INTEGER NOT NULL,
	last      INTEGER NOT NULL,
	late_days INTEGER NOT NULL,
	dated     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE intake_faults (
	source TEXT NOT NULL,
	name   TEXT NOT NULL,
	virtue TEXT NOT NULL,
	n      INTEGER NOT NULL,
	says   TEXT NOT NULL,
	PRIMARY KEY (source, name)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE intake_faults;
DROP TABLE intake_sources;
DROP TABLE receipts;
