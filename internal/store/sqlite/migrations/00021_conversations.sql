-- +goose Up

-- What a conversation is about. A conversation is named by the SHA-256 of its token, so
-- that nobody who reads this file can carry one on. Instants are Unix milliseconds.
CREATE TABLE conversations (
	name  BLOB PRIMARY KEY CHECK (length(name) = 32),
	state TEXT NOT NULL, -- JSON
	at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_at ON conversations (at);

-- What was asked: words with personal numbers masked, the outcome and what it rests on.
CREATE TABLE turns (
	id           INTEGER PRIMARY KEY,
	answer       TEXT NOT NULL UNIQUE,
	conversation BLOB, -- NULL: stands alone
	at           INTEGER NOT NULL,
	as_of        TEXT NOT NULL, -- YYYY-MM-DD or ''
	channel      TEXT NOT NULL,
	question     TEXT NOT NULL, -- '' where its words are not kept
	status       TEXT NOT NULL,
	units        TEXT NOT NULL  -- JSON
);
CREATE INDEX turns_conversation ON turns (conversation, at) WHERE conversation IS NOT NULL;
CREATE INDEX turns_at ON turns (at);

CREATE TABLE feedback (
	answer       TEXT PRIMARY KEY,
	conversation BLOB,
	at           INTEGER NOT NULL,
	useful       INTEGER NOT NULL CHECK (useful IN (0, 1)),
	reason       TEXT NOT NULL,
	words        TEXT NOT NULL,
	CHECK (useful = (reason = ''))
) WITHOUT ROWID;
CREATE INDEX feedback_at ON feedback (at);

-- The officials' queue. It keeps its own copy of what was asked until the item is closed
-- and its time has run out; opened by, claimed by whom and so on is in queue_log.
CREATE TABLE queue (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	answer       TEXT NOT NULL UNIQUE,
	conversation BLOB,
	state        TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'answered', 'closed')),
	opened       INTEGER NOT NULL,
	changed      INTEGER NOT NULL,
	holder       TEXT NOT NULL DEFAULT '',
	reason       TEXT NOT NULL,
	words        TEXT NOT NULL,
	question     TEXT NOT NULL,
	as_of        TEXT NOT NULL,
	status       TEXT NOT NULL,
	units        TEXT NOT NULL, -- JSON
	outcome      TEXT NOT NULL DEFAULT '',
	correction   TEXT NOT NULL DEFAULT '',
	CHECK ((state = 'open') = (holder = ''))
);
CREATE INDEX queue_state ON queue (state, opened);

CREATE TABLE queue_log (
	id   INTEGER PRIMARY KEY,
	item INTEGER NOT NULL REFERENCES queue (id),
	at   INTEGER NOT NULL,
	who  TEXT NOT NULL,
	was  TEXT NOT NULL,
	now  TEXT NOT NULL,
	note TEXT NOT NULL
);
CREATE INDEX queue_log_item ON queue_log (item);

-- +goose StatementBegin
CREATE TRIGGER queue_log_is_not_rewritten BEFORE UPDATE ON queue_log
BEGIN SELECT RAISE(ABORT, 'the log of the queue is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER queue_log_is_not_shortened BEFORE DELETE ON queue_log
BEGIN SELECT RAISE(ABORT, 'the log of the queue is only added to'); END;
-- +goose StatementEnd

-- Signed statements of officials, byte for byte as they were signed: corrections and
-- their withdrawals.
CREATE TABLE statements (
	id        TEXT PRIMARY KEY,
	kind      TEXT NOT NULL CHECK (kind IN ('correction', 'withdrawal')),
	body      BLOB NOT NULL,
	signature TEXT NOT NULL
) WITHOUT ROWID;

-- Questions nobody could answer, as a bag of folded words, counted once a week and
-- conversation.
CREATE TABLE gaps (
	id           INTEGER PRIMARY KEY,
	week         TEXT NOT NULL, -- the Monday, YYYY-MM-DD
	words        TEXT NOT NULL, -- sorted, one space between
	conversation BLOB,          -- NULL: stands alone
	UNIQUE (week, words, conversation)
);

-- +goose Down
DROP TABLE gaps;
DROP TABLE statements;
DROP TABLE queue_log;
DROP TABLE queue;
DROP TABLE feedback;
DROP TABLE turns;
DROP TABLE conversations;
