//go:build unix

package read

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// processorTime is what this process has used, and what those of its children have that it waited for.
func processorTime(t testing.TB) (own, children time.Duration) {
	t.Helper()
	used := func(who int) time.Duration {
		var u unix.Rusage
		if err := unix.Getrusage(who, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return used(unix.RUSAGE_SELF), used(unix.RUSAGE_CHILDREN)
}
