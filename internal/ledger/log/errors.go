package log

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"contrechamp.org/contrechamp"
)

// writeFailed turns an error of the library into one of ours. It does not always wrap what the system said.
func writeFailed(err error) error {
	full := errors.Is(err, syscall.ENOSPC)
	for _, e := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		full = full || strings.Contains(err.Error(), e.Error())
	}
	if full {
		return contrechamp.WithHint(fmt.Errorf("the disk is full: %w: %w", err, contrechamp.ErrUnavailable), "make room on the disk, then try again: nothing that was acknowledged is lost")
	}
	return contrechamp.WithHint(fmt.Errorf("%w: %w", err, contrechamp.ErrUnavailable), "look at the disk and at who may write in the log's folder, then try again")
}
