package extract

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"unicode/utf8"

	"encoding/base64"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/unicode/norm"
)

// readHTML reads a web page, or a web archive saved by a word processor: the main text
// without navigation, table cells apart.
func readHTML(data []byte, kind Kind) (Document, error) {
	if isWebArchive(data) {
		page, err := archivedPage(data)
		if err != nil {
			return Document{}, err
		}
		data = page
	}
	source, enc, err := decodeHTML(data)
	if err != nil {
		return Document{}, err
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return Document{}, fault(Malformed, err, "HTML lồng nhau quá sâu hoặc bị hỏng.")
	}
	text, repaired, err := repairLegacy(tidy(pageWords(root)), enc)
	if err != nil {
		return Document{}, err
	}
	if text == "" {
		return Document{}, fault(Empty, nil, "Trang HTML không có chữ nào.")
	}
	doc := onePage(kind, text)
	doc.Title = pageTitle(root)
	if w := repaired.warning(); w != "" {
		doc.Warnings = append(doc.Warnings, w)
	}
	return doc, nil
}

var tag = regexp.MustCompile(`(?s)<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>|&[a-zA-Z]+;`)

// decodeHTML finds the encoding by the page's own statement and by which one makes
// Vietnamese of its visible words.
func decodeHTML(data []byte) (string, encodingName, error) {
	if order := utf16Order(data); order != nil {
		return norm.NFC.String(decodeUTF16(data, order)), encUTF16, nil
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data), encUTF8, nil
	}
	if broken, multi := countUTF8(data); multi > 0 && broken*20 <= multi {
		return strings.ToValidUTF8(string(data), "\uFFFD"), encUTF8Broken, nil
	}
	best, bestShare, bestEnc := "", -1.0, encUTF8
	consider := func(text string, enc encodingName) {
		if share := SyllableShare(sample(tag.ReplaceAllString(text, " "))); share > bestShare {
			best, bestShare, bestEnc = text, share, enc
		}
	}
	if e, name, _ := charset.DetermineEncoding(data, "text/html"); name != "utf-8" {
		if decoded, err := e.NewDecoder().Bytes(data); err == nil {
			enc := encodingName(name)
			if name == "windows-1258" {
				enc = encWindows1258
			}
			consider(norm.NFC.String(string(decoded)), enc)
		}
	}
	for _, enc := range []encodingName{encWindows1258, encTCVN3, encVNI} {
		consider(decodeLegacy(data, enc), enc)
	}
	return best, bestEnc, nil
}

func isWebArchive(data []byte) bool {
	head := bytes.TrimLeft(data[:min(len(data), 256)], "\xef\xbb\xbf \t\r\n")
	return bytes.HasPrefix(bytes.ToLower(head), []byte("mime-version:"))
}

// archivedPage takes the page out of a web archive (MHTML).
func archivedPage(data []byte) ([]byte, error) {
	broken := fault(Malformed, nil, "Trang web lưu dạng MHTML bị hỏng.")
	message, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, broken
	}
	media, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		return nil, broken
	}
	if media == "text/html" {
		return decodeTransfer(message.Body, message.Header.Get("Content-Transfer-Encoding"))
	}
	parts := multipart.NewReader(message.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return nil, broken
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			return decodeTransfer(part, part.Header.Get("Content-Transfer-Encoding"))
		}
	}
}

func decodeTransfer(r io.Reader, encoding string) ([]byte, error) {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	out, err := io.ReadAll(r)
	if err != nil && len(out) == 0 {
		return nil, fault(Malformed, err, "Trang web lưu dạng MHTML bị hỏng.")
	}
	return out, nil
}
