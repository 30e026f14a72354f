package place

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

//go:generate go run ./gen -places ../../../shared/data/places -wheel vietnamadminunits-1.0.4-py3-none-any.whl -out units.tsv.gz

// unitsGz is the table that gen writes; its header lines tell sources and licences.
//
//go:embed units.tsv.gz
var unitsGz []byte

// table is the whole of the embedded data, read once. Units are known by their place in
// the file; the file is in order of code within each kind.
type table struct {
	header   []string
	units    []Unit
	at       map[key]int32
	links    [][]link  // by old unit: what it is today
	feeders  [][]int32 // by unit of today: the old units it was made from
	children [][]int32 // by unit: those directly below it, in its own time
	became   map[int32]string
	former   map[int32]string // old commune → its name before 2023
}

// link leads from an old unit to one of today, with the marks behind its code.
type link struct {
	to    int32
	marks string
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
	whole, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	text := string(whole) // every name below is a piece of this one string
	rows := strings.Count(text, "\n")
	t := &table{
		units: make([]Unit, 0, rows), at: make(map[key]int32, rows), links: make([][]link, rows),
		feeders: make([][]int32, rows), children: make([][]int32, rows),
		became: map[int32]string{}, former: map[int32]string{},
	}
	for n := 1; text != ""; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if note, ok := strings.CutPrefix(line, "# "); ok {
			t.header = append(t.header, note)
			continue
		}
		if err := t.readRow(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	t.joinOldTree()
	return t, nil
}

// readRow takes one row; rows stand in the order in which they refer to one another.
func (t *table) readRow(line string) error {
	var f [6]string // trailing empty fields are not written
	for i := range f {
		f[i], line, _ = strings.Cut(line, "\t")
	}
	switch f[0] {
	case "P":
		t.add(Unit{Code: f[1], Name: f[2], Level: ProvinceLevel, Province: f[1]})
	case "C":
		t.add(Unit{Code: f[1], Name: f[3], Level: CommuneLevel, Parent: f[2], Province: f[2]})
	case "p":
		return t.join(t.add(Unit{Code: f[1], Name: f[2], Level: ProvinceLevel, Old: true, Province: f[1]}), f[3])
	case "d":
		i := t.add(Unit{Code: f[1], Name: f[3], Level: DistrictLevel, Old: true, Parent: f[2], Province: f[2], Earlier: f[4] != ""})
		if f[4] != "" {
			t.became[i] = f[4]
		}
	case "c":
		if f[1] == f[2] { // an island district that had no communes
			return t.join(t.at[key{DistrictLevel, true, f[1]}], f[4])
		}
		i := t.add(t.oldCommune(f, false))
		if f[5] != "" {
			t.former[i] = f[5]
		}
		return t.join(i, f[4])
	case "e":
		t.became[t.add(t.oldCommune(f, true))] = f[4]
	default:
		return fmt.Errorf("unknown kind of row %q", f[0])
	}
	return nil
}

func (t *table) oldCommune(f [6]string, earlier bool) Unit {
	u := Unit{Code: f[1], Name: f[3], Level: CommuneLevel, Old: true, Earlier: earlier, Parent: f[2]}
	if d, ok := t.at[key{DistrictLevel, true, f[2]}]; ok {
		u.Province = t.units[d].Province
	}
	return u
}

func (t *table) add(u Unit) int32 {
	i := int32(len(t.units))
	t.units = append(t.units, u)
	t.at[u.key()] = i
	parent := ProvinceLevel
	if u.Level == CommuneLevel && u.Old {
		parent = DistrictLevel
	}
	if p, ok := t.at[key{parent, u.Old, u.Parent}]; ok {
		t.children[p] = append(t.children[p], i)
	}
	return i
}

// join reads "00004*,00008*~" behind an old unit.
func (t *table) join(old int32, codes string) error {
	u, level := t.units[old], CommuneLevel
	if u.Level == ProvinceLevel {
		level = ProvinceLevel
	}
	for codes != "" {
		var one string
		one, codes, _ = strings.Cut(codes, ",")
		code := strings.TrimRight(one, "*~?")
		now, ok := t.at[key{level, false, code}]
		if !ok {
			return fmt.Errorf("%s goes into the unknown unit %q", u.Name, code)
		}
		t.links[old] = append(t.links[old], link{now, one[len(code):]})
		t.feeders[now] = append(t.feeders[now], old)
	}
	return nil
}

// joinOldTree lets units gone before 2025, and then districts, follow what they consisted
// of.
func (t *table) joinOldTree() {
	for i, u := range t.units {
		if u.Level == CommuneLevel && u.Earlier {
			t.links[i] = t.unite(nil, t.became[int32(i)])
			for j := range t.links[i] {
				if len(t.links[i]) > 1 {
					t.links[i][j].marks = "*"
				}
			}
		}
	}
	for i, u := range t.units {
		if u.Level == DistrictLevel {
			t.links[i] = t.unite(append([]int32{int32(i)}, t.children[i]...), t.became[int32(i)])
		}
	}
}

// unite gathers, by code and without marks, where the given units and communes went. A
// district's list answers "which communes lie there now", not "which one is mine".
func (t *table) unite(members []int32, codes string) []link {
	var all []link
	for _, m := range members {
		all = append(all, t.links[m]...)
	}
	for _, code := range list(codes) {
		if c, ok := t.at[key{CommuneLevel, true, code}]; ok {
			all = append(all, t.links[c]...)
		}
	}
	for i := range all {
		all[i].marks = ""
	}
	slices.SortFunc(all, func(a, b link) int { return int(a.to - b.to) })
	return slices.Compact(all)
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
