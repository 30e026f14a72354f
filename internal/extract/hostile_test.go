package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// sampleLaw is a few sentences of ours, long enough to be judged as Vietnamese.
const sampleLaw = "Điều 1. Phạm vi điều chỉnh của văn bản thử nghiệm này gồm việc tiếp nhận hồ sơ, giải quyết hồ sơ và trả kết quả cho người dân tại bộ phận một cửa của xã."

// tight are limits small enough for a hostile file to meet them soon.
var tight = Options{MaxMemory: 2 << 30, MaxCPU: 20 * time.Second, MaxWall: 60 * time.Second, MaxPages: 200, MaxText: 8 << 20, NoOCR: true}

// hostilePDFs are files that harm readers; each lists the codes that name what is wrong.
func hostilePDFs() map[string]struct {
	data []byte
	want []Code
} {
	good := textPDF(paragraphLines(72, 700, sampleLaw))
	out := map[string]struct {
		data []byte
		want []Code
	}{}
	put := func(name string, data []byte, want ...Code) {
		out[name] = struct {
			data []byte
			want []Code
		}{data, want}
	}
	broken := []Code{Malformed, Truncated, Cyclic, TooLarge, TooSlow, OutOfMemory, Empty}

	put("unterminated hex string", bytes.Replace(good, []byte("/Type /Catalog"), []byte("/Type <41424344"), 1), broken...)
	put("huge size", bytes.Replace(good, []byte("/Size "), []byte("/Size 2000000"), 1), Malformed)
	put("only a header", []byte("%PDF-1.7\n"), Truncated)
	put("noise after header", append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0x93, 0x11, 0x00, 0xfe}, 5000)...), Truncated, Malformed)

	var kids pdfMaker
	kids.add("<< /Type /Catalog /Pages 2 0 R >>")
	kids.add("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")
	put("cyclic kids", kids.bytes(1), Cyclic)

	var parent pdfMaker
	parent.add("<< /Type /Catalog /Pages 2 0 R >>")
	parent.add("<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>")
	parent.add("<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>")
	parent.stream("", "BT ET")
	put("cyclic parent", parent.bytes(1), Cyclic, Empty, Malformed)

	var outline pdfMaker
	outline.add("<< /Type /Catalog /Pages 2 0 R /Outlines 3 0 R >>")
	outline.add("<< /Type /Pages /Kids [] /Count 0 >>")
	outline.add("<< /First 4 0 R /Last 4 0 R /Count 1 >>")
	outline.add("<< /Title (a) /Parent 3 0 R /Next 4 0 R /First 4 0 R >>")
	put("cyclic outline", outline.bytes(1), Malformed, Cyclic, Empty)

	put("flate bomb", bombPDF(100<<20), TooLarge, Empty)
	put("huge index", hugeIndexPDF(), broken...)
	put("deep nesting", nestedPDF(200_000), broken...)
	put("form that draws itself", selfDrawingPDF(), Empty, TooLarge, Malformed)
	put("operators without end", operatorsPDF(), TooLarge, Empty)
	for cut := 1; cut < 12; cut++ {
		put(fmt.Sprintf("cut at %d of 12", cut), good[:len(good)*cut/12], broken...)
	}
	return out
}

func bombPDF(size int) []byte {
	var m pdfMaker
	m.add("<< /Type /Catalog /Pages 2 0 R >>")
	m.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>")
	m.flate("", strings.Repeat(" ", size))
	return m.bytes(1)
}

func hugeIndexPDF() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
	at := b.Len()
	fmt.Fprintf(&b, "2 0 obj\n<< /Type /XRef /Size 3 /W [1 4 1] /Index [4000000000 1] /Root 1 0 R /Length 6 >>\nstream\n\x01\x00\x00\x00\x09\x00\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", at)
	return b.Bytes()
}

func nestedPDF(depth int) []byte {
	var m pdfMaker
	m.add("<< /Type /Catalog /Pages " + strings.Repeat("[", depth) + strings.Repeat("]", depth) + " >>")
	return m.bytes(1)
}

func selfDrawingPDF() []byte {
	var m pdfMaker
	m.add("<< /Type /Catalog /Pages 2 0 R >>")
	m.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>")
	m.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>", "/X Do /X Do /X Do")
	m.stream("", "/X Do")
	return m.bytes(1)
}

