package channels

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
)

func (u *turn) command(cmd command, code string) (Reply, error) {
	switch cmd {
	case cmdHelp:
		return u.help(), nil
	case cmdNew:
		u.c.State.Conversation, u.c.State.Offers, u.c.State.GaveUp = "", nil, 0
		return Say(u.say("Được rồi, ta bắt đầu câu hỏi mới. Bạn cần làm việc gì?", "All right, a new question. What do you need?")), nil
	case cmdForget:
		return u.forget(actForget)
	case cmdLink:
		if code != "" {
			return u.redeem(code)
		}
		return u.howToLink(), nil
	case cmdUnlink:
		return u.unlink()
	case cmdReminders:
		return u.reminders()
	case cmdStop:
		return u.stop()
	case cmdResume:
		return u.resume()
	default:
		return u.official(PersonAsked)
	}
}

func (u *turn) help() Reply {
	r := Say(u.say("Bạn hỏi thủ tục hay quy định bằng lời thường, có dấu hay không dấu đều được. Ngoài ra bạn có thể gõ:", "Ask about procedures or law in your own words. You can also type:"))
	for _, c := range Commands() {
		r.Lines = append(r.Lines, Line{Text: "/" + c.Name + " – " + c.Title})
	}
	r.Lines = append(r.Lines, Line{Text: u.say("Gõ bằng chữ cũng được: “gặp cán bộ”, “nhắc việc của tôi”, “dừng”, “xóa dữ liệu”. Câu trả lời do máy soạn, có nguồn để kiểm tra; cán bộ trực "+u.Hours.String()+" ngày làm việc.",
		"Plain words work as well. Answers are written by a machine with sources to check; officials are there "+u.Hours.String()+" on working days.")})
	return r
}

func (u *turn) feedback(o Offer, f assistant.Feedback) (Reply, error) {
	if problem := f.Clean(); problem != "" {
		return u.stale(), nil
	}
	item, err := u.Feedback(u.ctx, f)
	switch {
	case errors.Is(err, assistant.ErrNotKept):
		return u.stale(), nil
	case err != nil:
		return Reply{}, err
	case item != 0:
		return Say(u.say("Cảm ơn bạn. Cán bộ sẽ xem lại câu trả lời này.", "Thank you. An official will look at this answer.")).With(Button{Label: u.say("Gặp cán bộ", "Talk to an official"), Action: actOfficial}), nil
	}
	return Say(u.say("Cảm ơn bạn đã góp ý.", "Thank you for telling us.")), nil
}

// forget asks first, then deletes: words, answers, tie and consents of this channel.
func (u *turn) forget(action string) (Reply, error) {
	switch action {
	case actForgetOK:
	case actKeep:
		return Say(u.say("Tôi giữ nguyên, không xóa gì cả.", "Nothing was deleted.")), nil
	default:
		return Say(u.say("Xóa hết những gì lưu về cuộc trò chuyện này: câu hỏi, câu trả lời, trao đổi với cán bộ; hủy liên kết và dừng nhắc việc ở kênh này. Bạn chắc chứ?",
			"This deletes everything kept of this chat, ends its link to your account and stops reminders here. Are you sure?")).
			With(Button{Label: u.say("Xóa hết", "Delete all"), Action: actForgetOK}, Button{Label: u.say("Không xóa", "Keep"), Action: actKeep}), nil
	}
	s := &u.c.State
	if s.Conversation != "" {
		if err := u.Forget(u.ctx, s.Conversation); err != nil {
			return Reply{}, err
		}
	}
	if err := u.Links.Left(u.ctx, u.c.Channel, u.c.Chat, u.c.ReceivedAt, u.proof("xóa dữ liệu")); err != nil {
		return Reply{}, err
	}
	u.c.State = Chat{Key: s.Key, Lang: s.Lang, Greeted: true, Turns: s.Turns, Forget: true}
	return Say(u.say("Đã xóa. Bạn vẫn hỏi tiếp được như một người mới.", "Deleted. You can go on asking as a newcomer.")), nil
}

// mostGuesses is how many wrong codes a chat may type in an hour.
const mostGuesses = 5

