package attest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
	"contrechamp.org/contrechamp/internal/ledger"
)

// Names in the log's folder.
const (
	attestedName     = "attested"
	checkpointName   = "checkpoint"
	cosignaturesName = "cosignatures"
	statusName       = "status.json"
	stampSuffix      = ".tsr"
)

// Kept is what others said of one checkpoint.
type Kept struct {
	Size         int64
	Signed       []byte            // the checkpoint, with the log's own signatures
	Stamps       map[string][]byte // responses by the name of the authority
	Cosignatures []byte            // lines
}

// Cosigned is the checkpoint with the witnesses' signatures too.
func (k Kept) Cosigned() []byte { return slices.Concat(k.Signed, k.Cosignatures) }

// List lists what others said, smallest checkpoint first. Nothing of it is checked.
func List(log ledger.Folder) ([]Kept, error) {
	entries, err := os.ReadDir(filepath.Join(string(log), attestedName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("what others said of the log: %w: %w", err, contrechamp.ErrUnavailable)
	}
	var out []Kept
	for _, e := range entries {
		size, err := strconv.ParseInt(e.Name(), 10, 64)
		if err != nil || !e.IsDir() {
			continue // the status
		}
		k, err := load(log, size)
		switch {
		case errors.Is(err, contrechamp.ErrNotFound):
			continue // a round that ended before its first file
		case err != nil:
			return nil, err
		}
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b Kept) int { return int(min(max(a.Size-b.Size, -1), 1)) })
	return out, nil
}

func folderOf(log ledger.Folder, size int64) string {
	return filepath.Join(string(log), attestedName, strconv.FormatInt(size, 10))
}

func load(log ledger.Folder, size int64) (Kept, error) {
	k := Kept{Size: size, Stamps: map[string][]byte{}}
	entries, err := os.ReadDir(folderOf(log, size))
	failed := func(err error) (Kept, error) {
		if errors.Is(err, fs.ErrNotExist) {
			return k, fmt.Errorf("what others said of the log at %d: %w: %w", size, err, contrechamp.ErrNotFound)
		}
		return k, fmt.Errorf("what others said of the log at %d: %w: %w", size, err, contrechamp.ErrUnavailable)
	}
	if err != nil {
		return failed(err)
	}
	for _, e := range entries {
		name := e.Name()
		authority, isStamp := strings.CutSuffix(name, stampSuffix)
		if !isStamp && name != checkpointName && name != cosignaturesName {
			continue // a file that was being written
		}
		b, err := os.ReadFile(filepath.Join(folderOf(log, size), name))
		switch {
		case err != nil:
			return failed(err)
		case name == checkpointName:
			k.Signed = b
		case name == cosignaturesName:
			k.Cosignatures = b
		default:
			k.Stamps[authority] = b
		}
	}
	if k.Signed == nil {
		return failed(fs.ErrNotExist)
	}
	return k, nil
}

// begin keeps the checkpoint of a round.
func begin(log ledger.Folder, size int64, signed []byte) error {
	folder := folderOf(log, size)
	if err := durable.MakeFolder(folder, 0o755); err != nil {
		return err
	}
	if there, err := os.ReadFile(filepath.Join(folder, checkpointName)); err == nil && bytes.Equal(there, signed) {
		return nil
	} else if err == nil {
		return fmt.Errorf("the log's checkpoint of %d entries is another one than before: %w", size, contrechamp.ErrAltered)
	}
	return durable.WriteFile(filepath.Join(folder, checkpointName), signed, 0o644)
}

func keepStamp(log ledger.Folder, size int64, authority string, response []byte) error {
	return durable.WriteFile(filepath.Join(folderOf(log, size), authority+stampSuffix), response, 0o644)
}

// keepCosignature adds a witness's line to those of the checkpoint.
func keepCosignature(log ledger.Folder, size int64, line []byte) error {
	k, err := load(log, size)
	if err != nil {
		return err
	}
	return durable.WriteFile(filepath.Join(folderOf(log, size), cosignaturesName), append(k.Cosignatures, line...), 0o644)
}
