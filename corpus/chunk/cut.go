package chunk

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/motcua/motcua/corpus"
)

// cutter collects chunks; head holds what the chunks of the present unit share.
type cutter struct {
	head corpus.Chunk
	out  []corpus.Chunk
	next map[corpus.UnitID]int
	used map[corpus.ChunkID]int
}

func newCutter(size int) *cutter {
	return &cutter{
		out:  make([]corpus.Chunk, 0, size),
		next: map[corpus.UnitID]int{}, used: make(map[corpus.ChunkID]int, size),
	}
}

// emit adds one chunk per text at that place.
func (c *cutter) emit(at corpus.Provision, texts []string) {
	for _, text := range texts {
		k := c.head
		k.Provision, k.Text = at, text
		c.add(k, at.Key())
	}
}

// add gives the chunk its order and ID. The ID is the place and the first 64 bits of the
// text's SHA-256. Twice the same text at one place (it happens in flawed sources) gets
// "~2": stable as long as their order is.
func (c *cutter) add(k corpus.Chunk, place string) {
	sum := sha256.Sum256([]byte(k.Text))
	id := corpus.ChunkID(place + "@" + hex.EncodeToString(sum[:8]))
	c.used[id]++
	if n := c.used[id]; n > 1 {
		id += corpus.ChunkID("~" + strconv.Itoa(n))
	}
	k.ID = id
	k.Order = c.next[k.Unit]
	c.next[k.Unit]++
	c.out = append(c.out, k)
}

// line is one printed line and the point it belongs to.
type line struct{ text, point string }

// run is a list of chunk texts that belong to one point, or to no single one.
type run struct {
	point string
	texts []string
}

// packPoints groups whole lines greedily up to MaxRunes. A line too long for a chunk is
// cut alone, under its own point.
func packPoints(lines []line) []run {
	var out []run
	var group []line
	flush := func() {
		if len(group) == 0 {
			return
		}
		point := group[0].point
		for _, l := range group {
			if l.point != point {
				point = ""
			}
		}
		out = append(out, run{point, []string{joinLines(group)}})
		group = nil
	}
	size := 0
	for _, l := range lines {
		n := runes(l.text)
		if n > MaxRunes {
			flush()
			out = append(out, run{l.point, packLines(splitLong(strings.Split(l.text, "\n")))})
			size = 0
			continue
		}
		if len(group) > 0 && size+1+n > MaxRunes {
			flush()
			size = 0
		}
		group, size = append(group, l), size+1+n
	}
	flush()
	return out
}

// packLines joins consecutive lines by newline, greedily up to MaxRunes.
func packLines(lines []string) []string {
	var out []string
	var b strings.Builder
	size := 0
	for _, l := range lines {
		n := runes(l)
		if size > 0 && size+1+n > MaxRunes {
			out, size = appendText(out, b.String()), 0
			b.Reset()
		}
		if size > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l)
		size += n + 1
	}
	return appendText(out, b.String())
}

// appendText drops what holds no words: empty lines at a cut carry nothing.
func appendText(out []string, text string) []string {
	if text = strings.Trim(text, "\n"); strings.TrimSpace(text) != "" {
		return append(out, text)
	}
	return out
}

// splitLong cuts lines longer than MaxRunes after a sentence, else after a clause mark,
// else between words, else (a run of letters without a space) between runes.
func splitLong(lines []string) []string {
	var out []string
	for _, l := range lines {
		for runes(l) > MaxRunes {
			head := l[:byteAt(l, MaxRunes)]
			cut := cutPoint(head)
			out = append(out, strings.TrimRight(l[:cut], " "))
			l = strings.TrimLeft(l[cut:], " ")
		}
		out = append(out, l)
	}
	return out
}

// cutPoint is the byte after which to cut; the last third of the text is preferred so
// that pieces do not become crumbs.
func cutPoint(head string) int {
	for _, mark := range []string{". ", "; ", ": ", ", ", " "} {
		if i := strings.LastIndex(head, mark); i > len(head)/3 {
			return i + len(mark)
		}
	}
	return len(head)
}

func joinLines(lines []line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return strings.Join(texts, "\n")
}

// byteAt is the byte offset of rune n.
func byteAt(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

func runes(s string) int { return utf8.RuneCountInString(s) }
