//go:build unix

package measure

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// ProcessorTime is what this process has used of processors so far: what it did, however busy the machine is.
func ProcessorTime(t testing.TB) time.Duration {
	t.Helper()
	return used(t, unix.RUSAGE_SELF)
}

// ChildrenTime is the same of those of its children that it waited for.
func ChildrenTime(t testing.TB) time.Duration {
	t.Helper()
	return used(t, unix.RUSAGE_CHILDREN)
}

func used(t testing.TB, who int) time.Duration {
	t.Helper()
	var u unix.Rusage
	if err := unix.Getrusage(who, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
