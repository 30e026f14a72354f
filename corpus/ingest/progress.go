package ingest

import "time"

// Progress is told after every document and about ten times a second at most.
type Progress struct {
	Source  string
	Sources int // how many there are, and which one this is, from 1
	Nth     int
	// Documents read so far in the whole run, and per second.
	Documents int
	Rate      float64
	// Share of the bytes of all sources read; Left is the time the rest may take, zero
	// while that is not known.
	Share float64
	Left  time.Duration
}

// meter turns counts into Progress.
type meter struct {
	tell  func(Progress)
	now   func() time.Time
	start time.Time
	last  time.Time
	total int64 // bytes of all sources
	done  int64 // bytes of sources finished
	state Progress
}

func newMeter(tell func(Progress), now func() time.Time) *meter {
	return &meter{tell: tell, now: now, start: now()}
}

// document counts one. bytes is how much of the present source is read.
func (m *meter) document(bytes int64) {
	m.state.Documents++
	if now := m.now(); m.tell != nil && now.Sub(m.last) >= 100*time.Millisecond {
		m.last = now
		m.report(now, bytes)
	}
}

func (m *meter) report(now time.Time, bytes int64) {
	took := now.Sub(m.start)
	m.state.Left, m.state.Rate = 0, 0
	if took > 0 {
		m.state.Rate = float64(m.state.Documents) / took.Seconds()
	}
	if m.total > 0 {
		m.state.Share = min(1, float64(m.done+bytes)/float64(m.total))
	}
	if m.state.Share > 0 {
		m.state.Left = time.Duration(float64(took) * (1 - m.state.Share) / m.state.Share)
	}
	m.tell(m.state)
}
