package ocr

import "golang.org/x/sys/unix"

// limit lowers what a process that has just begun may take. It is set from outside: a program of Go that lowered its own
// limits before it became Tesseract would fall under them itself.
func limit(pid int) error {
	for _, l := range []struct {
		what int
		most uint64
	}{{unix.RLIMIT_AS, maxMemory}, {unix.RLIMIT_CPU, uint64(patience.Seconds())}, {unix.RLIMIT_CORE, 0}, {unix.RLIMIT_FSIZE, 0}} {
		var now unix.Rlimit
		if err := unix.Prlimit(pid, l.what, nil, &now); err != nil {
			return err
		}
		now.Cur, now.Max = min(now.Cur, l.most), min(now.Max, l.most)
		if err := unix.Prlimit(pid, l.what, &now, nil); err != nil {
			return err
		}
	}
	return nil
}
