package lexical

import "math"

// Feature numbers one piece of evidence for a document. All are computed from the words of
// the question and the forward list of the document; most are shares from 0 to 1.
type Feature int

// The features. "Weight" of a word is its rarity (IDF) times what the question gives it;
// "share" without more is a share of the question's weight.
const (
	FirstShare     Feature = iota // first-stage score, as a share of the best one
	FirstDepth                    // first-stage score, as a share of the most it could be
	FirstRank                     // logarithm of the first-stage rank
	TitleCover                    // share found in the title
	TitlePairs                    // share of the question's word pairs found in the title
	TitleRun                      // heaviest common run of words in the title
	TitleNamed                    // share of the title's weight that the question names
	TitleBoth                     // harmonic mean of TitleCover and TitleNamed
	TitlePairNamed                // share of the title's word pairs that the question has
	TitleExtra                    // logarithm of the title's weight that the question does not name
	TitleFull                     // 1 when the question names every word of a title of four or more
	LawCover                      // share found in the law's name and headings
	LawPairs                      // share of pairs found there
	LawNamed                      // share of the law name's weight that the question names
	LawOnly                       // share found in the law's name or the title
	BodyCover                     // share found in the body
	BodyPairs                     // share of pairs found in the body
	BodyRun                       // heaviest common run in the body
	BodyWindow                    // best share within 24 words of the body
	BodyWide                      // best share within 80 words
	BodyScore                     // BM25 of the body, as a share of the most it could be
	AnyCover                      // share found anywhere
	MissTop                       // weight of the heaviest word not found, as a share of the heaviest
	MissSquare                    // squared weights not found, as a share
	LawShare                      // share of the candidates' exponentiated score in this law
	LawTop                        // logarithm of how many of the first 20 candidates are of this law
	LawBest                       // best first-stage share in this law
	Agree                         // likeness to the first five candidates
	BodyLength                    // logarithm of the length of the body
	TitleLength                   // logarithm of the length of the title
	Definition                    // the question asks what something is, the title explains terms
	NoDefinition                  // the title explains terms, the question does not ask
	Boilerplate                   // title of scope, effect or transition that the question does not name
	Numbers                       // the question asks how much or when; share of numbers in the body
	Penalty                       // the question asks for a penalty and the body speaks of one
	Reference                     // article, clause or instrument named by the question
	SpecialBoth                   // marks of a special case that question and name share
	SpecialName                   // marks of a special case in the name only
	SpecialAsked                  // marks of a special case in the question only
	LevelCommune                  // carried out at the commune
	LevelCentral                  // carried out at the centre only
	ForCitizens                   // citizens may ask for it
	NameApart                     // title words that set it apart among the candidates, not named
	TopicCover                    // share of the question's topical weight found in the title
	TopicNamed                    // share of the title's topical weight that the question names
	TopicBoth                     // harmonic mean of the two
	TopicMiss                     // topical weight of the heaviest word not in the title, as a share
	TopicBody                     // share of the question's topical weight found in the body
	TopicWindow                   // topical share within 24 words of the body
	TitleNear                     // share of pairs found in the title in order, up to five words apart
	ResultCover                   // share found in the first words of the result
	ResultNamed                   // share of the result's first words that the question names
	LeadCover                     // share found in the first words of the body
	LeadPairs                     // share of pairs found there
	Neighbours                    // share of the candidates' exponentiated score in articles next to this one
	numFeatures
)

var featureNames = [numFeatures]string{
	"first_share", "first_depth", "first_rank", "title_cover", "title_pairs", "title_run", "title_named", "title_both",
	"title_pair_named", "title_extra", "title_full", "law_cover", "law_pairs", "law_named", "law_only", "body_cover",
	"body_pairs", "body_run", "body_window", "body_wide", "body_score", "any_cover", "miss_top", "miss_square",
	"law_share", "law_top", "law_best", "agree", "body_length", "title_length", "definition", "no_definition",
	"boilerplate", "numbers", "penalty", "reference", "special_both", "special_name", "special_asked",
	"level_commune", "level_central", "for_citizens", "name_apart", "topic_cover",
	"topic_named", "topic_both", "topic_miss", "topic_body", "topic_window", "title_near", "result_cover", "result_named", "lead_cover", "lead_pairs",
	"neighbours",
}

// FeatureNames lists the features in order, as the weights file names them.
func FeatureNames() []string { return append([]string(nil), featureNames[:]...) }

// ratio is a/b, or 0 where b is not above 0.
func ratio(a, b float64) float64 {
	if b <= 0 {
		return 0
	}
	return a / b
}

// logs are the logarithms of small numbers.
var logs = func() (t [2048]float64) {
	for n := range t {
		t[n] = math.Log(float64(n))
	}
	return t
}()

