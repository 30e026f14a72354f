package app

import (
	"context"

	"github.com/motcua/motcua/channels/portal/mine"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// sqliteStore gives the parts of the SQLite file their interfaces.
type sqliteStore struct{ *sqlite.DB }

func openSQLite(ctx context.Context, path string) (database, error) {
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return sqliteStore{db}, nil
}

func (s sqliteStore) Where() string                            { return s.Path() }
func (s sqliteStore) Identity(context.Context) (string, error) { return "", nil }
func (s sqliteStore) Catalogue() catalogue                     { return s.DB.Catalogue() }
func (s sqliteStore) Sessions(sealer store.Sealer) sessions    { return s.DB.Sessions(sealer) }
func (s sqliteStore) Audit(key []byte) recordOfActs            { return s.DB.Audit(key) }
func (s sqliteStore) Mine() mine.Book                          { return s.DB.Mine() }
func (s sqliteStore) People() People                           { return s.DB.People() }
func (s sqliteStore) Outbox(sealer store.Sealer) Outbox        { return s.DB.Outbox(sealer) }
func (s sqliteStore) Intake() intake.Ledger                    { return s.DB.Intake() }
func (s sqliteStore) LawChanges() lawChanges                   { return s.DB.LawChanges() }
func (s sqliteStore) Zalo() zaloStore                          { return s.DB.Zalo() }

func (s sqliteStore) Inbox(sealer store.Sealer, key []byte) (inbox, error) {
	return s.DB.Inbox(sealer, key)
}
