package lexical

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
)

// marks is a set of things a title, a record or a question shows.
type marks uint64

func (m marks) has(one marks) bool { return m&one != 0 }
func (m marks) count() int         { return bits.OnesCount64(uint64(m)) }

const (
	markTerms     marks = 1 << iota // explains terms
	markScope                       // scope or addressees
	markEffect                      // effect, transition, implementation
	markProcedure                   // a procedure, not a provision
	markCommune                     // carried out at the commune
	markCentral                     // carried out at the centre only
	markCitizen                     // citizens may ask
	markForeign                     // with a foreign element
	markAgain                       // once more, after loss or damage
	markMobile                      // at the person's home
	markLinked                      // several procedures at once
	markChange                      // change or correction
	markCopy                        // copies and extracts
	markEnd                         // ending, revoking, cancelling
	markExtend                      // longer or renewed
	markGrown                       // for those who already have papers
	markBorder                      // border areas
	markMission                     // at a mission abroad
	markSupervise                   // watching over another's task
	asksMeaning                     // a question for a definition
	asksNumber                      // a question for an amount or a time
	asksPenalty                     // a question for a penalty
)

// specialMarks make a procedure a special case of a plainer one.
const specialMarks = markForeign | markAgain | markMobile | markLinked | markChange | markCopy | markEnd |
	markExtend | markGrown | markBorder | markMission | markSupervise

const boilerplateMarks = markScope | markEffect

// phrase is folded words that show a mark; where says in what it is looked for.
type phrase struct {
	words string
	mark  marks
}

// titlePhrases show a mark in the name of a procedure or the heading of an article.
var titlePhrases = []phrase{
	{"giai thich tu ngu", markTerms}, {"giai thich thuat ngu", markTerms}, {"tu ngu", markTerms},
	{"pham vi dieu chinh", markScope}, {"doi tuong ap dung", markScope}, {"pham vi ap dung", markScope},
	{"hieu luc thi hanh", markEffect}, {"dieu khoan thi hanh", markEffect}, {"chuyen tiep", markEffect},
	{"to chuc thuc hien", markEffect}, {"trach nhiem thi hanh", markEffect}, {"hieu luc", markEffect},
	{"nuoc ngoai", markForeign}, {"dang ky lai", markAgain}, {"cap lai", markAgain}, {"cap doi", markAgain},
	{"luu dong", markMobile}, {"lien thong", markLinked}, {"ket hop", markLinked}, {"nhom thu tuc", markLinked},
	{"thay doi", markChange}, {"cai chinh", markChange}, {"sua doi", markChange}, {"dieu chinh", markChange},
	{"dinh chinh", markChange}, {"ban sao", markCopy}, {"trich luc", markCopy}, {"cham dut", markEnd},
	{"huy bo", markEnd}, {"huy", markEnd}, {"thu hoi", markEnd}, {"xoa", markEnd}, {"gia han", markExtend},
	{"da co ho so", markGrown}, {"bien gioi", markBorder}, {"co quan dai dien", markMission}, {"giam sat", markSupervise},
}

