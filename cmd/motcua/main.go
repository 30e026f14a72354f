// Command motcua answers questions about Vietnam's public services and the law behind
// them, and tells people in time what a life event asks of them. `motcua help` lists
// what it does.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // Asia/Ho_Chi_Minh also where the system has no time zones

	"github.com/alecthomas/kong"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/extract"
	"github.com/motcua/motcua/internal/telemetry"
)

// Exit statuses, as every command promises.
const (
	exitDone  = 0
	exitFail  = 1
	exitUsage = 2
)

func main() {
	extract.Main() // the child that parses a PDF is this binary again
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with its surroundings passed in; it returns the exit status.
func run(args []string, out, errs io.Writer) int {
	lang := languageOf(args)
	var c commands
	exited := -1
	parser, err := kong.New(&c, kong.Name("motcua"), kong.Description(say(lang, "about")), kong.Vars(helpWords(lang)),
		kong.Writers(out, errs), kong.Exit(func(code int) { exited = code }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: false}))
	if err != nil {
		_, _ = fmt.Fprintln(errs, err)
		return exitFail
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		_, _ = fmt.Fprintf(errs, "motcua: %v\n%s\n", err, say(lang, "try_help"))
		return exitUsage
	}
	return c.execute(k, out, errs)
}

// execute loads the settings and runs the chosen command until done or interrupted.
func (c *commands) execute(k *kong.Context, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cfg, err := config.Load(c.Config)
	if err == nil {
		c.override(&cfg)
		err = cfg.Validate()
	}
	if err != nil {
		_, _ = fmt.Fprintf(errs, "motcua: %v\n", err)
		return exitUsage
	}
	env := &environment{ctx: ctx, cfg: cfg, out: out, errs: errs}
	env.mask = telemetry.NewMask(personal, cfg.Secrets())
	env.log = env.logger()
	err = k.Run(env)
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		_, _ = fmt.Fprintf(errs, "motcua: %v\n", err)
		return exitUsage
	default:
		_, _ = fmt.Fprintf(errs, "motcua: %v\n", err)
		return exitFail
	}
}

// environment is what every command gets.
type environment struct {
	ctx       context.Context
	cfg       config.Config
	out, errs io.Writer
	log       *slog.Logger
	mask      telemetry.Mask
	masked    telemetry.Switch // counts log lines in which something was masked
}

// usageError is a wrong call, as opposed to a call that failed.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// personal masks numbers and addresses of people.
func personal(s string) string {
	masked, _ := assistant.Mask(s)
	return masked
}

func (e *environment) logger() *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(e.cfg.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	return telemetry.NewLog(e.errs, telemetry.LogOptions{Level: level, JSON: e.cfg.LogFormat == "json", Mask: e.mask, Masked: e.masked.Call})
}
