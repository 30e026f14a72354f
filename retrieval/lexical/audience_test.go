package lexical

import (
	"bytes"
	"slices"
	"testing"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/retrieval"
)

// passing lists the IDs that pass a filter, sorted, also after the index was written and
// read again.
func passing(t *testing.T, x *Index, f *Filter) []string {
	t.Helper()
	var ids []string
	for _, r := range x.Search(x.Analyze("cấp giấy phép"), f, 10) {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestAudienceAndPermissionAreKeptInsideTheSearch(t *testing.T) {
	b := NewBuilder(DefaultSettings())
	b.Add(Document{ID: "citizen", Title: "Cấp giấy phép", Attr: Attributes{Procedure: true, Audiences: []corpus.Audience{corpus.ForCitizens}}})
	b.Add(Document{ID: "business", Title: "Cấp giấy phép", Attr: Attributes{Procedure: true, Audiences: []corpus.Audience{corpus.ForBusinesses, corpus.ForOrganisations}}})
	b.Add(Document{ID: "silent", Title: "Cấp giấy phép"})
	b.Add(Document{ID: "inside", Title: "Cấp giấy phép", Attr: Attributes{Restricted: true}})
	x := b.Build()
	var file bytes.Buffer
	if err := x.Write(&file, "s"); err != nil {
		t.Fatal(err)
	}
	again, _, err := Read(bytes.NewReader(file.Bytes()), int64(file.Len()), DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	for _, ix := range []*Index{x, again} {
		for _, c := range []struct {
			filter *Filter
			want   []string
		}{
			{nil, []string{"business", "citizen", "silent"}},
			{&Filter{Filter: retrieval.Filter{Official: true}}, []string{"business", "citizen", "inside", "silent"}},
			{&Filter{Filter: retrieval.Filter{Audiences: []corpus.Audience{corpus.ForCitizens}}}, []string{"citizen", "silent"}},
			{&Filter{Filter: retrieval.Filter{Audiences: []corpus.Audience{corpus.ForOrganisations}, Official: true}}, []string{"business", "inside", "silent"}},
		} {
			if got := passing(t, ix, c.filter); !slices.Equal(got, c.want) {
				t.Errorf("%+v finds %v; want %v", c.filter, got, c.want)
			}
		}
	}
}
