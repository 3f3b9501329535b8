package pdf

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"contrechamp.org/contrechamp"
)

// Limits of a document and of the time that it may take. A page of a real document takes some milliseconds.
const (
	MaxBytes = 96 << 20
	MaxPages = 3000 // what follows is left out, and said so

	openTimeout  = 5 * time.Second
	pageTimeout  = 4 * time.Second
	drawTimeout  = 15 * time.Second
	totalTimeout = 60 * time.Second // for all pages
	startTimeout = 60 * time.Second // to compile PDFium, once a machine, where it is slow

	maxKilled = 2        // pages on which the engine may break down before the rest is given up
	maxServed = 500      // documents, after which a process has earned its rest
	maxHeld   = 64 << 20 // bytes of memory, likewise: PDFium gives none back, and Go is slow to
	idleTime  = 20 * time.Second
)

// Pool reads documents in processes of their own, as many at once as callers ask. A process that traps or takes too
// long is killed, and another started. The zero Pool works; Close ends what still runs.
type Pool struct {
	// Command starts a process that calls Child; nil is this program with ChildVerb.
	Command func() (*exec.Cmd, error)
	// OnlyPDFium leaves nothing to the quick reader: to compare the two.
	OnlyPDFium bool
	// Cache is a folder that keeps PDFium compiled; "" compiles it in each process.
	Cache string

	mu     sync.Mutex
	idle   []*child
	closed bool
}

// Document is what was read of a file.
type Document struct {
	Info  Info
	Pages []Page
	Notes []string
}

// LeftToPDFium answers how many of its pages the quick reader left to PDFium.
func (d *Document) LeftToPDFium() int {
	n := 0
	for i := range d.Pages {
		if d.Pages[i].Doubt != "" || d.Pages[i].Failed != "" {
			n++
		}
	}
	return n
}

// child is a process that reads documents.
type child struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     io.Closer
	encoder *gob.Encoder
	answers chan answer // closed when the process answers no more
	served  int
	engine  bool   // it has started PDFium
	held    uint64 // bytes of memory that it has taken
	rest    *time.Timer
}

// Read reads a document. Its errors are an ErrInvalid with one sentence for people, an ErrUnavailable when no
// process can be started, or those of ctx.
func (p *Pool) Read(ctx context.Context, document []byte) (Document, error) {
	if len(document) > MaxBytes {
		return Document{}, refuse("the PDF document has %d MiB, more than the %d MiB that are read", len(document)>>20, MaxBytes>>20)
	}
	var d Document
	total := time.NewTimer(totalTimeout)
	defer total.Stop()
	for killed := 0; ; {
		c, err := p.take(ctx)
		if err != nil {
			return Document{}, err
		}
		end, err := c.read(ctx, request{Length: int64(len(document)), From: len(d.Pages), OnlyPDFium: p.OnlyPDFium}, document, &d, total.C)
		if end == whole {
			p.give(c)
		} else {
			c.kill()
		}
		if err != nil {
			return Document{}, err
		}
		switch {
		case end == whole || end == exhausted:
			return d, d.settle(end)
		case d.Info.Pages == 0:
			return Document{}, refuse("the PDF engine broke down on the document, which may have been made to harm")
		}
		// the page after the last one read is what the engine broke down on
		d.Pages = append(d.Pages, Page{Number: len(d.Pages) + 1, Failed: brokeDown})
		if killed++; killed > maxKilled || len(d.Pages) >= min(d.Info.Pages, MaxPages) {
			return d, d.settle(end)
		}
	}
}

// brokeDown is why a page failed on which the process trapped, ran out of memory, or took too long.
const brokeDown = "the PDF engine broke down on it"

