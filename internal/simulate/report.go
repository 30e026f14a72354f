package simulate

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// Report is what a run came to. Counts are of notices but where messages are named.
type Report struct {
	People   int        `json:"people"` // at the end, the dead and the born included
	Births   int        `json:"births"`
	Deaths   int        `json:"deaths"`
	Events   int        `json:"events"`
	Papers   int        `json:"facts"`
	Answers  int        `json:"answers"`
	From     civil.Date `json:"from"`
	To       civil.Date `json:"to"`
	Seed     uint64     `json:"seed"`
	Messages int        `json:"messages"`
	Said     int        `json:"said"`
	Due      int        `json:"due"` // expected by the oracle
	Found    int        `json:"found"`
	Missed   int        `json:"missed"`
	// Left were expected but not insisted on, by reason.
	Left     map[string]int `json:"left"`
	Silent   int            `json:"silent"` // nobody who may be told agreed to be
	Unjudged int            `json:"unjudged"`
	Covered  int            `json:"rules_judged"`

	Faults map[string]int      `json:"faults"` // zero for what was looked for and not found
	Cases  map[string][]string `json:"cases,omitempty"`
	Rules  map[string]*RuleSum `json:"rules"`
	Delay  [grace + 1]int      `json:"delay_days"`

	Looked int                                        `json:"looked"` // people looked at over all days
	Queued int                                        `json:"queued"`
	Outbox map[delivery.State]map[delivery.Reason]int `json:"outbox"`
	Spent  Spent                                      `json:"spent"`
	PeakMB int                                        `json:"peak_mb"` // heap, the made-up lives included
	Steps  []Step                                     `json:"steps"`
}

// RuleSum is what came of one rule.
type RuleSum struct {
	Said   int `json:"said"`
	Due    int `json:"due"`
	Found  int `json:"found"`
	Missed int `json:"missed"`
	Left   int `json:"left"`
}

// Spent is time in the real parts.
type Spent struct {
	Take        time.Duration `json:"take"`
	Plan        time.Duration `json:"plan"`
	Send        time.Duration `json:"send"`
	LongestPlan time.Duration `json:"longest_plan"` // of one day
}

// Step is one part of the run with its time.
type Step struct {
	Name string        `json:"name"`
	Took time.Duration `json:"took"`
}

// sought lists every sort of fault looked for.
var sought = []string{"missed", "wrong_person", "uncalled_for", "duplicate", "out_of_hours", "over_budget", "over_milestone", "after_death", "in_mourning", "outside_consent", "outside_validity", "too_sensitive", "lost"}

var faultNames = map[string]string{
	"missed": "bỏ sót", "wrong_person": "sai người", "uncalled_for": "thừa hoặc sai ngày", "duplicate": "lặp", "out_of_hours": "ngoài giờ", "over_budget": "quá số tin trong ngày",
	"over_milestone": "quá ba lần một mốc", "after_death": "sau khi mất", "in_mourning": "trong lúc để tang", "outside_consent": "ngoài đồng ý", "outside_validity": "ngoài hiệu lực", "too_sensitive": "lộ việc nhạy cảm", "lost": "thất lạc",
}

func (r *Report) took(name string, since time.Time) {
	r.Steps = append(r.Steps, Step{name, time.Since(since)})
}

func (r *Report) fault(sort, format string, args ...any) {
	if r.Faults == nil {
		r.Faults, r.Cases = map[string]int{}, map[string][]string{}
	}
	r.Faults[sort]++
	if len(r.Cases[sort]) < mostCases {
		r.Cases[sort] = append(r.Cases[sort], fmt.Sprintf(format, args...))
	}
}

func (r *Report) count(rule string) *RuleSum {
	if r.Rules == nil {
		r.Rules = map[string]*RuleSum{}
	}
	if r.Rules[rule] == nil {
		r.Rules[rule] = &RuleSum{}
	}
	return r.Rules[rule]
}

