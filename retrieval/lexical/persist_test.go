package lexical

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

func TestASavedIndexAnswersAsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	docs := invented(r, 2500)
	x := buildIndex(t, docs, DefaultSettings())
	path := filepath.Join(t.TempDir(), "words.idx")
	if err := x.Save(path, "corpus 7"); err != nil {
		t.Fatal(err)
	}
	y, stamp, err := Open(path, DefaultSettings())
	if err != nil || stamp != "corpus 7" {
		t.Fatalf("open: %q, %v", stamp, err)
	}
	for _, d := range docs[:50] {
		f := &Filter{InForceOn: d.Attr.Validity.From}
		a, b := x.Search(x.Analyze(d.Title), f, 20), y.Search(y.Analyze(d.Title), f, 20)
		if !same(a, b) {
			t.Fatalf("%q: before %v, after %v", d.Title, a, b)
		}
	}
	var first, second bytes.Buffer
	if err := errors.Join(x.Write(&first, "s"), y.Write(&second, "s")); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("writing what was read gives other bytes (%v)", err)
	}
}

func TestADamagedFileIsNoticed(t *testing.T) {
	x := buildIndex(t, invented(rand.New(rand.NewPCG(9, 9)), 40), DefaultSettings())
	var whole bytes.Buffer
	if err := x.Write(&whole, "stamp"); err != nil {
		t.Fatal(err)
	}
	good := whole.Bytes()
	for at := 0; at < len(good); at += 1 + len(good)/500 {
		bad := bytes.Clone(good)
		bad[at] ^= 0x10
		if _, _, err := Read(bytes.NewReader(bad), int64(len(bad)), DefaultSettings()); err == nil {
			t.Fatalf("a changed byte at %d of %d goes unnoticed", at, len(good))
		}
		cut := good[:at]
		if _, _, err := Read(bytes.NewReader(cut), int64(len(cut)), DefaultSettings()); !errors.Is(err, ErrDamaged) {
			t.Fatalf("a file cut at %d: %v", at, err)
		}
	}
	other := DefaultSettings()
	other.K1++
	if _, _, err := Read(bytes.NewReader(good), int64(len(good)), other); !errors.Is(err, ErrOtherVersion) {
		t.Errorf("other weights: %v", err)
	}
}

func TestNoFileIsNotDamage(t *testing.T) {
	if _, _, err := Open(filepath.Join(t.TempDir(), "none"), DefaultSettings()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestASaveThatFailsLeavesTheOldFile(t *testing.T) {
	x := buildIndex(t, invented(rand.New(rand.NewPCG(1, 9)), 10), DefaultSettings())
	dir := t.TempDir()
	if err := x.Save(filepath.Join(dir, "gone", "words.idx"), ""); err == nil {
		t.Error("saving into a folder that is not there succeeds")
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("files left behind: %v", left)
	}
}

func FuzzReadIndex(f *testing.F) {
	x := buildIndex(f, invented(rand.New(rand.NewPCG(2, 9)), 8), DefaultSettings())
	var b bytes.Buffer
	if err := x.Write(&b, "stamp"); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(fileMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		y, _, err := Read(bytes.NewReader(data), int64(len(data)), DefaultSettings())
		if err == nil {
			y.Search(y.Analyze("đăng ký khai sinh"), nil, 10)
		}
	})
}

func TestALoadRebuildsWhatIsNotWholeAndSaysWhy(t *testing.T) {
	docs := invented(rand.New(rand.NewPCG(3, 9)), 30)
	built := 0
	build := func() (*Index, error) { built++; return buildIndex(t, docs, DefaultSettings()), nil }
	path := filepath.Join(t.TempDir(), "words.idx")
	steps := []struct {
		name, stamp string
		spoil       func()
		why         error
		builds      int
	}{
		{"no file", "a", func() {}, fs.ErrNotExist, 1},
		{"a good file", "a", func() {}, nil, 1},
		{"other data", "b", func() {}, ErrStale, 2},
		{"a damaged file", "b", func() {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			data[len(data)/2] ^= 1
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}, ErrDamaged, 3},
		{"mended", "b", func() {}, nil, 3},
	}
	for _, s := range steps {
		s.spoil()
		x, why, err := Load(path, s.stamp, DefaultSettings(), build)
		if err != nil || x.Len() != len(docs) || built != s.builds || !errors.Is(why, s.why) || (s.why == nil) != (why == nil) {
			t.Errorf("%s: %v, why %v, %d builds, want %v and %d", s.name, err, why, built, s.why, s.builds)
		}
	}
}
