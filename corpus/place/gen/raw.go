package main

import (
	"archive/zip"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the package ships its list as a SQLite file

	"github.com/motcua/motcua/corpus/place"
)

// wheelSHA256 pins the second witness.
const wheelSHA256 = "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35"

// raw is what the inputs say, with names in our spelling and codes as given.
type raw struct {
	provinces []*province     // today's, by code
	communes  []*commune      // today's, by code
	legacy    []*legacy       // June 2025, by code; five island districts stand in as units
	tree      map[string]unit // the older tree: commune by code
	districts map[string]unit // the older tree: district by code
	press     []pressRow
	converter map[string][]string // legacy key → new keys
}

type unit struct{ code, name, parent string }

type province struct {
	code, name string
	olds       map[string]bool // old province codes
}

type commune struct {
	code, name, province string
	key                  string // the package's key "tinhx_xay"
}

// legacy is a commune (or an island district without communes) of June 2025.
type legacy struct {
	code, name, district, districtName, province, provinceName string
	key                                                        string
	aliases                                                    []string // folded names of units it had absorbed
	island                                                     bool
}

type pressRow struct {
	province, name string
	olds           []string
	unchanged      bool
}

func readRaw(dir, wheel string) (*raw, error) {
	r := &raw{tree: map[string]unit{}, districts: map[string]unit{}}
	for _, step := range []func() error{
		func() error { return r.readToday(filepath.Join(dir, "vn_only_simplified_json_2026-07-25.json")) },
		func() error { return r.readTree(filepath.Join(dir, "pre2025_xa_phuong.json.gz"), r.tree) },
		func() error { return r.readTree(filepath.Join(dir, "pre2025_quan_huyen.json"), r.districts) },
		func() error { return r.readPressList(filepath.Join(dir, "merger_old_to_new_vnexpress_2025-07.json")) },
		func() error { return r.readWheel(wheel) },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *raw) readToday(path string) error {
	var list []struct {
		Code, FullName string
		Wards          []struct{ Code, FullName string }
	}
	if err := readJSON(path, &list); err != nil {
		return err
	}
	for _, p := range list {
		r.provinces = append(r.provinces, &province{code: p.Code, name: tidy(p.FullName), olds: map[string]bool{}})
		for _, w := range p.Wards {
			r.communes = append(r.communes, &commune{code: w.Code, name: tidy(w.FullName), province: p.Code})
		}
	}
	slices.SortFunc(r.communes, func(a, b *commune) int { return cmp.Compare(a.code, b.code) })
	return nil
}

func (r *raw) readTree(path string, into map[string]unit) error {
	var list map[string]struct {
		Name   string `json:"name_with_type"`
		Parent string `json:"parent_code"`
	}
	if err := readJSON(path, &list); err != nil {
		return err
	}
	for code, u := range list {
		into[code] = unit{code: code, name: tidy(u.Name), parent: u.Parent}
	}
	return nil
}

func (r *raw) readPressList(path string) error {
	var list struct {
		Provinces []struct {
			Name  string
			Units []struct {
				NewName   string   `json:"new_name"`
				OldUnits  []string `json:"old_units"`
				Unchanged bool     `json:"is_unchanged"`
			}
		}
	}
	if err := readJSON(path, &list); err != nil {
		return err
	}
	for _, p := range list.Provinces {
		for _, u := range p.Units {
			r.press = append(r.press, pressRow{
				province: place.Normal(p.Name), name: place.Normal(u.NewName),
				olds: rejoin(u.OldUnits), unchanged: u.Unchanged,
			})
		}
	}
	return nil
}

// readWheel opens the package, checks its digest and reads list and conversion.
func (r *raw) readWheel(path string) error {
	whole, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("the second witness is missing (flag -wheel): %w", err)
	}
	sum := sha256.Sum256(whole)
	if got := hex.EncodeToString(sum[:]); got != wheelSHA256 {
		return fmt.Errorf("%s has digest %s, want %s", path, got, wheelSHA256)
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer archive.Close()
	if err := r.readConverter(archive); err != nil {
		return err
	}
	tmp, err := os.CreateTemp("", "place-*.db")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	in, err := archive.Open("vietnamadminunits/data/dataset.db")
	if err != nil {
		return err
	}
	defer in.Close()
	if _, err := io.Copy(tmp, in); err != nil {
		return err
	}
	return r.readDataset(tmp.Name())
}

func (r *raw) readConverter(archive *zip.ReadCloser) error {
	in, err := archive.Open("vietnamadminunits/data/converter_2025.json")
	if err != nil {
		return err
	}
	defer in.Close()
	var table struct {
		Whole   map[string]map[string][]string `json:"DICT_PROVINCE_WARD_NO_DIVIDED"`
		Divided map[string]map[string][]struct {
			New string `json:"newWardKey"`
		} `json:"DICT_PROVINCE_WARD_DIVIDED"`
	}
	if err := json.NewDecoder(in).Decode(&table); err != nil {
		return err
	}
	r.converter = map[string][]string{}
	for p, news := range table.Whole {
		for n, olds := range news {
			for _, o := range olds {
				r.converter[o] = append(r.converter[o], p+"_"+n)
			}
		}
	}
	for p, olds := range table.Divided {
		for o, news := range olds {
			for _, n := range news {
				r.converter[o] = append(r.converter[o], p+"_"+n.New)
			}
		}
	}
	return nil
}

func (r *raw) readDataset(path string) (err error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := r.readNewKeys(db); err != nil {
		return err
	}
	rows, err := db.Query(`SELECT provinceKey, districtKey, coalesce(wardKey,''), provinceCode, districtCode,
		coalesce(wardCode,''), province, district, coalesce(ward,''), coalesce(wardKeywords,'[]') FROM admin_units_legacy`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var pk, dk, wk, words string
		u := &legacy{}
		if err := rows.Scan(&pk, &dk, &wk, &u.province, &u.district, &u.code, &u.provinceName, &u.districtName, &u.name, &words); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(words), &u.aliases); err != nil {
			return err
		}
		u.key, u.name = pk+"_"+dk+"_"+wk, tidy(u.name)
		u.districtName, u.provinceName = tidy(u.districtName), tidy(u.provinceName)
		if u.code == "" { // an island district had no communes
			u.code, u.name, u.island = u.district, u.districtName, true
		}
		r.legacy = append(r.legacy, u)
	}
	slices.SortFunc(r.legacy, func(a, b *legacy) int { return cmp.Compare(a.code, b.code) })
	return rows.Err()
}

