package channels

import (
	"strconv"
	"strings"

	"github.com/motcua/motcua/assistant"
)

// keptOffers is how many answers keep their buttons working.
const keptOffers = 5

// gaveUpEnough is how many answers in a row without a source bring an official.
const gaveUpEnough = 2

// ask puts a question to the assistant.
func (u *turn) ask(q assistant.Question) (Reply, error) {
	s := &u.c.State
	if s.Conversation == "" {
		s.Conversation = newToken()
	}
	q.Conversation, q.AskedAt, q.Channel, q.Lang, q.Role = s.Conversation, u.Now(), u.c.Channel, s.Lang, assistant.Citizen
	a, err := u.Answerer.Answer(u.ctx, q)
	if err != nil {
		// The answer says so in words of its own.
		u.Log.ErrorContext(u.ctx, "channels: answer failed", "channel", u.c.Channel, "answer", a.ID, "error", err)
	}
	s.Turns++
	offer := Offer{Turn: s.Turns, Answer: a.ID, Text: q.Text}
	for _, o := range a.Options {
		offer.Choices = append(offer.Choices, Choice{Unit: o.Unit, Label: o.Label})
	}
	for _, o := range a.Related {
		offer.Choices = append(offer.Choices, Choice{Unit: o.Unit, Label: o.Label, Asks: true})
	}
	s.Offers = append(s.Offers, offer)
	s.Offers = s.Offers[max(0, len(s.Offers)-keptOffers):]
	r := sayAnswer(a, offer, s.Lang)
	return u.giveUp(a.Status, u.greeted(r))
}

// giveUp brings an official after two answers in a row without a source.
func (u *turn) giveUp(status assistant.Status, r Reply) (Reply, error) {
	s := &u.c.State
	if status != assistant.NoSource && status != assistant.NotInForce {
		s.GaveUp = 0
		return r, nil
	}
	if s.GaveUp++; s.GaveUp < gaveUpEnough || s.Asked {
		return r.With(Button{Label: u.say("Gặp cán bộ", "Talk to an official"), Action: actOfficial}), nil
	}
	s.GaveUp = 0
	told, err := u.official(GaveUpTwice)
	r.Lines = append(append(r.Lines, Line{}), told.Lines...)
	return r, err
}

// offer finds an answer by the turn in an action.
func (u *turn) offer(number string) (Offer, bool) {
	n, err := strconv.Atoi(number)
	if err != nil {
		return Offer{}, false
	}
	for _, o := range u.c.State.Offers {
		if o.Turn == n {
			return o, true
		}
	}
	return Offer{}, false
}

// numbered is a choice typed as its number, of the last answer that offered any.
func (u *turn) numbered(n int) (Reply, bool, error) {
	if len(u.c.State.Offers) == 0 {
		return Reply{}, false, nil
	}
	last := u.c.State.Offers[len(u.c.State.Offers)-1]
	if n < 1 || n > len(last.Choices) {
		return Reply{}, false, nil
	}
	r, err := u.choose(last, n-1)
	return r, true, err
}

func (u *turn) choose(o Offer, i int) (Reply, error) {
	c := o.Choices[i]
	q := assistant.Question{Text: o.Text, Chosen: c.Unit}
	if c.Asks {
		q.Text = c.Label
	}
	return u.ask(q)
}

// pressed carries out a button.
func (u *turn) pressed(action string) (Reply, error) {
	name, rest, _ := strings.Cut(action, ":")
	if u.c.State.Held && name != actForget && name != actAgain {
		return Reply{}, nil
	}
	switch name {
	case actAgain:
		u.c.State.Again, _ = strconv.ParseInt(rest, 10, 64) // a wrong number is an unknown part
		return Reply{}, nil
	case actHelp:
		return u.command(cmdHelp, "")
	case actNew:
		return u.command(cmdNew, "")
	case actOfficial:
		return u.command(cmdOfficial, "")
	case actResume:
		return u.command(cmdResume, "")
	case actMore:
		return u.more(), nil
	case actForget:
		return u.forget(action)
	case actChoose, actUseful, actWrong, actReason:
		return u.onAnswer(name, rest)
	}
	return u.stale(), nil
}

func (u *turn) stale() Reply {
	return Say(u.say("Nút này thuộc câu trả lời cũ. Bạn hỏi lại giúp tôi nhé.", "That button belongs to an older answer. Please ask again."))
}

func (u *turn) onAnswer(name, rest string) (Reply, error) {
	number, which, _ := strings.Cut(rest, ":")
	o, ok := u.offer(number)
	if !ok {
		return u.stale(), nil
	}
	switch name {
	case actChoose:
		if i, err := strconv.Atoi(which); err == nil && i >= 0 && i < len(o.Choices) {
			return u.choose(o, i)
		}
		return u.stale(), nil
	case actUseful:
		return u.feedback(o, assistant.Feedback{Answer: o.Answer, Useful: true, At: u.Now()})
	case actReason:
		return u.feedback(o, assistant.Feedback{Answer: o.Answer, Reason: assistant.FeedbackReason(which), At: u.Now()})
	}
	r := Say(u.say("Câu trả lời chưa đúng ở điểm nào?", "What is wrong with it?"))
	for _, reason := range assistant.FeedbackReasons() {
		r.Buttons = append(r.Buttons, Button{Label: reason.Vietnamese(), Action: actReason + ":" + number + ":" + string(reason)})
	}
	return r, nil
}
