// Package capture brings documents in as evidence: the bytes as they were received, under their digest, and where
// and when they were met.
//
// What it guarantees: when [Capturer.Add] reports a document as captured, its bytes and the record of them are
// durable, and the job that will read it waits. The same bytes met twice are one capture with two sightings. What
// it is not: a judgement of what can be read; an empty or a broken file is captured all the same, and reading says
// why not.
//
// What a document holds (an archive its files, a web archive its pages, a mail its attachments) is captured too, each
// as a document of its own: its path is that of its container, "!/", and its name there, and its sighting knows the
// container's digest. The limits of package archive hold.
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
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/capture/spool"
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
	// Cover returns when the log covers all that was recorded before; nil where nobody keeps a log, and what is recorded
	// is then reported at once.
	Cover func(context.Context) error
	Web   *Web // fetches addresses; nil refuses them
}

// Outcome is what came of one path.
type Outcome struct {
	Path   string
	Digest contrechamp.Digest // zero when Err is set
	Length int64
	Fresh  bool  // its bytes were not known before
	Err    error // why it was not captured
	// Of an address alone:
	Exchange contrechamp.Exchange // that brought it
	Same     time.Time            // since when its bytes are the same; zero when they are not, or nothing was captured there before
	Changed  time.Time            // when other bytes were captured there last; zero when none were
	Absence  *contrechamp.Absence // recorded, since a document was captured there before
	Unshown  error                // why there is no picture of it, where one was asked for
}

