package starter

import (
	"strings"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// feesOn lists the sums in đồng asked for one case and channel on a day; free is 0.
func feesOn(p corpus.Procedure, kase string, channel corpus.Channel, on civil.Date) []int64 {
	var out []int64
	for _, f := range p.Fees {
		if f.Case == kase && f.Channel == channel && p.ProvOf(f.Prov).Validity.Holds(on) && (f.Free || f.VND > 0) {
			out = append(out, f.VND)
		}
	}
	return out
}

// The values were read by hand from the official record or the statute named.
func TestSumsMatchWhatWasReadByHand(t *testing.T) {
	set := load(t)
	today, next := civil.New(2026, 11, 21), civil.New(2027, 1, 1)
	cases := []struct {
		id, kase string
		channel  corpus.Channel
		on       civil.Date
		want     int64
	}{
		{"1.001193", "Đăng ký đúng hạn (trong 60 ngày) và đa số trường hợp", "", today, 0},
		{"1.001193", "Xin thêm bản sao Giấy khai sinh", "", today, 8000},
		{"1.004222", "", corpus.InPerson, today, 20000},
		{"1.004222", "", corpus.Online, today, 10000},
		{"1.004194", "Cá nhân, hộ gia đình", corpus.Online, today, 7000},
		{"1.004194", "Cá nhân, hộ gia đình", corpus.InPerson, today, 15000},
		{"1.010038", "", corpus.InPerson, today, 10000},
		{"1.010038", "", corpus.Online, today, 5000},
		{"1.116410", "Đổi thẻ căn cước (đến tuổi, sai thông tin, theo yêu cầu)", "", today, 25000},
		{"1.116410", "Đổi thẻ căn cước (đến tuổi, sai thông tin, theo yêu cầu)", "", next, 50000},
		{"1.116410", "Cấp lại do mất, hỏng", "", today, 35000},
		{"1.116410", "Cấp lại do mất, hỏng", "", next, 70000},
		{"1.116410", "Đổi từ căn cước công dân sang căn cước", "", today, 15000},
		{"1.001456", "", corpus.InPerson, today, 200000},
		{"1.001456", "Cấp lại do hỏng hoặc mất", corpus.InPerson, today, 400000},
		{"3.000347", "", "", today, 135000},
		{"3.000347", "", corpus.Online, civil.New(2025, 12, 31), 115000},
		{"2.001263", "", "", today, 400000},
		{"2.000884", "", "", today, 10000},
		{"3.000333", "", "", today, 200000},
		{"1.001939", "Người thứ nhất", "", today, 113850},
		{"2.001583", "Lệ phí đăng ký", corpus.InPerson, today, 25000},
		{"2.001583", "Lệ phí đăng ký", corpus.InPerson, next, 50000},
		{"1.005103", "Ô tô", "", today, -1}, // no such case: nothing is found
	}
	for _, c := range cases {
		p, ok := set.Procedure(c.id)
		if !ok {
			t.Errorf("%s is missing", c.id)
			continue
		}
		got := feesOn(p, c.kase, c.channel, c.on)
		if c.want < 0 {
			if len(got) != 0 {
				t.Errorf("%s %q: %v", c.id, c.kase, got)
			}
			continue
		}
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s %q %s on %s: %v, want %d", c.id, c.kase, c.channel, c.on, got, c.want)
		}
	}
}

func TestNoSumIsTwoSumsOnOneDay(t *testing.T) {
	for _, p := range load(t).Procedures {
		for _, day := range []civil.Date{civil.New(2026, 11, 21), civil.New(2027, 1, 1), civil.New(2027, 3, 1)} {
			seen := map[string]int64{}
			for _, f := range p.Fees {
				if f.VND == 0 || !p.ProvOf(f.Prov).Validity.Holds(day) {
					continue
				}
				key := f.Case + "|" + string(f.Channel) + "|" + f.Kind
				if old, dup := seen[key]; dup && old != f.VND {
					t.Errorf("%s on %s: %q costs %d and %d", p.ID, day, key, old, f.VND)
				}
				seen[key] = f.VND
			}
		}
	}
}

