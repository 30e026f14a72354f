package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/motcua/motcua/corpus"
)

// Options is what a run works with.
type Options struct {
	Repository Repository
	// Fetcher gets addresses; nil refuses them.
	Fetcher Fetcher
	// Readers in the order in which they are asked; Readers() are those of this package.
	Readers []Reader
	// Progress, when set, is called from the goroutine of Run.
	Progress func(Progress)
	// Now is the clock for rates and for the moment a source was finished.
	Now func() time.Time
	// Restricted takes in what is for officials only: searches show it to nobody else.
	Restricted bool
}

// Run brings the store up to date with files, folders and addresses. Each document is one
// transaction, so a run may be killed at any moment and started again: what is stored is
// whole, what has not changed is not written twice. A fault ends only the thing it stands
// for and is told in the report; the error is for the operator: the store failed, is
// full, or ctx ended.
func Run(ctx context.Context, o Options, sources []string) (Report, error) {
	begin := o.Now()
	names, faults := expand(sources)
	var out Report
	for _, f := range faults {
		out.Sources = append(out.Sources, SourceReport{Name: f.Source, Faults: []Fault{f}})
	}
	m := newMeter(o.Progress, o.Now)
	m.state.Sources = len(names)
	for _, n := range names {
		if info, err := os.Stat(n); err == nil {
			m.total += info.Size()
		}
	}
	var err error
	for i, name := range names {
		m.state.Source, m.state.Nth = name, i+1
		var r SourceReport
		r, err = o.source(ctx, name, m)
		out.Sources = append(out.Sources, r)
		out.Total.Add(r.Tally)
		if info, statErr := os.Stat(name); statErr == nil {
			m.done += info.Size()
		}
		if err != nil {
			break
		}
	}
	out.Took = o.Now().Sub(begin)
	return out, err
}

// source reads one file or address.
func (o Options) source(ctx context.Context, name string, m *meter) (SourceReport, error) {
	var v Validators
	path := name
	var from corpus.Source
	if isURL(name) {
		f, report, err := o.download(ctx, name)
		if err != nil || report != nil {
			return *cmpReport(report, name), err
		}
		defer os.RemoveAll(filepath.Dir(f.path))
		path, v, from = f.path, f.validators, f.source
	}
	in, err := openInput(name, path)
	if err != nil {
		return failed(name, fileTrouble(err)), nil
	}
	if isURL(name) {
		from.SHA256 = in.Source.SHA256
		in.Source = from
	}
	if in.size == 0 {
		return failed(name, "tệp rỗng"), nil
	}
	for _, r := range o.Readers {
		if r.Reads(path, in.head) {
			b := Batch{Name: name, SHA256: in.Source.SHA256, Recipe: r.Recipe(), Validators: v, size: in.size, read: in.read}
			b.Layers = layersOf(ctx, r, in)
			return take(ctx, o, b, m)
		}
	}
	return failed(name, "không nhận ra loại nội dung của tệp"), nil
}

func layersOf(ctx context.Context, r Reader, in Input) iter.Seq2[Layer, error] {
	return func(yield func(Layer, error) bool) { r.Layers(ctx, in)(yield) }
}

func failed(name, why string) SourceReport {
	return SourceReport{Name: name, Faults: []Fault{{Source: name, Why: why}}, Tally: Tally{Read: 1, Skipped: 1}}
}

func cmpReport(r *SourceReport, name string) *SourceReport {
	if r == nil {
		return &SourceReport{Name: name}
	}
	return r
}

// downloaded is an address's content in a file of its own folder.
type downloaded struct {
	path       string
	validators Validators
	source     corpus.Source
}

// download gets an address into a file. A report comes back instead when there is
// nothing to read: the server says it has not changed, or it could not be had.
func (o Options) download(ctx context.Context, url string) (d downloaded, report *SourceReport, err error) {
	if o.Fetcher == nil {
		r := failed(url, "chưa bật đọc qua mạng")
		return d, &r, nil
	}
	state, err := o.Repository.Source(ctx, url)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return d, nil, err
	}
	var before Validators
	if !state.Finished.IsZero() {
		before = Validators{state.ETag, state.Modified}
	}
	f, err := o.Fetcher.Fetch(ctx, url, before)
	if err != nil {
		if ctx.Err() != nil {
			return d, nil, ctx.Err()
		}
		r := failed(url, err.Error())
		return d, &r, nil
	}
	if f.Unchanged {
		r := unchanged(state)
		return d, &r, nil
	}
	d.validators, d.source = f.Validators, f.Source
	if d.path, err = save(f); err != nil {
		r := failed(url, fileTrouble(err))
		return d, &r, nil
	}
	return d, nil, nil
}

// save writes a body to a file named as the server names it: readers look at the
// extension.
func save(f Fetched) (path string, err error) {
	defer func() { err = errors.Join(err, f.Body.Close()) }()
	dir, err := os.MkdirTemp("", "motcua-fetch-")
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, filepath.Base(filepath.Clean("/"+f.FileName)))
	if filepath.Base(path) == string(filepath.Separator) || filepath.Dir(path) != dir {
		path = filepath.Join(dir, "tai-ve")
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	_, err = io.Copy(out, f.Body)
	if err = errors.Join(err, out.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("tải về: %w", err), os.RemoveAll(dir))
	}
	return path, nil
}
