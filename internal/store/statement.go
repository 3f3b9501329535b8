package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

const (
	// longestKept is the length of a statement that is worth keeping: longer ones list values and seldom come again.
	longestKept = 1200
	// mostKept is how many compiled statements a pool keeps; each takes some ten kilobytes a connection.
	mostKept = 200
)

// statements keeps the statements of one pool compiled, where the driver does not do so itself: to compile one takes
// SQLite longer than to carry it out. A nil *statements keeps nothing.
type statements struct {
	db *sql.DB

	mu     sync.Mutex
	kept   map[string]*sql.Stmt
	wanted []string // compiled within a transaction, which cannot be kept: to be compiled before the next one
}

func newStatements(db *sql.DB) *statements {
	return &statements{db: db, kept: map[string]*sql.Stmt{}}
}

// get answers a statement that is compiled already; nil where there is none.
func (k *statements) get(query string) *sql.Stmt {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.kept[query]
}

// want asks for a statement to be kept from the next transaction on.
func (k *statements) want(query string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(query) <= longestKept && len(k.kept)+len(k.wanted) < mostKept {
		k.wanted = append(k.wanted, query)
	}
}

// compile compiles what is wanted. It takes a connection, so it must not be called within a transaction.
func (k *statements) compile(ctx context.Context) error {
	k.mu.Lock()
	wanted := k.wanted
	k.wanted = nil
	k.mu.Unlock()
	for _, query := range wanted {
		if _, err := k.prepare(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// prepare answers a statement, compiled and kept; nil if it is not worth keeping.
func (k *statements) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if st := k.get(query); st != nil || len(query) > longestKept {
		return st, nil
	}
	k.mu.Lock()
	full := len(k.kept) >= mostKept
	k.mu.Unlock()
	if full {
		return nil, nil
	}
	st, err := k.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if other := k.kept[query]; other != nil { // somebody was quicker
		return other, st.Close()
	}
	k.kept[query] = st
	return st, nil
}

func (k *statements) close() error {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	var errs []error
	for _, st := range k.kept {
		errs = append(errs, st.Close())
	}
	k.kept, k.wanted = map[string]*sql.Stmt{}, nil
	return errors.Join(errs...)
}
