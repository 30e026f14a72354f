//go:build !linux

package extract

import (
	"os"
	"os/exec"
	"runtime"
	"time"
)

// limitProcess watches the heap, because these systems give a Go program no limit on its
// own address space: the process ends itself when it grows past memory bytes or runs
// longer than cpu. A single huge allocation can still pass it.
func limitProcess(memory int64, cpu time.Duration) error {
	time.AfterFunc(cpu, func() { os.Exit(exitTooSlow) })
	go func() {
		for range time.Tick(100 * time.Millisecond) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if m.Sys > uint64(memory) {
				os.Exit(exitTooMuch)
			}
		}
	}()
	return nil
}

// becomeProgram runs the program and passes on its status.
func becomeProgram(command []string) int {
	if len(command) == 0 {
		return 2
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return 126
	}
	return 0
}

func ownGroup(*exec.Cmd) {}