// settle says in notes what is missing, and refuses a document of which nothing was read.
func (d *Document) settle(end ending) error {
	read, broke, failed, large := 0, 0, []int{}, []int{}
	for i := range d.Pages {
		switch p := &d.Pages[i]; {
		case p.Failed != "" && p.Doubt.IsLimit():
			large = append(large, p.Number)
		case p.Failed != "":
			failed = append(failed, p.Number)
			if p.Failed == brokeDown {
				broke++
			}
		default:
			read++
		}
		if d.Pages[i].Cut {
			d.Notes = append(d.Notes, fmt.Sprintf("page %d holds more text than is read of one page; the rest of it was left out", d.Pages[i].Number))
		}
	}
	if read == 0 && len(large) > 0 && len(failed) == 0 {
		return refuse("the PDF document is too large: %s more than is read of one page", holds(large))
	}
	if read == 0 && broke > 0 && broke == len(failed) {
		return refuse("the PDF engine broke down on the document's pages: they are damaged, or larger than what is read")
	}
	if read == 0 {
		return refuse("the PDF document is damaged: none of its pages can be read")
	}
	if len(failed) > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("%s could not be read", PagesOf(failed)))
	}
	if len(large) > 0 {
		d.Notes = append(d.Notes, holds(large)+" more than is read of one page, and could not be read")
	}
	switch n := len(d.Pages); {
	case end == exhausted:
		d.Notes = append(d.Notes, fmt.Sprintf("only the first %d of %d pages were read, since the rest takes more than the %d seconds that a document may take", n, d.Info.Pages, int(totalTimeout.Seconds())))
	case n < min(d.Info.Pages, MaxPages):
		d.Notes = append(d.Notes, fmt.Sprintf("only the first %d of %d pages were read, since the PDF engine broke down again and again", n, d.Info.Pages))
	case n < d.Info.Pages:
		d.Notes = append(d.Notes, fmt.Sprintf("the document has %d pages, and only the first %d were read", d.Info.Pages, MaxPages))
	}
	return nil
}

// holds begins a sentence about pages: "page 3 holds", "pages 3-5 hold".
func holds(pages []int) string {
	if len(pages) == 1 {
		return PagesOf(pages) + " holds"
	}
	return PagesOf(pages) + " hold"
}

// ending says how the reading of a document by one process ended.
type ending int

const (
	whole     ending = iota // the process said so, and can go on
	broken                  // a trap, a page that takes too long, a process that is gone
	exhausted               // the document's time is up
)

// read lets the process read what d lacks. An error means that the document cannot be read at all, or ctx ended.
func (c *child) read(ctx context.Context, r request, document []byte, d *Document, total <-chan time.Time) (ending, error) {
	sent := c.ask(r, document)
	timer := time.NewTimer(openTimeout)
	defer timer.Stop()
	for {
		next := pageTimeout
		select {
		case <-ctx.Done():
			return broken, ctx.Err()
		case <-total:
			return exhausted, nil
		case <-timer.C:
			return broken, nil
		case a, ok := <-c.answers:
			switch {
			case !ok || a.Reason == engineDown:
				return broken, nil
			case a.Reason == noEngine:
				return broken, errNoEngine
			case a.Reason != fine:
				c.held = a.Held
				return whole, a.Reason.sentence()
			case a.Starting:
				c.engine, next = true, startTimeout
			case a.Info != nil:
				d.Info = *a.Info
			case a.Page != nil:
				// laid out while the process reads the next page
				a.Page.layOut()
				d.Pages = append(d.Pages, *a.Page)
			case a.Done:
				c.held = a.Held
				return whole, <-sent
			}
			timer.Reset(next)
		}
	}
}

// Draw draws pages of a document, counted from 1, and hands each to do; a page that cannot be drawn says so. It ends
// with the error of do, or as Read does.
func (p *Pool) Draw(ctx context.Context, document []byte, pages []int, do func(Picture) error) error {
	for killed := 0; len(pages) > 0; killed++ {
		if killed > maxKilled {
			return do(Picture{Page: pages[0], Failed: "the PDF engine broke down again and again"})
		}
		c, err := p.take(ctx)
		if err != nil {
			return err
		}
		drawn, end, err := c.draw(ctx, document, pages, do)
		if end == whole {
			p.give(c)
		} else {
			c.kill()
		}
		if err != nil || end == whole || drawn >= len(pages) {
			return err
		}
		// the page after the last one drawn is what the engine broke down on
		if err := do(Picture{Page: pages[drawn], Failed: "the PDF engine broke down on it"}); err != nil {
			return err
		}
		pages = pages[drawn+1:]
	}
	return nil
}

// draw lets the process draw pages, and answers how many it drew.
func (c *child) draw(ctx context.Context, document []byte, pages []int, do func(Picture) error) (drawn int, end ending, err error) {
	sent := c.ask(request{Length: int64(len(document)), Draw: pages}, document)
	timer := time.NewTimer(openTimeout)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return drawn, broken, ctx.Err()
		case <-timer.C:
			return drawn, broken, nil
		case a, ok := <-c.answers:
			next := drawTimeout
			switch {
			case !ok || a.Reason == engineDown:
				return drawn, broken, nil
			case a.Reason == noEngine:
				return drawn, broken, errNoEngine
			case a.Reason != fine:
				return drawn, whole, a.Reason.sentence()
			case a.Starting:
				c.engine, next = true, startTimeout
			case a.Drawn != nil:
				drawn++
				if err := do(*a.Drawn); err != nil {
					return drawn, broken, err
				}
			case a.Done:
				c.held = a.Held
				return drawn, whole, <-sent
			}
			timer.Reset(next)
		}
	}
}

