-- +goose Up

-- Chats of outside channels. key is an HMAC of channel and the platform's number of the
-- person; that number, and everything said, is sealed. Instants are Unix milliseconds.
CREATE TABLE chats (
	id      INTEGER PRIMARY KEY,
	channel TEXT NOT NULL,
	key     BLOB NOT NULL UNIQUE CHECK (length(key) = 32),
	address BLOB NOT NULL,
	state   BLOB,
	person  INTEGER REFERENCES people (id), -- NULL: anonymous
	linked  INTEGER NOT NULL DEFAULT 0,
	seen    INTEGER NOT NULL
);
CREATE UNIQUE INDEX chats_person ON chats (person, channel) WHERE person IS NOT NULL;
CREATE INDEX chats_seen ON chats (seen);

-- What came in. body is NULL once handled; the number stays, so that it is handled once.
CREATE TABLE chat_in (
	id          INTEGER PRIMARY KEY,
	channel     TEXT NOT NULL,
	message     TEXT NOT NULL,
	chat        INTEGER NOT NULL REFERENCES chats (id),
	at          INTEGER NOT NULL,
	state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'handling', 'handled')),
	not_before  INTEGER NOT NULL DEFAULT 0,
	lease_until INTEGER NOT NULL DEFAULT 0,
	claims      INTEGER NOT NULL DEFAULT 0,
	body        BLOB,
	UNIQUE (channel, message),
	CHECK ((state = 'handling') = (lease_until > 0)),
	CHECK ((state = 'handled') = (body IS NULL))
);
CREATE INDEX chat_in_open ON chat_in (channel, id) WHERE state <> 'handled';
CREATE INDEX chat_in_chat ON chat_in (chat, id) WHERE state <> 'handled';
CREATE INDEX chat_in_at ON chat_in (at);

-- What is said in return. doubts names the part a note is about.
CREATE TABLE chat_out (
	id          INTEGER PRIMARY KEY,
	channel     TEXT NOT NULL,
	chat        INTEGER NOT NULL REFERENCES chats (id),
	at          INTEGER NOT NULL,
	state       TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'unknown')),
	reason      TEXT NOT NULL DEFAULT '',
	not_before  INTEGER NOT NULL DEFAULT 0,
	lease_until INTEGER NOT NULL DEFAULT 0,
	claims      INTEGER NOT NULL DEFAULT 0,
	settled_at  INTEGER NOT NULL DEFAULT 0,
	doubts      INTEGER NOT NULL DEFAULT 0,
	body        BLOB,
	CHECK ((state = 'sending') = (lease_until > 0)),
	CHECK (state IN ('sent', 'failed') OR body IS NOT NULL),
	CHECK (state IN ('pending', 'sending', 'sent') OR reason <> '')
);
CREATE INDEX chat_out_open ON chat_out (channel, id) WHERE state IN ('pending', 'sending');
CREATE INDEX chat_out_chat ON chat_out (chat, id) WHERE state IN ('pending', 'sending');
CREATE INDEX chat_out_at ON chat_out (at);

-- One-time codes that tie a chat to a person, by digest.
CREATE TABLE link_codes (
	digest  BLOB PRIMARY KEY CHECK (length(digest) = 32),
	person  INTEGER NOT NULL REFERENCES people (id),
	channel TEXT NOT NULL,
	expires INTEGER NOT NULL,
	chat    INTEGER NOT NULL DEFAULT 0 -- that redeemed it
) WITHOUT ROWID;
CREATE INDEX link_codes_person ON link_codes (person, channel);

-- People who wait for an official in a chat, and what was said since.
CREATE TABLE tickets (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	chat     INTEGER NOT NULL REFERENCES chats (id),
	why      TEXT NOT NULL,
	state    TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'held', 'closed')),
	official TEXT NOT NULL DEFAULT '',
	asked    INTEGER NOT NULL,
	taken    INTEGER NOT NULL DEFAULT 0,
	closed   INTEGER NOT NULL DEFAULT 0,
	CHECK ((state = 'open') = (official = '') OR state = 'closed'),
	CHECK ((state = 'closed') = (closed > 0))
);
CREATE UNIQUE INDEX tickets_one ON tickets (chat) WHERE state <> 'closed';
CREATE INDEX tickets_taken ON tickets (taken);

CREATE TABLE ticket_words (
	id     INTEGER PRIMARY KEY,
	ticket INTEGER NOT NULL REFERENCES tickets (id),
	at     INTEGER NOT NULL,
	who    TEXT NOT NULL CHECK (who IN ('citizen', 'assistant', 'official')),
	body   BLOB NOT NULL
);
CREATE INDEX ticket_words_ticket ON ticket_words (ticket, id);

-- +goose Down
DROP TABLE ticket_words;
DROP TABLE tickets;
DROP TABLE link_codes;
DROP TABLE chat_out;
DROP TABLE chat_in;
DROP TABLE chats;
