package zalo

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"html/template"
	"net/http"
	"sync"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

//go:embed door.html
var doorPage string

var doorTemplate = template.Must(template.New("door").Parse(doorPage))

// Paths of the page by which an operator lets the account in, below the portal's address.
const (
	DoorPath     = "/zalo/noi"
	DoorBackPath = "/zalo/noi/xong"
	WebhookPath  = "/webhook/zalo"
)

const (
	attemptLife  = 10 * time.Minute // as long as Zalo's code lives
	attemptTries = 5                // wrong secrets a minute
	doorCookie   = "motcua_zalo_noi"
	maxForm      = 4 << 10
)

// attempt is an authorisation under way, sealed in the vault: the newest one counts.
type attempt struct {
	State    string    `json:"state"`
	Verifier string    `json:"verifier"`
	Until    time.Time `json:"until"`
}

// Door is the page on which an operator starts the authorisation and to which Zalo brings
// them back. Who may start it knows the setup secret.
type Door struct {
	oa     *OA
	base   string // address of the portal, without a slash at the end
	secret string

	mu    sync.Mutex
	wrong []time.Time
}

// Door serves DoorPath and DoorBackPath; without a setup secret of at least 16 letters
// nobody can start.
func (o *OA) Door(base, secret string) http.Handler {
	d := &Door{oa: o, base: base, secret: secret}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+DoorPath, d.show)
	mux.HandleFunc("POST "+DoorPath, d.start)
	mux.HandleFunc("GET "+DoorBackPath, d.back)
	return http.NewCrossOriginProtection().Handler(mux)
}

// doorView is what the page shows.
type doorView struct {
	Fault, Done string
	Open        bool // there is a setup secret
	Authorised  bool
	Until       string
	Back        string
	Webhook     string
	AppID, OAID string
}

func (d *Door) view(ctx context.Context) doorView {
	a := d.oa.cfg.Account
	v := doorView{Open: len(d.secret) >= 16, Back: d.base + DoorBackPath, Webhook: d.base + WebhookPath, AppID: a.AppID, OAID: a.OAID}
	if s, err := d.oa.Standing(ctx); err == nil && s.Authorised {
		v.Authorised, v.Until = true, s.RefreshTill.In(civil.Zone).Format("02/01/2006")
	}
	return v
}

func (d *Door) show(w http.ResponseWriter, r *http.Request) {
	d.render(w, http.StatusOK, d.view(r.Context()))
}

func (d *Door) refuse(w http.ResponseWriter, r *http.Request, status int, words string) {
	v := d.view(r.Context())
	v.Fault = words
	d.render(w, status, v)
}

func (d *Door) render(w http.ResponseWriter, status int, v doorView) {
	var b bytes.Buffer
	if err := doorTemplate.Execute(&b, v); err != nil {
		http.Error(w, "Trang này đang lỗi.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' "+d.oa.cfg.Endpoints.OAuth+"; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // the reader has gone: nothing is left to tell them
}

// start checks the setup secret, draws a state and a PKCE pair, and sends the operator to
// Zalo. The state is bound to this browser by a cookie.
func (d *Door) start(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	switch ok, pause := d.knows(r.PostFormValue("ma")); {
	case pause:
		d.refuse(w, r, http.StatusTooManyRequests, "Đã nhập sai nhiều lần. Đợi một phút rồi thử lại.")
		return
	case !ok:
		d.refuse(w, r, http.StatusForbidden, "Mã cài đặt không đúng.")
		return
	}
	a := attempt{State: rand.Text(), Verifier: verifier(), Until: d.oa.cfg.Now().Add(attemptLife)}
	if err := d.keep(r.Context(), a); err != nil {
		d.oa.cfg.Log.Error("zalo: attempt not kept", "error", err)
		d.refuse(w, r, http.StatusServiceUnavailable, "Chưa ghi được vào kho dữ liệu. Thử lại sau.")
		return
	}
	http.SetCookie(w, d.cookie(hashed(a.State), int(attemptLife/time.Second)))
	http.Redirect(w, r, d.oa.tokens.AuthoriseURL(d.base+DoorBackPath, challenge(a.Verifier), a.State), http.StatusSeeOther)
}

func (d *Door) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: doorCookie, Value: value, Path: DoorPath, MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: len(d.base) > 6 && d.base[:6] == "https:",
	}
}