// ask sends a request and its document, while the answer is listened to.
func (c *child) ask(r request, document []byte) <-chan error {
	c.served++
	sent := make(chan error, 1)
	go func() {
		err := c.encoder.Encode(r)
		if err == nil {
			_, err = c.in.Write(document)
		}
		sent <- err
	}()
	return sent
}

// take answers a process that waits for work, or a new one.
func (p *Pool) take(ctx context.Context) (*child, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, fmt.Errorf("read PDF after the end: %w", contrechamp.ErrUnavailable)
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		c.rest.Stop()
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return p.start(ctx)
}

func (p *Pool) start(ctx context.Context) (*child, error) {
	build := p.Command
	if build == nil {
		build = own
	}
	command, err := build()
	if err != nil {
		return nil, fmt.Errorf("start a PDF reader: %w: %w", err, contrechamp.ErrUnavailable)
	}
	command.Env = append(command.Environ(), cacheVariable+"="+p.Cache)
	in, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start a PDF reader: %w: %w", err, contrechamp.ErrUnavailable)
	}
	c := &child{command: command, in: in, out: out, encoder: gob.NewEncoder(in), answers: make(chan answer)}
	go func() {
		defer close(c.answers)
		decoder := gob.NewDecoder(bufio.NewReaderSize(out, 64<<10))
		for {
			var a answer
			if decoder.Decode(&a) != nil {
				return // the process is gone or was killed: the closed channel says so
			}
			c.answers <- a
		}
	}()
	timer := time.NewTimer(startTimeout)
	defer timer.Stop()
	select {
	case a, ok := <-c.answers:
		if ok && a.Done {
			return c, nil
		}
		c.kill()
		return nil, fmt.Errorf("the PDF reader does not start: %w", contrechamp.ErrUnavailable)
	case <-timer.C:
		c.kill()
		return nil, fmt.Errorf("the PDF reader does not start within %v: %w", startTimeout, contrechamp.ErrUnavailable)
	case <-ctx.Done():
		c.kill()
		return nil, ctx.Err()
	}
}

// give takes a process back. It is ended when it has served long or nobody needs it for a while.
func (p *Pool) give(c *child) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || c.served >= maxServed || c.held > maxHeld {
		go c.kill()
		return
	}
	c.rest = time.AfterFunc(idleTime, func() { p.retire(c) })
	p.idle = append(p.idle, c)
}

func (p *Pool) retire(c *child) {
	p.mu.Lock()
	for i, other := range p.idle {
		if other == c {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			p.mu.Unlock()
			c.kill()
			return
		}
	}
	p.mu.Unlock() // taken in the meantime
}

// Close ends the processes that wait for work, and lets no other start.
func (p *Pool) Close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, c := range idle {
		c.rest.Stop()
		c.kill()
	}
}

// kill ends the process and waits until it is gone. What it still wanted to say is drained, so that nobody hangs.
func (c *child) kill() {
	c.in.Close()
	_ = c.command.Process.Kill() // it may have ended by itself
	for range c.answers {
	}
	_ = c.command.Wait() // killed on purpose: its exit code says nothing
}

// cacheVariable tells a child the cache folder.
const cacheVariable = "CONTRECHAMP_PDF_CACHE"

// own is this very program, asked to read for its parent. The name it was called by is kept, since a program may
// tell by it what it is.
func own() (*exec.Cmd, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.Command(path, ChildVerb)
	c.Args[0] = os.Args[0]
	return c, nil
}

// Main is what a program calls first: where it was started to read for a parent, it does so and never returns.
func Main() {
	if len(os.Args) != 2 || os.Args[1] != ChildVerb {
		return
	}
	if err := Child(os.Stdin, os.Stdout, os.Getenv(cacheVariable)); err != nil && !errors.Is(err, os.ErrClosed) {
		fmt.Fprintln(os.Stderr, "read PDF:", err)
		os.Exit(1)
	}
	os.Exit(0)
}
