package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/store/postgrestest"
	"github.com/motcua/motcua/retrieval"
)

// bothStores runs a test on the SQLite file and on a PostgreSQL server. replica gives the
// settings of one more process on the same store.
func bothStores(t *testing.T, test func(t *testing.T, replica func() config.Config)) {
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		test(t, func() config.Config {
			cfg := config.Default()
			cfg.Data = dir
			return cfg
		})
	})
	t.Run("postgres", func(t *testing.T) {
		dsn := postgrestest.Empty(t)
		test(t, func() config.Config {
			cfg := config.Default()
			cfg.Store, cfg.Postgres, cfg.Data = "postgres", config.Secret(dsn), t.TempDir()
			return cfg
		})
	})
}

// servers are the databases of the data folders that tests of this run made.
var servers struct {
	sync.Mutex
	of map[string]string // by folder
}

// onServer is the settings as they are, or, where MOTCUA_TEST_STORE is "postgres", with a
// database of the folder's own: then everything this package tests is tested on PostgreSQL.
func onServer(t *testing.T, cfg config.Config) config.Config {
	t.Helper()
	if os.Getenv("MOTCUA_TEST_STORE") != "postgres" {
		return cfg
	}
	admin := postgrestest.Server(t)
	servers.Lock()
	defer servers.Unlock()
	name, known := servers.of[cfg.Data]
	if !known {
		if servers.of == nil {
			servers.of = map[string]string{}
		}
		name = fmt.Sprintf("motcua_app_%d_%d", os.Getpid(), len(servers.of))
		servers.of[cfg.Data] = name // lives as long as the server: a folder may be opened again
		postgrestest.Run(t, admin, "CREATE DATABASE "+name)
	}
	cfg.Store, cfg.Postgres = "postgres", config.Secret(postgrestest.Named(admin, name))
	return cfg
}

func opened(t *testing.T, cfg config.Config) *App {
	t.Helper()
	a, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

const decree = `<!DOCTYPE html><html><body><p>CHÍNH PHỦ</p><p>Số: 905/2026/NĐ-CP</p><p>Hà Nội, ngày 01 tháng 10 năm 2026</p>
<h1>NGHỊ ĐỊNH</h1><p>Quy định về đăng ký khinh khí cầu</p>
<p>Điều 1. Đăng ký khinh khí cầu</p><p>1. Người có khinh khí cầu đăng ký tại Ủy ban nhân dân cấp xã nơi neo đậu khinh khí cầu.</p>
<p>Điều 2. Hiệu lực thi hành</p><p>Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 11 năm 2026.</p></body></html>`

// finds reports whether a search of this process finds the decree.
func finds(t *testing.T, a *App) bool {
	t.Helper()
	hits, err := a.Search(t.Context(), retrieval.Query{Text: "đăng ký khinh khí cầu", Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		if strings.HasPrefix(strings.ToLower(string(h.Unit)), "905/2026/nđ-cp#") {
			return true
		}
	}
	return false
}

// soon waits until something is so.
func soon(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(90 * time.Second); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within 90 s: %s", what)
		}
	}
}

func TestWhatOneProcessTakesInAnotherFindsWithoutBeingToldOrStarted(t *testing.T) {
	bothStores(t, func(t *testing.T, replica func() config.Config) {
		serving := serve(t, replica())
		other := opened(t, replica())
		if finds(t, serving) {
			t.Fatal("the decree is there before it was taken in")
		}
		path := filepath.Join(t.TempDir(), "905.html")
		if err := os.WriteFile(path, []byte(decree), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := other.Ingest(t.Context(), []string{path}, false, nil); err != nil {
			t.Fatal(err)
		}
		if !finds(t, other) {
			t.Fatal("whoever took it in does not find it")
		}
		soon(t, "the other replica finds the decree", func() bool { return finds(t, serving) })
	})
}

// serve runs a replica until the test ends.
func serve(t *testing.T, cfg config.Config) *App {
	t.Helper()
	cfg.Listen = "127.0.0.1:0"
	a := opened(t, cfg)
	ctx, stop := context.WithCancel(t.Context())
	listening := make(chan string, 1)
	var under sync.WaitGroup
	under.Go(func() {
		if err := a.Serve(ctx, func(addr string) { listening <- addr }); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { stop(); under.Wait() })
	addr := <-listening
	if _, _, err := net.SplitHostPort(addr); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestABackupOfAServerRestoresToAnEmptyOneThatAnswersAndRemembers(t *testing.T) {
	cfg := config.Default()
	cfg.Store, cfg.Postgres, cfg.Data = "postgres", config.Secret(postgrestest.Empty(t)), t.TempDir()
	a := opened(t, cfg)
	question := assistant.Question{Text: "đăng ký tạm trú ở đâu", Conversation: "cuoc-1", AskedAt: time.Now()}
	if answer, err := a.Ask(t.Context(), question); err != nil || answer.Status != assistant.Answered {
		t.Fatalf("%s, %v", answer.Status, err)
	}
	if err := a.store.Transcript().Append(t.Context(), assistant.PastTurn{Answer: "a1", Conversation: "cuoc-1", At: time.Now(), Status: assistant.Answered}); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "kho.db")
	if size, err := Backup(t.Context(), cfg, to); err != nil || size == 0 {
		t.Fatalf("%d bytes, %v", size, err)
	}
	if _, err := Backup(t.Context(), cfg, to); err == nil {
		t.Error("a backup was overwritten")
	}
	if err := Restore(t.Context(), cfg, to); err == nil {
		t.Error("a server in use was overwritten")
	}
	file, server := cfg, cfg
	file.Store, file.Data = "sqlite", filepath.Join(t.TempDir(), "tep")
	server.Postgres, server.Data = config.Secret(postgrestest.Empty(t)), filepath.Join(t.TempDir(), "may-chu")
	for _, into := range []config.Config{file, server} {
		if err := Restore(t.Context(), into, to); err != nil {
			t.Fatal(err)
		}
		b := opened(t, into)
		if turns, err := b.store.Transcript().Recent(t.Context(), "cuoc-1", 9); err != nil || len(turns) != 1 {
			t.Errorf("%s: %d turns, %v", into.Store, len(turns), err)
		}
		if answer, err := b.Ask(t.Context(), question); err != nil || answer.Status != assistant.Answered {
			t.Errorf("%s: %s, %v", into.Store, answer.Status, err)
		}
	}
}
