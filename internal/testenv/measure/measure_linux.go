// Package measure tells what a command and all that it started took.
package measure

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Run runs a command. What its descendants took counts too: of those that it did not wait for, this process
// becomes the parent, and waits.
func Run(c *exec.Cmd) (Cost, error) {
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return Cost{}, fmt.Errorf("become the parent of orphans: %w", err)
	}
	var errs bytes.Buffer
	c.Stderr = &errs
	began := time.Now()
	if err := c.Start(); err != nil {
		return Cost{}, err
	}
	var used Cost
	seen := map[int]bool{} // what it started, and what that started
	ended, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		for {
			kib, n := resident(c.Process.Pid, seen)
			used.PeakMiB, used.Processes = max(used.PeakMiB, float64(kib)/1024), max(used.Processes, n)
			select {
			case <-ended:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	failed := c.Wait()
	used.Wall = time.Since(began)
	close(ended)
	<-watched
	if c.ProcessState == nil {
		return Cost{}, fmt.Errorf("%s: %w: %s", c.Args[0], failed, errs.String())
	}
	used.CPU = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	delete(seen, c.Process.Pid)
	for until := time.Now().Add(5 * time.Second); len(seen) > 0; {
		for pid := range seen { // and no others: this process may have children that are none of the command's
			var rest unix.Rusage
			switch got, err := unix.Wait4(pid, nil, unix.WNOHANG, &rest); {
			case errors.Is(err, unix.ECHILD): // its parent has waited for it
				delete(seen, pid)
			case err != nil:
				return Cost{}, fmt.Errorf("wait for what %s left behind: %w", c.Args[0], err)
			case got == pid:
				used.CPU += time.Duration(rest.Utime.Nano() + rest.Stime.Nano())
				delete(seen, pid)
			}
		}
		if len(seen) > 0 && time.Now().After(until) {
			return Cost{}, fmt.Errorf("%s left %d processes behind that do not end", c.Args[0], len(seen))
		}
		time.Sleep(5 * time.Millisecond)
	}
	if failed != nil {
		failed = fmt.Errorf("%s: %w: %s", c.Args[0], failed, errs.String())
	}
	return used, failed
}

// resident sums the resident memory, in KiB, of a process and its descendants, which it notes in seen; what some of them
// share counts once.
func resident(pid int, seen map[int]bool) (kib, processes int) {
	for queue := []int{pid}; len(queue) > 0; {
		pid, queue = queue[0], queue[1:]
		seen[pid] = true
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			continue // it has ended
		}
		processes++
		if _, rest, ok := strings.Cut(string(status), "\nPss:"); ok {
			n, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				continue // it ends at this moment
			}
			kib += n
		}
		threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
		if err != nil {
			continue
		}
		for _, t := range threads {
			children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, t.Name()))
			if err != nil {
				continue
			}
			for _, f := range strings.Fields(string(children)) {
				if child, err := strconv.Atoi(f); err == nil {
					queue = append(queue, child)
				}
			}
		}
	}
	return kib, processes
}
