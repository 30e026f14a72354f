package app

import (
	"context"
	"errors"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/switches"
)

// errModelOff is noted in the trace of an answer while officials have the model off.
var errModelOff = errors.New("mô hình ngôn ngữ đang được tắt")

// halted tells the step Halt whether the whole assistant is off.
func (a *App) halted(ctx context.Context) (reason string, since time.Time, off bool) {
	line, off := a.switches.Off(ctx, switches.Assistant)
	return line.Reason, line.At, off
}

// switchedModel is a model behind its kill switch: off, the answer stays extractive.
type switchedModel struct {
	board *switches.Board
	model assistant.Generator
}

func (m switchedModel) Generate(ctx context.Context, question string, passages []string, emit func(piece string) error) error {
	if _, off := m.board.Off(ctx, switches.Model); off {
		return errModelOff
	}
	return m.model.Generate(ctx, question, passages, emit)
}

// Switches is the board of kill switches.
func (a *App) Switches() *switches.Board { return a.switches }
