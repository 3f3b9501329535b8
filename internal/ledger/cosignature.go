package ledger

import (
	"fmt"
	"strings"
	"time"

	cosign "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"

	"contrechamp.org/contrechamp"
)

// cosignatureVerifier is a note.Verifier of a witness. Witnesses cosign checkpoints: "I saw this state at that time, and it
// goes on from every state of this log that I saw before" (c2sp.org/tlog-cosignature, version 1).
type cosignatureVerifier struct{ note.Verifier }

const cosignatureType = 0x04

func newCosignatureVerifier(text string) (cosignatureVerifier, error) {
	bad := fmt.Errorf("verifier key of a witness: %w", contrechamp.ErrInvalid)
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return cosignatureVerifier{}, bad
	}
	// the library takes plain keys too, and does not look at the hash
	key, err := decodeBase64(parts[2])
	if err != nil || len(key) == 0 || key[0] != cosignatureType {
		return cosignatureVerifier{}, bad
	}
	v, err := cosign.NewVerifierForCosignatureV1(text)
	if err != nil || parts[1] != fmt.Sprintf("%08x", v.KeyHash()) {
		return cosignatureVerifier{}, bad
	}
	return cosignatureVerifier{v}, nil
}

// CosignedAt answers when a witness cosigned a checkpoint, by the witness's clock; zero when it did not.
func (c Checkpoint) CosignedAt(witness VerifierKey) time.Time {
	if !witness.IsWitness() {
		return time.Time{}
	}
	n, err := note.Open(c.Note, note.VerifierList(witness.verifier))
	if err != nil {
		return time.Time{}
	}
	at, err := cosign.CoSigV1Timestamp(n.Sigs[0])
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}
