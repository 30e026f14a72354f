package app

// Holding counts, of all units searched, those that have a word. It implements
// assistant.Words.
func (s *searching) Holding(word string) (with, all int) {
	x := s.live.Index()
	return x.Holding(word), x.Len()
}
