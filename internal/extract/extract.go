package extract

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
)

// File reads the document at path. The error is a *Fault naming the file, except when ctx
// ended, which is returned as it is. A document with some unread pages is not an error.
func File(ctx context.Context, path string, opt Options) (Document, error) {
	opt = opt.withDefaults()
	doc, err := readFile(ctx, path, opt)
	if err == nil {
		return doc, nil
	}
	if ctx.Err() != nil {
		return Document{}, ctx.Err()
	}
	var f *Fault
	if !errors.As(err, &f) {
		f = fault(Malformed, err, "Không đọc được tệp.")
	}
	named := *f
	named.File = path
	return Document{}, &named
}

func readFile(ctx context.Context, path string, opt Options) (Document, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Document{}, fault(NotFound, err, "Không có tệp này.")
	case err != nil:
		return Document{}, fault(NotFound, err, "Không mở được tệp; hãy kiểm tra quyền đọc.")
	case info.IsDir():
		return Document{}, fault(Unsupported, nil, "Đây là thư mục, không phải tệp.")
	case info.Size() == 0:
		return Document{}, fault(Empty, nil, "Tệp rỗng, không có byte nào.")
	case info.Size() > opt.MaxBytes:
		return Document{}, fault(TooLarge, nil, "Tệp dài %s, quá giới hạn %s.", megabytes(info.Size()), megabytes(opt.MaxBytes))
	}
	kind := Sniff(path)
	doc, err := readKind(ctx, path, kind, opt)
	if err != nil {
		return Document{}, err
	}
	if w := wrongExtension(path, kind); w != "" {
		doc.Warnings = append([]string{w}, doc.Warnings...)
	}
	return doc, nil
}

func readKind(ctx context.Context, path string, kind Kind, opt Options) (Document, error) {
	switch kind {
	case PDF:
		return readPDF(ctx, path, opt)
	case DOC:
		return readDOC(ctx, path, opt)
	case EmptyFile:
		return Document{}, fault(Empty, nil, "Tệp không có chữ nào.")
	case JSON, JSONL:
		return Document{}, fault(Unsupported, nil, "Đây là tệp dữ liệu %s, không phải văn bản.", kind.name())
	}
	data, err := readAll(path, kind, opt)
	if err != nil {
		return Document{}, err
	}
	if len(data) == 0 {
		return Document{}, fault(Empty, nil, "Tệp nén không chứa gì.")
	}
	switch kind.Content() {
	case DOCX:
		return readDOCX(data, opt)
	case RTF:
		return readRTF(data)
	case HTML, CodifiedHTML:
		return readHTML(data, kind.Content())
	case TXT:
		return readTXT(data)
	}
	return Document{}, fault(Unsupported, nil, "Không nhận ra định dạng của tệp (không phải PDF, DOCX, DOC, RTF, HTML hay TXT).")
}

// readAll reads the whole file, unpacked when it is gzipped and never above MaxText then.
func readAll(path string, kind Kind, opt Options) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault(NotFound, err, "Không mở được tệp; hãy kiểm tra quyền đọc.")
	}
	defer f.Close()
	if !kind.Gzipped() {
		data, err := io.ReadAll(io.LimitReader(f, opt.MaxBytes))
		if err != nil {
			return nil, fault(NotFound, err, "Đọc tệp giữa chừng thì lỗi.")
		}
		return data, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, gzipFault(err)
	}
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(z, opt.MaxText+1))
	if err != nil {
		return nil, gzipFault(err)
	}
	if n > opt.MaxText {
		return nil, fault(TooLarge, nil, "Tệp gzip bung ra quá giới hạn %s.", megabytes(opt.MaxText))
	}
	return out.Bytes(), nil
}

func gzipFault(err error) *Fault {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fault(Truncated, err, "Tệp gzip bị cụt: dữ liệu dừng giữa chừng.")
	}
	return fault(Malformed, err, "Tệp gzip bị hỏng.")
}
