package channeltest

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/motcua/motcua/channels"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

func retryTable(t TB, s Subject) {
	for _, c := range s.Retries {
		b := newBench(t, s)
		b.take(b.Platform.Say(s.Chats[0], "xin chào"))
		b.settle()
		before := len(b.answers(s.Chats[0]))
		b.Platform.Suffer(c.Fault)
		err := b.Adapter.Deliver(t.Context(), s.Chats[0], channels.Say(secretWords))
		var got *delivery.SendError
		if !errors.As(err, &got) {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		b.noSecrets("error of "+c.Name, err.Error())
		if got.Reason != c.Reason || got.Permanent != c.Permanent || got.Ambiguous != c.Ambiguous || got.Down != c.Down || c.RetryAfter != 0 && got.RetryAfter != c.RetryAfter {
			t.Errorf("%s: read as %+v", c.Name, got)
		}
		if !c.Fault.Lose && c.Fault.Hang == 0 && len(b.answers(s.Chats[0])) != before {
			t.Errorf("%s: shown all the same", c.Name)
		}
	}
}

func longAnswer(t TB, s Subject) {
	b := newBench(t, s)
	b.take(b.Platform.Say(s.Chats[0], "xin chào"))
	b.settle()
	var r channels.Reply
	var words []string
	for i := range 60 {
		line := strings.Repeat("Hồ sơ gồm tờ khai theo mẫu và giấy tờ kèm theo, nộp tại UBND cấp xã. ", 1+i%7)
		r.Lines = append(r.Lines, channels.Line{Text: strings.TrimSpace(line), Bold: i%9 == 0})
		words = append(words, strings.Fields(line)...)
	}
	r.Lines = append(r.Lines, channels.Line{Text: strings.Repeat("dàiquá🙂", 2500)})
	r.Links = []channels.Link{{Mark: 1, Title: "Điều 16 Luật 60/2014/QH13", URL: "https://vbpl.vn/1"}}
	before := len(b.answers(s.Chats[0]))
	traits := b.Adapter.Traits()
	for _, part := range channels.Split(r, traits) {
		if err := b.Adapter.Deliver(t.Context(), s.Chats[0], part); err != nil {
			t.Fatalf("deliver: %v", err)
		}
	}
	got := b.answers(s.Chats[0])[before:]
	for _, m := range got {
		if n := utf16Units(m); n > traits.MaxText {
			t.Errorf("a message of %d units", n)
		}
	}
	all := strings.Fields(strings.Join(got, "\n"))
	if len(got) < 3 || len(all) < len(words) || !slices.Equal(all[:len(words)], words) {
		t.Errorf("%d messages, %d words of %d, or their order changed", len(got), len(all), len(words))
	}
	if glued := strings.Join(all, ""); strings.Count(glued, "dàiquá🙂") != 2500 || !strings.Contains(glued, "Điều16Luật60/2014/QH13") {
		t.Errorf("a long word or the source is lost")
	}
}

func escaping(t TB, s Subject) {
	b := newBench(t, s)
	b.take(b.Platform.Say(s.Chats[0], "xin chào"))
	b.settle()
	for _, text := range []string{
		`<b>đậm</b> & "ngoặc" 'đơn' <script>alert(1)</script>`, "a<b && c>d; &lt; &amp;nbsp; </a>", `*sao* _gạch_ [chữ](https://a.b) ~ ` + "`mã`",
		"tệ🙂 👨‍👩‍👧 \u202etrái\u202c \u200bkhông thấy", "{\"json\": [1]} \\ \" \\u0041", "-. ! # + = |",
	} {
		if err := b.Adapter.Deliver(t.Context(), s.Chats[0], channels.Say(text)); err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if all := b.answers(s.Chats[0]); all[len(all)-1] != text {
			t.Errorf("sent %q, shown %q", text, all[len(all)-1])
		}
	}
	if err := b.Adapter.Deliver(t.Context(), s.Chats[0], channels.Say("hỏng \xff\xfe byte")); err != nil {
		t.Errorf("broken bytes: %v", err)
	}
}

func ordering(t TB, s Subject) {
	b := newBench(t, s)
	b.worker.Answers = 4
	for i, text := range []string{"một", "hai", "ba", "bốn", "năm"} {
		b.take(b.Platform.Say(s.Chats[0], text))
		b.take(b.Platform.Say(s.Chats[1+i%2], "khác "+text))
	}
	b.settle()
	var got []string
	for _, a := range b.answers(s.Chats[0]) {
		for word := range strings.FieldsSeq(a) {
			if slices.Contains([]string{"một", "hai", "ba", "bốn", "năm"}, word) {
				got = append(got, word)
			}
		}
	}
	if strings.Join(got, " ") != "một hai ba bốn năm" {
		t.Errorf("answered in the order %q", got)
	}
	if n := b.count(s.Chats[1], "khác") + b.count(s.Chats[2], "khác"); n != 5 {
		t.Errorf("others got %d answers of 5", n)
	}
}

func duplicates(t TB, s Subject) {
	b := newBench(t, s)
	u := b.Platform.Say(s.Chats[0], "câu hỏi")
	b.take(u)
	b.take(u)
	b.settle()
	b.take(u)
	b.settle()
	b.worker = b.newWorker()
	b.take(u)
	b.settle()
	if n := b.count(s.Chats[0], "Trả lời cho: câu hỏi"); n != 1 {
		t.Errorf("answered %d times", n)
	}
}

// later is past every lease.
const later = time.Minute

func killBeforeReply(t TB, s Subject) {
	b := newBench(t, s)
	b.take(b.Platform.Say(s.Chats[0], "câu một"))
	b.take(b.Platform.Say(s.Chats[0], "câu hai"))
	// Killed after the claim, before anything was kept; then after it was kept, before it
	// was said.
	if list, err := b.store.Claim(t.Context(), s.Channel, b.now, 5, 10*time.Second); err != nil || len(list) != 1 {
		t.Fatalf("claimed %d, %v", len(list), err)
	}
	b.settle()
	if n := len(b.answers(s.Chats[0])); n != 0 {
		t.Fatalf("%d answers while another holds the chat", n)
	}
	b.now = b.now.Add(later)
	list, err := b.store.Claim(t.Context(), s.Channel, b.now, 5, 10*time.Second)
	if err != nil || len(list) != 1 {
		t.Fatalf("claimed %d, %v", len(list), err)
	}
	r, err := b.talk.Handle(t.Context(), &list[0], b.Adapter.Traits())
	if err != nil {
		t.Fatalf("%v", err)
	}
	if err := b.store.Settle(t.Context(), list[0], channels.Split(r, b.Adapter.Traits()), b.now); err != nil {
		t.Fatalf("%v", err)
	}
	b.worker = b.newWorker()
	b.settle()
	if one, two := b.count(s.Chats[0], "Trả lời cho: câu một"), b.count(s.Chats[0], "Trả lời cho: câu hai"); one != 1 || two != 1 {
		t.Errorf("answered %d and %d times", one, two)
	}
}

func killWhileSending(t TB, s Subject) {
	for _, arrived := range []bool{true, false} {
		b := newBench(t, s)
		b.take(b.Platform.Say(s.Chats[0], "câu hỏi"))
		list, err := b.store.Claim(t.Context(), s.Channel, b.now, 1, 10*time.Second)
		if err != nil || len(list) != 1 {
			t.Fatalf("claimed %d, %v", len(list), err)
		}
		r, err := b.talk.Handle(t.Context(), &list[0], b.Adapter.Traits())
		if err != nil {
			t.Fatalf("%v", err)
		}
		if err := b.store.Settle(t.Context(), list[0], []channels.Reply{r}, b.now); err != nil {
			t.Fatalf("%v", err)
		}
		parts, err := b.store.Next(t.Context(), s.Channel, b.now, 5, 10*time.Second)
		if err != nil || len(parts) != 1 {
			t.Fatalf("%d parts, %v", len(parts), err)
		}
		want := 0
		if arrived { // the platform has it, and nobody has written that down
			want = 1
			if err := b.Adapter.Deliver(t.Context(), parts[0].Chat, parts[0].Reply); err != nil {
				t.Fatalf("%v", err)
			}
		}
		b.now = b.now.Add(later)
		b.settle()
		if n := b.count(s.Chats[0], "Trả lời cho: câu hỏi"); n != want {
			t.Errorf("said %d times, want %d", n, want)
		}
		action := b.button(s.Chats[0], "again:")
		if action == "" {
			t.Fatalf("nothing offers to say it again: %q", b.answers(s.Chats[0]))
		}
		b.take(b.Platform.Push(s.Chats[0], action))
		b.take(b.Platform.Push(s.Chats[0], action))
		b.settle()
		if n := b.count(s.Chats[0], "Trả lời cho: câu hỏi"); n != want+1 {
			t.Errorf("said %d times after the button, want %d", n, want+1)
		}
	}
}

// button finds the action of the latest button that begins so.
func (b *bench) button(chat, prefix string) (action string) {
	for _, m := range b.Platform.Seen(chat) {
		for _, x := range m.Buttons {
			if data := strings.TrimPrefix(x.Data, "#mc:"); strings.HasPrefix(data, prefix) {
				action = data
			}
		}
	}
	return action
}

func lostResponse(t TB, s Subject) {
	b := newBench(t, s)
	b.take(b.Platform.Say(s.Chats[0], "câu hỏi"))
	b.Platform.Suffer(Fault{Lose: true})
	b.settle()
	b.now = b.now.Add(later)
	b.settle()
	if n := b.count(s.Chats[0], "Trả lời cho: câu hỏi"); n != 1 {
		t.Errorf("said %d times", n)
	}
	if b.button(s.Chats[0], "again:") == "" {
		t.Errorf("the person is not told: %q", b.answers(s.Chats[0]))
	}
}

func putOff(t TB, s Subject) {
	b := newBench(t, s)
	for _, c := range s.Retries {
		if c.Permanent || c.Ambiguous || c.Fault.Lose || c.Fault.Hang > 0 {
			continue
		}
		b.take(b.Platform.Say(s.Chats[0], "câu "+c.Name))
		b.Platform.Suffer(c.Fault)
		for range 5 {
			b.settle()
			b.now = b.now.Add(later)
			time.Sleep(c.RetryAfter) // the adapter keeps the wait it was asked for
		}
		if n := b.count(s.Chats[0], "Trả lời cho: câu "+c.Name); n != 1 {
			t.Errorf("%s: said %d times", c.Name, n)
		}
	}
}

func blockedSending(t TB, s Subject) {
	b := newBench(t, s)
	b.link(s.Chats[0], "p1")
	b.take(b.Platform.Say(s.Chats[0], "câu hỏi"))
	b.Platform.Leave(s.Chats[0]) // the update itself is still on its way
	b.settle()
	if got := b.consents("p1"); len(got) != 0 {
		t.Errorf("after a refused reply consent stands for %q", got)
	}
	c := newBench(t, s)
	c.link(s.Chats[0], "p1")
	c.Platform.Leave(s.Chats[0])
	err := c.Sender.Send(t.Context(), s.Chats[0], delivery.Message{Key: "mc-1", Person: "p1", Topic: lifeevents.TopicChild, Text: "Bạn có việc mới."})
	if got := delivery.Classify(err); err == nil || got.Reason != delivery.Blocked || !got.Permanent {
		t.Errorf("a notice to one who left: %v", err)
	}
	if got := c.consents("p1"); len(got) != 0 {
		t.Errorf("after a refused notice consent stands for %q", got)
	}
}
