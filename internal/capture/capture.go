// Package capture brings documents in as evidence: the bytes as they were received, under their digest, and where
// and when they were met.
//
// What it guarantees: when [Capturer.Add] reports a document as captured, its bytes and the record of them are
// durable, and the job that will read it waits. The same bytes met twice are one capture with two sightings. What
// it is not: a judgement of what can be read; an empty or a broken file is captured all the same, and reading says
// why not.
//
// Folders are walked in the order of names. Inside folders, names that begin with a dot are passed over; symbolic
// links are followed, and a folder that was already visited is not entered again, so that a circle of links ends.
package capture

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
)

// DefaultMaxBytes is the largest document that is captured unless Capturer.MaxBytes says otherwise: 256 MiB.
const DefaultMaxBytes = 256 << 20

// sniffBytes is how much of a document is looked at to tell its media type.
const sniffBytes = 3072

// batch is how many captures are recorded in one transaction: each transaction waits for the disk once.
const batch = 64

// writers is how many documents are written at once; most of the time they wait for the disk.
const writers = 4

// Capturer captures documents. Blobs and Recorder must be set; the rest has defaults.
type Capturer struct {
	Blobs    contrechamp.Blobs
	Recorder contrechamp.CaptureRecorder
	MaxBytes int64            // largest document; 0 is DefaultMaxBytes
	Now      func() time.Time // nil is time.Now
	Stdin    io.Reader        // what "-" reads; nil is an error for "-"
	Logger   *slog.Logger     // nil is slog.Default
}

// Outcome is what came of one path.
type Outcome struct {
	Path   string
	Digest contrechamp.Digest // zero when Err is set
	Length int64
	Fresh  bool  // its bytes were not known before
	Err    error // why it was not captured
}

