package assistant

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/place"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/retrieval"
)

func TestTheTableSaysWhoIsCompetentOnTheDay(t *testing.T) {
	for task, want := range map[string]map[string]string{
		"đăng ký kết hôn với người nước ngoài": {"2025-06-30": "UBND cấp huyện", "2025-07-01": "UBND cấp xã", "2027-02-28": "UBND cấp xã"},
		"cap giay phep xay dung":               {"2024-05-01": "UBND cấp huyện", "2026-07-01": "UBND cấp xã"},
	} {
		for on, body := range want {
			got := Competence(task, day(on))
			if len(got) == 0 || got[0].Body != body || !strings.Contains(got[0].Words, body) || got[0].Basis == "" {
				t.Errorf("%q on %s: %+v; want %s", task, on, got, body)
			}
		}
	}
}

func TestTheTableIsSilentWhereItDoesNotKnow(t *testing.T) {
	for task, on := range map[string]string{
		"cấp giấy phép xây dựng":               "2026-01-01", // between the districts and the law of 2026
		"đăng ký kết hôn với người nước ngoài": "2027-03-01", // its decree has ended
		"phóng tàu vũ trụ":                     "2026-11-21",
	} {
		if got := Competence(task, day(on)); len(got) > 0 {
			t.Errorf("%q on %s: %+v", task, on, got)
		}
	}
}

func TestADoubtfulEntryIsNeverToldAsCertain(t *testing.T) {
	for _, e := range place.Competence() {
		c, ok := CompetentOn(e, day(e.From))
		if !ok || c.Words == "" {
			t.Errorf("%s says nothing on its first day", e.ID)
		}
		if doubted := c.doubted() != ""; doubted != (c.Confidence == corpus.Low || c.Confidence == corpus.Medium && c.Doubt != "") {
			t.Errorf("%s, %s: doubted %v", e.ID, c.Confidence, doubted)
		}
		if !(CompetenceTable{}).Stands(c.citation(), Answer{AsOf: day(e.From)}) {
			t.Errorf("%s does not stand by its own citation", e.ID)
		}
	}
}

func TestQuestionsAboutCompetenceAreRecognised(t *testing.T) {
	for text, asks := range map[string]bool{
		"ai có thẩm quyền cấp giấy phép xây dựng": true, "việc này trước do huyện làm nay ai làm": true, "doi ten khai sinh truoc lam o huyen gio lam o dau": true,
		"đăng ký tạm trú ở đâu": false, "ai được đăng ký thường trú": false, "nộp ở huyện được không": false,
	} {
		if got := asksWho(text); got != asks {
			t.Errorf("%q: %v; want %v", text, got, asks)
		}
	}
}

