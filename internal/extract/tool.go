package extract

import (
	"bytes"
	"context"
	"os/exec"
	"time"
)

// findTool returns the absolute path of an outside program, or "" when not installed.
func findTool(name string) string {
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}

// runTool runs an outside program under the limits of opt, for at most wall, and returns
// what it printed. Its error is a *Fault with code ToolFailed, TooSlow or TooLarge.
func runTool(ctx context.Context, opt Options, wall time.Duration, name string, command ...string) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, wall)
	defer cancel()
	req := childRequest{MaxMemory: opt.MaxMemory, MaxCPU: 2 * wall, Command: command}
	cmd, err := childCommand(limited, "run", req)
	if err != nil {
		return nil, fault(ToolFailed, err, "Không chạy được %s.", name)
	}
	out := limitedBuffer{max: opt.MaxText}
	var complaint complaintBuffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.exceeded:
		return nil, fault(TooLarge, nil, "%s cho ra nhiều chữ quá giới hạn %s.", name, megabytes(opt.MaxText))
	case limited.Err() != nil:
		return nil, fault(TooSlow, err, "%s chạy quá %d giây nên đã dừng.", name, int(wall/time.Second))
	case err != nil:
		return nil, fault(ToolFailed, err, "%s không đọc được tệp này (%s).", name, firstLine(complaint.String()))
	}
	return out.Bytes(), nil
}

// limitedBuffer refuses to grow past max bytes.
type limitedBuffer struct {
	bytes.Buffer
	max      int64
	exceeded bool
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	if int64(b.Len()+len(p)) > b.max {
		b.exceeded = true
		return 0, bytes.ErrTooLarge
	}
	return b.Buffer.Write(p)
}
