package app

import (
	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/law"
	"github.com/motcua/motcua/channels/portal/page"
)

// lawPages is where anybody reads the law.
func (a *App) lawPages(site *page.Site) *law.Area {
	library := public{a.shelf}
	return &law.Area{
		Site: site, Shelf: a.store.Shelf(), Library: library, Now: a.now,
		Regulations: assistant.Regulations{Library: a.shelf, Retriever: a.found},
		Comparer:    assistant.Comparer{Library: library, Wordings: a.store.Wordings()},
	}
}
