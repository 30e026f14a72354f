package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// These make this test binary an ingestion program.
const (
	childStore  = "MOTCUA_TEST_STORE"
	childFolder = "MOTCUA_TEST_FOLDER"
)

func TestMain(m *testing.M) {
	if store := os.Getenv(childOutbox); store != "" {
		os.Exit(outboxMain(store))
	}
	if store := os.Getenv(childStore); store != "" {
		if err := ingestMain(store, os.Getenv(childFolder)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// ingestMain opens the store, says that it begins, and ingests the folder.
func ingestMain(store, folder string) error {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, store)
	if err != nil {
		return err
	}
	fmt.Println("begin")
	if _, err := ingest.Run(ctx, options(db), []string{folder}); err != nil {
		return err
	}
	fmt.Println("end")
	return db.Close()
}

// startIngestion runs the program and waits until it begins.
func startIngestion(t *testing.T, store, folder string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childStore+"="+store, childFolder+"="+folder)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "begin" {
		t.Fatalf("the program said %q, %v", lines.Text(), cmd.Wait())
	}
	return cmd, lines
}

// ingestWhole runs the program to its end and tells how long the ingestion took.
func ingestWhole(t *testing.T, store, folder string) time.Duration {
	t.Helper()
	cmd, lines := startIngestion(t, store, folder)
	begin := time.Now()
	if !lines.Scan() || lines.Text() != "end" {
		t.Fatalf("the program ended with %q, %v", lines.Text(), cmd.Wait())
	}
	took := time.Since(begin)
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	return took
}

func TestAKillAtAnyMomentLeavesAStoreThatIsWhole(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 8
	}
	dir := t.TempDir()
	folder, untouched, killed := filepath.Join(dir, "nguon"), filepath.Join(dir, "lien-mach.db"), filepath.Join(dir, "bi-giet.db")
	const laws = 60
	makeSources(t, folder, 0, laws)
	took := ingestWhole(t, untouched, folder)

	r := rand.New(rand.NewPCG(7, 11))
	inside := 0
	for round := range rounds {
		// The source changes from round to round, so that every run has work to do:
		// documents to add, to change and to remove.
		makeSources(t, folder, round%3, laws)
		cmd, lines := startIngestion(t, killed, folder)
		time.Sleep(time.Duration(r.Float64() * float64(took)))
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if !lines.Scan() {
			inside++
		}
		if err := cmd.Wait(); err == nil && lines.Text() != "end" {
			t.Fatal("the program ended by itself")
		}
		db, err := sqlite.Open(t.Context(), killed)
		if err != nil {
			t.Fatalf("round %d: the store does not open: %v", round, err)
		}
		assertWhole(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d kills fell inside the ingestion, which takes %v", inside, rounds, took)
	if inside == 0 {
		t.Error("no kill fell inside an ingestion: the test shows nothing")
	}
	makeSources(t, folder, 0, laws)
	ingestWhole(t, killed, folder)
	if diff := cmp.Diff(contentOf(t, untouched), contentOf(t, killed)); diff != "" {
		t.Errorf("the kills left a trace in the content: %.4000s", diff)
	}
}

func contentOf(t *testing.T, path string) map[corpus.UnitID][]corpus.Chunk {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	assertWhole(t, db)
	return content(t, db)
}