// knows compares the setup secret in constant time; pause is set after too many wrong ones.
func (d *Door) knows(given string) (ok, pause bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.oa.cfg.Now()
	for len(d.wrong) > 0 && now.Sub(d.wrong[0]) >= time.Minute {
		d.wrong = d.wrong[1:]
	}
	if len(d.wrong) >= attemptTries {
		return false, true
	}
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(d.secret))
	if len(d.secret) >= 16 && subtle.ConstantTimeCompare(a[:], b[:]) == 1 {
		return true, false
	}
	d.wrong = append(d.wrong, now)
	return false, false
}

func (d *Door) keep(ctx context.Context, a attempt) error {
	for range 3 {
		_, version, err := d.oa.cfg.Vault.Load(ctx, attemptName)
		if err != nil {
			return err
		}
		done, err := d.oa.tokens.swap(ctx, attemptName, version, a, d.oa.cfg.Now())
		if err != nil || done {
			return err
		}
	}
	return errors.New("zalo: nhiều người cùng ủy quyền một lúc")
}

// back is where Zalo returns the operator. The attempt is used up whatever comes of it.
func (d *Door) back(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	q := r.URL.Query()
	var a attempt
	version, err := d.oa.tokens.load(ctx, attemptName, &a)
	cookie, missing := r.Cookie(doorCookie)
	state := q.Get("state")
	same := version > 0 && err == nil && missing == nil && state != "" &&
		subtle.ConstantTimeCompare([]byte(state), []byte(a.State)) == 1 &&
		subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(hashed(a.State))) == 1
	if !same || !d.oa.cfg.Now().Before(a.Until) {
		d.refuse(w, r, http.StatusBadRequest, "Lượt nối này không khớp hoặc đã quá 10 phút. Bắt đầu lại từ đầu.")
		return
	}
	http.SetCookie(w, d.cookie("", -1))
	if err := d.oa.cfg.Vault.Drop(ctx, attemptName); err != nil {
		d.refuse(w, r, http.StatusServiceUnavailable, "Chưa ghi được vào kho dữ liệu. Thử lại sau.")
		return
	}
	switch {
	case q.Get("code") == "":
		d.refuse(w, r, http.StatusBadRequest, "Zalo báo chưa được đồng ý ủy quyền.")
		return
	case q.Get("oa_id") != "" && q.Get("oa_id") != d.oa.cfg.Account.OAID:
		d.refuse(w, r, http.StatusBadRequest, "Đã chọn một Official Account khác với tài khoản trong cài đặt (zalo_oa_id). Bắt đầu lại và chọn đúng tài khoản.")
		return
	}
	if err := d.oa.tokens.First(context.WithoutCancel(ctx), q.Get("code"), a.Verifier); err != nil {
		d.oa.cfg.Log.Error("zalo: authorisation failed", "error", err)
		d.refuse(w, r, http.StatusBadGateway, "Chưa lấy được khóa truy cập từ Zalo ("+err.Error()+"). Bắt đầu lại từ đầu.")
		return
	}
	d.oa.cfg.Log.Info("zalo: authorised")
	v := d.view(ctx)
	v.Done = "Đã nối. Khóa được tự làm mới từ nay."
	d.render(w, http.StatusOK, v)
}

// verifier draws 43 characters, as long as Zalo wants them.
func verifier() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24: the program ends instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func challenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func hashed(state string) string {
	sum := sha256.Sum256([]byte(state))
	return hex.EncodeToString(sum[:])
}
