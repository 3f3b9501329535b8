package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress is a bar on standard error, for people only: nothing is drawn where nobody looks.
type progress struct {
	bar  *progressbar.ProgressBar
	once sync.Once
}

// progressDelay is how long a run may take before it shows a bar.
const progressDelay = 2 * time.Second

// newProgress makes the bar of some work, counted in units. A total of -1 is not known before.
func newProgress(w io.Writer, what, unit string, total int) *progress {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &progress{}
	}
	began := time.Now()
	return &progress{bar: progressbar.NewOptions(total,
		progressbar.OptionSetWriter(delayed{f, began}), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit),
		progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))}
}

// delayed keeps a bar silent while a run is still short.
type delayed struct {
	f     *os.File
	began time.Time
}

func (d delayed) Write(b []byte) (int, error) {
	if time.Since(d.began) < progressDelay {
		return len(b), nil
	}
	return d.f.Write(b)
}

func (b *progress) step() { b.advance(1) }

func (b *progress) advance(n int) {
	if b.bar != nil {
		_ = b.bar.Add(n) // a bar that cannot be drawn must not stop the work
	}
}

func (b *progress) finish() {
	b.once.Do(func() {
		if b.bar != nil {
			_ = b.bar.Finish() // see step
		}
	})
}
