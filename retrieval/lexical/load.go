package lexical

import (
	"errors"
	"fmt"
	"io/fs"
)

// ErrStale is the reason Load gives for a whole file built from something else.
var ErrStale = errors.New("tệp chỉ mục không khớp với dữ liệu hiện có, cần dựng lại")

// Load opens the index at path if it was built from stamp with these settings; otherwise
// it calls build and saves what that gives. Why is nil when the file was used, and else
// the reason it was not: fs.ErrNotExist, ErrDamaged, ErrOtherVersion or ErrStale, to be
// told to the operator. A file that cannot be saved is no error of the search: why then
// says so too.
func Load(path, stamp string, s Settings, build func() (*Index, error)) (x *Index, why, err error) {
	x, got, why := Open(path, s)
	if why == nil && got == stamp {
		return x, nil, nil
	}
	if why == nil {
		why = ErrStale
	} else if !errors.Is(why, ErrDamaged) && !errors.Is(why, ErrOtherVersion) && !errors.Is(why, fs.ErrNotExist) {
		why = fmt.Errorf("%w: %w", ErrDamaged, why)
	}
	if x, err = build(); err != nil {
		return nil, why, fmt.Errorf("lexical: build index: %w", err)
	}
	if saved := x.Save(path, stamp); saved != nil {
		why = errors.Join(why, saved)
	}
	return x, why, nil
}
