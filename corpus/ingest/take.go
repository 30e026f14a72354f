package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/chunk"
)

// Batch is all that one source gives, e.g. the starter corpus.
type Batch struct {
	Name   string
	SHA256 string // digest of the source; the same and the same recipe: nothing is read
	Recipe string
	// Validators are kept for the next conditional request.
	Validators Validators
	// Layers yields documents; a *Fault goes on, any other error ends the source.
	Layers iter.Seq2[Layer, error]
	size   int64
	read   *atomic.Int64
}

// cutting names how documents become chunks; it is part of every recipe.
const cutting = "+" + chunk.Recipe + "+compose-2"

// failuresInARow is how many documents the store may refuse one after another before
// the run ends: then it is not the documents.
const failuresInARow = 10

// Take brings the store up to date with one source. Its error is for the operator: the
// store failed or ctx ended. What is wrong with the source itself is in the report.
func Take(ctx context.Context, o Options, b Batch) (SourceReport, error) {
	m := newMeter(o.Progress, o.Now)
	m.total, m.state.Sources, m.state.Nth = b.size, 1, 1
	return take(ctx, o, b, m)
}

func take(ctx context.Context, o Options, b Batch, m *meter) (SourceReport, error) {
	b.Recipe += cutting
	if o.Restricted {
		b.Recipe += "+restricted"
	}
	state, err := o.Repository.Source(ctx, b.Name)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return SourceReport{Name: b.Name}, err
	}
	if !state.Finished.IsZero() && b.SHA256 != "" && state.SHA256 == b.SHA256 && state.Recipe == b.Recipe {
		return unchanged(state), nil
	}
	if !state.Finished.IsZero() {
		// From the first document on, the store holds neither the old source nor the new
		// one. Were this run killed now and the old file put back, its digest must not
		// pass for "nothing changed".
		state.Finished = time.Time{}
		if err := o.Repository.Finish(ctx, state); err != nil {
			return SourceReport{Name: b.Name}, err
		}
	}
	t := &taking{Options: o, batch: b, meter: m, seen: map[string]bool{}, report: SourceReport{Name: b.Name}}
	if t.ledger, err = o.Repository.Ledger(ctx, b.Name); err != nil {
		return t.report, err
	}
	err = t.run(ctx)
	return t.report, err
}

// unchanged repeats what is known of a source whose bytes are those of last time.
func unchanged(s SourceState) SourceReport {
	t := s.Tally
	return SourceReport{
		Name: s.Name, Unchanged: true, Faults: s.Faults,
		Tally: Tally{Read: t.Read, Kept: t.Read - t.Skipped, Flagged: t.Flagged, Skipped: t.Skipped},
	}
}

// taking is the work on one source.
type taking struct {
	Options
	batch  Batch
	meter  *meter
	ledger map[string]Entry
	seen   map[string]bool
	// shrunk holds changed documents that lack articles they had. Whether those are gone
	// or only unreadable this time is known when the source has been read to its end.
	shrunk   []Layer
	broken   bool // something that may have been a document could not be read
	failures int  // refusals of the store in a row
	report   SourceReport
}

// found is one thing on its way from the parser to the store.
type found struct {
	layer Layer
	err   error
}

