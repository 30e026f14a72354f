package app

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/internal/config"
)

// lawServer serves the pages of law over the starter corpus on 21 November 2026.
func lawServer(t *testing.T) *httptest.Server {
	t.Helper()
	cfg := config.Default()
	cfg.Data = t.TempDir()
	now := func() time.Time { return time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC) }
	a, err := New(t.Context(), onServer(t, cfg), slog.New(slog.DiscardHandler), Clock(now))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	site := &page.Site{Log: slog.New(slog.DiscardHandler), Now: now, Key: make([]byte, page.KeySize)}
	area := a.lawPages(site)
	if err := site.Open(area.Static()); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	if err := area.Routes(mux); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func got(t *testing.T, s *httptest.Server, path string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestThePagesOfLawTellWhatTheyAreAskedFor(t *testing.T) {
	s := lawServer(t)
	for path, want := range map[string][]string{
		"/van-ban": {"60/2014/QH13", "Còn hiệu lực"},
		"/van-ban?q=" + url.QueryEscape("ho tich") + "&tim=ten":       {"Luật Hộ tịch", "/van-ban/60_2014_qh13"},
		"/van-ban?q=" + url.QueryEscape("thời hạn đăng ký khai sinh"): {"60 ngày", "Điều 15", "/van-ban/60_2014_qh13/dieu/15"},
		"/van-ban?q=" + url.QueryEscape("Điều 15 60/2014/QH13"):       {"Đến thẳng", "/van-ban/60_2014_qh13/dieu/15"},
		"/van-ban/60_2014_qh13":                 {"Luật Hộ tịch số 60/2014/QH13", "Điều 15", "tóm lược"},
		"/van-ban/60_2014_qh13/dieu/15":         {"60 ngày", "Trích dẫn điều này", "Bản tóm lược"},
		"/van-ban/60_2014_qh13?ngay=2027-03-02": {"02/03/2027", "thay thế"},
		"/van-ban/60_2014_qh13/quan-he":         {"<svg", "03/2026/QH16"},
		"/so-sanh?dieu=" + url.QueryEscape("60/2014/QH13") + "&tu=2026-01-01&den=2027-03-02": {"Ngày 01/01/2026", "ngày 02/03/2027"},
		"/tham-quyen?viec=" + url.QueryEscape("đăng ký kết hôn với người nước ngoài"):        {"UBND cấp xã"},
		"/tham-quyen": {"UBND cấp huyện"},
	} {
		status, body := got(t, s, path)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", path, status)
		}
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("%s does not tell %q", path, w)
			}
		}
	}
}

func TestAnOddQuestionToThePagesOfLawGetsAPageAndNoMarkup(t *testing.T) {
	s := lawServer(t)
	const script = "<script>alert(1)</script>"
	for path, want := range map[string]int{
		"/van-ban/khong_co":                                        http.StatusNotFound,
		"/van-ban/60_2014_qh13/dieu/999":                           http.StatusNotFound,
		"/van-ban?ngay=2026-02-30":                                 http.StatusOK,
		"/van-ban?q=" + url.QueryEscape(script):                    http.StatusOK,
		"/van-ban?trang=-5&loai=xyz":                               http.StatusOK,
		"/so-sanh?dieu=" + url.QueryEscape(script) + "&tu=hom-qua": http.StatusUnprocessableEntity,
		"/tham-quyen?viec=" + url.QueryEscape(script):              http.StatusOK,
		"/van-ban?q=" + strings.Repeat("a", 5000):                  http.StatusOK,
	} {
		status, body := got(t, s, path)
		if status != want || strings.Contains(body, script) {
			t.Errorf("%.80s: status %d, want %d; markup: %v", path, status, want, strings.Contains(body, script))
		}
	}
}
