package verify

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/attest"
)

// Store is what a check needs of a register.
type Store interface {
	contrechamp.Inspector
	contrechamp.Leaves
	// ErasedBytes answers which of some bytes are withheld: of captures, and of the exchanges that brought them.
	ErasedBytes(ctx context.Context, digests []contrechamp.Digest) (map[contrechamp.Digest]bool, error)
}

// Check is a check of a whole register.
type Check struct {
	Store Store
	Blobs contrechamp.Blobs
	Log   ledger.Folder
	// Workers is how many captures are checked at once; at least 1.
	Workers int
	// Captures is about how many there are, as Step is told.
	Captures int64
	// Step, if set, hears how far each part is.
	Step func(part string, done, total int64)
}

// Finding is one thing that does not hold.
type Finding struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

// Report is what came of a check. A register holds when there are no findings.
type Report struct {
	Holds     bool           `json:"holds"`
	Captures  int            `json:"captures"`
	Exchanges int            `json:"exchanges"` // records of HTTP exchanges
	Bytes     int64          `json:"bytes"`     // hashed again, of both
	Withheld  int            `json:"withheld"`
	Sightings int            `json:"sightings"`
	Texts     int            `json:"texts"`
	Claims    int            `json:"claims"`
	Quotes    int            `json:"quotes"`          // found again in their texts
	Located   int            `json:"quotes_in_bytes"` // of these, found in the captured bytes too
	Decisions int            `json:"decisions"`
	Leaves    int64          `json:"leaves"`  // logged
	Waiting   int64          `json:"waiting"` // leaves that are not covered by a checkpoint yet
	Log       ledger.Audited `json:"log"`
	Attested  attest.Audited `json:"attested"` // what others said of the log
	Key       string         `json:"key,omitempty"`
	Findings  []Finding      `json:"findings"`
	More      int            `json:"more_findings"` // beyond those that are listed
}

// mostFindings is how many findings are listed; a register that was moved without its bytes has one for each capture.
const mostFindings = 1000

type checking struct {
	Check
	mu     sync.Mutex
	report Report
	// decisions by what their leaves are about
	decided map[contrechamp.Digest][]contrechamp.Decision
	emptied map[contrechamp.Digest]bool // claims of what is withheld: their notes are gone
}

// Run checks the register. An error says that the check could not be made; what does not hold is in the report.
func (c Check) Run(ctx context.Context) (Report, error) {
	if c.Workers < 1 {
		c.Workers = 1
	}
	if c.Step == nil {
		c.Step = func(string, int64, int64) {}
	}
	x := &checking{Check: c, decided: map[contrechamp.Digest][]contrechamp.Decision{}, emptied: map[contrechamp.Digest]bool{}}
	x.report.Findings = []Finding{}
	logged, waiting, err := c.Store.CountLeaves(ctx)
	if err != nil {
		return x.report, err
	}
	x.report.Waiting = waiting
	if err := x.rows(ctx); err != nil {
		return x.report, err
	}
	if err := x.log(ctx, logged); err != nil {
		return x.report, err
	}
	if err := x.attested(); err != nil {
		return x.report, err
	}
	x.report.Holds = len(x.report.Findings) == 0
	return x.report, nil
}

// found notes what does not hold.
func (x *checking) found(where, format string, a ...any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.report.Findings) == mostFindings {
		x.report.More++
		return
	}
	x.report.Findings = append(x.report.Findings, Finding{where, fmt.Sprintf(format, a...)})
}

// count adds to the report.
func (x *checking) count(f func(*Report)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	f(&x.report)
}

// rows checks all that is kept, many captures at once: one hashes while another waits for the disk.
func (x *checking) rows(ctx context.Context) error {
	group, inner := errgroup.WithContext(ctx)
	captures := make(chan contrechamp.Inspected, 2*x.Workers)
	group.Go(func() error {
		defer close(captures)
		return x.Store.Inspect(inner, func(in contrechamp.Inspected) error {
			select {
			case captures <- in:
				return nil
			case <-inner.Done():
				return inner.Err()
			}
		})
	})
	var rest contrechamp.Inspected
	done := int64(0)
	for range x.Workers {
		group.Go(func() error {
			for in := range captures {
				if in.Digest.IsZero() {
					x.mu.Lock()
					rest = in
					x.mu.Unlock()
					continue
				}
				if err := x.capture(inner, in); err != nil {
					return err
				}
				x.mu.Lock()
				done++
				x.Step("documents", done, max(done, x.Captures))
				x.mu.Unlock()
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return x.rest(ctx, rest)
}

// bytesOf reads bytes, which are compared with their digest on the way; nil when they are not what they should be.
func (x *checking) bytesOf(ctx context.Context, where string, d contrechamp.Digest) ([]byte, error) {
	b, err := x.Blobs.Get(ctx, d)
	switch {
	case errors.Is(err, contrechamp.ErrAltered):
		x.found(where, "its stored bytes are not those that were received")
	case errors.Is(err, contrechamp.ErrNotFound):
		x.found(where, "its bytes are missing")
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		x.found(where, "its bytes cannot be read: %v", err)
	default:
		x.count(func(r *Report) { r.Bytes += int64(len(b)) })
		if b == nil {
			b = []byte{}
		}
		return b, nil
	}
	return nil, nil
}
