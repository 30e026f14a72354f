package sqlite_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// makeSources writes a made-up corpus: laws of the codified law, the same laws as
// enacted, and procedures. Another version changes, adds and drops some of each.
func makeSources(t *testing.T, dir string, version, laws int) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	var codified, enacted, portal []string
	for law := range laws {
		if law%17 == version {
			continue
		}
		number := fmt.Sprintf("%02d/2014/QH13", law+1)
		for article := range 3 + law%5 {
			text := fmt.Sprintf("1. Khoản một của điều %d.\n2. %s", article+1, strings.Repeat("Khoản hai. ", 20+law%30))
			if (law+article)%7 == version {
				text += fmt.Sprintf("\n3. Bản %d.", version)
			}
			codified = append(codified, object(map[string]any{
				"pd_id": fmt.Sprintf("%d-%d", law, article), "demuc": "Đề mục 15.3 Hộ tịch", "label": fmt.Sprintf("Điều 15.3.LQ.%d. Tên", article+1),
				"title": "Tên", "chapter": "Chương I CHUNG", "law_id": number, "article_id": fmt.Sprint(article + 1), "text": text,
				"related": []string{fmt.Sprintf("%d-%d", (law+1)%laws, 1)}, "vbpl": []string{},
				"note": fmt.Sprintf("(Điều %d Luật số %s Luật Thử %d ngày 20/11/2014 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2016)", article+1, number, law),
			}))
			enacted = append(enacted, object(map[string]any{
				"law_id": number, "article_id": fmt.Sprint(article + 1), "law_title": fmt.Sprintf("Luật Thử %d 2014", law), "title": "Tên",
				"text": "Bản gốc. " + text, "file": number,
			}))
		}
	}
	for i := range laws * 2 {
		if i%13 != version {
			portal = append(portal, object(map[string]any{
				"ma_thu_tuc": fmt.Sprintf("1.%06d", i), "ten_thu_tuc": fmt.Sprintf("Thủ tục %d bản %d", i, version*(i%3)), "cap_thuc_hien": "Cấp Xã",
				"linh_vuc": "Hộ tịch", "trinh_tu_thuc_hien": strings.Repeat("Bước 1: Nộp hồ sơ.\n", 10), "so_quyet_dinh": "1/QĐ-BTP",
			}))
		}
	}
	for name, lines := range map[string][]string{"a_2026-01.jsonl": codified, "b_2024-11.jsonl": enacted, "c_2026-07.jsonl": portal} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func object(fields map[string]any) string {
	text, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// content is all chunks with their days, by unit. When the file around a text was read,
// and its digest, are left out: an unchanged text keeps those of the file it was first
// read from.
func content(t *testing.T, db *sqlite.DB) map[corpus.UnitID][]corpus.Chunk {
	t.Helper()
	units := allUnits(t, db)
	for _, chunks := range units {
		for i := range chunks {
			chunks[i].Source = corpus.Source{URL: chunks[i].Source.URL, Name: chunks[i].Source.Name}
		}
	}
	return units
}

func allUnits(t *testing.T, db *sqlite.DB) map[corpus.UnitID][]corpus.Chunk {
	t.Helper()
	units := map[corpus.UnitID][]corpus.Chunk{}
	if err := db.Units(t.Context(), func(u corpus.UnitID, chunks []corpus.Chunk) error { units[u] = chunks; return nil }); err != nil {
		t.Fatal(err)
	}
	return units
}

// assertWhole checks that the file is sound and that ledger and content tell the same:
// every subject of the ledger is built from exactly its layers, and nothing else is there.
func assertWhole(t *testing.T, db *sqlite.DB) {
	t.Helper()
	ctx := t.Context()
	if err := db.Check(ctx); err != nil {
		t.Fatalf("integrity: %v", err)
	}
	subjects := layersBySubject(ctx, t, db.Repository())
	want := map[corpus.UnitID][]corpus.ChunkID{}
	for _, subject := range slices.Sorted(maps.Keys(subjects)) {
		d, chunks := ingest.Compose(subjects[subject])
		for _, c := range chunks {
			want[c.Unit] = append(want[c.Unit], c.ID)
		}
		var err error
		if d.Instrument != nil {
			_, err = db.Library().Instrument(ctx, d.Instrument.Number)
		} else {
			_, err = db.Library().Procedure(ctx, d.Procedure.ID)
		}
		if err != nil {
			t.Fatalf("%s is in the ledger, but: %v", subject, err)
		}
	}
	got := map[corpus.UnitID][]corpus.ChunkID{}
	for u, chunks := range allUnits(t, db) {
		for _, c := range chunks {
			got[u] = append(got[u], c.ID)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("ledger and content differ: %s", diff)
	}
	if s, err := db.Stats(ctx); err != nil || s.Instruments+s.Procedures != len(subjects) {
		t.Fatalf("%d documents, %d subjects in the ledger, %v", s.Instruments+s.Procedures, len(subjects), err)
	}
}

func layersBySubject(ctx context.Context, t *testing.T, repo ingest.Repository) map[string][]ingest.Layer {
	t.Helper()
	sources, err := repo.Sources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]ingest.Layer{}
	for _, s := range sources {
		ledger, err := repo.Ledger(ctx, s.Name)
		if err != nil {
			t.Fatal(err)
		}
		for place, entry := range ledger {
			l, err := repo.Layer(ctx, s.Name, place)
			if err != nil || l.Digest != entry.Digest || l.Document.Subject() != entry.Subject {
				t.Fatal(errors.Join(err, fmt.Errorf("%s, %s: the layer is not that of the ledger", s.Name, place)))
			}
			out[entry.Subject] = append(out[entry.Subject], l)
		}
	}
	return out
}
