-- +goose Up

-- What officials did and what people tried that they may not. Each row carries a keyed
-- digest over itself and the row before, so that a change, a gap or a new order shows;
-- rows are only added. Instants are Unix milliseconds.
CREATE TABLE audit (
	seq     INTEGER PRIMARY KEY,
	at      INTEGER NOT NULL,
	actor   TEXT NOT NULL,
	roles   TEXT NOT NULL,
	unit    TEXT NOT NULL,
	act     TEXT NOT NULL CHECK (act <> ''),
	object  TEXT NOT NULL,
	outcome TEXT NOT NULL,
	detail  TEXT NOT NULL,
	chain   BLOB NOT NULL CHECK (length(chain) = 32)
);
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_at ON audit (at);

-- +goose StatementBegin
CREATE TRIGGER audit_has_no_gaps BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the record of acts has no gaps'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the record of acts is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the record of acts is only added to'); END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE audit;
