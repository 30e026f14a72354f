package measure_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/measure"
)

var day = civil.Date{Year: 2026, Month: time.March, Day: 2}

func TestATimeFallsIntoTheBinWhoseTopItDoesNotPass(t *testing.T) {
	for took, want := range map[time.Duration]int{
		0: 0, 500 * time.Microsecond: 0, 501 * time.Microsecond: 1, time.Millisecond: 1, time.Millisecond + 1: 2, time.Hour: measure.Bins - 1,
	} {
		if got := measure.BinOf(took); got != want {
			t.Errorf("%v: bin %d, want %d", took, got, want)
		}
	}
	for bin := range measure.Bins - 1 {
		if measure.BinOf(measure.BinTop(bin)) != bin || measure.BinOf(measure.BinTop(bin)+1) != bin+1 {
			t.Errorf("bin %d does not end at %v", bin, measure.BinTop(bin))
		}
	}
}

func TestSmallCountsAreNotPublishedNorToBeWorkedOutFromTheSum(t *testing.T) {
	for _, c := range []struct{ in, want []int }{ // -1: hidden
		{[]int{0, 7, 12}, []int{0, 7, 12}},
		{[]int{3, 7, 12}, []int{-1, -1, 12}},
		{[]int{3, 4, 12}, []int{-1, -1, 12}},
		{[]int{1}, []int{-1}},
		{[]int{2, 0, 0}, []int{-1, 0, 0}},
	} {
		for i, got := range measure.Publish(c.in) {
			if (got == nil) != (c.want[i] == -1) || got != nil && *got != c.want[i] {
				t.Errorf("%v at %d: %v, want %d", c.in, i, got, c.want[i])
			}
		}
	}
}

func TestADayWithoutAQuestionIsThereWithZero(t *testing.T) {
	a := measure.SumAnswers([]measure.Tally{
		{Day: day, Channel: "portal", Status: "answered", Bin: 2, N: 8}, {Day: day, Channel: "zalo", Status: "unanswerable.source", Bin: 5, N: 2},
		{Day: day.AddDays(9), Channel: "portal", Status: "answered", N: 100},
	}, day, day.AddDays(2), func(s string) bool { return s == "answered" })
	if len(a.ByDay) != 3 || a.Asked != 10 || a.ByDay[0].Answered != 8 || a.ByDay[1].Asked != 0 {
		t.Errorf("%+v", a)
	}
	if a.Quantile(.5) != measure.BinTop(2) || a.Quantile(.99) != measure.BinTop(5) {
		t.Errorf("quantiles %v, %v", a.Quantile(.5), a.Quantile(.99))
	}
	if a.ByStatus[0].Name != "answered" || a.ByChannel[1].N != 2 {
		t.Errorf("shares %v %v", a.ByStatus, a.ByChannel)
	}
}

func TestWhatPeopleDidIsNotCountedAsANoticeOfItsOwn(t *testing.T) {
	sums := measure.SumNotices([]measure.Notice{
		{Rule: "E1", State: "sent", N: 5}, {Rule: "E1", State: measure.Acted, N: 3}, {Rule: "E2", State: "withheld", N: 1},
	}, func(n measure.Notice) string { return n.Rule })
	if len(sums) != 2 || sums[0].Due != 5 || sums[0].State[measure.Acted] != 3 || sums[1].Due != 1 {
		t.Errorf("%+v", sums)
	}
}

// broken is a store that takes nothing.
type broken struct {
	measure.Store
	calls int
	err   error
	got   []measure.Tally
}

func (b *broken) Count(_ context.Context, add []measure.Tally) error {
	b.calls++
	if b.err == nil {
		b.got = append(b.got, add...)
	}
	return b.err
}

func TestWhatTheStoreDidNotTakeIsHandedOverAgain(t *testing.T) {
	s := &broken{err: errors.New("disk full")}
	c := measure.NewCounter(s)
	c.Answer(day.Start(), "portal", "answered", 0)
	if c.Flush(t.Context()) == nil {
		t.Fatal("the fault is not told")
	}
	s.err = nil
	c.Answer(day.Start(), "portal", "answered", 0)
	if err := c.Flush(t.Context()); err != nil || len(s.got) != 1 || s.got[0].N != 2 {
		t.Errorf("%v, %v", s.got, err)
	}
}
