-- +goose Up

-- Messages to the office and their answers. A letter is opened by its number together with
-- a code that only its writer was given; the SHA-256 of the code is kept. Personal numbers
-- are masked before a letter is kept. Instants are Unix milliseconds.
CREATE TABLE letters (
	number   INTEGER PRIMARY KEY AUTOINCREMENT,
	code     BLOB NOT NULL CHECK (length(code) = 32),
	at       INTEGER NOT NULL,
	about    TEXT NOT NULL, -- address of the page it was written on, or ''
	words    TEXT NOT NULL,
	state    TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'answered')),
	holder   TEXT NOT NULL DEFAULT '',
	answer   TEXT NOT NULL DEFAULT '',
	answered INTEGER,
	CHECK ((state = 'answered') = (answered IS NOT NULL)),
	CHECK ((state = 'open') = (holder = ''))
);
CREATE INDEX letters_state ON letters (state, number);

-- +goose Down
DROP TABLE letters;
