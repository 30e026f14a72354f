package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/secret"
)

const (
	// correctionsReread is how soon a correction signed, withdrawn or tampered with by
	// another process is noticed.
	correctionsReread = time.Minute
	sweepEvery        = time.Hour
	keyFile           = "corrections.key"
)

// openConversations opens what is kept of conversations and of officials' corrections.
func (a *App) openConversations(ctx context.Context) error {
	var kept assistant.Transcript
	if a.cfg.ConversationDays > 0 {
		kept = a.store.Transcript()
	}
	a.remember = newRemembering(assistant.NewShortMemory(conversationKept, conversations), kept, a.store.Gaps(), a.log, a.store.Together)
	a.onClose("conversations", a.remember.close)
	key, err := a.correctionsKey(ctx)
	if err != nil {
		return err
	}
	signer, err := assistant.NewSigner(key)
	if err != nil {
		return err
	}
	a.corrections = &assistant.CorrectionBook{Store: a.store.Statements(), Signer: signer, Every: correctionsReread, Told: func(faults []assistant.CorrectionFault) {
		for _, f := range faults {
			a.log.Warn("app: a correction is not applied", "id", f.ID, "forged", f.Forged, "why", f.Why)
		}
	}}
	return a.sweep(ctx)
}

// correctionsKey reads the key of corrections or makes it. Where the store knows one that is
// not here, none is made, and another is not used: this process can say nothing of signatures, and signs nothing.
func (a *App) correctionsKey(ctx context.Context) ([]byte, error) {
	path := a.keyPath(keyFile)
	known, err := a.store.Setting(ctx, filePrint+keyFile)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return nil, err
	}
	if _, err := os.Stat(path); known != "" && errors.Is(err, fs.ErrNotExist) {
		a.keyless = true
		key := make([]byte, assistant.SigningKeySize)
		_, _ = rand.Read(key) // never fails
		return key, nil
	}
	key, err := signingKey(path)
	a.keyless = err == nil && known != "" && known != secret.Print(key)
	return key, err
}

// signingKey reads the key, or makes one that only its owner can read.
func signingKey(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		key := make([]byte, assistant.SigningKeySize)
		_, _ = rand.Read(key) // never fails
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) { // another process was faster
			return signingKey(path)
		}
		if err != nil {
			return nil, fmt.Errorf("app: key of corrections: %w", err)
		}
		_, err = fmt.Fprintln(f, hex.EncodeToString(key))
		return key, errors.Join(err, f.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("app: key of corrections: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil { // the error of hex would show a character of the key
		return nil, fmt.Errorf("app: %s không phải khóa ký (hệ 16); khôi phục từ bản sao lưu, hoặc xóa tệp rồi để cán bộ ký lại các đính chính", path)
	}
	return key, nil
}

// sweep forgets what the retention clock has run out on.
func (a *App) sweep(ctx context.Context) error {
	days := a.cfg.ConversationDays
	n, err := a.store.Transcript().Sweep(ctx, a.now().AddDate(0, 0, -days))
	if err != nil {
		return fmt.Errorf("app: sweep conversations: %w", err)
	}
	if n > 0 {
		a.log.InfoContext(ctx, "app: forgot what is older than the retention", "days", days, "rows", n)
	}
	return a.store.Sessions(nil).Sweep(ctx, a.now().Add(-time.Duration(a.cfg.SessionLife)-sessionsKept))
}

// sweeping sweeps until ctx ends.
func (a *App) sweeping(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := a.sweep(ctx); err != nil {
				a.log.ErrorContext(ctx, "app: sweep", "error", err)
			}
		}
	}
}

// Give keeps feedback once the answer it is about has been kept.
func (a *App) Give(ctx context.Context, f assistant.Feedback) (item int64, err error) {
	err = a.remember.now(ctx, func(ctx context.Context) error {
		item, err = a.store.Feedbacks().Give(ctx, f)
		return err
	})
	return item, err
}

// Forget deletes a conversation.
func (a *App) Forget(ctx context.Context, conversation string) error {
	return a.remember.Forget(ctx, conversation)
}

// officials is their desk; nil without a token.
func (a *App) officials() *portal.Officials {
	if a.cfg.OfficialsToken == "" {
		return nil
	}
	return &portal.Officials{
		Token: string(a.cfg.OfficialsToken), Queue: a.store.Queue(), Opinions: a.store.Feedbacks().Opinions, Gaps: a.store.Gaps(),
		Book: a.corrections, Library: a.shelf, Cases: a.ExportCases,
	}
}

// law is what anyone may ask of the law itself.
func (a *App) law() *portal.Law {
	return &portal.Law{
		Comparer:    assistant.Comparer{Library: public{a.shelf}, Wordings: a.store.Wordings()},
		Regulations: assistant.Regulations{Library: a.shelf, Retriever: a.found},
	}
}

// CorrectionFaults are the corrections that are not applied, and why.
func (a *App) CorrectionFaults(ctx context.Context) ([]assistant.CorrectionFault, error) {
	return a.corrections.Faults(ctx, a.now())
}

// ExportCases writes each correction in force that answers a question as a case of the
// exam, one JSON line each, oldest first.
func (a *App) ExportCases(ctx context.Context, w io.Writer) error {
	live, err := a.corrections.Live(ctx, a.now())
	if err != nil {
		return err
	}
	var cases []eval.Case
	for i := len(live) - 1; i >= 0; i-- {
		if c := live[i]; c.Question != "" && len(c.Must) > 0 {
			cases = append(cases, caseOf(c))
		}
	}
	return eval.WriteCases(w, cases)
}

// caseOf asks the question on the day it was signed and wants the facts the official
// named; the correction itself is not wanted, so that the case still holds once the
// corpus has been mended.
func caseOf(c assistant.OfficialCorrection) eval.Case {
	var basis []string
	for _, b := range c.Basis {
		basis = append(basis, b.String())
	}
	out := eval.Case{
		ID: "correction-" + c.ID, Family: "correction-" + c.ID, Kind: eval.Answerable, Q: c.Question, AsOf: dayOf(c), Procedure: c.Procedure,
		MustContain: c.Must, MustNotContain: c.Never, Tags: []string{"correction"},
		Note: "Đính chính của " + c.Office, Source: strings.Join(basis, "; "),
	}
	out.Half = eval.HalfOf(out.Family)
	return out
}

// dayOf is the first day on which the corrected answer was due.
func dayOf(c assistant.OfficialCorrection) string {
	signed := civil.On(c.SignedAt)
	if signed.Before(c.Validity.From) {
		return c.Validity.From.String()
	}
	return signed.String()
}
