package eval

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
)

// reportOf sits two cases: one right, one that fails with hostile words in it.
func reportOf(t *testing.T) AnswerReport {
	t.Helper()
	bad := feeCase
	bad.ID, bad.Q, bad.MustContain = "b", `<script>alert("x")</script>`, []string{"không có"}
	r, err := Answers(t.Context(), []Case{feeCase, bad}, answerFunc(func(assistant.Question) assistant.Answer { return feeAnswer() }), onShelf, AnswerOptions{Suite: "thử", AskedAt: askedAt})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func htmlOf(t *testing.T, p Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteHTML(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestThePageStandsAlone(t *testing.T) {
	html := htmlOf(t, Page{On: civil.New(2026, 11, 21), Report: reportOf(t)})
	if found := regexp.MustCompile(`(?i)<script|<link|<img|@import|url\(|src=`).FindString(html); found != "" {
		t.Errorf("the page holds %q", found)
	}
	if !strings.Contains(html, "&lt;script&gt;alert") {
		t.Error("the hostile question is not shown as text")
	}
}

func TestEveryFailureIsReadableWithItsAnswerAndSources(t *testing.T) {
	html := htmlOf(t, Page{Report: reportOf(t)})
	for _, want := range []string{"lacks: không có", feeWords, "Từng câu chưa đạt (1)", "1.004194"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestTheDrawingsAreWellFormed(t *testing.T) {
	html := htmlOf(t, Page{Report: reportOf(t), Cards: []ScoreCard{{On: civil.New(2026, 1, 2), Values: map[string]float64{"slot facts exact": 0.5}}}})
	drawings := regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(html, -1)
	if len(drawings) != 4 {
		t.Fatalf("%d drawings, want 4", len(drawings))
	}
	for _, d := range drawings {
		if err := xml.Unmarshal([]byte(d), new(struct{ XMLName xml.Name })); err != nil || strings.Contains(d, "NaN") {
			t.Errorf("%v in %.80s", err, d)
		}
	}
}

func TestAnEmptyExamStillMakesAPage(t *testing.T) {
	r, err := Answers(t.Context(), nil, nil, nil, AnswerOptions{AskedAt: askedAt})
	if err != nil {
		t.Fatal(err)
	}
	if html := htmlOf(t, Page{Report: r}); strings.Contains(html, "NaN") {
		t.Error("the page of an empty exam holds NaN")
	}
}

func TestCardsComeBackOldestFirstAndBySuite(t *testing.T) {
	write := func(on civil.Date, suite string) *fstest.MapFile {
		var b bytes.Buffer
		if _, err := (ScoreCard{On: on, Suite: suite}).WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		return &fstest.MapFile{Data: b.Bytes()}
	}
	cards, err := ReadCards(fstest.MapFS{
		"exam-a.json": write(civil.New(2026, 12, 1), "dev"), "exam-b.json": write(civil.New(2026, 11, 1), "dev"), "exam-c.json": write(civil.New(2026, 11, 1), "test"), "other.json": {Data: []byte("x")},
	}, "dev")
	if err != nil || len(cards) != 2 || cards[0].On != civil.New(2026, 11, 1) {
		t.Errorf("got %+v, %v", cards, err)
	}
}

func TestRiskGrowsOnlyWithWhatIsAnswered(t *testing.T) {
	curve := riskCurve(reportOf(t))
	if len(curve) != 1 || curve[0].Coverage != 1 || curve[0].Risk != 0.5 {
		t.Errorf("got %+v", curve)
	}
}
