package telemetry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// people masks as the program does, by a rule that is enough here.
func people(s string) string { return strings.ReplaceAll(s, "0912345678", "[số điện thoại]") }

func TestALogHidesWhatLooksPersonalOrSecret(t *testing.T) {
	var out bytes.Buffer
	n := 0
	mask := NewMask(people, []string{"bi-mat-cua-cau-hinh", "ngắn"})
	log := NewLog(&out, LogOptions{Level: slog.LevelDebug, Mask: mask, Masked: func() { n++ }})
	canaries := []string{
		"0912345678", "bi-mat-cua-cau-hinh", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
		"s3cr3tpassword", "sk-abcdefghijklmnop1234",
	}
	log.Info("gọi 0912345678", "error", errors.New("dial postgres://motcua:s3cr3tpassword@db:5432/motcua: refused"))
	log.Warn("x", "why", fmt.Errorf("POST https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1/sendMessage: %w", errors.New("0912345678")))
	log.Error("x", "header", "Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "model", "sk-abcdefghijklmnop1234")
	log.With("outer", "bi-mat-cua-cau-hinh").WithGroup("g").Info("x", slog.Group("in", "a", "0912345678"), "any", struct{ Phone string }{"0912345678"})
	log.Info("x", "bot_token", "zzzz", "query", "access_token=s3cr3tpassword&x=1")
	for _, c := range canaries {
		if strings.Contains(out.String(), c) {
			t.Errorf("the log tells %s:\n%s", c, out.String())
		}
	}
	if strings.Contains(out.String(), "zzzz") || n < 9 {
		t.Errorf("%d values masked:\n%s", n, out.String())
	}
}

func TestALogKeepsWhatOperatorsNeed(t *testing.T) {
	var out bytes.Buffer
	log := NewLog(&out, LogOptions{Mask: NewMask(people, nil), Masked: func() { t.Error("something was masked") }})
	log.Info("app: daily work", "day", "2026-11-22", "took", 12*time.Millisecond, "answer", "a012345678901234567890123", "listen", "127.0.0.1:8080", "law", "123/2015/NĐ-CP", "path", "/var/lib/motcua")
	for _, want := range []string{"2026-11-22", "12ms", "a012345678901234567890123", "127.0.0.1:8080", "123/2015/NĐ-CP"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is gone: %s", want, out.String())
		}
	}
}

func TestEveryLineTellsWhatItIsAbout(t *testing.T) {
	for _, json := range []bool{false, true} {
		var out bytes.Buffer
		log := NewLog(&out, LogOptions{JSON: json})
		ctx := About(About(context.Background(), "request", "r1"), "answer", "a1")
		log.InfoContext(ctx, "x")
		log.With("k", "v").ErrorContext(ctx, "y")
		for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
			if !strings.Contains(line, "r1") || !strings.Contains(line, "a1") {
				t.Errorf("%s", line)
			}
		}
	}
}

func BenchmarkALogLine(b *testing.B) {
	var out bytes.Buffer
	log := NewLog(&out, LogOptions{Mask: NewMask(people, []string{"bi-mat-cua-cau-hinh"})})
	for b.Loop() {
		out.Reset()
		log.Info("app: daily work", "day", "2026-11-22", "people", 12, "took", time.Millisecond)
	}
}
