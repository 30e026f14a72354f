package secret_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/motcua/motcua/internal/secret"
)

func keys(t *testing.T) (*secret.Keys, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "khoa", "du-lieu.key")
	k, err := secret.OpenKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	return k, path
}

func TestWhatIsSealedForOneRecordOpensForItAlone(t *testing.T) {
	k, path := keys(t)
	box := secret.NewBox(k)
	sealed, err := box.Seal("contact/nam/zalo", []byte("8490ảạ"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("8490")) {
		t.Error("the text stands in the sealed record")
	}
	again, err := secret.OpenKeys(path) // another start of the program
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := secret.NewBox(again).Open("contact/nam/zalo", sealed); err != nil || string(plain) != "8490ảạ" {
		t.Errorf("got %q, %v", plain, err)
	}
	if _, err := box.Open("contact/lan/zalo", sealed); !errors.Is(err, secret.ErrSealed) {
		t.Errorf("another record opens it: %v", err)
	}
	twin, _ := box.Seal("contact/nam/zalo", []byte("8490ảạ"))
	if bytes.Equal(sealed, twin) {
		t.Error("the same text is sealed alike twice: equal addresses would show")
	}
}

func TestEveryChangedByteIsNoticed(t *testing.T) {
	k, _ := keys(t)
	box := secret.NewBox(k)
	sealed, err := box.Seal("r", []byte("địa chỉ"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 1
		if _, err := box.Open("r", bad); !errors.Is(err, secret.ErrSealed) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	for n := range sealed {
		if _, err := box.Open("r", sealed[:n]); !errors.Is(err, secret.ErrSealed) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
}

func TestAfterRotationNothingNeedsTheOldKey(t *testing.T) {
	k, path := keys(t)
	box := secret.NewBox(k)
	old, err := box.Seal("r", []byte("cũ"))
	if err != nil {
		t.Fatal(err)
	}
	if fresh, err := box.Rewrap("r", old); err != nil || fresh != nil {
		t.Errorf("nothing to do, got %x, %v", fresh, err)
	}
	if _, err := k.Add(0); err != nil {
		t.Fatal(err)
	}
	if plain, err := box.Open("r", old); err != nil || string(plain) != "cũ" {
		t.Errorf("before rewrapping: %q, %v", plain, err)
	}
	fresh, err := box.Rewrap("r", old)
	if err != nil || fresh == nil {
		t.Fatal(err)
	}
	if err := k.Forget(1); err != nil {
		t.Fatal(err)
	}
	reopened, err := secret.OpenKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	box = secret.NewBox(reopened)
	if _, err := box.Open("r", old); !errors.Is(err, secret.ErrSealed) {
		t.Errorf("the forgotten key still opens: %v", err)
	}
	if plain, err := box.Open("r", fresh); err != nil || string(plain) != "cũ" {
		t.Errorf("after rotation: %q, %v", plain, err)
	}
}

func TestAKeyFileThatIsWrongIsRefusedWithoutShowingIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	for name, text := range map[string]string{
		"empty": "# không có gì\n", "short": "1 c2VjcmV0\n", "not a number": "x c2VjcmV0\n",
		"twice": strings.Repeat("1 "+strings.Repeat("A", 43)+"=\n", 2),
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := secret.OpenKeys(path)
		if err == nil || strings.Contains(err.Error(), "c2VjcmV0") || strings.Contains(err.Error(), "AAAA") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := secret.OpenKeys(path); err == nil || !strings.Contains(err.Error(), "0600") {
		t.Errorf("readable by others: %v", err)
	}
}

func TestADerivedKeyStaysThroughAddingAKey(t *testing.T) {
	k, _ := keys(t)
	a, err := k.Derive("codes")
	if err != nil {
		t.Fatal(err)
	}
	other, _ := k.Derive("other")
	if _, err := k.Add(0); err != nil {
		t.Fatal(err)
	}
	if b, _ := k.Derive("codes"); !bytes.Equal(a, b) || bytes.Equal(a, other) {
		t.Error("derived keys moved, or do not differ by use")
	}
}
