-- +goose Up

-- The kill switches: one line for each turning, the latest of a target decides.
CREATE TABLE switches (
	id     INTEGER PRIMARY KEY,
	target TEXT NOT NULL,
	off    INTEGER NOT NULL CHECK (off IN (0, 1)),
	reason TEXT NOT NULL CHECK (reason <> ''),
	who    TEXT NOT NULL CHECK (who <> ''), -- a pseudonym
	at     INTEGER NOT NULL                 -- Unix milliseconds
);
CREATE INDEX switches_target ON switches (target, id);

-- +goose StatementBegin
CREATE TRIGGER switches_stay BEFORE UPDATE ON switches
BEGIN SELECT RAISE(ABORT, 'the log of the switches is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER switches_remain BEFORE DELETE ON switches
BEGIN SELECT RAISE(ABORT, 'the log of the switches is only added to'); END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE switches;
