package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

var idForm = regexp.MustCompile(`^E[0-9]{2,3}[a-z]?$`)

// check refuses a rule that says less than it must, or more than it may.
func (c *compiler) check() {
	f, r := c.f, c.r
	c.must(idForm.MatchString(f.ID), "id", "mã quy tắc %q phải như E13", f.ID)
	c.must(f.Version >= 1, "version", "thiếu số phiên bản (từ 1)")
	c.must(r.Topic.Known(), "topic", "không có nhóm đồng ý %q", f.Topic)
	c.must(len(f.Ladder) > 0, "ladder", "thiếu bậc nhắc")
	c.must(len(f.Ladder) <= 6, "ladder", "quá nhiều bậc nhắc (tối đa 6)")
	c.must(len(f.Recipients) > 0, "recipients", "thiếu người nhận")
	c.must(len(f.Register) > 0, "register", "thiếu nguồn dữ liệu")
	c.must(r.CatchUp >= 0 && r.CatchUp <= 365, "catch_up", "catch_up phải từ 0 đến 365 ngày")
	c.must(len(f.Mourning.text) == 0 || r.Mourning.Unit == civil.Days && r.Mourning.N > 0, "mourning", "mourning tính bằng ngày, như 14d")
	c.must(r.Keep.N > 0, "keep", "thiếu thời gian lưu dữ liệu (keep), như 12m")
	c.distinctSteps()
	c.checkLaw()
	c.checkClass()
	c.checkTexts()
}

func (c *compiler) must(ok bool, key, format string, args ...any) {
	if !ok {
		c.fault(key, format, args...)
	}
}

func (c *compiler) distinctSteps() {
	seen := map[string]bool{}
	for _, s := range c.r.Ladder {
		c.must(!seen[s.Words], "ladder", "bậc nhắc %q lặp lại", s.Words)
		seen[s.Words] = true
		if strings.HasPrefix(s.Words, "deadline") {
			c.must(c.f.Deadline != nil, "ladder", "bậc nhắc %q cần có deadline", s.Words)
		}
		if strings.HasPrefix(s.Words, "opens") {
			c.must(c.f.Opens.text != "", "ladder", "bậc nhắc %q cần có opens", s.Words)
		}
	}
}

// checkLaw: a basis, its dates and how sure we are.
func (c *compiler) checkLaw() {
	f, r := c.f, c.r
	c.must(len(f.Basis) > 0, "basis", "thiếu căn cứ pháp lý")
	c.must(f.Valid.From.Valid(), "valid", "thiếu ngày bắt đầu hiệu lực (valid.from)")
	c.must(f.Valid.Until.IsZero() || f.Valid.From.Before(f.Valid.Until), "valid", "valid.until phải sau valid.from")
	c.must(f.VerifiedOn.Valid(), "verified_on", "thiếu ngày kiểm lại (verified_on)")
	c.must(f.Source != "", "source", "thiếu nguồn (source)")
	c.must(r.Confidence.Known(), "confidence", "độ tin cậy phải là high, medium hoặc low")
	c.must(r.Confidence == corpus.High || r.Doubt.Complete(), "doubt", "độ tin cậy %s thì phải nêu chỗ chưa chắc bằng cả hai ngôn ngữ (doubt)", f.Confidence)
	if f.Deadline != nil && f.Deadline.Consequence {
		c.must(f.Texts.Late.Complete(), "texts", "hạn có hậu quả thì phải nói rõ trong texts.late bằng cả hai ngôn ngữ")
	}
}

// checkClass: sensitivity, level and ground go together.
func (c *compiler) checkClass() {
	f, r := c.f, c.r
	if i := slices.Index([]string{"N0", "N1", "N2", "N3"}, f.Class); i >= 0 {
		r.Sensitivity = lifeevents.Sensitivity(i)
	} else {
		c.fault("sensitivity", "độ nhạy cảm phải là N0, N1, N2 hoặc N3, không phải %q", f.Class)
	}
	c.must(r.Level >= lifeevents.Remind && r.Level <= lifeevents.Recommend, "level", "mức chủ động phải từ 1 đến 3; mức 4 chưa được bật")
	c.must(r.Ground == lifeevents.PublicTask || r.Ground == lifeevents.ByConsent, "ground", "căn cứ xử lý dữ liệu phải là public_task hoặc consent")
	c.must(r.Sensitivity != lifeevents.N3 || r.Ground == lifeevents.ByConsent, "ground", "N3 chỉ được dựa trên sự đồng ý (ground: consent)")
}

var markForm = regexp.MustCompile(`\{[^{}]*\}?|\}`)

// checkTexts: both languages everywhere, known marks, nothing personal outside.
func (c *compiler) checkTexts() {
	f := c.f
	for _, t := range []struct {
		key  string
		text lifeevents.Text
		need bool
	}{
		{"name", f.Name, true}, {"purpose", f.Purpose, true}, {"texts.title", f.Texts.Title, true}, {"texts.before", f.Texts.Before, true},
		{"texts.after", f.Texts.After, false}, {"texts.outside", f.Texts.Outside, c.r.Sensitivity < lifeevents.N3},
		{"texts.late", f.Texts.Late, false}, {"doubt", f.Doubt, false},
	} {
		if t.need || t.text != (lifeevents.Text{}) {
			c.must(t.text.Complete(), t.key, "%s thiếu một trong hai ngôn ngữ", t.key)
		}
		for _, words := range []string{t.text.VI, t.text.EN} {
			c.checkMarks(t.key, words)
		}
	}
	c.must(c.r.Sensitivity != lifeevents.N3 || f.Texts.Outside == lifeevents.Text{}, "texts.outside", "N3 không được có câu cho kênh ngoài")
}

func (c *compiler) checkMarks(key, text string) {
	for _, m := range markForm.FindAllString(text, -1) {
		name := strings.Trim(m, "{}")
		if m != "{"+name+"}" || !slices.Contains(lifeevents.Marks(), name) {
			c.fault(key, "%s có chữ thay %s không dùng được", key, m)
			continue
		}
		fills := strings.HasPrefix(key, "texts.") && key != "texts.outside"
		c.must(fills, key, "%s không được có chữ thay %s", key, m)
		c.must(name != "deadline" || c.f.Deadline != nil, key, "%s dùng {deadline} mà quy tắc không có hạn", key)
		c.must(name != "opens" || c.f.Opens.text != "", key, "%s dùng {opens} mà quy tắc không có opens", key)
	}
}
