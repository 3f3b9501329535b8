package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"contrechamp.org/contrechamp"
)

var leafColumns = []string{"subject", "hash", "at", "body", "salt"}

const (
	leafFields     = `hash, body, salt, log_index`
	selectPending  = `SELECT ` + leafFields + ` FROM leaf WHERE log_index IS NULL ORDER BY at, subject, hash LIMIT CAST($1 AS BIGINT)`
	selectLeavesOf = `SELECT ` + leafFields + ` FROM leaf WHERE subject = $1 ORDER BY at, hash`
	selectLogged   = `SELECT ` + leafFields + ` FROM leaf WHERE log_index >= $1 ORDER BY log_index LIMIT CAST($2 AS BIGINT)`
	setIndex       = `UPDATE leaf SET log_index = $3 WHERE subject = $1 AND hash = $2 AND log_index IS NULL`
	selectIndex    = `SELECT COALESCE(log_index, -1) FROM leaf WHERE subject = $1 AND hash = $2`
	countLogged    = `SELECT COALESCE(MAX(log_index), -1) + 1 FROM leaf`
	countPending   = `SELECT COUNT(*) FROM leaf WHERE log_index IS NULL`
)

// leafRow is a leaf as its row keeps it, before it is logged.
func leafRow(l contrechamp.Leaf, salt contrechamp.Salt) ([]any, error) {
	text, err := l.AppendText(nil)
	if err != nil {
		return nil, err
	}
	return []any{l.Digest.String(), contrechamp.LeafHash(text).String(), micros(l.At), string(text), salt.String()}, nil
}

// putLeaves records leaves in the transaction of what they are about.
func putLeaves(ctx context.Context, t tx, rows [][]any) error {
	return insertMany(ctx, t, "leaf", leafColumns, rows, "", "")
}

// AddLeaf implements contrechamp.Leaves.
func (s *Database) AddLeaf(ctx context.Context, l contrechamp.Leaf, salt contrechamp.Salt) error {
	row, err := leafRow(l, salt)
	if err != nil {
		return fmt.Errorf("record a leaf: %w", err)
	}
	return s.write(ctx, "record a leaf", true, func(t tx) error {
		// the salt is random: the same leaf is there only when this call is repeated
		return insertMany(ctx, t, "leaf", leafColumns, [][]any{row}, "", "ON CONFLICT (subject, hash) DO NOTHING")
	})
}

// PendingLeaves implements contrechamp.Leaves.
func (s *Database) PendingLeaves(ctx context.Context, limit int) ([]contrechamp.KeptLeaf, error) {
	return s.leaves(ctx, "leaves that wait to be logged", selectPending, limit)
}

// LeavesOf implements contrechamp.Leaves.
func (s *Database) LeavesOf(ctx context.Context, subject contrechamp.Digest) ([]contrechamp.KeptLeaf, error) {
	return s.leaves(ctx, "leaves about "+subject.Short(), selectLeavesOf, subject.String())
}

// LoggedLeaves implements contrechamp.Leaves.
func (s *Database) LoggedLeaves(ctx context.Context, from int64, limit int) ([]contrechamp.KeptLeaf, error) {
	return s.leaves(ctx, "leaves that are logged", selectLogged, max(0, from), limit)
}

func (s *Database) leaves(ctx context.Context, doing, query string, given ...any) ([]contrechamp.KeptLeaf, error) {
	var out []contrechamp.KeptLeaf
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		var hash, body, salt string
		var index sql.NullInt64
		if err := r.Scan(&hash, &body, &salt, &index); err != nil {
			return err
		}
		l, err := keptLeaf(hash, body, salt)
		if err != nil {
			return err
		}
		if index.Valid {
			l.Index = index.Int64
		}
		out = append(out, l)
		return nil
	}, query, given...)
	return out, failed(ctx, doing, err)
}

// keptLeaf reads a row that leafRow wrote.
func keptLeaf(hash, body, salt string) (contrechamp.KeptLeaf, error) {
	l := contrechamp.KeptLeaf{Text: []byte(body), Index: contrechamp.NotLogged}
	var err error
	if l.Leaf, err = contrechamp.ParseLeaf(l.Text); err == nil {
		l.Salt, err = contrechamp.ParseSalt(salt)
	}
	if err == nil && contrechamp.LeafHash(l.Text).String() != hash {
		err = errors.New("its text is not what its hash is of")
	}
	if err != nil {
		return l, fmt.Errorf("stored leaf %.12s: %w: %w", hash, err, contrechamp.ErrAltered)
	}
	return l, nil
}

// PutIndexes implements contrechamp.Leaves.
func (s *Database) PutIndexes(ctx context.Context, logged []contrechamp.KeptLeaf) error {
	if len(logged) == 0 {
		return nil
	}
	return s.write(ctx, "record where leaves are in the log", true, func(t tx) error {
		for _, l := range logged {
			subject, hash := l.Digest.String(), contrechamp.LeafHash(l.Text).String()
			done, err := t.exec(ctx, setIndex, subject, hash, l.Index)
			if err != nil {
				return err
			}
			if new, err := changed(done); err != nil || new {
				if err != nil {
					return err
				}
				continue
			}
			var index int64
			if err := one(ctx, t, selectIndex, []any{subject, hash}, &index); err != nil {
				return err
			}
			if index != l.Index {
				return fmt.Errorf("leaf %.12s is at %d already, not at %d: %w", hash, index, l.Index, contrechamp.ErrConflict)
			}
		}
		return nil
	})
}

// CountLeaves implements contrechamp.Leaves.
func (s *Database) CountLeaves(ctx context.Context) (logged, pending int64, err error) {
	if err = one(ctx, s.readers, countLogged, nil, &logged); err == nil {
		err = one(ctx, s.readers, countPending, nil, &pending)
	}
	return logged, pending, failed(ctx, "count the leaves", err)
}

// LedgerKey implements contrechamp.Leaves.
func (s *Database) LedgerKey(ctx context.Context) (string, error) {
	key, err := house(ctx, s.readers, houseLedger)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return key, failed(ctx, "the key of the log", err)
}

// SetLedgerKey implements contrechamp.Leaves.
func (s *Database) SetLedgerKey(ctx context.Context, old, next string) error {
	if next == "" {
		return fmt.Errorf("record the key of the log: there is none: %w", contrechamp.ErrInvalid)
	}
	return s.write(ctx, "record the key of the log", true, func(t tx) error {
		if _, err := t.exec(ctx, `INSERT INTO house (name, value) VALUES ($1, '') ON CONFLICT (name) DO NOTHING`, houseLedger); err != nil {
			return err
		}
		done, err := t.exec(ctx, `UPDATE house SET value = $2 WHERE name = $1 AND value IN ($2, $3)`, houseLedger, next, old)
		if err != nil {
			return err
		}
		if set, err := changed(done); err != nil || set {
			return err
		}
		return fmt.Errorf("the register's log is signed by another key: %w", contrechamp.ErrConflict)
	})
}
