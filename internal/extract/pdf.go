package extract

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
)

// readPDF parses in a child process, sends pages without usable letters to recognition,
// then removes what repeats on pages and joins lines into paragraphs.
func readPDF(ctx context.Context, path string, opt Options) (Document, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return Document{}, fault(NotFound, err, "Không mở được tệp.")
	}
	answer, err := parseInChild(ctx, absolute, opt)
	if err != nil && (ctx.Err() != nil || len(answer.pages) == 0) {
		return Document{}, err
	}
	doc := Document{Format: PDF, Title: answer.title, Warnings: answer.warnings}
	unread := unreadReasons(answer)
	recognised := recognisePages(ctx, absolute, answer.pages, unread, opt)
	if ctx.Err() != nil {
		return Document{}, ctx.Err()
	}
	dropFurniture(answer.pages)
	texts := paragraphs(answer.pages)
	for i, p := range answer.pages {
		page := Page{Number: p.Number, Text: texts[i], Unread: unread[i], OCR: recognised[i]}
		page.Syllables = SyllableShare(page.Text)
		doc.Pages = append(doc.Pages, page)
	}
	if w := recognisedWarning(recognised); w != "" {
		doc.Warnings = append(doc.Warnings, w)
	}
	if doc.Text() == "" && len(doc.Unread()) == 0 {
		return Document{}, fault(Empty, nil, "PDF không có chữ nào trên %d trang.", len(doc.Pages))
	}
	return doc, nil
}

// childAnswer is what the child told, in order. Pages the child did not reach are there
// with a fault.
type childAnswer struct {
	title    string
	warnings []string
	pages    []pdfPageText
}

// parseInChild returns an error beside pages when the child died on the way.
func parseInChild(ctx context.Context, path string, opt Options) (childAnswer, error) {
	var answer childAnswer
	var refused *Fault
	count := 0
	req := childRequest{Path: path, MaxPages: opt.MaxPages, MaxText: opt.MaxText, MaxMemory: opt.MaxMemory, MaxCPU: opt.MaxCPU, MaxWall: opt.MaxWall}
	err := runChild(ctx, req, func(r childRecord) {
		switch {
		case r.Fault != nil:
			refused = &Fault{Code: r.Fault.Code, Sentence: r.Fault.Sentence, Err: errors.New(r.Fault.Cause)}
		case r.Page != nil:
			answer.pages = append(answer.pages, *r.Page)
		case r.Count > 0:
			count, answer.title = r.Count, r.Title
			answer.warnings = append(answer.warnings, r.Warnings...)
		}
	})
	if refused != nil {
		return answer, refused
	}
	if err != nil && len(answer.pages) > 0 {
		var f *Fault
		errors.As(err, &f)
		for n := len(answer.pages) + 1; f != nil && n <= count; n++ {
			answer.pages = append(answer.pages, pdfPageText{Number: n, Fault: &childFault{Code: f.Code, Sentence: f.Sentence}})
		}
	}
	return answer, err
}

// fewLetters is the number of letters below which a page with a picture is taken for a
// scan that carries a stamp or a page number as text.
const fewLetters = 60

// Measures of a usable Vietnamese text layer. Real pages have 0.98 and more syllables and
// 0.6 and more marked words; a page of chemical names 0.65 and 0.4; a layer recognised
// without Vietnamese 0.65 and 0.02.
const (
	leastSyllables = 0.5
	usualSyllables = 0.9
	leastMarks     = 0.15
	usualMarks     = 0.3
	wordsToMeasure = 15
)

// unreadReasons judges the text layer of each page: "" when it can be used.
func unreadReasons(answer childAnswer) []string {
	reasons := make([]string, len(answer.pages))
	for i, p := range answer.pages {
		text := pageText(p)
		letters, lost := countLetters(text)
		switch {
		case p.Fault != nil && letters < fewLetters:
			reasons[i] = p.Fault.Sentence
		case letters < fewLetters && p.Pictures > 0:
			reasons[i] = "Trang là ảnh quét, không có lớp chữ."
		case lost*50 > letters && lost > 5:
			reasons[i] = "Phông chữ của trang không cho biết chữ nào là chữ nào."
		default:
			reasons[i] = brokenLetters(text)
		}
	}
	return reasons
}

// brokenLetters says why text is not Vietnamese as a person writes it, or "".
func brokenLetters(text string) string {
	_, words := countSyllables(text)
	if words < wordsToMeasure {
		return ""
	}
	marks := markedShare(text)
	if share := SyllableShare(text); share < leastSyllables || share < usualSyllables && marks < usualMarks {
		return fmt.Sprintf("Lớp chữ của trang hỏng: chỉ %.0f %% số từ là âm tiết tiếng Việt.", 100*share)
	}
	if marks < leastMarks {
		return "Lớp chữ của trang không có dấu tiếng Việt."
	}
	return ""
}

func pageText(p pdfPageText) string {
	text := ""
	for _, l := range p.Lines {
		text += l.Text + "\n"
	}
	return text
}

// countLetters counts letters, and places where a letter is missing or private.
func countLetters(text string) (letters, lost int) {
	for _, r := range text {
		switch {
		case r == '\uFFFD', r >= 0xe000 && r <= 0xf8ff:
			lost++
		case r > ' ':
			letters++
		}
	}
	return letters + lost, lost
}

// recognisedWarning names the pages whose text comes from pictures.
func recognisedWarning(recognised []bool) string {
	var spans []string
	for i := 0; i < len(recognised); i++ {
		if !recognised[i] {
			continue
		}
		start := i
		for i+1 < len(recognised) && recognised[i+1] {
			i++
		}
		span := strconv.Itoa(start + 1)
		if i > start {
			span += "–" + strconv.Itoa(i+1)
		}
		spans = append(spans, span)
	}
	if len(spans) == 0 {
		return ""
	}
	return "Trang " + strings.Join(spans, ", ") + ": chữ nhận dạng từ ảnh, có thể sai."
}
