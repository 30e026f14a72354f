package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
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

// Doctor looks at settings, store, corpus, index, life events and tools, in that order.
func (a *App) Doctor(ctx context.Context) []Finding {
	list := []Finding{a.lookData(), a.lookStore(ctx), a.lookCorpus(ctx), a.lookIndex(), a.lookCorrections(ctx), a.lookAudit(ctx)}
	return slices.Concat(list, a.lookModels(ctx), a.lookLife(ctx), a.lookChats(ctx), a.lookTools())
}

// in picks the language of the terminal.
func (a *App) in(vi, en string) string {
	if a.cfg.Lang == "en" {
		return en
	}
	return vi
}

func (a *App) lookData() Finding {
	f := Finding{Name: a.in("thư mục dữ liệu", "data folder"), State: a.cfg.Data}
	info, err := os.Stat(a.cfg.Data)
	switch {
	case err != nil:
		f.State, f.Mend = err.Error(), a.in("kiểm tra đường dẫn và quyền ghi của --data", "check the path of --data and that it may be written")
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		f.State += fmt.Sprintf(a.in(" (quyền %o: người khác đọc được)", " (mode %o: others can read it)"), info.Mode().Perm())
		f.Mend = "chmod 700 " + a.cfg.Data
	default:
		f.OK = true
	}
	return f
}

func (a *App) lookStore(ctx context.Context) Finding {
	f := Finding{Name: a.in("kho dữ liệu", "store"), State: a.store.Where(), OK: true}
	if err := a.store.Check(ctx); err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("khôi phục từ bản sao lưu gần nhất, hoặc xóa tệp rồi nạp lại nguồn", "restore the last backup, or delete the file and ingest again")
	}
	return f
}

func (a *App) lookCorpus(ctx context.Context) Finding {
	f := Finding{Name: a.in("văn bản và thủ tục", "texts and procedures")}
	s, err := a.store.Stats(ctx)
	if err != nil {
		f.State, f.Mend = err.Error(), a.in("xem lỗi của kho dữ liệu ở trên", "see what is said of the store above")
		return f
	}
	f.OK = s.Procedures > 0
	f.State = fmt.Sprintf(a.in("%d văn bản, %d thủ tục, %d đoạn; %d bản ghi cần người xem", "%d instruments, %d procedures, %d chunks; %d records need a look"), s.Instruments, s.Procedures, s.Chunks, s.Flags)
	if !f.OK {
		f.Mend = a.in("chạy lại motcua; kho khởi đầu tự nạp khi mở", "start motcua again; the starter corpus loads by itself")
	}
	return f
}

func (a *App) lookIndex() Finding {
	f := Finding{Name: a.in("chỉ mục tìm kiếm", "search index"), State: a.search.describe(), OK: true}
	if err := a.search.ready(); err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("xóa tệp này, chỉ mục được dựng lại khi mở: ", "delete this file, the index is built again on start: ")+a.cfg.Index()
	}
	return f
}

// lookCorrections tells which signed corrections are not applied.
func (a *App) lookCorrections(ctx context.Context) Finding {
	f := Finding{Name: a.in("đính chính của cán bộ", "officials' corrections"), OK: true}
	live, err := a.corrections.Live(ctx, a.now())
	faults, again := a.CorrectionFaults(ctx)
	if err = errors.Join(err, again); err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("xem lỗi của kho dữ liệu ở trên", "see what is said of the store above")
		return f
	}
	f.State = fmt.Sprintf(a.in("%d đang áp dụng", "%d applied"), len(live))
	for _, fault := range faults {
		f.State += fmt.Sprintf("; %s: %s", fault.ID, fault.Why)
		if fault.Forged {
			f.OK, f.Mend = false, a.in("tìm xem ai đã sửa kho dữ liệu hoặc tệp khóa; cơ quan ký lại đính chính còn đúng: ", "find who changed the store or the key file, and have what is still right signed again: ")+keyFile
		}
	}
	return f
}

// lookTools looks for the optional programs that read scans and old Word files.
func (a *App) lookTools() []Finding {
	var out []Finding
	for _, t := range []struct{ name, use, useEN string }{
		{"tesseract", "đọc bản quét (cài gói tesseract-ocr và tesseract-ocr-vie)", "read scans (packages tesseract-ocr and tesseract-ocr-vie)"},
		{"pdftoppm", "vẽ trang PDF để nhận dạng chữ (cài gói poppler-utils)", "draw PDF pages for recognition (package poppler-utils)"},
		{"antiword", "đọc tệp .doc (cài gói antiword hoặc catdoc)", "read .doc files (package antiword or catdoc)"},
	} {
		path, err := exec.LookPath(t.name)
		f := Finding{Name: t.name, OK: err == nil, State: path, Optional: true}
		if err != nil {
			f.State, f.Mend = a.in("chưa cài", "not installed"), a.in("chỉ cần khi muốn ", "only needed to ")+a.in(t.use, t.useEN)
		}
		out = append(out, f)
	}
	return out
}
