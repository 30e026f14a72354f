package telemetry

import (
	"regexp"
	"slices"
	"strings"
)

// Mask hides what looks like personal numbers, addresses, tokens, and the secrets of the
// settings.
type Mask struct {
	// Personal masks numbers and addresses of people; nil masks none.
	Personal func(string) string
	secrets  *strings.Replacer
}

const hidden = "đã che"

// shortest: a secret that is shorter could stand in ordinary words.
const shortest = 8

// NewMask knows the secrets of the settings; those too short to be told from words are
// left to the other rules.
func NewMask(personal func(string) string, secrets []string) Mask {
	var pairs []string
	for _, s := range secrets {
		if len(s) >= shortest {
			pairs = append(pairs, s, "["+hidden+"]")
		}
	}
	m := Mask{Personal: personal}
	if len(pairs) > 0 {
		m.secrets = strings.NewReplacer(pairs...)
	}
	return m
}

// tokens lists what looks like a credential, each with what stays of it, and with what a
// text must hold (in small letters) before the pattern is tried: most texts hold none.
var tokens = []struct {
	needs []string
	re    *regexp.Regexp
	with  string
}{
	{[]string{"eyj"}, regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*`), "[" + hidden + "]"}, // JSON Web Token
	{[]string{":aa"}, regexp.MustCompile(`\d{6,12}:AA[A-Za-z0-9_-]{28,}`), "[" + hidden + "]"},                        // of a Telegram bot
	{[]string{"bearer ", "basic "}, regexp.MustCompile(`(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}`), "$1 [" + hidden + "]"},
	{
		[]string{"token", "secret", "passw", "key", "signature"},
		regexp.MustCompile(`(?i)([a-z_]*(?:token|secret|password|passwd|api_?key|signature)["']?\s*[=:]\s*["']?)[^\s"'&,;\[]{4,}`), "$1[" + hidden + "]",
	},
	{[]string{"://"}, regexp.MustCompile(`(://[^/\s:@]+:)[^/\s@]+@`), "$1[" + hidden + "]@"},                                                       // password in an address
	{[]string{"sk-", "sk_", "pk-", "pk_", "ghp", "xox"}, regexp.MustCompile(`\b(?:sk|pk|ghp|xox[abp])[-_][A-Za-z0-9_-]{16,}`), "[" + hidden + "]"}, // keys with the usual prefixes
}

// Text masks a text.
func (m Mask) Text(s string) string {
	if len(s) < 4 {
		return s
	}
	if m.secrets != nil {
		s = m.secrets.Replace(s)
	}
	low := strings.ToLower(s)
	for _, t := range tokens {
		if slices.ContainsFunc(t.needs, func(n string) bool { return strings.Contains(low, n) }) {
			s = t.re.ReplaceAllString(s, t.with)
		}
	}
	if m.Personal != nil {
		s = m.Personal(s)
	}
	return s
}

// secretName tells whether what stands under a key is a credential.
func secretName(key string) bool {
	key = strings.ToLower(key)
	for _, k := range []string{"token", "secret", "password", "authorization", "cookie"} {
		if strings.Contains(key, k) {
			return true
		}
	}
	return false
}

var numberOfOurs = regexp.MustCompile(`^[a-z]?[0-9a-f]{24,64}$`)

// ourNumber tells a random number or a digest of ours, in which nine digits may stand side
// by side by chance. No number of a person is that long.
func ourNumber(s string) bool { return len(s) >= 24 && len(s) <= 65 && numberOfOurs.MatchString(s) }
