package channeltest

import (
	"strings"

	"github.com/motcua/motcua/channels"
)

func blocking(t TB, s Subject) {
	b := newBench(t, s)
	b.link(s.Chats[0], "p1")
	if got := b.consents("p1"); len(got) != 1 {
		t.Fatalf("consent stands for %q", got)
	}
	b.take(b.Platform.Leave(s.Chats[0]))
	b.settle()
	if got := b.consents("p1"); len(got) != 0 {
		t.Errorf("consent stands for %q", got)
	}
	if p, err := b.store.PersonOf(t.Context(), s.Channel, s.Chats[0]); err != nil || p != "" {
		t.Errorf("still linked to %q, %v", p, err)
	}
}

func unlinked(t TB, s Subject) {
	b := newBench(t, s)
	b.take(b.Platform.Say(s.Chats[0], "nhac viec cua toi"))
	b.settle()
	if b.count(s.Chats[0], "nhắc việc riêng") != 0 || b.count(s.Chats[0], "chưa biết bạn là ai") == 0 {
		t.Errorf("an unlinked chat was told %q", b.answers(s.Chats[0]))
	}
	b.link(s.Chats[1], "p1")
	b.take(b.Platform.Say(s.Chats[1], "Nhắc việc của tôi"))
	b.settle()
	if b.count(s.Chats[1], "nhắc việc riêng") != 1 {
		t.Errorf("a linked chat was told %q", b.answers(s.Chats[1]))
	}
	code, err := b.store.Issue(t.Context(), "p2", s.Channel, b.now)
	if err != nil {
		t.Fatalf("%v", err)
	}
	b.take(b.Platform.Say(s.Chats[0], code.Code))
	b.take(b.Platform.Say(s.Chats[2], code.Code))
	b.settle()
	if p, err := b.store.PersonOf(t.Context(), s.Channel, s.Chats[2]); err != nil || p != "" {
		t.Errorf("a used code linked a second chat to %q, %v", p, err)
	}
	b.take(b.Platform.Say(s.Chats[1], "hủy liên kết"))
	b.take(b.Platform.Say(s.Chats[1], "nhắc việc của tôi"))
	b.settle()
	if b.count(s.Chats[1], "nhắc việc riêng") != 1 || len(b.consents("p1")) != 0 {
		t.Errorf("after unlinking: %q, consent %q", b.answers(s.Chats[1]), b.consents("p1"))
	}
	deep, err := b.store.Issue(t.Context(), "p4", s.Channel, b.now)
	if err != nil {
		t.Fatalf("%v", err)
	}
	b.take(b.Platform.Say(s.Chats[2], "/start "+channels.ReadCode(deep.Code)))
	b.settle()
	if p, err := b.store.PersonOf(t.Context(), s.Channel, s.Chats[2]); err != nil || p != "p4" {
		t.Errorf("a deep link linked to %q, %v", p, err)
	}
	late, err := b.store.Issue(t.Context(), "p3", s.Channel, b.now)
	if err != nil {
		t.Fatalf("%v", err)
	}
	b.now = b.now.Add(channels.LinkLife + later)
	if _, err := b.store.Redeem(t.Context(), late.Code, s.Channel, s.Chats[2], b.now); err == nil {
		t.Errorf("a code worked after %s", channels.LinkLife+later)
	}
}

func official(t TB, s Subject) {
	b := newBench(t, s)
	chat := s.Chats[0]
	b.take(b.Platform.Say(chat, "tôi muốn gặp cán bộ"))
	b.settle()
	queue, err := b.store.Queue(t.Context())
	if err != nil || len(queue) != 1 {
		t.Fatalf("queue %v, %v; chat %q", queue, err, b.answers(chat))
	}
	if b.count(chat, "trợ lý tự động") != 1 {
		t.Errorf("the first thing said, after a command too, is that a machine speaks: %q", b.answers(chat))
	}
	id := queue[0].ID
	if _, err := b.store.Take(t.Context(), id, "cb-1", b.now); err != nil {
		t.Fatalf("%v", err)
	}
	if _, err := b.store.Take(t.Context(), id, "cb-2", b.now); err == nil {
		t.Errorf("two officials took one ticket")
	}
	b.take(b.Platform.Say(chat, "tôi hỏi riêng cán bộ"))
	b.settle()
	if b.count(chat, "Trả lời cho") != 0 || b.count(chat, "Cán bộ đã vào") != 1 {
		t.Errorf("the assistant spoke: %q", b.answers(chat))
	}
	thread, err := b.store.Thread(t.Context(), id, "cb-1")
	if err != nil || len(thread) == 0 || thread[len(thread)-1].Text != "tôi hỏi riêng cán bộ" {
		t.Errorf("the official reads %v, %v", thread, err)
	}
	if _, err := b.store.Thread(t.Context(), id, "cb-2"); err == nil {
		t.Errorf("another official reads the thread")
	}
	if err := b.store.Say(t.Context(), id, "cb-1", "Bạn mang <thẻ> căn cước nhé.", b.now); err != nil {
		t.Fatalf("%v", err)
	}
	if err := b.store.Close(t.Context(), id, "cb-1", b.now); err != nil {
		t.Fatalf("%v", err)
	}
	b.settle()
	b.take(b.Platform.Say(chat, "câu tiếp"))
	b.settle()
	if b.count(chat, "Bạn mang <thẻ> căn cước nhé.") != 1 || b.count(chat, "Trả lời cho: câu tiếp") != 1 {
		t.Errorf("after the official: %q", b.answers(chat))
	}
}

func deletion(t TB, s Subject) {
	b := newBench(t, s)
	b.link(s.Chats[0], "p1")
	b.take(b.Platform.Say(s.Chats[0], "xóa dữ liệu của tôi"))
	b.settle()
	if b.button(s.Chats[0], "forget:yes") == "" {
		t.Fatalf("it is not asked first: %q", b.answers(s.Chats[0]))
	}
	b.take(b.Platform.Push(s.Chats[0], "forget:yes"))
	b.settle()
	if got := b.answers(s.Chats[0]); !strings.Contains(got[len(got)-1], "Đã xóa") {
		t.Errorf("said %q", got[len(got)-1])
	}
	if p, err := b.store.PersonOf(t.Context(), s.Channel, s.Chats[0]); err != nil || p != "" || len(b.consents("p1")) != 0 {
		t.Errorf("still linked to %q, consent %q, %v", p, b.consents("p1"), err)
	}
}
