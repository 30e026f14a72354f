package app

import (
	"context"
	"time"

	"github.com/motcua/motcua/assistant"
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
	memory := assistant.NewShortMemory(conversationKept, conversations)
	library := a.store.Library()
	a.assistant = assistant.New(a.now,
		assistant.Guard{},
		assistant.Context{Memory: memory},
		assistant.Read{},
		assistant.Locate{},
		assistant.RouteStep{},
		premise,
		assistant.Retrieve{Retriever: a.search},
		assistant.Choose{Library: library},
		assistant.Compose{Library: library},
		assistant.Prove{Library: library, Premises: premise},
		assistant.Remember{Memory: memory},
	)
	return nil
}
