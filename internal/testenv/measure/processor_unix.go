//go:build unix

package measure

import (
	"fmt"
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
	d, err := usedBy(who)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Processor is ProcessorTime outside tests.
func Processor() (time.Duration, error) { return usedBy(unix.RUSAGE_SELF) }

func usedBy(who int) (time.Duration, error) {
	var u unix.Rusage
	if err := unix.Getrusage(who, &u); err != nil {
		return 0, fmt.Errorf("ask for processor time: %w", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}
