package witness

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
)

// A witness's folder:
//
//	lock                      held by the witness that runs
//	cosigned/HEX              the last checkpoint of a log that was cosigned, with the cosignature; HEX is the SHA-256 of its origin
//	refused/HEX-TIME          a signed checkpoint that does not continue the last one, as it was sent: proof against the log
const (
	lockName     = "lock"
	cosignedName = "cosigned"
	refusedName  = "refused"
	maxRefused   = 100 // of one log; more say nothing more
	folderPerm   = 0o700
	filePerm     = 0o600
	timeInAName  = "20060102T150405.000000000Z"
)

// state is what a witness must not forget.
type state struct {
	dir  string
	lock *os.File
}

// openState takes the folder for this process alone: ErrConflict when another witness has it.
func openState(dir string) (*state, error) {
	for _, d := range []string{dir, filepath.Join(dir, cosignedName), filepath.Join(dir, refusedName)} {
		if err := durable.MakeFolder(d, folderPerm); err != nil {
			return nil, fmt.Errorf("open the witness's memory: %w", err)
		}
	}
	lock, err := durable.Lock(filepath.Join(dir, lockName))
	if err != nil {
		return nil, fmt.Errorf("open the witness's memory: %w", err)
	}
	return &state{dir, lock}, nil
}

func (s *state) close() error { return s.lock.Close() }

func fileOf(origin string) string {
	h := sha256.Sum256([]byte(origin))
	return hex.EncodeToString(h[:])
}

// last answers the note of the last checkpoint of a log, nil when there was none.
func (s *state) last(origin string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(s.dir, cosignedName, fileOf(origin)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the last checkpoint of %s: %w: %w", origin, err, contrechamp.ErrUnavailable)
	}
	return b, nil
}

// keep records the last checkpoint, durably.
func (s *state) keep(origin string, note []byte) error {
	return durable.WriteFile(filepath.Join(s.dir, cosignedName, fileOf(origin)), note, filePerm)
}

// refuse keeps a request that proves something against a log.
func (s *state) refuse(origin string, body []byte, at time.Time) error {
	folder := filepath.Join(s.dir, refusedName)
	there, err := filepath.Glob(filepath.Join(folder, fileOf(origin)+"-*"))
	if err != nil {
		return err
	}
	if len(there) >= maxRefused {
		return nil
	}
	return durable.WriteFile(filepath.Join(folder, fileOf(origin)+"-"+at.UTC().Format(timeInAName)), body, filePerm)
}
