package place

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:generate go run ./gen -places ../../../shared/data/places -wheel vietnamadminunits-1.0.4-py3-none-any.whl -out units.tsv.gz

// unitsGz is the table that gen writes; its header lines tell sources and licences.
//
//go:embed units.tsv.gz
var unitsGz []byte

// table is the whole of the embedded data, read once.
type table struct {
	header     []string
	units      map[key]Unit
	provinces  []Unit // today's, by code
	order      []Unit // every unit in file order: the index is built from it
	successors map[key][]Successor
	feeders    map[key][]Unit   // commune or province of today → old units
	children   map[key][]Unit   // in file order, which is by code
	becameOld  map[key][]string // earlier unit → codes of the old communes it had gone into
	former     map[key]string   // old commune → its name before 2023
}

var load = sync.OnceValue(func() *table {
	t, err := readTable(unitsGz)
	if err != nil {
		// The file is part of the binary: a fault in it is a fault of the build, and the
		// tests read every row.
		panic(fmt.Sprintf("place: the embedded table is damaged: %v", err))
	}
	return t
})

func readTable(zipped []byte) (*table, error) {
	in, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil, err
	}
	t := &table{
		units: map[key]Unit{}, successors: map[key][]Successor{}, feeders: map[key][]Unit{},
		children: map[key][]Unit{}, becameOld: map[key][]string{}, former: map[key]string{},
	}
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if text, ok := strings.CutPrefix(line, "# "); ok {
			t.header = append(t.header, text)
			continue
		}
		if err := t.readRow(strings.Split(line, "\t")); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	t.joinOldTree()
	return t, lines.Err()
}

// readRow takes one row; rows stand in the order in which they refer to one another.
func (t *table) readRow(f []string) error {
	f = append(f, "", "", "", "") // trailing empty fields are not written
	switch f[0] {
	case "P":
		t.add(Unit{Code: f[1], Name: f[2], Level: ProvinceLevel, Province: f[1]})
	case "C":
		t.add(Unit{Code: f[1], Name: f[3], Level: CommuneLevel, Parent: f[2], Province: f[2]})
	case "p":
		u := t.add(Unit{Code: f[1], Name: f[2], Level: ProvinceLevel, Old: true, Province: f[1]})
		return t.join(u, ProvinceLevel, f[3])
	case "d":
		u := t.add(Unit{Code: f[1], Name: f[3], Level: DistrictLevel, Old: true, Parent: f[2], Province: f[2], Earlier: f[4] != ""})
		t.becameOld[u.key()] = list(f[4])
	case "c":
		u := t.add(Unit{Code: f[1], Name: f[3], Level: CommuneLevel, Old: true, Parent: f[2], Province: t.units[key{DistrictLevel, true, f[2]}].Province})
		if f[5] != "" {
			t.former[u.key()] = f[5]
		}
		return t.join(u, CommuneLevel, f[4])
	case "e":
		u := t.add(Unit{Code: f[1], Name: f[3], Level: CommuneLevel, Old: true, Earlier: true, Parent: f[2], Province: t.units[key{DistrictLevel, true, f[2]}].Province})
		t.becameOld[u.key()] = list(f[4])
	default:
		return fmt.Errorf("unknown kind of row %q", f[0])
	}
	return nil
}

func (t *table) add(u Unit) Unit {
	t.units[u.key()] = u
	t.order = append(t.order, u)
	switch {
	case u.Level == ProvinceLevel && !u.Old:
		t.provinces = append(t.provinces, u)
	case u.Level == CommuneLevel && u.Old:
		parent := key{DistrictLevel, true, u.Parent}
		t.children[parent] = append(t.children[parent], u)
	case u.Level != ProvinceLevel:
		parent := key{ProvinceLevel, u.Old, u.Parent}
		t.children[parent] = append(t.children[parent], u)
	}
	return u
}

// join reads "00004*,00008*~" behind an old unit.
func (t *table) join(old Unit, level Level, codes string) error {
	for _, c := range list(codes) {
		code := strings.TrimRight(c, "*~?")
		now, ok := t.units[key{level, false, code}]
		if !ok {
			return fmt.Errorf("%s goes into the unknown unit %q", old.Name, code)
		}
		marks := c[len(code):]
		t.successors[old.key()] = append(t.successors[old.key()], Successor{
			Unit: now, Partial: strings.Contains(marks, "*"),
			Remainder: strings.Contains(marks, "~"), Unconfirmed: strings.Contains(marks, "?"),
		})
		t.feeders[now.key()] = append(t.feeders[now.key()], old)
	}
	return nil
}

// joinOldTree lets units gone before 2025 and districts follow what they consisted of.
func (t *table) joinOldTree() {
	for _, u := range t.order {
		if u.Level != CommuneLevel || !u.Earlier {
			continue
		}
		var all []Successor
		for _, code := range t.becameOld[u.key()] {
			all = append(all, t.successors[key{CommuneLevel, true, code}]...)
		}
		t.successors[u.key()] = merge(all, true)
	}
	for _, u := range t.order {
		if u.Level == DistrictLevel {
			t.successors[u.key()] = t.ofDistrict(u)
		}
	}
}

// ofDistrict unites the successors of a district's communes. None is marked partial: the
// list answers "which communes lie there now", not "which one is mine".
func (t *table) ofDistrict(u Unit) []Successor {
	var all []Successor
	for _, m := range t.children[u.key()] {
		all = append(all, t.successors[m.key()]...)
	}
	for _, code := range t.becameOld[u.key()] {
		all = append(all, t.successors[key{CommuneLevel, true, code}]...)
	}
	return merge(all, false)
}

// merge drops doubles and sorts by code. With split, several successors mean that each
// holds a part.
func merge(all []Successor, split bool) []Successor {
	slices.SortStableFunc(all, func(a, b Successor) int { return strings.Compare(a.Unit.Code, b.Unit.Code) })
	all = slices.CompactFunc(all, func(a, b Successor) bool { return a.Unit.Code == b.Unit.Code })
	for i := range all {
		all[i].Remainder = false
		all[i].Partial = all[i].Partial && split || split && len(all) > 1
	}
	return all
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
