package main

import (
	"strings"
	"testing"
)

func TestWhoTellsOfATurnInLifeIsToldOfAllItAsksFor(t *testing.T) {
	status, out, errs := motcua("eval", "answers", "--cases", "../../eval/suites/situations.jsonl", "--once", "--failures")
	if status != exitDone || !strings.Contains(out, "passed                 1.0000") {
		t.Errorf("exit %d: %s%s", status, out, errs)
	}
}

func TestADeathIsAnsweredWithTermsOfficesAndSources(t *testing.T) {
	_, out, _ := motcua("ask", "--as-of", "2026-11-22", "mẹ tôi mất, cần làm những gì")
	for _, want := range []string{"Đăng ký khai tử", "Trong 15 ngày", "tử tuất", "mai táng", "Ủy ban nhân dân cấp xã", "Nguồn:", "máy soạn"} {
		if !strings.Contains(out, want) {
			t.Errorf("the answer lacks %q:\n%s", want, out)
		}
	}
}
