package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"
)

// Leaving is a database that is read, all of it as it was at one moment.
type Leaving interface {
	Count(ctx context.Context, t Table) (int64, error)
	// Each calls f with every row, ordered by its key. The row belongs to f.
	Each(ctx context.Context, t Table, columns []Column, f func(row []any) error) error
	// Counter is the highest number a table ever gave away, where more is known than its rows
	// tell; else 0.
	Counter(ctx context.Context, t Table) (int64, error)
}

// Arriving is a database that is brought to hold what another does. Nobody else writes there.
type Arriving interface {
	// Columns asks what a table holds, the key's columns first.
	Columns(ctx context.Context, t Table) ([]Column, error)
	// Page reads up to n rows after a key, ordered by key; a nil key begins.
	Page(ctx context.Context, t Table, columns []Column, after []any, n int) ([][]any, error)
	// Put writes rows in one transaction; with fresh none of their keys is there yet.
	Put(ctx context.Context, t Table, columns []Column, rows [][]any, fresh bool) error
	// Drop deletes the rows with these keys in one transaction.
	Drop(ctx context.Context, t Table, columns []Column, keys [][]any) error
	// SetCounter lets new rows be numbered after at, and after every row there is.
	SetCounter(ctx context.Context, t Table, at int64) error
}

// MoveProgress tells how far a move is.
type MoveProgress struct {
	Step       string // "copy" or "verify"
	Table      string
	Done, Rows int64 // of all tables; verifying reads each row twice
}

// MovedTable is what is known of a table that both databases now hold.
type MovedTable struct {
	Table   string `json:"table"`
	Rows    int64  `json:"rows"`
	Written int64  `json:"written"` // by this run
	Digest  string `json:"digest"`  // SHA-256 over its rows, the same on both sides
}

// How much goes into one transaction: so many rows, or so many bytes and one row.
const (
	rowsAtOnce  = 2000
	bytesAtOnce = 8 << 20
)

// ErrMovedOtherwise is returned, wrapped with the names of the tables, when what arrived is
// not what left.
var ErrMovedOtherwise = errors.New("hai kho không giống nhau")

