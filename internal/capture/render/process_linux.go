package render

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// own gives the browser a group of processes of its own, which ends as a whole.
func own(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// end ends what is left of the group.
func end(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // none is left in good order

// watch looks at the memory of a group of processes and stops the run when it is more than the limit. The channel is
// closed when it has ended.
func watch(ctx context.Context, group int, limit int64, stop context.CancelCauseFunc) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		const every = 200 * time.Millisecond
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if resident(group) > limit {
				stop(errMemory)
				return
			}
		}
	}()
	return done
}

// resident is how much memory the processes of a group have, without what files stand behind.
func resident(group int) int64 {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0 // no /proc: there is no telling
	}
	total := int64(0)
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue // it has ended
		}
		// behind the name, which stands in brackets and may hold anything: state, parent, group (proc(5))
		fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
		if len(fields) < 3 || string(fields[2]) != strconv.Itoa(group) {
			continue
		}
		statm, err := os.ReadFile("/proc/" + e.Name() + "/statm")
		if err != nil {
			continue
		}
		if f := bytes.Fields(statm); len(f) > 2 {
			all, _ := strconv.ParseInt(string(f[1]), 10, 64) // written by the kernel
			shared, _ := strconv.ParseInt(string(f[2]), 10, 64)
			total += (all - shared) * int64(os.Getpagesize())
		}
	}
	return total
}
