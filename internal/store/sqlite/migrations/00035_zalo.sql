-- +goose Up

-- What the Zalo channel keeps. Instants are Unix milliseconds. People are named by a keyed
-- hash of the number by which Zalo knows them, so that this file alone names nobody there.

-- Sealed secrets that change: the pair of tokens, an authorisation under way. version is
-- raised by every change, and a change names the version it rests on.
CREATE TABLE zalo_vault (
	name    TEXT PRIMARY KEY,
	version INTEGER NOT NULL,
	sealed  BLOB NOT NULL,
	at      INTEGER NOT NULL
) WITHOUT ROWID;

-- Who may do what only one process may do at a time.
CREATE TABLE zalo_leases (
	name   TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	until  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE zalo_windows (
	person BLOB PRIMARY KEY CHECK (length(person) = 32),
	state  TEXT NOT NULL, -- JSON
	at     INTEGER NOT NULL -- when it was changed last
) WITHOUT ROWID;
CREATE INDEX zalo_windows_at ON zalo_windows (at);

-- What was said over Zalo, by the number Zalo gave it, for receipts. key is the message's
-- key in the outbox, or '' for one of the conversation.
CREATE TABLE zalo_sent (
	id  TEXT PRIMARY KEY,
	key TEXT NOT NULL,
	at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX zalo_sent_at ON zalo_sent (at);

CREATE TABLE zalo_quota (
	one       INTEGER PRIMARY KEY CHECK (one = 1),
	daily     INTEGER NOT NULL,
	remaining INTEGER NOT NULL,
	at        INTEGER NOT NULL
);

-- Errors that somebody must look at.
CREATE TABLE zalo_alarms (
	api   TEXT NOT NULL,
	code  INTEGER NOT NULL,
	count INTEGER NOT NULL,
	last  INTEGER NOT NULL,
	PRIMARY KEY (api, code)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE zalo_alarms;
DROP TABLE zalo_quota;
DROP TABLE zalo_sent;
DROP TABLE zalo_windows;
DROP TABLE zalo_leases;
DROP TABLE zalo_vault;
