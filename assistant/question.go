package assistant

import (
	"time"

	"github.com/motcua/motcua/internal/civil"
)

// Question is what a person asked. InForceOn zero means the day asked; Conversation ""
// starts a new one. Place is free text ("Đà Nẵng", "phuong ben nghe"), may be empty.
type Question struct {
	Text         string
	Conversation string
	AskedAt      time.Time
	InForceOn    civil.Date
	Place        string
	Role         Role
	// Cleared lets texts for officials only be found: whoever asks has signed in as one, or
	// sits at the machine that holds them. Role alone says nothing of who asks.
	Cleared bool
	Channel string // "cli", "portal", "telegram", "zalo", "api"
	Lang    string // "vi" (default) or "en"
	// Chosen is the option a person pressed after we asked back: a unit ID.
	Chosen string
	// Replayed is a question answered before, asked again by a client that holds the
	// conversation itself: the next one leans on it. Nothing of it is kept or explained.
	Replayed bool
	// OnPart, when set, is told the parts of the answer as they are made, in order.
	OnPart func(Part)
}

// Role decides what may be shown and how deep.
type Role string

// Citizen is the default; Official may query regulations and drafts.
const (
	Citizen  Role = "citizen"
	Official Role = "official"
)
