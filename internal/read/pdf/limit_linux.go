package pdf

import (
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// gcPercent spares a process whose heap is small most of its collections; the limit of its memory holds all the same.
const gcPercent = 400

// limitProcess caps what the reading process may take: the engine's memory, one document, and what Go needs beside
// them.
func limitProcess() error {
	const most = MaxMemory + MaxBytes + 256<<20
	debug.SetMemoryLimit(MaxMemory + MaxBytes)
	debug.SetGCPercent(gcPercent)
	if err := lower(unix.RLIMIT_DATA, most); err != nil {
		return err
	}
	return lower(unix.RLIMIT_CORE, 0)
}

func lower(what int, most uint64) error {
	var limit unix.Rlimit
	if err := unix.Getrlimit(what, &limit); err != nil {
		return err
	}
	limit.Cur = min(limit.Cur, most)
	limit.Max = min(limit.Max, most)
	return unix.Setrlimit(what, &limit)
}
