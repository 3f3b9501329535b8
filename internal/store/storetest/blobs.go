package storetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"testing"
	"testing/iotest"

	"contrechamp.org/contrechamp"
)

// BlobsInstance is a fresh, empty place for bytes.
type BlobsInstance struct {
	Blobs contrechamp.Blobs
	// Alter changes the kept bytes of d behind the back of Blobs. nil where that cannot be done.
	Alter func(t *testing.T, d contrechamp.Digest)
	// Left counts what is stored besides kept bytes: unfinished writes. nil where that cannot be seen.
	Left func(t *testing.T) int
}

// RunBlobs asks of a place for bytes all that the contract promises.
func RunBlobs(t *testing.T, open func(t *testing.T) BlobsInstance) {
	const limit = 1 << 20
	ctx := t.Context()
	t.Run("bytes come back as they were", func(t *testing.T) {
		b := open(t).Blobs
		for _, want := range [][]byte{{}, []byte("a"), []byte("\x00\xff\r\n"), bytes.Repeat([]byte("contrechamp "), 10_000), bytes.Repeat([]byte{7}, limit)} {
			for range 2 { // the second time they are there
				d, n, err := b.Put(ctx, bytes.NewReader(want), limit)
				if err != nil || d != contrechamp.Sum(want) || n != int64(len(want)) {
					t.Fatalf("put %d bytes: got %s, %d, %v", len(want), d, n, err)
				}
			}
			if got, err := b.Get(ctx, contrechamp.Sum(want)); err != nil || !bytes.Equal(got, want) {
				t.Errorf("get %d bytes: got %d, %v", len(want), len(got), err)
			}
		}
	})
	t.Run("small reads", func(t *testing.T) {
		b, want := open(t).Blobs, bytes.Repeat([]byte("x"), 1000)
		for _, r := range []io.Reader{iotest.OneByteReader(bytes.NewReader(want)), iotest.DataErrReader(bytes.NewReader(want))} {
			if d, n, err := b.Put(ctx, r, limit); err != nil || d != contrechamp.Sum(want) || n != 1000 {
				t.Errorf("got %s, %d, %v", d, n, err)
			}
		}
	})
	t.Run("unknown, and known", func(t *testing.T) {
		b := open(t).Blobs
		_, err := b.Get(ctx, contrechamp.Sum([]byte("nothing")))
		wantKind(t, "get", err, contrechamp.ErrNotFound)
		for _, want := range []bool{false, true} {
			if has, err := b.Has(ctx, contrechamp.Sum([]byte("something"))); err != nil || has != want {
				t.Errorf("has: got %v, %v, want %v", has, err, want)
			}
			if _, _, err := b.Put(ctx, bytes.NewReader([]byte("something")), limit); err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("what is refused leaves nothing behind", func(t *testing.T) {
		in := open(t)
		long := bytes.Repeat([]byte{1}, limit+1)
		_, _, err := in.Blobs.Put(ctx, bytes.NewReader(long), limit)
		wantKind(t, "too long", err, contrechamp.ErrInvalid)
		_, err = in.Blobs.Get(ctx, contrechamp.Sum(long))
		wantKind(t, "its bytes", err, contrechamp.ErrNotFound)

		broken := errors.New("the line broke")
		_, _, err = in.Blobs.Put(ctx, io.MultiReader(bytes.NewReader(long[:1000]), iotest.ErrReader(broken)), limit)
		wantKind(t, "a broken reader", err, broken)
		_, err = in.Blobs.Get(ctx, contrechamp.Sum(long[:1000]))
		wantKind(t, "its bytes", err, contrechamp.ErrNotFound)

		ended, cancel := context.WithCancel(ctx)
		cancel()
		_, _, err = in.Blobs.Put(ended, bytes.NewReader(long[:10]), limit)
		wantKind(t, "an ended context", err, context.Canceled)
		if in.Left != nil && in.Left(t) != 0 {
			t.Errorf("%d unfinished writes are left", in.Left(t))
		}
	})
	t.Run("what is deleted is gone, and can be put again", func(t *testing.T) {
		b := open(t).Blobs
		want, other := []byte("withheld"), []byte("kept")
		for range 2 {
			for _, bytesOf := range [][]byte{want, other} {
				if _, _, err := b.Put(ctx, bytes.NewReader(bytesOf), limit); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 { // the second time they are not there
				if err := b.Delete(ctx, contrechamp.Sum(want)); err != nil {
					t.Fatal(err)
				}
			}
			if has, err := b.Has(ctx, contrechamp.Sum(want)); err != nil || has {
				t.Errorf("has: got %v, %v", has, err)
			}
			_, err := b.Get(ctx, contrechamp.Sum(want))
			wantKind(t, "get", err, contrechamp.ErrNotFound)
			if got, err := b.Get(ctx, contrechamp.Sum(other)); err != nil || !bytes.Equal(got, other) {
				t.Errorf("the others: got %q, %v", got, err)
			}
		}
	})
	t.Run("altered bytes are never handed out, and can be put back", func(t *testing.T) {
		in := open(t)
		if in.Alter == nil {
			missing(t, "way to alter bytes")
		}
		want := []byte("evidence")
		d, _, err := in.Blobs.Put(ctx, bytes.NewReader(want), limit)
		if err != nil {
			t.Fatal(err)
		}
		in.Alter(t, d)
		_, err = in.Blobs.Get(ctx, d)
		wantKind(t, "get", err, contrechamp.ErrAltered)
		if _, _, err := in.Blobs.Put(ctx, bytes.NewReader(want), limit); err != nil {
			t.Fatal(err)
		}
		if got, err := in.Blobs.Get(ctx, d); err != nil || !bytes.Equal(got, want) {
			t.Errorf("put back: got %q, %v", got, err)
		}
	})
	t.Run("many at once", func(t *testing.T) {
		b := open(t).Blobs
		var all sync.WaitGroup
		for w := range 8 {
			all.Go(func() {
				for i := range 20 {
					want := []byte{byte(i), byte(w % 2)} // half of them at the same time as another
					if d, _, err := b.Put(ctx, bytes.NewReader(want), limit); err != nil || d != contrechamp.Sum(want) {
						t.Errorf("put: got %s, %v", d, err)
					}
					if got, err := b.Get(ctx, contrechamp.Sum(want)); err != nil || !bytes.Equal(got, want) {
						t.Errorf("get: got %v, %v", got, err)
					}
				}
			})
		}
		all.Wait()
	})
}
