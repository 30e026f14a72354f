//go:build unix

package extract

import "syscall"

// signalled reports whether the system ended the process for its processor time.
func signalled(s syscall.WaitStatus) bool {
	return s.Signaled() && (s.Signal() == syscall.SIGXCPU || s.Signal() == syscall.SIGKILL)
}
