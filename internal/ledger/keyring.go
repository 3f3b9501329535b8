package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/durable"
)

// Keyring is the folder in which a log's private keys rest. Only its owner may read it.
//
//	DIR/log.key   signs checkpoints: the private text, and the public one on a second line
//	DIR/next.key  the same of a key that will take its place, while that is being announced
type Keyring string

const (
	logKey  = "log.key"
	nextKey = "next.key"
)

// Key answers the key that signs: ErrNotFound when there is none.
func (k Keyring) Key() (SignerKey, error) { return k.read(logKey) }

// Next answers the key that is being announced: ErrNotFound when there is none.
func (k Keyring) Next() (SignerKey, error) { return k.read(nextKey) }

// Path is where the key rests that signs.
func (k Keyring) Path() string { return filepath.Join(string(k), logKey) }

func (k Keyring) read(name string) (SignerKey, error) {
	path := filepath.Join(string(k), name)
	b, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return SignerKey{}, fmt.Errorf("key of the log: %w: %w", err, contrechamp.ErrNotFound)
	case err != nil:
		return SignerKey{}, contrechamp.WithHint(fmt.Errorf("key of the log: %w: %w", err, contrechamp.ErrUnavailable), "look who may read it: ls -l "+path)
	}
	key, err := ParseKeyFile(b)
	if err != nil {
		return key, contrechamp.WithHint(fmt.Errorf("%s: %w", path, err), "put the file back from the copy that contrechamp key backup made")
	}
	return key, nil
}

// ParseKeyFile reads a file of a keyring: ErrAltered for anything else.
func ParseKeyFile(b []byte) (SignerKey, error) {
	private, public, ok := strings.Cut(strings.TrimSuffix(string(b), "\n"), "\n")
	if !ok || strings.Contains(public, "\n") {
		return SignerKey{}, fmt.Errorf("key of the log: want two lines: %w", contrechamp.ErrAltered)
	}
	key, err := ParseSignerKey(private, public)
	if err != nil {
		return SignerKey{}, fmt.Errorf("key of the log: %w: %w", err, contrechamp.ErrAltered)
	}
	return key, nil
}

// KeyFile is a key as a file of a keyring holds it.
func KeyFile(key SignerKey) []byte {
	return []byte(key.Private() + "\n" + key.Public().String() + "\n")
}

// Create makes the first key: ErrConflict when there is one.
func (k Keyring) Create(name string) (SignerKey, error) {
	if _, err := os.Lstat(k.Path()); !errors.Is(err, fs.ErrNotExist) {
		return SignerKey{}, fmt.Errorf("make a key: there is one in %s: %w", k, contrechamp.ErrConflict)
	}
	return k.make(logKey, name)
}

// Announce makes the key that will take the place of the one that signs; the one that is being announced already if
// there is one.
func (k Keyring) Announce() (SignerKey, error) {
	key, err := k.Key()
	if err != nil {
		return key, err
	}
	if next, err := k.Next(); err == nil || !errors.Is(err, contrechamp.ErrNotFound) {
		return next, err
	}
	return k.make(nextKey, key.Name())
}

func (k Keyring) make(file, name string) (SignerKey, error) {
	key, err := NewKey(name)
	if err != nil {
		return key, err
	}
	if err := durable.MakeFolder(string(k), 0o700); err != nil {
		return key, fmt.Errorf("keep the key of the log: %w", err)
	}
	if err := durable.WriteFile(filepath.Join(string(k), file), KeyFile(key), 0o600); err != nil {
		return key, fmt.Errorf("keep the key of the log: %w", err)
	}
	return key, nil
}

// Install keeps a key that was backed up, where there is none: ErrConflict.
func (k Keyring) Install(key SignerKey) error {
	if _, err := os.Lstat(k.Path()); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keep the key of the log: there is one in %s: %w", k, contrechamp.ErrConflict)
	}
	if err := durable.MakeFolder(string(k), 0o700); err != nil {
		return fmt.Errorf("keep the key of the log: %w", err)
	}
	return durable.WriteFile(k.Path(), KeyFile(key), 0o600)
}

// Replace puts the announced key in the place of the one that signs. The old private key is gone then: nobody can sign
// with it any more.
func (k Keyring) Replace() error {
	next, err := k.Next()
	if err != nil {
		return err
	}
	if err := durable.WriteFile(k.Path(), KeyFile(next), 0o600); err != nil {
		return fmt.Errorf("replace the key of the log: %w", err)
	}
	if err := os.Remove(filepath.Join(string(k), nextKey)); err != nil {
		return fmt.Errorf("replace the key of the log: %w: %w", err, contrechamp.ErrUnavailable)
	}
	return nil
}
