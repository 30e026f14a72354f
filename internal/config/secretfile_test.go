package config

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

func secretFile(t *testing.T, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEverySecretMayComeFromAFile(t *testing.T) {
	settings := reflect.TypeFor[Config]()
	known := map[string]bool{}
	for i := range settings.NumField() {
		known[settings.Field(i).Tag.Get("env")] = true
	}
	for i := range settings.NumField() {
		f := settings.Field(i)
		name := f.Tag.Get("env") + "_FILE"
		if f.Type != reflect.TypeFor[Secret]() || known[name] {
			continue
		}
		c := Default()
		path := secretFile(t, "  canary-from-a-file-0123456789\n", 0o600)
		if err := c.readSecrets(func(k string) string { return map[string]string{name: path}[k] }); err != nil {
			t.Fatal(err)
		}
		if got := reflect.ValueOf(c).Field(i).String(); got != "canary-from-a-file-0123456789" {
			t.Errorf("%s: read %q", name, got)
		}
	}
}

func TestASecretFileThatCannotServeIsNamedAndNotShown(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("access is not told by modes there")
	}
	for what, set := range map[string]map[string]string{
		"others may read it": {"MOTCUA_MODEL_KEY_FILE": secretFile(t, "canary-0123456789", 0o644)},
		"empty":              {"MOTCUA_MODEL_KEY_FILE": secretFile(t, "\n", 0o600)},
		"absent":             {"MOTCUA_MODEL_KEY_FILE": "/nowhere/secret"},
		"set twice":          {"MOTCUA_MODEL_KEY_FILE": secretFile(t, "canary-0123456789", 0o600), "MOTCUA_MODEL_KEY": "canary-0123456789"},
	} {
		c := Default()
		err := c.readSecrets(func(k string) string { return set[k] })
		if err == nil || !strings.Contains(err.Error(), "MOTCUA_MODEL_KEY_FILE") || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestNoSecretSettingIsPrinted(t *testing.T) {
	var c Config
	v := reflect.ValueOf(&c).Elem()
	n := 0
	for i := range v.NumField() {
		if v.Field(i).Type() == reflect.TypeFor[Secret]() {
			v.Field(i).SetString(fmt.Sprintf("canary-%d-0123456789abcdef", i))
			n++
		}
	}
	if n < 8 || len(c.Secrets()) != n {
		t.Fatalf("%d secret settings, %d told to the mask", n, len(c.Secrets()))
	}
	text := fmt.Sprint(c) + fmt.Sprintf("%+v %v", c, &c) + fmt.Sprint(Describe(c)) + fmt.Sprint(c.Validate())
	if strings.Contains(text, "canary") {
		t.Errorf("a secret shows: %s", text)
	}
	for i := range v.NumField() { // a name that sounds like a secret is one
		f := v.Type().Field(i)
		for _, word := range []string{"token", "secret", "password"} {
			name := f.Tag.Get("toml")
			if strings.Contains(name, word) && !strings.HasSuffix(name, "_file") && f.Type != reflect.TypeFor[Secret]() {
				t.Errorf("%s is no Secret", name)
			}
		}
	}
}