func operatorsPDF() []byte {
	var m pdfMaker
	m.add("<< /Type /Catalog /Pages 2 0 R >>")
	m.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>")
	m.flate("", strings.Repeat("q ", 6_000_000))
	return m.bytes(1)
}

func TestAHostilePDFEndsInOneClearSentence(t *testing.T) {
	for name, c := range hostilePDFs() {
		t.Run(name, func(t *testing.T) {
			path := writeTemp(t, "hai.pdf", c.data)
			// Three times the file's own limit: meeting it means the limit did not work.
			ctx, cancel := context.WithTimeout(context.Background(), 3*tight.MaxWall)
			defer cancel()
			doc, err := File(ctx, path, tight)
			if err == nil {
				// A page may be listed as unread instead; then it says why.
				if len(doc.Unread()) == 0 && len(doc.Warnings) == 0 {
					t.Fatalf("read without a word of warning: %q, warnings %q", doc.Text(), doc.Warnings)
				}
				for _, p := range doc.Unread() {
					checkSentence(t, p.Unread)
				}
				return
			}
			var f *Fault
			if !errors.As(err, &f) {
				t.Fatalf("not a Fault: %v", err)
			}
			found := false
			for _, code := range c.want {
				found = found || f.Code == code
			}
			if !found {
				t.Errorf("code %s, want one of %v (%v; %v)", f.Code, c.want, f, f.Err)
			}
			checkSentence(t, f.Sentence)
			if !strings.HasPrefix(f.Error(), "hai.pdf") {
				t.Errorf("the message does not name the file: %s", f.Error())
			}
		})
	}
}

// checkSentence: one line, Vietnamese, ended like a sentence.
func checkSentence(t *testing.T, s string) {
	t.Helper()
	if s == "" || strings.Contains(s, "\n") || !strings.HasSuffix(s, ".") || !utf8.ValidString(s) || markedShare(s) < 0.3 {
		t.Errorf("not one clear Vietnamese sentence: %q", s)
	}
}

func TestAChildThatRunsOutOfMemoryIsExplained(t *testing.T) {
	opt := tight
	opt.MaxMemory = 260 << 20 // a Go program starts under this, but cannot hold the file
	opt.MaxText = 1 << 30
	_, err := File(context.Background(), writeTemp(t, "lon.pdf", bombPDF(300<<20)), opt)
	if code := CodeOf(err); code != OutOfMemory {
		t.Fatalf("code %q (%v: %v), want %q", code, err, errors.Unwrap(err), OutOfMemory)
	}
}

func TestAPasswordIsAskedForByName(t *testing.T) {
	locked := encryptPDF(t, textPDF(paragraphLines(72, 700, sampleLaw)), "mật khẩu")
	_, err := File(context.Background(), writeTemp(t, "khoa.pdf", locked), tight)
	if code := CodeOf(err); code != Encrypted {
		t.Fatalf("code %q (%v), want %q", code, err, Encrypted)
	}
}

func TestAFileAnyoneMayOpenIsDecrypted(t *testing.T) {
	open := encryptPDF(t, textPDF(paragraphLines(72, 700, sampleLaw)), "")
	doc, err := File(context.Background(), writeTemp(t, "mo.pdf", open), tight)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Text() != sampleLaw {
		t.Errorf("got %q", doc.Text())
	}
}

func TestACancelledReadingStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := File(ctx, writeTemp(t, "a.pdf", textPDF(paragraphLines(72, 700, sampleLaw))), tight)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestWhatIsNotThereIsSaid(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]Code{
		dir + "/khong-co.pdf":         NotFound,
		dir:                           Unsupported,
		writeTemp(t, "rong.pdf", nil): Empty,
		writeTemp(t, "trang.txt", []byte(" \n\t\n")):                   Empty,
		writeTemp(t, "la.bin", []byte{0, 1, 2, 3, 0, 0, 9, 0, 255, 1}): Unsupported,
	} {
		_, err := File(context.Background(), path, Options{})
		if code := CodeOf(err); code != want {
			t.Errorf("%s: code %q (%v), want %q", path, code, err, want)
		}
	}
	_ = os.Remove(dir)
}