func (r *Report) fill(run *run, o *oracle) {
	if r.Faults == nil {
		r.Faults, r.Cases = map[string]int{}, map[string][]string{}
	}
	for _, s := range sought {
		r.Faults[s] += 0
	}
	r.From, r.To, r.Seed, r.Covered, r.Silent = run.opts.From, run.opts.To, run.opts.Seed, len(Covered), o.silent
	r.People, r.Births, r.Events, r.Left = len(run.w.people), len(run.w.people)-run.opts.People, run.w.events, map[string]int{}
	for _, p := range run.w.people {
		r.Papers += len(p.papers)
		if p.died != 0 {
			r.Deaths++
		}
	}
	for _, e := range o.expected {
		if !e.must {
			r.Left[e.why]++
		}
	}
	for _, s := range r.Rules {
		r.Said, r.Due, r.Found, r.Missed = r.Said+s.Said, r.Due+s.Due, r.Found+s.Found, r.Missed+s.Missed
	}
}

// Clean reports whether nothing was found wrong.
func (r *Report) Clean() bool {
	for _, n := range r.Faults {
		if n > 0 {
			return false
		}
	}
	return true
}

// WriteTo prints the report in Vietnamese.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "Mô phỏng %s đến %s, hạt giống %d\n", r.From.VN(), r.To.VN(), r.Seed)
	fmt.Fprintf(&b, "%d người (%d sinh, %d mất), %d sự kiện, %d dữ kiện, %d câu trả lời của người dân\n", r.People, r.Births, r.Deaths, r.Events, r.Papers, r.Answers)
	fmt.Fprintf(&b, "%d tin gửi đi, chứa %d lời nhắc; %d lượt xem người đến ngày\n\n", r.Messages, r.Said, r.Looked)
	fmt.Fprintf(&b, "Người phán xử độc lập (%d quy tắc): phải nói %d, đã nói %d, bỏ sót %d; không đòi hỏi %d; im vì chưa đồng ý %d; chưa phán xử %d\n",
		r.Covered, r.Due, r.Found, r.Missed, sum(r.Left), r.Silent, r.Unjudged)
	for _, s := range sought {
		fmt.Fprintf(&b, "  %-28s %d\n", faultNames[s], r.Faults[s])
		for _, c := range r.Cases[s] {
			fmt.Fprintf(&b, "      %s\n", c)
		}
	}
	fmt.Fprintf(&b, "\nNói sau ngày đến hạn (0, 1, 2… ngày): %v\n", r.Delay)
	fmt.Fprintf(&b, "Không đòi hỏi vì: %s\n\n", counts(r.Left))
	r.writeRules(&b)
	fmt.Fprintf(&b, "\nHộp gửi: %s\n", r.outbox())
	for _, s := range r.Steps {
		fmt.Fprintf(&b, "%-28s %8.1f s\n", s.Name, s.Took.Seconds())
	}
	fmt.Fprintf(&b, "trong đó nhận dữ liệu %.1f s, lập lịch %.1f s (ngày lâu nhất %.2f s), gửi %.1f s; bộ nhớ cao nhất %d MB\n",
		r.Spent.Take.Seconds(), r.Spent.Plan.Seconds(), r.Spent.LongestPlan.Seconds(), r.Spent.Send.Seconds(), r.PeakMB)
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func (r *Report) writeRules(b *strings.Builder) {
	t := tabwriter.NewWriter(b, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "quy tắc\tđã nói\tphải nói\tđúng hẹn\tsót\tkhông đòi\t")
	for _, id := range slices.SortedFunc(maps.Keys(r.Rules), func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) }) {
		s := r.Rules[id]
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t\n", id, s.Said, s.Due, s.Found, s.Missed, s.Left)
	}
	_ = t.Flush() // into memory
}

func (r *Report) outbox() string {
	flat := map[string]int{}
	for state, reasons := range r.Outbox {
		for reason, n := range reasons {
			flat[string(state)+"/"+string(reason)] = n
		}
	}
	return counts(flat)
}

func counts(m map[string]int) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, k+" "+strconv.Itoa(m[k]))
	}
	return strings.Join(out, ", ")
}

func sum(m map[string]int) (n int) {
	for _, v := range m {
		n += v
	}
	return n
}
