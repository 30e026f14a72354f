package law

import (
	"net/http"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/page"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// instrumentPage is what instrument.html shows.
type instrumentPage struct {
	Head      corpus.Instrument // without its texts
	Reference string
	On        civil.Date
	Form      *page.Form
	Status    corpus.Status
	Tree      []*branch
	Articles  int
	Annexes   []corpus.Annex
	// Ended and Changing count what ended or changed it, for the link to the relations.
	Relations int
}

// branch is a heading with the articles directly under it and the headings below.
type branch struct {
	Heading  string // "" at the root
	Articles []leaf
	Below    []*branch
	Open     bool
}

// leaf is an article in the tree.
type leaf struct {
	At      corpus.Provision
	Heading string
	// Opening is its first words where it has no heading.
	Opening string
}

// openUpTo is how many articles a tree may have and still be shown unfolded.
const openUpTo = 120

func (a *Area) instrument(w http.ResponseWriter, r *http.Request) {
	head, ok := a.headOf(w, r)
	if !ok {
		return
	}
	in, err := a.Library.Instrument(r.Context(), head.Number)
	if err != nil {
		a.Site.Broken(w, r, "law: instrument", err)
		return
	}
	on, wrong := a.day(r, "ngay")
	at := corpus.Provision{Instrument: in.Number}
	to, from, err := a.Library.Relations(r.Context(), at)
	if err != nil {
		a.Site.Broken(w, r, "law: relations", err)
		return
	}
	p := &instrumentPage{
		On: on, Reference: assistant.FullReference(at, in), Status: corpus.StatusOn(at, in.Validity, append(to, from...), on),
		Tree: treeOf(in), Articles: len(in.Articles), Annexes: in.Annexes, Relations: len(to) + len(from), Form: &page.Form{},
	}
	p.Form.Set("ngay", on.String())
	if wrong {
		p.Form.Wrong("ngay", "Ngày này không có thật; đang dùng hôm nay.", "No such day; today is used.")
	}
	in.Articles, in.Annexes, in.Relations = nil, nil, nil
	p.Head = in
	a.show(w, r, http.StatusOK, "instrument.html", page.Page{VI: p.Reference, Description: in.Title, Data: p})
}

// treeOf hangs the articles under their headings, in reading order.
func treeOf(in corpus.Instrument) []*branch {
	root := &branch{}
	var path []*branch
	for _, x := range in.Articles {
		path = descend(root, path, x.Under, len(in.Articles) <= openUpTo)
		last := root
		if len(path) > 0 {
			last = path[len(path)-1]
		}
		l := leaf{At: corpus.Provision{Instrument: in.Number, Article: x.Number}, Heading: x.Heading}
		if x.Heading == "" {
			l.Opening = opening(x.FullText())
		}
		last.Articles = append(last.Articles, l)
	}
	if len(root.Articles) > 0 {
		return append([]*branch{{Articles: root.Articles, Open: true}}, root.Below...)
	}
	return root.Below
}

// descend follows the headings from the root, keeping those that the article before had.
func descend(root *branch, before []*branch, under []corpus.Heading, open bool) []*branch {
	var path []*branch
	at, same := root, true
	for i, h := range under {
		if same && i < len(before) && before[i].Heading == h.String() {
			at = before[i]
		} else {
			same = false
			next := &branch{Heading: h.String(), Open: open}
			at.Below = append(at.Below, next)
			at = next
		}
		path = append(path, at)
	}
	return path
}

// opening is the beginning of a text, cut at a word.
func opening(text string) string {
	const most = 90
	r := []rune(text)
	if len(r) <= most {
		return text
	}
	cut := most
	for cut > most/2 && r[cut] != ' ' {
		cut--
	}
	return string(r[:cut]) + " …"
}
