package config

import (
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"
)

// largestSecret is how much of a file of a secret is read, in bytes.
const largestSecret = 64 << 10

// readSecrets takes secret settings from the files that the environment names: MOTCUA_X_FILE
// for MOTCUA_X, as container platforms mount secrets. Both at once is a fault: one of them
// would be ignored in silence.
func (c *Config) readSecrets(getenv func(string) string) error {
	v := reflect.ValueOf(c).Elem()
	settings := map[string]bool{}
	for i := range v.NumField() {
		settings[v.Type().Field(i).Tag.Get("env")] = true
	}
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Tag.Get("env")+"_FILE"
		if f.Type() != reflect.TypeFor[Secret]() || settings[name] || getenv(name) == "" {
			continue
		}
		if getenv(strings.TrimSuffix(name, "_FILE")) != "" {
			return fmt.Errorf("config: %s and %s are both set", strings.TrimSuffix(name, "_FILE"), name)
		}
		text, err := readSecret(getenv(name))
		if err != nil {
			return fmt.Errorf("config: %s: %w", name, err)
		}
		f.SetString(text)
	}
	return nil
}

func readSecret(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if err := OwnersOnly(path, info); err != nil {
		return "", err
	}
	if info.Size() > largestSecret {
		return "", fmt.Errorf("%s is larger than %d bytes", path, largestSecret)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(string(raw))
	if text == "" {
		return "", fmt.Errorf("%s is empty", path)
	}
	return text, nil
}

// OwnersOnly refuses a file of secrets that others may read. A file of ours is 0600; one that
// a platform mounted for us (its owner is somebody else) may be read by our group, since
// that is the only way it lets us read it.
func OwnersOnly(path string, info fs.FileInfo) error {
	open := info.Mode().Perm() & 0o077
	if mounted(info) {
		open &^= 0o040
	}
	if open != 0 && checksModes {
		return fmt.Errorf("%s đang cho người khác đọc; đặt lại quyền 0600 (tệp do nền tảng gắn vào: 0440 với nhóm của chương trình)", path)
	}
	return nil
}
