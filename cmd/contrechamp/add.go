package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/claim/second"
)

func (p *program) addVerb() *cobra.Command {
	var maxSize int64
	var reader, model string
	c := &cobra.Command{
		Use:   "add PATH|ADDRESS...",
		Short: "capture documents, read them, propose claims",
		Long: `Captures files, folders with all that is in them, pages of the web, or standard
input ("-"), reads what was captured and proposes claims. Ends with a summary.
The exit code is 0 even if some documents could not be read (they are listed with
the reason), and 1 if none could.

Of a page the request and the answer are kept as they went over the line, with
redirects, certificates, images and styles, as WARC records. Given again, an
address is captured again: "diff" shows what changed, and a page that is not there
any more is noted. robots.txt is asked; addresses of this machine and its networks
are refused. docs/capture.md says all of it.

Interrupt it at any time: what was captured is kept, and the next "add" or
"work --until-empty" reads the rest.

With --ocr, pages of PDF documents that are pictures of text, and pictures (PNG,
JPEG, TIFF), are read by Tesseract where it is installed. What it reads is a second
layer beside the file's own text, shown with how far it trusts itself.

With --reader and --model a language model reads each text too. Texts are then
sent to that address. Of its answers only that is kept whose words and values
stand in the text; docs/claims.md says how. A token for it is taken from
CONTRECHAMP_READER_KEY.`,
		Example: `  contrechamp add ~/articles
  contrechamp --data ./belgrade add page.html notes.txt
  contrechamp add https://www.example.org/press/cameras
  cat page.html | contrechamp add -`,
		Args: cobra.MinimumNArgs(1),
	}
	p.silenceFlag(c)
	c.Flags().Int64Var(&maxSize, "max-size", capture.DefaultMaxBytes>>20, "largest document that is captured, in MiB")
	c.Flags().StringVar(&reader, "reader", "", "address of a second reader, a model behind an OpenAI-compatible chat interface")
	c.Flags().StringVar(&model, "model", "", "name of the second reader's model")
	pictures := ocrFlag(c)
	web := newWebFlags(c)
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, paths []string) error {
		if maxSize < 1 {
			return usageError{fmt.Errorf("--max-size must be at least 1: %w", contrechamp.ErrInvalid)}
		}
		if err := web.check(); err != nil {
			return err
		}
		if reader != "" || model != "" {
			if err := (&second.Reader{URL: reader, Model: model}).Check(); err != nil {
				return usageError{err}
			}
		}
		h, err := p.open(c.Context(), "add", writing)
		if err != nil {
			return err
		}
		if err := p.openLog(c.Context(), h); err != nil {
			return err
		}
		atOnce, err := p.atOnce()
		if err != nil {
			return err
		}
		collectLess()
		way, err := newRoad(h)
		if err != nil {
			return err
		}
		defer way.close()
		if err := way.readPictures(c.Context(), *pictures); err != nil {
			return err
		}
		if err := p.newSecondReader(way, reader, model); err != nil {
			return err
		}
		fetcher, err := p.web(h, web, maxSize<<20)
		if err != nil {
			return err
		}
		run, err := p.add(c.Context(), h, way, paths, fetcher, maxSize<<20, atOnce)
		if err != nil {
			return err
		}
		figures, err := h.store.Figures(c.Context())
		if err != nil {
			return fmt.Errorf("count what the register holds: %w", err)
		}
		if f.value == "json" {
			err = printJSON(p.out, run.summary(figures))
		} else {
			err = run.print(p.out, figures)
		}
		if err != nil {
			return err
		}
		if run.readable() == 0 && len(run.failed) > 0 {
			return errSaid
		}
		return nil
	}
	return c
}

// addRun is what came of one add.
type addRun struct {
	mu       sync.Mutex
	captured []capture.Outcome // in the order of capture
	read     map[contrechamp.Digest]int
	failed   []failure
	unread   map[contrechamp.Digest]string
	known    int // captured before this run
	rest     int // read in this run, captured by an earlier one
	claims   int
	web      []capture.Outcome // of addresses, as far as there is something to tell
	second   *secondReader     // nil where none was asked for
}

// failure is a document with the reason why it could not be captured or read.
type failure struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
	Hint   string `json:"hint,omitempty"`
}

func (p *program) add(ctx context.Context, h *house, way *road, paths []string, web *capture.Web, maxBytes int64, atOnce int) (*addRun, error) {
	total, _, err := capture.Count(ctx, paths)
	if err != nil {
		return nil, err
	}
	run := &addRun{read: map[contrechamp.Digest]int{}, unread: map[contrechamp.Digest]string{}, second: way.second}
	bar := newProgress(p.errs, "capturing", "docs", total)
	capturer := &capture.Capturer{Blobs: h.blobs, Recorder: h.store, MaxBytes: maxBytes, Stdin: p.in, Web: web, Cover: h.cover}
	later := bar // of reading, once everything is captured
	saved := func(r contrechamp.Reading) {
		run.heard(r)
		if later != bar {
			later.step()
		}
	}
	stop := readMeanwhile(ctx, h, way, atOnce, saved)
	err = capturer.Add(ctx, paths, func(o capture.Outcome) {
		run.mu.Lock()
		defer run.mu.Unlock()
		bar.step()
		if !o.Exchange.IsZero() || o.Absence != nil {
			run.web = append(run.web, o)
		}
		if o.Err != nil {
			run.failed = append(run.failed, failure{o.Path, reasonOf(o.Err), contrechamp.Hint(o.Err)})
			return
		}
		if !o.Fresh {
			run.known++
		}
		run.captured = append(run.captured, o)
	})
	stopped := stop()
	bar.finish()
	if err != nil {
		return nil, fmt.Errorf("capture: %w", err)
	}
	if stopped != nil {
		return nil, fmt.Errorf("read: %w", stopped)
	}
	waiting, err := h.store.Waiting(ctx)
	if err != nil {
		return nil, fmt.Errorf("count what waits to be read: %w", err)
	}
	later = newProgress(p.errs, "reading", "docs", waiting)
	defer later.finish()
	found := copiesMeanwhile(ctx, h)
	err = h.store.Work(ctx, atOnce, true, way.read, saved)
	if failed := found(); err == nil && failed != nil {
		return nil, failed
	}
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	later.finish()
	if err := h.join(ctx); err != nil {
		return nil, err
	}
	return run, run.settle(ctx, h)
}

