package channels

import "fmt"

// moreWords ask for the rest of a long answer.
var moreWords = map[string]bool{"tiep": true, "tiep tuc": true, "xem tiep": true, "tiep di": true, "more": true, "next": true}

// ration keeps a reply within the messages a channel gives for one of the person's: what is
// beyond waits until they ask for more, which gives new ones. Nothing is left out.
func ration(s *Chat, parts []Reply, t Traits) []Reply {
	if t.PerMessage <= 0 || len(parts) <= t.PerMessage {
		return parts
	}
	now := parts[:t.PerMessage-1]
	s.Rest = parts[t.PerMessage-1:]
	hint := Say(fmt.Sprintf(in(s.Lang, "Còn %d tin nữa của câu trả lời này. Gõ “tiếp” để xem.", "%d more messages of this answer. Type “more” to see them."), len(s.Rest)))
	return append(now[:len(now):len(now)], hint.With(Button{Label: in(s.Lang, "Xem tiếp", "More"), Action: actMore}))
}

// more says what waits, as one reply: it is split and rationed again.
func (u *turn) more() Reply {
	var r Reply
	for _, p := range u.c.State.Rest {
		r.Lines, r.Links, r.Buttons = append(r.Lines, p.Lines...), append(r.Links, p.Links...), append(r.Buttons, p.Buttons...)
	}
	u.c.State.Rest = nil
	if r.Empty() {
		return u.stale()
	}
	return r
}