func (u *turn) redeem(code string) (Reply, error) {
	s := &u.c.State
	now := u.Now()
	recent := s.Guesses[:0]
	for _, at := range s.Guesses {
		if now.Sub(time.Unix(at, 0)) < time.Hour {
			recent = append(recent, at)
		}
	}
	if s.Guesses = recent; len(recent) >= mostGuesses {
		return Say(u.say("Bạn đã nhập sai mã nhiều lần. Vui lòng chờ một giờ rồi lấy mã mới trên Cổng.", "Too many wrong codes. Please wait an hour and take a new code from the portal.")), nil
	}
	_, err := u.Links.Redeem(u.ctx, code, u.c.Channel, u.c.Chat, u.c.ReceivedAt)
	switch {
	case errors.Is(err, ErrLinkCode):
		s.Guesses = append(s.Guesses, now.Unix())
		return Say(u.say("Mã liên kết không đúng, đã dùng hoặc đã quá 10 phút. Bạn lấy mã mới trên Cổng nhé.", "That code is wrong, used, or older than 10 minutes. Please take a new one from the portal.")), nil
	case errors.Is(err, ErrLinkedElsewhere):
		return Say(u.say("Cuộc trò chuyện này đang liên kết với một người khác. Gõ “hủy liên kết” trước, rồi lấy mã mới.", "This chat is linked to someone else. Type “unlink” first, then take a new code.")), nil
	case err != nil:
		return Reply{}, err
	}
	return Say(u.say("Đã liên kết cuộc trò chuyện này với tài khoản của bạn trên Cổng. Liên kết chưa có nghĩa là đồng ý nhận tin: bạn chọn từng việc muốn được nhắc qua kênh này trong mục Đồng ý trên Cổng. Muốn thôi, gõ “hủy liên kết”.",
		"This chat is now linked to your account. Linking is no consent: choose on the portal what you want to be told here. To undo it, type “unlink”.")).With(u.door("/toi/dong-y", "Mở mục Đồng ý", "Open my consents")...), nil
}

// door is a button to a page of the portal, where its address is known.
func (u *turn) door(path, vi, en string) []Button {
	if u.Portal == "" {
		return nil
	}
	return []Button{{Label: u.say(vi, en), URL: u.Portal + path}}
}

func (u *turn) howToLink() Reply {
	if u.c.State.Person != "" {
		return Say(u.say("Cuộc trò chuyện này đã liên kết với tài khoản của bạn. Muốn bỏ, gõ “hủy liên kết”.", "This chat is linked already. To undo it, type “unlink”."))
	}
	return Say(u.say("Để liên kết: đăng nhập Cổng, vào mục Liên kết kênh, bấm lấy mã, rồi mở đường dẫn hoặc gõ mã đó vào đây. Mã dùng một lần, trong 10 phút. Khi chưa liên kết, tôi không biết bạn là ai và không nói gì về bạn.",
		"To link: sign in to the portal, take a code under Channels, then open its link or type the code here. It works once, for 10 minutes. Until then I do not know who you are.")).With(u.door("/toi/kenh", "Mở Cổng để lấy mã", "Open the portal")...)
}

func (u *turn) unlink() (Reply, error) {
	if u.c.State.Person == "" {
		return Say(u.say("Cuộc trò chuyện này chưa liên kết với ai.", "This chat is not linked.")), nil
	}
	if err := u.Links.Left(u.ctx, u.c.Channel, u.c.Chat, u.c.ReceivedAt, u.proof("hủy liên kết")); err != nil {
		return Reply{}, err
	}
	return Say(u.say("Đã hủy liên kết và dừng mọi nhắc việc qua kênh này. Bạn vẫn hỏi được như người ẩn danh.", "Unlinked; no reminders will come here. You can still ask anonymously.")), nil
}

func (u *turn) reminders() (Reply, error) {
	if u.c.State.Person == "" {
		r := u.howToLink()
		r.Lines = append(Say(u.say("Tôi chưa biết bạn là ai nên không xem được nhắc việc.", "I do not know who you are, so I cannot look up reminders.")).Lines, r.Lines...)
		return r, nil
	}
	rem, err := u.Reminders(u.ctx, u.c.State.Person, u.c.State.Lang)
	if err != nil {
		return Reply{}, err
	}
	var r Reply
	for _, l := range rem.Lines {
		r.Lines = append(r.Lines, Line{Text: "• " + l})
	}
	switch {
	case rem.More > 0 && len(rem.Lines) > 0:
		r.Lines = append(r.Lines, Line{Text: fmt.Sprintf(u.say("Còn %d việc chỉ xem được trên Cổng sau khi đăng nhập.", "%d more can only be read on the portal."), rem.More)})
	case rem.More > 0:
		r.Lines = append(r.Lines, Line{Text: fmt.Sprintf(u.say("Bạn có %d việc trong mục Nhắc việc của tôi; chi tiết chỉ xem trên Cổng sau khi đăng nhập.", "You have %d reminders; they can only be read on the portal."), rem.More)})
	case len(rem.Lines) == 0:
		r = Say(u.say("Hiện không có việc nào sắp tới hạn.", "Nothing is due soon."))
	}
	return r.With(u.door("/toi/tin", "Mở Nhắc việc của tôi", "Open my reminders")...), nil
}

func (u *turn) stop() (Reply, error) {
	p := u.c.State.Person
	if p == "" {
		return Say(u.say("Cuộc trò chuyện này chưa liên kết nên tôi không gửi nhắc việc nào cho bạn.", "This chat is not linked, so no reminders come here.")), nil
	}
	err := u.Consents.Give(u.ctx, lifeevents.Consent{
		ID: "stop/" + short(u.c.State.Key) + "/" + strconv.FormatInt(u.c.ID, 10), Person: p, Topic: "*", Channel: u.c.Channel,
		Withdrawn: u.c.ReceivedAt, Proof: u.proof("dừng"),
	})
	if err != nil {
		return Reply{}, err
	}
	return Say(u.say("Đã dừng mọi nhắc việc qua kênh này, từ bây giờ. Bạn vẫn hỏi được bình thường. Muốn nhận lại, gõ “tiếp tục”.", "All reminders here have stopped. You can still ask. To get them again, type “resume”.")).
		With(Button{Label: u.say("Nhận lại", "Resume"), Action: actResume}), nil
}

