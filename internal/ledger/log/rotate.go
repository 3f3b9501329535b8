package log

import (
	"context"
	"fmt"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// Rotate puts a new key in the place of the one that signs. The new key is announced by a leaf, and the checkpoint that
// covers this leaf is signed by both: whoever trusts the old key learns the new one from the log itself. Interrupted, the
// same call goes on.
func (l *Log) Rotate(ctx context.Context) (old, next ledger.VerifierKey, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.follows {
		return old, next, contrechamp.WithHint(fmt.Errorf("replace the key of the log: another program keeps it: %w", contrechamp.ErrConflict), "do it there, or stop that program")
	}
	old = l.key.Public()
	if l.next, err = l.options.Keys.Announce(); err != nil {
		return old, next, err
	}
	next = l.next.Public()
	leaves, err := l.options.Leaves.LeavesOf(ctx, contrechamp.Sum([]byte(next.String())))
	if err != nil {
		return old, next, err
	}
	if len(leaves) == 0 {
		salt := contrechamp.NewSalt()
		if err := l.options.Leaves.AddLeaf(ctx, contrechamp.KeyLeaf(old.String(), next.String(), l.options.Now(), salt), salt); err != nil {
			return old, next, err
		}
	}
	if err := l.cover(ctx); err != nil {
		return old, next, err
	}
	if err := l.options.Leaves.SetLedgerKey(ctx, old.String(), next.String()); err != nil {
		return old, next, err
	}
	return old, next, l.replaceKey()
}

// replaceKey ends a rotation that the store knows of already.
func (l *Log) replaceKey() error {
	if err := l.folder.AddKey(l.next.Public()); err != nil {
		return err
	}
	if err := l.options.Keys.Replace(); err != nil {
		return err
	}
	l.key, l.next = l.next, ledger.SignerKey{}
	return nil
}
