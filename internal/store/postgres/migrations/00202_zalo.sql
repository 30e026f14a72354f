-- +goose Up

-- What the Zalo channel keeps. Instants are Unix milliseconds. People are named by a keyed
-- hash of the number by which Zalo knows them, so that this file alone names nobody there.

-- Sealed secrets that change: the pair of tokens, an authorisation under way. version is
-- raised by every change, and a change names the version it rests on.
CREATE TABLE zalo_vault (
	name    TEXT COLLATE "C" PRIMARY KEY,
	version BIGINT NOT NULL,
	sealed  BYTEA NOT NULL,
	at      BIGINT NOT NULL
);

-- Who may do what only one process may do at a time.
CREATE TABLE zalo_leases (
	name   TEXT COLLATE "C" PRIMARY KEY,
	holder TEXT COLLATE "C" NOT NULL,
	until  BIGINT NOT NULL
);

CREATE TABLE zalo_windows (
	person BYTEA PRIMARY KEY CHECK (length(person) = 32),
	state  TEXT COLLATE "C" NOT NULL, -- JSON
	at     BIGINT NOT NULL -- when it was changed last
);
CREATE INDEX zalo_windows_at ON zalo_windows (at);

-- What was said over Zalo, by the number Zalo gave it, for receipts. key is the message's
-- key in the outbox, or '' for one of the conversation.
CREATE TABLE zalo_sent (
	id  TEXT COLLATE "C" PRIMARY KEY,
	key TEXT COLLATE "C" NOT NULL,
	at  BIGINT NOT NULL
);
CREATE INDEX zalo_sent_at ON zalo_sent (at);

CREATE TABLE zalo_quota (
	one       BIGINT PRIMARY KEY CHECK (one = 1),
	daily     BIGINT NOT NULL,
	remaining BIGINT NOT NULL,
	at        BIGINT NOT NULL
);

-- Errors that somebody must look at.
CREATE TABLE zalo_alarms (
	api   TEXT COLLATE "C" NOT NULL,
	code  BIGINT NOT NULL,
	count BIGINT NOT NULL,
	last  BIGINT NOT NULL,
	PRIMARY KEY (api, code)
);

-- +goose Down
DROP TABLE zalo_alarms, zalo_quota, zalo_sent, zalo_windows, zalo_leases, zalo_vault;
