package store

import (
	"context"
)

// What the register knows of itself, by name.
const (
	houseIndex    = "index"    // the rules by which the search index was made
	houseIdentity = "identity" // a random name that a register keeps when it is copied
	houseCopy     = "copy"     // the identity of the register of which this place is an unfinished copy
	houseLedger   = "ledger"   // the verifier text of the key that signs the log
)

const (
	selectHouse = `SELECT value FROM house WHERE name = $1`
	upsertHouse = `INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
)

// house answers one thing that the register knows of itself: sql.ErrNoRows when it does not.
func house(ctx context.Context, from asker, name string) (string, error) {
	var value string
	err := one(ctx, from, selectHouse, []any{name}, &value)
	return value, err
}

func setHouse(ctx context.Context, t tx, name, value string) error {
	_, err := t.exec(ctx, upsertHouse, name, value)
	return err
}
