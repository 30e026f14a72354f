package delivery

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// batch is one claim on its way: check → group → begin → send → settle.
type batch struct {
	w     *Worker
	line  *line
	now   time.Time
	today civil.Date
	rules *lifeevents.Set
	tally Tally

	groups [][]*Case    // each becomes one message
	held   []Settlement // what gates held back
}

// check loads the people whose notices must be looked at again, runs the gates, and
// groups what passes.
func (b *batch) check(ctx context.Context, claimed []Delivery) error {
	cases := make([]*Case, len(claimed))
	for i := range claimed {
		d := &claimed[i]
		c := &Case{
			Delivery: d, Now: b.now, Today: b.today, Channel: b.line.Channel, Rules: b.rules,
			Down: b.line.pulse.down(), Limits: b.w.cfg.Limits,
		}
		c.Rule, _ = b.rules.Rule(d.Notice.Rule, d.Notice.Version)
		cases[i] = c
	}
	if err := b.view(ctx, cases); err != nil {
		return err
	}
	for at := 0; at < len(cases); {
		end := at + 1
		for end < len(cases) && cases[end].Notice.Person == cases[at].Notice.Person {
			end++
		}
		b.person(cases[at:end])
		at = end
	}
	return b.stand(ctx)
}

// view reads whom the notices are about where something has changed or the day has.
func (b *batch) view(ctx context.Context, cases []*Case) error {
	var ids []lifeevents.PersonID
	for _, c := range cases {
		if b.stale(c) {
			ids = append(ids, c.Notice.About)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	views, err := b.w.cfg.Views.Views(ctx, ids)
	if err != nil {
		return err
	}
	for _, c := range cases {
		if b.stale(c) {
			i, _ := slices.BinarySearch(ids, c.Notice.About)
			c.View = views[i]
		}
	}
	return nil
}

// stale reports whether a notice must be planned anew before it is said.
func (b *batch) stale(c *Case) bool {
	if c.Moved || c.Notice.Due != b.today || c.Rule == nil {
		return true
	}
	on := b.today
	if on.Before(c.Notice.Legal) {
		on = c.Notice.Legal
	}
	return !c.Rule.Validity.Holds(on)
}

// person runs the gates over all that is due to one person and groups what passes.
func (b *batch) person(cases []*Case) {
	passed := cases[:0:0]
	for _, c := range cases {
		if v, gate := pass(b.w.gates, c); v.Passes() {
			passed = append(passed, c)
		} else {
			b.held = append(b.held, b.hold(c, v, gate))
		}
	}
	spent := 0
	for _, g := range digests(passed) {
		urgent := slices.ContainsFunc(g, func(c *Case) bool { return c.Notice.Urgent })
		if !urgent && g[0].Group == 0 {
			if spent += 1; g[0].Spent+spent > b.w.cfg.Limits.PerDay {
				for _, c := range g {
					c.Spent += spent - 1
					v := budget(c)
					b.held = append(b.held, b.hold(c, v, "attention budget"))
				}
				continue
			}
		}
		b.groups = append(b.groups, g)
	}
}

// digests groups what is said to one person together: what went together before and may
// have arrived stays together; the rest as lifeevents.Digests has it.
func digests(cases []*Case) [][]*Case {
	if len(cases) == 1 {
		return [][]*Case{cases}
	}
	var out [][]*Case
	again := map[int64]int{}
	var list []lifeevents.Notice
	by := map[string]*Case{}
	for _, c := range cases {
		if c.Group == 0 {
			list = append(list, c.Notice)
			by[c.Notice.SaidKey()] = c
			continue
		}
		i, ok := again[c.Group]
		if !ok {
			i = len(out)
			again[c.Group] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], c)
	}
	for _, d := range lifeevents.Digests(list) {
		g := make([]*Case, len(d.Notices))
		for i, n := range d.Notices {
			g[i] = by[n.SaidKey()]
		}
		out = append(out, g)
	}
	return out
}

// hold settles what a gate held back.
func (b *batch) hold(c *Case, v Verdict, gate string) Settlement {
	s := Settlement{ID: c.ID, Claim: c.Claim, Renewed: c.renewed(), Attempt: Attempt{
		At: b.now, Channel: b.line.Name, State: Withheld, Reason: v.Reason, Detail: gate, Doubtful: c.Group != 0}}
	switch {
	case !v.Until.IsZero():
		s.State, s.RetryAt = Pending, v.Until
	case v.Next && c.Next != "":
		s.State, s.Next = Pending, c.Next
	case v.Next:
		s.Instead = instead(c)
	}
	return s
}

// renewed is the notice where it reads otherwise than when it was queued.
func (c *Case) renewed() *lifeevents.Notice {
	if !c.Renewed {
		return nil
	}
	return &c.Notice
}

// instead is the same notice for the next person of the same standing; nil where there is none.
func instead(c *Case) *lifeevents.Notice {
	if len(c.Notice.Or) == 0 {
		return nil
	}
	n := c.Notice
	n.Person, n.Or = n.Or[0], n.Or[1:]
	n.Key = n.SaidKey()
	return &n
}

// stand puts into notices for another person how that one stands to whom they are about,
// and moves them past a mourning of that person's own; a notice is dropped where nothing is
// known of how they stand.
func (b *batch) stand(ctx context.Context) error {
	for i := range b.held {
		n := b.held[i].Instead
		if n == nil {
			continue
		}
		views, err := b.w.cfg.Views.Views(ctx, []lifeevents.PersonID{n.About})
		if err != nil {
			return err
		}
		var known bool
		if n.Relation, known = relation(views[0], n.Person); !known {
			b.held[i].Instead = nil
		}
		if on := b.rules.Spared(views[0], *n, b.today); b.today.Before(on) {
			n.Due, n.Held = on, lifeevents.HeldMourning
		}
	}
	return nil
}

func relation(v *lifeevents.View, who lifeevents.PersonID) (lifeevents.EdgeKind, bool) {
	for _, e := range v.Edges {
		switch {
		case e.Withdrawn:
		case e.From == who && e.To == v.ID:
			return e.Kind, true
		case e.To == who && e.From == v.ID && e.Kind == lifeevents.SpouseOf:
			return e.Kind, true
		case e.To == who && e.From == v.ID && e.Kind == lifeevents.ParentOf:
			return "child", true
		}
	}
	return "", false
}

// send begins, sends and settles group by group in chunks, so that a crash leaves few
// rows in doubt.
func (b *batch) send(ctx context.Context) error {
	// What was claimed is settled even when ctx ends meanwhile: half a batch left to its
	// lease would wait for nothing.
	keep := context.WithoutCancel(ctx)
	chunk := b.w.cfg.Chunk
	if b.line.DropsRepeats {
		chunk = b.w.cfg.Batch
	}
	for len(b.groups) > 0 && ctx.Err() == nil && !b.now.Before(b.line.pulse.down()) {
		n, rows := 0, 0
		for n < len(b.groups) && (n == 0 || rows+len(b.groups[n]) <= chunk) {
			rows += len(b.groups[n])
			n++
		}
		list, err := b.sendChunk(ctx, b.groups[:n])
		if err != nil {
			return err
		}
		b.held = append(b.held, list...)
		b.groups = b.groups[n:]
		if len(b.groups) > 0 {
			if err := b.settle(keep); err != nil {
				return err
			}
		}
	}
	for _, g := range b.groups { // the channel went down, or we are asked to stop
		for _, c := range g {
			b.held = append(b.held, Settlement{ID: c.ID, Claim: c.Claim, Attempt: Attempt{At: b.now, Channel: b.line.Name,
				State: Pending, Reason: ChannelDown, RetryAt: b.line.pulse.down(), Doubtful: c.Group != 0}})
		}
	}
	return b.settle(keep)
}

func (b *batch) settle(ctx context.Context) error {
	b.tally.add(b.held)
	err := b.w.cfg.Outbox.Settle(ctx, b.held)
	b.held = b.held[:0]
	return err
}

// sendChunk begins some groups, sends them side by side and tells how each ended.
func (b *batch) sendChunk(ctx context.Context, groups [][]*Case) ([]Settlement, error) {
	var starts []Start
	for _, g := range groups {
		number := groupNumber(g)
		for _, c := range g {
			starts = append(starts, Start{
				ID: c.ID, Message: number, Claim: c.Claim, Person: c.Notice.Person, Slot: c.Notice.Slot,
				Exempt: c.Notice.Urgent, Repeats: b.line.DropsRepeats,
			})
		}
	}
	may, err := b.w.cfg.Outbox.Begin(ctx, starts, b.now, b.w.cfg.Limits.PerDay)
	if err != nil {
		return nil, err
	}
	allowed := make(map[int64]bool, len(may))
	for _, id := range may {
		allowed[id] = true
	}
	out := make([][]Settlement, len(groups))
	var wg sync.WaitGroup
	slots := make(chan struct{}, b.line.Parallel)
	for i, g := range groups {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			out[i] = b.sendGroup(ctx, g, allowed)
		}()
	}
	wg.Wait()
	b.tally.Messages += len(groups)
	return slices.Concat(out...), nil
}

