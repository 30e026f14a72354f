package eval

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Rewriting is a mechanical way in which people type the same question worse. It is a
// function of the question alone, so that every run rewrites alike.
type Rewriting struct {
	Name string
	Of   func(question string) string
}

// Rewritings, in the order they are reported.
var Rewritings = []Rewriting{
	{"no marks", NoMarks},
	{"half the marks", HalfMarks},
	{"telex raw", TelexRaw},
	{"one typo in twenty letters", Typos},
	{"abbreviations", Abbreviated},
}

// Rewritten is the dataset with every question rewritten.
func (d *Dataset) Rewritten(w Rewriting) *Dataset {
	out := *d
	out.Name = d.Name + ", " + w.Name
	out.Questions = make([]Question, len(d.Questions))
	for i, q := range d.Questions {
		out.Questions[i] = Question{ID: q.ID, Text: w.Of(q.Text)}
	}
	return &out
}

// dice are fixed by the question's text.
func dice(question string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(question)) // a hash takes everything
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// NoMarks drops tone marks, letter marks and the bar of đ.
func NoMarks(question string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(question) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case r == 'Đ':
			b.WriteByte('D')
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// HalfMarks drops the marks of every word by the toss of a coin.
func HalfMarks(question string) string {
	coin := dice(question)
	words := strings.Fields(question)
	for i, w := range words {
		if coin.IntN(2) == 0 {
			words[i] = NoMarks(w)
		}
	}
	return strings.Join(words, " ")
}

// Typos makes one slip in every twenty letters: a letter left out, typed twice, or
// swapped with the next.
func Typos(question string) string {
	random := dice(question)
	in := []rune(norm.NFC.String(question))
	out := make([]rune, 0, len(in)+len(in)/20)
	letters, slip := 0, random.IntN(20)
	for i := 0; i < len(in); i++ {
		r := in[i]
		if !unicode.IsLetter(r) {
			out = append(out, r)
			continue
		}
		if letters++; letters%20 != slip {
			out = append(out, r)
			continue
		}
		switch kind := random.IntN(3); {
		case kind == 0:
		case kind == 1 && i+1 < len(in) && unicode.IsLetter(in[i+1]):
			out = append(out, in[i+1], r)
			i++
			letters++
		default:
			out = append(out, r, r)
		}
	}
	return string(out)
}

// shortForms are abbreviations people type. The list is of common usage and knows nothing
// of any dataset.
var shortForms = map[string]string{
	"ủy ban nhân dân": "UBND", "uỷ ban nhân dân": "UBND", "hội đồng nhân dân": "HĐND",
	"căn cước công dân": "CCCD", "chứng minh nhân dân": "CMND", "giấy phép lái xe": "GPLX",
	"bảo hiểm xã hội": "BHXH", "bảo hiểm y tế": "BHYT", "bảo hiểm thất nghiệp": "BHTN",
	"giấy chứng nhận": "GCN", "quyền sử dụng đất": "QSDĐ", "đăng ký kết hôn": "ĐKKH", "giấy khai sinh": "GKS",
	"bộ luật hình sự": "BLHS", "bộ luật dân sự": "BLDS", "hợp đồng lao động": "HĐLĐ", "người lao động": "NLĐ",
	"trách nhiệm hữu hạn": "TNHH", "thu nhập cá nhân": "TNCN", "thu nhập doanh nghiệp": "TNDN",
	"giá trị gia tăng": "GTGT", "doanh nghiệp": "DN", "công ty": "cty", "trung ương": "TW", "thành phố": "TP",
	"quyết định": "QĐ", "nghị định": "NĐ", "phòng cháy chữa cháy": "PCCC", "tai nạn giao thông": "TNGT",
	"không": "ko", "được": "đc", "như thế nào": "ntn",
}

// longestShortForm is the most words a key of shortForms has.
const longestShortForm = 4

// Abbreviated writes common words short, as in a text message: at each place the longest
// phrase that has a short form.
func Abbreviated(question string) string {
	words := strings.Fields(norm.NFC.String(question))
	var out []string
	for i := 0; i < len(words); {
		n := min(longestShortForm, len(words)-i)
		for ; n > 0; n-- {
			phrase := strings.Join(words[i:i+n], " ")
			bare := strings.TrimRight(phrase, "?!.,;:")
			if short, ok := shortForms[strings.ToLower(bare)]; ok {
				out = append(out, short+phrase[len(bare):])
				break
			}
		}
		if n == 0 {
			out = append(out, words[i])
			n = 1
		}
		i += n
	}
	return strings.Join(out, " ")
}
