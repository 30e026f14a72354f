package extract

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// childCommand prepares our own binary as a child for task.
func childCommand(ctx context.Context, task string, req childRequest) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	input, err := json.Marshal(req)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), childTask+"="+task, "GOTRACEBACK=none")
	cmd.Stdin = bytes.NewReader(input)
	ownGroup(cmd)
	cmd.WaitDelay = 2 * time.Second
	return cmd, nil
}

// runChild starts the PDF child and hands each record to take. The error is a *Fault
// when the child died; records already taken stay valid.
func runChild(ctx context.Context, req childRequest, take func(childRecord)) error {
	limited, cancel := context.WithTimeout(ctx, req.MaxWall+5*time.Second)
	defer cancel()
	cmd, err := childCommand(limited, "pdf", req)
	if err != nil {
		return fault(Crashed, err, "Không chạy được tiến trình đọc PDF.")
	}
	var complaint complaintBuffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fault(Crashed, err, "Không chạy được tiến trình đọc PDF.")
	}
	if err := cmd.Start(); err != nil {
		return fault(Crashed, err, "Không chạy được tiến trình đọc PDF.")
	}
	done, tooMuch := readRecords(out, req.MaxText, take)
	if tooMuch {
		cancel()
	}
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case tooMuch:
		return fault(TooLarge, nil, "Chữ trong PDF dài quá giới hạn %s.", megabytes(req.MaxText))
	case done && err == nil:
		return nil
	case limited.Err() != nil:
		return tooSlow(req)
	}
	return explainDeath(err, complaint.String(), req)
}

// readRecords decodes the child's answer line by line, up to a bound that leaves room for
// positions beside the text.
func readRecords(r io.Reader, maxText int64, take func(childRecord)) (done, tooMuch bool) {
	limited := &io.LimitedReader{R: r, N: maxText * 4}
	dec := json.NewDecoder(bufio.NewReaderSize(limited, 1<<16))
	for {
		var rec childRecord
		if err := dec.Decode(&rec); err != nil {
			return done, limited.N <= 0
		}
		if rec.Done {
			done = true
		}
		take(rec)
	}
}

func tooSlow(req childRequest) *Fault {
	return fault(TooSlow, nil, "Đọc PDF quá %d giây nên đã dừng.", int(req.MaxWall/time.Second))
}

// explainDeath words the way a child ended, from its status and last complaint.
func explainDeath(err error, complaint string, req childRequest) *Fault {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return fault(Crashed, err, "Tiến trình đọc PDF dừng mà không trả lời.")
	}
	cause := errors.New(firstLine(complaint))
	status, _ := exit.Sys().(syscall.WaitStatus)
	switch {
	// A fault of addressing outside recoverable code is the Go runtime itself failing to
	// get memory: a broken file only ever panics, and that is recovered.
	case strings.Contains(complaint, "out of memory"), strings.Contains(complaint, "cannot allocate"),
		strings.Contains(complaint, "makeslice"), strings.Contains(complaint, "SIGSEGV"), exit.ExitCode() == exitTooMuch:
		return fault(OutOfMemory, cause, "Đọc PDF cần quá %s bộ nhớ nên đã dừng; tệp hỏng hoặc cố ý gây hại.", megabytes(req.MaxMemory))
	case strings.Contains(complaint, "stack overflow"), strings.Contains(complaint, "stack exceeds"):
		return fault(Cyclic, cause, "Cấu trúc PDF lồng nhau không dứt nên đã dừng.")
	case exit.ExitCode() == exitTooSlow, signalled(status):
		return tooSlow(req)
	}
	return fault(Crashed, cause, "Tiến trình đọc PDF hỏng giữa chừng.")
}

// complaintBuffer keeps the first and drops the rest of what a child complains: a Go program names
// the reason first.
type complaintBuffer struct{ bytes.Buffer }

func (t *complaintBuffer) Write(p []byte) (int, error) {
	if room := 4096 - t.Len(); room > 0 {
		t.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if line == "" {
		return "no message"
	}
	return line
}
