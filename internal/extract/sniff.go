package extract

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Kind is what a file really is, judged by its bytes and not by its name. A gzipped file
// has the kind of its content followed by ".gz".
type Kind string

const (
	PDF           Kind = "pdf"
	DOCX          Kind = "docx"
	DOC           Kind = "doc" // Word 97–2003
	RTF           Kind = "rtf"
	HTML          Kind = "html"
	CodifiedHTML  Kind = "codified-html" // a page of the official codified law package
	TXT           Kind = "txt"
	JSON          Kind = "json"
	JSONL         Kind = "jsonl"
	EmptyFile     Kind = "empty"
	Unknown       Kind = "unknown"
	gzipSuffix         = ".gz"
	UnknownGzip   Kind = Unknown + gzipSuffix
	sniffedPrefix      = 64 << 10
)

// Gzipped reports whether the content is compressed.
func (k Kind) Gzipped() bool { return strings.HasSuffix(string(k), gzipSuffix) }

// Content is the kind without ".gz".
func (k Kind) Content() Kind { return Kind(strings.TrimSuffix(string(k), gzipSuffix)) }

// Sniff judges the file at path by its first 64 KiB. It returns Unknown for a file that
// cannot be opened and UnknownGzip for a gzip stream whose content cannot be judged.
func Sniff(path string) Kind {
	f, err := os.Open(path)
	if err != nil {
		return Unknown
	}
	defer f.Close()
	head := readHead(f)
	if !bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		kind := sniffBytes(head)
		if kind == Unknown && bytes.HasPrefix(head, []byte("PK\x03\x04")) && isDOCX(f) {
			return DOCX
		}
		return kind
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return UnknownGzip
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return UnknownGzip
	}
	inner := sniffBytes(readHead(z))
	if inner == EmptyFile {
		inner = Unknown
	}
	return inner + gzipSuffix
}

// readHead returns what can be read, up to the sniffed prefix; a broken stream gives less.
func readHead(r io.Reader) []byte {
	head, _ := io.ReadAll(io.LimitReader(r, sniffedPrefix))
	return head
}

func isDOCX(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return false
	}
	for _, entry := range z.File {
		if entry.Name == "word/document.xml" {
			return true
		}
	}
	return false
}

// sniffBytes judges the start of an uncompressed file. A zip archive is DOCX when its
// first entries say so; else the caller looks at the directory.
func sniffBytes(head []byte) Kind {
	switch {
	case len(head) == 0:
		return EmptyFile
	case bytes.Contains(head[:min(1024, len(head))], []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if bytes.Contains(head, []byte("word/document.xml")) {
			return DOCX
		}
		return Unknown
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return DOC
	case bytes.HasPrefix(head, []byte(`{\rtf`)):
		return RTF
	}
	return sniffText(head)
}

// sniffText tells HTML, JSON, JSON Lines and plain text apart, after undoing UTF-16.
func sniffText(head []byte) Kind {
	text := head
	if enc := utf16Order(head); enc != nil {
		text = []byte(decodeUTF16(head, enc))
	} else if !looksLikeText(head) {
		return Unknown
	}
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), " \t\r\n\f")
	if len(text) == 0 {
		return EmptyFile
	}
	switch text[0] {
	case '{', '[':
		return sniffJSON(text)
	case '<':
		return sniffMarkup(text)
	}
	if bytes.HasPrefix(bytes.ToLower(text), []byte("mime-version:")) {
		return HTML // a web archive, as older word processors save it
	}
	return TXT
}

// sniffJSON: one object per line is JSONL; an object that spans lines is JSON.
func sniffJSON(text []byte) Kind {
	line, rest, more := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimSpace(line)
	if text[0] == '{' && bytes.HasSuffix(line, []byte("}")) && more {
		if next := bytes.TrimSpace(rest); len(next) > 0 && next[0] == '{' {
			return JSONL
		}
	}
	if text[0] == '{' && !more && len(text) > sniffedPrefix/2 {
		return JSONL // the first line alone is longer than what we saw
	}
	return JSON
}

func sniffMarkup(text []byte) Kind {
	low := strings.ToLower(string(text))
	switch {
	case strings.Contains(low, "class='pdieu'"), strings.Contains(low, `class="pdieu"`):
		return CodifiedHTML
	case strings.Contains(low, "<html"), strings.Contains(low, "<!doctype html"), strings.Contains(low, "<body"),
		strings.Contains(low, "<table"), strings.Contains(low, "<p"), strings.Contains(low, "<div"):
		return HTML
	}
	return TXT
}

// looksLikeText accepts single-byte encodings too: it only refuses NUL and many control
// characters.
func looksLikeText(b []byte) bool {
	if utf8.Valid(b) && !bytes.ContainsRune(b, 0) {
		return true
	}
	control := 0
	for _, c := range b {
		if c == 0 {
			return false
		}
		// TCVN3 keeps some capital letters below 0x20, so a few control bytes are letters.
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			control++
		}
	}
	return control*20 <= len(b)
}

// wrongExtension returns a sentence when the name promises another kind than the bytes
// hold, else "".
func wrongExtension(path string, kind Kind) string {
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	promised := map[string][]Kind{
		"pdf": {PDF}, "docx": {DOCX}, "doc": {DOC}, "rtf": {RTF},
		"html": {HTML, CodifiedHTML}, "htm": {HTML, CodifiedHTML},
		"txt": {TXT}, "json": {JSON, JSONL}, "jsonl": {JSONL, JSON},
	}[ext]
	for _, p := range promised {
		if p == kind {
			return ""
		}
	}
	if promised == nil {
		return ""
	}
	return "Tên tệp có đuôi ." + ext + " nhưng nội dung là " + kind.name() + "; đã đọc theo nội dung."
}

// name is how the kind is called in sentences.
func (k Kind) name() string {
	names := map[Kind]string{
		PDF: "PDF", DOCX: "DOCX", DOC: "DOC (Word 97–2003)", RTF: "RTF", HTML: "HTML",
		CodifiedHTML: "HTML của Bộ pháp điển", TXT: "văn bản thuần", JSON: "JSON", JSONL: "JSON Lines",
	}
	if n := names[k.Content()]; n != "" {
		if k.Gzipped() {
			return n + " nén gzip"
		}
		return n
	}
	return "dạng không nhận ra"
}
