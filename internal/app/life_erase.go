package app

import (
	"context"
	"errors"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

// eraseDue carries out requests to delete whose time to be taken back has passed: long
// before the last day the law gives.
func (a *App) eraseDue(ctx context.Context, today civil.Date) error {
	list, err := a.store.Mine().Requests(ctx, "")
	if err != nil {
		return err
	}
	var errs []error
	for _, q := range list {
		if q.Kind == lifeevents.DeleteData && !today.Before(q.EraseOn()) {
			errs = append(errs, a.erase(ctx, q.Person))
		}
	}
	return errors.Join(errs...)
}

func (a *App) erase(ctx context.Context, p lifeevents.PersonID) error {
	if a.chats != nil {
		linked, err := a.chats.inbox.Linked(ctx, p)
		if err != nil {
			return err
		}
		for _, l := range linked {
			if err := a.chats.inbox.Unlink(ctx, p, l.Channel, a.now(), "xóa dữ liệu theo yêu cầu"); err != nil {
				return err
			}
		}
	}
	n, err := a.life.People.Erase(ctx, p)
	if err != nil {
		return err
	}
	a.log.InfoContext(ctx, "app: deleted on request", "people", n)
	return a.store.Mine().MoveRequest(ctx, p, lifeevents.DeleteData, lifeevents.RequestDone, a.now())
}