// run parses in one goroutine and stores in another, so that both processors work.
func (t *taking) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	way := make(chan found, 32)
	go t.parse(ctx, way)
	// However this ends, the parser has ended before: it reads files of the caller.
	defer func() {
		stop()
		for range way {
		}
	}()
	var end error
	for f := range way {
		switch {
		case f.err == nil:
			if t.Restricted {
				f.layer = f.layer.restricted()
			}
			if err := t.store(ctx, f.layer); err != nil {
				return err
			}
		case isFault(f.err):
			t.fault(f.err)
		default:
			end = f.err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if end != nil {
		t.broken = true
		t.report.Faults = append(t.report.Faults, Fault{Source: t.batch.Name, Why: fileTrouble(end)})
	}
	if err := t.settle(ctx); err != nil {
		return err
	}
	return t.finish(ctx, end == nil)
}

func (t *taking) parse(ctx context.Context, way chan<- found) {
	defer close(way)
	defer func() {
		// One hostile file must not end the service. The stack is lost on purpose: the
		// sentence names the file, and the file brings it back.
		if r := recover(); r != nil {
			way <- found{err: fmt.Errorf("bộ đọc gặp lỗi: %v", r)}
		}
	}()
	for l, err := range t.batch.Layers {
		l.Source = t.batch.Name
		if err == nil {
			err = l.Seal(t.batch.Recipe)
		}
		select {
		case way <- found{l, err}:
		case <-ctx.Done():
			return
		}
	}
}

// fault notes something that could not be read; a warning about a stored document does
// not count as skipped.
func (t *taking) fault(err error) {
	var f *Fault
	errors.As(err, &f)
	told := *f
	if told.Source == "" {
		told.Source = t.batch.Name
	}
	t.report.Faults = append(t.report.Faults, told)
	if !told.Stored {
		t.broken = true
		t.report.Tally.Read++
		t.report.Tally.Skipped++
	}
}

// skip notes a document that is not stored.
func (t *taking) skip(why string) {
	t.report.Tally.Skipped++
	t.report.Faults = append(t.report.Faults, Fault{Source: t.batch.Name, Why: why})
}

func (t *taking) store(ctx context.Context, l Layer) error {
	t.report.Tally.Read++
	t.meter.document(t.position())
	name := subjectName(l.Document)
	switch {
	case name == "":
		t.skip("một tài liệu không có số hiệu hoặc mã, bỏ qua")
		return nil
	case t.seen[l.Place]:
		t.skip(name + " xuất hiện hai lần trong cùng một nguồn, giữ bản trước")
		return nil
	}
	t.seen[l.Place] = true
	if len(l.Document.Flags()) > 0 {
		t.report.Tally.Flagged++
	}
	before, known := t.ledger[l.Place]
	if known && before.Digest == l.Digest {
		t.report.Tally.Kept++
		return nil
	}
	if known {
		old, err := t.Repository.Layer(ctx, t.batch.Name, l.Place)
		if err != nil && !errors.Is(err, corpus.ErrNotFound) {
			return err
		}
		if loses(old.Document, l.Document) {
			t.shrunk = append(t.shrunk, l)
			return nil
		}
	}
	return t.put(ctx, l, known)
}

func (t *taking) put(ctx context.Context, l Layer, known bool) error {
	c, err := t.Repository.Put(ctx, l, Compose)
	switch {
	case err == nil:
		t.failures = 0
	case ctx.Err() != nil || errors.Is(err, ErrFull):
		return err
	default:
		if t.failures++; t.failures >= failuresInARow {
			return err
		}
		t.skip(subjectName(l.Document) + " không lưu được: " + err.Error())
		return nil
	}
	t.report.Tally.Chunks += c.ChunksAdded
	if known {
		t.report.Tally.Changed++
	} else {
		t.report.Tally.Added++
	}
	return nil
}

// settle decides, at the end of the source, about what got smaller and what is gone. A
// source with unreadable parts takes nothing away from what is stored.
func (t *taking) settle(ctx context.Context) error {
	for _, l := range t.shrunk {
		if t.broken {
			t.skip(subjectName(l.Document) + " thiếu điều so với bản đã có; giữ bản đã có vì nguồn có phần không đọc được")
			continue
		}
		if err := t.put(ctx, l, true); err != nil {
			return err
		}
	}
	var gone []string
	for _, place := range slices.Sorted(maps.Keys(t.ledger)) {
		if !t.seen[place] {
			gone = append(gone, place)
		}
	}
	if len(gone) > 0 && t.broken {
		t.report.Faults = append(t.report.Faults, Fault{Source: t.batch.Name, Stored: true,
			Why: fmt.Sprintf("%d tài liệu đã có không thấy trong lần đọc này; giữ lại vì nguồn có phần không đọc được", len(gone))})
		return nil
	}
	for _, place := range gone {
		if _, err := t.Repository.Drop(ctx, t.batch.Name, place, Compose); err != nil {
			return err
		}
		t.report.Tally.Removed++
	}
	return nil
}

// faultsKept bounds the faults remembered for a source that does not change.
const faultsKept = 1000

func (t *taking) finish(ctx context.Context, whole bool) error {
	s := SourceState{
		Name: t.batch.Name, SHA256: t.batch.SHA256, Recipe: t.batch.Recipe, ETag: t.batch.Validators.ETag,
		Modified: t.batch.Validators.Modified, Tally: t.report.Tally, Faults: t.report.Faults,
	}
	if len(s.Faults) > faultsKept {
		s.Faults = s.Faults[:faultsKept]
	}
	if whole {
		s.Finished = t.Now().UTC().Truncate(time.Millisecond)
	}
	return t.Repository.Finish(ctx, s)
}

func (t *taking) position() int64 {
	if t.batch.read == nil {
		return 0
	}
	return t.batch.read.Load()
}

// loses reports whether an instrument lacks articles that it had.
func loses(old, now Document) bool {
	if old.Instrument == nil || now.Instrument == nil || old.Subject() != now.Subject() {
		return false
	}
	have := map[string]bool{}
	for _, a := range now.Instrument.Articles {
		have[strings.ToLower(a.Number)] = true
	}
	for _, a := range old.Instrument.Articles {
		if !have[strings.ToLower(a.Number)] {
			return true
		}
	}
	return false
}

// subjectName is how a report calls a document; empty if it names nothing.
func subjectName(d Document) string {
	switch {
	case d.Subject() == "":
		return ""
	case d.Instrument != nil:
		return d.Instrument.Number
	}
	return "thủ tục " + d.Procedure.ID
}
