package extract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// recogniser is the pair of outside programs that read a picture of a page.
type recogniser struct {
	render, recognise string // absolute paths
	turns             bool   // it can tell which way a page is turned
}

// findRecogniser returns a Vietnamese sentence about what is missing when it finds none.
func findRecogniser(ctx context.Context, opt Options) (recogniser, string) {
	r := recogniser{render: findTool("pdftoppm"), recognise: findTool("tesseract")}
	switch {
	case opt.NoOCR:
		return r, "Nhận dạng chữ đang tắt."
	case r.recognise == "":
		return r, "Chưa cài Tesseract (tesseract-ocr và tesseract-ocr-vie) nên chưa nhận dạng được chữ trong ảnh."
	case r.render == "":
		return r, "Chưa cài pdftoppm (poppler-utils) nên chưa nhận dạng được chữ trong ảnh."
	}
	listed, err := runTool(ctx, opt, opt.MaxPageOCR, "Tesseract", r.recognise, "--list-langs")
	languages := strings.Fields(string(listed))
	if err != nil || !containsWord(languages, "vie") {
		return r, "Tesseract chưa có dữ liệu tiếng Việt (tesseract-ocr-vie) nên chưa nhận dạng được chữ trong ảnh."
	}
	r.turns = containsWord(languages, "osd")
	return r, ""
}

func containsWord(words []string, w string) bool {
	for _, have := range words {
		if have == w {
			return true
		}
	}
	return false
}

// recognisePages reads the pages with a reason in unread from their pictures. It replaces
// the lines of each page it could read and empties its reason; it empties the lines of
// each it could not. The result tells which pages were recognised.
func recognisePages(ctx context.Context, path string, pages []pdfPageText, unread []string, opt Options) []bool {
	recognised := make([]bool, len(pages))
	var todo []int
	for i, reason := range unread {
		if reason != "" && pages[i].Fault == nil {
			todo = append(todo, i)
		}
	}
	if len(todo) > 0 {
		tools, missing := findRecogniser(ctx, opt)
		if missing != "" {
			for _, i := range todo {
				unread[i] += " " + missing
			}
		} else {
			tools.readAll(ctx, path, pages, unread, recognised, todo, opt)
		}
	}
	for i := range pages {
		if unread[i] != "" {
			pages[i].Lines = nil
		}
	}
	return recognised
}

// readAll works on several pages at once; each goroutine writes only its page's places.
func (r recogniser) readAll(ctx context.Context, path string, pages []pdfPageText, unread []string, recognised []bool, todo []int, opt Options) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.NumCPU(), 4, len(todo)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				lines, err := r.page(ctx, path, pages[i], opt)
				unread[i], recognised[i] = judgeRecognition(&pages[i], lines, unread[i], err)
			}
		}()
	}
	for _, i := range todo {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
}

// leastRecognised is the syllable share below which recognised text is not believed.
const leastRecognised = 0.6

// judgeRecognition decides between the page's own letters and the recognised ones.
func judgeRecognition(p *pdfPageText, lines []line, reason string, err error) (stillUnread string, recognised bool) {
	if err != nil {
		return reason + " " + sentenceOf(err), false
	}
	seen := pdfPageText{Lines: lines}
	letters, _ := countLetters(pageText(seen))
	layer, _ := countLetters(pageText(*p))
	share, layerShare := SyllableShare(pageText(seen)), SyllableShare(pageText(*p))
	switch {
	case letters < 5:
		return reason + " Nhận dạng không thấy chữ nào.", false
	case layer >= fewLetters && layer*2 > letters && share < layerShare+0.1:
		return "", false // the letters were right: the page is not in Vietnamese
	case letters >= fewLetters && share < leastRecognised:
		return fmt.Sprintf("%s Nhận dạng cho chữ không tin được (%.0f %% là âm tiết tiếng Việt).", reason, 100*share), false
	}
	p.Lines = lines
	return "", true
}

func sentenceOf(err error) string {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Sentence
	}
	return err.Error()
}

