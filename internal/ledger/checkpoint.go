package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
)

// maxCheckpointBytes is a bound on a checkpoint with all its signatures.
const maxCheckpointBytes = 256 << 10

// Checkpoint is a signed state of a log (c2sp.org/tlog-checkpoint): so many leaves, with that root.
type Checkpoint struct {
	Origin string // the log's name
	Size   int64
	Root   tlog.Hash
	Note   []byte // the text that was signed, with all its signatures
	// SignedBy are the verifier texts of those keys among the ones asked for that signed it; at least one.
	SignedBy []string
}

// Tree is the state without its signatures.
func (c Checkpoint) Tree() tlog.Tree { return tlog.Tree{N: c.Size, Hash: c.Root} }

// ParseCheckpoint reads a checkpoint and checks its signatures: at least one of the keys must have signed it, and no
// signature of theirs may be wrong. Signatures by other keys are left alone. It answers ErrInvalid for what is no
// checkpoint, ErrAltered for one whose signatures do not fit.
func ParseCheckpoint(signed []byte, keys ...VerifierKey) (Checkpoint, error) {
	if len(signed) > maxCheckpointBytes {
		return Checkpoint{}, fmt.Errorf("checkpoint of %d bytes: %w", len(signed), contrechamp.ErrInvalid)
	}
	verifiers := make([]note.Verifier, len(keys))
	for i, k := range keys {
		verifiers[i] = k.verifier
	}
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	var unverified *note.UnverifiedNoteError
	var wrong *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified):
		return Checkpoint{}, fmt.Errorf("checkpoint of %q is signed by none of the keys that are known here: %w", firstLine(signed), contrechamp.ErrAltered)
	case errors.As(err, &wrong):
		return Checkpoint{}, fmt.Errorf("checkpoint: its signature by %s is wrong: %w", wrong.Name, contrechamp.ErrAltered)
	case err != nil:
		return Checkpoint{}, fmt.Errorf("checkpoint: %w: %w", err, contrechamp.ErrInvalid)
	}
	c, err := parseBody(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	c.Note = bytes.Clone(signed)
	for _, s := range n.Sigs {
		for _, k := range keys {
			if k.verifier.Name() == s.Name && k.verifier.KeyHash() == s.Hash {
				c.SignedBy = append(c.SignedBy, k.String())
			}
		}
	}
	return c, nil
}

func firstLine(b []byte) string {
	line, _, _ := strings.Cut(string(b), "\n")
	return line[:min(len(line), 80)]
}

// parseBody reads what a checkpoint's signatures cover.
func parseBody(text string) (Checkpoint, error) {
	bad := func(what string) (Checkpoint, error) {
		return Checkpoint{}, fmt.Errorf("checkpoint: %s: %w", what, contrechamp.ErrInvalid)
	}
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return bad("want three lines at least")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return bad("its second line is no number of leaves")
	}
	root, err := decodeBase64(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return bad("its third line is no root")
	}
	for _, more := range lines[3 : len(lines)-1] {
		if more == "" {
			return bad("an empty line")
		}
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: tlog.Hash(root)}, nil
}

// SignCheckpoint writes the checkpoint of a tree, signed by each of the keys, which have one name: the log's origin.
func SignCheckpoint(tree tlog.Tree, keys ...SignerKey) ([]byte, error) {
	if len(keys) == 0 {
		return nil, fmt.Errorf("sign a checkpoint: no key: %w", contrechamp.ErrInvalid)
	}
	signers := make([]note.Signer, len(keys))
	for i, k := range keys {
		if k.Name() != keys[0].Name() {
			return nil, fmt.Errorf("sign a checkpoint: keys of %q and %q: %w", keys[0].Name(), k.Name(), contrechamp.ErrInvalid)
		}
		signers[i] = k.signer
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", keys[0].Name(), tree.N, base64.StdEncoding.EncodeToString(tree.Hash[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signers...)
	if err != nil {
		return nil, fmt.Errorf("sign a checkpoint: %w", err)
	}
	return signed, nil
}

// CheckpointSize answers how many leaves a checkpoint says the log has, without looking at its signatures.
func CheckpointSize(signed []byte) (int64, error) {
	body, _, ok := bytes.Cut(signed, []byte("\n\n"))
	if !ok {
		return 0, fmt.Errorf("checkpoint: no signatures: %w", contrechamp.ErrInvalid)
	}
	c, err := parseBody(string(body) + "\n")
	return c.Size, err
}
