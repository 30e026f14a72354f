package parse

import (
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// ending is what became of a portal code that is no longer applied.
type ending struct {
	until civil.Date // first day it no longer holds
	by    string     // the code that took its place; "" not known
	why   string     // the decision, as told to people
}

// portalEndings lists codes that decisions published after the portal was read have
// ended. Sources: decisions QĐ 5230/QĐ-BCA-C06 (18/8/2026) on identity cards, Decree
// 301/2026 and QĐ 1868/QĐ-BTP on the joined procedures; as told by the fact sheet of
// 21/11/2026, second-hand, to be checked against the annexes.
var portalEndings = map[string]ending{
	"1.014061": {civil.New(2026, 8, 18), "1.116410", "Quyết định 5230/QĐ-BCA-C06"},
	"1.014062": {civil.New(2026, 8, 18), "1.116410", "Quyết định 5230/QĐ-BCA-C06"},
	"1.014063": {civil.New(2026, 8, 18), "1.116410", "Quyết định 5230/QĐ-BCA-C06"},
	"1.014064": {civil.New(2026, 8, 18), "1.116410", "Quyết định 5230/QĐ-BCA-C06"},
	"2.000200": {civil.New(2026, 8, 18), "1.116410", "Quyết định 5230/QĐ-BCA-C06"},
	"2.001194": {civil.New(2026, 8, 18), "1.116410", "Quyết định 5230/QĐ-BCA-C06"},
	"2.001195": {civil.New(2026, 8, 18), "1.116410", "Quyết định 5230/QĐ-BCA-C06"},
	"1.001247": {civil.New(2026, 8, 18), "1.116410", "Quyết định 5230/QĐ-BCA-C06"},
	"2.000986": {civil.New(2026, 9, 1), "3.000722", "Nghị định 301/2026/NĐ-CP"},
	"2.002622": {civil.New(2026, 9, 1), "2.002913", "Nghị định 301/2026/NĐ-CP"},
	"1.011606": {civil.New(2027, 1, 1), "1.116214", "thủ tục mới về hộ nghèo, cận nghèo"},
	"1.011607": {civil.New(2027, 1, 1), "1.116214", "thủ tục mới về hộ nghèo, cận nghèo"},
	"1.011608": {civil.New(2027, 1, 1), "1.116215", "thủ tục mới về hộ nghèo, cận nghèo"},
	"3.000412": {civil.New(2027, 1, 1), "1.116215", "thủ tục mới về hộ nghèo, cận nghèo"},
}

// ending closes a record whose code was ended after the portal was read.
func (r *portalReader) ending() {
	e, ended := portalEndings[r.out.Code]
	if !ended {
		return
	}
	r.out.Prov.Validity.Until, r.out.Superseded = e.until, e.by
	r.out.Flags = append(r.out.Flags, corpus.Flag{
		Field: "code", Why: "thủ tục không còn áp dụng từ " + e.until.VN() + " theo " + e.why + ", thay bằng " + e.by,
	})
}
