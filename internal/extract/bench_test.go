package extract

import "testing"

// BenchmarkABookOf408Pages reads the largest real document, child process and all.
func BenchmarkABookOf408Pages(b *testing.B) {
	path := sharedFile(b, "data/documents/da-nang-174-thu-tuc.pdf")
	for b.Loop() {
		if _, err := File(b.Context(), path, Options{NoOCR: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkALawOf30Pages is the usual case.
func BenchmarkALawOf30Pages(b *testing.B) {
	path := sharedFile(b, "data/documents/luat-congbao-b01.pdf")
	for b.Loop() {
		if _, err := File(b.Context(), path, Options{NoOCR: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSyllableShare measures the judge of text layers.
func BenchmarkSyllableShare(b *testing.B) {
	b.SetBytes(int64(len(motto)))
	for b.Loop() {
		SyllableShare(motto)
	}
}
