//go:build unix

package log

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
	"k8s.io/klog/v2"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// Supported reports whether a log can be written on this system.
const Supported = true

// publishEvery is how often the writer publishes checkpoints; it allows no shorter time.
const publishEvery = 100 * time.Millisecond

// quiet sends what the library says to where the program says things.
var quiet = sync.OnceFunc(func() { klog.SetSlogLogger(slog.Default().With("from", "tessera")) })

// writer appends one batch: the library makes a batch of as many leaves as it was opened for, and so of all at once. It
// is opened for each batch anew, which costs less than what it does every tenth of a second when it is left open.
type writer struct {
	add    func(context.Context, *tessera.Entry) tessera.IndexFuture
	reader tessera.LogReader
	cancel context.CancelFunc
}

func (l *Log) openWriter(ctx context.Context, leaves int) (*writer, error) {
	quiet()
	// what was begun is finished: a batch that is cut short would only have to be looked for
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	driver, err := posix.New(inner, posix.Config{Path: string(l.folder)})
	if err != nil {
		cancel()
		return nil, writeFailed(err)
	}
	signers := []note.Signer{}
	if !l.next.IsZero() {
		signers = append(signers, l.next.Signer())
	}
	o := tessera.NewAppendOptions().WithCheckpointSigner(l.key.Signer(), signers...).WithBatching(uint(leaves), time.Hour).
		WithCheckpointInterval(publishEvery).WithCheckpointRepublishInterval(0).WithGarbageCollectionInterval(0)
	appender, _, reader, err := tessera.NewAppender(inner, driver, o)
	if err != nil {
		cancel()
		return nil, writeFailed(err)
	}
	return &writer{add: appender.Add, reader: reader, cancel: cancel}, nil
}

func (w *writer) close() { w.cancel() }

// append appends leaves and answers the place of the first; the others follow it.
func (w *writer) append(ctx context.Context, texts [][]byte) (first int64, err error) {
	futures := make([]tessera.IndexFuture, len(texts))
	for i, t := range texts {
		futures[i] = w.add(ctx, tessera.NewEntry(t))
	}
	for i, f := range futures {
		index, err := f()
		if err != nil {
			return 0, writeFailed(err)
		}
		if i == 0 {
			first = int64(index.Index)
		} else if int64(index.Index) != first+int64(i) {
			return 0, fmt.Errorf("leaf %d of a batch is at %d, the first one at %d: %w", i, index.Index, first, contrechamp.ErrAltered)
		}
	}
	return first, nil
}

// mostWait is how long a checkpoint may take that has only to be signed and written.
const mostWait = 30 * time.Second

// await waits for a checkpoint that covers size leaves.
func (w *writer) await(ctx context.Context, size int64) (signed []byte, covered int64, err error) {
	until := time.Now().Add(mostWait)
	for {
		signed, err = w.reader.ReadCheckpoint(ctx)
		if err == nil {
			if covered, err = ledger.CheckpointSize(signed); err != nil {
				return nil, 0, err
			}
			if covered >= size {
				return signed, covered, nil
			}
		}
		if time.Now().After(until) {
			return nil, 0, contrechamp.WithHint(fmt.Errorf("no checkpoint was published for %s: %w", mostWait, contrechamp.ErrUnavailable),
				"is there room on the disk? look at what was said before, with --verbose")
		}
		select {
		case <-ctx.Done():
			return nil, 0, ctx.Err()
		case <-time.After(2 * time.Millisecond):
		}
	}
}
