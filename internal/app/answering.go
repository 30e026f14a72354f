package app

import (
	"context"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/llm"
)

// How long and how many conversations this process remembers.
const (
	conversationKept = 30 * time.Minute
	conversations    = 100_000
)

// wireAssistant holds the order of work of an answer, as one list.
func (a *App) wireAssistant(context.Context) error {
	premise, err := assistant.NewPremise()
	if err != nil {
		return err
	}
	library := public{a.shelf}
	lives := assistant.Lives{Library: library, Comparer: assistant.Comparer{Library: library, Wordings: a.store.Wordings()}}
	a.assistant = assistant.New(a.now,
		assistant.Guard{},
		assistant.Halt{Off: a.halted},
		assistant.English{},
		assistant.Context{Memory: a.remember},
		assistant.Read{},
		assistant.Days{},
		assistant.Locate{},
		assistant.RouteStep{},
		assistant.Address{Library: library, Laws: a.shelf.lawBook, Lives: lives},
		premise,
		assistant.Retrieve{Retriever: a.observe.retriever(a.found)},
		assistant.WhoDecides{Library: library},
		assistant.Steer{Book: a.corrections, Library: library},
		assistant.Tell{Library: library},
		assistant.Choose{Library: library, Words: a.search},
		assistant.Correct{Book: a.corrections},
		assistant.Compose{Library: library, Lives: lives},
		assistant.Prove{Library: library, Premises: premise, Tables: []assistant.Table{a.corrections, assistant.CompetenceTable{}, lives}},
		a.explaining(),
		assistant.Remember{Memory: a.remember},
		assistant.Record{Keep: a.keepTurn, Gap: a.remember.gap},
	).Watched(a.observe)
	return nil
}

// explaining is the optional writer: without a model server the step only hands over the
// sources.
func (a *App) explaining() assistant.Explain {
	step := assistant.Explain{Within: time.Duration(a.cfg.ModelWithin), Stall: time.Duration(a.cfg.ModelStall)}
	if a.cfg.ModelURL != "" {
		breaker := &llm.Breaker{Now: a.now}
		a.observe.breaker("chat", breaker.Open)
		step.Generator = switchedModel{a.switches, a.observe.generator(llm.Writer{Model: llm.NewChat(llm.Options{
			BaseURL: a.cfg.ModelURL, Key: string(a.cfg.ModelKey), Model: a.cfg.ModelName, FirstByte: step.Stall, Retries: 1, Breaker: breaker,
		})})}
	}
	return step
}
