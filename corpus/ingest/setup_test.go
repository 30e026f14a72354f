package ingest_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
	"github.com/motcua/motcua/internal/store/sqlite"
)

// bundle is a fresh store and a folder of sources.
type bundle struct {
	*testing.T
	db  *sqlite.DB
	dir string
	opt ingest.Options
}

func setup(t *testing.T) *bundle {
	t.Helper()
	t.Parallel()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kho.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &bundle{T: t, db: db, dir: t.TempDir(), opt: ingest.Options{Repository: db.Repository(), Readers: ingest.Readers(), Now: time.Now}}
}

// write makes a source file.
func (b *bundle) write(name string, lines ...string) string {
	b.Helper()
	path := filepath.Join(b.dir, name)
	text := []byte(strings.Join(lines, "\n") + "\n")
	if strings.HasSuffix(name, ".gz") {
		text = gz(b.T, text)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func gz(t *testing.T, text []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// run ingests and fails the test when the store does.
func (b *bundle) run(sources ...string) ingest.Report {
	b.Helper()
	r, err := ingest.Run(b.Context(), b.opt, sources)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// faults lists all sentences of a report, without the folder.
func (b *bundle) faults(r ingest.Report) []string {
	var out []string
	for _, s := range r.Sources {
		for _, f := range s.Faults {
			out = append(out, strings.ReplaceAll(f.String(), b.dir+string(filepath.Separator), ""))
		}
	}
	return out
}

// content is a digest of all that the store tells: chunks with their days, by unit.
func content(t *testing.T, db *sqlite.DB) string {
	t.Helper()
	units := map[corpus.UnitID][]corpus.Chunk{}
	err := db.Units(t.Context(), func(u corpus.UnitID, chunks []corpus.Chunk) error {
		units[u] = chunks
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(units)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	return fmt.Sprintf("%d units %s", len(units), hex.EncodeToString(sum[:8]))
}

// text is what the store holds for an article.
func (b *bundle) text(unit string) string {
	b.Helper()
	chunks, err := b.db.Library().Unit(b.Context(), corpus.UnitID(unit))
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, c := range chunks {
		out = append(out, c.Text)
	}
	return strings.Join(out, "\n")
}

func object(fields map[string]any) string {
	text, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// codified is one article as the codified law has it.
func codified(number string, article int, text string) string {
	year := strings.Split(number, "/")[1]
	return object(map[string]any{
		"pd_id": fmt.Sprintf("%s-%d", number, article), "demuc": "Đề mục 15.3 Hộ tịch", "label": fmt.Sprintf("Điều 15.3.LQ.%d. Tên điều", article),
		"title": fmt.Sprintf("Tên điều %d", article), "chapter": "Chương I NHỮNG QUY ĐỊNH CHUNG", "law_id": strings.ToLower(number),
		"article_id": fmt.Sprint(article), "text": text, "related": []string{}, "vbpl": []string{},
		"note": fmt.Sprintf("(Điều %d Luật số %s Luật Thử nghiệm ngày 20/11/%s của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2016)", article, number, year),
	})
}

// enacted is one article as a collection has it; the title ends with the number's year.
func enacted(number string, article int, text string) string {
	year := strings.Split(number, "/")[1]
	return object(map[string]any{
		"law_id": strings.ToLower(number), "article_id": fmt.Sprint(article), "law_title": "Luật Thử nghiệm " + year,
		"title": "Tên điều", "text": text, "file": "Luat-thu-nghiem.html",
	})
}

// portal is one record of the national portal.
func portal(code, name string) string {
	return object(map[string]any{
		"ma_thu_tuc": code, "ten_thu_tuc": name, "so_quyet_dinh": "121/QĐ-BTP", "cap_thuc_hien": "Cấp Xã", "linh_vuc": "Hộ tịch",
		"trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.", "detail_url": "https://dichvucong.gov.vn/" + code,
	})
}
