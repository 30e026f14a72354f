package extract

import (
	"fmt"
	"strings"
)

// megabytes words a size for people, "12,5 MB".
func megabytes(n int64) string {
	return strings.Replace(fmt.Sprintf("%.1f MB", float64(n)/(1<<20)), ".", ",", 1)
}

// readTXT keeps the lines of the file: each is a paragraph, blank ones are dropped.
func readTXT(data []byte) (Document, error) {
	text, enc, err := decodeText(data)
	if err != nil {
		return Document{}, err
	}
	text = tidy(text)
	if text == "" {
		return Document{}, fault(Empty, nil, "Tệp không có chữ nào.")
	}
	doc := onePage(TXT, text)
	if w := enc.warning(); w != "" {
		doc.Warnings = append(doc.Warnings, w)
	}
	return doc, nil
}
