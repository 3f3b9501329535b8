package store

import (
	"container/heap"
	"sync"
)

// turns lets a few of the jobs in hand be done at once: the next is the most urgent, and of those that are as urgent the
// one that came first.
type turns struct {
	mu      sync.Mutex
	free    int
	waiting waiters
}

// waiter is a job that waits for its turn.
type waiter struct {
	priority int // as river counts: 1 comes first
	job      int64
	come     chan struct{} // closed when it is its turn
	place    int           // in the heap; -1 when it waits no more
}

func newTurns(n int) *turns { return &turns{free: n} }

// wait returns true when it is the job's turn, which done ends; false when work is to stop or the job is given up before. A
// channel that is nil never says so.
func (t *turns) wait(priority int, job int64, stopping, givenUp <-chan struct{}) bool {
	t.mu.Lock()
	if t.free > 0 {
		t.free--
		t.mu.Unlock()
		return true
	}
	w := &waiter{priority: priority, job: job, come: make(chan struct{})}
	heap.Push(&t.waiting, w)
	t.mu.Unlock()
	select {
	case <-w.come:
		return true
	case <-stopping:
	case <-givenUp:
	}
	t.mu.Lock()
	left := w.place >= 0
	if left {
		heap.Remove(&t.waiting, w.place)
	}
	t.mu.Unlock()
	if !left {
		t.done() // its turn came in the same moment
	}
	return false
}

// done gives the turn to the next.
func (t *turns) done() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.waiting.Len() == 0 {
		t.free++
		return
	}
	close(heap.Pop(&t.waiting).(*waiter).come)
}

// waiters implements heap.Interface.
type waiters []*waiter

func (w waiters) Len() int { return len(w) }

func (w waiters) Less(i, k int) bool {
	if w[i].priority != w[k].priority {
		return w[i].priority < w[k].priority
	}
	return w[i].job < w[k].job
}

func (w waiters) Swap(i, k int) {
	w[i], w[k] = w[k], w[i]
	w[i].place, w[k].place = i, k
}

func (w *waiters) Push(x any) {
	one := x.(*waiter)
	one.place = len(*w)
	*w = append(*w, one)
}

func (w *waiters) Pop() any {
	old := *w
	one := old[len(old)-1]
	old[len(old)-1] = nil
	*w = old[:len(old)-1]
	one.place = -1
	return one
}
