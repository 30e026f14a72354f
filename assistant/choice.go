package assistant

import (
	"bytes"
	_ "embed"
	"fmt"
	"math"

	"github.com/motcua/motcua/retrieval/rank"
)

//go:embed choice.txt
var choiceFile []byte

// models weigh the evidence by which a procedure is chosen.
var models = mustModels(choiceFile)

type choiceModels struct {
	candidate *rank.Model // which record
	answer    *rank.Model // whether the best record answers at all
}

// mustModels panics on weights that do not fit the code: the file is part of the program.
func mustModels(file []byte) (m choiceModels) {
	all, err := rank.ReadModels(bytes.NewReader(file))
	if err != nil {
		panic(err)
	}
	for _, each := range all {
		switch each.Name {
		case "candidate":
			m.candidate, err = each.Arrange(candidateFeatures)
		case "answer":
			m.answer, err = each.Arrange(answerFeatures)
		default:
			err = fmt.Errorf("assistant: choice.txt: no model is called %q", each.Name)
		}
		if err != nil {
			panic(err)
		}
	}
	return m
}

var answerFeatures = []string{"bias", "full", "alike", "covered", "paired", "held", "strange", "unnamed", "margin", "strangers", "uncalled", "uncalleds", "split", "object", "party", "odd"}

// mostMargin is from where on a lead over the second says no more.
const mostMargin = 5.0

// answers is the probability that the best of the records found, best first, is what the
// question is about; 0 when none was found.
func answers(found []candidate) float64 {
	if len(found) == 0 {
		return 0
	}
	score := models.answer.Score(sureFeatures(found))
	return 1 / (1 + math.Exp(-score))
}

// sureFeatures are the evidence that the best record found, the first, is the one meant.
func sureFeatures(found []candidate) []float64 {
	best, margin := found[0], mostMargin
	if len(found) > 1 {
		margin = min(mostMargin, best.total-found[1].total)
	}
	full := 0.0
	if best.full {
		full = 1
	}
	return []float64{1, full, best.alike, best.covered, best.paired, best.held, best.strange, best.unnamed, margin, best.strangers, best.uncalled, best.uncalleds, best.split, best.object, best.party, best.odd}
}
