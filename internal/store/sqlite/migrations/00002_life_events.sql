-- +goose Up

-- People are pseudonyms. Instants are Unix milliseconds; days are yyyymmdd as a number.
-- body is the person as known today, view the person with the family around: both follow
-- from the tables below and are rewritten in the transaction that changes those.
CREATE TABLE people (
	id    INTEGER PRIMARY KEY,
	name  TEXT NOT NULL UNIQUE, -- the pseudonym
	rev   INTEGER NOT NULL DEFAULT 0, -- raised by every change that may move a plan
	died  INTEGER NOT NULL DEFAULT 0,
	lane  TEXT NOT NULL DEFAULT '',  -- province of residence, for fairness
	body  BLOB,
	view  BLOB,
	reach BLOB -- channels in the person's order, and what may be said over them
);

-- Facts, edges and events are only ever added.
CREATE TABLE facts (
	person INTEGER NOT NULL REFERENCES people (id),
	id     TEXT NOT NULL,
	body   BLOB NOT NULL,
	PRIMARY KEY (person, id)
) WITHOUT ROWID;

CREATE TABLE edges (
	id          TEXT PRIMARY KEY,
	from_person INTEGER NOT NULL REFERENCES people (id),
	to_person   INTEGER NOT NULL REFERENCES people (id),
	supersedes  TEXT NOT NULL,
	withdrawn   INTEGER NOT NULL,
	body        BLOB NOT NULL
);
CREATE INDEX edges_from ON edges (from_person);
CREATE INDEX edges_to ON edges (to_person);
CREATE INDEX edges_supersedes ON edges (supersedes) WHERE supersedes <> '';

CREATE TABLE events (
	source   TEXT NOT NULL,
	id       TEXT NOT NULL,
	person   INTEGER REFERENCES people (id), -- null: about a place, or a retraction that came first
	retracts TEXT NOT NULL,
	body     BLOB NOT NULL,
	PRIMARY KEY (source, id)
) WITHOUT ROWID;
CREATE INDEX events_person ON events (person);
CREATE INDEX events_retracts ON events (source, retracts) WHERE retracts <> '';

CREATE TABLE answers (
	id     INTEGER PRIMARY KEY,
	about  INTEGER NOT NULL REFERENCES people (id),
	digest BLOB NOT NULL UNIQUE, -- the same answer again changes nothing
	body   TEXT NOT NULL
);
CREATE INDEX answers_about ON answers (about);

-- Who mourns whom: everyone an edge ties to someone dead.
CREATE TABLE losses (
	who  INTEGER NOT NULL REFERENCES people (id),
	dead INTEGER NOT NULL REFERENCES people (id),
	day  INTEGER NOT NULL,
	PRIMARY KEY (who, dead)
) WITHOUT ROWID;
CREATE INDEX losses_dead ON losses (dead);

-- The index of next due days: daily work reads a range of it.
CREATE TABLE due (
	day    INTEGER NOT NULL,
	person INTEGER NOT NULL REFERENCES people (id),
	rule   TEXT NOT NULL,
	PRIMARY KEY (day, person, rule)
) WITHOUT ROWID;
CREATE INDEX due_person ON due (person);

CREATE TABLE schedule (
	name  TEXT PRIMARY KEY, -- 'ran': the last day fully worked through
	value INTEGER NOT NULL
) WITHOUT ROWID;

-- The ledger of consent: the latest entry for person, topic and channel decides.
CREATE TABLE consents (
	seq          INTEGER PRIMARY KEY,
	id           TEXT NOT NULL UNIQUE,
	person       INTEGER NOT NULL REFERENCES people (id),
	topic        TEXT NOT NULL, -- '*' is every topic
	channel      TEXT NOT NULL, -- '*' is every channel
	text_version TEXT NOT NULL,
	given        INTEGER NOT NULL,
	withdrawn    INTEGER NOT NULL,
	proof        TEXT NOT NULL,
	CHECK ((given = 0) <> (withdrawn = 0))
);
CREATE INDEX consents_person ON consents (person);

-- Names and addresses, sealed, apart from everything above. label tells rows of a person
-- apart: 'name', or a channel; rank is the person's order of channels, from 1.
CREATE TABLE contacts (
	person INTEGER NOT NULL REFERENCES people (id),
	label  TEXT NOT NULL,
	rank   INTEGER NOT NULL,
	sealed BLOB NOT NULL,
	PRIMARY KEY (person, label)
) WITHOUT ROWID;

