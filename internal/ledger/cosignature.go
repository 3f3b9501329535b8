package ledger

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"contrechamp.org/contrechamp"
)

// Witnesses cosign checkpoints: "I saw this state at that time, and it goes on from every state of this log that I saw
// before". c2sp.org/tlog-cosignature, version 1: Ed25519 over a line with the time and the checkpoint's text.

const (
	cosignatureType = 0x04
	cosignatureHead = "cosignature/v1\ntime %d\n"
)

// cosignatureVerifier is a note.Verifier of a witness.
type cosignatureVerifier struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosignatureVerifier(text string) (*cosignatureVerifier, error) {
	bad := fmt.Errorf("verifier key of a witness: %w", contrechamp.ErrInvalid)
	name, rest, _ := strings.Cut(text, "+")
	hash, key, ok := strings.Cut(rest, "+")
	number, err := hex.DecodeString(hash)
	if !ok || err != nil || len(number) != 4 || hash != strings.ToLower(hash) || !validName(name) {
		return nil, bad
	}
	b, err := base64.StdEncoding.Strict().DecodeString(key)
	if err != nil || len(b) != 1+ed25519.PublicKeySize || b[0] != cosignatureType {
		return nil, bad
	}
	v := &cosignatureVerifier{name: name, hash: binary.BigEndian.Uint32(number), key: b[1:]}
	if v.hash != cosignatureKeyHash(name, v.key) {
		return nil, bad
	}
	return v, nil
}

func cosignatureKeyHash(name string, key ed25519.PublicKey) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n\x04"), key...))
	return binary.BigEndian.Uint32(sum[:])
}

func (v *cosignatureVerifier) Name() string    { return v.name }
func (v *cosignatureVerifier) KeyHash() uint32 { return v.hash }

func (v *cosignatureVerifier) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(signature)
	if at > 1<<63-1 {
		return false
	}
	return ed25519.Verify(v.key, append(fmt.Appendf(nil, cosignatureHead, at), text...), signature[8:])
}

// Cosigner is the key with which a witness cosigns.
type Cosigner struct {
	name    string
	private ed25519.PrivateKey
	Now     func() time.Time // nil is time.Now
}

// cosignerHead begins the text of a witness's private key; what follows is name+seed.
const cosignerHead = "PRIVATE+COSIGNER+"

// NewCosigner makes a witness's key, from the system's randomness.
func NewCosigner(name string) (*Cosigner, error) {
	if !validName(name) {
		return nil, fmt.Errorf("a witness named %q: want letters without space or plus: %w", cutShort(name), contrechamp.ErrInvalid)
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return &Cosigner{name: name, private: private}, nil
}

// ParseCosigner reads what Private wrote.
func ParseCosigner(text string) (*Cosigner, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), cosignerHead)
	name, seed, cut := strings.Cut(rest, "+")
	b, err := base64.StdEncoding.Strict().DecodeString(seed)
	if !ok || !cut || err != nil || len(b) != ed25519.SeedSize || !validName(name) {
		return nil, fmt.Errorf("private key of a witness: not what was written: %w", contrechamp.ErrInvalid)
	}
	return &Cosigner{name: name, private: ed25519.NewKeyFromSeed(b)}, nil
}

// Private is the secret text of the key.
func (c *Cosigner) Private() string {
	return cosignerHead + c.name + "+" + base64.StdEncoding.EncodeToString(c.private.Seed())
}

// Public is the key that checks the cosignatures.
func (c *Cosigner) Public() VerifierKey {
	key := c.private.Public().(ed25519.PublicKey)
	v := &cosignatureVerifier{name: c.name, hash: cosignatureKeyHash(c.name, key), key: key}
	text := fmt.Sprintf("%s+%08x+%s", c.name, v.hash, base64.StdEncoding.EncodeToString(append([]byte{cosignatureType}, key...)))
	return VerifierKey{text, v}
}

// Name, KeyHash and Sign make a Cosigner a note.Signer.
func (c *Cosigner) Name() string { return c.name }

// KeyHash is the key's number among keys of that name.
func (c *Cosigner) KeyHash() uint32 { return c.Public().Hash() }

// Sign cosigns a checkpoint's text now.
func (c *Cosigner) Sign(text []byte) ([]byte, error) {
	now := time.Now
	if c.Now != nil {
		now = c.Now
	}
	at := now().Unix()
	if at < 0 {
		return nil, fmt.Errorf("cosign: the clock stands before 1970: %w", contrechamp.ErrInvalid)
	}
	out := binary.BigEndian.AppendUint64(nil, uint64(at))
	return append(out, ed25519.Sign(c.private, append(fmt.Appendf(nil, cosignatureHead, at), text...))...), nil
}

var _ note.Signer = (*Cosigner)(nil)

// CosignedAt answers when a witness cosigned a checkpoint that ParseCheckpoint has read with its key; zero when it did not.
func (c Checkpoint) CosignedAt(witness VerifierKey) time.Time {
	v, ok := witness.verifier.(*cosignatureVerifier)
	if !ok {
		return time.Time{}
	}
	n, err := note.Open(c.Note, note.VerifierList(v))
	if err != nil {
		return time.Time{}
	}
	b, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64)
	if err != nil || len(b) < 12 {
		return time.Time{}
	}
	return time.Unix(int64(binary.BigEndian.Uint64(b[4:])), 0).UTC()
}
