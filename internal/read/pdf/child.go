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
	"runtime/metrics"
	"sync"
	"time"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// ChildVerb is the first argument of a process that reads PDF documents for its parent and does nothing else.
const ChildVerb = "read-pdf-for-parent"

// request asks for one document; its bytes follow, Length of them.
type request struct {
	Length int64
	From   int   // first page, from 0: pages before it were read already
	Draw   []int // pages, from 1, of which pictures are wanted instead of the text of all

	OnlyPDFium bool // without the quick reader
}

// answer is one of: the document opened, the engine about to start, a page read, a page drawn, the end.
type answer struct {
	Starting bool // PDFium is being compiled or loaded, which takes longer than any page
	Info     *Info
	Page     *Page
	Drawn    *Picture
	Done     bool
	Reason   failure // why the document cannot be read, or read on
	Held     uint64  // bytes of memory that the process has taken so far, with the last answer on a document
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
	noEngine   // it does not start
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
	reader := bufio.NewReader(in)
	decoder := gob.NewDecoder(reader)
	answers := newSender(out)
	defer answers.stop()
	w := &worker{cache: cache, send: answers.send}
	ctx := context.Background()
	defer w.close(ctx)
	if err := w.send(answer{Done: true}); err != nil { // ready
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
		if err := w.answer(ctx, document, r); err != nil {
			return err
		}
		if w.engine != nil && w.engine.err != nil {
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

// worker answers requests: by the quick reader what that one understands, by PDFium the rest. PDFium is started when it
// is needed first.
type worker struct {
	cache  string
	send   func(answer) error
	engine *engine
	room   room
	orphan *time.Timer // ends a process that hangs and that nobody kills
}

func (w *worker) close(ctx context.Context) {
	if w.engine != nil {
		w.engine.close(ctx)
	}
}

// held is how many bytes of memory this process has taken: what Go has, garbage with it, and of the engine's memory, which is
// reserved whole, what was touched.
func (w *worker) held() uint64 {
	taken := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(taken)
	held := taken[0].Value.Uint64() - taken[1].Value.Uint64()
	if w.engine != nil {
		held += uint64(w.engine.memory.Size())
		held -= min(held, MaxMemory)
	}
	return held
}

// start starts PDFium, if it does not run yet.
func (w *worker) start(ctx context.Context) error {
	if w.engine != nil {
		return nil
	}
	if err := w.send(answer{Starting: true}); err != nil {
		return err
	}
	w.orphan.Reset(2 * startTimeout)
	e, err := newEngine(ctx, w.cache)
	if err != nil {
		return errors.Join(err, w.send(answer{Reason: noEngine}))
	}
	w.engine = e
	debug.FreeOSMemory() // what loading took: the engine's own memory is so large that it would stay for long
	w.orphan.Reset(2 * openTimeout)
	return nil
}

func (w *worker) answer(ctx context.Context, document []byte, r request) error {
	w.orphan = time.AfterFunc(2*openTimeout, func() { os.Exit(1) })
	defer w.orphan.Stop()
	defer w.room.trim()
	opened := false // by PDFium
	defer func() {
		if opened {
			w.engine.shut(ctx)
		}
	}()
	// open lets PDFium open the document, once; where it does not, the answer is sent.
	open := func() (info *Info, done bool, err error) {
		if err := w.start(ctx); err != nil {
			return nil, true, err
		}
		opened = true
		n, err := w.engine.open(ctx, document)
		if reason := w.reason(n, err); reason != fine {
			return nil, true, w.send(answer{Reason: reason, Held: w.held()})
		}
		return w.engine.info(ctx, n), false, nil
	}
	var q *quick
	doubtful := doubt.NotAsked // of the document
	if len(r.Draw) == 0 && !r.OnlyPDFium {
		var err error
		if q, err = openQuick(document, &w.room); err != nil {
			q, doubtful = nil, doubt.Of(err)
		}
	}
	var info *Info
	if q != nil {
		info = &q.info
	} else {
		var done bool
		var err error
		if info, done, err = open(); done {
			return err
		}
	}
	if err := w.send(answer{Info: info}); err != nil {
		return err
	}
	if len(r.Draw) > 0 {
		return w.draw(ctx, r.Draw, info.Pages)
	}
	for i := r.From; i < min(info.Pages, MaxPages); i++ {
		w.orphan.Reset(2 * pageTimeout)
		p, reason := Page{}, doubtful
		if q != nil {
			var err error
			p, err = q.page(i)
			reason = doubt.Of(err)
		}
		if reason != "" {
			if !opened {
				if _, done, err := open(); done {
					return err
				}
			}
			p = w.engine.page(ctx, i)
			p.Doubt = reason
			if w.engine.err != nil {
				return w.send(answer{Reason: engineDown})
			}
		}
		if err := w.send(answer{Page: &p}); err != nil {
			return err
		}
	}
	return w.send(answer{Done: true, Held: w.held()})
}

// reason tells how PDFium opened a document with n pages.
func (w *worker) reason(n int, err error) failure {
	switch {
	case w.engine.err != nil:
		return engineDown
	case errors.Is(err, errEncrypted):
		return encrypted
	case errors.Is(err, errSecurity):
		return security
	case err != nil:
		return damaged
	case n <= 0:
		return noPages
	}
	return fine
}

func (w *worker) draw(ctx context.Context, pages []int, n int) error {
	for _, number := range pages {
		if number < 1 || number > n {
			continue
		}
		w.orphan.Reset(2 * drawTimeout)
		p := w.engine.draw(ctx, number-1)
		if w.engine.err != nil {
			return w.send(answer{Reason: engineDown})
		}
		if err := w.send(answer{Drawn: &p}); err != nil {
			return err
		}
	}
	return w.send(answer{Done: true, Held: w.held()})
}