// resume gives again what had been agreed to when it was stopped here, and no more.
func (u *turn) resume() (Reply, error) {
	p := u.c.State.Person
	if p == "" {
		return u.howToLink(), nil
	}
	ledger, err := u.Consents.Ledger(u.ctx, p)
	if err != nil {
		return Reply{}, err
	}
	before := beforeStop(ledger, u.c.Channel)
	for _, c := range before {
		c.ID = "resume/" + short(u.c.State.Key) + "/" + strconv.FormatInt(u.c.ID, 10) + "/" + string(c.Topic)
		c.Channel, c.Given, c.Withdrawn, c.Proof = u.c.Channel, u.c.ReceivedAt, time.Time{}, u.proof("tiếp tục")
		if err := u.Consents.Give(u.ctx, c); err != nil {
			return Reply{}, err
		}
	}
	if len(before) == 0 {
		return Say(u.say("Trước khi dừng bạn chưa đồng ý nhận việc nào qua kênh này. Bạn chọn từng việc trên Cổng nhé.", "You had agreed to nothing here before. Please choose on the portal.")).With(u.door("/toi/dong-y", "Mở mục Đồng ý", "Open my consents")...), nil
	}
	return Say(fmt.Sprintf(u.say("Đã bật lại nhắc việc cho %d nhóm việc bạn từng đồng ý. Muốn dừng, gõ “dừng”.", "Reminders are on again for the %d topics you had agreed to. To stop, type “stop”."), len(before))), nil
}

// beforeStop lists what stood for a channel just before its last withdrawal of everything;
// none where that is not the last word.
func beforeStop(ledger []lifeevents.Consent, channel string) []lifeevents.Consent {
	standing := map[lifeevents.Topic]lifeevents.Consent{}
	var order []lifeevents.Topic
	var last []lifeevents.Consent
	for _, c := range ledger {
		if c.Channel != channel && c.Channel != "*" {
			continue
		}
		switch {
		case c.Topic == "*" && !c.Withdrawn.IsZero():
			if len(standing) > 0 {
				last = last[:0]
				for _, t := range order {
					if c, ok := standing[t]; ok {
						last = append(last, c)
					}
				}
			}
			clear(standing)
			order = nil
		case !c.Withdrawn.IsZero():
			delete(standing, c.Topic)
		default:
			if _, known := standing[c.Topic]; !known {
				order = append(order, c.Topic)
			}
			standing[c.Topic] = c
		}
	}
	if len(standing) > 0 {
		return nil
	}
	return last
}

// official opens a ticket and says when to expect whom.
func (u *turn) official(why Why) (Reply, error) {
	s := &u.c.State
	again := s.Asked
	k, err := u.Handovers.Request(u.ctx, u.c.Channel, u.c.Chat, why, u.c.ReceivedAt)
	if err != nil {
		return Reply{}, err
	}
	s.Asked = true
	outlook, err := u.Handovers.Outlook(u.ctx, k.Asked)
	if err != nil {
		return Reply{}, err
	}
	now := u.Now()
	text := u.say("Tôi đã chuyển yêu cầu của bạn tới cán bộ.", "Your request has gone to the officials.")
	if again {
		text = u.say("Yêu cầu của bạn đã ở trong hàng chờ cán bộ.", "Your request is in the queue already.")
	}
	if outlook.Ahead > 0 {
		text += fmt.Sprintf(u.say(" Trước bạn có %d người.", " %d people are ahead of you."), outlook.Ahead)
	}
	open, next := u.Hours.Open(now)
	switch {
	case !open && !next.IsZero():
		text += " " + u.say("Bây giờ ngoài giờ làm việc ("+u.Hours.String()+", ngày làm việc); cán bộ làm việc lại lúc "+moment(next)+".", "It is outside office hours ("+u.Hours.String()+"); officials are back at "+moment(next)+".")
	case outlook.Usual > 0:
		text += " " + u.say("Gần đây người hỏi thường chờ "+roughly(outlook.Usual)+".", "People have lately waited "+roughly(outlook.Usual)+".")
	default:
		text += " " + u.say("Chưa đủ số liệu để ước lượng thời gian chờ; cán bộ làm việc "+u.Hours.String()+".", "The wait is not known yet; office hours are "+u.Hours.String()+".")
	}
	return Say(text, u.say("Khi cán bộ vào, tôi báo và im lặng; từ lúc này những gì bạn nhắn được lưu cho cán bộ đọc. Trong lúc chờ, tôi vẫn trả lời câu hỏi.",
		"I will tell you when an official comes, and be silent then; from now on what you write is kept for them. Meanwhile I still answer.")), nil
}

func moment(t time.Time) string {
	return t.In(civil.Zone).Format("15h04") + " ngày " + civil.On(t).VN()
}
