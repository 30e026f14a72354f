-- Roles of Một Cửa on PostgreSQL, each with no more than it needs. Run once by a superuser in
-- the database of Một Cửa, after its owner has prepared the schema (any start of motcua by the
-- owner does); again after every upgrade, which changes nothing that is right already.
--
--   motcua      owns the tables and prepares them; runs during an upgrade only.
--   motcua_app  what `motcua serve` runs as, with postgres_as_is = true: reads and writes rows,
--               changes no table, rewrites nothing that is on record.
--   motcua_read reads everything: for backups and for people who look.
--
-- Passwords or certificates are for you to give (ALTER ROLE … PASSWORD, pg_hba.conf).

DO $$
DECLARE name TEXT;
BEGIN
	FOREACH name IN ARRAY ARRAY['motcua', 'motcua_app', 'motcua_read'] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
			EXECUTE format('CREATE ROLE %I LOGIN', name);
		END IF;
	END LOOP;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO motcua_app, motcua_read;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO motcua_app, motcua_read;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO motcua_read;

GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO motcua_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO motcua_app;
GRANT EXECUTE ON FUNCTION make_months(TEXT, BIGINT), drop_months(TEXT, BIGINT) TO motcua_app;

-- What is on record is added to, and no more. The schema is the owner's.
REVOKE UPDATE, DELETE ON audit, queue_log, consents, switches FROM motcua_app;
REVOKE INSERT, UPDATE, DELETE ON goose_db_version, schema_floor, identity FROM motcua_app;

-- Tables of later steps get the same rights by themselves.
ALTER DEFAULT PRIVILEGES FOR ROLE motcua IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO motcua_app;
ALTER DEFAULT PRIVILEGES FOR ROLE motcua IN SCHEMA public GRANT USAGE ON SEQUENCES TO motcua_app;
ALTER DEFAULT PRIVILEGES FOR ROLE motcua IN SCHEMA public GRANT SELECT ON TABLES TO motcua_read;
