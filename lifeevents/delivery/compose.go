package delivery

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/motcua/motcua/lifeevents"
)

// Composer puts notices into the words of a message.
type Composer struct {
	Codes Codes
	// Portal is the address of the portal's page of reminders, without a slash at the end;
	// outside messages end with it, "/" and the code.
	Portal string
	// Sender is who speaks: the office that runs this service.
	Sender lifeevents.Text
}

// Compose makes one message of the notices of one person, the first being the most
// pressing. Over outside channels it is one neutral sentence and a link, whatever is
// inside. group is the number its key is made of.
func (p Composer) Compose(list []*Case, group int64) Message {
	first := list[0]
	m := Message{
		Key: "mc-" + strconv.FormatInt(group, 10), Person: first.Notice.Person, Topic: first.Notice.Topic,
		Code: p.Codes.Of(first.ID),
	}
	m.Link = p.Portal + "/" + m.Code
	lang := first.Reach.Lang
	if first.Channel.Class == lifeevents.Outside {
		m.Text = p.outside(list, lang, m)
		m.Params = map[string]string{"count": strconv.Itoa(len(list)), "code": m.Code, "link": m.Link}
		if len(list) == 1 {
			m.Params["rule"] = first.Notice.Rule // names the template; it is not for the person
		}
		return m
	}
	m.Parts = make([]Part, 0, len(list))
	for _, c := range list {
		w, _ := c.Rule.Words(c.Notice, lang, lifeevents.Own)
		code := m.Code
		if c != first {
			code = p.Codes.Of(c.ID)
		}
		m.Parts = append(m.Parts, Part{c.Notice, w.Title, w.Body, code})
	}
	m.Title = m.Parts[0].Title
	if len(list) > 1 {
		m.Title = fmt.Sprintf(digestTitle.In(lang), len(list))
	}
	m.Text = p.own(m, lang)
	return m
}

var (
	digestTitle  = lifeevents.Text{VI: "Hôm nay có %d việc cần biết", EN: "%d matters for you today"}
	manyOutside  = lifeevents.Text{VI: "Bạn có %d việc mới trong mục Nhắc việc của tôi.", EN: "You have %d new matters under My reminders."}
	readThere    = lifeevents.Text{VI: "Xem tại %s (đăng nhập để đọc).", EN: "Read at %s (sign in to see it)."}
	codeLine     = lifeevents.Text{VI: "Mã tin nhắn: %s. Nhập mã này trên Cổng để biết tin có thật hay không.", EN: "Message code: %s. Enter it on the portal to check that this message is genuine."}
	whyLine      = lifeevents.Text{VI: "Vì sao tôi nhận tin này: %s.", EN: "Why am I told this: %s."}
	senderFooter = lifeevents.Text{VI: "Người gửi: %s.", EN: "From: %s."}
)

func (p Composer) outside(list []*Case, lang string, m Message) string {
	var b strings.Builder
	if len(list) == 1 {
		w, _ := list[0].Rule.Words(list[0].Notice, lang, lifeevents.Outside)
		b.WriteString(w.Body)
	} else {
		fmt.Fprintf(&b, manyOutside.In(lang), len(list))
	}
	b.WriteByte('\n')
	put(&b, readThere.In(lang), m.Link)
	b.WriteByte('\n')
	put(&b, codeLine.In(lang), m.Code)
	return b.String()
}

// put writes a line with its one %s filled in.
func put(b *strings.Builder, line, word string) {
	before, after, _ := strings.Cut(line, "%s")
	b.WriteString(before)
	b.WriteString(word)
	b.WriteString(after)
}

func (p Composer) own(m Message, lang string) string {
	var b strings.Builder
	b.Grow(512 + 1024*len(m.Parts))
	for i, part := range m.Parts {
		if len(m.Parts) > 1 {
			b.WriteString(strconv.Itoa(i + 1))
			b.WriteString(". ")
		}
		b.WriteString(part.Title)
		b.WriteByte('\n')
		b.WriteString(part.Body)
		b.WriteByte('\n')
		if d := part.Notice.Doubt.In(lang); d != "" {
			b.WriteString(d)
			b.WriteByte('\n')
		}
		if t := part.Notice.Why.Trigger.In(lang); t != "" {
			put(&b, whyLine.In(lang), t)
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
	if s := p.Sender.In(lang); s != "" {
		put(&b, senderFooter.In(lang), s)
		b.WriteByte(' ')
	}
	b.WriteString(m.Parts[0].Notice.Why.Stop.In(lang))
	b.WriteByte('\n')
	put(&b, codeLine.In(lang), m.Code)
	return b.String()
}
