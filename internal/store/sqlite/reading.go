package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// reading holds the statements of the reads that every answer makes: preparing one costs
// more than running it.
type reading struct {
	mu    sync.RWMutex
	known map[string]*sql.Stmt
}

// prepared is a statement on the connections that read; it is closed with the store.
func (db *DB) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	r := &db.reading
	r.mu.RLock()
	s, ok := r.known[query]
	r.mu.RUnlock()
	if ok {
		return s, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if s, ok := r.known[query]; ok {
		return s, nil
	}
	s, err := db.read.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if r.known == nil {
		r.known = map[string]*sql.Stmt{}
	}
	r.known[query] = s
	return s, nil
}

func (r *reading) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var errs []error
	for _, s := range r.known {
		errs = append(errs, s.Close())
	}
	r.known = nil
	return errors.Join(errs...)
}
