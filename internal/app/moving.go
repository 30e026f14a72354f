package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/postgres"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// MigrateStore brings what the SQLite file of the data folder holds to the PostgreSQL server
// of the settings, and proves by counts and digests that both hold the same. The file is not
// changed; sealed fields stay sealed, with the keys of the data folder. A run that was killed
// goes on when it is run again; so does one after which the service wrote to the file. Once a
// service has used what arrived, or where something else is kept there, nothing is done.
func MigrateStore(ctx context.Context, cfg config.Config, progress func(store.MoveProgress)) ([]store.MovedTable, error) {
	if cfg.Postgres == "" {
		return nil, errors.New("thiếu địa chỉ máy chủ: đặt postgres (MOTCUA_POSTGRES)")
	}
	return moveToPostgres(ctx, cfg, cfg.Database(), progress)
}

func moveToPostgres(ctx context.Context, cfg config.Config, path string, progress func(store.MoveProgress)) (moved []store.MovedTable, err error) {
	from, err := sqlite.Leave(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	id, err := from.ID(ctx)
	if err != nil {
		return nil, err
	}
	to, err := postgres.Open(ctx, string(cfg.Postgres), postgres.Options{Conns: 2, Statement: -1, Name: "motcua migrate-store"})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := to.BeginMove(ctx, id); err != nil {
		return nil, err
	}
	if moved, err = store.Move(ctx, from, to, progress); err != nil {
		return moved, err
	}
	return moved, to.EndMove(ctx)
}

// backupPostgres writes everything on the server, as it is at one moment, to one new SQLite
// file, the same as a backup of an installation that keeps one: it may be restored to either.
func backupPostgres(ctx context.Context, cfg config.Config, path string) (err error) {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("tệp %s đã có, không ghi đè", path)
	}
	from, err := postgres.Open(ctx, string(cfg.Postgres), postgres.Options{Conns: 2, Statement: -1, AsIs: true, Name: "motcua backup"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("sao lưu: %w", err)
	}
	to, err := sqlite.Arrive(ctx, part)
	if err != nil {
		return err
	}
	err = from.View(ctx, func(all store.Leaving) error {
		_, err := store.Move(ctx, all, to, nil)
		return err
	})
	if err != nil {
		return errors.Join(fmt.Errorf("sao lưu: %w", err), to.Close())
	}
	return to.Finish(ctx, path)
}
