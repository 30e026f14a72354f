package app

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/store/qdranttest"
)

func TestWordsAnswerAloneWhileQdrantIsAwayAndMeaningComesBackByItself(t *testing.T) {
	s, q := newWordServer(t), qdranttest.New(t)
	cfg := semantic(t, s)
	cfg.QdrantURL = q.URL
	began := time.Now()
	// An hour of the service passes in a minute, so that the rest of a breaker is short.
	now := func() time.Time {
		return time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC).Add(60 * time.Since(began))
	}
	a := openSemantic(t, cfg, now)
	if err := a.Embed(t.Context(), func(Embedded) {}); err != nil {
		t.Fatal(err)
	}
	const question = "đăng ký khai sinh cho con ở đâu"
	shared, there := byMeaning(t, a, question)
	if !shared {
		t.Fatal("vectors have no share")
	}
	memory := cfg
	memory.QdrantURL = ""
	if _, here := byMeaning(t, openSemantic(t, memory, now), question); here != there {
		t.Errorf("in memory %s, on the server %s", here, there)
	}
	q.Stop()
	for range 6 {
		if shared, _ := byMeaning(t, a, question); shared {
			t.Error("vectors of a server that is away")
		}
	}
	answer, err := a.Ask(t.Context(), assistant.Question{Text: question, AskedAt: now()})
	if err != nil || answer.Status != assistant.Answered {
		t.Fatalf("asked while Qdrant is away: %s, %v", answer.Status, err)
	}
	restarted := openSemantic(t, cfg, now) // a start while it is away is a start all the same
	if shared, units := byMeaning(t, restarted, question); shared || units == "" {
		t.Errorf("vectors %v, found %q", shared, units)
	}
	stop := restarted.meaning.keepingUp(t.Context())
	defer stop()
	q.Start(t, strings.TrimPrefix(q.URL, "http://"))
	for _, one := range []*App{a, restarted} {
		for shared := false; !shared; time.Sleep(50 * time.Millisecond) {
			shared, _ = byMeaning(t, one, question) // until it is back, or the test runs out of time
		}
	}
}

func TestACollectionOfAnotherModelStopsTheStartAndStaysAsItIs(t *testing.T) {
	s, q := newWordServer(t), qdranttest.New(t)
	cfg := semantic(t, s)
	cfg.QdrantURL = q.URL
	if err := openSemantic(t, cfg, time.Now).Embed(t.Context(), func(Embedded) {}); err != nil {
		t.Fatal(err)
	}
	before, behind := q.Collections(cfg.QdrantName)
	other := semantic(t, s)
	other.QdrantURL, other.EmbedName = q.URL, "khac"
	_, err := New(t.Context(), other, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "motcua embed --again") {
		t.Errorf("error %v", err)
	}
	after, now := q.Collections(cfg.QdrantName)
	if strings.Join(before, " ") != strings.Join(after, " ") || behind != now {
		t.Errorf("collections %v → %s, were %v → %s", after, now, before, behind)
	}
}
