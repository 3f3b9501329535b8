package store

import (
	"context"
	"fmt"

	"contrechamp.org/contrechamp"
)

// guarded are blobs that hand out nothing that is withheld, from the moment on at which it is: also while its bytes are not
// removed yet.
type guarded struct {
	contrechamp.Blobs
	by *Database
}

// Guard answers blobs with which nobody gets what this register withholds: Get then answers ErrWithheld.
func (s *Database) Guard(b contrechamp.Blobs) contrechamp.Blobs { return guarded{b, s} }

func (g guarded) Get(ctx context.Context, d contrechamp.Digest) ([]byte, error) {
	erased, err := g.by.ErasedBytes(ctx, []contrechamp.Digest{d})
	if err != nil {
		return nil, err
	}
	if erased[d] {
		return nil, fmt.Errorf("bytes of %s: %w", d.Short(), contrechamp.ErrWithheld)
	}
	return g.Blobs.Get(ctx, d)
}
