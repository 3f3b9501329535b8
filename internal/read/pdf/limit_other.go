//go:build !linux

package pdf

import "runtime/debug"

// limitProcess tells the collector alone: the engine's own memory is capped everywhere (memory.go).
func limitProcess() error {
	debug.SetMemoryLimit(MaxMemory + MaxBytes)
	return nil
}
