package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/internal/secret"
	"github.com/motcua/motcua/lifeevents/delivery"
	"github.com/motcua/motcua/lifeevents/rules"
)

// lookLife looks at what life events need: the keys, the rules, the daily work and the
// outbox, the way in. It makes nothing.
func (a *App) lookLife(ctx context.Context) []Finding {
	return []Finding{a.lookKeys(), a.lookRules(ctx), a.lookWorker(ctx), a.lookIntake(ctx)}
}

func (a *App) lookKeys() Finding {
	f := Finding{Name: a.in("khóa mã hóa", "sealing keys"), OK: true, State: a.cfg.Keys()}
	if _, err := os.Stat(a.cfg.Keys()); errors.Is(err, fs.ErrNotExist) {
		f.State += a.in(" (chưa có; tạo khi motcua serve chạy lần đầu)", " (not there yet; motcua serve makes it on its first start)")
		return f
	}
	if _, err := secret.OpenKeys(a.cfg.Keys()); err != nil {
		f.OK, f.State = false, err.Error()
		f.Mend = a.in("đặt lại quyền 0600, hoặc khôi phục tệp khóa từ bản sao lưu riêng của nó", "set mode 0600, or restore the key file from its own backup")
		return f
	}
	f.State += a.in(" (đọc được; nhớ sao lưu riêng)", " (readable; keep a backup apart)")
	return f
}

func (a *App) lookRules(ctx context.Context) Finding {
	f := Finding{Name: a.in("quy tắc nhắc", "rules")}
	set, faults := rules.Embedded()
	if len(faults) > 0 {
		f.State, f.Mend = faults[0].Error(), a.in("dùng bản chương trình khác", "use another build of the program")
		return f
	}
	today := civil.On(a.now())
	inForce, off := 0, 0
	for _, r := range set.Rules() {
		switch {
		case r.Disabled != "":
			off++
		case r.Validity.Holds(today):
			inForce++
		}
	}
	f.OK = true
	f.State = fmt.Sprintf(a.in("%d phiên bản, %d đang áp dụng, %d tắt sẵn", "%d versions, %d in use, %d off as shipped"), len(set.Rules()), inForce, off)
	if open, err := a.store.LawChanges().List(ctx, true, 1000); err == nil && len(open) > 0 {
		f.State += fmt.Sprintf(a.in("; %d thay đổi pháp luật chưa ai xem", "; %d changes of law nobody has looked at"), len(open))
	}
	return f
}

// lateAfter is how long a notice may wait beyond its hour before somebody should look.
const lateAfter = time.Hour

// lookWorker tells the daily work and the outbox.
func (a *App) lookWorker(ctx context.Context) Finding {
	f := Finding{Name: a.in("nhắc việc hằng ngày", "daily work"), OK: true}
	ran, err := a.store.People().Ran(ctx)
	counts, countErr := a.store.Outbox(nil).Counts(ctx)
	if err = errors.Join(err, countErr); err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("xem lỗi của kho dữ liệu ở trên", "see what is said of the store above")
		return f
	}
	sum := func(states ...delivery.State) (n int) {
		for _, s := range states {
			for _, c := range counts[s] {
				n += c
			}
		}
		return n
	}
	today := civil.On(a.now())
	f.State = a.in("chưa chạy lần nào", "has not run yet")
	if !ran.IsZero() {
		f.State = fmt.Sprintf(a.in("đã làm xong đến %s", "done up to %s"), ran.VN())
	}
	f.State += fmt.Sprintf(a.in("; hộp gửi: %d chờ, %d đã gửi, %d không rõ", "; outbox: %d waiting, %d sent, %d unknown"),
		sum(delivery.Pending, delivery.Sending), sum(delivery.Sent, delivery.Delivered), sum(delivery.Unknown))
	switch {
	case today.Before(ran):
		f.OK, f.Mend = false, a.in("đồng hồ máy đang chạy lùi: chỉnh lại giờ", "the clock runs behind: set it right")
	case !ran.IsZero() && ran.AddDays(1).Before(today):
		f.OK, f.Mend = false, a.in("chạy motcua serve; các ngày đã lỡ được làm bù ngay", "run motcua serve; the days missed are caught up with at once")
	default:
		f.OK, f.Mend = a.punctual(ctx)
	}
	return f
}

// punctual looks for notices that wait though they are due.
func (a *App) punctual(ctx context.Context) (ok bool, mend string) {
	for _, c := range a.senders() {
		next, err := a.store.Outbox(nil).Waiting(ctx, c.Name)
		if err == nil && !next.IsZero() && next.Add(lateAfter).Before(a.now()) {
			return false, fmt.Sprintf(a.in("có tin chờ qua kênh %s từ %s mà chưa gửi: kiểm tra motcua serve có đang chạy không, kênh có bị tạm dừng không",
				"something waits for %s since %s: see whether motcua serve runs and the channel is not paused"), c.Name, next.In(civil.Zone).Format("02/01/2006 15:04"))
		}
	}
	return true, ""
}

// lookIntake tells who may send events and who has fallen silent.
func (a *App) lookIntake(ctx context.Context) Finding {
	f := Finding{Name: a.in("nhận sự kiện", "events in"), OK: true}
	senders, err := a.intakeSenders()
	if err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("sửa intake_keys hoặc tệp khóa đó", "mend intake_keys or that file")
		return f
	}
	tallies, err := a.store.Intake().Tallies(ctx)
	if err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("xem lỗi của kho dữ liệu ở trên", "see what is said of the store above")
		return f
	}
	var taken, refused int64
	for _, t := range tallies {
		taken, refused = taken+t.Accepted, refused+t.Refused
	}
	f.State = fmt.Sprintf(a.in("%d hệ thống được gửi; đã nhận %d, không nhận %d bản ghi từ %d nguồn", "%d systems may send; %d records taken, %d refused, from %d sources"), len(senders), taken, refused, len(tallies))
	return f
}
