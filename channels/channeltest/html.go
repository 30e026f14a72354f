package channeltest

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf16"
)

// tags are the ones Telegram's document lists that a bot of ours could use.
var tags = map[string]bool{"b": true, "i": true, "u": true, "s": true, "a": true, "code": true, "pre": true, "blockquote": true}

// entities are the named ones the document allows.
var entities = []string{"&lt;", "&gt;", "&amp;", "&quot;"}

// visibleText reads Telegram's HTML and returns what is seen; an error for what the
// document does not allow.
func visibleText(s string) (string, error) {
	var b strings.Builder
	var open []string
	for s != "" {
		switch s[0] {
		case '<':
			end := strings.IndexByte(s, '>')
			if end < 0 {
				return "", fmt.Errorf("unclosed start tag")
			}
			tag := s[1:end]
			s = s[end+1:]
			if name, closing := strings.CutPrefix(tag, "/"); closing {
				if len(open) == 0 || open[len(open)-1] != name {
					return "", fmt.Errorf("unmatched end tag %q", name)
				}
				open = open[:len(open)-1]
				continue
			}
			name, attribute, _ := strings.Cut(tag, " ")
			if !tags[name] || name != "a" && attribute != "" || name == "a" && !strings.HasPrefix(attribute, `href="`) {
				return "", fmt.Errorf("unsupported start tag %q", tag)
			}
			open = append(open, name)
		case '&':
			named := false
			for _, e := range entities {
				if strings.HasPrefix(s, e) {
					b.WriteString(html.UnescapeString(e))
					s, named = s[len(e):], true
					break
				}
			}
			if !named {
				return "", fmt.Errorf("unescaped &")
			}
		case '>':
			return "", fmt.Errorf("unescaped >")
		default:
			i := strings.IndexAny(s, "<>&")
			if i < 0 {
				i = len(s)
			}
			b.WriteString(s[:i])
			s = s[i:]
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("unclosed tag %q", open[len(open)-1])
	}
	return b.String(), nil
}

func utf16Units(s string) int { return len(utf16.Encode([]rune(s))) }
