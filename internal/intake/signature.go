package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/motcua/motcua/lifeevents"
)

// SignatureHeader carries "t=<Unix seconds>,k=<name of the key>,v1=<hex of HMAC-SHA256>".
//
// What is signed: the seconds, the name of the key, Content-Type, every ce-* header as
// "name:value" in order of name, each on a line of its own, then an empty line and the
// exact bytes of the body. So neither the attributes of a binary CloudEvent nor its data
// can be changed on the way.
const SignatureHeader = "Motcua-Signature"

// window is how far the sender's clock may be from ours.
const window = 5 * time.Minute

// Sender is one system allowed to send.
type Sender struct {
	Key     string // name of the key
	Secret  []byte
	Sources []lifeevents.Source // what it may speak for
}

// Sign makes the header for a request that holds exactly body.
func Sign(s Sender, h http.Header, body []byte, now time.Time) string {
	t := strconv.FormatInt(now.Unix(), 10)
	return "t=" + t + ",k=" + s.Key + ",v1=" + hex.EncodeToString(mac(s, h, body, t))
}

func mac(s Sender, h http.Header, body []byte, t string) []byte {
	m := hmac.New(sha256.New, s.Secret)
	lines := []string{t, s.Key, h.Get("Content-Type")}
	var ce []string
	for name, values := range h {
		if name = strings.ToLower(name); strings.HasPrefix(name, "ce-") {
			ce = append(ce, name+":"+strings.Join(values, ","))
		}
	}
	slices.Sort(ce)
	m.Write([]byte(strings.Join(append(lines, ce...), "\n") + "\n\n"))
	m.Write(body)
	return m.Sum(nil)
}

// gatekeeper checks signatures and remembers those of the last window.
type gatekeeper struct {
	senders map[string]Sender
	mu      sync.Mutex
	used    map[string]time.Time // signature in small letters → when it may be forgotten
	last    time.Time            // latest clock reading
}

func newGatekeeper(senders []Sender) *gatekeeper {
	g := &gatekeeper{senders: map[string]Sender{}, used: map[string]time.Time{}}
	for _, s := range senders {
		g.senders[s.Key] = s
	}
	return g
}

// check names the sender. Every comparison of secrets takes the same time whatever the input.
func (g *gatekeeper) check(h http.Header, body []byte, now time.Time) (Sender, error) {
	parts := map[string]string{}
	for _, p := range strings.Split(h.Get(SignatureHeader), ",") {
		k, v, _ := strings.Cut(strings.TrimSpace(p), "=")
		parts[k] = v
	}
	if parts["t"] == "" || parts["v1"] == "" {
		return Sender{}, refuse(CodeUnsigned, "Yêu cầu chưa được ký (thiếu %s).", SignatureHeader)
	}
	s, known := g.senders[parts["k"]]
	given, err := hex.DecodeString(parts["v1"])
	if want := mac(s, h, body, parts["t"]); !hmac.Equal(want, given) || err != nil || !known || len(s.Secret) == 0 {
		return Sender{}, refuse(CodeForged, "Chữ ký không khớp với nội dung nhận được; không nhận.")
	}
	seconds, err := strconv.ParseInt(parts["t"], 10, 64)
	if err != nil {
		return Sender{}, refuse(CodeForged, "Chữ ký không ghi thời điểm đọc được.")
	}
	if off := now.Sub(time.Unix(seconds, 0)).Abs(); off > window {
		return Sender{}, refuse(CodeStale, "Chữ ký lập cách hiện tại %s, quá %s; hãy ký lại và kiểm đồng hồ.", off.Round(time.Second), window)
	}
	return s, g.once(hex.EncodeToString(given), now)
}

// once refuses a signature used before, and everything while our own clock runs behind.
func (g *gatekeeper) once(signature string, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if back := g.last.Sub(now); back > window {
		return refuse(CodeClockBack, "Đồng hồ máy chủ vừa lùi %s; tạm ngừng nhận cho tới khi giờ đúng trở lại.", back.Round(time.Second))
	}
	if now.After(g.last) {
		g.last = now
	}
	if _, seen := g.used[signature]; seen {
		return refuse(CodeReplayed, "Yêu cầu này đã nhận một lần; gửi lại thì phải ký lại với thời điểm mới.")
	}
	g.used[signature] = now.Add(2 * window)
	if len(g.used)%1024 == 0 {
		for s, until := range g.used {
			if until.Before(now) {
				delete(g.used, s)
			}
		}
	}
	return nil
}

// forget lets a request be sent again that we could not keep.
func (g *gatekeeper) forget(h http.Header) {
	_, v1, _ := strings.Cut(h.Get(SignatureHeader), "v1=")
	v1, _, _ = strings.Cut(v1, ",")
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.used, strings.ToLower(strings.TrimSpace(v1)))
}
