-- +goose Up

-- Parts of a table by month of Vietnam's time, named after table and month: turns_2026_11.
-- Instants are Unix milliseconds. The functions act as their owner, so that the role of the
-- service needs no right to change tables.

-- +goose StatementBegin
CREATE FUNCTION month_start(month DATE) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS $$
	SELECT (extract(epoch FROM month::timestamp AT TIME ZONE 'UTC')::bigint - 7 * 3600) * 1000
$$;
-- +goose StatementEnd

-- Makes the parts for the month of an instant and the month after. One whose rows stand
-- among the others already is left there.
-- +goose StatementBegin
CREATE FUNCTION make_months(parent TEXT, at BIGINT) RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	first DATE := date_trunc('month', to_timestamp(at / 1000) AT TIME ZONE 'UTC' + INTERVAL '7 hours')::date;
	month DATE;
	part  TEXT;
	made  INTEGER := 0;
BEGIN
	IF parent <> 'turns' THEN
		RAISE EXCEPTION 'no table that is kept by the month: %', parent;
	END IF;
	FOR month IN SELECT first UNION ALL SELECT (first + INTERVAL '1 month')::date LOOP
		part := parent || to_char(month, '_YYYY_MM');
		CONTINUE WHEN to_regclass(part) IS NOT NULL;
		PERFORM pg_advisory_xact_lock(404, hashtext(part));
		CONTINUE WHEN to_regclass(part) IS NOT NULL;
		BEGIN
			EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
				part, parent, month_start(month), month_start((month + INTERVAL '1 month')::date));
			made := made + 1;
		EXCEPTION WHEN check_violation THEN
			NULL; -- its rows stand in the part of all others
		END;
	END LOOP;
	RETURN made;
END $$;
-- +goose StatementEnd

-- Drops the parts whose months ended before an instant, and tells how many rows went.
-- +goose StatementBegin
CREATE FUNCTION drop_months(parent TEXT, before BIGINT) RETURNS BIGINT LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	part TEXT;
	n    BIGINT;
	gone BIGINT := 0;
BEGIN
	IF parent <> 'turns' THEN
		RAISE EXCEPTION 'no table that is kept by the month: %', parent;
	END IF;
	FOR part IN
		SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = parent::regclass AND c.relname ~ ('^' || parent || '_[0-9]{4}_[0-9]{2}$')
			AND month_start((to_date(right(c.relname, 7), 'YYYY_MM') + INTERVAL '1 month')::date) <= before
		ORDER BY c.relname
	LOOP
		EXECUTE format('SELECT count(*) FROM %I', part) INTO n;
		EXECUTE format('DROP TABLE %I', part);
		gone := gone + n;
	END LOOP;
	RETURN gone;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION make_months(TEXT, BIGINT), drop_months(TEXT, BIGINT) FROM PUBLIC;
SELECT make_months('turns', (extract(epoch FROM now()) * 1000)::bigint);

-- +goose Down
DROP FUNCTION drop_months(TEXT, BIGINT);
DROP FUNCTION make_months(TEXT, BIGINT);
DROP FUNCTION month_start(DATE);
