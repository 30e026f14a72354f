package qdrant

import (
	"hash/fnv"
	"slices"

	"github.com/motcua/motcua/retrieval/viet"
)

// BM25's usual constants; the length of a passage is bounded, so that a fixed mean will do.
const (
	k1         = 1.2
	b          = 0.75
	meanLength = 90
	// foldedShare is what a word without its marks counts beside the word itself.
	foldedShare = 0.5
)

// Sparse is a text as BM25 weighs it, without rarity: that is the server's to know. Words
// stand as they are and once more without their marks.
func Sparse(text string) (indices []uint32, values []float32) {
	counts, length := map[uint32]float64{}, 0
	for _, t := range viet.Tokenize(text) {
		length++
		counts[number(t.Text)]++
		if t.Fold != "" {
			counts[number("~"+t.Fold)] += foldedShare
		}
	}
	for i := range counts {
		indices = append(indices, i)
	}
	slices.Sort(indices)
	for _, i := range indices {
		n := counts[i]
		values = append(values, float32(n*(k1+1)/(n+k1*(1-b+b*float64(length)/meanLength))))
	}
	return indices, values
}

// asked is a question: each of its words once.
func asked(text string) (indices []uint32, values []float32) {
	seen := map[uint32]float32{}
	for _, t := range viet.Tokenize(text) {
		seen[number(t.Text)] = 1
		if t.Fold != "" {
			seen[number("~"+t.Fold)] = foldedShare
		}
	}
	for i := range seen {
		indices = append(indices, i)
	}
	slices.Sort(indices)
	for _, i := range indices {
		values = append(values, seen[i])
	}
	return indices, values
}

func number(word string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(word)) // a hash takes everything
	return h.Sum32()
}
