package lexical

import "math"

// facts are what is known of a document before anything is asked.
type facts struct {
	marks   marks
	ordinal int32   // the number its ID ends in
	norm    float32 // of the words that take part in Agree
	law     uint16  // its instrument, 0 for none
	numbers uint16  // numbers in its body, as far as it is read
	penal   bool    // its body speaks of a penalty
}

// surveyor collects the facts of all documents.
type surveyor struct {
	*Ranker
	isNumber []bool // by word
	phat     uint32
	inTitles []uint32 // by word: titles that have it
	stamp    []uint32 // by word: the round in which it was last met
	round    uint32
	body     int // words read of all bodies
	words    Words
}

// survey fills what the ranker knows of each document and word.
func (r *Ranker) survey() {
	x := r.index
	n := x.Terms() + 1
	s := &surveyor{Ranker: r, isNumber: make([]bool, n), inTitles: make([]uint32, n), stamp: make([]uint32, n), phat: x.TermID("phạt")}
	for id := range uint32(x.Terms()) {
		text := x.Term(id)
		s.isNumber[id] = text != "" && text[0] >= '0' && text[0] <= '9'
	}
	docs := 0
	for _, p := range x.segs {
		docs += p.size()
	}
	r.facts = make([]facts, 0, docs)
	for _, p := range x.segs {
		for doc := range uint32(p.size()) {
			r.facts = append(r.facts, s.document(p, doc))
		}
	}
	r.topics = x.topics(s.inTitles)
	r.meanBody = math.Max(1, float64(s.body)/math.Max(1, float64(docs)))
}

func (s *surveyor) document(p *part, doc uint32) facts {
	f := facts{marks: s.index.documentMarks(p, doc, &s.words), ordinal: ordinal(p.ids[doc]), law: p.attrs.rows[doc].numbers}
	f.norm = s.norm(p.forward.units[p.forward.off[doc]:p.forward.off[doc+1]])
	s.round++
	numbers := 0
	for _, sec := range s.words.Sections {
		if sec.Section == Title {
			for _, id := range sec.Words {
				if s.stamp[id] != s.round {
					s.stamp[id] = s.round
					s.inTitles[id]++
				}
			}
		}
		if partOf(sec.Section) != inBody {
			continue
		}
		read := sec.Words[:min(len(sec.Words), readLimit(f.marks))]
		s.body += len(read)
		for _, id := range read {
			if s.isNumber[id] {
				numbers++
			}
			f.penal = f.penal || id == s.phat
		}
	}
	f.numbers = uint16(min(numbers, math.MaxUint16))
	return f
}

// norm is the length of the document's vector of words for Agree.
func (s *surveyor) norm(units []uint16) float32 {
	s.round++
	squares := float32(0)
	eachAgreeing(units, func(id uint32, half float32) {
		if s.stamp[id] != s.round {
			s.stamp[id] = s.round
			w := s.rarities[id] * half
			squares += w * w
		}
	})
	return float32(math.Sqrt(float64(squares)))
}
