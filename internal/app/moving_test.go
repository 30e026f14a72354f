package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/channels/zalo/window"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/measure"
	"github.com/motcua/motcua/internal/simulate"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/internal/store/postgres"
	"github.com/motcua/motcua/internal/store/postgrestest"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
)

// childMove makes this test binary the program that moves a store, to be killed.
const childMove = "MOTCUA_TEST_MOVE"

// moveMain moves, and says a line for every step of the progress.
func moveMain(data string) error {
	cfg := config.Default()
	cfg.Data, cfg.Postgres = data, config.Secret(os.Getenv("MOTCUA_TEST_MOVE_TO"))
	_, err := MigrateStore(context.Background(), cfg, func(p store.MoveProgress) { fmt.Println(p.Step, p.Table, p.Done) })
	return err
}

// lived is the folder of an installation in which much has happened: made-up lives, the
// starter corpus, sample families with their chats, questions asked.
func lived(t *testing.T, people int) config.Config {
	t.Helper()
	dir := t.TempDir()
	from, _ := civil.Parse("2026-11-01")
	to, _ := civil.Parse("2026-12-15")
	if _, err := Simulate(t.Context(), dir, simulate.Options{People: people, From: from, To: to, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	cfg := config.Default()
	cfg.Data = dir
	at := morning
	a, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler), Clock(func() time.Time { return at }), MadeUp())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Handler(); err != nil {
		t.Fatal(err)
	}
	happen(t, a, at)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return cfg
}

