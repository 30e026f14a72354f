package channels

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/motcua/motcua/lifeevents"
)

// Traits say what a channel can do.
type Traits struct {
	Name string // "telegram", as in consents and the outbox
	// Class is what may be said there about a person; chat platforms are Outside.
	Class lifeevents.ChannelClass
	// MaxText is the longest message in UTF-16 units, marks of form not counted.
	MaxText int
	// MaxButtons is how many stand under one message; 0 is a channel without buttons, where
	// choices are typed as numbers. MaxLabel is the longest label in letters.
	MaxButtons, MaxLabel int
	// LinksByTitle: a link shows as its title alone. Else its address is written out.
	LinksByTitle bool
	// PerMessage is the most parts said in answer to one message of the person's, where the
	// platform counts them; 0 is no limit. What is beyond waits until they ask for more.
	PerMessage int
}

// Units is the length of a text as platforms count it.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// Plain is a link written out.
func (l Link) Plain() string {
	s := l.Short()
	if l.URL != "" {
		s += ": " + l.URL
	}
	return s
}

// Short is a link as its mark and title.
func (l Link) Short() string {
	var b strings.Builder
	if l.Mark > 0 {
		b.WriteString("[" + strconv.Itoa(l.Mark) + "] ")
	}
	b.WriteString(l.Title)
	return b.String()
}

// shown is how a link reads on the channel.
func (t Traits) shown(l Link) string {
	if t.LinksByTitle {
		return l.Short()
	}
	return l.Plain()
}