// decided runs the step and the proof on a question.
func decided(t *testing.T, text, on string) *Turn {
	t.Helper()
	turn := &Turn{Text: text}
	turn.Reading.AsOf, turn.Answer.AsOf = day(on), day(on)
	turn.Reading.Slots = []Slot{Who}
	for _, step := range []Step{WhoDecides{Library: shelf{}}, Prove{Library: shelf{}, Tables: []Table{CompetenceTable{}}}} {
		if err := step.Run(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
	}
	return turn
}

func TestWhoDecidesIsAnsweredWithProof(t *testing.T) {
	turn := decided(t, "trước do huyện làm nay ai làm đăng ký kết hôn với người nước ngoài", "2026-11-21")
	if turn.Answer.Status != Answered || !strings.Contains(turn.Answer.Text, "UBND cấp xã") || turn.Question.Chosen != "tthc:2.000806" || !slices.Equal(turn.Reading.Slots, []Slot{Where}) {
		t.Errorf("%s %q, chose %q, slots %v", turn.Answer.Status, turn.Answer.Text, turn.Question.Chosen, turn.Reading.Slots)
	}
	turn = decided(t, "ly hôn trước là tòa huyện nay ai giải quyết", "2026-11-21")
	if turn.Answer.Status != Answered || !strings.Contains(turn.Answer.Text, "chưa chắc chắn") || turn.Question.Chosen != "" {
		t.Errorf("%s %q", turn.Answer.Status, turn.Answer.Text)
	}
}

func TestAForgedCitationOfTheTableFalls(t *testing.T) {
	c := Competence("đăng ký kết hôn với người nước ngoài", day("2026-11-21"))[0].citation()
	a := Answer{AsOf: day("2026-11-21")}
	c.Quote = strings.ReplaceAll(c.Quote, "cấp xã", "cấp tỉnh")
	c.SHA256 = digest(c.Quote)
	if (CompetenceTable{}).Stands(c, a) {
		t.Error("words that are not in the table stand")
	}
}

func TestAReferenceIsWrittenInFull(t *testing.T) {
	at := corpus.Provision{Instrument: "60/2014/QH13", Article: "15", Clause: "1", Point: "a"}
	law := corpus.Instrument{Number: "60/2014/QH13", Type: corpus.Law, Title: "Luật Hộ tịch", Issuer: "Quốc hội", Validity: corpus.Validity{From: day("2016-01-01")}}
	if got := FullReference(at, law) + takesEffect(law, corpus.Chunk{}); got != "điểm a khoản 1 Điều 15 Luật Hộ tịch số 60/2014/QH13 (có hiệu lực từ 01/01/2016)" {
		t.Error(got)
	}
	for want, in := range map[string]corpus.Instrument{
		"Nghị định số 123/2015/NĐ-CP của Chính phủ": {Number: "123/2015/NĐ-CP", Title: "Quy định chi tiết Luật Hộ tịch", Issuer: "Chính phủ"},
		"Bộ luật Dân sự số 91/2015/QH13":            {Number: "91/2015/QH13", Title: "Bộ luật Dân sự"},
		"Luật Hộ tịch số 60/2014/QH13":              {Number: "60/2014/QH13", Title: "Hộ tịch."},
		"Luật số 23/2008/QH12":                      {Number: "23/2008/QH12", Title: "Luật số 23/2008/QH12"},
		"Thông tư liên tịch số 01/2016/TTLT-BTP-BNG": {
			Number: "01/2016/TTLT-BTP-BNG", Title: "Hướng dẫn", Issuer: "Bộ Tư pháp và Bộ Ngoại giao",
		},
	} {
		if got := FullReference(corpus.Provision{Instrument: in.Number}, in); got != want {
			t.Errorf("%q; want %q", got, want)
		}
	}
	later := corpus.Chunk{Validity: corpus.Validity{From: day("2021-07-01")}}
	if got := takesEffect(law, later); got != " (có hiệu lực từ 01/01/2016; lời văn này từ 01/07/2021)" {
		t.Error(got)
	}
}

// found is a retriever that returns what it is told.
type found []retrieval.Hit

func (f found) Retrieve(context.Context, retrieval.Query) ([]retrieval.Hit, error) { return f, nil }

func TestPassagesPassTheFiltersAndApplyOnTheDay(t *testing.T) {
	law := corpus.Chunk{ID: "c1", Unit: "60/2014/qh13#15", Provision: corpus.Provision{Instrument: "60/2014/QH13", Article: "15"}, Issuer: "Quốc hội", Text: "Một.", Validity: corpus.Validity{From: day("2016-01-01")}}
	local := corpus.Chunk{ID: "c2", Provision: corpus.Provision{Instrument: "01/2020/QĐ-UBND", Article: "1"}, Issuer: "UBND tỉnh Quảng Nam", Text: "Hai.", Validity: corpus.Validity{From: day("2020-01-01"), Until: day("2025-01-01")}}
	r := Regulations{Library: shelf{}, Retriever: found{{Unit: law.Unit, Chunk: law}, {Chunk: local}}}
	for name, tc := range map[string]struct {
		q    RegulationQuery
		want string
	}{
		"today":        {RegulationQuery{On: day("2026-11-21")}, "c1"},
		"then":         {RegulationQuery{On: day("2021-01-01")}, "c1 c2"},
		"over":         {RegulationQuery{On: day("2026-11-21"), Standing: Over}, "c2"},
		"whichever":    {RegulationQuery{On: day("2026-11-21"), Standing: Whichever}, "c1 c2"},
		"to come":      {RegulationQuery{On: day("2010-01-01"), Standing: Coming}, "c1 c2"},
		"central":      {RegulationQuery{On: day("2021-01-01"), Level: corpus.Central}, "c1"},
		"province":     {RegulationQuery{On: day("2021-01-01"), Level: corpus.Province}, "c2"},
		"signed since": {RegulationQuery{On: day("2021-01-01"), IssuedFrom: day("2019-05-01")}, "c2"},
		"signed until": {RegulationQuery{On: day("2021-01-01"), IssuedUntil: day("2014-12-31")}, "c1"},
		"one":          {RegulationQuery{On: day("2021-01-01"), Limit: 1}, "c1"},
	} {
		got, err := r.Find(t.Context(), tc.q)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, p := range got {
			ids = append(ids, string(p.Chunk))
			if p.SHA256 != digest(p.Quote) || p.Reference == "" || p.State == "" {
				t.Errorf("%s: %+v", name, p)
			}
		}
		if strings.Join(ids, " ") != tc.want {
			t.Errorf("%s: %v; want %s", name, ids, tc.want)
		}
	}
}

// layers is a library and its wordings of one law in two versions.
type layers struct {
	shelf
	held []Wording
	to   []corpus.Relation
}

func (l layers) Relations(context.Context, corpus.Provision) (to, from []corpus.Relation, err error) {
	return l.to, nil, nil
}

func (l layers) Wordings(context.Context, string) ([]Wording, error) { return l.held, nil }

func version(kind WordingKind, from civil.Date, clauses ...string) Wording {
	a := corpus.Article{Number: "15", Heading: "Trách nhiệm"}
	for i, c := range clauses {
		a.Clauses = append(a.Clauses, corpus.Clause{Number: string(rune('1' + i)), Text: c})
	}
	in := corpus.Instrument{Number: "60/2014/QH13", Title: "Luật Hộ tịch", Validity: corpus.Validity{From: day("2016-01-01")}, Articles: []corpus.Article{a}}
	if !from.IsZero() {
		in.Articles[0].Validity = corpus.Validity{From: from}
	}
	return Wording{Kind: kind, Instrument: in}
}

func amendment(on string) corpus.Relation {
	return corpus.Relation{From: corpus.Provision{Instrument: "99/2020/QH14", Article: "1"}, Kind: corpus.Amends, To: corpus.Provision{Instrument: "60/2014/QH13", Article: "15"}, Effective: day(on), Evidence: "sửa đổi"}
}

var article15 = corpus.Provision{Instrument: "60/2014/QH13", Article: "15"}

func TestTwoDaysAroundAnAmendmentShowBothWordings(t *testing.T) {
	l := layers{held: []Wording{version(Consolidated, day("2021-01-01"), "Chín mươi ngày.", "Như cũ."), version(AsEnacted, civil.Date{}, "Sáu mươi ngày.", "Như cũ.")}, to: []corpus.Relation{amendment("2021-01-01")}}
	c, err := Comparer{l, l}.Compare(t.Context(), article15, day("2026-01-01"), day("2018-01-01")) // in either order
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(c.First.Text, "Sáu mươi") || c.First.Kind != AsEnacted || !strings.Contains(c.Second.Text, "Chín mươi") || c.Second.Kind != Consolidated || len(c.Between) != 1 {
		t.Errorf("%+v", c)
	}
	if !c.First.Status.Applies() || c.First.Doubt != "" || c.Second.Doubt != "" || !strings.Contains(c.Summary, "Lời văn khác nhau, do Điều 1 Luật 99/2020/QH14 (từ 01/01/2021)") {
		t.Errorf("%+v %s", c.First, c.Summary)
	}
	want := []LineChange{{InFirst, "1. Sáu mươi ngày."}, {InSecond, "1. Chín mươi ngày."}, {InBoth, "2. Như cũ."}}
	if !slices.Equal(c.Lines, want) {
		t.Errorf("lines %+v", c.Lines)
	}
}

func TestWordsThatMayNotBeThoseOfTheDayAreDoubted(t *testing.T) {
	old, new := version(AsEnacted, civil.Date{}, "Sáu mươi ngày."), version(Consolidated, day("2021-01-01"), "Chín mươi ngày.")
	for name, tc := range map[string]struct {
		l         layers
		day, says string
	}{
		"only the new":        {layers{held: []Wording{new}, to: []corpus.Relation{amendment("2021-01-01")}}, "2018-01-01", "chưa có lời văn cũ"},
		"only the old":        {layers{held: []Wording{old}, to: []corpus.Relation{amendment("2021-01-01")}}, "2022-01-01", "chưa có bản hợp nhất"},
		"amended twice":       {layers{held: []Wording{version(Consolidated, day("2023-01-01"), "x"), old}, to: []corpus.Relation{amendment("2021-01-01"), amendment("2023-01-01")}}, "2022-01-01", "còn được sửa đổi bởi"},
		"a digest":            {layers{held: []Wording{version(OurDigest, civil.Date{}, "x")}}, "2022-01-01", "tóm lược"},
		"some articles of it": {layers{held: []Wording{old}, to: []corpus.Relation{{From: corpus.Provision{Instrument: "1/2019/QH14"}, Kind: corpus.Amends, To: corpus.Provision{Instrument: "60/2014/QH13"}, Effective: day("2020-01-01")}}}, "2022-01-01", "chưa rõ có sửa điều này không"},
		"added by it":         {layers{held: []Wording{new, {Kind: AsEnacted, Instrument: corpus.Instrument{Number: "60/2014/QH13"}}}, to: []corpus.Relation{amendment("2021-01-01")}}, "2018-01-01", "chưa được bổ sung"},
	} {
		c, err := Comparer{tc.l, tc.l}.Compare(t.Context(), article15, day(tc.day), day(tc.day))
		if err != nil || !strings.Contains(c.First.Doubt, tc.says) || !strings.Contains(c.Summary, "Chưa chắc chắn") {
			t.Errorf("%s: %v %q", name, err, c.First.Doubt)
		}
	}
}

func TestAnAmendmentThatChangedNoWordsIsDoubted(t *testing.T) {
	l := layers{held: []Wording{version(Consolidated, civil.Date{}, "Sáu mươi ngày.")}, to: []corpus.Relation{amendment("2021-01-01")}}
	l.held = append(l.held, version(AsEnacted, civil.Date{}, "Sáu mươi ngày."))
	c, err := Comparer{l, l}.Compare(t.Context(), article15, day("2018-01-01"), day("2022-01-01"))
	if err != nil || len(c.Between) != 1 || !strings.Contains(c.Second.Doubt, "không đổi dù có sửa đổi") {
		t.Errorf("%v %+v", err, c)
	}
}

func TestAClauseOrPointIsComparedAlone(t *testing.T) {
	l := layers{held: []Wording{version(AsEnacted, civil.Date{}, "Một.", "Hai.")}}
	p := article15
	p.Clause = "2"
	c, err := Comparer{l, l}.Compare(t.Context(), p, day("2018-01-01"), day("2019-01-01"))
	if err != nil || c.First.Text != "2. Hai." || c.Reference != "khoản 2 Điều 15 Luật Hộ tịch số 60/2014/QH13" {
		t.Errorf("%v %+v", err, c)
	}
	p.Clause = "7"
	if _, err := (Comparer{l, l}).Compare(t.Context(), p, day("2018-01-01"), day("2019-01-01")); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("a clause that is not there: %v", err)
	}
}

