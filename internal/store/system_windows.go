package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// isQuota reports whether a user's limit was met, or the disk is full as Windows says it.
func isQuota(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}

// takeLock locks f for this process alone, without waiting. Locks are mandatory here, so a byte far behind the text
// is locked: others can still read who holds it.
func takeLock(f *os.File) (taken bool, err error) {
	at := windows.Overlapped{OffsetHigh: 1}
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

// syncFolder does nothing: NTFS journals names, and folders cannot be synced here.
func syncFolder(string) error { return nil }
