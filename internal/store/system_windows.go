package store

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isQuota reports whether a user's limit was met, or the disk is full as Windows says it.
func isQuota(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}
