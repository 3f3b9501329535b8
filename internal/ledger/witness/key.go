package witness

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"

	cosign "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// VerifierKey answers the verifier key of a witness whose private key is skey (as note.GenerateKey writes it), in the
// form that policies have: an Ed25519 key of the signature type 4, cosignature/v1.
func VerifierKey(skey string) (ledger.VerifierKey, error) {
	if _, err := note.NewSigner(skey); err != nil {
		return ledger.VerifierKey{}, fmt.Errorf("key of the witness: %w: %w", err, contrechamp.ErrInvalid)
	}
	parts := strings.SplitN(skey, "+", 5)
	seed, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return ledger.VerifierKey{}, fmt.Errorf("key of the witness: %w", contrechamp.ErrInvalid)
	}
	public, ok := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return ledger.VerifierKey{}, fmt.Errorf("key of the witness: %w", contrechamp.ErrInvalid)
	}
	plain, err := note.NewEd25519VerifierKey(parts[2], public)
	if err != nil {
		return ledger.VerifierKey{}, fmt.Errorf("key of the witness: %w: %w", err, contrechamp.ErrInvalid)
	}
	vkey, err := cosign.VKeyToCosignatureV1(plain)
	if err != nil {
		return ledger.VerifierKey{}, fmt.Errorf("key of the witness: %w: %w", err, contrechamp.ErrInvalid)
	}
	return ledger.ParseVerifierKey(vkey)
}

// lineOf answers the signature line of a key in a signed note, with its line feed.
func lineOf(signed []byte, key ledger.VerifierKey) ([]byte, error) {
	_, lines, ok := bytes.Cut(signed, []byte("\n\n"))
	if !ok {
		return nil, fmt.Errorf("signed note without signatures: %w", contrechamp.ErrInvalid)
	}
	for line := range bytes.Lines(lines) {
		fields := bytes.Fields(line)
		if len(fields) != 3 || string(fields[1]) != key.Name() {
			continue
		}
		sig, err := base64.StdEncoding.DecodeString(string(fields[2]))
		if err == nil && len(sig) > 4 && binary.BigEndian.Uint32(sig) == key.Hash() {
			return bytes.Clone(line), nil
		}
	}
	return nil, fmt.Errorf("signed note without a signature of %s: %w", key.Name(), contrechamp.ErrNotFound)
}
