package app

import (
	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels/portal/law"
	"github.com/motcua/motcua/channels/portal/page"
)

// lawPages is where anybody reads the law.
func (a *App) lawPages(site *page.Site) *law.Area {
	return &law.Area{
		Site: site, Shelf: a.store.Shelf(), Library: a.store.Library(), Now: a.now,
		Regulations: assistant.Regulations{Library: a.store.Library(), Retriever: a.search},
		Comparer:    assistant.Comparer{Library: a.store.Library(), Wordings: a.store.Wordings()},
	}
}
