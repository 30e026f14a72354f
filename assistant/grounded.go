package assistant

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainWords state nothing by themselves: with them a model joins what the sources say.
// Numbers in words, permission, duty, negation and the order of time are left out on
// purpose: those have to stand in the source.
var plainWords = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`bạn người dân anh chị ông bà mình của và hoặc hay thì là mà để khi nếu với cho ở tại trong theo như đây này đó các những về từ đến tới
		bao gồm có cần làm nộp mang chuẩn bị xem hiểu nghĩa tức việc điều giúp bằng cách qua lại cũng còn thêm nữa vì nên do vậy đoạn nguồn quy định hướng dẫn cơ quan nơi
		giải quyết thực hiện thủ tục hồ sơ giấy tờ thông tin trường hợp yêu cầu liên đã đang sẽ cùng đối gửi nhận hãy ra vào lên mất tốn`) {
		plainWords[w] = true
	}
}

// negations turn round what follows them.
var negations = map[string]bool{"không": true, "chưa": true, "chẳng": true, "chả": true, "đừng": true, "cấm": true, "miễn": true, "trừ": true, "khỏi": true, "ngoài": true}

var (
	reSaid = regexp.MustCompile(`\d[\d./,]*\d(?:/[\p{L}\d-]+)*|\d+|[\p{L}\p{M}]+`)
	// reOdd is what prose about law never holds: signs of code and markup, addresses.
	reOdd = regexp.MustCompile("[\\x00-\\x08\\x0b-\\x1f\uFFFD@#<>{}|\\\\`\\[\\]^~*_=]|://|\\p{L}\\.\\p{L}")
)

// leastSaid is how many words of the source a sentence must repeat; with fewer it says
// nothing that the source says.
const leastSaid = 2

// grounded reports whether a sentence only says what the quotes say: every word that is not
// plain stands in them, every number with the unit it has there, and nothing is negated, or
// no longer negated, that the quotes put otherwise. Words put together anew from one quote
// can still mislead, which is why facts stand in the card and not here.
func grounded(text string, quotes []string) bool {
	all := norm.NFC.String(strings.ToLower(strings.Join(quotes, " \n ")))
	text = norm.NFC.String(strings.ToLower(text))
	for _, odd := range reOdd.FindAllString(text, -1) {
		if !strings.ContainsFunc(odd, unicode.IsLetter) || !strings.Contains(all, odd) {
			return false
		}
	}
	source := followers(reSaid.FindAllString(all, -1))
	words := append(reSaid.FindAllString(text, -1), "")
	var said []string
	for i, w := range words[:len(words)-1] {
		next, before := words[i+1], ""
		if i > 0 {
			before = words[i-1]
		}
		switch {
		case !source.holds(w) && !plainWords[w]:
			return false
		case negations[w] && !source.inTurn(w, next):
			return false
		case source.onlyNegated(w) && !negations[before]:
			return false
		case isNumber(w) && next != "" && !plainWords[next] && !source.inTurn(w, next):
			return false
		}
		if !plainWords[w] && !slices.Contains(said, w) {
			said = append(said, w)
		}
	}
	return len(said) >= leastSaid
}

// sourceWords are the words of a source, with those that come right before and after each.
type sourceWords struct{ after, before map[string]map[string]bool }

func followers(words []string) sourceWords {
	s := sourceWords{map[string]map[string]bool{}, map[string]map[string]bool{}}
	note := func(in map[string]map[string]bool, w, neighbour string) {
		if in[w] == nil {
			in[w] = map[string]bool{}
		}
		in[w][neighbour] = true
	}
	before := ""
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		note(s.after, w, next)
		note(s.before, w, before)
		before = w
	}
	return s
}

func (s sourceWords) holds(w string) bool            { return s.after[w] != nil }
func (s sourceWords) inTurn(first, next string) bool { return s.after[first][next] }

// onlyNegated reports whether the source never says the word but in the negative.
func (s sourceWords) onlyNegated(w string) bool {
	if !s.holds(w) || plainWords[w] {
		return false
	}
	for before := range s.before[w] {
		if !negations[before] {
			return false
		}
	}
	return true
}

func isNumber(w string) bool { return w[0] >= '0' && w[0] <= '9' }
