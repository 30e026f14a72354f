package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents/delivery"
)

func openedLater(t *testing.T, s Life) {
	inbox, ok := s.Outbox.(interface {
		Opened(ctx context.Context, id int64, at time.Time) error
		Get(ctx context.Context, id int64) (store.Said, error)
	})
	if !ok {
		t.Fatal("the outbox has no inbox")
	}
	queue(t, s, notice("a", "s", "2026-05-01"))
	now := at("2026-05-01", 9)
	d := claim(t, s, delivery.PortalName, now, 9)
	deliver(t, s, d, now, sent(now))
	if err := inbox.Opened(t.Context(), d[0].ID, now.AddDate(0, 0, 4)); err != nil {
		t.Fatal(err)
	}
	if l := must[store.Said](t)(inbox.Get(t.Context(), d[0].ID)); l.State != delivery.Delivered || !l.At.Equal(now) {
		t.Errorf("opened four days after it was sent at %s: %s at %s", now, l.State, l.At)
	}
}
