package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/internal/simulate"
	"github.com/motcua/motcua/internal/store"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/rules"
)

// Simulate lives a made-up population through the real engine on a database of its own in
// dir, which must be empty or new; "" is a folder that is removed afterwards.
func Simulate(ctx context.Context, dir string, opts simulate.Options) (rep simulate.Report, err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "motcua-simulate-"); err != nil {
			return rep, err
		}
		defer os.RemoveAll(dir)
	}
	path := config.Config{Data: dir}.Database() // so that --data opens what was kept
	if _, err := os.Stat(path); err == nil {
		return rep, fmt.Errorf("%s đã có; hãy chọn thư mục khác", path)
	}
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		return rep, faults[0]
	}
	db, err := openSQLite(ctx, path)
	if err != nil {
		return rep, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	keys, err := secret.OpenKeys(filepath.Join(dir, "simulate.keys"))
	if err != nil {
		return rep, err
	}
	return simulate.Run(ctx, opts, simulationParts(db, secret.NewBox(keys), set))
}

func simulationParts(db database, box *secret.Box, set *lifeevents.Set) simulate.Parts {
	people, outbox := db.People(), db.Outbox(box)
	return simulate.Parts{
		Engine: lifeevents.NewEngine(people, func() *lifeevents.Set { return set }),
		Rules:  set, Outbox: outbox, Views: people, Consent: people.GiveAll, Counts: outbox.Counts,
		Prefer: func(ctx context.Context, p lifeevents.PersonID) error {
			return people.SetContacts(ctx, box, p, "vi", []store.Contact{{Channel: simulate.ChatName, Address: "chat-" + string(p)}})
		},
		Chatted: func(ctx context.Context, each func(lifeevents.Notice, time.Time)) error {
			last := int64(0)
			for {
				rows, err := outbox.All(ctx, simulate.ChatName, last, 1000)
				if err != nil || len(rows) == 0 {
					return err
				}
				for _, s := range rows {
					if s.State == "sent" || s.State == "delivered" {
						each(s.Notice, s.At)
					}
					last = s.ID
				}
			}
		},
	}
}
