package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// docxParts are the parts of the package we read, unpacked.
type docxParts struct {
	document, styles, numbering, core []byte
}

// readDOCX reads the body: paragraphs, tables, text boxes, automatic numbers. Headers,
// footers, deleted text and field codes are left out.
func readDOCX(data []byte, opt Options) (Document, error) {
	parts, err := unpackDOCX(data, opt.MaxText)
	if err != nil {
		return Document{}, err
	}
	body := docxBody{styles: readStyles(parts.styles), numbers: readNumbering(parts.numbering)}
	err = body.read(parts.document)
	text := tidy(body.text())
	if err != nil && text == "" {
		return Document{}, err
	}
	if text == "" {
		return Document{}, fault(Empty, nil, "DOCX không có chữ nào.")
	}
	doc := onePage(DOCX, text)
	doc.Title = coreTitle(parts.core)
	if err != nil {
		doc.Warnings = append(doc.Warnings, "DOCX hỏng ở giữa; chỉ đọc được phần đầu.")
	}
	return doc, nil
}

// unpackDOCX unpacks what we need; a part that unpacks to more than limit bytes is a bomb.
func unpackDOCX(data []byte, limit int64) (docxParts, error) {
	var parts docxParts
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if bytes.Contains(tailOf(data, 1<<16), []byte("PK\x05\x06")) {
			return parts, fault(Malformed, err, "Tệp DOCX bị hỏng: không mở được gói nén.")
		}
		return parts, fault(Truncated, err, "Tệp DOCX bị cụt: thiếu phần cuối gói nén.")
	}
	wanted := map[string]*[]byte{
		"word/document.xml": &parts.document, "word/styles.xml": &parts.styles,
		"word/numbering.xml": &parts.numbering, "docProps/core.xml": &parts.core,
	}
	for _, entry := range z.File {
		target := wanted[entry.Name]
		if target == nil || *target != nil {
			continue
		}
		*target, err = unpackEntry(entry, limit)
		if err != nil {
			return parts, err
		}
	}
	if parts.document == nil {
		return parts, fault(Unsupported, nil, "Gói nén này không phải DOCX: không có word/document.xml.")
	}
	return parts, nil
}

func unpackEntry(entry *zip.File, limit int64) ([]byte, error) {
	if entry.UncompressedSize64 > uint64(limit) {
		return nil, fault(TooLarge, nil, "Phần %s của DOCX bung ra quá giới hạn %s.", entry.Name, megabytes(limit))
	}
	if entry.Flags&1 != 0 {
		return nil, fault(Encrypted, nil, "Gói nén DOCX có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
	}
	rd, err := entry.Open()
	if err != nil {
		return nil, fault(Malformed, err, "Phần %s của DOCX bị hỏng.", entry.Name)
	}
	defer rd.Close()
	out, err := io.ReadAll(io.LimitReader(rd, limit+1))
	switch {
	case int64(len(out)) > limit:
		return nil, fault(TooLarge, nil, "Phần %s của DOCX bung ra quá giới hạn %s.", entry.Name, megabytes(limit))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fault(Truncated, err, "Phần %s của DOCX bị cụt.", entry.Name)
	case err != nil:
		return nil, fault(Malformed, err, "Phần %s của DOCX bị hỏng.", entry.Name)
	}
	return out, nil
}

func coreTitle(core []byte) string {
	var properties struct {
		Title string `xml:"title"`
	}
	if xml.Unmarshal(core, &properties) != nil {
		return ""
	}
	return tidyLine(properties.Title)
}

// attribute returns an attribute by local name, "" when absent.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
