package parse

import "sync"

// knownNames are the laws of the table of endings, by name.
var knownNames = sync.OnceValue(func() *Names {
	n := &Names{laws: map[string][]namedLaw{}}
	for _, l := range knownLaws {
		n.Add(l.Name, l.Number, l.span())
	}
	return n
})
