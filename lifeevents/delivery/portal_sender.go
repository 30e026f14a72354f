package delivery

import (
	"context"

	"github.com/motcua/motcua/lifeevents"
)

// PortalName is the channel everybody has: the list "Nhắc việc của tôi" on the portal.
const PortalName = "portal"

// Portal is the portal's inbox as a channel. The outbox itself is the inbox: the list
// shows rows that are sent, so settling a row as sent is what puts it there, in the same
// transaction. Nothing can be shown twice or lost between the two.
func Portal() Channel {
	return Channel{Name: PortalName, Class: lifeevents.Own, Sender: portalSender{}, DropsRepeats: true}
}

type portalSender struct{}

// Send refuses an empty message, which nobody could read; all others show once settled.
func (portalSender) Send(_ context.Context, address string, m Message) error {
	if address == "" || len(m.Parts) == 0 {
		return &SendError{Reason: BadAddress, Permanent: true}
	}
	return nil
}
