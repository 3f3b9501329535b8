package attest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
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
	digestsName      = "digests"
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
	return keep(log, size, checkpointName, signed)
}

// keep writes a file of a round, and then its digest: so a bit that changes later shows, wherever it is. What a crash left
// without its digest is asked for and written again, since the status does not have it either.
func keep(log ledger.Folder, size int64, name string, b []byte) error {
	folder := folderOf(log, size)
	listed, err := readDigests(log, size)
	if err != nil {
		return err
	}
	if err := durable.WriteFile(filepath.Join(folder, name), b, 0o644); err != nil {
		return err
	}
	listed[name] = contrechamp.Sum(b)
	var text strings.Builder
	for _, n := range slices.Sorted(maps.Keys(listed)) {
		fmt.Fprintf(&text, "%s %s\n", listed[n], n)
	}
	return durable.WriteFile(filepath.Join(folder, digestsName), []byte(text.String()), 0o644)
}

// readDigests answers the digests of a round's files by their names: ErrAltered for what was not written here.
func readDigests(log ledger.Folder, size int64) (map[string]contrechamp.Digest, error) {
	out := map[string]contrechamp.Digest{}
	b, err := os.ReadFile(filepath.Join(folderOf(log, size), digestsName))
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("digests of what others said of the log: %w: %w", err, contrechamp.ErrUnavailable)
	}
	for line := range strings.Lines(string(b)) {
		digits, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		d, err := contrechamp.ParseDigest(digits)
		if err != nil || d.String() != digits || name == "" || !strings.HasSuffix(line, "\n") {
			return out, fmt.Errorf("digests of what others said of the log at %d: not what was written: %w", size, contrechamp.ErrAltered)
		}
		out[name] = d
	}
	return out, nil
}

func keepStamp(log ledger.Folder, size int64, authority string, response []byte) error {
	return keep(log, size, authority+stampSuffix, response)
}

// keepCosignature adds a witness's line to those of the checkpoint.
func keepCosignature(log ledger.Folder, size int64, line []byte) error {
	k, err := load(log, size)
	if err != nil {
		return err
	}
	return keep(log, size, cosignaturesName, append(k.Cosignatures, line...))
}
