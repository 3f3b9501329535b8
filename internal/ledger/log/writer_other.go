//go:build !unix

package log

import (
	"context"
	"fmt"

	"contrechamp.org/contrechamp"
)

// Supported reports whether a log can be written on this system.
const Supported = false

// writer: the library that writes the log needs a system with POSIX files.
type writer struct{}

func (l *Log) openWriter(context.Context, int) (*writer, error) {
	return nil, contrechamp.WithHint(fmt.Errorf("the log cannot be written on this system: %w", contrechamp.ErrUnavailable),
		"leaves wait in the register: open it on Linux, macOS or a BSD, with contrechamp work --until-empty")
}

func (w *writer) close() {}

func (w *writer) append(context.Context, [][]byte) (int64, error) {
	return 0, contrechamp.ErrUnavailable
}

func (w *writer) await(context.Context, int64) ([]byte, int64, error) {
	return nil, 0, contrechamp.ErrUnavailable
}