// askedPhrases show the same marks in the words people use.
var askedPhrases = []phrase{
	{"giai thich", markTerms}, {"pham vi", markScope}, {"doi tuong", markScope},
	{"hieu luc", markEffect}, {"chuyen tiep", markEffect}, {"to chuc thuc hien", markEffect},
	{"nuoc ngoai", markForeign}, {"viet kieu", markForeign}, {"ngoai kieu", markForeign}, {"ngoai quoc", markForeign},
	{"hop phap hoa lanh su", markForeign}, {"nguoi tay", markForeign},
	{"dang ky lai", markAgain}, {"cap lai", markAgain}, {"lam lai", markAgain}, {"bi mat", markAgain}, {"mat giay", markAgain},
	{"that lac", markAgain}, {"bi rach", markAgain}, {"bi hong", markAgain}, {"cap doi", markAgain}, {"xin lai", markAgain},
	{"luu dong", markMobile}, {"tan nha", markMobile},
	{"lien thong", markLinked}, {"ket hop", markLinked}, {"cung luc", markLinked}, {"dong thoi", markLinked},
	{"mot lan", markLinked}, {"2 trong 1", markLinked},
	{"thay doi", markChange}, {"cai chinh", markChange}, {"sua", markChange}, {"bi sai", markChange}, {"doi ten", markChange},
	{"doi ho", markChange}, {"dieu chinh", markChange}, {"dinh chinh", markChange}, {"ghi sai", markChange},
	{"ban sao", markCopy}, {"trich luc", markCopy}, {"sao y", markCopy},
	{"cham dut", markEnd}, {"huy", markEnd}, {"thu hoi", markEnd}, {"xoa", markEnd}, {"gia han", markExtend}, {"het han", markExtend},
	{"nguoi lon", markGrown}, {"da lon", markGrown}, {"da co giay to", markGrown}, {"da co ho so", markGrown},
	{"bien gioi", markBorder}, {"dai su quan", markMission}, {"lanh su quan", markMission}, {"co quan dai dien", markMission},
	{"giam sat", markSupervise},

	{"la gi", asksMeaning}, {"duoc hieu", asksMeaning}, {"nghia la", asksMeaning}, {"hieu nhu the nao", asksMeaning},
	{"khai niem", asksMeaning}, {"dinh nghia", asksMeaning}, {"hieu la", asksMeaning},
	{"bao nhieu", asksNumber}, {"may", asksNumber}, {"bao lau", asksNumber}, {"thoi han", asksNumber},
	{"thoi gian", asksNumber}, {"muc", asksNumber}, {"khi nao", asksNumber},
	{"phat tu", asksPenalty}, {"bi phat", asksPenalty}, {"muc phat", asksPenalty}, {"hinh phat", asksPenalty},
	{"hinh su", asksPenalty}, {"truy cuu", asksPenalty}, {"di tu", asksPenalty},
}

// phraseBook finds phrases by their first word.
type phraseBook map[string][]phraseWords

type phraseWords struct {
	rest []string // after the first
	mark marks
}

var titleBook, askedBook = newPhraseBook(titlePhrases), newPhraseBook(askedPhrases)

func newPhraseBook(phrases []phrase) phraseBook {
	b := phraseBook{}
	for _, p := range phrases {
		words := strings.Fields(p.words)
		b[words[0]] = append(b[words[0]], phraseWords{words[1:], p.mark})
	}
	return b
}

// marksIn gives the marks of the phrases that stand in folded words.
func (b phraseBook) marksIn(words []string) (m marks) {
	for i, w := range words {
		for _, p := range b[w] {
			if rest := words[i+1:]; len(rest) >= len(p.rest) && slices.Equal(rest[:len(p.rest)], p.rest) {
				m |= p.mark
			}
		}
	}
	return m
}

// documentMarks reads the marks of one document of the segment from its title and record.
func (x *Index) documentMarks(p *part, doc uint32, w *Words) marks {
	p.forward.read(doc, w)
	row := p.attrs.rows[doc]
	var m marks
	if row.procedure {
		m |= markProcedure
		if row.levels&levelBits[corpus.Commune] != 0 {
			m |= markCommune
		}
		if row.levels == levelBits[corpus.Central] {
			m |= markCentral
		}
	}
	for _, s := range w.Sections {
		switch {
		case s.Section == Title:
			m |= titleBook.marksIn(x.foldedWords(s.Words))
		case s.Section == Conditions && row.procedure:
			m |= whoBook.marksIn(x.foldedWords(s.Words[:min(len(s.Words), whoWords)]))
		}
	}
	return m
}

// whoWords is how far into a section the list of who may ask reaches.
const whoWords = 40

var whoBook = newPhraseBook([]phrase{{"cong dan viet nam", markCitizen}})

// foldedWords gives the folded forms of words.
func (x *Index) foldedWords(words []uint32) []string {
	out := make([]string, len(words))
	for i, id := range words {
		out[i] = x.dict.foldText(x.dict.foldOf(id))
	}
	return out
}
