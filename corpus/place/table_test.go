package place

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

func TestThereAre34ProvincesAnd3321Communes(t *testing.T) {
	if n := len(Provinces()); n != 34 {
		t.Errorf("%d provinces", n)
	}
	if n := len(All(CommuneLevel, false)); n != 3321 {
		t.Errorf("%d communes", n)
	}
	sum := 0
	for _, p := range Provinces() {
		sum += len(Within(p))
	}
	if sum != 3321 {
		t.Errorf("the provinces hold %d communes", sum)
	}
}

func TestEveryOldUnitIsAccountedFor(t *testing.T) {
	mapped, june, earlier := 0, 0, 0
	for _, u := range All(CommuneLevel, true) {
		now := Today(u)
		switch {
		case u.Earlier:
			earlier++
			if len(now) == 0 && !strings.Contains(strings.Join(About(), "\n"), "lost: "+u.Code) {
				t.Errorf("%s is neither mapped nor listed as lost", Path(u))
			}
			continue
		case len(now) > 0:
			mapped++
		default:
			t.Errorf("%s has no successor", Path(u))
		}
		june++
	}
	t.Logf("June 2025: %d units, %d mapped (%.2f%%); %d gone earlier", june, mapped, 100*float64(mapped)/float64(june), earlier)
	if june != 10035 || float64(mapped) < 0.995*float64(june) {
		t.Errorf("mapped %d of %d", mapped, june)
	}
	if n := len(All(ProvinceLevel, true)); n != 63 {
		t.Errorf("%d old provinces", n)
	}
	for _, l := range []Level{ProvinceLevel, DistrictLevel} {
		for _, u := range All(l, true) {
			if len(Today(u)) == 0 {
				t.Errorf("%s has no successor", Path(u))
			}
		}
	}
}

func TestEveryUnitOfTodayIsMadeFromOldOnes(t *testing.T) {
	for _, p := range Provinces() {
		if len(Before(p)) == 0 {
			t.Errorf("%s is made from nothing", p.Name)
		}
		for _, c := range Within(p) {
			if len(Before(c)) == 0 {
				t.Errorf("%s is made from nothing", Path(c))
			}
		}
	}
}

func TestSuccessorsLieInTheProvinceThatTookTheOldOne(t *testing.T) {
	for _, u := range All(CommuneLevel, true) {
		p, _ := Old(ProvinceLevel, u.Province)
		for _, s := range Today(u) {
			if want := Today(p)[0].Unit.Code; s.Unit.Province != want {
				t.Errorf("%s → %s lies in province %s, not %s", Path(u), Path(s.Unit), s.Unit.Province, want)
			}
		}
	}
}

func TestAPartialTransferIsMarkedOnEveryPart(t *testing.T) {
	for _, u := range All(CommuneLevel, true) {
		now := Today(u)
		for _, s := range now {
			if s.Partial != (len(now) > 1) {
				t.Errorf("%s → %s: partial %v among %d", Path(u), s.Unit.Name, s.Partial, len(now))
			}
		}
	}
}

func TestKnownMergers(t *testing.T) {
	for _, c := range []struct {
		level     Level
		code, why string
		want      []string
	}{
		{CommuneLevel, "26740", "renamed: Bến Nghé", []string{"Phường Sài Gòn"}},
		{CommuneLevel, "00019", "Điện Biên of Ba Đình went four ways", []string{"Phường Ba Đình", "Phường Hoàn Kiếm", "Phường Ô Chợ Dừa", "Phường Văn Miếu - Quốc Tử Giám"}},
		{CommuneLevel, "25462", "the press list writes it Phường IV", []string{"Phường Tân Ninh"}},
		{CommuneLevel, "10798", "one of three Hòa Bình in the province", []string{"Xã Kim Thành", "Xã Hà Nam"}},
		{DistrictLevel, "755", "an island district without communes", []string{"Đặc khu Côn Đảo"}},
		{ProvinceLevel, "17", "Hòa Bình", []string{"Tỉnh Phú Thọ"}},
		{ProvinceLevel, "01", "unchanged", []string{"Thành phố Hà Nội"}},
	} {
		u, ok := Old(c.level, c.code)
		if !ok {
			t.Errorf("%s: no old unit %s", c.why, c.code)
			continue
		}
		var got []string
		for _, s := range Today(u) {
			got = append(got, s.Unit.Name)
		}
		if !sameSet(got, c.want) {
			t.Errorf("%s: %s → %q, want %q", c.why, Path(u), got, c.want)
		}
	}
}

func sameSet(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	have := map[string]bool{}
	for _, s := range a {
		have[Fold(s)] = true
	}
	for _, s := range b {
		if !have[Fold(s)] {
			return false
		}
	}
	return true
}

func TestNamesAreInOneSpelling(t *testing.T) {
	for _, u := range load().units {
		if u.Name != Normal(u.Name) || u.Kind() == "" || u.Bare() == "" {
			t.Errorf("%s %q", u.Code, u.Name)
		}
	}
}

func TestTheEmbeddedTableStaysSmallAndNamesItsSources(t *testing.T) {
	if len(unitsGz) > 600<<10 {
		t.Errorf("%d bytes", len(unitsGz))
	}
	about := strings.Join(About(), "\n")
	for _, want := range []string{"MIT", "2026-07-25", "coverage="} {
		if !strings.Contains(about, want) {
			t.Errorf("the header lacks %q", want)
		}
	}
}

func TestADamagedTableIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"unknown row":       "Z\t1\n",
		"dangling province": "p\t02\tTỉnh X\t99\n",
		"dangling commune":  "P\t01\tTỉnh A\np\t01\tTỉnh A\t01\nd\t001\t01\tHuyện B\nc\t00001\t001\tXã C\t99999*\n",
	} {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := readTable(b.Bytes()); err == nil {
			t.Errorf("%s passes", name)
		}
		if _, err := readTable(b.Bytes()[:b.Len()-6]); err == nil {
			t.Errorf("%s, cut short, passes", name)
		}
	}
}
