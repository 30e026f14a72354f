// Package delivery empties the outbox: claim with a lease, pass the gates, send, settle.
//
//	            recalled, gate says no                staff
//	pending ───────────────────────────▶ withheld ◀──────── unknown
//	   │ ▲                                               ▲
//	   │ │ wait, retry, lease ran out before sending      │ lease ran out while sending,
//	   ▼ │                                               │ time-out that tells nothing
//	sending ──────────────────────────────────────────────┘
//	   ├──▶ sent ──▶ delivered (the channel or the reader says so)
//	   └──▶ failed (refused for good on every channel, or tries used up)
//
// The database refuses every other step. A worker that loses its lease before it begins
// to send is told so by Begin and sends nothing. One that dies after Begin leaves the row
// unknown, which staff see and which nothing repeats; over a channel that drops repeats of
// one key (the portal, the log) the row goes back to pending and is sent again with the
// same key. So a committed notice is never lost and never said twice unless marked unknown.
package delivery
