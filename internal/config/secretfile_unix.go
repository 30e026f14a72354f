//go:build unix

package config

import (
	"io/fs"
	"os"
	"syscall"
)

const checksModes = true

// mounted reports whether a file belongs to another user than ours.
func mounted(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) != os.Geteuid()
}
