package zalo_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/channels/channeltest"
	"github.com/motcua/motcua/channels/zalo"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// open lets Lan write, so that she may be written to.
func (b *bench) open() *bench {
	b.t.Helper()
	if code := b.take(b.fake.Type(lan, "xin chào")); code != 200 {
		b.t.Fatalf("status %d", code)
	}
	return b
}

func (b *bench) say(oa *zalo.OA, words string) error {
	return oa.Deliver(b.t.Context(), lan, channels.Say(words))
}

func TestATokenIsRenewedAtFourFifthsOfItsLife(t *testing.T) {
	b := newBench(t, nil).authorise().open()
	b.clock.add(20*time.Hour - time.Second)
	if err := b.say(b.oa, "trước"); err != nil || b.fake.Figures().Refreshes != 0 {
		t.Errorf("before: %v, %d renewals", err, b.fake.Figures().Refreshes)
	}
	b.clock.add(time.Second)
	if err := b.say(b.oa, "sau"); err != nil || b.fake.Figures().Refreshes != 1 {
		t.Errorf("after: %v, %d renewals", err, b.fake.Figures().Refreshes)
	}
	for range 30 { // a month of days
		b.clock.add(24 * time.Hour)
		b.open()
		if err := b.say(b.oa, "mỗi ngày"); err != nil {
			t.Fatal(err)
		}
	}
	if f := b.fake.Figures(); f.Burned != 0 || f.BadToken != 0 {
		t.Errorf("%+v", f)
	}
}

func TestAmongManyProcessesOneRenews(t *testing.T) {
	b := newBench(t, nil).authorise().open()
	b.clock.add(26 * time.Hour)
	b.cfg.Sleep = func(context.Context, time.Duration) error { time.Sleep(time.Millisecond); return nil } // who waits must not make the clock run
	var under sync.WaitGroup
	for range 4 {
		oa := b.another()
		for range 4 {
			under.Go(func() {
				if err := b.say(oa, "cùng lúc"); err != nil {
					t.Error(err)
				}
			})
		}
	}
	under.Wait()
	if f := b.fake.Figures(); f.Refreshes != 1 || f.Burned != 0 {
		t.Errorf("%+v", f)
	}
}

func TestATokenThatZaloRefusesIsRenewedAndTheRequestRepeatedOnce(t *testing.T) {
	b := newBench(t, nil).authorise().open()
	b.fake.Expire()
	if err := b.say(b.oa, "một"); err != nil {
		t.Fatal(err)
	}
	if f := b.fake.Figures(); f.Refreshes != 1 || f.BadToken != 1 || f.Consultations != 1 {
		t.Errorf("%+v", f)
	}
	b.fake.Fail("/v3.0/oa/message/cs", channeltest.Fault{Status: 200, Body: `{"error":-216,"message":"x"}`, Times: 2})
	err := b.say(b.oa, "hai")
	var got *delivery.SendError
	if !errors.As(err, &got) || !got.Down || got.Permanent || got.Ambiguous {
		t.Errorf("refused twice: %+v", err)
	}
}

// watched is a vault that notes what it is asked, and dies after a number of swaps.
type watched struct {
	zalo.Vault
	die   int
	swaps int
}

var errDied = errors.New("dừng đột ngột")

func (w *watched) Swap(ctx context.Context, name string, version int64, sealed []byte, now time.Time) (bool, error) {
	if w.swaps++; w.die > 0 && w.swaps >= w.die {
		return false, errDied
	}
	return w.Vault.Swap(ctx, name, version, sealed, now)
}

func TestAPairThatIsNotStoredIsNotUsed(t *testing.T) {
	b := newBench(t, nil).authorise().open()
	b.clock.add(26 * time.Hour)
	cfg := b.cfg
	cfg.Vault = &watched{Vault: b.kept, die: 2} // the mark before asking is stored, the pair is not
	oa, err := zalo.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.say(oa, "không được gửi"); err == nil || len(b.fake.Calls("/v3.0/oa/message/cs")) != 0 {
		t.Errorf("sent with a token that is stored nowhere: %v", err)
	}
	if s, err := b.oa.Standing(t.Context()); err != nil || !s.Doubtful {
		t.Errorf("nobody can see that an answer was lost: %+v, %v", s, err)
	}
}

func TestABurnedTokenStopsTheChannelAndAsksForAnOperator(t *testing.T) {
	b := newBench(t, nil).authorise().open()
	b.fake.Burn()
	b.clock.add(26 * time.Hour)
	for range 3 {
		err := b.say(b.oa, "một")
		var got *delivery.SendError
		if !errors.As(err, &got) || !got.Down || got.Permanent {
			t.Fatalf("%+v", err)
		}
		b.holdsNoSecret("error", err.Error())
	}
	if n := b.fake.Figures().Burned; n != 1 {
		t.Errorf("the burned token was shown %d times", n)
	}
	if s, err := b.oa.Standing(t.Context()); err != nil || s.Authorised {
		t.Errorf("%+v, %v", s, err)
	}
	if !strings.Contains(b.log.String(), "must authorise again") {
		t.Error("the log does not say what to do")
	}
	b.authorise()
	if err := b.say(b.oa, "hai"); err != nil {
		t.Errorf("after authorising again: %v", err)
	}
}

func TestWhileTheTokenServerIsAwayTheOldTokenServes(t *testing.T) {
	b := newBench(t, nil).authorise().open()
	b.clock.add(21 * time.Hour)
	b.fake.Fail("/v4/oa/access_token", channeltest.Fault{Status: 503, Times: 100})
	for range 5 {
		if err := b.say(b.oa, "vẫn gửi"); err != nil {
			t.Error(err)
		}
	}
	b.clock.add(5 * time.Hour)
	if err := b.say(b.oa, "hết hạn"); err == nil {
		t.Error("sent with a token that has expired")
	}
}

func TestAnOldRefreshTokenIsToldOf(t *testing.T) {
	b := newBench(t, nil).authorise()
	b.clock.add(61 * 24 * time.Hour)
	s, err := b.oa.Standing(t.Context())
	if err != nil || !s.Worry || !s.Authorised {
		t.Errorf("after 61 days: %+v, %v", s, err)
	}
	b.clock.add(30 * 24 * time.Hour)
	if s, err := b.oa.Standing(t.Context()); err != nil || s.Authorised {
		t.Errorf("after 91 days: %+v, %v", s, err)
	}
}
