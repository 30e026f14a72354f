package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/intake"
	"github.com/motcua/motcua/internal/switches"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// idleLook is the longest pause between two looks at the outbox. What the daily work, the
// intake or another process queues leaves within it; a look is one read of an index.
const idleLook = time.Second

// pausedFor is how long a notice waits at a paused rule or channel before it is looked at
// again.
const pausedFor = 10 * time.Minute

// gates is what every notice passes before every attempt, as one list: whether it is true
// and in force, whether officials have paused it, then the rest.
func (a *App) gates() []delivery.Gate {
	return slices.Insert(delivery.Gates(), 2, delivery.Gate{Name: "kill switch", Check: a.paused})
}

// paused holds back what officials have switched off, by rule or by channel.
func (a *App) paused(c *delivery.Case) delivery.Verdict {
	for _, t := range []switches.Target{switches.Rule(c.Notice.Rule), switches.Channel(c.Channel.Name)} {
		if _, off := a.switches.Off(context.Background(), t); off { // reads what the board remembers
			return delivery.Verdict{Reason: delivery.Halted, Until: c.Now.Add(pausedFor)}
		}
	}
	return delivery.Verdict{}
}

// senders is every channel that notices may go over, as one list.
func (a *App) senders() []delivery.Channel {
	list := append([]delivery.Channel{
		delivery.Portal(),
		a.logChannel(),
	}, a.chatSenders()...)
	for i := range list {
		list[i] = a.observe.channel(list[i])
	}
	return list
}

// logChannel writes a line for each message to notices.log, for those whose channel is
// "log". The file is not sealed, so it gets what a chat platform would.
func (a *App) logChannel() delivery.Channel {
	return delivery.Channel{Name: "log", Class: lifeevents.Outside, Sender: delivery.NewLogSender(&lateFile{path: filepath.Join(a.cfg.Data, "notices.log")})}
}

// lateFile is opened with its first write and closed again after each: it is written rarely.
type lateFile struct{ path string }

// Write appends.
func (l *lateFile) Write(p []byte) (n int, err error) {
	f, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	n, err = f.Write(p)
	return n, errors.Join(err, f.Close())
}

// worker empties the outbox.
func (a *App) worker() (*delivery.Worker, error) {
	return delivery.NewWorker(delivery.WorkerConfig{
		Outbox: a.observe.outbox(a.life.Outbox), Views: a.life.People, Rules: a.life.Running, Channels: a.senders(), Gates: a.gates(),
		Composer: a.life.Composer, Now: a.now, Log: a.log, Batch: 2000, Hands: 2,
	})
}

// notifying runs the daily work and the worker until the function it returns is called,
// which comes back when what was under way has ended.
func (a *App) notifying(ctx context.Context) (stop func(), err error) {
	spec, err := delivery.ParseSpec(a.cfg.DailyAt)
	if err != nil {
		return nil, fmt.Errorf("daily_at: %w", err)
	}
	w, err := a.worker()
	if err != nil {
		return nil, err
	}
	if err := a.lawOnStart(ctx); err != nil {
		return nil, err
	}
	a.tellMissed(ctx, spec)
	ctx, cancel := context.WithCancel(ctx)
	waker := delivery.Waker{Spec: spec, Job: a.dailyWork, Log: a.log, Now: a.now}
	var under sync.WaitGroup
	under.Go(func() {
		// Of several replicas one does the daily work, and another when that one is gone.
		a.store.Duty(ctx, "daily work", a.log, func(ctx context.Context) {
			if err := waker.Run(ctx); err != nil {
				a.log.ErrorContext(ctx, "app: daily work", "error", err)
			}
		})
	})
	under.Go(func() { w.Run(ctx, idleLook) })
	return func() { cancel(); under.Wait() }, nil
}

// dailyWork queues what has fallen due since it ran last, and carries out deletions.
func (a *App) dailyWork(ctx context.Context, today civil.Date) error {
	ctx, span := a.observe.traces.Begin(ctx, "daily work")
	rep, err := a.life.Engine.RunDay(ctx, today)
	if rep.Looked > 0 || err != nil {
		a.log.InfoContext(ctx, "app: daily work", "day", rep.Day.String(), "people", rep.Looked, "queued", rep.Queued, "took", rep.Took.Round(time.Millisecond))
	}
	err = errors.Join(err, a.eraseDue(ctx, today))
	a.observe.meter.DailyWork(a.now(), err)
	span.End(err)
	return err
}

// tellMissed says how long nothing ran; the first run covers it all.
func (a *App) tellMissed(ctx context.Context, spec delivery.Spec) {
	ran, err := a.life.People.Ran(ctx)
	today := civil.On(a.now())
	if err != nil || ran.IsZero() || !ran.AddDays(1).Before(today) {
		return
	}
	n := spec.Missed(ran.AddDays(1).Start(), a.now())
	a.log.WarnContext(ctx, "app: catching up with days on which nothing ran", "since", ran.String(), "days", ran.DaysUntil(today)-1, "runs", n)
}

// intakeSenders are the systems that may send events.
func (a *App) intakeSenders() ([]intake.Sender, error) {
	text := string(a.cfg.IntakeKeys)
	if path := a.cfg.IntakeKeysFile; path != "" {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("intake_keys_file: %w", err)
		}
		if err := ownersOnly(path, info); err != nil {
			return nil, fmt.Errorf("intake_keys_file: %w", err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("intake_keys_file: %w", err)
		}
		text += "\n" + string(raw)
	}
	return intake.ParseSenders(text)
}

// ownersOnly refuses a file of secrets that others may read.
func ownersOnly(path string, info fs.FileInfo) error {
	return config.OwnersOnly(path, info)
}
