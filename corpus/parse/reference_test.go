package parse

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
)

// keys lists the places of all mentions, "|" between mentions.
func keys(ms []Mention) string {
	var parts []string
	for _, m := range ms {
		var ks []string
		for _, p := range m.Provisions {
			ks = append(ks, p.Key())
		}
		s := strings.Join(ks, " ")
		if m.Partial != "" {
			s += "~" + m.Partial
		}
		parts = append(parts, strings.TrimSpace(s))
	}
	return strings.Join(parts, " | ")
}

func lawNames() *Names {
	n := &Names{laws: map[string][]namedLaw{}}
	n.Add("Luật Hộ tịch", "60/2014/QH13", corpus.Validity{From: day("2016-01-01")})
	n.Add("Luật Cư trú", "81/2006/QH11", corpus.Validity{From: day("2007-07-01"), Until: day("2021-07-01")})
	n.Add("Luật Cư trú", "68/2020/QH14", corpus.Validity{From: day("2021-07-01")})
	n.Add("Luật Bảo hiểm xã hội", "41/2024/QH15", corpus.Validity{From: day("2025-07-01")})
	n.Add("Luật Bảo hiểm y tế", "25/2008/QH12", corpus.Validity{From: day("2009-07-01")})
	n.Add("Luật Phòng, chống ma túy", "73/2021/QH14", corpus.Validity{From: day("2022-01-01")})
	return n
}

func TestReferencesNamePlacesDownToThePoint(t *testing.T) {
	in := corpus.Provision{Instrument: "1/2020/NĐ-CP", Article: "9", Clause: "3", Point: "b"}
	for _, c := range []struct{ text, want string }{
		{"khoản 2 Điều 15 Luật Hộ tịch", "60/2014/qh13#15#2"},
		{"điểm a, b khoản 1 Điều 3 Nghị định số 123/2015/NĐ-CP", "123/2015/nđ-cp#3#1#a 123/2015/nđ-cp#3#1#b"},
		{"các điểm a, b và đ khoản 1 Điều 3 của Nghị định này", "1/2020/nđ-cp#3#1#a 1/2020/nđ-cp#3#1#b 1/2020/nđ-cp#3#1#đ"},
		{"Điều 5, 6 và 7", "1/2020/nđ-cp#5 1/2020/nđ-cp#6 1/2020/nđ-cp#7"},
		{"từ Điều 5 đến Điều 8 Thông tư 01/2019/TT-BTP", "01/2019/tt-btp#5 01/2019/tt-btp#6 01/2019/tt-btp#7 01/2019/tt-btp#8"},
		{"Nghị định 63 năm 2024", "63/2024/nđ-cp"},
		{"Nghị định 63/2024", "63/2024/nđ-cp"},
		{"nđ 63/2024", "63/2024/nđ-cp"},
		{"Luật số 60/2014/QH13", "60/2014/qh13"},
		{"luật 60/2014", "60/2014/qh13"},
		{"Luật 28/2016", "~28/2016/QH"},
		{"Thông tư 01/2019 quy định", "~01/2019/TT-"},
		{"Phụ lục II ban hành kèm theo Thông tư này", "1/2020/nđ-cp#pl:ii"},
		{"Điều này", "1/2020/nđ-cp#9"},
		{"khoản 1 Điều này", "1/2020/nđ-cp#9#1"},
		{"khoản 1 và khoản 2 Điều này", "1/2020/nđ-cp#9#1 1/2020/nđ-cp#9#2"},
		{"điểm a khoản này", "1/2020/nđ-cp#9#3#a"},
		{"điểm a khoản 1 và điểm c khoản 2 Điều 4 Luật Hộ tịch", "60/2014/qh13#4#1#a 60/2014/qh13#4#2#c"},
		{"điểm a và điểm b khoản 1 Điều 4", "1/2020/nđ-cp#4#1#a 1/2020/nđ-cp#4#1#b"},
		{"khoản 1 Điều 3, khoản 2 Điều 5 và Điều 7 Luật Cư trú", "68/2020/qh14#3#1 68/2020/qh14#5#2 68/2020/qh14#7"},
		{"Luật Cư trú năm 2006", "81/2006/qh11"},
		{"Luật Cư trú 2020", "68/2020/qh14"},
		{"dieu 15 luat ho tich", "60/2014/qh13#15"},
		{"điều 10 luật phòng chống ma túy", "73/2021/qh14#10"},
		{"ĐIỀU 10 LUẬT PHÒNG, CHỐNG MA TÚY", "73/2021/qh14#10"},
		{"Điều 12a Luật Hôn nhân và gia đình số 52/2014/QH13", "52/2014/qh13#12a"},
		{"Thông tư liên tịch số 02/2018/TTLT-BCA-VKSNDTC-TANDTC-BQP", "02/2018/ttlt-bca-vksndtc-tandtc-bqp"},
		{"theo 123/2015/nđ-cp.", "123/2015/nđ-cp"},
		{"Nghị quyết số 24/2008/QH12 và Luật số 24/2008/QH12", "24/2008/nq-qh12 | 24/2008/qh12"},
		{"Luật Bảo hiểm xã hội, Luật Bảo hiểm y tế", "41/2024/qh15 | 25/2008/qh12"},
		{"Điều 5, 6 tháng sau", "1/2020/nđ-cp#5"},
		{"nộp 2 khoản 300.000 đồng; điểm cao; khoản tiền; điều kiện; một số điều của", ""},
		{"Điều 35 Hiến pháp", "hiếnpháp2013#35"},
	} {
		t.Run(c.text, func(t *testing.T) {
			ms := Reader{In: in, Names: lawNames()}.References(c.text)
			if d := cmp.Diff(c.want, keys(ms)); d != "" {
				t.Errorf("%s", d)
			}
			for _, m := range ms {
				if c.text[m.Start:m.End] != m.Raw || strings.TrimSpace(m.Raw) != m.Raw {
					t.Errorf("raw %q is not its span", m.Raw)
				}
			}
		})
	}
}

