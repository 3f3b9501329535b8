package ocr

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// limiterVerb is the first argument of a process of this program that lowers its limits and then becomes the program
// that its further arguments name.
const limiterVerb = "read-picture-for-parent"

// Main is what a program calls first: where it was started to become Tesseract with limits, it does so and never
// returns.
func Main() {
	if len(os.Args) < 3 || os.Args[1] != limiterVerb {
		return
	}
	err := limit()
	if err == nil {
		err = syscall.Exec(os.Args[2], os.Args[2:], os.Environ())
	}
	fmt.Fprintln(os.Stderr, "read a picture:", err)
	os.Exit(1)
}

func limit() error {
	for _, l := range []struct {
		what int
		most uint64
	}{{unix.RLIMIT_AS, maxMemory}, {unix.RLIMIT_CPU, uint64(patience.Seconds())}, {unix.RLIMIT_CORE, 0}, {unix.RLIMIT_FSIZE, 0}} {
		var now unix.Rlimit
		if err := unix.Getrlimit(l.what, &now); err != nil {
			return err
		}
		now.Cur, now.Max = min(now.Cur, l.most), min(now.Max, l.most)
		if err := unix.Setrlimit(l.what, &now); err != nil {
			return err
		}
	}
	return nil
}

// command is the program with limits. The name that this program was called by is kept, since it may tell by it what it is.
func command(ctx context.Context, path string, args ...string) (*exec.Cmd, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, own, append([]string{limiterVerb, path}, args...)...)
	c.Args[0] = os.Args[0]
	return c, nil
}
