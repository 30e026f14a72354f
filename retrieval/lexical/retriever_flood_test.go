package lexical

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

// slowShelf is a library that answers when released and counts who waits in it.
type slowShelf struct {
	shelf
	inside, most atomic.Int64
	release      chan struct{}
}

func (s *slowShelf) Unit(ctx context.Context, id corpus.UnitID) ([]corpus.Chunk, error) {
	n := s.inside.Add(1)
	defer s.inside.Add(-1)
	for most := s.most.Load(); n > most && !s.most.CompareAndSwap(most, n); most = s.most.Load() {
	}
	<-s.release
	return s.shelf.Unit(ctx, id)
}

func TestAFloodOfQuestionsWaitsItsTurn(t *testing.T) {
	lib := library()
	slow := &slowShelf{shelf: lib, release: make(chan struct{})}
	r := NewRetriever(lib.index(t), slow, nil)
	limit := atOnce * runtime.GOMAXPROCS(0)
	var asked sync.WaitGroup
	for range 5 * limit {
		asked.Go(func() {
			if hits, err := r.Retrieve(t.Context(), retrieval.Query{Text: "đăng ký khai sinh"}); err != nil || len(hits) == 0 {
				t.Errorf("%d hits, %v", len(hits), err)
			}
		})
	}
	for slow.inside.Load() < int64(limit) {
		runtime.Gosched()
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Retrieve(gone, retrieval.Query{Text: "khai sinh"}); err == nil {
		t.Error("who has gone is still served")
	}
	close(slow.release)
	asked.Wait()
	if most := slow.most.Load(); most > int64(limit) {
		t.Errorf("%d at once, at most %d may be", most, limit)
	}
}
