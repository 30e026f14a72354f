package corpus

import "strings"

// InstrumentType is the form of a legal document.
type InstrumentType string

// The forms met in the corpus; Other for anything else.
const (
	Constitution InstrumentType = "constitution"
	Code         InstrumentType = "code"
	Law          InstrumentType = "law"
	Ordinance    InstrumentType = "ordinance"
	Resolution   InstrumentType = "resolution"
	Decree       InstrumentType = "decree"
	Decision     InstrumentType = "decision"
	Circular     InstrumentType = "circular"
	JointCirc    InstrumentType = "joint_circular"
	Directive    InstrumentType = "directive"
	Order        InstrumentType = "order"
	Other        InstrumentType = "other"
)

var typeNames = map[InstrumentType]string{
	Constitution: "Hiến pháp", Code: "Bộ luật", Law: "Luật", Ordinance: "Pháp lệnh", Resolution: "Nghị quyết",
	Decree: "Nghị định", Decision: "Quyết định", Circular: "Thông tư", JointCirc: "Thông tư liên tịch",
	Directive: "Chỉ thị", Order: "Lệnh", Other: "",
}

// Vietnamese is the name in front of the number: "Luật", "Nghị định"; empty for Other.
func (t InstrumentType) Vietnamese() string { return typeNames[t] }

// TypeNamed finds the type whose Vietnamese name is name (any case); Other if none.
func TypeNamed(name string) InstrumentType {
	for t, n := range typeNames {
		if n != "" && strings.EqualFold(n, strings.TrimSpace(name)) {
			return t
		}
	}
	return Other
}

// codes lists Bộ luật by number; the number alone does not tell them from Luật.
var codes = map[string]bool{
	"91/2015/qh13": true, "33/2005/qh11": true, "45/2019/qh14": true, "10/2012/qh13": true, "100/2015/qh13": true,
	"101/2015/qh13": true, "92/2015/qh13": true, "95/2015/qh13": true, "40/2005/qh11": true, "24/2004/qh11": true,
	"15/1999/qh10": true, "19/2003/qh11": true,
}

// TypeOfNumber reads the form from an official number: "60/2014/QH13" is a Law,
// "123/2015/NĐ-CP" a Decree. A number with QH does not say law or resolution:
// "103/2023/NQ15" forms and "…/NQ-…" are Resolution, other QH numbers Law or Code.
func TypeOfNumber(number string) InstrumentType {
	n := NumberKey(number)
	has := func(s string) bool { return strings.Contains(n, s) }
	switch {
	case codes[n]:
		return Code
	case has("/ttlt"):
		return JointCirc
	case has("/tt-") || strings.HasSuffix(n, "/tt"):
		return Circular
	case has("/nđ-") || has("/nđcp") || has("-nđ-cp"):
		return Decree
	case has("/nq"):
		return Resolution
	case has("/qđ"):
		return Decision
	case has("/ct-"):
		return Directive
	case has("/pl-") || has("/ubtvqh"):
		return Ordinance
	case has("/qh"):
		return Law
	}
	return Other
}