// page renders one page and recognises it; positions come back in points.
func (r recogniser) page(ctx context.Context, path string, p pdfPageText, opt Options) ([]line, error) {
	dir, err := os.MkdirTemp("", "motcua-ocr-")
	if err != nil {
		return nil, fault(ToolFailed, err, "Không tạo được thư mục tạm để nhận dạng chữ.")
	}
	defer os.RemoveAll(dir)
	number, picture := strconv.Itoa(p.Number), filepath.Join(dir, "page")
	_, err = runTool(ctx, opt, opt.MaxPageOCR, "pdftoppm", r.render, "-f", number, "-l", number,
		"-r", strconv.Itoa(opt.OCRResolution), "-gray", "-png", "-singlefile", path, picture)
	if err != nil {
		return nil, err
	}
	segmentation := "3"
	if r.turns {
		segmentation = "1"
	}
	table, err := runTool(ctx, opt, opt.MaxPageOCR, "Tesseract", r.recognise, picture+".png", "stdout",
		"-l", "vie", "--dpi", strconv.Itoa(opt.OCRResolution), "--psm", segmentation, "tsv")
	if err != nil {
		return nil, err
	}
	return layoutWords(readWords(string(table), 72/float64(opt.OCRResolution), p.Height)), nil
}

// seenWord is one recognised word, in points.
type seenWord struct {
	text            string
	x0, x1, y, size float64
	block           int
	row             string // block, paragraph and line
}

// readWords reads the recogniser's table of words: level, page, block, paragraph, line,
// word, left, top, width, height, confidence, text. Words it gives almost no confidence
// are specks and stamps, and are left out.
func readWords(table string, scale, height float64) []seenWord {
	const leastConfidence = 15
	var out []seenWord
	for _, row := range strings.Split(table, "\n") {
		f := strings.SplitN(row, "\t", 12)
		if len(f) < 12 || f[0] != "5" {
			continue
		}
		text := tidyLine(f[11])
		if text == "" || number(f[10]) < leastConfidence {
			continue
		}
		left, top, w, h := number(f[6])*scale, number(f[7])*scale, number(f[8])*scale, number(f[9])*scale
		out = append(out, seenWord{text: text, x0: left, x1: left + w, y: height - top - h, size: h,
			block: int(number(f[2])), row: strings.Join(f[2:5], " ")})
	}
	return out
}

// layoutWords keeps the recogniser's blocks and lines, which follow a crooked page, and
// looks for columns inside each block. All letters get one size: the height of a word
// depends on its letters and marks, so it does not tell paragraphs apart.
func layoutWords(words []seenWord) []line {
	if len(words) == 0 {
		return nil
	}
	sizes := make([]float64, len(words))
	for i, w := range words {
		sizes[i] = w.size
	}
	size := medianOf(sizes)
	var out []line
	for i := 0; i < len(words); {
		block := words[i].block
		var rows []textRow
		for i < len(words) && words[i].block == block {
			end := i
			for end < len(words) && words[end].row == words[i].row {
				end++
			}
			rows = append(rows, rowOfWords(words[i:end], size))
			i = end
		}
		for k, item := range columnItems(rows) {
			for _, l := range item.lines {
				if l.Block != 0 {
					l.Block += 100 * (k + 1)
				}
				l.Block += 10_000 * block
				if l.Text = dropSpots(l.Text); l.Text != "" {
					out = append(out, l)
				}
			}
		}
	}
	return out
}

// dropSpots removes what dust and stamps at the edges of a line are taken for. Quotation
// marks stay: a quoted article is not an article of this instrument.
func dropSpots(text string) string {
	text = strings.TrimLeft(text, "_.,:;'`ˆ¬*¿~^|=\\ ")
	return strings.TrimRight(text, "_'`ˆ¬*¿~^|=\\ ")
}

// rowOfWords joins the words of a line into segments between wide gaps.
func rowOfWords(words []seenWord, size float64) textRow {
	row := textRow{size: size, y: words[0].y}
	for _, w := range words {
		row.y = max(row.y, w.y) // the lowest letters hang below the baseline
		if n := len(row.segs); n > 0 && w.x0-row.segs[n-1].x1 < 2*size {
			last := &row.segs[n-1]
			last.text += " " + w.text
			last.x1 = max(last.x1, w.x1)
			continue
		}
		row.segs = append(row.segs, segment{text: w.text, x0: w.x0, x1: w.x1, size: size})
	}
	for i := range row.segs {
		row.segs[i].y = row.y
	}
	return row
}

func number(s string) float64 {
	n, _ := strconv.ParseFloat(s, 64)
	return n
}
