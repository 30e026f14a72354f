package sqlite

import (
	"context"
	"log/slog"
)

// Duty runs work until ctx ends. A file is one machine's, and its service is one process;
// should there be two, both work, which costs only time: a notice is queued once.
func (*DB) Duty(ctx context.Context, _ string, _ *slog.Logger, work func(ctx context.Context)) {
	work(ctx)
}
