package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/switches"
)

func TestABackupMadeUnderWritesRestoresToAServiceThatAnswersAndRemembers(t *testing.T) {
	at := morning
	dir := t.TempDir()
	a := lifeApp(t, dir, &at)
	if err := a.openLife(); err != nil {
		t.Fatal(err)
	}
	if err := a.switches.Turn(t.Context(), switches.Turning{Target: switches.Model, Off: true, Reason: "trước khi sao lưu", By: "can-bo-1", At: at}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	writers.Go(func() { // the store is written all the while
		for i := 0; ctx.Err() == nil; i++ {
			line := switches.Turning{Target: switches.Channel("zalo"), Off: i%2 == 0, Reason: "ghi trong lúc sao lưu", By: "can-bo-2", At: at.Add(time.Duration(i))}
			if err := a.switches.Turn(context.Background(), line); err != nil {
				t.Error(err)
			}
		}
	})
	to := filepath.Join(t.TempDir(), "kho.db")
	keys := filepath.Join(t.TempDir(), "khoa.tar")
	size, err := Backup(t.Context(), a.cfg, to)
	stop()
	writers.Wait()
	if err != nil || size == 0 {
		t.Fatalf("%d bytes, %v", size, err)
	}
	if names, err := BackupKeys(a.cfg, keys); err != nil || len(names) == 0 {
		t.Fatalf("%v, %v", names, err)
	}
	cfg := a.cfg
	cfg.Data = filepath.Join(t.TempDir(), "moi")
	cfg = onServer(t, cfg)
	if _, err := RestoreKeys(cfg, keys); err != nil {
		t.Fatal(err)
	}
	if err := Restore(t.Context(), cfg, to); err != nil {
		t.Fatal(err)
	}
	b := lifeApp(t, cfg.Data, &at)
	if err := b.openLife(); err != nil {
		t.Fatal(err)
	}
	if _, off := b.switches.Off(t.Context(), switches.Model); !off {
		t.Error("what was written before the backup is not in it")
	}
	if answer, err := b.Ask(t.Context(), assistant.Question{Text: "đăng ký tạm trú ở đâu", AskedAt: at}); err != nil || answer.Status != assistant.Answered {
		t.Errorf("%s, %v", answer.Status, err)
	}
}

func TestARestoreOverwritesNothingAndTakesNoDamagedFile(t *testing.T) {
	at := morning
	a := lifeApp(t, t.TempDir(), &at)
	to := filepath.Join(t.TempDir(), "kho.db")
	if _, err := Backup(t.Context(), a.cfg, to); err != nil {
		t.Fatal(err)
	}
	if _, err := Backup(t.Context(), a.cfg, to); err == nil {
		t.Error("a backup was overwritten")
	}
	if err := Restore(t.Context(), a.cfg, to); err == nil {
		t.Error("a store in use was overwritten")
	}
	whole, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"cut": whole[:len(whole)/2], "no store": []byte("không phải kho dữ liệu"), "empty": nil} {
		bad := filepath.Join(t.TempDir(), "hong.db")
		if err := os.WriteFile(bad, body, 0o600); err != nil {
			t.Fatal(err)
		}
		cfg := config.Default()
		cfg.Data = filepath.Join(t.TempDir(), "moi")
		if err := Restore(t.Context(), cfg, bad); err == nil {
			t.Errorf("%s: taken for a backup", name)
		}
		if left, _ := filepath.Glob(filepath.Join(cfg.Data, "*")); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
}

func TestKeysAreNeverReplacedAndNothingElseComesOutOfTheirFile(t *testing.T) {
	from, to := config.Default(), config.Default()
	from.Data, to.Data = t.TempDir(), t.TempDir()
	for cfg, body := range map[string]string{from.Data: "khóa A", to.Data: "khóa B"} {
		if err := os.WriteFile(filepath.Join(cfg, "corrections.key"), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tar := filepath.Join(t.TempDir(), "khoa.tar")
	if _, err := BackupKeys(from, tar); err != nil {
		t.Fatal(err)
	}
	if _, err := RestoreKeys(to, tar); err == nil || strings.Contains(err.Error(), "khóa A") {
		t.Errorf("%v", err)
	}
	if body, err := os.ReadFile(filepath.Join(to.Data, "corrections.key")); err != nil || string(body) != "khóa B" {
		t.Errorf("%q, %v", body, err)
	}
}
