package extract

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"runtime/debug"
	"time"
)

// childTask is the variable that makes a process of our binary a child: "pdf" parses a
// PDF; "run" takes on the limits and becomes an outside program.
const childTask = "MOTCUA_EXTRACT_TASK"

// childRequest is what the parent writes to the child's standard input.
type childRequest struct {
	Path      string        `json:"path"`
	MaxPages  int           `json:"max_pages"`
	MaxText   int64         `json:"max_text"`
	MaxMemory int64         `json:"max_memory"`
	MaxCPU    time.Duration `json:"max_cpu"`
	MaxWall   time.Duration `json:"max_wall"`
	Command   []string      `json:"command,omitempty"` // for "run": program and arguments
}

// childRecord is one line of the child's answer: one page, or the end with Done set.
type childRecord struct {
	Page     *pdfPageText `json:"page,omitempty"`
	Count    int          `json:"count,omitempty"` // pages in the file, first record
	Title    string       `json:"title,omitempty"`
	Warnings []string     `json:"warnings,omitempty"`
	Fault    *childFault  `json:"fault,omitempty"`
	Done     bool         `json:"done,omitempty"`
}

type childFault struct {
	Code     Code   `json:"code"`
	Sentence string `json:"sentence"`
	Cause    string `json:"cause,omitempty"`
}

// Main does the work of a child process and ends the process, when this process was
// started as one; else it returns at once. It is called first thing in main, and in
// TestMain of packages whose tests read PDFs.
func Main() {
	task := os.Getenv(childTask)
	if task == "" {
		return
	}
	os.Exit(childMain(task, os.Stdin, os.Stdout))
}

func childMain(task string, in io.Reader, out io.Writer) int {
	var req childRequest
	if err := json.NewDecoder(io.LimitReader(in, 1<<20)).Decode(&req); err != nil {
		return 2
	}
	// The limits hold for this process only; a system that cannot set them still has the
	// collector's own limit and the watchdog below.
	if err := limitProcess(req.MaxMemory, req.MaxCPU); err != nil {
		return 2
	}
	switch task {
	case "pdf":
		debug.SetMemoryLimit(req.MaxMemory / 2)
		watch := time.AfterFunc(req.MaxWall, func() { os.Exit(exitTooSlow) })
		defer watch.Stop()
		w := bufio.NewWriter(out)
		parsePDF(req, func(r childRecord) {
			_ = json.NewEncoder(w).Encode(r)
			_ = w.Flush()
		})
		return 0
	case "run":
		return becomeProgram(req.Command)
	}
	return 2
}

// exitTooSlow is the child's status when its own clock ran out.
const exitTooSlow = 75

// exitTooMuch is the child's status when it saw itself pass the memory limit.
const exitTooMuch = 76
