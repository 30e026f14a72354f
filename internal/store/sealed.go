package store

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// SealedField is one column whose values are sealed, and how its rows are walked through.
type SealedField struct {
	// Name is for people: table and column.
	Name string
	// Table and Column stand in the statement that writes; From, with the alias x for Table,
	// in the one that reads.
	Table, Column, From string
	// Key are the columns that order the rows and tell them apart, Start what comes before all.
	Key   []string
	Start []any
	// Owner is an expression for whom a value belongs to, Label one for what it is; Record
	// makes of both the name that it is sealed for.
	Owner, Label string
	Record       func(owner any, label string) string
}

// SealedRow is one value that stands under another key than the one asked for.
type SealedRow struct {
	Key    []any
	Record string
	Sealed []byte
	// Fresh is what shall stand there.
	Fresh []byte
}

func ofChat(owner any, label string) string { return ChatRecord(bytesOf(owner), label) }

// SealedFields lists every sealed column of the store. A test of both stores fails when a
// suite leaves something sealed that a change of keys does not reach.
var SealedFields = []SealedField{
	{
		Name: "contacts", Table: "contacts", Column: "sealed", From: "contacts x JOIN people p ON p.id = x.person",
		Key: []string{"person", "label"}, Start: []any{int64(-1), ""}, Owner: "p.name", Label: "x.label",
		Record: func(owner any, label string) string { return ContactRecord(textOf(owner), label) },
	},
	{
		Name: "sessions", Table: "sessions", Column: "display", From: "sessions x", Key: []string{"name"}, Start: []any{[]byte{}}, Owner: "x.name", Label: "''",
		Record: func(owner any, _ string) string { return SessionRecord([32]byte(bytesOf(owner))) },
	},
	{
		Name: "zalo_vault", Table: "zalo_vault", Column: "sealed", From: "zalo_vault x", Key: []string{"name"}, Start: []any{""}, Owner: "x.name", Label: "''",
		Record: func(owner any, _ string) string { return VaultRecord(textOf(owner)) },
	},
	chatField("chats", "address", "chats x", "x.key", "address"),
	chatField("chats", "state", "chats x", "x.key", "state"),
	chatField("chat_in", "body", "chat_in x JOIN chats c ON c.id = x.chat", "c.key", "in"),
	chatField("chat_out", "body", "chat_out x JOIN chats c ON c.id = x.chat", "c.key", "out"),
	chatField("ticket_words", "body", "ticket_words x JOIN tickets k ON k.id = x.ticket JOIN chats c ON c.id = k.chat", "c.key", "words"),
}

func chatField(table, column, from, owner, label string) SealedField {
	return SealedField{
		Name: table + "." + column, Table: table, Column: column, From: from,
		Key: []string{"id"}, Start: []any{int64(-1)}, Owner: owner, Label: "'" + label + "'", Record: ofChat,
	}
}

// ChatRecord names what is sealed of a chat.
func ChatRecord(key []byte, what string) string {
	return "chat/" + hex.EncodeToString(key) + "/" + what
}

// VaultRecord names what is sealed of a channel's own secrets.
func VaultRecord(name string) string { return "zalo/" + name }

// A sealed value has one byte of its form and four of its key's number in front; the
// statements below look at those four, for which both databases have substr.

// Next is the statement that reads the rows after a key whose values are not under one
// key: first the columns of Key, then owner, label and value. Its arguments are the columns of
// the key to begin after, the four bytes of the number, and how many rows at most.
func (f SealedField) Next() string {
	n := len(f.Key)
	names, marks := "", ""
	for i, k := range f.Key {
		names += ", x." + k
		marks += fmt.Sprintf(", $%d", i+1)
	}
	names, marks = names[2:], marks[2:]
	return fmt.Sprintf(`SELECT %s, %s, %s, x.%s FROM %s WHERE (%s) > (%s) AND x.%s IS NOT NULL AND substr(x.%s, 2, 4) <> $%d ORDER BY %s LIMIT $%d`,
		names, f.Owner, f.Label, f.Column, f.From, names, marks, f.Column, f.Column, n+1, names, n+2)
}

// Again is the statement that puts $1 in the place of a value that is still $2 at the key
// after them.
func (f SealedField) Again() string {
	var where strings.Builder
	for i, k := range f.Key {
		fmt.Fprintf(&where, " AND %s = $%d", k, i+3)
	}
	return fmt.Sprintf(`UPDATE %s SET %s = $1 WHERE %s = $2%s`, f.Table, f.Column, f.Column, where.String())
}

// Count is the statement that counts values by the four bytes of their key's number.
func (f SealedField) Count() string {
	return fmt.Sprintf(`SELECT substr(%s, 2, 4), count(*) FROM %s WHERE %s IS NOT NULL GROUP BY 1`, f.Column, f.Table, f.Column)
}

// Row makes a row of what Next read.
func (f SealedField) Row(values []any) SealedRow {
	n := len(f.Key)
	return SealedRow{Key: values[:n:n], Record: f.Record(values[n], textOf(values[n+1])), Sealed: bytesOf(values[n+2])}
}

// The drivers give text and bytes as either.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	return ""
}

func bytesOf(v any) []byte {
	if b, ok := v.([]byte); ok {
		return b
	}
	return []byte(textOf(v))
}
