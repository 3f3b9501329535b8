package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/register"
	"contrechamp.org/contrechamp/internal/store"
)

// house is the data folder, opened.
type house struct {
	store    *store.SQLite
	blobs    *store.Folder
	register *register.Register
}

// dataFolder answers the folder in which everything rests, and where that was said.
func (p *program) dataFolder() (folder, from string, err error) {
	if p.data != "" {
		return p.data, "--data", nil
	}
	if env := os.Getenv("CONTRECHAMP_DATA"); env != "" {
		return env, "CONTRECHAMP_DATA", nil
	}
	var base string
	switch runtime.GOOS {
	case "windows":
		base = os.Getenv("LocalAppData")
	case "darwin":
		if home, err := os.UserHomeDir(); err == nil {
			base = filepath.Join(home, "Library", "Application Support")
		}
	default:
		if base = os.Getenv("XDG_DATA_HOME"); base == "" {
			if home, err := os.UserHomeDir(); err == nil {
				base = filepath.Join(home, ".local", "share")
			}
		}
	}
	if base == "" {
		return "", "", contrechamp.WithHint(fmt.Errorf("this user has no home folder to keep data in: %w", contrechamp.ErrInvalid),
			"say where: contrechamp --data DIR")
	}
	return filepath.Join(base, "contrechamp"), "default", nil
}

// use says how a verb needs the data folder.
type use bool

const (
	reading use = true  // works beside a program that writes
	writing use = false // alone: a second writer is refused with a sentence
)

// open opens the data folder for a verb; the program closes it at its end.
func (p *program) open(ctx context.Context, verb string, u use) (*house, error) {
	folder, _, err := p.dataFolder()
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, store.Options{Dir: folder, ReadOnly: bool(u), Verb: verb})
	if err != nil {
		return nil, fmt.Errorf("open the data folder %s: %w", folder, err)
	}
	h := &house{store: s, register: register.New(s)}
	p.house = h
	if h.blobs, err = store.OpenFolder(filepath.Join(folder, "blobs"), store.FolderOptions{ReadOnly: bool(u)}); err != nil {
		return nil, fmt.Errorf("open the data folder %s: %w", folder, err)
	}
	return h, nil
}

func (p *program) close() error {
	if p.house == nil {
		return nil
	}
	return p.house.store.Close()
}

// document answers the one document that a person means by the beginning of its digest or by its file name.
func (h *house) document(ctx context.Context, name string) (contrechamp.Document, error) {
	found, err := h.store.FindDocuments(ctx, name)
	if err != nil {
		return contrechamp.Document{}, fmt.Errorf("look for document %q: %w", name, err)
	}
	switch {
	case len(found) == 0:
		return contrechamp.Document{}, contrechamp.WithHint(fmt.Errorf("no document is called %q: %w", name, contrechamp.ErrNotFound), "contrechamp documents")
	case len(found) > 1:
		return contrechamp.Document{}, contrechamp.WithHint(
			fmt.Errorf("%q may mean %d documents: %w", name, len(found), contrechamp.ErrConflict),
			"contrechamp show "+found[0].Digest.Short())
	}
	return found[0], nil
}

// isKind reports whether err is of one of the kinds.
func isKind(err error, kinds ...error) bool {
	for _, k := range kinds {
		if errors.Is(err, k) {
			return true
		}
	}
	return false
}
