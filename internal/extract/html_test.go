package extract

import (
	"strings"
	"testing"
)

func TestAWebPageKeepsItsTextAndLosesItsSurroundings(t *testing.T) {
	page := `<!DOCTYPE html><html><head><title>Thông tư 02</title><style>p{}</style></head><body>
	<nav><a href="/">Trang chủ</a></nav><div class="breadcrumb">Văn bản › Thông tư</div>
	<main><h1>THÔNG TƯ</h1><p>Điều&nbsp;1. Phạm
	vi</p><p>dòng một<br>dòng hai</p><table><tr><th>TT</th><th>Mức thu</th></tr><tr><td>1</td><td>130.000<br>đồng</td></tr></table>
	<p style="display:none">ẩn</p><script>var x = "không phải chữ"</script></main>
	<footer>Bản quyền</footer></body></html>`
	doc := readBytes(t, "a.html", []byte(page), Options{})
	wantText(t, doc, "THÔNG TƯ", "Điều 1. Phạm vi", "dòng một", "dòng hai", "TT | Mức thu", "1 | 130.000 đồng")
	if doc.Title != "Thông tư 02" {
		t.Errorf("title %q", doc.Title)
	}
}

func TestATableThatLaysOutThePageIsReadAsText(t *testing.T) {
	page := `<html><body><table><tr><td>menu</td><td><table><tr><td>CHÍNH PHỦ</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table><p>Điều 1. Nội dung</p></td></tr></table></body></html>`
	wantText(t, readBytes(t, "a.html", []byte(page), Options{}), "menu", "CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Điều 1. Nội dung")
}

func TestTheEncodingOfAWebPageIsFoundWithAndWithoutItsWord(t *testing.T) {
	wrap := func(head string, text []byte) []byte {
		return append(append([]byte("<html><head>"+head+"</head><body><p>"), text...), "</p></body></html>"...)
	}
	small := strings.ReplaceAll(motto, "Ủ", "ủ")
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"declared windows-1258": {wrap(`<meta charset="windows-1258">`, to1258(motto)), motto},
		"declared wrongly":      {wrap(`<meta charset="iso-8859-1">`, toTCVN3(motto)), small},
		"not declared":          {wrap("", toVNI(motto)), motto},
		"UTF-8":                 {wrap("", []byte(motto)), motto},
	} {
		if got := readBytes(t, "a.html", c.data, Options{}).Text(); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestADOCThatIsReallyAWebPageIsReadAsOneAndSaid(t *testing.T) {
	page := `<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><p>` + motto + `</p></body></html>`
	doc := readBytes(t, "nghi-dinh.doc", []byte(page), Options{})
	wantText(t, doc, motto)
	if len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0], ".doc") {
		t.Errorf("warnings %q", doc.Warnings)
	}
	archive := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=C4=90i=E1=BB=81u 1. Ph=\r\n=E1=BA=A1m vi</p></body></html>\r\n--b--\r\n"
	wantText(t, readBytes(t, "luat.doc", []byte(archive), Options{}), "Điều 1. Phạm vi")
}

func TestRTFIsReadUnderAnyName(t *testing.T) {
	rtf := `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fcharset0 .VnTime;}{\f2\fcharset163 Arial;}}{\info{\title bo}}
{\header CONG BAO}\f0\uc1 \u272?i\u7873?u 1. Ph\u7841?m vi\par \f1 C\'e9ng h\'dfa\par \f2 c\'f5n c\'fd\'ec\par \trowd TT\cell T\u234?n\cell\row 1\cell Ph\u237?\cell\row {\*\generator x}\bin3 }}{ cu\u7889?i}`
	doc := readBytes(t, "a.doc", []byte(rtf), Options{})
	if doc.Format != RTF || len(doc.Warnings) != 1 {
		t.Errorf("format %s, warnings %q", doc.Format, doc.Warnings)
	}
	got := doc.Text()
	for _, want := range []string{"Điều 1. Phạm vi\n", "Cộng hòa\n", "TT | Tên\n", "1 | Phí\n", "cuối"} {
		if !strings.Contains(got+"\n", want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	if strings.Contains(got, "CONG BAO") || strings.Contains(got, "bo\n") {
		t.Errorf("header or properties in the text: %q", got)
	}
}
