package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"

	"github.com/motcua/motcua/corpus"
)

const page = `<h3>
 Đề mục 15.3
 <br />
 Hộ tịch
</h3><p style='display: none'>(Xem <a href='#'>danh mục</a>)</p><div class='_content'><p class='pChuong'><a name='15'></a>Chương I</p><p class='pChuong'>NHỮNG QUY ĐỊNH CHUNG</p>` +
	`<p class='pDieu'><a name='1500300000000000100000100000000000000000'></a>Điều 15.3.LQ.1. Phạm vi điều chỉnh</p><p class='pGhiChu'><a href='http://vbpl.vn/x?ItemID=46746#Dieu_1' target='_blank'>(Điều 1 Luật số 60/2014/QH13 Hộ tịch ngày 20/11/2014 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2016 )</a></p>` +
	`<p class='pNoiDung'><p>1. Luật này quy định
 về hộ tịch.</p>

<p>2. Thẩm quyền &amp; thủ tục.<br/>a) Một;</p></p><p class='pChiDan'>(Điều này có nội dung liên quan đến <a href='#' onclick="ViewNoiDungPhapDien('1500300000000000100000200000000000000000'); return false;">Điều 15.3.LQ.2.</a>)</p>` +
	`<p class='pDieu'><a name='1500300000000000100000200000000000000000'></a>Điều 15.3.LQ.2. Hộ tịch và đăng ký</p><p class='pGhiChu'><a href='http://vbpl.vn/x?ItemID=46746#Dieu_2'>(Điều 2 Luật số 60/2014/QH13, có hiệu lực thi hành kể từ ngày 01/01/2016)</a></p><p class='pNoiDung'><p>Lời.</p></p></div>`

func TestAPageOfThePackageIsReadLikeALine(t *testing.T) {
	fsys := fstest.MapFS{"p/a.html": {Data: []byte(page)}, "p/BoPhapDien.html": {Data: []byte("<html><body><p>index</p></body></html>")}, "p/lib.js": {Data: []byte("x")}}
	var got []corpus.Instrument
	for in, err := range CodifiedPackage(fsys, "p", corpus.Source{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, in)
	}
	if len(got) != 1 || got[0].Number != "60/2014/QH13" || got[0].Title != "Luật Hộ tịch" || len(got[0].Articles) != 2 {
		t.Fatalf("%+v", got)
	}
	a := got[0].Articles[0]
	if a.Heading != "Phạm vi điều chỉnh" || a.FullText() != "1. Luật này quy định về hộ tịch.\n2. Thẩm quyền & thủ tục.\na) Một;" {
		t.Errorf("article %q %q", a.Heading, a.FullText())
	}
	if len(a.Under) != 2 || a.Under[0].String() != "Đề mục 15.3 Hộ tịch" || a.Under[1].String() != "Chương I NHỮNG QUY ĐỊNH CHUNG" {
		t.Errorf("under %v", a.Under)
	}
	if r := got[0].Relations; len(r) != 1 || r[0].Kind != corpus.Refers || r[0].To.Article != "2" {
		t.Errorf("relations %+v", r)
	}
}

func TestABrokenPageKeepsWhatWasRead(t *testing.T) {
	fsys := fstest.MapFS{"a.html": {Data: []byte(page[:len(page)*2/3])}, "b.html": {Data: nil}}
	n := 0
	for in, err := range CodifiedPackage(fsys, ".", corpus.Source{}) {
		if err == nil {
			n += len(in.Articles)
		}
	}
	if n == 0 {
		t.Error("nothing read")
	}
}

// TestThePackageHasTheSameWordsAsTheLines compares the official pages with the JSON lines
// of the same codified law, article by article, where both hold it.
func TestThePackageHasTheSameWordsAsTheLines(t *testing.T) {
	dir := sharedFile(t, "data/laws/phapdien_html")
	type lineOf struct{ text, note string }
	lines := map[string]lineOf{}
	for r, err := range jsonRecords(gzipOpener(filepath.Join(filepath.Dir(dir), "phapdien_2026-01.jsonl.gz"))) {
		if err != nil {
			t.Fatal(err)
		}
		lines[r.ID] = lineOf{squeeze(norm.NFC.String(r.Text)), r.Note}
	}
	both, same, sameNote, pages := 0, 0, 0, 0
	for r, err := range pageRecords(os.DirFS(dir), ".") {
		if err != nil {
			t.Fatal(err)
		}
		pages++
		l, ok := lines[r.ID]
		if !ok {
			continue
		}
		both++
		if text := squeeze(norm.NFC.String(r.Text)); text == l.text {
			same++
		} else {
			t.Logf("%s differs near %.80q / %.80q", r.Label, text[diffAt(text, l.text):], l.text[diffAt(text, l.text):])
		}
		if strings.TrimSpace(r.Note) == strings.TrimSpace(l.note) {
			sameNote++
		}
	}
	t.Logf("%d articles on pages, %d in both, %d with the same words, %d with the same note", pages, both, same, sameNote)
	if both < 100 || same < both*99/100 || sameNote < both*99/100 {
		t.Error("too many differ")
	}
}

func diffAt(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return max(0, min(i-20, len(a), len(b)))
}

func FuzzPage(f *testing.F) {
	f.Add(page)
	f.Add("<p class='pNoiDung'>x<p class='pDieu'><a name='1'>Điều")
	f.Fuzz(func(t *testing.T, s string) {
		n := 0
		for in, err := range CodifiedPackage(fstest.MapFS{"a.html": {Data: []byte(s)}}, ".", corpus.Source{}) {
			if err != nil && !isLineError(err) {
				t.Fatal(err)
			}
			if err == nil && in.Number == "" {
				t.Error("an instrument without a number")
			}
			n++
		}
	})
}
