package extract

import (
	"os"
	"os/exec"
	"syscall"
	"time"
)

// limitProcess bounds address space in bytes and processor time of this process and of
// what it becomes.
func limitProcess(memory int64, cpu time.Duration) error {
	seconds := uint64(cpu/time.Second) + 1
	for _, l := range []struct {
		resource int
		value    uint64
	}{{syscall.RLIMIT_AS, uint64(memory)}, {syscall.RLIMIT_CPU, seconds}, {syscall.RLIMIT_CORE, 0}} {
		if err := syscall.Setrlimit(l.resource, &syscall.Rlimit{Cur: l.value, Max: l.value}); err != nil {
			return err
		}
	}
	return nil
}

// becomeProgram replaces this process, limits and all, by the program.
func becomeProgram(command []string) int {
	if len(command) == 0 {
		return 2
	}
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.TempDir(), "LANG=C.UTF-8", "OMP_THREAD_LIMIT=1"}
	if data := os.Getenv("TESSDATA_PREFIX"); data != "" {
		env = append(env, "TESSDATA_PREFIX="+data)
	}
	_ = syscall.Exec(command[0], command, env) //nolint:gosec // the command is the one our parent found
	return 126
}

// ownGroup puts the child in a process group of its own, so that it ends with all it
// started. When we die it ends too, at its next write into the closed pipe or at its
// limits; a death signal would be tied to one of our threads, which may end before us.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
