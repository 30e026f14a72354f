package extract

import (
	"bytes"
	"strconv"
	"strings"
)

// operand is one value before an operator of a content stream.
type operand struct {
	kind  operandKind
	num   float64
	str   string // string bytes, or a name without its slash
	array []operand
}

type operandKind byte

const (
	numberOperand operandKind = iota + 1
	stringOperand
	nameOperand
	arrayOperand
	otherOperand // dictionary, boolean, null: never needed for text
)

// maxOperands bounds what may stand before one operator; a character map lists a few
// hundred codes there.
const maxOperands = 1 << 16

// maxNesting bounds arrays and dictionaries inside each other.
const maxNesting = 32

// contentLexer walks the operators of a content stream. It never fails: what it cannot
// read it skips, so a damaged stream gives the text before and after the damage.
type contentLexer struct {
	data []byte
	pos  int
}

// next returns the next operator with its operands; ok is false at the end. The operands
// are valid until the next call.
func (l *contentLexer) next(args []operand) (op string, out []operand, ok bool) {
	out = args[:0]
	for {
		l.skipSpace()
		if l.pos >= len(l.data) {
			return "", out, false
		}
		if v, isValue := l.value(0); isValue {
			if len(out) < maxOperands {
				out = append(out, v)
			}
			continue
		}
		if op = l.keyword(); op == "BI" {
			l.skipInlineImage()
			out = out[:0]
			continue
		}
		if op != "" {
			return op, out, true
		}
		l.pos++ // a stray delimiter
	}
}

func (l *contentLexer) skipSpace() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		if c == '%' {
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
			continue
		}
		if !isPDFSpace(c) {
			return
		}
		l.pos++
	}
}

func isPDFSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isPDFDelimiter(c byte) bool { return strings.IndexByte("()<>[]{}/%", c) >= 0 }

// value reads one operand; false when an operator or a stray delimiter stands here.
func (l *contentLexer) value(depth int) (operand, bool) {
	switch c := l.data[l.pos]; {
	case c == '(':
		return operand{kind: stringOperand, str: l.literal()}, true
	case c == '<' && l.peek(1) == '<':
		l.pos += 2
		l.collection(depth, '>')
		return operand{kind: otherOperand}, true
	case c == '<':
		return operand{kind: stringOperand, str: l.hex()}, true
	case c == '[':
		l.pos++
		return operand{kind: arrayOperand, array: l.collection(depth, ']')}, true
	case c == '/':
		l.pos++
		return operand{kind: nameOperand, str: l.name()}, true
	case c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9':
		return l.number(), true
	}
	return operand{}, false
}

func (l *contentLexer) peek(n int) byte {
	if l.pos+n < len(l.data) {
		return l.data[l.pos+n]
	}
	return 0
}

// collection reads to the closing "]" or ">>"; keywords inside are skipped.
func (l *contentLexer) collection(depth int, end byte) []operand {
	var out []operand
	for {
		l.skipSpace()
		if l.pos >= len(l.data) {
			return out
		}
		c := l.data[l.pos]
		if c == end {
			l.pos++
			if end == '>' && l.peek(0) == '>' {
				l.pos++
			}
			return out
		}
		if depth >= maxNesting && (c == '[' || c == '<') {
			l.pos++
			continue
		}
		if v, ok := l.value(depth + 1); ok {
			out = append(out, v)
			continue
		}
		if l.keyword() == "" {
			l.pos++
		}
	}
}

func (l *contentLexer) keyword() string {
	start := l.pos
	for l.pos < len(l.data) && !isPDFSpace(l.data[l.pos]) && !isPDFDelimiter(l.data[l.pos]) {
		l.pos++
	}
	return string(l.data[start:l.pos])
}

func (l *contentLexer) name() string {
	raw := l.keyword()
	if !strings.ContainsRune(raw, '#') {
		return raw
	}
	var b []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if n, err := strconv.ParseUint(raw[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(n))
				i += 2
				continue
			}
		}
		b = append(b, raw[i])
	}
	return string(b)
}

// number reads leniently: "--5", "1.2.3" and "12abc" occur in real files.
func (l *contentLexer) number() operand {
	start := l.pos
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		if c != '+' && c != '-' && c != '.' && (c < '0' || c > '9') {
			break
		}
		l.pos++
	}
	text := l.data[start:l.pos]
	for len(text) > 1 && (text[0] == '-' || text[0] == '+') && (text[1] == '-' || text[1] == '+') {
		text = text[1:]
	}
	if i := bytes.IndexAny(text[min(1, len(text)):], "+-"); i >= 0 {
		text = text[:i+1]
	}
	n, _ := strconv.ParseFloat(string(text), 64)
	return operand{kind: numberOperand, num: n}
}

// hex reads <…>; an unterminated one ends with the data.
func (l *contentLexer) hex() string {
	l.pos++
	var b []byte
	var half byte
	odd := false
	for ; l.pos < len(l.data); l.pos++ {
		c := l.data[l.pos]
		if c == '>' {
			l.pos++
			break
		}
		d, ok := hexDigit(c)
		if !ok {
			continue
		}
		if odd {
			b = append(b, half<<4|d)
		}
		half, odd = d, !odd
	}
	if odd {
		b = append(b, half<<4)
	}
	return string(b)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// literal reads (…) with escapes and balanced brackets.
func (l *contentLexer) literal() string {
	l.pos++
	var b []byte
	for depth := 1; l.pos < len(l.data); {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return string(b)
			}
		case '\\':
			b = l.escape(b)
			continue
		case '\r':
			if l.peek(0) == '\n' {
				l.pos++
			}
			c = '\n'
		}
		b = append(b, c)
	}
	return string(b)
}

func (l *contentLexer) escape(b []byte) []byte {
	c := l.peek(0)
	l.pos++
	switch c {
	case 'n':
		return append(b, '\n')
	case 'r':
		return append(b, '\r')
	case 't':
		return append(b, '\t')
	case 'b':
		return append(b, '\b')
	case 'f':
		return append(b, '\f')
	case '\n':
		return b
	case '\r':
		if l.peek(0) == '\n' {
			l.pos++
		}
		return b
	}
	if c < '0' || c > '7' {
		return append(b, c)
	}
	n := int(c - '0')
	for i := 0; i < 2 && l.peek(0) >= '0' && l.peek(0) <= '7'; i++ {
		n = n*8 + int(l.peek(0)-'0')
		l.pos++
	}
	return append(b, byte(n))
}

// skipInlineImage moves behind the EI of an inline image. Its bytes may hold anything, so
// EI counts only between white space and when what follows looks like operators again.
func (l *contentLexer) skipInlineImage() {
	start := bytes.Index(l.data[l.pos:], []byte("ID"))
	if start < 0 {
		l.pos = len(l.data)
		return
	}
	at := l.pos + start + 2
	for {
		i := bytes.Index(l.data[at:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.data)
			return
		}
		at += i + 2
		before := l.data[at-3]
		if isPDFSpace(before) && (at >= len(l.data) || isPDFSpace(l.data[at])) && plainAhead(l.data[at:]) {
			l.pos = at
			return
		}
	}
}

// plainAhead reports whether the next bytes are printable, as operators are.
func plainAhead(b []byte) bool {
	for _, c := range b[:min(len(b), 16)] {
		if c >= 0x7f || c < 0x20 && !isPDFSpace(c) || c == 0 {
			return false
		}
	}
	return true
}
