//go:build ignore

// Command gen writes the exam's case files from the hand-written sources and the starter
// corpus: go generate ./eval
package main

import (
	"bytes"
	"log"
	"os"

	"github.com/motcua/motcua/corpus/starter"
	"github.com/motcua/motcua/eval"
)

func main() {
	set, err := starter.Load()
	if err != nil {
		log.Fatal(err)
	}
	cases, err := eval.MakeExam(os.DirFS("suites/exam/source"), set)
	if err != nil {
		log.Fatal(err)
	}
	for _, half := range []string{eval.Dev, eval.Test} {
		var b bytes.Buffer
		if err := eval.WriteCases(&b, eval.OfHalf(cases, half)); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile("suites/exam/"+half+".jsonl", b.Bytes(), 0o644); err != nil {
			log.Fatal(err)
		}
		log.Printf("%s: %d cases", half, len(eval.OfHalf(cases, half)))
	}
}
