package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/motcua/motcua/channels"
)

// Letters checks messages to the office.
func Letters(t *testing.T, open func(*testing.T) channels.Letters) {
	t.Run("ALetterIsReadByItsWriterAndAnsweredByItsHolder", func(t *testing.T) { letterToOffice(t, open(t)) })
}

func letterToOffice(t *testing.T, s channels.Letters) {
	ctx, now := t.Context(), time.UnixMilli(1_790_000_000_000)
	l, code, err := s.Write(ctx, "/thu-tuc/1.001193", "Lệ phí ghi sai", now)
	if err != nil || l.Number == 0 || code == "" {
		t.Fatal(l, code, err)
	}
	for _, wrong := range []string{"", code[1:], code + "A"} {
		if _, err := s.Read(ctx, l.Number, wrong); !errors.Is(err, channels.ErrNoLetter) {
			t.Errorf("code %q: %v", wrong, err)
		}
	}
	if _, err := s.Read(ctx, l.Number+1, code); !errors.Is(err, channels.ErrNoLetter) {
		t.Errorf("another number: %v", err)
	}
	for _, step := range []struct {
		what string
		err  error
		want error
	}{
		{"reply without holding", s.Reply(ctx, l.Number, "an", "x", now), channels.ErrNoLetter},
		{"take", s.Take(ctx, l.Number, "an"), nil},
		{"take again", s.Take(ctx, l.Number, "an"), nil},
		{"take from another", s.Take(ctx, l.Number, "binh"), channels.ErrNoLetter},
		{"reply of another", s.Reply(ctx, l.Number, "binh", "x", now), channels.ErrNoLetter},
		{"reply", s.Reply(ctx, l.Number, "an", "Đã sửa.", now.Add(time.Hour)), nil},
		{"reply twice", s.Reply(ctx, l.Number, "an", "x", now), channels.ErrNoLetter},
	} {
		if !errors.Is(step.err, step.want) || (step.want == nil && step.err != nil) {
			t.Errorf("%s: %v; want %v", step.what, step.err, step.want)
		}
	}
	got, err := s.Read(ctx, l.Number, code)
	if err != nil || got.Answer != "Đã sửa." || got.State != channels.LetterAnswered || !got.Answered.Equal(now.Add(time.Hour)) {
		t.Errorf("%+v %v", got, err)
	}
}
