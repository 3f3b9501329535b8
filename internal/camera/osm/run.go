package osm

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

// run is blobs being worked on by several hands, with results given out in the order of the blobs.
type run[R any] struct {
	// next finds the next blob; it is called by one hand at a time. io.EOF ends the run.
	next func(h *hand) (span, error)
	// work does what is to be done to a blob.
	work func(h *hand, s span) (R, error)
	// give takes a result; results come one at a time, in the order of the blobs.
	give func(s span, r R) error

	mu      sync.Mutex
	turn    sync.Cond
	handed  int // blobs handed out
	given   int // results given out
	giving  bool
	ended   bool // nothing more is handed out
	err     error
	waiting map[int]outcome[R]
}

type outcome[R any] struct {
	span
	result R
	err    error
}

// ahead is how many blobs may be worked on before the oldest of them is given out.
const ahead = 32

func (r *run[R]) do(ctx context.Context, hands []*hand) error {
	r.turn.L = &r.mu
	r.waiting = map[int]outcome[R]{}
	var wait sync.WaitGroup
	stop := context.AfterFunc(ctx, func() {
		r.mu.Lock()
		r.ended = true
		r.mu.Unlock()
		r.turn.Broadcast()
	})
	defer stop()
	for _, h := range hands {
		wait.Go(func() {
			for r.one(h) {
			}
		})
	}
	wait.Wait()
	if r.err == nil {
		r.err = ctx.Err()
	}
	return r.err
}

// one takes a blob, works on it, and gives out what is ready. It reports false when there is nothing left to do.
func (r *run[R]) one(h *hand) bool {
	r.mu.Lock()
	for !r.ended && r.handed-r.given >= ahead {
		r.turn.Wait()
	}
	if r.ended {
		r.mu.Unlock()
		return false
	}
	s, err := r.next(h)
	if errors.Is(err, io.EOF) {
		r.ended = true
		r.mu.Unlock()
		r.turn.Broadcast()
		return false
	}
	number := r.handed
	r.handed++
	if err != nil {
		r.ended = true // what follows cannot be found; what came before is still given out
	}
	r.mu.Unlock()

	o := outcome[R]{span: s, err: err}
	if err == nil {
		o.result, o.err = r.work(h, s)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting[number] = o
	if r.giving {
		return true // whoever is at it gives this one too
	}
	r.giving = true
	for r.err == nil {
		o, ready := r.waiting[r.given]
		if !ready {
			break
		}
		delete(r.waiting, r.given)
		r.mu.Unlock()
		err := o.err
		if err == nil {
			err = r.give(o.span, o.result)
		}
		r.mu.Lock()
		if err != nil {
			r.err, r.ended = err, true
		}
		r.given++
		r.turn.Broadcast()
	}
	r.giving = false
	return true
}

// hands makes as many as there are processors to use.
func (f *File) hands() []*hand {
	hands := make([]*hand, max(1, runtime.GOMAXPROCS(0)))
	for i := range hands {
		hands[i] = &hand{file: f.file, length: f.length}
	}
	return hands
}

// listed goes through a list of blobs.
func listed(spans []span) func(*hand) (span, error) {
	i := 0
	return func(*hand) (span, error) {
		if i == len(spans) {
			return span{}, io.EOF
		}
		i++
		return spans[i-1], nil
	}
}
