// Package starter is the embedded corpus Một Cửa works with before anything is ingested:
// procedures and digests of the provisions they rest on, in our own words.
//
// The data are YAML files made to be read and edited by a lawyer (see README.md in this
// folder). Load refuses a file with an unknown key, naming file and line; Check refuses a
// record that says less than it must: no source, no day of verification, no confidence.
package starter

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/motcua/motcua/corpus"
)

//go:embed procedures provisions
var files embed.FS

// Set is the whole starter corpus. Procedures are sorted by ID, Instruments by number.
type Set struct {
	Procedures  []corpus.Procedure
	Instruments []corpus.Instrument
	// Refs lists, by entry of the fact sheet ("P01"), the IDs of the records that carry it.
	Refs map[string][]string
}

// groupFile holds what all records of one folder share.
const groupFile = "group.yaml"

// Load reads the embedded files. It fails on the first file that cannot be read, and on
// any fault Check or CheckSet finds, naming the file.
func Load() (Set, error) { return LoadFS(files) }

// LoadFS reads a starter corpus from folders "procedures" and "provisions" of fsys.
func LoadFS(fsys fs.FS) (Set, error) {
	set := Set{Refs: map[string][]string{}}
	origin, err := set.readProcedures(fsys)
	if err != nil {
		return Set{}, err
	}
	err = eachYAML(fsys, "provisions", func(name string) error {
		list, err := loadInstruments(fsys, name)
		set.Instruments = append(set.Instruments, list...)
		return err
	})
	if err != nil {
		return Set{}, err
	}
	set.sort()
	set.titleBasis()
	if faults := CheckSet(set); len(faults) > 0 {
		f := faults[0]
		return Set{}, fmt.Errorf("starter: %s: %w (tổng cộng %d lỗi)", origin[f.Record], f, len(faults))
	}
	return set, nil
}

// readProcedures returns the file each ID comes from.
func (s *Set) readProcedures(fsys fs.FS) (map[string]string, error) {
	origin, groups := map[string]string{}, map[string]record{}
	err := eachYAML(fsys, "procedures", func(name string) error {
		if path.Base(name) == groupFile {
			return nil
		}
		dir := path.Dir(name)
		group, read := groups[dir]
		if !read {
			var err error
			if group, err = loadGroup(fsys, dir); err != nil {
				return err
			}
			groups[dir] = group
		}
		p, refs, err := loadProcedure(fsys, name, group)
		if err != nil {
			return err
		}
		if other, dup := origin[p.ID]; dup {
			return fmt.Errorf("starter: %s: mã %q đã có trong %s", name, p.ID, other)
		}
		origin[p.ID] = name
		s.Procedures = append(s.Procedures, p)
		for _, r := range refs {
			s.Refs[r] = append(s.Refs[r], p.ID)
		}
		return nil
	})
	return origin, err
}

func (s *Set) sort() {
	sort.Slice(s.Procedures, func(i, j int) bool { return s.Procedures[i].ID < s.Procedures[j].ID })
	sort.SliceStable(s.Instruments, func(i, j int) bool {
		return corpus.NumberKey(s.Instruments[i].Number) < corpus.NumberKey(s.Instruments[j].Number)
	})
	for _, ids := range s.Refs {
		sort.Strings(ids)
	}
}

// titleBasis gives a basis without title the title of its instrument.
func (s *Set) titleBasis() {
	titles := map[string]string{}
	for _, in := range s.Instruments {
		titles[corpus.NumberKey(in.Number)] = in.Title
	}
	for _, p := range s.Procedures {
		for i := range p.Basis {
			if p.Basis[i].Title == "" {
				p.Basis[i].Title = titles[corpus.NumberKey(p.Basis[i].Provision.Instrument)]
			}
		}
	}
}

// Procedure finds a record by its ID.
func (s Set) Procedure(id string) (corpus.Procedure, bool) {
	i := sort.Search(len(s.Procedures), func(i int) bool { return s.Procedures[i].ID >= id })
	if i < len(s.Procedures) && s.Procedures[i].ID == id {
		return s.Procedures[i], true
	}
	return corpus.Procedure{}, false
}

// Instrument finds a digest by official number, in any case.
func (s Set) Instrument(number string) (corpus.Instrument, bool) {
	key := corpus.NumberKey(number)
	for _, in := range s.Instruments {
		if corpus.NumberKey(in.Number) == key {
			return in, true
		}
	}
	return corpus.Instrument{}, false
}

func eachYAML(fsys fs.FS, dir string, visit func(name string) error) error {
	return fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		return visit(name)
	})
}
