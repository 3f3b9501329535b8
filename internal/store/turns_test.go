package store

import (
	"slices"
	"sync"
	"testing"
	"time"
)

// TestTurns: the most urgent job is next, then the oldest; who stops waiting leaves no gap.
func TestTurns(t *testing.T) {
	turns := newTurns(1)
	if !turns.wait(1, 0, nil, nil) {
		t.Fatal("nobody else waits, and it is not its turn")
	}
	var mu sync.Mutex
	var order []int64
	var all sync.WaitGroup
	gone := make(chan struct{})
	for _, x := range []struct {
		priority int
		job      int64
		leaves   bool
	}{{3, 7, false}, {3, 5, false}, {2, 9, false}, {3, 4, true}, {1, 11, false}} {
		never := make(chan struct{})
		if x.leaves {
			never = gone
		}
		all.Go(func() {
			if !turns.wait(x.priority, x.job, never, nil) {
				return
			}
			mu.Lock()
			order = append(order, x.job)
			mu.Unlock()
			turns.done()
		})
	}
	for waiting := 0; waiting < 5; time.Sleep(time.Millisecond) {
		turns.mu.Lock()
		waiting = turns.waiting.Len()
		turns.mu.Unlock()
	}
	close(gone)
	for waiting := 5; waiting > 4; time.Sleep(time.Millisecond) {
		turns.mu.Lock()
		waiting = turns.waiting.Len()
		turns.mu.Unlock()
	}
	turns.done()
	all.Wait()
	if want := []int64{11, 9, 5, 7}; !slices.Equal(order, want) {
		t.Errorf("got the jobs done in the order %v, want %v", order, want)
	}
	if turns.free != 1 {
		t.Errorf("%d turns are free in the end, want 1", turns.free)
	}
}

// TestTurnsAreNotLost: many that wait and leave at random leave as many turns as there were.
func TestTurnsAreNotLost(t *testing.T) {
	turns := newTurns(3)
	var all sync.WaitGroup
	for i := range 2000 {
		leave := make(chan struct{})
		all.Go(func() {
			if turns.wait(i%3, int64(i), nil, leave) {
				turns.done()
			}
		})
		if i%2 == 0 {
			all.Go(func() { close(leave) })
		}
	}
	all.Wait()
	if turns.free != 3 || turns.waiting.Len() != 0 {
		t.Errorf("%d turns are free and %d wait, want 3 and none", turns.free, turns.waiting.Len())
	}
}