// Move brings to to hold exactly what from does and proves it: row by row in the order of
// keys, writing only what is missing or differs, then counting and digesting every table on
// both sides. What was moved before is compared and not written again, so a move that was
// killed goes on by being run again.
func Move(ctx context.Context, from Leaving, to Arriving, progress func(MoveProgress)) ([]MovedTable, error) {
	m := &moving{from: from, to: to, told: progress, columns: map[string][]Column{}}
	for _, t := range Tables {
		n, err := from.Count(ctx, t)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		m.state.Rows += n
		if m.columns[t.Name], err = to.Columns(ctx, t); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	m.state.Step = "copy"
	for _, t := range slices.Backward(Tables) { // what refers goes before what it refers to
		if err := m.drop(ctx, t); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	var out []MovedTable
	for _, t := range Tables {
		written, err := m.copy(ctx, t)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		out = append(out, MovedTable{Table: t.Name, Written: written})
	}
	return out, m.verify(ctx, out)
}

type moving struct {
	from    Leaving
	to      Arriving
	told    func(MoveProgress)
	columns map[string][]Column
	state   MoveProgress
}

func (m *moving) step(t Table) {
	if m.state.Done++; m.told != nil && (m.state.Done%rowsAtOnce == 0 || m.state.Table != t.Name) {
		m.state.Table = t.Name
		m.told(m.state)
	}
}

// there reads the rows of a table that arrived, a page at a time.
type there struct {
	m     *moving
	table Table
	page  [][]any
	over  bool
}

// head is the next row; nil when there is none.
func (x *there) head(ctx context.Context, last []any) ([]any, error) {
	if len(x.page) == 0 && !x.over {
		var err error
		if x.page, err = x.m.to.Page(ctx, x.table, x.m.columns[x.table.Name], last, rowsAtOnce/2); err != nil {
			return nil, err
		}
		x.over = len(x.page) == 0
	}
	if x.over {
		return nil, nil
	}
	return x.page[0], nil
}

// walk pairs the rows of both sides by key: mine is nil for one that only arrived, theirs
// for one that only left.
func (m *moving) walk(ctx context.Context, t Table, pair func(mine, theirs []any) error) error {
	x := &there{m: m, table: t}
	var last []any
	next := func() error {
		last = x.page[0]
		x.page = x.page[1:]
		_, err := x.head(ctx, last)
		return err
	}
	if _, err := x.head(ctx, nil); err != nil {
		return err
	}
	key := len(t.Key)
	err := m.from.Each(ctx, t, m.columns[t.Name], func(row []any) error {
		for !x.over && compareKeys(x.page[0], row, key) < 0 {
			if err := pair(nil, x.page[0]); err != nil {
				return err
			}
			if err := next(); err != nil {
				return err
			}
		}
		if x.over || compareKeys(x.page[0], row, key) > 0 {
			return pair(row, nil)
		}
		if err := pair(row, x.page[0]); err != nil {
			return err
		}
		return next()
	})
	for err == nil && !x.over {
		if err = pair(nil, x.page[0]); err == nil {
			err = next()
		}
	}
	return err
}

// drop deletes what is not at the source (any more).
func (m *moving) drop(ctx context.Context, t Table) error {
	if first, err := m.to.Page(ctx, t, m.columns[t.Name], nil, 1); err != nil || len(first) == 0 {
		return err
	}
	var gone [][]any
	send := func() error {
		if len(gone) == 0 {
			return nil
		}
		err := m.to.Drop(ctx, t, m.columns[t.Name], gone)
		gone = nil
		return err
	}
	err := m.walk(ctx, t, func(mine, theirs []any) error {
		if mine != nil {
			return nil
		}
		if gone = append(gone, theirs[:len(t.Key)]); len(gone) < rowsAtOnce {
			return nil
		}
		return send()
	})
	if err != nil {
		return err
	}
	return send()
}

// copy writes what is missing or differs.
func (m *moving) copy(ctx context.Context, t Table) (written int64, err error) {
	columns := m.columns[t.Name]
	var batch [][]any
	size, fresh := 0, true
	send := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := m.to.Put(ctx, t, columns, batch, fresh)
		written += int64(len(batch))
		batch, size, fresh = nil, 0, true
		return err
	}
	err = m.walk(ctx, t, func(mine, theirs []any) error {
		if mine == nil {
			return fmt.Errorf("%w: %s", ErrMovedOtherwise, t.Name) // dropped before: somebody else writes there
		}
		m.step(t)
		if theirs != nil && sameRow(mine, theirs) {
			return nil
		}
		fresh = fresh && theirs == nil
		batch, size = append(batch, mine), size+sizeOf(mine)
		if len(batch) < rowsAtOnce && size < bytesAtOnce {
			return nil
		}
		return send()
	})
	if err == nil {
		err = send()
	}
	if err != nil {
		return written, err
	}
	at, err := m.from.Counter(ctx, t)
	if err != nil {
		return written, err
	}
	return written, m.to.SetCounter(ctx, t, at)
}

// verify counts and digests both sides.
func (m *moving) verify(ctx context.Context, tables []MovedTable) error {
	m.state.Step, m.state.Done, m.state.Rows = "verify", 0, 2*m.state.Rows
	var differ []string
	for i, t := range Tables {
		left, arrived := tableDigest{h: sha256.New()}, tableDigest{h: sha256.New()}
		columns := m.columns[t.Name]
		if err := m.from.Each(ctx, t, columns, func(row []any) error { m.step(t); left.add(row); return nil }); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		if err := m.digest(ctx, t, &arrived); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		tables[i].Rows, tables[i].Digest = left.rows, left.sum()
		if left.rows != arrived.rows || left.sum() != arrived.sum() {
			differ = append(differ, fmt.Sprintf("%s (%d và %d dòng)", t.Name, left.rows, arrived.rows))
		}
	}
	if len(differ) > 0 {
		return fmt.Errorf("%w: %s", ErrMovedOtherwise, strings.Join(differ, ", "))
	}
	return nil
}

func (m *moving) digest(ctx context.Context, t Table, into *tableDigest) error {
	x := &there{m: m, table: t}
	var last []any
	for {
		row, err := x.head(ctx, last)
		if err != nil || row == nil {
			return err
		}
		m.step(t)
		into.add(row)
		last, x.page = row, x.page[1:]
	}
}

// tableDigest is the digest of the rows of a table.
type tableDigest struct {
	h    hash.Hash
	rows int64
}

func (d *tableDigest) add(row []any) {
	d.rows++
	addRow(d.h, row)
}

func (d *tableDigest) sum() string { return hex.EncodeToString(d.h.Sum(nil)) }