// The reduced online sums ended on 31 December 2025 and nobody verified what 2026 brought.
func TestOnlineReductionThatEndedIsNotToldAsCertainToday(t *testing.T) {
	set := load(t)
	for id, reduced := range map[string]int64{"1.001456": 180000, "3.000347": 115000, "3.000348": 115000, "3.000353": 115000} {
		p, _ := set.Procedure(id)
		if got := feesOn(p, "", corpus.Online, civil.New(2025, 12, 31)); len(got) != 1 || got[0] != reduced {
			t.Errorf("%s: online sum at the end of 2025 %v, want %d", id, got, reduced)
		}
		for _, f := range p.Fees {
			own := p.ProvOf(f.Prov)
			if f.Channel == corpus.Online && own.Validity.Holds(civil.New(2026, 11, 21)) && (own.Confidence != corpus.Low || f.VND <= reduced) {
				t.Errorf("%s: %d đồng online today, confidence %s", id, f.VND, own.Confidence)
			}
		}
	}
}

func TestTimesAndDeadlinesMatchWhatWasReadByHand(t *testing.T) {
	set := load(t)
	for _, c := range []struct {
		id    string
		count float64
		unit  corpus.TimeUnit
	}{
		{"1.001193", 1, corpus.Days},
		{"1.004873", 3, corpus.Workdays},
		{"1.004222", 7, corpus.Workdays},
		{"1.004194", 3, corpus.Workdays},
		{"1.116410", 7, corpus.Workdays},
		{"1.001456", 8, corpus.Workdays},
		{"1.001471", 5, corpus.Workdays},
		{"1.012784", 12, corpus.Workdays},
		{"1.001612", 3, corpus.Workdays},
		{"1.013225", 7, corpus.Workdays},
	} {
		p, _ := set.Procedure(c.id)
		if len(p.Times) == 0 || p.Times[0].Count != c.count || p.Times[0].Unit != c.unit {
			t.Errorf("%s: first time limit %+v, want %v %s", c.id, p.Times, c.count, c.unit)
		}
	}
	for _, c := range []struct {
		id    string
		count int
		unit  corpus.TimeUnit
	}{
		{"1.001193", 60, corpus.Days},
		{"1.000656", 15, corpus.Days},
		{"1.004222", 12, corpus.Months},
		{"1.004194", 30, corpus.Days},
		{"1.002755", -15, corpus.Days},
		{"1.010386", 2, corpus.Workdays},
		{"1.013831", 30, corpus.Days},
		{"1.001978", 3, corpus.Months},
		{"2.000720", 10, corpus.Days},
	} {
		p, _ := set.Procedure(c.id)
		if len(p.Deadline) == 0 || p.Deadline[0].Count != c.count || p.Deadline[0].Unit != c.unit || p.Deadline[0].Late == "" {
			t.Errorf("%s: deadlines %+v, want %d %s and what happens if late", c.id, p.Deadline, c.count, c.unit)
		}
	}
}

func TestRecordsEndWhereTheirLawEnds(t *testing.T) {
	set := load(t)
	birth, _ := set.Procedure("1.001193")
	if !birth.InForce(civil.New(2027, 2, 28)) || birth.InForce(civil.New(2027, 3, 1)) {
		t.Errorf("birth registration holds on %+v, but the law of 2014 ends on 1 March 2027", birth.Prov.Validity)
	}
	for number, days := range map[string][2]civil.Date{
		"60/2014/QH13":   {civil.New(2016, 1, 1), civil.New(2027, 3, 1)},
		"120/2025/NĐ-CP": {civil.New(2025, 7, 1), civil.New(2027, 3, 1)},
		"64/2025/TT-BTC": {civil.New(2025, 7, 1), civil.New(2027, 1, 1)},
	} {
		in, ok := set.Instrument(number)
		if want := (corpus.Validity{From: days[0], Until: days[1]}); !ok || in.Validity != want {
			t.Errorf("%s: %+v, want %+v", number, in.Validity, want)
		}
	}
}

func TestWhoMustComeInPersonIsNotToldToSendSomebody(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	inPerson := map[string]bool{"1.000894": true, "2.000806": true, "1.004746": true, "1.001022": true, "1.000689": true}
	for _, p := range set.Procedures {
		sends := false
		for _, d := range p.Dossier {
			sends = sends || d.Case == "Nhờ người khác đi làm thay" || strings.Contains(d.Name, "ủy quyền")
		}
		if inPerson[p.ID] && sends {
			t.Errorf("%s: both sides must come, yet an authorisation is listed", p.ID)
		}
		if p.ID == "1.001193" && !sends {
			t.Errorf("%s: an authorisation is no longer listed", p.ID)
		}
	}
}
