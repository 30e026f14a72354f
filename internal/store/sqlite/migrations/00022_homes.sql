-- +goose Up

-- Who may live where: every commune a standing residence of a person names. A disaster in a
-- commune, or its merger, reads a range of it.
CREATE TABLE homes (
	place  TEXT NOT NULL,
	person INTEGER NOT NULL REFERENCES people (id),
	PRIMARY KEY (place, person)
) WITHOUT ROWID;

-- A store with people in it fills the table when it is first read.
INSERT INTO schedule (name, value) SELECT 'homes', 1 WHERE NOT EXISTS (SELECT 1 FROM people);

-- +goose Down
DELETE FROM schedule WHERE name = 'homes';
DROP TABLE homes;
