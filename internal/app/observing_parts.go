package app

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/internal/llm"
	"github.com/motcua/motcua/internal/telemetry"
	"github.com/motcua/motcua/lifeevents/delivery"
	"github.com/motcua/motcua/retrieval"
)

// Answer implements assistant.Watcher.
func (o *observing) Answer(ctx context.Context, t *assistant.Turn) (context.Context, func(error)) {
	start := time.Now()
	ctx = telemetry.About(ctx, "answer", t.Answer.ID)
	ctx, span := o.traces.Begin(ctx, "answer")
	span.Set("motcua.answer", t.Answer.ID)
	return ctx, func(err error) {
		o.meter.Answer(t.Question.Channel, string(t.Answer.Status), time.Since(start))
		span.Set("motcua.outcome", string(t.Answer.Status))
		span.End(err)
	}
}

// Step implements assistant.Watcher.
func (o *observing) Step(ctx context.Context, step string) (context.Context, func(error)) {
	start := time.Now()
	ctx, span := o.traces.Begin(ctx, step)
	return ctx, func(err error) {
		o.meter.Step(step, time.Since(start))
		span.End(err)
	}
}

// retriever times searches.
func (o *observing) retriever(r retrieval.Retriever) retrieval.Retriever {
	return watchedRetriever{r, o}
}

type watchedRetriever struct {
	inner retrieval.Retriever
	o     *observing
}

// Retrieve implements retrieval.Retriever.
func (w watchedRetriever) Retrieve(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	start := time.Now()
	ctx, span := w.o.traces.Begin(ctx, "retrieve")
	hits, err := w.inner.Retrieve(ctx, q)
	w.o.meter.Retrieval(time.Since(start))
	span.End(err)
	return hits, err
}

// generator counts requests to the chat model.
func (o *observing) generator(g assistant.Generator) assistant.Generator { return watchedModel{g, o} }

type watchedModel struct {
	inner assistant.Generator
	o     *observing
}

// Generate implements assistant.Generator.
func (w watchedModel) Generate(ctx context.Context, question string, passages []string, emit func(string) error) error {
	ctx, done := w.o.model(ctx, "chat")
	err := w.inner.Generate(ctx, question, passages, emit)
	done(err)
	return err
}

// model starts a request to a model server; done takes how it ended.
func (o *observing) model(ctx context.Context, kind string) (_ context.Context, done func(error)) {
	start := time.Now()
	ctx, span := o.traces.Begin(ctx, "model "+kind)
	return ctx, func(err error) {
		o.meter.Model(kind, modelResult(err), time.Since(start))
		span.End(err)
	}
}

func modelResult(err error) string {
	for _, r := range []struct {
		err  error
		name string
	}{
		{llm.ErrOpen, "open"}, {llm.ErrBudget, "budget"}, {llm.ErrBusy, "busy"}, {llm.ErrRefused, "refused"}, {llm.ErrUnreachable, "unreachable"},
		{context.Canceled, "cancelled"}, {context.DeadlineExceeded, "cancelled"},
	} {
		if errors.Is(err, r.err) {
			return r.name
		}
	}
	if err != nil {
		return "failed"
	}
	return "ok"
}

// outbox counts how claims of notices end.
func (o *observing) outbox(b delivery.Outbox) delivery.Outbox { return watchedOutbox{b, o} }

type watchedOutbox struct {
	delivery.Outbox
	o *observing
}

// Settle implements delivery.Outbox. The trace of a notice is named by its number, so that
// each process that has it in hand writes into the same one.
func (w watchedOutbox) Settle(ctx context.Context, list []delivery.Settlement) error {
	start := time.Now()
	if err := w.Outbox.Settle(ctx, list); err != nil {
		return err
	}
	for _, s := range list {
		w.o.meter.Attempt(s.Channel, string(s.State), string(s.Reason))
		if w.o.traces != nil {
			_, span := w.o.traces.ResumeAt(ctx, "notice", messageKey(s.ID), "settle", start)
			span.Set("motcua.state", string(s.State))
			span.Set("motcua.reason", string(s.Reason))
			span.End(nil)
		}
	}
	return nil
}

// messageKey is the key of the message that a notice goes out as when it goes alone.
func messageKey(id int64) string { return "mc-" + strconv.FormatInt(id, 10) }

// channel times what is handed to a channel of notices.
func (o *observing) channel(c delivery.Channel) delivery.Channel {
	c.Sender = watchedSender{c.Sender, c.Name, o}
	return c
}

type watchedSender struct {
	inner   delivery.Sender
	channel string
	o       *observing
}

// Send implements delivery.Sender.
func (w watchedSender) Send(ctx context.Context, address string, m delivery.Message) error {
	start := time.Now()
	ctx, span := w.o.traces.Resume(telemetry.About(ctx, "notice", m.Key), "notice", m.Key, "send")
	span.Set("motcua.channel", w.channel)
	err := w.inner.Send(ctx, address, m)
	w.o.meter.Sent(w.channel, time.Since(start))
	span.End(err)
	return err
}

// adapter counts what is handed to a chat platform.
func (o *observing) adapter(a channels.Adapter) channels.Adapter {
	return watchedAdapter{a, o}
}

type watchedAdapter struct {
	channels.Adapter
	o *observing
}

// Deliver implements channels.Adapter.
func (w watchedAdapter) Deliver(ctx context.Context, chat string, part channels.Reply) error {
	ctx, span := w.o.traces.Begin(ctx, "deliver")
	err := w.Adapter.Deliver(ctx, chat, part)
	result := "taken"
	if err != nil {
		result = "refused"
		if delivery.Classify(err).Ambiguous {
			result = "ambiguous"
		}
	}
	w.o.meter.Reply(w.Traits().Name, result)
	span.End(err)
	return err
}

// Handling implements channels.Watcher.
func (o *observing) Handling(ctx context.Context, channel, what string, id int64) (context.Context, func(error)) {
	number := channel + "-" + strconv.FormatInt(id, 10)
	ctx, span := o.traces.Resume(telemetry.About(ctx, what, number), what, number, what)
	return ctx, span.End
}
