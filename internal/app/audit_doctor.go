package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/motcua/motcua/internal/store"
)

// lookAudit checks every link of the record of acts and tells its head: whoever notes that
// down elsewhere can see later whether the record was cut short.
func (a *App) lookAudit(ctx context.Context) Finding {
	f := Finding{Name: a.in("sổ ghi việc của cán bộ", "record of officials' acts"), OK: true}
	if _, err := os.Stat(filepath.Join(a.cfg.Data, pseudonymFile)); errors.Is(err, fs.ErrNotExist) {
		f.State = a.in("chưa có gì", "nothing yet")
		return f
	}
	keys, err := a.pseudonymKeys()
	if err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("khôi phục tệp khóa bí danh từ bản sao lưu", "restore the file of pseudonym keys from a backup")
		return f
	}
	key, err := keys.Derive("audit")
	if err != nil {
		f.OK, f.State = false, err.Error()
		return f
	}
	rows, head, err := a.store.Audit(key).Verify(ctx)
	switch {
	case errors.Is(err, store.ErrAuditBroken):
		f.OK, f.State = false, err.Error()
		f.Mend = a.in("giữ nguyên tệp làm chứng cứ; đối chiếu với bản sao lưu trước dòng ấy", "keep the file as evidence; compare with a backup from before that row")
	case err != nil:
		f.OK, f.State = false, err.Error()
	case rows == 0:
		f.State = a.in("chưa có gì", "nothing yet")
	default:
		f.State = fmt.Sprintf(a.in("%d dòng khớp nhau; đầu sổ %s", "%d rows in order; head %s"), rows, head[:16])
	}
	return f
}
