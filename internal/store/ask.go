package store

import (
	"context"
	"database/sql"
	"time"
)

// asker is what answers queries: the readers, or the transaction that writes.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// patience is how long a question or a transaction is repeated while the database is away or in conflict with
// others, before it answers ErrUnavailable.
const patience = 30 * time.Second

// patient is an asker whose questions are asked again while the database is away. Only what reads may use it.
type patient struct {
	*sql.DB
	engine   engine
	patience time.Duration
	kept     *statements // nil where the driver keeps them itself
}

// QueryContext asks once.
func (p patient) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if p.kept != nil {
		st, err := p.kept.prepare(ctx, query)
		if err != nil {
			return nil, err
		}
		if st != nil {
			return st.QueryContext(ctx, args...)
		}
	}
	return p.DB.QueryContext(ctx, query, args...)
}

// worthwhile reports whether a question that failed may be answered when it is asked again. It changes nothing, so it
// does not matter how far it came.
func (p patient) worthwhile(err error) bool {
	again, unsure := p.engine.again(err)
	return again || unsure
}

// repeat calls f until it succeeds or fails with what another try would not mend, with growing rests between.
func repeat(ctx context.Context, patience time.Duration, f func() error, again func(error) bool) error {
	const first, longest = 10 * time.Millisecond, 2 * time.Second
	until := time.Now().Add(patience)
	for rest := first; ; rest = min(2*rest, longest) {
		err := f()
		if err == nil || ctx.Err() != nil || !again(err) || time.Now().Add(rest).After(until) {
			return err
		}
		timer := time.NewTimer(rest)
		select {
		case <-ctx.Done():
			timer.Stop()
			return err
		case <-timer.C:
		}
	}
}

// rows calls each for every row of a query. A query of the readers that fails before its first row is asked again
// while the database is away.
func rows(ctx context.Context, from asker, each func(*sql.Rows) error, query string, args ...any) error {
	begun := false
	ask := func() error {
		r, err := from.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer r.Close()
		for r.Next() {
			begun = true
			if err := each(r); err != nil {
				return err
			}
		}
		return r.Err()
	}
	p, ok := from.(patient)
	if !ok {
		return ask()
	}
	return repeat(ctx, p.patience, ask, func(err error) bool { return !begun && p.worthwhile(err) })
}

// one scans a query's only row: sql.ErrNoRows when there is none.
func one(ctx context.Context, from asker, query string, args []any, into ...any) error {
	found := false
	err := rows(ctx, from, func(r *sql.Rows) error {
		if found {
			return nil
		}
		found = true
		return r.Scan(into...)
	}, query, args...)
	if err == nil && !found {
		err = sql.ErrNoRows
	}
	return err
}

// column answers a query's only column.
func column[T any](ctx context.Context, from asker, query string, args ...any) ([]T, error) {
	var out []T
	err := rows(ctx, from, func(r *sql.Rows) error {
		var v T
		if err := r.Scan(&v); err != nil {
			return err
		}
		out = append(out, v)
		return nil
	}, query, args...)
	return out, err
}

// changed reports whether a statement changed a row.
func changed(r sql.Result) (bool, error) {
	n, err := r.RowsAffected()
	return n > 0, err
}