// happen puts rows where a made-up life leaves none: what people say of answers, officials'
// work, sessions, chats, Zalo's account.
func happen(t *testing.T, a *App, at time.Time) {
	t.Helper()
	ctx := t.Context()
	inbox, zalo, mother := a.chats.inbox, a.store.Zalo(), lifeevents.PersonID("moi-1")
	var letter channels.Letter
	var ticket channels.Ticket
	var dropped ingest.Layer
	for i, do := range []func() error{
		func() error {
			in := corpus.Instrument{Number: "1/2020/NĐ-CP", Title: "Nghị định thử", Articles: []corpus.Article{{Number: "1", Text: "Thử."}}}
			dropped = ingest.Layer{Source: "thử", Place: "thử", Class: ingest.Issued, Document: ingest.Document{Instrument: &in}}
			if err := dropped.Seal("thử"); err != nil {
				return err
			}
			_, err := a.store.Repository().Put(ctx, dropped, ingest.Compose)
			return err
		},
		func() error { _, err := a.store.Repository().Drop(ctx, "thử", "thử", ingest.Compose); return err },
		func() error {
			p := corpus.Procedure{ID: "9.999999", Code: "9.999999", Name: "Thủ tục thử", Flags: []corpus.Flag{{Field: "fees", Why: "không đọc được", Raw: "?"}}}
			l := ingest.Layer{Source: "thử", Place: "hai", Class: ingest.Portal, Document: ingest.Document{Procedure: &p}}
			if err := l.Seal("thử"); err != nil {
				return err
			}
			_, err := a.store.Repository().Put(ctx, l, ingest.Compose)
			return err
		},
		func() error {
			return a.store.Transcript().Append(ctx, assistant.PastTurn{Answer: "a1", Conversation: "cuoc-1", At: at, Channel: "portal", Question: "lệ phí \x00 khai sinh\xff", Status: assistant.Answered, Units: []corpus.UnitID{"tthc:1.001193"}})
		},
		func() error { return a.store.Transcript().Keep(ctx, "cuoc-1", assistant.State{Topic: "Khai sinh"}, at) },
		func() error {
			item, err := a.store.Feedbacks().Give(ctx, assistant.Feedback{Answer: "a1", Reason: assistant.FactWrong, Text: "sai lệ phí", At: at})
			if item == 0 && err == nil {
				err = errors.New("no item was opened")
			}
			return err
		},
		func() error {
			return a.store.Gaps().Note(ctx, assistant.Unanswered{At: at, Words: []string{"nuoi", "rong"}, Conversation: "cuoc-1"})
		},
		func() error {
			return a.store.Statements().Post(ctx, assistant.Statement{ID: "dc-1", Kind: assistant.CorrectionKind, Body: []byte{0, 1, 0xff}, Signature: "ab"})
		},
		func() error {
			return a.store.Sessions(a.life.Box).Begin(ctx, [32]byte{1}, page.Viewer{Person: mother, Display: "Lan", Roles: []page.Role{page.Citizen}}, at)
		},
		func() error { return a.audit.Record(ctx, page.Entry{At: at, Actor: "n-cb", Act: "POST /x"}) },
		func() error { return a.audit.Record(ctx, page.Entry{At: at, Actor: "n-cb", Act: "POST /y"}) },
		func() (err error) {
			letter, _, err = a.store.Letters().Write(ctx, "/", "Thiếu mẫu đơn.", at)
			return err
		},
		func() error { return a.store.Letters().Take(ctx, letter.Number, "cb-1") },
		func() error { return a.store.Letters().Reply(ctx, letter.Number, "cb-1", "Đã thêm.", at) },
		func() error {
			return a.switches.Turn(ctx, switches.Turning{Target: switches.Model, Off: true, Reason: "thử việc tắt", By: "cb-1", At: at})
		},
		func() error {
			return a.store.Measures().Count(ctx, []measure.Tally{{Day: civil.On(at), Channel: "portal", Status: "answered", N: 3}})
		},
		func() error { return a.store.LawChanges().SetRulesSeen(ctx, a.life.Rules.Digests()) },
		func() error {
			return a.store.LawChanges().Add(ctx, []store.LawChange{{At: at, Kind: "provision", Subject: "60/2014/QH13#15", What: "changed", Detail: []byte("{}")}})
		},
		func() error {
			return a.store.Mine().Invite(ctx, "ma-moi", lifeevents.Invite{From: mother, Tell: true, Expires: at.Add(time.Hour)})
		},
		func() error {
			return a.store.Mine().KeepSlip(ctx, "ma-phieu", lifeevents.Slip{Person: mother, About: mother, Procedure: "1.001193", Made: at, Expires: at.Add(time.Hour)})
		},
		func() error {
			return a.store.Mine().Request(ctx, lifeevents.DataRequest{Person: mother, Kind: lifeevents.DeleteData, At: at, State: lifeevents.RequestOpen, AnswerBy: civil.On(at), DoneBy: civil.On(at)})
		},
		func() error {
			_, err := inbox.Accept(ctx, channels.Incoming{Channel: "telegram", Chat: "77", MessageID: "1", Kind: channels.Words, Text: "chào", ReceivedAt: at})
			return err
		},
		func() (err error) {
			ticket, err = inbox.Request(ctx, "telegram", "77", channels.PersonAsked, at)
			return err
		},
		func() error { _, err := inbox.Take(ctx, ticket.ID, "cb-1", at); return err },
		func() error { return inbox.Say(ctx, ticket.ID, "cb-1", "Chào anh.", at) },
		func() error { _, err := inbox.Issue(ctx, mother, "telegram", at); return err },
		func() error { _, err := zalo.Swap(ctx, "tokens", 0, []byte("niêm phong"), at); return err },
		func() error { _, err := zalo.Lease(ctx, "refresh", "bản-1", at, time.Minute); return err },
		func() error {
			return zalo.Change(ctx, make([]byte, 32), at, func(s *window.State) bool { s.Heard = at; return true })
		},
		func() error { return zalo.SetQuota(ctx, window.Quota{Daily: 500, Remaining: 9, At: at}) },
		func() error { return zalo.Took(ctx, "z1", "k1", at) },
		func() error { return zalo.Alarm(ctx, "oa", -321, at) },
	} {
		if err := do(); err != nil {
			t.Fatal(i, err)
		}
	}
}

func sum(t *testing.T, path string) [32]byte {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(body)
}

