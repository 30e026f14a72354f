package desk

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Doubtful is a message of which nobody knows whether it arrived. It names nobody.
type Doubtful struct {
	ID      int64
	Rule    string
	Title   string
	Channel string
	At      time.Time
	Sends   int
}

// Outbox is what staff see and settle of deliveries.
type Outbox interface {
	// Doubtful lists deliveries in state unknown, oldest first, at most n.
	Doubtful(ctx context.Context, n int) ([]Doubtful, error)
	// Resolve says what became of one: sent, failed, or to be sent again (pending).
	Resolve(ctx context.Context, id int64, at time.Time, state delivery.State, who string) error
}

// Change is a change of law that rules, notices or answers rest on.
type Change struct {
	ID      int64
	At      time.Time
	Subject string
	What    string // "added", "changed", "removed"
	Rules   []string
	Said    int // notices said under them
	Waiting int // notices queued
	Correct int // said, and no longer so
	Answers int // answers kept that cite it
}

// Changes lists changes of law nobody has reviewed.
type Changes interface {
	Open(ctx context.Context, n int) ([]Change, error)
	// Review notes that somebody has looked; corpus.ErrNotFound.
	Review(ctx context.Context, id int64, who, note string, at time.Time) error
}

// reviewPage is what review.html shows.
type reviewPage struct {
	Doubtful []Doubtful
	Changes  []Change
	Flags    []Flag
	After    int64 // the last flag shown; 0 when there are no more
	Refused  []lifeevents.Tally
	MayEdit  bool
}

func (a *Area) review(w http.ResponseWriter, r *http.Request) {
	after, _ := strconv.ParseInt(r.URL.Query().Get("sau"), 10, 64) // 0 is the beginning
	p := reviewPage{MayEdit: page.ViewerOf(r.Context()).Has(page.Editor)}
	ctx := r.Context()
	var err error
	if p.Doubtful, err = a.Outbox.Doubtful(ctx, listed); err == nil {
		if p.Changes, err = a.Changes.Open(ctx, listed); err == nil {
			p.Flags, err = a.Records.Flags(ctx, after, listed/2)
		}
	}
	if err == nil {
		p.Refused, err = a.Records.Tallies(ctx)
	}
	if err != nil {
		a.Site.Broken(w, r, "desk: review", err)
		return
	}
	if len(p.Flags) == listed/2 {
		p.After = p.Flags[len(p.Flags)-1].ID
	}
	a.show(w, r, http.StatusOK, "review.html", page.Page{VI: "Rà soát", EN: "Review", Data: p})
}

// outcomes are what staff may say became of a doubtful message.
var outcomes = map[string]delivery.State{"da-toi": delivery.Sent, "khong-toi": delivery.Failed, "gui-lai": delivery.Pending}

func (a *Area) resolve(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	state, known := outcomes[f.Value("ket-qua")]
	id, err := strconv.ParseInt(f.Value("ma"), 10, 64)
	if !known || err != nil {
		a.Site.NotFound(w, r)
		return
	}
	if err := a.Outbox.Resolve(r.Context(), id, a.Now(), state, nameOf(r)); err != nil {
		a.Site.Log.WarnContext(r.Context(), "desk: resolve", "error", err)
		a.refused(w, r, Path+"/ra-soat", "Tin này không còn ở trạng thái chưa rõ.", "This message is no longer in doubt.")
		return
	}
	a.done(w, r, Path+"/ra-soat", "Đã ghi kết quả.", "The outcome is noted.")
}

func (a *Area) reviewed(w http.ResponseWriter, r *http.Request) {
	f, ok := a.Site.ReadForm(w, r)
	if !ok {
		return
	}
	id, _ := strconv.ParseInt(f.Value("ma"), 10, 64)
	err := a.Changes.Review(r.Context(), id, nameOf(r), masked(f.Value("ghi-chu")), a.Now())
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		a.refused(w, r, Path+"/ra-soat", "Thay đổi này đã được xem.", "This change was reviewed before.")
	case err != nil:
		a.Site.Broken(w, r, "desk: law changes", err)
	default:
		a.done(w, r, Path+"/ra-soat", "Đã ghi là đã xem.", "Noted as reviewed.")
	}
}
