package pdf

import "github.com/tetratelabs/wazero/experimental"

// MaxMemory is the most memory, in bytes, that the engine may use for one document.
const MaxMemory = 128 << 20

const (
	wasmPage       = 64 << 10
	maxMemoryPages = MaxMemory / wasmPage
)

// capped is the engine's memory: reserved whole, so that growing copies nothing and the system gives pages only as
// they are touched, and never more than MaxMemory.
type capped struct{ bytes []byte }

func newCapped(_, _ uint64) experimental.LinearMemory { return &capped{make([]byte, 0, MaxMemory)} }

// Reallocate answers nil past the cap: the engine's malloc then fails.
func (c *capped) Reallocate(size uint64) []byte {
	if size > MaxMemory {
		return nil
	}
	c.bytes = c.bytes[:size]
	return c.bytes
}

func (c *capped) Free() { c.bytes = nil }
