package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "motcua.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDefaultsWorkWithoutAnyFile(t *testing.T) {
	if err := Default().Validate(); err != nil {
		t.Error(err)
	}
}

func TestTheEnvironmentBeatsTheFile(t *testing.T) {
	path := write(t, "listen = \"127.0.0.1:9000\"\nlang = \"en\"\nrequest_timeout = \"3s\"\n")
	t.Setenv("MOTCUA_LISTEN", "127.0.0.1:9001")
	c, err := Load(path)
	if err != nil || c.Listen != "127.0.0.1:9001" || c.Lang != "en" || c.RequestTimeout != Duration(3*time.Second) {
		t.Errorf("got %+v, %v", c, err)
	}
}

func TestEveryFaultIsNamedAtOnce(t *testing.T) {
	_, err := Load(write(t, "lang = \"fr\"\nlisten = \"nowhere\"\nmax_body = 1\n"))
	for _, want := range []string{"lang", "listen", "max_body"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}

func TestAnUnknownSettingIsRefused(t *testing.T) {
	if _, err := Load(write(t, "listne = \":80\"\n")); err == nil || !strings.Contains(err.Error(), "listne") {
		t.Errorf("a misspelt setting passed: %v", err)
	}
}

func TestAMissingFileIsNamed(t *testing.T) {
	if _, err := Load("/nowhere/motcua.toml"); err == nil || !strings.Contains(err.Error(), "/nowhere/motcua.toml") {
		t.Errorf("got %v", err)
	}
}

func TestEverySettingIsExplained(t *testing.T) {
	for _, s := range Describe(Default()) {
		if s.Name == "" || s.Env == "" || s.Meaning == "" || s.Value != s.Default {
			t.Errorf("setting %+v lacks a name, a variable or a meaning", s)
		}
	}
}

func TestASecretIsNeverPrinted(t *testing.T) {
	t.Setenv("MOTCUA_MODEL_KEY", "sk-canary")
	t.Setenv("MOTCUA_MODEL_URL", "http://127.0.0.1:1/v1")
	c, err := Load("")
	if err == nil {
		t.Error("a server without a model's name passed")
	}
	for _, text := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprint(Describe(c)), fmt.Sprint(err)} {
		if strings.Contains(text, "canary") {
			t.Errorf("the key shows: %s", text)
		}
	}
}
