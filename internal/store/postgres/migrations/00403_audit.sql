-- +goose Up

-- What officials did and what people tried that they may not. Each row carries a keyed
-- digest over itself and the row before, so that a change, a gap or a new order shows;
-- rows are only added. Instants are Unix milliseconds.
CREATE TABLE audit (
	seq     BIGINT PRIMARY KEY,
	at      BIGINT NOT NULL,
	actor   TEXT COLLATE "C" NOT NULL,
	roles   TEXT NOT NULL,
	unit    TEXT NOT NULL,
	act     TEXT NOT NULL CHECK (act <> ''),
	object  TEXT NOT NULL,
	outcome TEXT NOT NULL,
	detail  TEXT NOT NULL,
	chain   BYTEA NOT NULL CHECK (length(chain) = 32)
);
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_at ON audit (at);

-- +goose StatementBegin
CREATE FUNCTION audit_without_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit) THEN
		RAISE EXCEPTION 'the record of acts has no gaps';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_has_no_gaps BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_without_gaps();
CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();

-- +goose Down
DROP TABLE audit;
DROP FUNCTION audit_without_gaps();
