package attest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
	"contrechamp.org/contrechamp/internal/ledger"
)

// Status is the round, and how it goes with each who is asked.
type Status struct {
	Size    int64            `json:"size"`    // of the checkpoint that the round is about; 0 before the first one
	Started time.Time        `json:"started"` // when it began
	Parties map[string]Party `json:"parties"` // by "authority NAME" and "witness NAME"
}

// Party is one who is asked.
type Party struct {
	Size   int64     `json:"size"`             // of the last checkpoint that it vouched for
	At     time.Time `json:"at"`               // when, by its own clock
	Failed string    `json:"failed,omitempty"` // why the last try came to nothing; empty when it came to something
	Tries  int       `json:"tries,omitempty"`  // in a row that came to nothing
	Next   time.Time `json:"next,omitzero"`    // not asked before
}

// ReadStatus answers the status that the last round left; the zero Status before the first one.
func ReadStatus(log ledger.Folder) (Status, error) {
	s := Status{Parties: map[string]Party{}}
	b, err := os.ReadFile(filepath.Join(string(log), attestedName, statusName))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("status of authorities and witnesses: %w: %w", err, contrechamp.ErrUnavailable)
	}
	if err := json.Unmarshal(b, &s); err != nil {
		return s, fmt.Errorf("status of authorities and witnesses: %w: %w", err, contrechamp.ErrAltered)
	}
	if s.Parties == nil {
		s.Parties = map[string]Party{}
	}
	return s, nil
}

func (s Status) write(log ledger.Folder) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("status of authorities and witnesses: %w", err)
	}
	folder := filepath.Join(string(log), attestedName)
	if err := durable.MakeFolder(folder, 0o755); err != nil {
		return err
	}
	return durable.WriteFile(filepath.Join(folder, statusName), append(b, '\n'), 0o644)
}
