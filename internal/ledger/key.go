package ledger

import (
	"crypto/rand"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/mod/sumdb/note"

	"contrechamp.org/contrechamp"
)

// VerifierKey checks signatures: a name with a public key, written name+hash+key (c2sp.org/signed-note).
type VerifierKey struct {
	text     string
	verifier note.Verifier
}

// ParseVerifierKey reads the text of a verifier key: of a log (Ed25519), or of a witness (Ed25519 with time,
// c2sp.org/tlog-cosignature). It answers ErrInvalid for anything else.
func ParseVerifierKey(text string) (VerifierKey, error) {
	text = strings.TrimSpace(text)
	v, err := note.NewVerifier(text)
	if err != nil {
		if v, err = newCosignatureVerifier(text); err != nil {
			return VerifierKey{}, fmt.Errorf("verifier key %q: %w", cutShort(text), contrechamp.ErrInvalid)
		}
	}
	return VerifierKey{text, v}, nil
}

func cutShort(s string) string { return s[:min(len(s), 120)] }

// String is the text that ParseVerifierKey reads.
func (k VerifierKey) String() string { return k.text }

// Name is the key's name: for a log its origin.
func (k VerifierKey) Name() string { return k.verifier.Name() }

// Hash is the key's number among keys of that name.
func (k VerifierKey) Hash() uint32 { return k.verifier.KeyHash() }

// IsWitness reports whether it checks the cosignatures of a witness.
func (k VerifierKey) IsWitness() bool {
	_, ok := k.verifier.(cosignatureVerifier)
	return ok
}

// IsZero reports whether there is no key.
func (k VerifierKey) IsZero() bool { return k.verifier == nil }

// SignerKey signs checkpoints: a name with a private key.
type SignerKey struct {
	text   string // PRIVATE+KEY+name+hash+key
	signer note.Signer
	public VerifierKey
}

// NewKey makes a key of that name, from the system's randomness.
func NewKey(name string) (SignerKey, error) {
	if !validName(name) {
		return SignerKey{}, fmt.Errorf("a key named %q: want letters without space or plus, such as observatory.example.org/log: %w", cutShort(name), contrechamp.ErrInvalid)
	}
	private, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return SignerKey{}, fmt.Errorf("make a key: %w", err)
	}
	return newSignerKey(private, public)
}

// validName reports whether a name can stand in a note's signature line.
func validName(name string) bool {
	return name != "" && len(name) <= 255 && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || r == '+' || !unicode.IsPrint(r)
	})
}

func newSignerKey(private, public string) (SignerKey, error) {
	signer, err := note.NewSigner(private)
	if err != nil {
		return SignerKey{}, fmt.Errorf("private key: not what was written: %w", contrechamp.ErrAltered)
	}
	verifier, err := ParseVerifierKey(public)
	if err != nil {
		return SignerKey{}, err
	}
	if verifier.Name() != signer.Name() || verifier.Hash() != signer.KeyHash() {
		return SignerKey{}, fmt.Errorf("private key and public key do not belong together: %w", contrechamp.ErrAltered)
	}
	// the hash is short: a signature tells for certain
	const probe = "contrechamp: do these keys belong together?\n"
	signature, err := signer.Sign([]byte(probe))
	if err != nil || !verifier.verifier.Verify([]byte(probe), signature) {
		return SignerKey{}, fmt.Errorf("private key and public key do not belong together: %w", contrechamp.ErrAltered)
	}
	return SignerKey{private, signer, verifier}, nil
}

// ParseSignerKey reads what Private wrote, and the public key that belongs to it.
func ParseSignerKey(private, public string) (SignerKey, error) {
	return newSignerKey(strings.TrimSpace(private), strings.TrimSpace(public))
}

// Private is the secret text of the key. Whoever has it can sign in the log's name.
func (k SignerKey) Private() string { return k.text }

// Public is the key that checks what this one signs.
func (k SignerKey) Public() VerifierKey { return k.public }

// Name is the key's name.
func (k SignerKey) Name() string { return k.signer.Name() }

// Signer is the key as golang.org/x/mod/sumdb/note has it.
func (k SignerKey) Signer() note.Signer { return k.signer }

// IsZero reports whether there is no key.
func (k SignerKey) IsZero() bool { return k.signer == nil }