func logOf(n int) float64 {
	if n < len(logs) {
		return logs[n]
	}
	return math.Log(float64(n))
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// row fills out with the evidence for candidate i.
func (e *evidence) row(i int, out []float64) {
	c := &e.cands[i]
	set := func(f Feature, v float64) { out[f] = v }
	total, pairs := e.asked.total, e.asked.pairTotal
	set(FirstShare, ratio(c.score, e.cands[0].score))
	set(FirstDepth, ratio(c.score, e.most))
	set(FirstRank, logOf(i+1))
	t, l, b := &c.title, &c.law, &c.body
	set(TitleCover, ratio(t.cover, total))
	set(TitlePairs, ratio(t.pairs, pairs))
	set(TitleRun, ratio(t.run, total))
	named := ratio(c.titleNamed, c.titleWeight)
	set(TitleNamed, named)
	set(TitleBoth, ratio(2*named*out[TitleCover], named+out[TitleCover]))
	set(TitlePairNamed, ratio(c.titlePairNamed, c.titlePairWeight))
	set(TitleExtra, math.Log1p(max(0, c.titleWeight-c.titleNamed)))
	set(TitleFull, flag(t.words > 3 && named > 0.999))
	set(LawCover, ratio(l.cover, total))
	set(LawPairs, ratio(l.pairs, pairs))
	set(LawNamed, ratio(c.lawNamed, c.lawWeight))
	set(BodyCover, ratio(b.cover, total))
	set(BodyPairs, ratio(b.pairs, pairs))
	set(BodyRun, ratio(b.run, total))
	set(BodyWindow, ratio(b.window[0], total))
	set(BodyWide, ratio(b.window[1], total))
	set(BodyScore, ratio(c.bodyScore, total))
	e.missing(c, out)
	e.law(c, out)
	set(Agree, c.agree)
	set(BodyLength, logOf(b.words+5))
	set(TitleLength, logOf(t.words+2))
	e.kinds(c, out)
	set(NameApart, c.apart)
	e.topic(c, out)
}

// topic fills the features that weigh words by how topical they are.
func (e *evidence) topic(c *candidate, out []float64) {
	_, cover := e.slotWeights.of(c.title.seen).split()
	_, body := e.slotWeights.of(c.body.seen).split()
	top := 0.0
	for s := range (e.asked.all() &^ c.title.seen).each {
		if w := e.asked.topical[s]; w > top {
			top = w
		}
	}
	total := e.asked.topicTotal
	out[TopicCover] = ratio(cover, total)
	out[TopicNamed] = ratio(c.topicNamed, c.topicWeight)
	out[TopicBoth] = ratio(2*out[TopicCover]*out[TopicNamed], out[TopicCover]+out[TopicNamed])
	out[TopicMiss] = ratio(top, e.asked.topicHeaviest)
	out[TopicBody] = ratio(body, total)
	out[TopicWindow] = ratio(c.body.topic, total)
	out[TitleNear] = ratio(c.near, e.asked.pairTotal)
	out[ResultCover] = ratio(c.result, total)
	out[LeadCover] = ratio(c.body.lead, e.asked.total)
	out[LeadPairs] = ratio(c.body.leadPairs, e.asked.pairTotal)
	out[Neighbours] = ratio(c.neighbours, e.mass)
	out[ResultNamed] = ratio(c.resultNamed, c.resultWeight)
}

// missing fills the features about what was found where.
func (e *evidence) missing(c *candidate, out []float64) {
	tl := c.title.seen.union(&c.law.seen)
	all := tl.union(&c.body.seen)
	titled, _ := e.slotWeights.of(tl).split()
	anywhere, _ := e.slotWeights.of(all).split()
	square, top := 0.0, 0.0
	for s := range (e.asked.all() &^ all).each {
		w := e.asked.weights[s]
		square += w * w
		if w > top {
			top = w
		}
	}
	out[LawOnly] = ratio(titled, e.asked.total)
	out[AnyCover] = ratio(anywhere, e.asked.total)
	out[MissTop] = ratio(top, e.asked.heaviest)
	out[MissSquare] = ratio(square, e.asked.total*e.asked.heaviest)
}

// law fills the features about how much the candidate's law gathers.
func (e *evidence) law(c *candidate, out []float64) {
	if c.lawAt < 0 {
		return
	}
	g := &e.laws[c.lawAt]
	out[LawShare] = ratio(g.mass, e.mass)
	out[LawTop] = math.Log1p(float64(g.top))
	out[LawBest] = ratio(g.best, e.cands[0].score)
}

// kinds fills the features about what kind of text is asked for and found.
func (e *evidence) kinds(c *candidate, out []float64) {
	q, m := &e.asked, c.facts.marks
	out[Definition] = flag(q.definition && m.has(markTerms))
	out[NoDefinition] = flag(!q.definition && m.has(markTerms))
	out[Boilerplate] = flag(m&boilerplateMarks&^q.marks != 0)
	out[Numbers] = flag(q.number) * ratio(float64(c.facts.numbers), float64(c.body.words+1))
	out[Penalty] = flag(q.penalty && c.facts.penal)
	out[Reference] = float64(min(c.refs, 3))
	out[SpecialBoth] = float64((m & q.marks & specialMarks).count())
	out[SpecialName] = float64((m &^ q.marks & specialMarks).count())
	out[SpecialAsked] = float64((q.marks &^ m & specialMarks).count()) * flag(m.has(markProcedure))
	out[LevelCommune] = flag(m.has(markCommune))
	out[LevelCentral] = flag(m.has(markCentral))
	out[ForCitizens] = flag(m.has(markCitizen))
}
