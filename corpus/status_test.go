package corpus

import (
	"strings"
	"testing"

	"github.com/motcua/motcua/internal/civil"
)

func on(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func at(number string, levels ...string) Provision {
	p := Provision{Instrument: number}
	for i, l := range levels {
		*[]*string{&p.Article, &p.Clause, &p.Point}[i] = l
	}
	return p
}

const (
	oldResidence = "81/2006/QH11"
	newResidence = "68/2020/QH14"
)

func TestStatusOnADay(t *testing.T) {
	since2007 := Validity{From: on("2007-07-01")}
	replaced := Relation{From: at(newResidence, "38", "2"), Kind: Replaces, To: at(oldResidence), Effective: on("2021-07-01"), Evidence: "hết hiệu lực"}
	articleGone := Relation{From: at("1/2015/QH13", "2"), Kind: Repeals, To: at(oldResidence, "20"), Effective: on("2016-01-01"), Evidence: "bãi bỏ"}
	clauseGone := Relation{From: at("1/2015/QH13", "2"), Kind: Repeals, To: at(oldResidence, "20", "1"), Effective: on("2016-01-01")}
	amended := Relation{From: at("36/2013/QH13", "1"), Kind: Amends, To: at(oldResidence, "20"), Effective: on("2014-01-01")}
	wholeAmended := Relation{From: at("36/2013/QH13"), Kind: Amends, To: at(oldResidence), Effective: on("2014-01-01")}
	unknownDay := Relation{From: at(newResidence, "38"), Kind: Repeals, To: at(oldResidence)}
	for _, c := range []struct {
		name   string
		p      Provision
		own    Validity
		rels   []Relation
		on     string
		want   State
		conf   Confidence
		reason string
	}{
		{"InForceWhileNothingEndsIt", at(oldResidence, "20"), since2007, nil, "2010-01-01", InForce, High, "01/07/2007"},
		{"NotYetTheDayBefore", at(oldResidence), since2007, nil, "2007-06-30", NotYet, High, "Chưa có hiệu lực"},
		{"ReplacedOnTheDayItself", at(oldResidence), since2007, []Relation{replaced}, "2021-07-01", Replaced, High, "khoản 2 Điều 38 Luật 68/2020/QH14"},
		{"InForceTheDayBeforeWithTheComingEnd", at(oldResidence), since2007, []Relation{replaced}, "2021-06-30", InForce, High, "Sẽ hết hiệu lực từ ngày 01/07/2021"},
		{"TheWholeTakesItsArticlesAlong", at(oldResidence, "20", "1"), since2007, []Relation{replaced}, "2024-01-01", Replaced, High, "thay thế"},
		{"ARepealedArticleLeavesItsNeighbour", at(oldResidence, "21"), since2007, []Relation{articleGone}, "2018-01-01", InForce, High, ""},
		{"ARepealedArticleLeavesTheWholeAmended", at(oldResidence), since2007, []Relation{articleGone}, "2018-01-01", Amended, High, "một phần"},
		{"ARepealedArticleIsGone", at(oldResidence, "20"), since2007, []Relation{articleGone}, "2018-01-01", Repealed, High, "bãi bỏ"},
		{"ARepealedClauseAmendsItsArticle", at(oldResidence, "20"), since2007, []Relation{clauseGone}, "2018-01-01", Amended, High, "một phần"},
		{"Article2IsNotArticle20", at(oldResidence, "2"), since2007, []Relation{articleGone}, "2018-01-01", InForce, High, ""},
		{"AmendedFromItsDay", at(oldResidence, "20"), since2007, []Relation{amended}, "2014-01-01", Amended, High, "Điều 1 Luật 36/2013/QH13"},
		{"NotAmendedBefore", at(oldResidence, "20"), since2007, []Relation{amended}, "2013-12-31", InForce, High, ""},
		{"AmendingTheWholeSaysNothingOfOneArticle", at(oldResidence, "20"), since2007, []Relation{wholeAmended}, "2015-01-01", InForce, High, ""},
		{"NewerWordsAreNotShownForAnEarlierDay", at(oldResidence, "20"), Validity{From: on("2014-01-01")}, []Relation{amended}, "2010-01-01", EarlierWording, Medium, "lời văn cũ"},
		{"TheEarliestEndCounts", at(oldResidence, "20"), since2007, []Relation{replaced, articleGone}, "2022-01-01", Repealed, High, "01/01/2016"},
		{"AnUnknownDayIsSaidAndLow", at(oldResidence), since2007, []Relation{unknownDay}, "2022-01-01", Repealed, Low, "chưa rõ từ ngày nào"},
		{"AnUnknownDayCannotLieBeforeItsInstrument", at(oldResidence), since2007, []Relation{unknownDay}, "2019-01-01", InForce, High, ""},
		{"ItsOwnLastDay", at(oldResidence), Validity{From: on("2007-07-01"), Until: on("2010-01-01")}, nil, "2010-01-01", Expired, High, "01/01/2010"},
		{"UnknownBeginningIsLow", at(oldResidence), Validity{}, nil, "2010-01-01", InForce, Low, "không rõ ngày bắt đầu"},
		{"SuspendedIsNotApplied", at(oldResidence, "20"), since2007, []Relation{{From: at("5/2012/NQ-CP"), Kind: Suspends, To: at(oldResidence, "20"), Effective: on("2012-01-01")}}, "2013-01-01", Suspended, Medium, "Ngưng"},
		{"AnEndThatWasItselfEndedEarlierDoesNotCount", at(oldResidence), since2007,
			[]Relation{replaced, {From: at("9/2021/QH15", "1"), Kind: Repeals, To: at(newResidence), Effective: on("2021-06-01")}}, "2022-01-01", InForce, High, ""},
		{"AGuideFallsWithItsLaw", at("1/2008/NĐ-CP", "3"), Validity{From: on("2008-01-01")},
			[]Relation{{From: at("1/2008/NĐ-CP"), Kind: Guides, To: at(oldResidence)}, replaced}, "2022-01-01", Expired, Low, "văn bản được quy định chi tiết"},
		{"AGuideOfTwoLawsStandsWhileOneDoes", at("1/2008/NĐ-CP", "3"), Validity{From: on("2008-01-01")},
			[]Relation{{From: at("1/2008/NĐ-CP"), Kind: Guides, To: at(oldResidence)}, {From: at("1/2008/NĐ-CP"), Kind: Guides, To: at("2/2005/QH11")}, replaced}, "2022-01-01", InForce, High, ""},
		{"AnExceptionLowersTheConfidence", at(oldResidence), since2007,
			[]Relation{{From: at(newResidence, "38"), Kind: Repeals, To: at(oldResidence), Effective: on("2021-07-01"), Evidence: "hết hiệu lực, trừ quy định tại Điều 24"}}, "2022-01-01", Repealed, Medium, "ngoại lệ"},
		{"AnEndWithoutItsSentenceIsMedium", at(oldResidence), since2007,
			[]Relation{{From: at(newResidence), Kind: Replaces, To: at(oldResidence), Effective: on("2021-07-01")}}, "2022-01-01", Replaced, Medium, "thay thế"},
		{"AnInstrumentDoesNotEndItself", at(newResidence), Validity{From: on("2021-07-01")},
			[]Relation{{From: at(newResidence, "38"), Kind: Repeals, To: at(newResidence), Effective: on("2021-07-01")}}, "2022-01-01", InForce, High, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := StatusOn(c.p, c.own, c.rels, on(c.on))
			if s.State != c.want || s.Confidence != c.conf || !strings.Contains(s.Reason, c.reason) {
				t.Errorf("got %s (%s): %s", s.State, s.Confidence, s.Reason)
			}
			if s.Reason == "" {
				t.Error("no reason given")
			}
		})
	}
}

func TestStatusDoesNotDependOnTheOrderOfRelations(t *testing.T) {
	a := Relation{From: at("2/2010/QH12"), Kind: Replaces, To: at(oldResidence), Effective: on("2012-01-01")}
	b := Relation{From: at("1/2010/QH12"), Kind: Replaces, To: at(oldResidence), Effective: on("2012-01-01")}
	x := StatusOn(at(oldResidence), Validity{}, []Relation{a, b}, on("2013-01-01"))
	y := StatusOn(at(oldResidence), Validity{}, []Relation{b, a}, on("2013-01-01"))
	if x != y {
		t.Errorf("%+v and %+v", x, y)
	}
}
