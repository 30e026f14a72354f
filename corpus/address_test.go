package corpus

import "testing"

func TestAnAddressIsReadAsPeopleWriteIt(t *testing.T) {
	for in, want := range map[string]Provision{
		"điểm a khoản 1 Điều 15 60/2014/QH13": {Instrument: "60/2014/QH13", Article: "15", Clause: "1", Point: "a"},
		"Điều 21 26/2023/QH15":                {Instrument: "26/2023/QH15", Article: "21"},
		"Phụ lục I 135/2020/NĐ-CP":            {Instrument: "135/2020/NĐ-CP", Annex: "I"},
		"63/2024/NĐ-CP":                       {Instrument: "63/2024/NĐ-CP"},
	} {
		if got, err := ParseAddress(in); err != nil || got != want {
			t.Errorf("ParseAddress(%q) = %+v, %v; want %+v", in, got, err, want)
		}
	}
	for _, bad := range []string{"", "Điều 15", "khoản 1 60/2014/QH13", "Điều 60/2014/QH13", "mục 1 Điều 2 60/2014/QH13", "Điều 1 Điều 2 60/2014/QH13"} {
		if got, err := ParseAddress(bad); err == nil {
			t.Errorf("ParseAddress(%q) = %+v; want an error", bad, got)
		}
	}
}
