package eval

// Sample is the dataset with n of its questions, taken at even distances in their order,
// and the judgements of those alone: for engines that need a second an answer. n below 1,
// or not below the number of questions, is all of them.
func (d *Dataset) Sample(n int) *Dataset {
	if n < 1 || n >= len(d.Questions) {
		return d
	}
	out := &Dataset{Name: d.Name, Documents: d.Documents, Relevant: make(map[string]map[string]int, n)}
	for i := range n {
		q := d.Questions[i*len(d.Questions)/n]
		out.Questions = append(out.Questions, q)
		if judged, ok := d.Relevant[q.ID]; ok {
			out.Relevant[q.ID] = judged
		}
	}
	return out
}
