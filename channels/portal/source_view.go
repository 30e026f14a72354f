package portal

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// sourceView is a citation as the passage it stands in.
type sourceView struct {
	assistant.Citation
	// Head is what the passage is about, Below what it is part of.
	Head, Below string
	// Before, Quote and After are the passage around the words quoted.
	Before, After string
	// Days tells in words when it holds; Changes what amended it or ends it.
	Days    string
	Changes []change
	// Address is the passage on this site, when it is there.
	Address string
}

// change is what another text did to the provision cited.
type change struct{ VI, EN, By, On, Address string }

// mostChanges bounds the list under one source.
const mostChanges = 4

// sources lays citations out with the passages around them. What cannot be read is shown
// without: the quote is proof enough.
func (p *Portal) sources(ctx context.Context, all []assistant.Citation, on civil.Date) []sourceView {
	out := make([]sourceView, 0, len(all))
	for _, c := range all {
		v := sourceView{Citation: c, Days: days(c.Validity), Head: c.Label, Below: c.Title}
		switch {
		case c.Procedure != "":
			v.Address = ProcedureAddress(c.Procedure)
			if name := facetName(c.Chunk); name != "" {
				v.Head, v.Below = name, c.Label
			}
		case c.Provision.Instrument != "":
			v.Address = page.LawAddress(c.Provision, on)
			v.Changes = p.changes(ctx, c.Provision)
		}
		p.around(ctx, &v)
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b sourceView) int { return a.Mark - b.Mark })
	return out
}

// around finds the passage the quote was taken from.
func (p *Portal) around(ctx context.Context, v *sourceView) {
	if p.Library == nil || v.Chunk == "" || strings.HasPrefix(string(v.Chunk), "premise:") {
		return
	}
	ch, err := p.Library.Chunk(ctx, v.Chunk)
	if err != nil {
		if !errors.Is(err, corpus.ErrNotFound) {
			p.Log.WarnContext(ctx, "portal: passage of a citation", "chunk", v.Chunk, "error", err)
		}
		return
	}
	if before, after, found := strings.Cut(ch.Text, v.Quote); found {
		v.Before, v.After = before, after
	}
}

// changes lists what amended, replaced, repealed or suspended a provision, latest first.
func (p *Portal) changes(ctx context.Context, at corpus.Provision) (out []change) {
	if p.Library == nil {
		return nil
	}
	to, _, err := p.Library.Relations(ctx, at)
	if err != nil {
		if !errors.Is(err, corpus.ErrNotFound) {
			p.Log.WarnContext(ctx, "portal: relations of a citation", "provision", at.Key(), "error", err)
		}
		return nil
	}
	for _, r := range slices.Backward(to) {
		words, told := changeWords[r.Kind]
		if !told || len(out) == mostChanges || r.From.Instrument == "" {
			continue
		}
		c := change{VI: words[0], EN: words[1], By: r.From.String(), On: r.Effective.VN(), Address: page.LawAddress(r.From, r.Effective)}
		if !slices.ContainsFunc(out, func(x change) bool { return x.By == c.By && x.VI == c.VI }) {
			out = append(out, c)
		}
	}
	return out
}

var changeWords = map[corpus.RelationKind][2]string{
	corpus.Amends: {"Được sửa đổi, bổ sung bởi", "Amended by"}, corpus.Replaces: {"Được thay thế bởi", "Replaced by"},
	corpus.Repeals: {"Bị bãi bỏ bởi", "Repealed by"}, corpus.Suspends: {"Bị ngưng hiệu lực bởi", "Suspended by"},
}

// facets are the parts of a record as people know them.
var facets = map[string]string{
	"name": "Tên, đối tượng", "dossier": "Giấy tờ cần chuẩn bị", "fees": "Phí, lệ phí", "times": "Thời hạn giải quyết", "steps": "Các bước", "where": "Nơi nộp hồ sơ",
	"conditions": "Điều kiện", "results": "Kết quả nhận được", "basis": "Căn cứ pháp lý", "deadline": "Hạn phải làm", "asked": "Người ta hay hỏi",
}

// facetName reads what a passage of a record is about from its name, "tthc:…#fees@…".
func facetName(id corpus.ChunkID) string {
	_, rest, _ := strings.Cut(string(id), "#")
	facet, _, _ := strings.Cut(rest, "@")
	return facets[strings.TrimRight(facet, "0123456789-.")]
}

// days tells a validity in words.
func days(v corpus.Validity) string {
	switch {
	case v.From.IsZero() && v.Until.IsZero():
		return "không ghi ngày"
	case v.From.IsZero():
		return "đến hết " + v.Until.AddDays(-1).VN()
	case v.Until.IsZero():
		return "từ " + v.From.VN()
	}
	return "từ " + v.From.VN() + " đến hết " + v.Until.AddDays(-1).VN()
}