func FuzzDiffLines(f *testing.F) {
	f.Add("a\nb\nc", "b\nc\nd")
	f.Fuzz(func(t *testing.T, first, second string) {
		lines := diffLines(first, second)
		if lines == nil {
			return
		}
		var a, b []string
		for _, l := range lines {
			if l.Kind != InSecond {
				a = append(a, l.Text)
			}
			if l.Kind != InFirst {
				b = append(b, l.Text)
			}
		}
		if strings.Join(a, "\n") != first || strings.Join(b, "\n") != second {
			t.Errorf("%q and %q become %+v", first, second, lines)
		}
	})
}

func TestTheTasksThatMovedAreListedByLevelAndField(t *testing.T) {
	on := civil.New(2026, 11, 22)
	commune, land := Moved(on, corpus.Commune, ""), Moved(on, corpus.Commune, "đất đai")
	if len(commune) < 30 || len(land) < 5 || len(land) >= len(commune) || len(Moved(on, corpus.Province, "")) == 0 {
		t.Fatalf("%d to the communes, %d of land", len(commune), len(land))
	}
	for _, c := range land {
		if c.Field != "Đất đai" || !strings.Contains(c.Before, "huyện") || !strings.Contains(c.Now, "xã") {
			t.Errorf("%+v", c)
		}
	}
	if len(Moved(civil.New(2025, 6, 30), "", "")) != 0 {
		t.Error("tasks had moved before there were two tiers")
	}
	for text, want := range map[string]corpus.Level{
		"những việc nào của huyện chuyển về xã": corpus.Commune, "nhiệm vụ của UBND cấp huyện chuyển về tỉnh là gì": corpus.Province, "danh mục việc cấp huyện giao cho cấp xã và cấp tỉnh": "",
	} {
		if to, yes := asksMoved(text); !yes || to != want {
			t.Errorf("%q: %q, %v", text, to, yes)
		}
	}
	for _, text := range []string{"đăng ký kết hôn ở xã nào", "chuyển khẩu từ huyện về xã cần gì", "cán bộ huyện chuyển về xã được trợ cấp gì"} {
		if to, yes := asksMoved(text); yes {
			t.Errorf("%q is taken for the list of %q", text, to)
		}
	}
}

func TestTheListOfMovedTasksIsProved(t *testing.T) {
	turn := &Turn{Text: "những việc nào của huyện chuyển về xã trong lĩnh vực hộ tịch", Reading: Reading{AsOf: civil.New(2026, 11, 22)}, Answer: Answer{AsOf: civil.New(2026, 11, 22)}}
	if err := (WhoDecides{}).Run(t.Context(), turn); err != nil {
		t.Fatal(err)
	}
	if err := (Prove{Tables: []Table{CompetenceTable{}}}).Run(t.Context(), turn); err != nil {
		t.Fatal(err)
	}
	if a := turn.Answer; a.Status != Answered || len(a.Sentences) < 10 || a.Sentences[0].Text != "Hộ tịch:" || len(a.Decides()) != len(a.Citations) {
		t.Errorf("%s, %d citations: %s", a.Status, len(a.Citations), a.Text)
	}
}
