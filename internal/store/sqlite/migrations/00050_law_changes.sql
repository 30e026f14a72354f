-- +goose Up

-- How each version of a rule read when the program ran last: what differs on the next
-- start has changed and is planned anew.
CREATE TABLE rules_seen (
	rule    TEXT NOT NULL,
	version INTEGER NOT NULL,
	digest  TEXT NOT NULL,
	PRIMARY KEY (rule, version)
) WITHOUT ROWID;

-- Changes of law that something rests on, for people to look at: a provision whose words
-- or days changed, or a rule that reads otherwise.
CREATE TABLE law_changes (
	id          INTEGER PRIMARY KEY,
	at          INTEGER NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('provision', 'rule')),
	subject     TEXT NOT NULL, -- "60/2014/QH13#15", "E13"
	what        TEXT NOT NULL, -- added, changed, removed
	detail      TEXT NOT NULL, -- JSON: what rested on it then
	reviewed    INTEGER NOT NULL DEFAULT 0,
	reviewed_by TEXT NOT NULL DEFAULT '',
	note        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX law_changes_open ON law_changes (id) WHERE reviewed = 0;

-- +goose Down
DROP TABLE law_changes;
DROP TABLE rules_seen;
