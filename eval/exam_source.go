package eval

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
)

// ReadExamSource reads the hand-written form of cases, made to be typed and reviewed:
//
//	# a remark
//	## answerable 1.004194 family=cu-tru source=…      what follows is about this record
//	fees,time | câu hỏi | 7.000 đồng & 3 ngày làm việc & !20.000 | tags=teencode; as_of=2026-07-01
//	- | câu một >> câu hai                              a conversation
//
// The head names the kind and, for answerable and clarify, the records; its settings hold for
// every line below it. A line has the slots asked ("-" for none named), the question, the
// facts joined by " & " ("~" parts alternatives, "!" forbids) and settings of its own. Errors
// name file and line.
func ReadExamSource(name string, r io.Reader) ([]Case, error) {
	var cases []Case
	var head Case
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), longestCase)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		var err error
		switch {
		case line == "":
		case strings.HasPrefix(line, "##"):
			head, err = readHead(line)
		case strings.HasPrefix(line, "#"):
		case head.Kind == "":
			err = fmt.Errorf("a case stands before the first head")
		default:
			var c Case
			if c, err = readSourceCase(head, line); err == nil {
				cases = append(cases, c)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("eval: %s line %d: %w", name, n, err)
		}
	}
	return cases, lines.Err()
}

// reSetting is where a setting begins in a head: values may hold spaces.
var reSetting = regexp.MustCompile(`(?:^| )([a-z_]+=)`)

func readHead(line string) (Case, error) {
	kind, rest, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, "##")), " ")
	head := Case{Kind: Kind(kind), Tags: []string{"hand"}}
	if !slices.Contains(kinds, head.Kind) {
		return head, fmt.Errorf("%q is no kind of case", kind)
	}
	rest = strings.TrimSpace(rest)
	if at := strings.Index(rest, "="); at < 0 || strings.Contains(rest[:at], " ") {
		head.Procedure, rest, _ = strings.Cut(rest, " ")
	}
	err := head.settle(reSetting.ReplaceAllString(rest, ";$1"), ";")
	if head.Family == "" {
		head.Family = head.Procedure
	}
	if head.Family == "" && err == nil {
		err = fmt.Errorf("a head needs a record or family=")
	}
	return head, err
}

func readSourceCase(head Case, line string) (Case, error) {
	c := head
	c.Tags = slices.Clone(head.Tags)
	c.MustContain, c.MustNotContain = slices.Clone(head.MustContain), slices.Clone(head.MustNotContain)
	parts := strings.SplitN(strings.ReplaceAll(line, " | | ", " |  | "), " | ", 4)
	if len(parts) < 2 {
		return c, fmt.Errorf(`a case is "slots | question | facts | settings"`)
	}
	for s := range strings.SplitSeq(strings.TrimSpace(parts[0]), ",") {
		if s != "-" {
			c.Slots = append(c.Slots, assistant.Slot(s))
		}
	}
	if turns := strings.Split(parts[1], ">>"); len(turns) > 1 {
		for _, t := range turns {
			c.Turns = append(c.Turns, strings.TrimSpace(t))
		}
		c.Tags = append(c.Tags, "follow_up")
	} else {
		c.Q = strings.TrimSpace(parts[1])
	}
	c.written = parts[1]
	if len(parts) > 2 {
		c.expect(parts[2])
	}
	if len(parts) > 3 {
		if err := c.settle(parts[3], ";"); err != nil {
			return c, err
		}
	}
	c.finish()
	return c, c.check()
}

// expect adds required and forbidden facts.
func (c *Case) expect(facts string) {
	for f := range strings.SplitSeq(facts, " & ") {
		f = strings.TrimSpace(strings.ReplaceAll(f, "~", "|"))
		switch {
		case f == "" || f == "-":
		case strings.HasPrefix(f, "!"):
			c.MustNotContain = append(c.MustNotContain, strings.TrimSpace(f[1:]))
		default:
			c.MustContain = append(c.MustContain, f)
		}
	}
}

// settle reads "key=value" settings.
func (c *Case) settle(settings, sep string) error {
	for s := range strings.SplitSeq(settings, sep) {
		key, value, ok := strings.Cut(strings.TrimSpace(s), "=")
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		fields := map[string]*string{
			"family": &c.Family, "as_of": &c.AsOf, "asked": &c.Asked, "place": &c.Place, "role": &c.Role, "status": &c.Status,
			"procedure": &c.Procedure, "correction": &c.Correction, "note": &c.Note, "source": &c.Source,
		}
		switch to := fields[key]; {
		case key == "typed":
			if err := c.retype(value); err != nil {
				return err
			}
		case !ok:
			return fmt.Errorf("%q is no setting like key=value", s)
		case key == "tags":
			c.Tags = append(c.Tags, strings.Split(value, ",")...)
		case key == "cites":
			c.Cites = append(c.Cites, strings.Split(value, ",")...)
		case to == nil:
			return fmt.Errorf("unknown setting %q", key)
		default:
			*to = value
		}
	}
	return nil
}

// examDay is the day on which the exam's questions are put unless a case says otherwise, so
// that answers do not change with the calendar.
const examDay = "2026-11-20"

// finish gives what follows from the rest: day, tags by how the question is typed, half, ID.
func (c *Case) finish() {
	if c.Asked == "" {
		c.Asked = examDay
	}
	if c.AsOf != "" && !slices.Contains(c.Tags, "as_of") {
		c.Tags = append(c.Tags, "as_of")
	}
	last := c.Questions()[len(c.Questions())-1]
	typed := slices.ContainsFunc(c.Tags, func(t string) bool { return t == "teencode" || t == "telex" || t == "typo" })
	switch {
	case typed:
	case NoMarks(last) == last:
		c.Tags = append(c.Tags, "unaccented")
	default:
		c.Tags = append(c.Tags, "plain")
	}
	if c.Correction != "" {
		c.Tags = append(c.Tags, "premise")
	}
	switch c.Kind {
	case RefuseScope, Attack, Clarify:
		c.Tags = append(c.Tags, string(c.Kind))
	}
	slices.Sort(c.Tags)
	c.Tags = slices.Compact(c.Tags)
	c.Half = HalfOf(c.subject())
	c.ID = c.Family + "-" + c.fingerprint()
}

// subject is what must stand on one side: the family; or, for a refusal, an attack and a
// question back, the single question in all its ways of typing, so that both halves see
// every kind of them.
func (c *Case) subject() string {
	if c.Kind == Answerable {
		return c.Family
	}
	return c.Family + ":" + strings.ToLower(NoMarks(c.written))
}

// fingerprint is short and depends on what is asked alone: a case keeps its ID when others
// are added or its expectations are corrected.
func (c *Case) fingerprint() string {
	h := fnv.New32a()
	for _, s := range append(c.Questions(), c.AsOf, c.Asked, c.Place, c.Role) {
		_, _ = h.Write([]byte(s + "\x00")) // a hash takes everything
	}
	return fmt.Sprintf("%08x", h.Sum32())
}
