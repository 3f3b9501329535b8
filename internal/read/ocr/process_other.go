//go:build !linux

package ocr

import (
	"context"
	"os/exec"
)

// Main does nothing here: memory is limited on Linux only, time everywhere.
func Main() {}

func command(ctx context.Context, path string, args ...string) (*exec.Cmd, error) {
	return exec.CommandContext(ctx, path, args...), nil
}
