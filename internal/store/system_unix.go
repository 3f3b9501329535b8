//go:build unix

package store

import (
	"errors"
	"syscall"
)

// isQuota reports whether a user's or a process's limit was met, which is a full disk to whoever writes.
func isQuota(err error) bool {
	return errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
