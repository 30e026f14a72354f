-- +goose Up

-- The newest step that a program must know to work here. Steps only add, so that programs of
-- before and after work side by side while replicas are replaced; one that takes away or
-- changes what older programs use raises this to its own number (docs/adr/0006).
CREATE TABLE schema_floor (
	one  SMALLINT PRIMARY KEY DEFAULT 1 CHECK (one = 1),
	step BIGINT NOT NULL
);
INSERT INTO schema_floor (step) VALUES (0);

-- +goose Down
DROP TABLE schema_floor;