// readMeanwhile reads what is captured while more is captured: the one waits for the processor, the other for the disk.
// stop ends it when what it has in hand is recorded; the rest waits.
func readMeanwhile(ctx context.Context, h *house, way *road, atOnce int, saved func(contrechamp.Reading)) (stop func() error) {
	inner, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- h.store.Work(inner, atOnce, false, way.read, saved) }()
	return func() error {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	}
}

// heard takes note of one reading.
func (r *addRun) heard(reading contrechamp.Reading) {
	d := reading.Text.Capture
	r.mu.Lock()
	defer r.mu.Unlock()
	if reading.Reason != "" {
		r.unread[d] = reading.Reason
		return
	}
	r.read[d] = len(reading.Claims)
	r.claims += len(reading.Claims)
}

// settle joins captures with what reading said of them. What an earlier run captured and read is asked of the store.
func (r *addRun) settle(ctx context.Context, h *house) error {
	mine := map[contrechamp.Digest]bool{}
	for _, o := range r.captured {
		first := !mine[o.Digest]
		mine[o.Digest] = true
		reason, failed := r.unread[o.Digest]
		if _, read := r.read[o.Digest]; !failed && !read {
			doc, err := h.store.Document(ctx, o.Digest)
			if err != nil {
				return fmt.Errorf("look up %s: %w", o.Path, err)
			}
			switch {
			case doc.State == contrechamp.NotRead:
				reason, failed = doc.Reason, true
			case doc.State == contrechamp.Read && o.Fresh: // another worker of the same register was quicker
				r.read[o.Digest] = doc.Claims
				r.claims += doc.Claims
			}
		}
		if failed && first {
			r.failed = append(r.failed, failure{Path: o.Path, Reason: reason})
		}
	}
	for d := range r.read {
		if !mine[d] {
			r.rest++
		}
	}
	return nil
}

// readable counts the captured documents that could be read, now or before.
func (r *addRun) readable() int {
	n := 0
	seen := map[contrechamp.Digest]bool{}
	unread := map[string]bool{}
	for _, f := range r.failed {
		unread[f.Path] = true
	}
	for _, o := range r.captured {
		if !seen[o.Digest] && !unread[o.Path] {
			n++
		}
		seen[o.Digest] = true
	}
	return n
}

// addSummary is the summary for programs.
type addSummary struct {
	Read     int                 `json:"read"`
	Known    int                 `json:"known"`
	NotRead  []failure           `json:"not_read"`
	Claims   int                 `json:"claims"`
	Register contrechamp.Figures `json:"register"`
	Second   *secondSummary      `json:"second_reader,omitempty"`
	Web      []addressSummary    `json:"addresses,omitempty"`
}

func (r *addRun) summary(f contrechamp.Figures) addSummary {
	s := addSummary{Read: len(r.read), Known: r.known, NotRead: r.failed, Claims: r.claims, Register: f, Second: r.second.summary(), Web: r.addresses()}
	if s.NotRead == nil {
		s.NotRead = []failure{}
	}
	return s
}

// print writes the summary table.
func (r *addRun) print(w io.Writer, f contrechamp.Figures) error {
	if len(r.failed) > 0 {
		fmt.Fprintf(w, "not read\n")
		t := newTable(w)
		hints := map[string]bool{}
		for _, x := range r.failed {
			t.row("  "+printable(x.Path), x.Reason)
			if x.Hint != "" {
				hints[x.Hint] = true
			}
		}
		if err := t.flush(); err != nil {
			return err
		}
		for _, hint := range sortedKeys(hints) {
			fmt.Fprintf(w, "  hint: %s\n", hint)
		}
		fmt.Fprintln(w)
	}
	if err := r.printAddresses(w); err != nil {
		return err
	}
	t := newTable(w)
	t.row("", "this run", "register")
	t.row("documents read", count(len(r.read)), count(f.Documents-f.NotRead-f.Waiting))
	t.row("  known before", count(r.known), "")
	if r.rest > 0 {
		t.row("  left by an earlier run", count(r.rest), "")
	}
	t.row("documents not read", count(len(r.failed)), count(f.NotRead))
	t.row("claims proposed", count(r.claims), count(f.Claims))
	t.row("dossiers", "", count(f.Dossiers))
	t.row("disagreements", "", count(f.Disagreements))
	if err := t.flush(); err != nil {
		return err
	}
	r.second.summary().print(w)
	return nil
}
