package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
)

// Finding is one thing looked at: whether it works and, if not, how to mend it.
type Finding struct {
	Name  string `json:"name"`
	OK    bool   `json:"ok"`
	State string `json:"state"`
	// Mend is what to do; empty when OK. A finding with Optional set does not stop work.
	Mend     string `json:"mend,omitempty"`
	Optional bool   `json:"optional,omitempty"`
}

// Doctor looks at settings, store, corpus, index and tools, in that order.
func (a *App) Doctor(ctx context.Context) []Finding {
	return append([]Finding{a.lookData(), a.lookStore(ctx), a.lookCorpus(ctx), a.lookIndex(), a.lookCorrections(ctx)}, lookTools()...)
}

func (a *App) lookData() Finding {
	f := Finding{Name: "thư mục dữ liệu", State: a.cfg.Data}
	info, err := os.Stat(a.cfg.Data)
	switch {
	case err != nil:
		f.State, f.Mend = err.Error(), "kiểm tra đường dẫn và quyền ghi của --data"
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		f.State += fmt.Sprintf(" (quyền %o: người khác đọc được)", info.Mode().Perm())
		f.Mend = "chmod 700 " + a.cfg.Data
	default:
		f.OK = true
	}
	return f
}

func (a *App) lookStore(ctx context.Context) Finding {
	f := Finding{Name: "kho dữ liệu", State: a.cfg.Database(), OK: true}
	if err := a.store.Check(ctx); err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), "khôi phục từ bản sao lưu gần nhất, hoặc xóa tệp rồi nạp lại nguồn"
	}
	return f
}

func (a *App) lookCorpus(ctx context.Context) Finding {
	f := Finding{Name: "văn bản và thủ tục"}
	s, err := a.store.Stats(ctx)
	if err != nil {
		f.State, f.Mend = err.Error(), "xem lỗi của kho dữ liệu ở trên"
		return f
	}
	f.OK = s.Procedures > 0
	f.State = fmt.Sprintf("%d văn bản, %d thủ tục, %d đoạn; %d bản ghi cần người xem", s.Instruments, s.Procedures, s.Chunks, s.Flags)
	if !f.OK {
		f.Mend = "chạy lại motcua; kho khởi đầu tự nạp khi mở"
	}
	return f
}

func (a *App) lookIndex() Finding {
	f := Finding{Name: "chỉ mục tìm kiếm", State: a.search.describe(), OK: true}
	if err := a.search.ready(); err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), "xóa "+a.cfg.Index()+"; chỉ mục được dựng lại khi mở"
	}
	return f
}

// lookCorrections tells which signed corrections are not applied.
func (a *App) lookCorrections(ctx context.Context) Finding {
	f := Finding{Name: "đính chính của cán bộ", OK: true}
	live, err := a.corrections.Live(ctx, a.now())
	faults, again := a.CorrectionFaults(ctx)
	if err = errors.Join(err, again); err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), "xem lỗi của kho dữ liệu ở trên"
		return f
	}
	f.State = fmt.Sprintf("%d đang áp dụng", len(live))
	for _, fault := range faults {
		f.State += fmt.Sprintf("; %s: %s", fault.ID, fault.Why)
		if fault.Forged {
			f.OK, f.Mend = false, "tìm xem ai đã sửa kho dữ liệu hoặc tệp "+keyFile+"; cơ quan ký lại đính chính còn đúng"
		}
	}
	return f
}

// lookTools looks for the optional programs that read scans and old Word files.
func lookTools() []Finding {
	var out []Finding
	for _, t := range []struct{ name, use string }{
		{"tesseract", "đọc bản quét (cài gói tesseract-ocr và tesseract-ocr-vie)"},
		{"pdftoppm", "vẽ trang PDF để nhận dạng chữ (cài gói poppler-utils)"},
		{"antiword", "đọc tệp .doc (cài gói antiword hoặc catdoc)"},
	} {
		path, err := exec.LookPath(t.name)
		f := Finding{Name: t.name, OK: err == nil, State: path, Optional: true}
		if err != nil {
			f.State, f.Mend = "chưa cài", "chỉ cần khi muốn "+t.use
		}
		out = append(out, f)
	}
	return out
}
