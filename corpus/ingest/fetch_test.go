package ingest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/fetch"
)

func TestAnAddressIsReadOnceAndAskedForChanges(t *testing.T) {
	b := setup(t)
	body, version, asked := portal("1.001193", "Đăng ký khai sinh"), `"1"`, 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt", r.URL.Path == "/mat":
			http.NotFound(w, r)
			return
		case r.Header.Get("If-None-Match") == version:
			w.WriteHeader(http.StatusNotModified)
			return
		}
		asked++
		w.Header().Set("ETag", version)
		io.WriteString(w, body)
	}))
	defer s.Close()
	b.opt.Fetcher = fetch.New(fetch.Options{AllowPrivate: true, Pause: time.Millisecond})
	r := b.run(s.URL+"/thutuc.jsonl", s.URL+"/mat")
	if got := b.faults(r); r.Total.Added != 1 || len(got) != 1 || !strings.Contains(got[0], "/mat: trang này không còn") {
		t.Errorf("%+v, %v", r.Total, got)
	}
	r = b.run(s.URL + "/thutuc.jsonl")
	if !r.Sources[0].Unchanged || r.Total.Kept != 1 || asked != 1 {
		t.Errorf("%+v; the body was sent %d times", r, asked)
	}
	body, version = portal("9.999999", "Thủ tục khác"), `"2"`
	r = b.run(s.URL + "/thutuc.jsonl")
	if r.Total.Added != 1 || r.Total.Removed != 1 {
		t.Errorf("%+v", r.Total)
	}
	b.opt.Fetcher = nil
	if got := b.faults(b.run(s.URL + "/khac")); len(got) != 1 || !strings.Contains(got[0], "chưa bật đọc qua mạng") {
		t.Errorf("%v", got)
	}
}
