-- +goose Up

-- What the pages of a signed-in person keep beside facts. Codes are kept as digests only.

-- Offers to be known as spouses.
CREATE TABLE family_invites (
	digest  BLOB PRIMARY KEY,
	person  TEXT NOT NULL, -- who offers
	tell    INTEGER NOT NULL CHECK (tell IN (0, 1)),
	expires INTEGER NOT NULL,
	used    INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Checklists printed for the counter.
CREATE TABLE counter_slips (
	digest    BLOB PRIMARY KEY,
	person    TEXT NOT NULL,
	about     TEXT NOT NULL,
	procedure TEXT NOT NULL,
	made      INTEGER NOT NULL,
	expires   INTEGER NOT NULL
) WITHOUT ROWID;

-- What people ask of their own data, with the clock of the law.
CREATE TABLE data_requests (
	id        INTEGER PRIMARY KEY,
	person    TEXT NOT NULL,
	kind      TEXT NOT NULL CHECK (kind IN ('delete')),
	at        INTEGER NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('open', 'withdrawn', 'done')),
	answer_by INTEGER NOT NULL, -- yyyymmdd
	done_by   INTEGER NOT NULL,
	changed   INTEGER NOT NULL
);
CREATE UNIQUE INDEX data_requests_open ON data_requests (person, kind) WHERE state = 'open';

-- +goose Down
DROP TABLE data_requests;
DROP TABLE counter_slips;
DROP TABLE family_invites;
