package main

import (
	"encoding/json"
	"time"

	"github.com/motcua/motcua/internal/app"
	"github.com/motcua/motcua/internal/civil"
)

// eventsCommand gathers what concerns life events.
type eventsCommand struct {
	Import   eventsImport   `cmd:"" help:"${events_import_help}"`
	Rules    eventsRules    `cmd:"" help:"${events_rules_help}"`
	DryRun   eventsDryRun   `cmd:"" name:"dry-run" help:"${events_dry_run_help}"`
	Calendar eventsCalendar `cmd:"" help:"${events_calendar_help}"`
	Quality  eventsQuality  `cmd:"" help:"${events_quality_help}"`
	Ripple   eventsRipple   `cmd:"" help:"${events_ripple_help}"`
	Simulate eventsSimulate `cmd:"" help:"${events_simulate_help}"`
}

// openLife opens what life events need of the data folder.
func openLife(e *environment) (*app.Life, error) {
	return app.OpenLife(e.ctx, e.cfg, time.Now)
}

// dayOr reads a day as people write it; the other where it is empty.
func dayOr(e *environment, text string, other civil.Date) (civil.Date, error) {
	if text == "" {
		return other, nil
	}
	return parseDay(text, e.cfg.Lang)
}

func printDocument(e *environment, v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
