//go:build !unix

package extract

import "syscall"

func signalled(syscall.WaitStatus) bool { return false }