// Add captures what the paths name: files, folders with all that is in them, and "-" for standard input. For each
// document it calls report, from one goroutine at a time, once that document is durable or known to have failed.
// A document that cannot be captured is reported and the next one goes on; Add itself fails when the store does,
// or when ctx ends, and then whatever was reported without error is kept.
func (c *Capturer) Add(ctx context.Context, paths []string, report func(Outcome)) error {
	group, ctx := errgroup.WithContext(ctx)
	found := make(chan Found)
	group.Go(func() error {
		defer close(found)
		return walk(ctx, paths, found)
	})
	put := make(chan received)
	var open sync.WaitGroup
	open.Add(writers)
	for range writers {
		group.Go(func() error {
			defer open.Done()
			for f := range found {
				r, err := c.one(ctx, f)
				if err != nil {
					return err
				}
				if !slices.Contains(paths, f.Path) { // found in a folder: others, named one by one, are read before it
					r.record.Priority = contrechamp.Bulk
				}
				select {
				case put <- r:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	}
	go func() { open.Wait(); close(put) }()
	group.Go(func() error { return c.record(ctx, put, report) })
	return group.Wait()
}

// received is a document whose bytes are kept but not yet recorded, or one that failed.
type received struct {
	outcome Outcome
	record  contrechamp.Received
}

// record writes captures down in batches, and reports each when its batch is durable.
func (c *Capturer) record(ctx context.Context, put <-chan received, report func(Outcome)) error {
	var waiting []received
	flush := func() error {
		if len(waiting) == 0 {
			return nil
		}
		records := make([]contrechamp.Received, len(waiting))
		for i, w := range waiting {
			records[i] = w.record
		}
		fresh, err := c.Recorder.RecordCaptures(ctx, records)
		if err != nil {
			return fmt.Errorf("record %d captures: %w", len(records), err)
		}
		for i, w := range waiting {
			w.outcome.Fresh = fresh[i]
			report(w.outcome)
		}
		waiting = waiting[:0]
		return nil
	}
	for r := range put {
		if r.outcome.Err != nil {
			report(r.outcome)
			continue
		}
		if waiting = append(waiting, r); len(waiting) >= batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return flush()
}

// one keeps the bytes of one document. An error returned (rather than in the outcome) ends the whole run: the
// place where bytes rest does not work, so the next document would fare no better.
func (c *Capturer) one(ctx context.Context, f Found) (received, error) {
	failed := func(err error) (received, error) {
		return received{outcome: Outcome{Path: f.Path, Err: err}}, nil
	}
	if f.Err != nil {
		return failed(f.Err)
	}
	limit := c.MaxBytes
	if limit == 0 {
		limit = DefaultMaxBytes
	}
	if f.size > limit {
		return failed(tooLarge(f.size, limit))
	}
	in, err := c.open(f)
	if err != nil {
		return failed(fmt.Errorf("open: %w", reason(err)))
	}
	defer in.Close()
	head := bufio.NewReaderSize(in, sniffBytes)
	start, err := head.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return failed(fmt.Errorf("read: %w", reason(err)))
	}
	media, _, _ := strings.Cut(mimetype.Detect(start).String(), ";")
	now := time.Now
	if c.Now != nil {
		now = c.Now
	}
	source := &readError{r: head}
	digest, length, err := c.Blobs.Put(ctx, source, limit)
	switch {
	case source.err != nil:
		return failed(fmt.Errorf("read: %w", reason(source.err)))
	case errors.Is(err, contrechamp.ErrInvalid):
		return failed(tooLarge(limit+1, limit))
	case err != nil:
		return received{}, fmt.Errorf("keep the bytes of %s: %w", f.Path, err)
	}
	at := now().UTC()
	return received{
		outcome: Outcome{Path: f.Path, Digest: digest, Length: length},
		record: contrechamp.Received{
			Capture: contrechamp.Capture{Digest: digest, Length: length, MediaType: media, CapturedAt: at, State: contrechamp.Waiting},
			Sighting: contrechamp.Sighting{Capture: digest, Name: f.name(), Path: f.Path, CapturedAt: at,
				ModifiedAt: f.modified},
		},
	}, nil
}

func (c *Capturer) open(f Found) (io.ReadCloser, error) {
	if f.Path != Stdin {
		return os.Open(f.Path)
	}
	if c.Stdin == nil {
		return nil, fmt.Errorf("there is no standard input: %w", contrechamp.ErrInvalid)
	}
	return io.NopCloser(c.Stdin), nil
}

// readError remembers whether the document (and not the place where it is kept) was what failed.
type readError struct {
	r   io.Reader
	err error
}

func (r *readError) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

func tooLarge(size, limit int64) error {
	what := fmt.Sprintf("%d MiB", (size+1<<20-1)>>20)
	if size == limit+1 {
		what = "more than its limit"
	}
	return contrechamp.WithHint(
		fmt.Errorf("the file is too large (%s; at most %d MiB are captured): %w", what, limit>>20, contrechamp.ErrInvalid),
		"raise the limit with --max-size, in MiB")
}

// reason strips the path from an error of the operating system, since the outcome has it already.
func reason(err error) error {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("no right to read it: %w", contrechamp.ErrInvalid)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no such file or folder: %w", contrechamp.ErrNotFound)
	case errors.Is(err, syscall.ELOOP):
		return fmt.Errorf("symbolic links that lead in a circle: %w", contrechamp.ErrInvalid)
	}
	return p.Err
}

// Count walks the paths as Add does and answers how many documents and bytes it would meet, so that progress can
// be shown against a whole. Standard input counts as one document of no bytes.
func Count(ctx context.Context, paths []string) (documents int, size int64, err error) {
	found := make(chan Found)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(found)
		return walk(ctx, paths, found)
	})
	group.Go(func() error {
		for f := range found {
			documents++
			size += f.size
		}
		return nil
	})
	return documents, size, errors.Join(group.Wait())
}

// Stdin is the path that means standard input.
const Stdin = "-"

func (f Found) name() string {
	if f.Path == Stdin {
		return "standard input"
	}
	return filepath.Base(f.Path)
}
