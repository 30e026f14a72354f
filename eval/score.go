package eval

// Scores holds every metric of every judged question of one run. Questions are in dataset
// order, so that two runs over one dataset pair up.
type Scores struct {
	Questions []string
	// Unjudged counts questions without a relevant document; nothing is measured on them.
	Unjudged int
	// Depth is how far down the run was asked to go; metrics that look deeper are not
	// measured.
	Depth int
	rows  []row
	first []int // rank of the first relevant document, from 1; 0 where not found
}

// Score judges a run. A question the run left out counts as 0 everywhere, as trec_eval
// does with -c. A document listed twice counts once, at its better rank.
func Score(d *Dataset, run Run, depth int) *Scores {
	s := &Scores{Depth: depth}
	var j judged
	for _, q := range d.Questions {
		results := withoutRepeats(append([]Result(nil), run[q.ID]...))
		j.see(results[:min(len(results), depth)], d.Relevant[q.ID])
		if j.relevant == 0 {
			s.Unjudged++
			continue
		}
		var r row
		for i := range metrics {
			r[i] = metrics[i].of(&j)
		}
		s.Questions = append(s.Questions, q.ID)
		s.rows = append(s.rows, r)
		s.first = append(s.first, j.firstHit())
	}
	return s
}

func (j *judged) firstHit() int {
	for i, g := range j.grades {
		if g > 0 {
			return i + 1
		}
	}
	return 0
}

// measured tells whether metric m can be read from these scores at all.
func (s *Scores) measured(m int) bool {
	return len(s.rows) > 0 && metrics[m].depth <= s.Depth
}

// means averages every metric over the questions.
func (s *Scores) means() row {
	var sum row
	for i := range s.rows {
		for m, v := range s.rows[i] {
			sum[m] += v
		}
	}
	for m := range sum {
		sum[m] /= float64(max(len(s.rows), 1))
	}
	return sum
}

// Value is the mean of a metric named as in the report; ok is false where it was not
// measured.
func (s *Scores) Value(name string) (value float64, ok bool) {
	for m := range metrics {
		if metrics[m].name == name && s.measured(m) {
			return s.means()[m], true
		}
	}
	return 0, false
}