func TestTheDayChoosesAmongLawsOfOneName(t *testing.T) {
	r := Reader{Names: lawNames(), On: day("2020-05-01")}
	if got := keys(r.References("Điều 20 Luật Cư trú")); got != "81/2006/qh11#20" {
		t.Error(got)
	}
	r.On = day("2022-05-01")
	if got := keys(r.References("Điều 20 Luật Cư trú")); got != "68/2020/qh14#20" {
		t.Error(got)
	}
}

func TestOffsetsAreBytesOfTheText(t *testing.T) {
	text := "Người được quy định tại khoản 2 Điều 15 Luật số 60/2014/QH13 thì…"
	ms := References(text, corpus.Provision{})
	if len(ms) != 1 || text[ms[0].Start:ms[0].End] != "khoản 2 Điều 15 Luật số 60/2014/QH13" {
		t.Errorf("%+v", ms)
	}
}

func TestNumbersGetTheirOfficialForm(t *testing.T) {
	for in, want := range map[string]string{
		"60/2014/qh13": "60/2014/QH13", "123/2015/NÐ-CP": "123/2015/NĐ-CP", "12/2012/qđ-ttg": "12/2012/QĐ-TTg", "7/2020/TT-BNV": "07/2020/TT-BNV",
		"02 /2018/TTLT-BCA- BQP": "02/2018/TTLT-BCA-BQP", "số 01/2019/TT–BTP": "01/2019/TT-BTP", "": "", "Không số": "", "22/2021/QD-TTg": "22/2021/QĐ-TTg",
		"10/2019/TT-BGDÐT.": "10/2019/TT-BGDĐT",
	} {
		if got := CanonicalNumber(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func FuzzReferences(f *testing.F) {
	for _, s := range []string{"khoản 2 Điều 15 Luật Hộ tịch", "các điểm a, b và đ khoản 1 đến 900 Điều 3 của Nghị định này", "Phụ lục I.1-A ", "Luật số 60/2014/QH13 năm",
		"Điều", "khoản này Điều này điểm này", "nđ 63/", "điểm a đến z khoản 1"} {
		f.Add(s)
	}
	names := lawNames()
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, m := range (Reader{In: corpus.Provision{Instrument: "1/2020/NĐ-CP", Article: "9"}, Names: names}).References(text) {
			if m.Start < last || m.End <= m.Start || m.End > len(text) || text[m.Start:m.End] != m.Raw {
				t.Fatalf("span %d-%d of %q", m.Start, m.End, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(m.Raw) {
				t.Fatalf("span %d-%d cuts a letter of %q", m.Start, m.End, text)
			}
			last = m.End
			if len(m.Provisions) == 0 {
				t.Fatal("names nothing")
			}
		}
	})
}
