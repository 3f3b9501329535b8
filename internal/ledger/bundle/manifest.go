package bundle

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

const (
	manifestName = "MANIFEST"
	pageName     = "index.html"
	manifestHead = "contrechamp evidence bundle 1"
)

// manifest is the list of a bundle's members.
type manifest struct {
	made  time.Time
	parts []part
}

type part struct {
	name   string
	size   int64
	digest contrechamp.Digest
}

// text writes what is signed.
func (m manifest) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nmade %s\n", manifestHead, m.made.UTC().Format(time.RFC3339))
	for _, p := range m.parts {
		fmt.Fprintf(&b, "%s %d %s\n", p.digest, p.size, p.name)
	}
	return b.String()
}

// sign writes the manifest as a member.
func (m manifest) sign(key ledger.SignerKey) ([]byte, error) {
	b, err := note.Sign(&note.Note{Text: m.text()}, key.Signer())
	if err != nil {
		return nil, fmt.Errorf("bundle: sign its manifest: %w", err)
	}
	return b, nil
}

// openManifest checks the signature of a manifest by one of the keys and reads it. It answers that key.
func openManifest(signed []byte, keys []ledger.VerifierKey) (manifest, ledger.VerifierKey, error) {
	verifiers := make([]note.Verifier, len(keys))
	for i, k := range keys {
		v, err := note.NewVerifier(k.String())
		if err != nil {
			return manifest{}, ledger.VerifierKey{}, refuse("the key of %s is no key of a log", k.Name())
		}
		verifiers[i] = v
	}
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return manifest{}, ledger.VerifierKey{}, altered("its manifest is not signed by a key of the log that is known here, or was changed since (%v)", err)
	}
	m, err := parseManifest(n.Text)
	if err != nil {
		return manifest{}, ledger.VerifierKey{}, err
	}
	for _, k := range keys {
		if k.Name() == n.Sigs[0].Name && k.Hash() == n.Sigs[0].Hash {
			return m, k, nil
		}
	}
	return manifest{}, ledger.VerifierKey{}, altered("its manifest is signed by nobody")
}

// parseManifest reads the one text that a manifest has.
func parseManifest(text string) (manifest, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 2 || lines[0] != manifestHead {
		return manifest{}, refuse("its manifest does not begin with %q", manifestHead)
	}
	var m manifest
	var err error
	made, ok := strings.CutPrefix(lines[1], "made ")
	if m.made, err = time.Parse(time.RFC3339, made); !ok || err != nil {
		return manifest{}, refuse("its manifest does not say when it was made")
	}
	for i, line := range lines[2:] {
		digits, rest, _ := strings.Cut(line, " ")
		size, name, _ := strings.Cut(rest, " ")
		p := part{name: name}
		p.digest, err = contrechamp.ParseDigest(digits)
		if err == nil {
			p.size, err = strconv.ParseInt(size, 10, 64)
		}
		if err != nil || !names.MatchString(name) {
			return manifest{}, refuse("line %d of its manifest cannot be read", i+3)
		}
		m.parts = append(m.parts, p)
	}
	if m.text() != text {
		return manifest{}, refuse("its manifest is not written as it should be")
	}
	return m, nil
}
