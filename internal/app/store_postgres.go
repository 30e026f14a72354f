package app

import (
	"context"
	"errors"

	"github.com/motcua/motcua/channels/portal/mine"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/postgres"
)

// postgresStore gives the parts of the PostgreSQL server their interfaces.
type postgresStore struct{ *postgres.DB }

func openPostgres(ctx context.Context, cfg config.Config) (database, error) {
	db, err := postgres.Open(ctx, string(cfg.Postgres), postgres.Options{Conns: cfg.PostgresConns, AsIs: cfg.PostgresAsIs})
	if err != nil {
		return nil, err
	}
	if err := db.BeginUse(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return postgresStore{db}, nil
}

func (s postgresStore) Catalogue() catalogue                  { return s.DB.Catalogue() }
func (s postgresStore) Sessions(sealer store.Sealer) sessions { return s.DB.Sessions(sealer) }
func (s postgresStore) Audit(key []byte) recordOfActs         { return s.DB.Audit(key) }
func (s postgresStore) Mine() mine.Book                       { return s.DB.Mine() }
func (s postgresStore) People() People                        { return s.DB.People() }
func (s postgresStore) Outbox(sealer store.Sealer) Outbox     { return s.DB.Outbox(sealer) }
func (s postgresStore) Intake() intake.Ledger                 { return s.DB.Intake() }
func (s postgresStore) LawChanges() lawChanges                { return s.DB.LawChanges() }
func (s postgresStore) Zalo() zaloStore                       { return s.DB.Zalo() }

func (s postgresStore) Inbox(sealer store.Sealer, key []byte) (inbox, error) {
	return s.DB.Inbox(sealer, key)
}
