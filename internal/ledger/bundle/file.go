package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
)

// maxTrust is the longest file that names whom to trust.
const maxTrust = 4 << 20

// ReadTrust reads what a person gives on a command line: keys of the log (or files that hold one each), a file with a
// policy, a file with root certificates; any may be missing.
func ReadTrust(keys []string, policy, roots string) (Trust, error) {
	var t Trust
	for _, text := range keys {
		if !strings.Contains(text, "+") {
			b, err := readSmall("the key of the log", text)
			if err != nil {
				return t, err
			}
			text = string(b)
		}
		k, err := ledger.ParseVerifierKey(text)
		if err != nil || k.IsWitness() {
			return t, contrechamp.WithHint(fmt.Errorf("the key of the log: %q is none: %w", shorten(text, 80), contrechamp.ErrInvalid),
				"it looks like observatory.example.org/log+1a2b3c4d+Aa...; the register shows it with: contrechamp key show")
		}
		t.Keys = append(t.Keys, k)
	}
	if policy != "" {
		b, err := readSmall("the policy", policy)
		if err != nil {
			return t, err
		}
		p, err := ledger.ParsePolicy(string(b))
		if err != nil {
			return t, fmt.Errorf("%s: %w", policy, err)
		}
		t.Policy = &p
	}
	if roots != "" {
		b, err := readSmall("the root certificates", roots)
		if err != nil {
			return t, err
		}
		if t.Roots, err = stamp.ParseRoots(b); err != nil {
			return t, fmt.Errorf("%s: %w", roots, err)
		}
	}
	return t, nil
}

func readSmall(what, path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, opening(err))
	}
	defer f.Close() // only read from
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", what, err, contrechamp.ErrUnavailable)
	}
	if !info.Mode().IsRegular() || info.Size() > maxTrust {
		return nil, fmt.Errorf("%s: %s is no file of at most %d bytes: %w", what, path, maxTrust, contrechamp.ErrInvalid)
	}
	b := make([]byte, info.Size())
	if _, err := f.ReadAt(b, 0); err != nil && len(b) > 0 {
		return nil, fmt.Errorf("%s: %w: %w", what, err, contrechamp.ErrUnavailable)
	}
	return b, nil
}

// VerifyFile checks the bundle in a file: see [Verify].
func VerifyFile(path string, trust Trust) (*Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", opening(err))
	}
	defer f.Close() // only read from
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("bundle: %w: %w", err, contrechamp.ErrUnavailable)
	}
	if !info.Mode().IsRegular() {
		return nil, refuse("%s is no file", path)
	}
	return Verify(f, info.Size(), trust)
}

func opening(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", err, contrechamp.ErrNotFound)
	}
	return fmt.Errorf("%w: %w", err, contrechamp.ErrUnavailable)
}
