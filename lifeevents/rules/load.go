package rules

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/lifeevents"
)

//go:embed all:data
var data embed.FS

// Fault is why a rule was not loaded. Why is Vietnamese.
type Fault struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Rule string `json:"rule,omitempty"`
	Why  string `json:"why"`
}

// Error is "E13.yaml:12: E13: thiếu căn cứ pháp lý".
func (f Fault) Error() string {
	where := fmt.Sprintf("%s:%d: ", f.File, f.Line)
	if f.Rule != "" {
		where += f.Rule + ": "
	}
	return where + f.Why
}

// Options say how names in the files are resolved.
type Options struct {
	// Procedures resolves a reference ("P28" or a procedure's ID) to IDs of the corpus; nil
	// is the starter corpus.
	Procedures func(ref string) (ids []string, ok bool)
}

func (o Options) procedure(ref string) ([]string, bool) {
	if o.Procedures != nil {
		return o.Procedures(ref)
	}
	return starterProcedure(ref)
}

var loadStarter = sync.OnceValues(starter.Load)

// starterProcedure resolves against the embedded starter corpus.
func starterProcedure(ref string) ([]string, bool) {
	set, err := loadStarter()
	if err != nil {
		return nil, false
	}
	if ids, ok := set.Refs[ref]; ok {
		return ids, true
	}
	if _, ok := set.Procedure(ref); !ok {
		return nil, false
	}
	return []string{ref}, true
}

// Embedded loads the rules that come with the program.
func Embedded() (*lifeevents.Set, []Fault) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, []Fault{{File: "data", Why: err.Error()}}
	}
	return Load(sub, Options{})
}

// Load reads every *.yaml of fsys, folders included. The set holds the rules without
// faults, and is nil only where nothing at all could be read; a caller that must not run
// on a part of the rules takes faults as refusal, as Holder does.
func Load(fsys fs.FS, opts Options) (*lifeevents.Set, []Fault) {
	var list []*lifeevents.Rule
	var faults []Fault
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		rules, bad := parse(name, raw, opts)
		list, faults = append(list, rules...), append(faults, bad...)
		return nil
	})
	if err != nil {
		return nil, append(faults, Fault{File: ".", Why: err.Error()})
	}
	faults = append(faults, checkNames(list)...)
	set, err := lifeevents.NewSet(list)
	if err != nil {
		return nil, append(faults, Fault{File: ".", Why: err.Error()})
	}
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return set, faults
}

// parse reads the rules of one file, each on its own.
func parse(name string, raw []byte, opts Options) (list []*lifeevents.Rule, faults []Fault) {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	for {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return list, faults
		}
		if err != nil {
			return list, append(faults, yamlFault(name, err))
		}
		if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
			continue
		}
		r, bad := parseRule(name, doc.Content[0], opts)
		if faults = append(faults, bad...); len(bad) == 0 {
			list = append(list, r)
		}
	}
}

func parseRule(name string, n *yaml.Node, opts Options) (*lifeevents.Rule, []Fault) {
	f := file{name: name, line: n.Line, at: map[string]int{}}
	if n.Kind != yaml.MappingNode {
		return nil, []Fault{{name, n.Line, "", "một quy tắc phải là các khóa như id, name, trigger…"}}
	}
	keyLines(n, "", f.at)
	if bad := unknownKeys(name, n); len(bad) > 0 {
		return nil, bad
	}
	if err := n.Decode(&f); err != nil {
		fault := yamlFault(name, err)
		fault.Rule, fault.Line = f.ID, cmp.Or(fault.Line, n.Line)
		return nil, []Fault{fault}
	}
	return compile(&f, opts)
}

// keyLines notes the line of each key, "texts.title" for one inside another.
func keyLines(n *yaml.Node, prefix string, at map[string]int) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := prefix + n.Content[i].Value
		at[key] = n.Content[i].Line
		if n.Content[i+1].Kind == yaml.MappingNode {
			keyLines(n.Content[i+1], key+".", at)
		}
	}
}

var yamlLine = regexp.MustCompile(`line ([0-9]+): `)

// yamlFault takes the line out of what the YAML reader says.
func yamlFault(name string, err error) Fault {
	var le *lineError
	if errors.As(err, &le) {
		return Fault{File: name, Line: le.line, Why: le.text}
	}
	f := Fault{File: name, Why: "không đọc được: " + strings.TrimPrefix(err.Error(), "yaml: ")}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		f.Line, _ = strconv.Atoi(m[1])
	}
	return f
}

// checkNames: rules named by others must exist.
func checkNames(list []*lifeevents.Rule) (faults []Fault) {
	known := map[string]bool{}
	for _, r := range list {
		known[r.ID] = true
	}
	for _, r := range list {
		for _, id := range append(slices.Clone(r.LeadsTo), r.YieldsTo...) {
			if !known[id] {
				file, line, _ := strings.Cut(r.File, ":")
				n, _ := strconv.Atoi(line)
				faults = append(faults, Fault{file, n, r.ID, fmt.Sprintf("nhắc tới quy tắc %s chưa được nạp", id)})
			}
		}
	}
	return faults
}