// readNewKeys ties the package's keys of today's communes to our codes: by code, or by
// province and name where the two lists give a commune different codes.
func (r *raw) readNewKeys(db *sql.DB) error {
	byCode, byName := map[string]*commune{}, map[string]*commune{}
	for _, c := range r.communes {
		byCode[c.code], byName[c.province+place.Fold(c.name)] = c, c
	}
	rows, err := db.Query(`SELECT provinceKey, wardKey, provinceCode, wardCode, ward FROM admin_units`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var pk, wk, pc, code, name string
		if err := rows.Scan(&pk, &wk, &pc, &code, &name); err != nil {
			return err
		}
		c := byCode[code]
		if c == nil {
			c = byName[pc+place.Fold(name)]
		}
		if c == nil {
			return fmt.Errorf("no commune of today for %s %s", code, name)
		}
		c.key = pk + "_" + wk
	}
	return rows.Err()
}

// readJSON decodes a file, gzipped or plain.
func readJSON(path string, v any) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	if err := json.NewDecoder(in).Decode(v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// tidy brings a name to our spelling: NFC, tone placement, single spaces, capital first.
func tidy(s string) string {
	s = strings.Join(strings.Fields(place.Normal(s)), " ")
	if s == "" {
		return s
	}
	s = strings.Replace(s, " 0", " ", 1) // "Phường 05" is what one list makes of "Phường 5"
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + string(r[1:])
}
