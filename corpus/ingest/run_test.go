package ingest_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/corpus/ingest"
)

func TestASecondRunWithNothingChangedReadsNothing(t *testing.T) {
	b := setup(t)
	b.write("luat_2026-01.jsonl.gz", codified("60/2014/QH13", 1, "1. Một."), codified("60/2014/QH13", 2, "Hai."), codified("52/2014/QH13", 1, "Ba."))
	b.write("thutuc_2026-07.jsonl", portal("1.001193", "Đăng ký khai sinh"), portal("1.000894", "Đăng ký kết hôn"))
	first := b.run(b.dir)
	if want := (ingest.Tally{Read: 4, Added: 4}); first.Total.Read != want.Read || first.Total.Added != want.Added || first.Total.Chunks == 0 {
		t.Errorf("first: %+v, faults %v", first.Total, b.faults(first))
	}
	before := content(t, b.db)
	generation, err := b.db.Generation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second := b.run(b.dir)
	if second.Total.Kept != 4 || second.Total.Chunks != 0 || !second.Sources[0].Unchanged || !second.Sources[1].Unchanged {
		t.Errorf("second: %+v", second)
	}
	after, err := b.db.Generation(t.Context())
	if err != nil || after != generation || content(t, b.db) != before {
		t.Errorf("the store moved from generation %d to %d, %v", generation, after, err)
	}
}

func TestOnlyWhatChangedInAFileIsWritten(t *testing.T) {
	b := setup(t)
	records := []string{codified("60/2014/QH13", 1, "Một."), codified("52/2014/QH13", 1, "Hai."), codified("50/2014/QH13", 1, "Ba.")}
	path := b.write("luat.jsonl", records...)
	b.run(path)
	records[1] = codified("52/2014/QH13", 1, "Hai đã sửa.")
	b.write("luat.jsonl", records...)
	r := b.run(path)
	if r.Total.Kept != 2 || r.Total.Changed != 1 || r.Total.Chunks != 1 {
		t.Errorf("%+v", r.Total)
	}
	if got := b.text("52/2014/qh13#1"); got != "Hai đã sửa." {
		t.Errorf("stored %q", got)
	}
}

func TestWhatIsGoneFromAWholeSourceIsRemoved(t *testing.T) {
	b := setup(t)
	path := b.write("luat.jsonl", codified("60/2014/QH13", 1, "Một."), codified("52/2014/QH13", 1, "Hai."), codified("52/2014/QH13", 2, "Ba."))
	b.run(path)
	b.write("luat.jsonl", codified("52/2014/QH13", 1, "Hai."))
	r := b.run(path)
	if r.Total.Removed != 1 || r.Total.Changed != 1 {
		t.Errorf("%+v", r.Total)
	}
	if _, err := b.db.Library().Instrument(t.Context(), "60/2014/QH13"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("still there: %v", err)
	}
	if got := b.text("52/2014/qh13#2"); got != corpus.ErrNotFound.Error() {
		t.Errorf("Điều 2 still says %q", got)
	}
}

