package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestACorrectionIsSignedListedAndExpiredAtTheTerminal(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) (string, int) {
		var out, errs bytes.Buffer
		code := run(append([]string{"--data", dir}, args...), &out, &errs)
		return out.String() + errs.String(), code
	}
	until := time.Now().AddDate(0, 3, 0).Format("2006-01-02")
	sign := func(until string) (string, int) {
		return run("corrections", "sign", "Đăng ký khai sinh trong 60 ngày.", "--by", "lan-ht", "--office", "Phòng Hộ tịch", "--basis", "khoản 1 Điều 15 60/2014/QH13",
			"--unit", "tthc:1.001193", "--until", until)
	}
	if out, code := sign(time.Now().AddDate(3, 0, 0).Format("2006-01-02")); code == 0 {
		t.Errorf("a correction for three years was signed: %s", out)
	}
	out, code := sign(until)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, out)
	}
	lines := strings.Fields(out)
	id := lines[len(lines)-1]
	if out, _ = run("corrections", "list"); !strings.Contains(out, id) || !strings.Contains(out, "60 ngày") {
		t.Errorf("not listed: %s", out)
	}
	if out, code = run("corrections", "expire", id, "--by", "lan-ht"); code != 0 {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, _ = run("corrections", "list"); strings.Contains(out, id) {
		t.Errorf("still in force: %s", out)
	}
}
