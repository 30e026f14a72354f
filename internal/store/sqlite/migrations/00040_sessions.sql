-- +goose Up

-- Who is signed in. A session is named by the SHA-256 of its cookie, so that nobody who
-- reads this file can use one. What names the person for eyes is sealed. Instants are Unix
-- milliseconds.
CREATE TABLE sessions (
	name      BLOB PRIMARY KEY CHECK (length(name) = 32),
	person    TEXT NOT NULL CHECK (person <> ''),
	roles     TEXT NOT NULL, -- separated by commas
	unit      TEXT NOT NULL,
	assurance INTEGER NOT NULL,
	display   BLOB NOT NULL,
	begun     INTEGER NOT NULL,
	seen      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_seen ON sessions (seen);

-- +goose Down
DROP TABLE sessions;