func TestAMoveKilledInTheMiddleGoesOnAndEndsWithTheSameRowsOnBothSides(t *testing.T) {
	cfg := lived(t, 300)
	cfg.Postgres = config.Secret(postgrestest.Empty(t))
	before := sum(t, cfg.Database())
	killMove(t, cfg, "copy", "layers")
	assertMoving(t, cfg)
	killMove(t, cfg, "copy", "outbox_bodies")
	killMove(t, cfg, "verify", "facts")
	moved, err := MigrateStore(t.Context(), cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	assertSameRows(t, cfg, moved)
	var empty []string
	for _, m := range moved {
		if m.Rows == 0 {
			empty = append(empty, m.Table)
		}
	}
	for _, table := range empty {
		if !slices.Contains([]string{"losses", "intake_faults"}, table) {
			t.Errorf("%s holds nothing: the test shows nothing about it", table)
		}
	}
	if sum(t, cfg.Database()) != before {
		t.Error("the source was changed")
	}
	again, err := MigrateStore(t.Context(), cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range again {
		if m.Written > 0 {
			t.Errorf("%s: %d rows written again", m.Table, m.Written)
		}
	}
}

// killMove runs the program and kills it when its progress says where it is.
func killMove(t *testing.T, cfg config.Config, step, table string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childMove+"="+cfg.Data, "MOTCUA_TEST_MOVE_TO="+string(cfg.Postgres))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	chunk := make([]byte, 256)
	for !strings.Contains(said.String(), step+" "+table+" ") {
		n, err := out.Read(chunk)
		said.Write(chunk[:n])
		if err != nil {
			t.Fatalf("the program ended by itself: %v, %s", errors.Join(err, cmd.Wait()), said.String())
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
}

// assertMoving checks that a service does not use half a store.
func assertMoving(t *testing.T, cfg config.Config) {
	t.Helper()
	cfg.Store, cfg.Data = "postgres", t.TempDir()
	if _, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler)); !errors.Is(err, postgres.ErrMoving) {
		t.Errorf("a store that is half here: %v", err)
	}
}

// assertSameRows reads both sides anew, by other code than that which moved them.
func assertSameRows(t *testing.T, cfg config.Config, moved []store.MovedTable) {
	t.Helper()
	back := filepath.Join(t.TempDir(), "lai.db")
	pg := cfg
	pg.Store = "postgres"
	if _, err := Backup(t.Context(), pg, back); err != nil {
		t.Fatal(err)
	}
	there, here := dumped(t, back), dumped(t, cfg.Database())
	if diff := cmp.Diff(here, there); diff != "" {
		t.Errorf("the rows differ: %.3000s", diff)
	}
	if len(moved) != len(store.Tables) {
		t.Errorf("%d tables moved of %d", len(moved), len(store.Tables))
	}
}

// dumped is every row of a file, by table, as SQLite itself gives it.
func dumped(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string][]string{}
	for _, table := range store.Tables {
		rows, err := db.QueryContext(t.Context(), `SELECT * FROM `+table.Name) //nolint:unqueryvet // every column, whichever there are
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		row, places := make([]any, len(names)), make([]any, len(names))
		for i := range row {
			places[i] = &row[i]
		}
		for rows.Next() {
			if err := rows.Scan(places...); err != nil {
				t.Fatal(err)
			}
			line := ""
			for i, v := range row {
				switch x := v.(type) {
				case []byte:
					v = hex.EncodeToString(x)
				case string:
					v = store.Text(x) // all that may differ: what PostgreSQL cannot keep in a text
				}
				line += fmt.Sprintf("%s=%v ", names[i], v)
			}
			out[table.Name] = append(out[table.Name], line)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(out[table.Name])
	}
	return out
}

func TestAMovedInstallationAnswersOnPostgreSQLAndRefusesToBeMovedOver(t *testing.T) {
	cfg := lived(t, 10)
	cfg.Postgres = config.Secret(postgrestest.Empty(t))
	if _, err := MigrateStore(t.Context(), cfg, nil); err != nil {
		t.Fatal(err)
	}
	cfg.Store = "postgres"
	at := morning
	a, err := New(t.Context(), cfg, slog.New(slog.DiscardHandler), Clock(func() time.Time { return at }), MadeUp())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if answer, err := a.Ask(t.Context(), assistant.Question{Text: "đăng ký tạm trú ở đâu", AskedAt: at}); err != nil || answer.Status != assistant.Answered {
		t.Errorf("%s, %v", answer.Status, err)
	}
	if turns, err := a.store.Transcript().Recent(t.Context(), "cuoc-1", 9); err != nil || len(turns) != 1 {
		t.Errorf("%d turns of the conversation before the move, %v", len(turns), err)
	}
	if err := a.openLife(); err != nil {
		t.Fatal(err)
	}
	if v, _, _, err := a.store.Sessions(a.life.Box).Find(t.Context(), [32]byte{1}); err != nil || v.Display != "Lan" {
		t.Errorf("a sealed name does not open: %q, %v", v.Display, err)
	}
	if _, err := MigrateStore(t.Context(), cfg, nil); !errors.Is(err, postgres.ErrInUse) {
		t.Errorf("a store in use was moved over: %v", err)
	}
	other := lived(t, 10)
	other.Postgres = cfg.Postgres
	if _, err := MigrateStore(t.Context(), other, nil); !errors.Is(err, postgres.ErrNotEmpty) {
		t.Errorf("another store was moved over it: %v", err)
	}
}
