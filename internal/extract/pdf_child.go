package extract

import (
	"bytes"
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/ledongthuc/pdf"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// pdfPageText is what the child tells about one page.
type pdfPageText struct {
	Number   int         `json:"number"`
	Width    float64     `json:"width"` // points, upright
	Height   float64     `json:"height"`
	Lines    []line      `json:"lines,omitempty"` // in reading order
	Pictures int         `json:"pictures,omitempty"`
	Fault    *childFault `json:"fault,omitempty"`
}

// parsePDF runs in the child: it emits one record for the file, one per page, and the end.
func parsePDF(req childRequest, emit func(childRecord)) {
	defer emit(childRecord{Done: true})
	data, err := os.ReadFile(req.Path)
	if err != nil {
		emit(childRecord{Fault: toChildFault(fault(NotFound, err, "Không mở được tệp; hãy kiểm tra quyền đọc."))})
		return
	}
	file, pages, warning, err := openPDF(data, req)
	if err != nil {
		emit(childRecord{Fault: toChildFault(err)})
		return
	}
	first := childRecord{Count: len(pages), Title: file.title()}
	if warning != "" {
		first.Warnings = []string{warning}
	}
	emit(first)
	for i, p := range pages {
		text := file.readPage(p, i+1)
		emit(childRecord{Page: &text})
	}
}

func toChildFault(err error) *childFault {
	var f *Fault
	if !errors.As(err, &f) {
		f = fault(Malformed, err, "Cấu trúc PDF bị hỏng.")
	}
	out := &childFault{Code: f.Code, Sentence: f.Sentence}
	if f.Err != nil {
		out.Cause = f.Err.Error()
	}
	return out
}

// openPDF opens data as it is, or else after decryption and repair.
func openPDF(data []byte, req childRequest) (*pdfFile, []pdfPage, string, error) {
	data = data[max(0, bytes.Index(data[:min(1024, len(data))], []byte("%PDF-"))):]
	if err := plausibleSizes(data); err != nil {
		return nil, nil, "", err
	}
	file, pages, err := openAsIs(data, req)
	if err == nil && len(pages) > 0 {
		return file, pages, "", nil
	}
	if code := CodeOf(err); code == Cyclic || code == TooLarge {
		return nil, nil, "", err
	}
	mended, mendErr := mend(data)
	if mendErr != nil {
		return nil, nil, "", explainOpening(data, err, mendErr)
	}
	file, pages, err = openAsIs(mended, req)
	if err != nil {
		return nil, nil, "", err
	}
	if len(pages) == 0 {
		return nil, nil, "", fault(Malformed, nil, "PDF không có trang nào.")
	}
	if bytes.Contains(data, []byte("/Encrypt")) {
		return file, pages, "", nil
	}
	return file, pages, "Cấu trúc PDF có lỗi; đã sửa lại rồi mới đọc được, có thể thiếu chỗ.", nil
}

func openAsIs(data []byte, req childRequest) (*pdfFile, []pdfPage, error) {
	reader, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	file := &pdfFile{reader: reader, maxPages: req.MaxPages, unpacked: 8 * req.MaxText, fonts: map[string]*font{}}
	pages, err := file.pages()
	return file, pages, err
}

// statedSize finds what a file claims about its number of objects. The object reader
// allocates a table of that size before it looks further.
var statedSize = regexp.MustCompile(`/(?:Size|Index)[\s\[]{0,8}([0-9]{7,20})`)

func plausibleSizes(data []byte) error {
	const mostObjects = 8_000_000 // the format's own limit for one file is 8,388,607
	for _, m := range statedSize.FindAllSubmatch(data, -1) {
		n, err := strconv.ParseUint(string(m[1]), 10, 64)
		if (err != nil || n > mostObjects) && !bytes.HasPrefix(m[0], []byte("/Size")) || n > mostObjects && n > uint64(len(data)) {
			return fault(Malformed, nil, "PDF khai bảng tham chiếu %s đối tượng, không thể có thật.", m[1])
		}
	}
	return nil
}

// mend rewrites the file with another reader: decrypted with the empty user password, its
// cross-reference table rebuilt, its streams plain.
func mend(data []byte) (out []byte, err error) {
	defer recoverAs(&err, Malformed, "Cấu trúc PDF bị hỏng.")
	api.DisableConfigDir()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	conf.Optimize, conf.OptimizeBeforeWriting, conf.OptimizeResourceDicts = false, false, false
	conf.WriteObjectStream, conf.WriteXRefStream = false, false
	if bytes.Contains(data, []byte("/Encrypt")) {
		// Not the library's own Decrypt: that tidies the file, and drops fonts it finds odd.
		conf.Cmd = model.DECRYPT
	}
	var b bytes.Buffer
	// No validation: it takes away fonts whose dictionaries it finds incomplete.
	ctx, err := api.ReadContext(bytes.NewReader(data), conf)
	if err != nil {
		return nil, err
	}
	err = api.WriteContext(ctx, &b)
	return b.Bytes(), err
}

// explainOpening chooses the sentence that helps most from what both readers said.
func explainOpening(data []byte, asIs, mending error) error {
	if asIs == nil {
		asIs = errors.New("no pages")
	}
	text := strings.ToLower(asIs.Error() + " | " + mending.Error())
	cause := errors.Join(asIs, mending)
	switch {
	case bytes.Contains(data, []byte("/Encrypt")) && (strings.Contains(text, "password") || strings.Contains(text, "encrypt")):
		return fault(Encrypted, cause, "PDF bị khóa bằng mật khẩu; hãy mở khóa rồi nạp lại.")
	case !bytes.Contains(tailOf(data, 2048), []byte("%%EOF")):
		return fault(Truncated, cause, "PDF bị cụt: thiếu phần cuối tệp.")
	case strings.Contains(text, "cycl"), strings.Contains(text, "circular"), strings.Contains(text, "recursi"), strings.Contains(text, "loop"):
		return fault(Cyclic, cause, "Cấu trúc PDF lặp vòng: một phần trỏ ngược về chính nó.")
	}
	return fault(Malformed, cause, "Cấu trúc PDF bị hỏng.")
}

func tailOf(data []byte, n int) []byte { return data[max(0, len(data)-n):] }

func (f *pdfFile) title() (title string) {
	defer func() {
		if recover() != nil {
			title = ""
		}
	}()
	title = tidyLine(strings.ToValidUTF8(f.reader.Trailer().Key("Info").Key("Title").Text(), ""))
	if title == "Untitled" {
		return ""
	}
	return title
}

// readPage reads one page; a fault is part of the answer, so the next page goes on.
func (f *pdfFile) readPage(p pdfPage, number int) pdfPageText {
	out := pdfPageText{Number: number}
	if err := f.interpretPage(p, &out); err != nil {
		out.Fault = toChildFault(err)
	}
	return out
}

func (f *pdfFile) interpretPage(p pdfPage, out *pdfPageText) (err error) {
	defer recoverAs(&err, Malformed, "Nội dung trang bị hỏng.")
	width, height, upright := p.geometry()
	out.Width, out.Height = width, height
	res := newResources(f, p.resources)
	out.Pictures = res.pictures()
	var in interpreter
	in.run(f.content(p.page), res, upright, 0)
	out.Lines = layoutPage(in.glyphs, in.rules, width, height)
	if in.exceeded {
		return fault(TooLarge, nil, "Trang có quá nhiều lệnh vẽ; chỉ đọc được phần đầu.")
	}
	return nil
}
