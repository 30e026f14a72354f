package page

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
	"time"
)

func newSite(t *testing.T) *Site {
	t.Helper()
	s := &Site{
		Log: slog.New(slog.DiscardHandler), Key: make([]byte, KeySize), SignIn: true,
		Now:  func() time.Time { return time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC) },
		Menu: []Link{{Path: "/", Icon: "ask", VI: "Hỏi", EN: "Ask"}},
	}
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAPageShows(t *testing.T) {
	s := newSite(t)
	tp, err := s.Templates(fstest.MapFS{"a.html": {Data: []byte(`{{define "main"}}<h1>{{.T "Xin chào" "Hello"}}</h1><form method="post">{{.Token}}{{template "field" (.Field nil .Data)}}</form>{{end}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/x", nil)
	tp.Show(w, r, 200, "a.html", Page{VI: "Trang", Data: Field{Name: "ten", VI: "Tên"}})
	t.Log(w.Body.String())
	s.NotFound(httptest.NewRecorder(), r)
}
