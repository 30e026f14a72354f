package telegram

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// maxUpdate is the largest update taken, in bytes; Telegram's are a few kilobytes.
const maxUpdate = 256 << 10

// secretHeader is where Telegram puts the secret of the webhook.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// Handler takes webhook posts: 401 to whoever does not know the secret, before a byte of
// the body is read; 200 once the update is on the disk; 503 when it could not be stored,
// so that Telegram sends it again. Updates that are none of our business get 200.
func (a *Adapter) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		// Digests of one length are compared: the time tells neither length nor likeness.
		given := sha256.Sum256([]byte(r.Header.Get(secretHeader)))
		if a.o.Secret == "" || subtle.ConstantTimeCompare(given[:], a.secret[:]) != 1 {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		case err != nil || !json.Valid(body):
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		in, ours := readUpdate(body, a.o.Now())
		if !ours {
			w.WriteHeader(http.StatusOK)
			return
		}
		if _, err := a.o.Inbox.Accept(r.Context(), in); err != nil {
			a.o.Log.ErrorContext(r.Context(), "telegram: an update was not stored", "update", in.MessageID, "error", err)
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	})
}
