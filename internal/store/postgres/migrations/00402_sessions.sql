-- +goose Up

-- Who is signed in. A session is named by the SHA-256 of its cookie, so that nobody who
-- reads this table can use one. What names the person for eyes is sealed. Instants are Unix
-- milliseconds.
CREATE TABLE sessions (
	name      BYTEA PRIMARY KEY CHECK (length(name) = 32),
	person    TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
	roles     TEXT NOT NULL, -- separated by commas
	unit      TEXT NOT NULL,
	assurance BIGINT NOT NULL,
	display   BYTEA NOT NULL,
	begun     BIGINT NOT NULL,
	seen      BIGINT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_seen ON sessions (seen);

-- +goose Down
DROP TABLE sessions;
