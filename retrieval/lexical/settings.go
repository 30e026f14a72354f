package lexical

// Settings are the weights of the score. They are baked into the impacts of an index when
// it is built.
type Settings struct {
	// K1 is the saturation of repeated words: 0 counts presence only.
	K1 float64
	// Weight multiplies the words of a section; B is how much its length counts, 0 to 1.
	Weight [numSections]float64
	B      [numSections]float64
}

// DefaultSettings are those the committed score cards were measured with.
func DefaultSettings() Settings {
	s := Settings{K1: 1.2}
	for i := range s.Weight {
		s.Weight[i], s.B[i] = 1, 0.75
	}
	s.Weight[Law], s.B[Law] = 1.0, 0.5
	s.Weight[Path], s.B[Path] = 0.6, 0.5
	s.Weight[Title], s.B[Title] = 2.5, 0.5
	s.Weight[Alias], s.B[Alias] = 2.0, 0.5
	s.Weight[Domain], s.B[Domain] = 0.8, 0.5
	s.Weight[Basis] = 0.3
	return s
}