func groupNumber(g []*Case) int64 {
	if g[0].Group != 0 {
		return g[0].Group
	}
	n := g[0].ID
	for _, c := range g {
		n = min(n, c.ID)
	}
	return n
}

// sendGroup sends one message and settles its notices alike.
func (b *batch) sendGroup(ctx context.Context, g []*Case, allowed map[int64]bool) []Settlement {
	number := groupNumber(g)
	out := make([]Settlement, 0, len(g))
	going := make([]*Case, 0, len(g))
	for _, c := range g {
		if allowed[c.ID] {
			going = append(going, c)
			continue
		}
		// Another channel has just spent the day's budget, or the claim is lost and this
		// settlement will be refused.
		c.Spent = max(c.Spent, c.Limits.PerDay)
		v := budget(c)
		if v.Passes() {
			v = wait(OverBudget, c.opens(c.Today.AddDays(1)))
		}
		out = append(out, b.hold(c, v, "attention budget"))
	}
	if len(going) == 0 {
		return out
	}
	m := b.w.cfg.Composer.Compose(going, number)
	one, cancel := context.WithTimeout(ctx, b.line.Timeout)
	err := b.line.Sender.Send(one, going[0].Address, m)
	cancel()
	var refusal *SendError
	if err != nil {
		refusal = classify(err)
	}
	b.line.pulse.hear(b.now, refusal)
	for _, c := range going {
		out = append(out, b.outcome(c, refusal))
	}
	return out
}

// outcome reads how a channel answered.
func (b *batch) outcome(c *Case, err *SendError) Settlement {
	s := Settlement{ID: c.ID, Claim: c.Claim, Renewed: c.renewed(), Attempt: Attempt{At: b.w.cfg.Now(), Channel: b.line.Name, State: Sent, Reason: Accepted, Tried: true}}
	if err == nil {
		return s
	}
	s.Reason = err.Reason
	if err.Err != nil {
		s.Detail = clip(err.Err.Error())
	}
	used := c.Sends+1 >= b.w.cfg.Retry.Tries
	switch {
	case err.Ambiguous && !b.line.DropsRepeats:
		s.State = Unknown
	case (err.Permanent || used) && c.Next != "":
		s.State, s.Next = Pending, c.Next
	case err.Permanent:
		s.State, s.Instead = Failed, instead(c)
	case used:
		s.State, s.Reason = Failed, UsedUp
	default:
		s.State = Pending
		s.RetryAt = b.now.Add(b.w.cfg.Retry.After(c.ID, c.Sends+1, err.RetryAfter))
		s.Doubtful = err.Ambiguous
	}
	return s
}

// clip bounds what a channel said, at a letter's end.
func clip(s string) string {
	const most = 300
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