func TestASourceWithUnreadablePartsTakesNothingAway(t *testing.T) {
	b := setup(t)
	path := b.write("luat.jsonl", codified("60/2014/QH13", 1, "Một."), codified("52/2014/QH13", 1, "Hai."), codified("52/2014/QH13", 2, "Ba."))
	b.run(path)
	before := content(t, b.db)
	b.write("luat.jsonl", codified("52/2014/QH13", 1, "Hai."), "[1, 2]", codified("52/2014/QH13", 2, "Ba.")[:40])
	r := b.run(path)
	if content(t, b.db) != before || r.Total.Removed != 0 {
		t.Errorf("something stored was harmed: %+v", r.Total)
	}
	got := strings.Join(b.faults(r), "\n")
	for _, want := range []string{"luat.jsonl, dòng 2: ", "luat.jsonl, dòng 3: ", "52/2014/QH13 thiếu điều so với bản đã có", "1 tài liệu đã có không thấy"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	again := b.run(path)
	if diff := cmp.Diff(b.faults(r), b.faults(again)); diff != "" || !again.Sources[0].Unchanged {
		t.Errorf("an unchanged faulty source does not tell its faults again: %s", diff)
	}
}

func TestBadFilesAreNamedAndTheRestGoesOn(t *testing.T) {
	b := setup(t)
	whole := gz(t, []byte(portal("1.000001", "Một")+"\n"+strings.Repeat(portal("1.000002", "Hai "+strings.Repeat("dài ", 5000))+"\n", 3)))
	for name, text := range map[string][]byte{
		"1-rong.jsonl": nil, "2-la.bin": {0, 1, 2, 3}, "3-nua.jsonl.gz": whole[:len(whole)*2/3],
		"4-hong.jsonl": []byte(portal("1.000004", "Bốn") + "\n\xff\xfe{}\n\"chữ\"\n{\"ma_thu_tuc\":\n" + portal("1.000004", "Bốn nữa") + "\n"),
		"5-gz.gz":      {0x1f, 0x8b, 1, 2, 0, 0, 0, 0, 0, 0, 0}, "6-tot.jsonl": []byte(portal("1.000006", "Sáu") + "\n"),
	} {
		if err := os.WriteFile(filepath.Join(b.dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := b.run(b.dir, filepath.Join(b.dir, "khong-co"))
	got := b.faults(r)
	for i, want := range []string{
		"khong-co: không có tệp hoặc thư mục này.", "1-rong.jsonl: tệp rỗng.", "2-la.bin: không nhận ra loại nội dung của tệp.",
		"3-nua.jsonl.gz: tệp nén bị cắt cụt, phần sau không đọc được.", "4-hong.jsonl, dòng 2: ", "4-hong.jsonl, dòng 3: ",
		"4-hong.jsonl, dòng 4: ", "4-hong.jsonl, dòng 5: mã 1.000004 đã có ở dòng 1, giữ bản ghi trước.", "5-gz.gz: tệp nén bị hỏng.",
	} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Fatalf("fault %d: want %q in %q", i, want, got)
		}
	}
	for _, id := range []string{"1.000001", "1.000004", "1.000006"} {
		if _, err := b.db.Library().Procedure(t.Context(), id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestHalfACodifiedFileChangesNothing(t *testing.T) {
	b := setup(t)
	var lines []string
	for i := range 200 {
		lines = append(lines, codified("60/2014/QH13", i+1, strings.Repeat("Lời của điều. ", i)))
	}
	path := b.write("luat.jsonl.gz", lines...)
	b.run(path)
	before := content(t, b.db)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text[:len(text)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	r := b.run(path)
	if got := b.faults(r); content(t, b.db) != before || len(got) == 0 || !strings.Contains(got[0], "bị cắt") {
		t.Errorf("faults %v", got)
	}
}

func TestConsolidatedAndEnactedTextsLiveTogetherInAnyOrder(t *testing.T) {
	var first string
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		t.Run("", func(t *testing.T) {
			b := setup(t)
			files := []string{
				b.write("phapdien_2026-01.jsonl", codified("60/2014/QH13", 1, "Một hợp nhất.")),
				b.write("goc_2024-11.jsonl", enacted("60/2014/QH13", 1, "Một gốc."), enacted("60/2014/QH13", 9, "Chín gốc."), enacted("68/2020/QH14", 1, "Cư trú.")),
			}
			b.run(files[order[0]], files[order[1]])
			if first == "" {
				first = content(t, b.db)
			}
			if got := content(t, b.db); got != first {
				t.Errorf("order %v: %s; want %s", order, got, first)
			}
			if b.text("60/2014/qh13#1") != "Một hợp nhất." || b.text("68/2020/qh14#1") != "Cư trú." {
				t.Errorf("Điều 1: %q, cư trú: %q", b.text("60/2014/qh13#1"), b.text("68/2020/qh14#1"))
			}
			if got := b.text("60/2014/qh13#9"); got != corpus.ErrNotFound.Error() {
				t.Errorf("an article the consolidation dropped came back: %q", got)
			}
		})
	}
}

func TestAnOlderEditionBringsNothingBack(t *testing.T) {
	b := setup(t)
	b.run(b.write("a_2026-01.jsonl", codified("60/2014/QH13", 1, "Một mới.")))
	b.run(b.write("b_2025-02.jsonl", codified("60/2014/QH13", 1, "Một cũ."), codified("60/2014/QH13", 2, "Hai cũ.")))
	if b.text("60/2014/qh13#1") != "Một mới." || b.text("60/2014/qh13#2") != corpus.ErrNotFound.Error() {
		t.Errorf("Điều 1 %q, Điều 2 %q", b.text("60/2014/qh13#1"), b.text("60/2014/qh13#2"))
	}
}

func TestALawUnderANumberOfAnotherYearIsNotTakenIn(t *testing.T) {
	b := setup(t)
	record := func(number, title, file string) string {
		return object(map[string]any{"law_id": number, "article_id": "1", "law_title": title, "title": "Tên", "text": "Lời.", "file": file})
	}
	r := b.run(b.write("goc.jsonl",
		record("21/2012/qh13", "Luật Hải quan 2014", "a.html"), record("21/2012/qh13", "Luật Hải quan 2014", "a.html"),
		record("17/1999/qh10", "Luật thuế thu nhập cá nhân 2007", "Luat-thue-thu-nhap-ca-nhan-2007-04-2007-QH12-59652.html"),
		record("", "Luật Dầu khí 1993 18-L/CTN", "b.html"), record("", "Luật Không số", "c.html"), record("35/2018/qh14", "Luật gốc 2018", "d.html")))
	var stored []string
	for _, n := range []string{"21/2012/QH13", "04/2007/QH12", "17/1999/QH10", "18-L/CTN", "35/2018/QH14"} {
		if _, err := b.db.Library().Instrument(t.Context(), n); err == nil {
			stored = append(stored, n)
		}
	}
	if diff := cmp.Diff([]string{"04/2007/QH12", "18-L/CTN", "35/2018/QH14"}, stored); diff != "" {
		t.Error(diff)
	}
	want := []string{
		"goc.jsonl, dòng 2: Điều 1 của Luật Hải quan đã có ở dòng 1, giữ bản ghi trước.",
		"goc.jsonl, dòng 1: số hiệu 21/2012/QH13 không khớp với năm 2014 trong tên; bỏ qua 1 điều của “Luật Hải quan 2014”.",
		"goc.jsonl, dòng 5: không có số hiệu văn bản; bỏ qua 1 điều của “Luật Không số”.",
	}
	if diff := cmp.Diff(want, b.faults(r)); diff != "" {
		t.Error(diff)
	}
}

func TestARunThatWasStoppedGoesOnWhereItWas(t *testing.T) {
	b := setup(t)
	var lines []string
	for i := range 50 {
		lines = append(lines, portal("1.0000"+string(rune('0'+i/10))+string(rune('0'+i%10)), "Thủ tục"))
	}
	path := b.write("thutuc.jsonl", lines...)
	ctx, stop := context.WithCancel(t.Context())
	puts := 0
	o := b.opt
	o.Repository = counting{o.Repository, func() {
		if puts++; puts == 20 {
			stop()
		}
	}}
	if _, err := ingest.Run(ctx, o, []string{path}); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	r := b.run(path)
	if r.Total.Kept < 19 || r.Total.Kept+r.Total.Added != 50 || r.Total.Added == 0 {
		t.Errorf("%+v", r.Total)
	}
}

func TestAnOldFilePutBackAfterAStoppedRunIsReadAgain(t *testing.T) {
	b := setup(t)
	old := []string{portal("1.000001", "Một"), portal("1.000002", "Hai"), portal("1.000003", "Ba")}
	path := b.write("thutuc.jsonl", old...)
	b.run(path)
	before := content(t, b.db)
	b.write("thutuc.jsonl", portal("1.000001", "Một mới"), portal("1.000002", "Hai mới"), portal("1.000003", "Ba mới"))
	ctx, stop := context.WithCancel(t.Context())
	puts := 0
	o := b.opt
	o.Repository = counting{o.Repository, func() {
		if puts++; puts == 2 {
			stop()
		}
	}}
	if _, err := ingest.Run(ctx, o, []string{path}); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	b.write("thutuc.jsonl", old...)
	if r := b.run(path); r.Sources[0].Unchanged || r.Total.Changed != 1 || content(t, b.db) != before {
		t.Errorf("%+v; content as before: %v", r, content(t, b.db) == before)
	}
}

// counting calls before each Put.
type counting struct {
	ingest.Repository
	before func()
}

func (c counting) Put(ctx context.Context, l ingest.Layer, build ingest.Build) (ingest.Change, error) {
	c.before()
	return c.Repository.Put(ctx, l, build)
}

func TestAFullStoreEndsTheRunWithWhatWasStoredWhole(t *testing.T) {
	b := setup(t)
	path := b.write("thutuc.jsonl", portal("1.000001", "Một"), portal("1.000002", "Hai"))
	o := b.opt
	o.Repository = failing{o.Repository, ingest.ErrFull}
	r, err := ingest.Run(t.Context(), o, []string{path})
	if !errors.Is(err, ingest.ErrFull) || r.Total.Read != 1 {
		t.Errorf("%v, %+v", err, r.Total)
	}
}

func TestAStoreThatRefusesEverythingEndsTheRun(t *testing.T) {
	b := setup(t)
	var lines []string
	for i := range 30 {
		lines = append(lines, portal("1.0001"+string(rune('0'+i/10))+string(rune('0'+i%10)), "Thủ tục"))
	}
	o := b.opt
	broken := errors.New("đĩa hỏng")
	o.Repository = failing{o.Repository, broken}
	if r, err := ingest.Run(t.Context(), o, []string{b.write("thutuc.jsonl", lines...)}); !errors.Is(err, broken) || r.Total.Read > 12 {
		t.Errorf("%v, %+v", err, r.Total)
	}
}

// failing refuses every Put.
type failing struct {
	ingest.Repository
	err error
}

func (f failing) Put(context.Context, ingest.Layer, ingest.Build) (ingest.Change, error) {
	return ingest.Change{}, f.err
}

func TestProgressGoesForwardToTheEnd(t *testing.T) {
	b := setup(t)
	var lines []string
	for i := range 400 {
		lines = append(lines, codified("60/2014/QH13", i+1, strings.Repeat("Lời. ", 50)))
	}
	b.write("a.jsonl", lines...)
	b.write("b.jsonl", portal("1.000001", "Một"))
	last := ingest.Progress{}
	b.opt.Progress = func(p ingest.Progress) {
		if p.Share < last.Share || p.Share > 1 || p.Documents < last.Documents || p.Sources != 2 {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	}
	b.run(b.dir)
	if last.Documents == 0 {
		t.Error("nothing was told")
	}
}
