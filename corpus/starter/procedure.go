package starter

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/motcua/motcua/corpus"
)

// decodeStrict reads one YAML document, refusing unknown keys and a second document; the
// error names file and line.
func decodeStrict(name string, raw []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("starter: %s: %w", name, err)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("starter: %s: mỗi tệp chỉ chứa một tài liệu YAML", name)
	}
	return nil
}

func loadProcedure(fsys fs.FS, name string, group record) (corpus.Procedure, []string, error) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return corpus.Procedure{}, nil, err
	}
	var r record
	if err := decodeStrict(name, raw, &r); err != nil {
		return corpus.Procedure{}, nil, err
	}
	prov := r.Prov.over(group.Prov.over(corpus.Provenance{}))
	r.inherit(group)
	p := r.procedure(prov)
	sum := sha256.Sum256(raw)
	p.Source = corpus.Source{Name: "Kho khởi đầu Một Cửa, " + name, SHA256: hex.EncodeToString(sum[:])}
	return p, r.Ref, nil
}

// loadGroup reads what the records of a folder share; a folder may have no such file.
func loadGroup(fsys fs.FS, dir string) (record, error) {
	var group record
	name := path.Join(dir, groupFile)
	raw, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return group, nil
	}
	if err != nil {
		return group, err
	}
	return group, decodeStrict(name, raw, &group)
}

// inherit takes from the group what the record leaves open.
func (r *record) inherit(g record) {
	r.Decision = cmp.Or(r.Decision, g.Decision)
	r.Field = cmp.Or(r.Field, g.Field)
	r.Ministry = cmp.Or(r.Ministry, g.Ministry)
	r.Levels = orList(r.Levels, g.Levels)
	r.Who = orList(r.Who, g.Who)
	r.Body = orList(r.Body, g.Body)
	r.Where = orList(r.Where, g.Where)
	r.Steps = orList(r.Steps, g.Steps)
	for _, shared := range g.Dossier {
		if shared.Case == "" || !slices.Contains(r.Without, shared.Case) {
			r.Dossier = append(r.Dossier, shared)
		}
	}
	r.Basis = append(r.Basis, g.Basis...)
	r.Notes = append(r.Notes, g.Notes...)
}

func orList[T any](own, shared []T) []T {
	if len(own) > 0 {
		return own
	}
	return shared
}

func (r record) procedure(prov corpus.Provenance) corpus.Procedure {
	prov.Decision = cmp.Or(prov.Decision, r.Decision)
	p := corpus.Procedure{
		Code: r.Code, ID: cmp.Or(r.ID, r.Code), Decision: r.Decision, Name: r.Name, Aliases: r.Aliases, Said: r.Said,
		Field: r.Field, Levels: r.Levels, Ministry: r.Ministry, Who: r.Who, Steps: r.Steps,
		Special: r.Special, Events: r.Events, Prov: prov, Digest: true,
	}
	for _, b := range r.Body {
		p.Body = append(p.Body, corpus.Authority{Name: b.Name, Level: b.Level, Prov: b.own(prov)})
	}
	for _, w := range r.Where {
		if w.Channel == corpus.Online && r.Link != "" {
			w.URL = r.Link
		}
		p.Where = append(p.Where, corpus.Place{Channel: w.Channel, Text: w.Text, URL: w.URL, Prov: w.own(prov)})
	}
	for _, d := range r.Dossier {
		p.Dossier = append(p.Dossier, corpus.Paper{
			Case: d.Case, Name: d.Name, Form: d.Form, Originals: d.Originals, Copies: d.Copies,
			Present: d.Present, Optional: d.Optional, Prov: d.own(prov),
		})
	}
	for _, s := range r.Results {
		p.Results = append(p.Results, corpus.Result{Name: s})
	}
	for _, f := range r.Forms {
		p.Forms = append(p.Forms, corpus.Form{Name: f.Name, Code: f.Code, Prov: f.own(prov)})
	}
	for _, q := range r.Asked {
		p.Asked = append(p.Asked, corpus.QA{Q: q.Q, A: q.A, Basis: provisions(q.Basis), Prov: q.own(prov)})
	}
	for _, o := range r.Related {
		p.Related = append(p.Related, corpus.Related{Code: o.Code, Name: o.Name, How: o.How})
	}
	p.Conds, p.Penalty, p.Notes = facts(r.Conds, prov), facts(r.Penalty, prov), facts(r.Notes, prov)
	r.addNumbers(&p, prov)
	return p
}

func facts(list []fact, prov corpus.Provenance) []corpus.Fact {
	var out []corpus.Fact
	for _, f := range list {
		out = append(out, corpus.Fact{Case: f.Case, Text: f.Text, Prov: f.own(prov)})
	}
	return out
}

// addNumbers fills in fees, time limits, deadlines and what they rest on.
func (r record) addNumbers(p *corpus.Procedure, prov corpus.Provenance) {
	for _, f := range r.Fees {
		p.Fees = append(p.Fees, corpus.Fee{
			Case: f.Case, Channel: f.Channel, Kind: f.Kind, Free: f.Free, VND: f.VND, Min: f.Min, Max: f.Max,
			Percent: f.Percent, Unit: f.Unit, Text: f.Text, Prov: f.own(prov),
		})
	}
	for _, t := range r.Times {
		p.Times = append(p.Times, corpus.TimeLimit{
			Case: t.Case, Channel: t.Channel, Count: t.Count, Unit: t.Unit, AtMost: t.AtMost, Text: t.Text, Prov: t.own(prov),
		})
	}
	for _, d := range r.Deadline {
		p.Deadline = append(p.Deadline, corpus.Deadline{
			Text: d.Text, Count: d.Count, Unit: d.Unit, From: d.From, Late: d.Late, Basis: provisions(d.Basis), Prov: d.own(prov),
		})
	}
	for _, b := range r.Basis {
		for _, use := range strings.Split(b.For, ",") {
			p.Basis = append(p.Basis, corpus.Basis{
				Provision: corpus.Provision(b.At), Title: b.Title, For: strings.TrimSpace(use), Prov: b.own(prov),
			})
		}
	}
}