-- What is to be said, one row for one step of one occurrence to one person.
CREATE TABLE outbox (
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
	state       TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'delivered', 'withheld', 'failed', 'unknown')),
	reason      TEXT NOT NULL,
	not_before  INTEGER NOT NULL,
	lease_until INTEGER NOT NULL DEFAULT 0,
	began       INTEGER NOT NULL DEFAULT 0 CHECK (began IN (0, 1, 2)), -- 1: handed to a channel; 2: to one that drops repeats
	claims      INTEGER NOT NULL DEFAULT 0,
	sends       INTEGER NOT NULL DEFAULT 0,
	message     INTEGER NOT NULL DEFAULT 0, -- rows handed over together share the number of the first
	settled_at  INTEGER NOT NULL DEFAULT 0,
	CHECK (reason <> '' OR state IN ('pending', 'sending')),
	CHECK ((state = 'sending') = (lease_until > 0)),
	CHECK (state = 'sending' OR began = 0)
);
CREATE INDEX outbox_ready ON outbox (channel, urgent, lane, not_before) WHERE state = 'pending';
CREATE INDEX outbox_waiting ON outbox (person) WHERE state = 'pending';
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_unknown ON outbox (id) WHERE state = 'unknown';
CREATE INDEX outbox_about ON outbox (about, due);
CREATE INDEX outbox_person ON outbox (person, due);

CREATE TABLE outbox_bodies (
	id   INTEGER PRIMARY KEY REFERENCES outbox (id),
	slot TEXT NOT NULL,
	body BLOB NOT NULL -- JSON of the notice
);

-- +goose StatementBegin
CREATE TRIGGER outbox_starts BEFORE INSERT ON outbox
WHEN NEW.state <> 'pending'
BEGIN
	SELECT RAISE(ABORT, 'outbox: a row starts as pending');
END;
-- +goose StatementEnd

-- The states a row may pass through; what is delivered, withheld for good or failed stays so.
-- +goose StatementBegin
CREATE TRIGGER outbox_moves BEFORE UPDATE OF state ON outbox
WHEN OLD.state <> NEW.state AND NOT (
	OLD.state = 'sending'
	OR OLD.state = 'pending' AND NEW.state IN ('sending', 'withheld')
	OR OLD.state = 'sent' AND NEW.state IN ('delivered', 'failed')
	OR OLD.state = 'unknown' AND NEW.state IN ('sent', 'delivered', 'failed', 'withheld', 'pending')
	OR OLD.state = 'withheld' AND OLD.reason IN ('recalled', 'not_true') AND NEW.state = 'pending')
BEGIN
	SELECT RAISE(ABORT, 'outbox: no such step between states');
END;
-- +goose StatementEnd

-- One row for every claim that ended, and for every step taken without one (claim 0 and up
-- from 1000000: by recall or by staff).
CREATE TABLE attempts (
	outbox   INTEGER NOT NULL, -- no reference: rows are only written from the row itself
	n        INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	channel  TEXT NOT NULL,
	state    TEXT NOT NULL,
	reason   TEXT NOT NULL,
	retry_at INTEGER NOT NULL,
	detail   TEXT NOT NULL,
	PRIMARY KEY (outbox, n)
) WITHOUT ROWID;

-- What was spent of people's attention: one row for each notice handed to a channel;
-- notices of one message share its number.
CREATE TABLE attention (
	person  INTEGER NOT NULL,
	day     INTEGER NOT NULL,
	outbox  INTEGER NOT NULL,
	message INTEGER NOT NULL,
	exempt  INTEGER NOT NULL, -- 1: a legal deadline, beyond the budget
	slot    TEXT NOT NULL,
	PRIMARY KEY (person, day, outbox)
) WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER facts_stay BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edges_stay BEFORE UPDATE ON edges BEGIN SELECT RAISE(ABORT, 'edges are only added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consents_stay BEFORE UPDATE ON consents BEGIN SELECT RAISE(ABORT, 'consents are only added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consents_remain BEFORE DELETE ON consents BEGIN SELECT RAISE(ABORT, 'consents are only added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attempts_stay BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'attempts are only added'); END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE attention;
DROP TABLE attempts;
DROP TABLE outbox_bodies;
DROP TABLE outbox;
DROP TABLE contacts;
DROP TABLE consents;
DROP TABLE schedule;
DROP TABLE due;
DROP TABLE losses;
DROP TABLE answers;
DROP TABLE events;
DROP TABLE edges;
DROP TABLE facts;
DROP TABLE people;
