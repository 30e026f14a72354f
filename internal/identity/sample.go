package identity

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/motcua/motcua/channels/portal/page"
)

// The sample provider's names. Its issuer is no address anybody can have: whoever asks it
// from outside gets nothing.
const (
	SampleIssuer = "https://dinh-danh.mau.invalid"
	SampleClient = "motcua-mau"
	samplePath   = "/mau/dinh-danh"
	codeLife     = time.Minute
)

// Sample is an identity provider for trying the service out: it lets anybody be one of a
// few made-up people. It speaks the real protocol, PKCE included, but only inside this
// process. Serve it with -sample and never otherwise. It implements page.Area.
type Sample struct {
	Site *page.Site

	tpl  *page.Templates
	key  jose.JSONWebKey
	mu   sync.Mutex
	code map[string]grant
}

// grant is what a code stands for.
type grant struct {
	persona   Persona
	nonce     string
	challenge string
	at        time.Time
}

// NewSample draws a key for this run.
func NewSample(site *page.Site) (*Sample, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("identity: sample: %w", err)
	}
	return &Sample{Site: site, key: jose.JSONWebKey{Key: key, KeyID: "mau", Algorithm: string(jose.ES256), Use: "sig"}, code: map[string]grant{}}, nil
}

// Provider is the sample as a Door uses it.
func (s *Sample) Provider(key []byte) *Provider {
	return &Provider{
		Issuer: SampleIssuer, ClientID: SampleClient, Redirect: ReturnPath, Claims: UsualClaims(), Key: key,
		HTTP:  &http.Client{Transport: inside{s}},
		Local: func(address string) string { return strings.TrimPrefix(address, SampleIssuer) },
	}
}

// Routes adds the page on which one chooses whom to be.
func (s *Sample) Routes(mux *http.ServeMux) error {
	own, err := fs.Sub(pages, "pages")
	if err != nil {
		return err
	}
	if s.tpl, err = s.Site.Templates(own); err != nil {
		return err
	}
	mux.HandleFunc("GET "+samplePath, s.choose)
	mux.HandleFunc("POST "+samplePath, s.chosen)
	return nil
}

// samplePage is what pages/sample.html shows.
type samplePage struct {
	Personas []Persona
	Query    map[string]string
	Path     string
}

func (s *Sample) choose(w http.ResponseWriter, r *http.Request) {
	q, ok := s.asked(r.URL.Query())
	if !ok {
		s.Site.Problem(w, r, http.StatusBadRequest, "Yêu cầu đăng nhập không đúng. Hãy bắt đầu từ nút Đăng nhập.", "This sign-in request is wrong. Start from the sign-in button.")
		return
	}
	s.tpl.Show(w, r, http.StatusOK, "sample.html", page.Page{VI: "Chọn một người mẫu", EN: "Choose a sample person", Data: samplePage{Personas(), q, samplePath}})
}

// asked checks what a client asks for.
func (s *Sample) asked(q url.Values) (map[string]string, bool) {
	out := map[string]string{}
	for _, name := range []string{"client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method", "response_type"} {
		out[name] = q.Get(name)
	}
	return out, out["client_id"] == SampleClient && out["redirect_uri"] == ReturnPath && out["response_type"] == "code" &&
		out["code_challenge_method"] == "S256" && out["code_challenge"] != "" && out["state"] != ""
}

func (s *Sample) chosen(w http.ResponseWriter, r *http.Request) {
	form, ok := s.Site.ReadForm(w, r)
	if !ok {
		return
	}
	q, ok := s.asked(r.PostForm)
	who, known := PersonaNamed(form.Value("persona"))
	if !ok || !known {
		s.Site.Problem(w, r, http.StatusBadRequest, "Yêu cầu đăng nhập không đúng.", "This sign-in request is wrong.")
		return
	}
	code, now := rand.Text(), s.Site.Now()
	s.mu.Lock()
	for c, g := range s.code {
		if now.Sub(g.at) > codeLife {
			delete(s.code, c)
		}
	}
	s.code[code] = grant{who, q["nonce"], q["code_challenge"], now}
	s.mu.Unlock()
	http.Redirect(w, r, ReturnPath+"?"+url.Values{"code": {code}, "state": {q["state"]}}.Encode(), http.StatusSeeOther)
}

// inside answers the provider's machine-to-machine addresses without a network.
type inside struct{ s *Sample }

func (t inside) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	switch strings.TrimPrefix(r.URL.String(), SampleIssuer) {
	case "/.well-known/openid-configuration":
		reply(w, http.StatusOK, map[string]any{
			"issuer": SampleIssuer, "authorization_endpoint": SampleIssuer + samplePath, "token_endpoint": SampleIssuer + "/token",
			"jwks_uri": SampleIssuer + "/jwks", "id_token_signing_alg_values_supported": []string{"ES256"},
		})
	case "/jwks":
		reply(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{t.s.key.Public()}})
	case "/token":
		t.s.token(w, r)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// token trades a code, once, for who it stands for.
func (s *Sample) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		reply(w, http.StatusBadRequest, map[string]string{"error": "invalid_request"})
		return
	}
	s.mu.Lock()
	g, ok := s.code[r.PostForm.Get("code")]
	delete(s.code, r.PostForm.Get("code"))
	s.mu.Unlock()
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	now := s.Site.Now()
	if !ok || now.Sub(g.at) > codeLife || base64.RawURLEncoding.EncodeToString(sum[:]) != g.challenge {
		reply(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	id, err := s.sign(g, time.Now()) // the verifier reads the clock of the machine
	if err != nil {
		reply(w, http.StatusInternalServerError, map[string]string{"error": "server_error"})
		return
	}
	reply(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 60, "id_token": id})
}

func (s *Sample) sign(g grant, now time.Time) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: s.key}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return "", err
	}
	p := g.persona
	return jwt.Signed(signer).Claims(map[string]any{
		"iss": SampleIssuer, "aud": SampleClient, "sub": p.ID, "nonce": g.nonce, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(),
		"name": p.Name, "roles": p.Roles, "unit": p.Unit, "acr": "2",
	}).Serialize()
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // into memory
}
