-- +goose Up

-- Settings and counters: 'generation' counts changes of the corpus.
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '0');

-- One row per file or address ever read. Instants are Unix milliseconds.
CREATE TABLE sources (
	id       INTEGER PRIMARY KEY,
	name     TEXT NOT NULL UNIQUE,
	sha256   TEXT NOT NULL DEFAULT '',
	recipe   TEXT NOT NULL DEFAULT '',
	etag     TEXT NOT NULL DEFAULT '',
	modified TEXT NOT NULL DEFAULT '',
	finished INTEGER NOT NULL DEFAULT 0, -- 0: never read to its end
	tally    TEXT NOT NULL DEFAULT '{}',
	faults   TEXT NOT NULL DEFAULT '[]'
);

-- The ledger: what each place of each source gave, and about which subject.
CREATE TABLE layers (
	id      INTEGER PRIMARY KEY,
	source  INTEGER NOT NULL REFERENCES sources (id),
	place   TEXT NOT NULL,
	subject TEXT NOT NULL,
	class   TEXT NOT NULL,
	edition TEXT NOT NULL, -- YYYY-MM-DD or ''
	digest  TEXT NOT NULL,
	body    BLOB NOT NULL, -- deflated JSON
	UNIQUE (source, place)
);
CREATE INDEX layers_subject ON layers (subject);

-- One row per subject: the document built from its layers. A document that is one layer
-- as it stands has no body of its own.
CREATE TABLE documents (
	id          INTEGER PRIMARY KEY,
	subject     TEXT NOT NULL UNIQUE,
	kind        TEXT NOT NULL CHECK (kind IN ('instrument', 'procedure')),
	code        TEXT NOT NULL, -- number key, or the code of a procedure in lower case
	title       TEXT NOT NULL,
	issuer      TEXT NOT NULL,
	issued      TEXT NOT NULL,
	valid_from  TEXT NOT NULL,
	valid_until TEXT NOT NULL,
	narrowed    INTEGER NOT NULL DEFAULT 0, -- 1: a later text ends some of its chunks
	layer       INTEGER REFERENCES layers (id) DEFERRABLE INITIALLY DEFERRED,
	body        BLOB,
	CHECK ((layer IS NULL) <> (body IS NULL))
);
CREATE INDEX documents_code ON documents (code);

-- What search ranks: an article, an annex, a procedure.
CREATE TABLE units (
	id         INTEGER PRIMARY KEY,
	key        TEXT NOT NULL UNIQUE,
	document   INTEGER NOT NULL REFERENCES documents (id),
	digest     TEXT NOT NULL, -- of its chunks as they were cut
	head       TEXT NOT NULL, -- JSON of what all its chunks share
	generation INTEGER NOT NULL
);
CREATE INDEX units_document ON units (document);
CREATE INDEX units_generation ON units (generation);

-- id is the unit's id * 65536 + the order in the unit: neighbours stand together without
-- another index. cut_* are the days the chunk was cut with; valid_* those that remain
-- once later repeals and replacements are counted.
CREATE TABLE chunks (
	id          INTEGER PRIMARY KEY,
	key         TEXT NOT NULL UNIQUE,
	clause      TEXT NOT NULL,
	point       TEXT NOT NULL,
	facet       TEXT NOT NULL,
	cut_from    TEXT NOT NULL,
	cut_until   TEXT NOT NULL,
	valid_from  TEXT NOT NULL,
	valid_until TEXT NOT NULL,
	own         TEXT, -- JSON where the chunk differs from its unit's head
	text        TEXT NOT NULL
);

-- Units that are gone, so that a search index can follow.
CREATE TABLE removed_units (
	key        TEXT PRIMARY KEY,
	generation INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX removed_units_generation ON removed_units (generation);

CREATE TABLE relations (
	id              INTEGER PRIMARY KEY,
	document        INTEGER NOT NULL REFERENCES documents (id),
	kind            TEXT NOT NULL,
	from_instrument TEXT NOT NULL, -- number key
	from_place      TEXT NOT NULL, -- provision key
	to_instrument   TEXT NOT NULL,
	to_place        TEXT NOT NULL,
	effective       TEXT NOT NULL, -- '' until the document's own first day is known
	body            TEXT NOT NULL  -- JSON of the relation
);
CREATE INDEX relations_document ON relations (document);
CREATE INDEX relations_to ON relations (to_instrument);
CREATE INDEX relations_from ON relations (from_instrument);

-- What a person should look at.
CREATE TABLE flags (
	id       INTEGER PRIMARY KEY,
	document INTEGER NOT NULL REFERENCES documents (id),
	field    TEXT NOT NULL,
	why      TEXT NOT NULL,
	raw      TEXT NOT NULL
);
CREATE INDEX flags_document ON flags (document);

-- +goose Down
DROP TABLE flags;
DROP TABLE relations;
DROP TABLE removed_units;
DROP TABLE chunks;
DROP TABLE units;
DROP TABLE documents;
DROP TABLE layers;
DROP TABLE sources;
DROP TABLE meta;
