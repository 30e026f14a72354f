package postgres

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store/postgrestest"
	"github.com/motcua/motcua/internal/store/storetest"
)

func TestTheRoleOfTheServiceCanServeAndCannotRewriteWhatIsOnRecord(t *testing.T) {
	dsn := fresh(t)
	text, err := os.ReadFile("../../../docs/deploy/postgres-roles.sql")
	if err != nil {
		t.Fatal(err)
	}
	postgrestest.Run(t, dsn, string(text))
	app, err := Open(t.Context(), strings.Replace(dsn, "motcua@", "motcua_app@", 1), Options{AsIs: true, Conns: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	ctx := t.Context()
	run := func(ctx context.Context, statement string) error { _, err := app.pool.Exec(ctx, statement); return err }
	p := corpus.Procedure{ID: "1.000001", Code: "1.000001", Name: "Thủ tục thử"}
	l := ingest.Layer{Source: "thử", Place: "một", Class: ingest.Portal, Document: ingest.Document{Procedure: &p}}
	if err := l.Seal("thử"); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Repository().Put(ctx, l, ingest.Compose); err != nil {
		t.Error(err)
	}
	if err := app.Audit(storetest.AuditKey).Record(ctx, page.Entry{At: time.Now(), Actor: "n-cb", Act: "POST /x"}); err != nil {
		t.Error(err)
	}
	if _, err := app.Transcript().Sweep(ctx, time.Now().AddDate(0, -2, 0)); err != nil {
		t.Error(err)
	}
	if err := app.Transcript().Append(ctx, assistant.PastTurn{Answer: "a9", At: time.Now()}); err != nil {
		t.Error(err)
	}
	for _, refused := range []string{
		`CREATE TABLE x (id BIGINT)`, `DROP TABLE turns`, `ALTER TABLE audit DISABLE TRIGGER USER`, `TRUNCATE audit`,
		`UPDATE audit SET actor = 'x'`, `DELETE FROM audit`, `DELETE FROM consents`, `DELETE FROM switches`, `UPDATE queue_log SET who = 'x'`,
		`UPDATE schema_floor SET step = 1`, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (1, true)`,
	} {
		if err := run(ctx, refused); err == nil || !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be owner") {
			t.Errorf("%s: %v", refused, err)
		}
	}
}
