package lexical

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
)

func TestAMergedIndexIsThatOfItsDocuments(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	docs := invented(r, 3000)
	live := NewLive(buildIndex(t, docs[:1000], DefaultSettings()))
	now := map[string]Document{}
	for _, d := range docs[:1000] {
		now[d.ID] = d
	}
	for step := range 12 {
		var add []Document
		for range 1 + r.IntN(150) {
			d := docs[r.IntN(len(docs))]
			d.Body += fmt.Sprint(" bản ", step)
			add = append(add, d)
		}
		var remove []string
		for range r.IntN(30) {
			remove = append(remove, docs[r.IntN(len(docs))].ID)
		}
		for _, id := range remove {
			delete(now, id)
		}
		for _, d := range add {
			now[d.ID] = d
		}
		live.Update(add, remove)
		if got := live.Index().Len(); got != len(now) {
			t.Fatalf("step %d: %d documents, want %d", step, got, len(now))
		}
	}
	var all []Document
	for _, d := range now {
		all = append(all, d)
	}
	merged, fresh := live.Index().Merged(), buildIndex(t, all, DefaultSettings())
	for _, d := range all[:200] {
		got, want := merged.Search(merged.Analyze(d.Title), nil, 15), fresh.Search(fresh.Analyze(d.Title), nil, 15)
		if !same(got, want) {
			t.Fatalf("%q: merged %v, fresh %v", d.Title, got, want)
		}
		unmerged := live.Index().Search(live.Index().Analyze(d.Title), nil, 15)
		for _, hit := range unmerged {
			if _, ok := now[hit.ID]; !ok {
				t.Fatalf("%q finds %s, which is gone", d.Title, hit.ID)
			}
		}
	}
}

func TestAReplacedDocumentIsFoundByItsNewWordsOnly(t *testing.T) {
	live := NewLive(nil)
	live.Update([]Document{{ID: "a", Title: "lệ phí khai sinh"}, {ID: "b", Title: "lệ phí hộ tịch"}}, nil)
	live.Update([]Document{{ID: "a", Title: "lệ phí kết hôn"}}, nil)
	x := live.Index()
	if got := x.Search(x.Analyze("khai sinh"), nil, 5); len(got) != 0 {
		t.Errorf("the old words still find %v", got)
	}
	if got := x.Search(x.Analyze("kết hôn"), nil, 5); len(got) != 1 || got[0].ID != "a" {
		t.Errorf("the new words find %v", got)
	}
	live.Update(nil, []string{"a", "b"})
	if x := live.Index(); x.Len() != 0 || len(x.Search(x.Analyze("lệ phí"), nil, 5)) != 0 {
		t.Errorf("an emptied index holds %d documents", x.Len())
	}
}

func TestSearchesGoOnDuringUpdates(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	docs := invented(r, 1200)
	live := NewLive(buildIndex(t, docs[:1100], DefaultSettings()))
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				x := live.Index()
				for _, hit := range x.Search(x.Analyze("đăng ký khai sinh"), nil, 10) {
					x.Explain(x.Analyze("đăng ký"), hit.Doc)
				}
			}
		}
	})
	for i := range 15 {
		live.Update(docs[1100+i:1106+i], []string{docs[i].ID})
	}
	close(stop)
	wg.Wait()
}
