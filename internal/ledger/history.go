package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
)

// A log keeps each checkpoint that it published, and each key that signed them, beside its tiles: c2sp.org asks for the
// newest only, but whoever checks the whole wants to see that each state goes on from the one before.

// Checkpoints answers every checkpoint that was published, the first one first, as they stand and not checked.
func (f Folder) Checkpoints() ([][]byte, error) {
	b, err := os.ReadFile(f.path(checkpointsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, readFailed("the log's checkpoints", err)
	}
	notes, rest := SplitCheckpoints(b)
	if len(rest) > 0 {
		return notes, fmt.Errorf("the log's checkpoints: the last %d bytes are no checkpoint: %w", len(rest), contrechamp.ErrAltered)
	}
	return notes, nil
}

// SplitCheckpoints cuts checkpoints that stand one after another, each followed by an empty line. rest is what is left
// when the last one is not whole.
func SplitCheckpoints(b []byte) (notes [][]byte, rest []byte) {
	for len(b) > 0 {
		body := bytes.Index(b, []byte("\n\n"))
		if body < 0 {
			return notes, b
		}
		end := bytes.Index(b[body+2:], []byte("\n\n"))
		if end < 0 {
			return notes, b
		}
		end += body + 3 // with the line feed of the last signature
		notes = append(notes, b[:end:end])
		b = b[end+1:]
	}
	return notes, nil
}

// AppendCheckpoint keeps a checkpoint that was published. Durable on return.
func (f Folder) AppendCheckpoint(signed []byte) (err error) {
	file, err := os.OpenFile(f.path(checkpointsFile), os.O_WRONLY|os.O_APPEND, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		return durable.WriteFile(f.path(checkpointsFile), append(bytes.Clone(signed), '\n'), 0o644) // with its name
	}
	if err != nil {
		return fmt.Errorf("keep a checkpoint: %w: %w", err, contrechamp.ErrUnavailable)
	}
	info, err := file.Stat()
	if err == nil {
		_, err = file.Write(append(bytes.Clone(signed), '\n'))
		if err == nil {
			err = file.Sync()
		}
		if err != nil { // half of it must not stand before the next one
			err = errors.Join(err, file.Truncate(info.Size()))
		}
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("keep a checkpoint: %w: %w", err, contrechamp.ErrUnavailable)
	}
	return nil
}

// RepairCheckpoints takes away what a crash left of a checkpoint that was being kept, and answers those that are whole.
func (f Folder) RepairCheckpoints() ([][]byte, error) {
	b, err := os.ReadFile(f.path(checkpointsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, readFailed("the log's checkpoints", err)
	}
	notes, rest := SplitCheckpoints(b)
	if len(rest) == 0 {
		return notes, nil
	}
	if err := os.Truncate(f.path(checkpointsFile), int64(len(b)-len(rest))); err != nil {
		return nil, fmt.Errorf("the log's checkpoints: %w: %w", err, contrechamp.ErrUnavailable)
	}
	return notes, nil
}

// Keys answers every key that signed the log, the first one first; the last one signs now.
func (f Folder) Keys() ([]VerifierKey, error) {
	b, err := os.ReadFile(f.path(keysFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, readFailed("the log's keys", err)
	}
	var out []VerifierKey
	for line := range strings.Lines(string(b)) {
		text, ok := strings.CutSuffix(line, "\n")
		k, err := ParseVerifierKey(text)
		if err != nil || !ok || k.String() != text || k.IsWitness() {
			return out, fmt.Errorf("the log's keys: a line is no key: %w", contrechamp.ErrAltered)
		}
		out = append(out, k)
	}
	return out, nil
}

// AddKey notes that a key signs from now on; noting it again changes nothing.
func (f Folder) AddKey(key VerifierKey) error {
	keys, err := f.Keys()
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, k := range keys {
		if k.String() == key.String() {
			return nil
		}
		b.WriteString(k.String() + "\n")
	}
	b.WriteString(key.String() + "\n")
	return durable.WriteFile(f.path(keysFile), []byte(b.String()), 0o644)
}
