package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// underTx is a transaction that database/sql has begun, as pgx's own type: river's driver takes only that, and the
// jobs must be in the transaction that records their captures. It ends with the outer one: Commit and Rollback do
// nothing, but for one that Begin nested in it.
type underTx struct {
	conn      *pgx.Conn
	savepoint string // "" for the outer one
	nested    int
	closed    bool
}

var _ pgx.Tx = (*underTx)(nil)

// Begin nests a transaction by a savepoint, as pgx's own transactions do.
func (u *underTx) Begin(ctx context.Context) (pgx.Tx, error) {
	u.nested++
	inner := &underTx{conn: u.conn, savepoint: fmt.Sprintf("contrechamp_%d_%s", u.nested, u.savepoint)}
	if _, err := u.conn.Exec(ctx, "SAVEPOINT "+pgx.Identifier{inner.savepoint}.Sanitize()); err != nil {
		return nil, err
	}
	return inner, nil
}

func (u *underTx) Commit(ctx context.Context) error   { return u.end(ctx, "RELEASE SAVEPOINT ") }
func (u *underTx) Rollback(ctx context.Context) error { return u.end(ctx, "ROLLBACK TO SAVEPOINT ") }

func (u *underTx) end(ctx context.Context, how string) error {
	if u.savepoint == "" {
		return nil
	}
	if u.closed {
		return pgx.ErrTxClosed
	}
	u.closed = true
	_, err := u.conn.Exec(ctx, how+pgx.Identifier{u.savepoint}.Sanitize())
	return err
}

func (u *underTx) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return u.conn.CopyFrom(ctx, table, columns, rows)
}

func (u *underTx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return u.conn.SendBatch(ctx, b)
}

// LargeObjects answers the zero value: nothing here keeps large objects.
func (u *underTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

func (u *underTx) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	return u.conn.Prepare(ctx, name, sql)
}

func (u *underTx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return u.conn.Exec(ctx, sql, args...)
}

func (u *underTx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return u.conn.Query(ctx, sql, args...)
}

func (u *underTx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return u.conn.QueryRow(ctx, sql, args...)
}

// Conn implements pgx.Tx.
func (u *underTx) Conn() *pgx.Conn { return u.conn }
