//go:build !linux

package render

import (
	"context"
	"os/exec"
)

// own leaves the browser as it is: it ends its own processes when it is ended.
func own(*exec.Cmd) {}

func end(*exec.Cmd) {}

// watch watches nothing: how much memory a browser has is not asked for here. Its limit of time holds.
func watch(context.Context, int, int64, context.CancelCauseFunc) <-chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}
