package rules

import (
	"fmt"
	"strings"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/lifeevents"
)

// Explain says in Vietnamese what a rule does: when, to whom, why, by which law.
func Explain(r *lifeevents.Rule) string {
	var b strings.Builder
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %-16s%s\n", label+":", text)
		}
	}
	fmt.Fprintf(&b, "%s (phiên bản %d) · %s\n", r.ID, r.Version, r.Name.VI)
	if r.Disabled != "" {
		line("ĐANG TẮT", r.Disabled)
	}
	line("Khi", r.Trigger.Says.VI+"   ["+r.Trigger.Words+"]")
	legal := strings.NewReplacer("ngày pháp lý", legalWord(r), "ngày phát sinh", "ngày sự kiện")
	line("Nhắc", legal.Replace(steps(r)))
	line("Chỉ khi", legal.Replace(conditions(r.When)))
	line("Trừ khi", legal.Replace(conditions(r.Unless)))
	line("Ngừng khi", legal.Replace(conditions(r.Stop)))
	line("Báo cho", recipients(r))
	if r.Deadline != nil {
		line("Hạn", legal.Replace(r.Deadline.Says.VI))
		line("Quá hạn", r.Texts.Late.VI)
	}
	line("Thủ tục", strings.Join(r.Procedures, ", "))
	line("Căn cứ", basis(r))
	line("Nguồn dữ liệu", registers(r))
	line("Nhóm", r.Topic.Name().VI)
	line("Nhạy cảm", fmt.Sprintf("%s; mức chủ động %d; %s", r.Sensitivity, r.Level,
		map[lifeevents.Ground]string{lifeevents.PublicTask: "nhiệm vụ của cơ quan nhà nước", lifeevents.ByConsent: "chỉ khi người dân đồng ý"}[r.Ground]))
	line("Mục đích", r.Purpose.VI+"; lưu "+r.Keep.VN())
	line("Hiệu lực", validity(r))
	line("Tin cậy", fmt.Sprintf("%s, kiểm ngày %s, nguồn: %s", sureness[r.Confidence], r.VerifiedOn.VN(), r.Source))
	line("Chưa chắc", r.Doubt.VI)
	line("Kéo theo", strings.Join(r.LeadsTo, ", "))
	line("Nhường", strings.Join(r.YieldsTo, ", "))
	if r.Mourning.N > 0 {
		line("Để tang", "các nhắc khác cho người thân lùi "+r.Mourning.VN())
	}
	line("Tệp", r.File)
	return b.String()
}

var sureness = map[corpus.Confidence]string{corpus.High: "cao", corpus.Medium: "trung bình", corpus.Low: "thấp"}

// legalWord is what the legal day is for this rule.
func legalWord(r *lifeevents.Rule) string {
	at, _, _ := strings.Cut(r.Trigger.Words, " ")
	moved := strings.ContainsAny(r.Trigger.Words, "+@")
	switch {
	case at == "retirement":
		return "ngày nghỉ hưu"
	case at == "born" && moved:
		return "ngày đủ tuổi"
	case at == "event" && !moved:
		return "ngày sự kiện"
	case at == "fact" && !moved && strings.HasSuffix(r.Trigger.Words, "until"):
		return "ngày hết hạn"
	case at == "every", at == "day", at == "monthly":
		return "ngày đó"
	}
	return "ngày đến hạn xét"
}

func steps(r *lifeevents.Rule) string {
	var out []string
	for _, s := range r.Ladder {
		out = append(out, s.Says.VI)
	}
	return strings.Join(out, "; ")
}

func conditions(list []lifeevents.Condition) string {
	var out []string
	for _, c := range list {
		out = append(out, c.Says.VI)
	}
	return strings.Join(out, "; ")
}

func recipients(r *lifeevents.Rule) string {
	var out []string
	for _, to := range r.Recipients {
		out = append(out, to.Name().VI)
	}
	return strings.Join(out, "; ")
}

func basis(r *lifeevents.Rule) string {
	var out []string
	for _, p := range r.Basis {
		out = append(out, p.String())
	}
	return strings.Join(out, "; ")
}

func registers(r *lifeevents.Rule) string {
	var out []string
	for _, s := range r.Register {
		out = append(out, s.Name().VI)
	}
	return strings.Join(out, "; ")
}

func validity(r *lifeevents.Rule) string {
	text := "từ " + r.Validity.From.VN()
	if !r.Validity.Until.IsZero() {
		text += " đến trước " + r.Validity.Until.VN()
	}
	return text
}
