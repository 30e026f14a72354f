package app

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// Backup writes the store, as it is at one moment, to one new file, while the service
// runs. Keys are not in it: whoever has both opens what is sealed.
func Backup(ctx context.Context, cfg config.Config, to string) (size int64, err error) {
	save := backupSQLite
	if cfg.Store == "postgres" {
		save = backupPostgres
	}
	if err := save(ctx, cfg, to); err != nil {
		return 0, err
	}
	info, err := os.Stat(to)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func backupSQLite(ctx context.Context, cfg config.Config, to string) error {
	if _, err := os.Stat(cfg.Database()); err != nil {
		return fmt.Errorf("chưa có kho dữ liệu ở %s", cfg.Data)
	}
	db, err := sqlite.Open(ctx, cfg.Database())
	if err != nil {
		return err
	}
	return errors.Join(db.Snapshot(ctx, to), db.Close())
}

// Restore puts a backup into a data folder that has no store, or into a database of the
// server that is empty, whichever of both it was made of. The search index is built anew with
// the next start.
func Restore(ctx context.Context, cfg config.Config, from string) error {
	if cfg.Store == "postgres" {
		if err := sqlite.Sound(ctx, from); err != nil {
			return err
		}
		if _, err := moveToPostgres(ctx, cfg, from, nil); err != nil {
			return fmt.Errorf("khôi phục: %w", err)
		}
		return os.MkdirAll(cfg.Data, 0o700)
	}
	return sqlite.Restore(ctx, from, cfg.Database())
}

// keyNames are the files with keys in a data folder, by name.
func keyNames(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if name := e.Name(); e.Type().IsRegular() && (strings.HasSuffix(name, ".key") || strings.HasSuffix(name, ".keys")) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, nil
}

// BackupKeys writes the key files of the data folder to one new tar file that only its
// owner reads; keep it apart from the backups of the store.
func BackupKeys(cfg config.Config, to string) (names []string, err error) {
	if names, err = keyNames(cfg.Data); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("tệp %s đã có, không ghi đè", to)
	}
	if err != nil {
		return nil, err
	}
	out := tar.NewWriter(f)
	for _, name := range names {
		var body []byte
		if body, err = os.ReadFile(filepath.Join(cfg.Data, name)); err == nil {
			err = out.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(body)), ModTime: time.Unix(0, 0)})
		}
		if err == nil {
			_, err = out.Write(body)
		}
		if err != nil {
			break
		}
	}
	return names, errors.Join(err, out.Close(), f.Sync(), f.Close())
}

// largestKeys is how many bytes a file of keys may have.
const largestKeys = 1 << 20

// RestoreKeys puts the key files of a tar file into the data folder. It replaces none: a
// key that is there and reads otherwise is an error, and then nothing is written.
func RestoreKeys(cfg config.Config, from string) (names []string, err error) {
	f, err := os.Open(from)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	bodies := map[string][]byte{}
	for in := tar.NewReader(f); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("tệp %s không phải bản sao lưu khóa", from)
		}
		name := filepath.Base(h.Name)
		if name != h.Name || !strings.HasSuffix(name, ".key") && !strings.HasSuffix(name, ".keys") || h.Size > largestKeys {
			return nil, fmt.Errorf("tệp %s chứa %q, không phải tệp khóa", from, h.Name)
		}
		body, err := io.ReadAll(io.LimitReader(in, largestKeys))
		if err != nil {
			return nil, fmt.Errorf("tệp %s không phải bản sao lưu khóa", from)
		}
		if there, err := os.ReadFile(filepath.Join(cfg.Data, name)); err == nil && string(there) != string(body) {
			return nil, fmt.Errorf("thư mục %s đã có %s khác; không ghi đè khóa", cfg.Data, name)
		}
		bodies[name], names = body, append(names, name)
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(cfg.Data, name), bodies[name], 0o600); err != nil {
			return nil, err
		}
	}
	return names, nil
}
