package pdf

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"time"
)

// ChildVerb is the first argument of a process that reads PDF documents for its parent and does nothing else.
const ChildVerb = "read-pdf-for-parent"

// request asks for one document; its bytes follow, Length of them.
type request struct {
	Length int64
	From   int   // first page, from 0: pages before it were read already
	Draw   []int // pages, from 1, of which pictures are wanted instead of the text of all
}

// answer is one of: the document opened, a page read, a page drawn, the end.
type answer struct {
	Info   *Info
	Page   *Page
	Drawn  *Picture
	Done   bool
	Reason failure // why the document cannot be read, or read on
	Held   uint32  // bytes of memory that the engine has taken so far, with the last answer on a document
}

// Info is what the file says of itself.
type Info struct {
	Pages                                           int
	Title, Author, Creator, Producer, Made, Changed string
}

// failure says what kind of end a document met. The sentences for people are in errors.go.
type failure int

const (
	fine failure = iota
	encrypted
	security
	damaged
	noPages
	engineDown // trap, or memory cap: the instance is of no use any more
)

var (
	errEncrypted = errors.New("encrypted")
	errSecurity  = errors.New("unknown security scheme")
	errDamaged   = errors.New("damaged")
)

// Child reads documents that come on in, until in ends, and answers on out. The process should be this one's only
// work: it lowers the process's limits on memory, and ends the process when the engine hangs and nobody kills it.
func Child(in io.Reader, out io.Writer, cache string) error {
	if err := limitProcess(); err != nil {
		return fmt.Errorf("limit the memory of the PDF reader: %w", err)
	}
	ctx := context.Background()
	e, err := newEngine(ctx, cache)
	if err != nil {
		return err
	}
	defer e.close(ctx)
	debug.FreeOSMemory() // what loading took: the engine's own memory is so large that it would stay for long
	reader := bufio.NewReader(in)
	decoder := gob.NewDecoder(reader)
	answers := newSender(out)
	defer answers.stop()
	send := answers.send
	// ready: compiling PDFium for the first time takes longer than any page
	if err := send(answer{Done: true}); err != nil {
		return err
	}
	for {
		var r request
		if err := decoder.Decode(&r); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("take a document: %w", err)
		}
		if r.Length < 0 || r.Length > MaxBytes {
			return fmt.Errorf("a document of %d bytes", r.Length)
		}
		document := make([]byte, r.Length)
		if _, err := io.ReadFull(reader, document); err != nil {
			return fmt.Errorf("take a document: %w", err)
		}
		if err := e.answer(ctx, document, r, send); err != nil {
			return err
		}
		if e.err != nil {
			return nil // the parent was told, and starts another
		}
	}
}

// sender sends answers: pages together, since each write wakes the parent, but none later than flushEvery, since the
// parent's kill timer hears them.
type sender struct {
	mu      sync.Mutex
	writer  *bufio.Writer
	encoder *gob.Encoder
	err     error
	ticker  *time.Ticker
	ended   chan struct{}
}

const flushEvery = 20 * time.Millisecond

func newSender(out io.Writer) *sender {
	s := &sender{writer: bufio.NewWriterSize(out, 256<<10), ticker: time.NewTicker(flushEvery), ended: make(chan struct{})}
	s.encoder = gob.NewEncoder(s.writer)
	go func() {
		for {
			select {
			case <-s.ticker.C:
				s.flush()
			case <-s.ended:
				return
			}
		}
	}()
	return s
}

func (s *sender) stop() {
	s.ticker.Stop()
	close(s.ended)
}

func (s *sender) flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil && s.writer.Buffered() > 0 {
		s.err = s.writer.Flush()
	}
}

func (s *sender) send(a answer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = s.encoder.Encode(a)
	}
	if s.err == nil && a.Page == nil {
		s.err = s.writer.Flush()
	}
	return s.err
}

func (e *engine) answer(ctx context.Context, document []byte, r request, send func(answer) error) error {
	orphan := time.AfterFunc(2*openTimeout, func() { os.Exit(1) })
	defer orphan.Stop()
	n, err := e.open(ctx, document)
	defer e.shut(ctx)
	switch {
	case e.err != nil:
		return send(answer{Reason: engineDown})
	case errors.Is(err, errEncrypted):
		return send(answer{Reason: encrypted, Held: e.memory.Size()})
	case errors.Is(err, errSecurity):
		return send(answer{Reason: security, Held: e.memory.Size()})
	case err != nil:
		return send(answer{Reason: damaged, Held: e.memory.Size()})
	case n <= 0:
		return send(answer{Reason: noPages, Held: e.memory.Size()})
	}
	info := &Info{Pages: n, Title: e.meta(ctx, "Title"), Author: e.meta(ctx, "Author"), Creator: e.meta(ctx, "Creator"),
		Producer: e.meta(ctx, "Producer"), Made: e.meta(ctx, "CreationDate"), Changed: e.meta(ctx, "ModDate")}
	if err := send(answer{Info: info}); err != nil {
		return err
	}
	for _, number := range r.Draw {
		if number < 1 || number > n {
			continue
		}
		orphan.Reset(2 * drawTimeout)
		p := e.draw(ctx, number-1)
		if e.err != nil {
			return send(answer{Reason: engineDown})
		}
		if err := send(answer{Drawn: &p}); err != nil {
			return err
		}
	}
	if len(r.Draw) > 0 {
		return send(answer{Done: true, Held: e.memory.Size()})
	}
	for i := r.From; i < min(n, MaxPages); i++ {
		orphan.Reset(2 * pageTimeout)
		p := e.page(ctx, i)
		if e.err != nil {
			return send(answer{Reason: engineDown})
		}
		if err := send(answer{Page: &p}); err != nil {
			return err
		}
	}
	return send(answer{Done: true, Held: e.memory.Size()})
}
