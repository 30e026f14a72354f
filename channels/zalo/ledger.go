package zalo

import (
	"context"
	"time"

	"github.com/motcua/motcua/channels/zalo/window"
)

// Ledger keeps windows, quota and receipts. People are named as the inbox names their
// chats; that somebody wrote is kept by the inbox's Accept, in the transaction that stores
// what they wrote.
type Ledger interface {
	// Window reads what is kept about a person; empty where nothing is.
	Window(ctx context.Context, person []byte) (window.State, error)
	// Change lets change alter it in one transaction, on disk when it returns; nothing is
	// written where change returns false.
	Change(ctx context.Context, person []byte, now time.Time, change func(s *window.State) bool) error
	// Quota is what Zalo last said of templates.
	Quota(ctx context.Context) (window.Quota, error)
	SetQuota(ctx context.Context, q window.Quota) error
	// Took keeps the number Zalo gave a message; key is the outbox's, "" for the conversation's.
	Took(ctx context.Context, id, key string, now time.Time) error
	// Key finds it again; "" for an unknown one.
	Key(ctx context.Context, id string) (string, error)
	// Arrived moves the notices of a message on; twice, late or unknown changes nothing.
	Arrived(ctx context.Context, key string, at time.Time, seen bool) error
	// Alarm counts an error that somebody must look at.
	Alarm(ctx context.Context, api string, code int, now time.Time) error
	// Alarms lists them, newest first.
	Alarms(ctx context.Context) ([]window.Alarm, error)
	// Sweep forgets what is older and serves nothing any longer.
	Sweep(ctx context.Context, before time.Time) error
}
