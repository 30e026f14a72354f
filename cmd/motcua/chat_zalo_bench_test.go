package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

// zaloPost is one signed webhook request ready to be written; every number is new.
func zaloPost(host, secret string, i int) []byte {
	at := strconv.FormatInt(time.Now().UnixMilli(), 10)
	body := fmt.Sprintf(`{"app_id":%q,"sender":{"id":%q},"recipient":{"id":%q},"event_name":"user_send_text","message":{"text":%q,"msg_id":"m%d"},"timestamp":%q}`,
		zaloApp, zaloUser(int64(i%5000)), zaloOA, chatQuestions[i%len(chatQuestions)], i, at)
	sum := sha256.Sum256([]byte(zaloApp + body + at + secret))
	return fmt.Appendf(nil, "POST /webhook/zalo HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nX-ZEvent-Signature: mac=%s\r\nX-ZEvent-Server: OA OpenAPI\r\nContent-Length: %d\r\n\r\n%s",
		host, hex.EncodeToString(sum[:]), len(body), body)
}

func serveZaloForLoad(b *testing.B) (z *zaloService, host string) {
	b.Helper()
	z = newZaloService(b)
	z.start(true)
	b.Cleanup(z.stop)
	z.authorise()
	for i := range int64(5000) {
		z.zalo.Known(zaloUser(i), "", time.Now())
	}
	return z, strings.TrimPrefix(z.address, "http://")
}

// BenchmarkZaloWebhook posts 1,000 events a second to the real program, which answers what
// it can behind. Metrics: milliseconds to acknowledgement.
func BenchmarkZaloWebhook(b *testing.B) {
	z, host := serveZaloForLoad(b)
	base := 0
	for b.Loop() {
		took, wrong := loadFor(b, host, loadTime, 1000, 64, "HTTP/1.1 200", func(i int) []byte { return zaloPost(host, zaloOASecret, base+i) })
		base += len(took)
		b.ReportMetric(at(took, 0.5), "p50-ms")
		b.ReportMetric(at(took, 0.99), "p99-ms")
		b.ReportMetric(at(took, 1), "max-ms")
		b.ReportMetric(float64(z.zalo.Figures().Consultations), "answered-behind")
		b.ReportMetric(float64(wrong), "not-accepted")
	}
}

// BenchmarkZaloWebhookForged adds 10,000 forged posts a second to 200 good ones; see measure.
func BenchmarkZaloWebhookForged(b *testing.B) {
	z, host := serveZaloForLoad(b)
	f := forgery{host: host, want: "200", pid: z.cmd.Process.Pid}
	base := 0
	f.good = func(i int) []byte { return zaloPost(host, zaloOASecret, base+i) }
	f.forged = func(host string) []byte { return zaloPost(host, "not the secret", 1) }
	for ; b.Loop(); base += 1_000_000 {
		f.measure(b)
	}
}
