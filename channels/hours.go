package channels

import (
	"fmt"
	"strings"
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Hours are when officials work: spans of a working day, Vietnam time.
type Hours struct {
	Spans []HourSpan
	Off   civil.Calendar
}

// HourSpan is from one time of day until another.
type HourSpan struct{ From, Until time.Duration }

// ParseHours reads "07:30-11:30,13:30-17:00".
func ParseHours(text string, off civil.Calendar) (Hours, error) {
	h := Hours{Off: off}
	for span := range strings.SplitSeq(text, ",") {
		from, until, _ := strings.Cut(strings.TrimSpace(span), "-")
		a, err1 := time.Parse("15:04", strings.TrimSpace(from))
		b, err2 := time.Parse("15:04", strings.TrimSpace(until))
		s := HourSpan{clock(a), clock(b)}
		if err1 != nil || err2 != nil || s.Until <= s.From || len(h.Spans) > 0 && s.From < h.Spans[len(h.Spans)-1].Until {
			return h, fmt.Errorf("giờ làm việc %q không phải dạng 07:30-11:30,13:30-17:00", text)
		}
		h.Spans = append(h.Spans, s)
	}
	return h, nil
}

func clock(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// Open reports whether officials work at an instant; else when they work next.
func (h Hours) Open(now time.Time) (open bool, next time.Time) {
	day := civil.On(now)
	for range 60 {
		if h.Off.Workday(day) {
			for _, s := range h.Spans {
				if now.Before(day.Start().Add(s.Until)) {
					from := day.Start().Add(s.From)
					return !now.Before(from), from
				}
			}
		}
		day = day.AddDays(1)
	}
	return false, time.Time{}
}

// String is the hours as people write them.
func (h Hours) String() string {
	var out []string
	for _, s := range h.Spans {
		out = append(out, spell(s.From)+"–"+spell(s.Until))
	}
	return strings.Join(out, ", ")
}

func spell(d time.Duration) string {
	return fmt.Sprintf("%dh%02d", int(d.Hours()), int(d.Minutes())%60)
}

// roughly says a wait in words people use.
func roughly(d time.Duration) string {
	switch m := int((d + 30*time.Second) / time.Minute); {
	case m <= 1:
		return "khoảng 1 phút"
	case m < 90:
		return fmt.Sprintf("khoảng %d phút", m)
	default:
		return fmt.Sprintf("khoảng %d giờ", (m+30)/60)
	}
}