// Add captures what the paths name: files, folders with all that is in them, addresses of the web, and "-" for standard
// input. For each
// document it calls report, from one goroutine at a time, once that document is durable and covered by the log, or known
// to have failed.
// A document that cannot be captured is reported and the next one goes on; Add itself fails when the store does,
// or when ctx ends, and then whatever was reported without error is kept.
func (c *Capturer) Add(ctx context.Context, paths []string, report func(Outcome)) error {
	addresses, paths := apart(paths)
	group, ctx := errgroup.WithContext(ctx)
	found := make(chan Found)
	group.Go(func() error {
		defer close(found)
		return walk(ctx, paths, found)
	})
	put := make(chan received)
	var open sync.WaitGroup
	open.Add(writers + 1)
	group.Go(func() error {
		defer open.Done()
		return c.fetch(ctx, addresses, func(r received) error {
			select {
			case put <- r:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	for range writers {
		group.Go(func() error {
			defer open.Done()
			for f := range found {
				named := slices.Contains(paths, f.Path)
				err := c.take(ctx, f, func(r received) error {
					// found in a folder or in an archive: others, named one by one, are read before it
					if !named || !r.record.Sighting.Container.IsZero() {
						r.record.Priority = contrechamp.Bulk
					}
					select {
					case put <- r:
						return nil
					case <-ctx.Done():
						return ctx.Err()
					}
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	go func() { open.Wait(); close(put) }()
	var one sync.Mutex
	told := func(o Outcome) {
		one.Lock()
		defer one.Unlock()
		report(o)
	}
	if c.Cover == nil {
		group.Go(func() error { return c.record(ctx, put, told, nil) })
		return group.Wait()
	}
	covered := newCovering(c.Cover, told)
	group.Go(func() error { return covered.run(ctx) })
	group.Go(func() error {
		defer covered.end()
		return c.record(ctx, put, told, covered)
	})
	return group.Wait()
}

// received is a document whose bytes are kept but not yet recorded, or one that failed.
type received struct {
	outcome Outcome
	record  contrechamp.Received
}

// record writes captures down in batches, and reports each when its batch is durable, or lets covered do so.
func (c *Capturer) record(ctx context.Context, put <-chan received, report func(Outcome), covered *covering) error {
	var waiting []received
	flush := func() error {
		var err error
		if waiting, err = c.withoutWithheld(ctx, waiting, report); err != nil || len(waiting) == 0 {
			return err
		}
		records := make([]contrechamp.Received, len(waiting))
		for i, w := range waiting {
			records[i] = w.record
		}
		fresh, err := c.Recorder.RecordCaptures(ctx, records)
		if err != nil {
			return fmt.Errorf("record %d captures: %w", len(records), err)
		}
		outcomes := make([]Outcome, len(waiting))
		for i, w := range waiting {
			w.outcome.Fresh = fresh[i]
			outcomes[i] = w.outcome
		}
		waiting = waiting[:0]
		if covered != nil {
			covered.add(outcomes)
			return nil
		}
		for _, o := range outcomes {
			report(o)
		}
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

// take captures one document that the walk met, and what it holds. An error returned (rather than in an outcome) ends
// the whole run: the place where bytes rest does not work, so the next document would fare no better.
func (c *Capturer) take(ctx context.Context, f Found, emit func(received) error) error {
	failed := func(err error) error { return emit(received{outcome: Outcome{Path: f.Path, Err: err}}) }
	if f.Err != nil {
		return failed(f.Err)
	}
	if limit := c.limit(); f.size > limit {
		return failed(tooLarge(f.size, limit))
	}
	in, err := c.open(f)
	if err != nil {
		return failed(fmt.Errorf("open: %w", reason(err)))
	}
	defer in.Close()
	d := document{path: f.Path, name: f.name(), modified: f.modified, in: in}
	if file, ok := in.(*os.File); ok && f.Path != Stdin {
		d.at, d.size = file, f.size
	}
	_, err = c.keep(ctx, d, emit)
	return err
}

func (c *Capturer) limit() int64 {
	if c.MaxBytes == 0 {
		return DefaultMaxBytes
	}
	return c.MaxBytes
}

// document is what is about to be captured.
type document struct {
	path, name string
	modified   time.Time
	in         io.Reader
	at         io.ReaderAt // the same bytes, where they can be read at any place; else nil
	size       int64       // of at
	container  *container  // what holds it; nil for a file of its own
	web        *arrival    // how it came; nil for a file
}

// keep keeps the bytes of one document, and then captures what it holds. It answers the record; nil when there is none.
func (c *Capturer) keep(ctx context.Context, d document, emit func(received) error) (*contrechamp.Received, error) {
	failed := func(err error) (*contrechamp.Received, error) {
		return nil, emit(received{outcome: Outcome{Path: d.path, Err: err}})
	}
	head := bufio.NewReaderSize(d.in, archive.Head)
	start, err := head.Peek(archive.Head)
	if err != nil && !errors.Is(err, io.EOF) {
		if stop := d.container.ends(err); stop != nil {
			return nil, stop
		}
		return failed(readFailed(err))
	}
	media, _, _ := strings.Cut(mimetype.Detect(start[:min(len(start), sniffBytes)]).String(), ";")
	source := &readError{r: head}
	var bytes io.Reader = source
	var copied *spool.Spool
	if d.at == nil && archive.MayHold(start) {
		copied = &spool.Spool{}
		defer copied.Close()
		bytes = io.TeeReader(source, copied)
	}
	// start is good until head is read on
	start = slices.Clone(start)
	digest, length, err := c.Blobs.Put(ctx, bytes, c.limit())
	switch {
	case source.err != nil:
		if stop := d.container.ends(source.err); stop != nil {
			return nil, stop
		}
		return failed(readFailed(source.err))
	case errors.Is(err, contrechamp.ErrInvalid):
		return failed(tooLarge(c.limit()+1, c.limit()))
	case err != nil:
		return nil, fmt.Errorf("keep the bytes of %s: %w", d.path, err)
	}
	now := time.Now
	if c.Now != nil {
		now = c.Now
	}
	at := now().UTC()
	record := contrechamp.Received{
		Capture: contrechamp.Capture{Digest: digest, Length: length, MediaType: media, CapturedAt: at, State: contrechamp.Waiting},
		Sighting: contrechamp.Sighting{Capture: digest, Name: d.name, Path: d.path, CapturedAt: at, ModifiedAt: d.modified,
			Container: d.container.digestOf()},
	}
	outcome := Outcome{Path: d.path, Digest: digest, Length: length}
	if d.web != nil {
		d.web.tell(&record, &outcome)
	}
	if err := emit(received{outcome: outcome, record: record}); err != nil {
		return nil, err
	}
	if copied != nil {
		d.at, d.size = copied.At(), copied.Size()
	}
	if d.at != nil && archive.MayHold(start) {
		if withheld, err := c.isWithheld(ctx, digest); err != nil || withheld {
			return nil, err // nor is what it holds brought in by this way
		}
		return &record, c.expand(ctx, d, start, digest, emit)
	}
	return &record, nil
}

func readFailed(err error) error {
	if err := reason(err); !errors.Is(err, contrechamp.ErrInvalid) {
		return fmt.Errorf("read: %w", err)
	}
	return err
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
// be shown against a whole. Standard input and an address count as one document of no bytes.
func Count(ctx context.Context, paths []string) (documents int, size int64, err error) {
	addresses, paths := apart(paths)
	documents = len(addresses)
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
