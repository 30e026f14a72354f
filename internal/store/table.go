package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"hash"
	"strings"
)

// Table is one table that every database has: its name and the columns its rows are ordered
// and told apart by. Its columns are asked of the database.
type Table struct {
	Name string
	Key  []string
	// Joined: the SQLite file keeps the two numbers of the key as one, id: the first times
	// PerUnit plus the second.
	Joined bool
	// Own are columns that the SQLite file alone has and makes of the others.
	Own []string
}

// Tables lists all of them, those first that others refer to.
var Tables = []Table{
	{Name: "meta", Key: []string{"key"}},
	{Name: "sources", Key: []string{"id"}},
	{Name: "layers", Key: []string{"id"}},
	{Name: "documents", Key: []string{"id"}},
	{Name: "units", Key: []string{"id"}},
	{Name: "chunks", Key: []string{"unit", "ord"}, Joined: true},
	{Name: "removed_units", Key: []string{"key"}},
	{Name: "relations", Key: []string{"id"}},
	{Name: "flags", Key: []string{"id"}},
	{Name: "conversations", Key: []string{"name"}},
	{Name: "turns", Key: []string{"at", "id"}},
	{Name: "feedback", Key: []string{"answer"}},
	{Name: "queue", Key: []string{"id"}},
	{Name: "queue_log", Key: []string{"id"}},
	{Name: "statements", Key: []string{"id"}},
	{Name: "gaps", Key: []string{"id"}},
	{Name: "sessions", Key: []string{"name"}},
	{Name: "audit", Key: []string{"seq"}},
	{Name: "letters", Key: []string{"number"}},
	{Name: "switches", Key: []string{"id"}},
	{Name: "tallies", Key: []string{"day", "channel", "status", "bin"}},
	{Name: "rules_seen", Key: []string{"rule", "version"}},
	{Name: "law_changes", Key: []string{"id"}},
	{Name: "people", Key: []string{"id"}},
	{Name: "facts", Key: []string{"person", "id"}},
	{Name: "edges", Key: []string{"id"}},
	{Name: "events", Key: []string{"source", "id"}},
	{Name: "answers", Key: []string{"id"}},
	{Name: "losses", Key: []string{"who", "dead"}},
	{Name: "due", Key: []string{"day", "person", "rule"}},
	{Name: "schedule", Key: []string{"name"}},
	{Name: "homes", Key: []string{"place", "person"}},
	{Name: "consents", Key: []string{"seq"}},
	{Name: "contacts", Key: []string{"person", "label"}},
	{Name: "outbox", Key: []string{"id"}},
	{Name: "outbox_bodies", Key: []string{"id"}},
	{Name: "attempts", Key: []string{"outbox", "n"}},
	{Name: "attention", Key: []string{"person", "day", "outbox"}},
	{Name: "receipts", Key: []string{"source", "id"}},
	{Name: "intake_sources", Key: []string{"source"}},
	{Name: "intake_faults", Key: []string{"source", "name"}},
	{Name: "family_invites", Key: []string{"digest"}},
	{Name: "counter_slips", Key: []string{"digest"}},
	{Name: "data_requests", Key: []string{"id"}},
	{Name: "chats", Key: []string{"id"}},
	{Name: "chat_in", Key: []string{"id"}, Own: []string{"head"}},
	{Name: "chat_out", Key: []string{"id"}},
	{Name: "link_codes", Key: []string{"digest"}},
	{Name: "tickets", Key: []string{"id"}},
	{Name: "ticket_words", Key: []string{"id"}},
	{Name: "zalo_vault", Key: []string{"name"}},
	{Name: "zalo_leases", Key: []string{"name"}},
	{Name: "zalo_windows", Key: []string{"person"}},
	{Name: "zalo_sent", Key: []string{"id"}},
	{Name: "zalo_quota", Key: []string{"one"}},
	{Name: "zalo_alarms", Key: []string{"api", "code"}},
}

// Kind is what a column holds, the same in every database.
type Kind byte

// The kinds. A flag is a number to SQLite and a boolean to PostgreSQL; a row holds it as 0
// or 1.
const (
	Number Kind = iota
	Words
	Bytes
	Flag
)

// Column is one column of a Table; those of the key come first.
type Column struct {
	Name string
	Kind Kind
}

// Names lists the columns, with commas between.
func Names(columns []Column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// Value brings what a database gave for a column to int64, string, []byte or nil.
func (c Column) Value(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case int16:
		return c.Value(int64(v))
	case int32:
		return c.Value(int64(v))
	case int64:
		if c.Kind == Number || c.Kind == Flag {
			return v, nil
		}
	case string:
		switch c.Kind {
		case Words:
			return Text(v), nil
		case Bytes:
			return []byte(v), nil
		}
	case []byte:
		switch c.Kind {
		case Words:
			return Text(string(v)), nil
		case Bytes:
			return bytes.Clone(v), nil
		}
	}
	return nil, fmt.Errorf("store: column %s holds a %T", c.Name, v)
}

// compareKeys orders rows by the first n values.
func compareKeys(a, b []any, n int) int {
	for i := range n {
		var c int
		switch x := a[i].(type) {
		case int64:
			c = cmp.Compare(x, b[i].(int64))
		case string:
			c = cmp.Compare(x, b[i].(string))
		case []byte:
			c = bytes.Compare(x, b[i].([]byte))
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func sameRow(a, b []any) bool {
	for i := range a {
		if x, ok := a[i].([]byte); ok {
			y, ok := b[i].([]byte)
			if !ok || !bytes.Equal(x, y) {
				return false
			}
		} else if a[i] != b[i] {
			return false
		}
	}
	return true
}

// addRow adds a row to a digest: every value with its kind and length, so that no two rows
// are written alike.
func addRow(h hash.Hash, row []any) {
	var n [9]byte
	for _, v := range row {
		var body []byte
		n[0] = 0
		switch v := v.(type) {
		case int64:
			n[0], body = 1, binary.BigEndian.AppendUint64(nil, uint64(v)) // only ever compared
		case string:
			n[0], body = 2, []byte(v)
		case []byte:
			n[0], body = 3, v
		}
		binary.BigEndian.PutUint64(n[1:], uint64(len(body)))
		h.Write(n[:])
		h.Write(body)
	}
}

func sizeOf(row []any) (n int) {
	for _, v := range row {
		switch v := v.(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		}
		n += 8
	}
	return n
}
