package ledger

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
)

// Proof says that a leaf is in a log, in one file (c2sp.org/tlog-proof): its place, the hashes that lead from it to the
// root, and the checkpoint that signs the root. It needs nothing else to be checked but the leaf and a [Policy].
type Proof struct {
	Extra      []byte // left alone, and not authenticated; usually nil
	Index      int64
	Hashes     tlog.RecordProof
	Checkpoint []byte // with its signatures
}

const (
	proofHead     = "c2sp.org/tlog-proof@v1\n"
	maxProofBytes = 1 << 20
)

// AppendText appends the proof as a file holds it; such files are called *.tlog-proof.
func (p Proof) AppendText(b []byte) ([]byte, error) {
	b = append(b, proofHead...)
	if len(p.Extra) > 0 {
		b = append(b, "extra "...)
		b = base64.StdEncoding.AppendEncode(b, p.Extra)
		b = append(b, '\n')
	}
	b = append(b, "index "...)
	b = strconv.AppendInt(b, p.Index, 10)
	b = append(b, '\n')
	for _, h := range p.Hashes {
		b = base64.StdEncoding.AppendEncode(b, h[:])
		b = append(b, '\n')
	}
	b = append(b, '\n')
	return append(b, p.Checkpoint...), nil
}

// ParseProof reads what AppendText writes: ErrInvalid for anything else.
func ParseProof(text []byte) (Proof, error) {
	bad := func(what string) (Proof, error) {
		return Proof{}, fmt.Errorf("proof: %s: %w", what, contrechamp.ErrInvalid)
	}
	if len(text) > maxProofBytes {
		return bad("longer than any proof")
	}
	head, checkpoint, ok := bytes.Cut(text, []byte("\n\n"))
	if !ok || !bytes.HasPrefix(head, []byte(proofHead)) {
		return bad("it does not begin as one")
	}
	p := Proof{Checkpoint: bytes.Clone(checkpoint)}
	lines := strings.Split(string(head[len(proofHead):]), "\n")
	if extra, ok := strings.CutPrefix(lines[0], "extra "); ok {
		b, err := decodeBase64(extra)
		if err != nil || len(b) == 0 || len(lines) < 2 {
			return bad("its extra line cannot be read")
		}
		p.Extra, lines = b, lines[1:]
	}
	index, ok := strings.CutPrefix(lines[0], "index ")
	n, err := strconv.ParseInt(index, 10, 64)
	if !ok || err != nil || n < 0 || strconv.FormatInt(n, 10) != index {
		return bad("its index cannot be read")
	}
	p.Index = n
	if len(lines) > 64 {
		return bad("more hashes than any tree has levels")
	}
	for _, line := range lines[1:] {
		b, err := decodeBase64(line)
		if err != nil || len(b) != tlog.HashSize {
			return bad("a hash cannot be read")
		}
		p.Hashes = append(p.Hashes, tlog.Hash(b))
	}
	return p, nil
}

// Verify checks that the leaf with that text is in a log that the policy believes, and answers the checkpoint that
// covers it. ErrAltered when it is not proved, ErrInvalid when there is no checkpoint in the proof.
func (p Proof) Verify(leaf []byte, policy Policy) (Checkpoint, error) {
	c, err := policy.Check(p.Checkpoint)
	if err != nil {
		return c, fmt.Errorf("proof: %w", err)
	}
	if p.Index >= c.Size {
		return c, fmt.Errorf("proof: leaf %d is not among the %d of its checkpoint: %w", p.Index, c.Size, contrechamp.ErrAltered)
	}
	if err := tlog.CheckRecord(p.Hashes, c.Size, c.Root, p.Index, tlog.RecordHash(leaf)); err != nil {
		return c, fmt.Errorf("proof: the leaf does not lead to the root that was signed: %w", contrechamp.ErrAltered)
	}
	return c, nil
}

// VerifyConsistency checks that a later state of a log goes on from an earlier one: nothing before was changed or taken
// out. It answers ErrAltered when that is not proved.
func VerifyConsistency(proof tlog.TreeProof, earlier, later tlog.Tree) error {
	switch {
	case earlier.N > later.N:
		return fmt.Errorf("a log of %d leaves comes before one of %d: %w", earlier.N, later.N, contrechamp.ErrAltered)
	case earlier.N == 0:
		return nil // every log goes on from an empty one
	}
	if err := tlog.CheckTree(proof, later.N, later.Hash, earlier.N, earlier.Hash); err != nil {
		return fmt.Errorf("the log of %d leaves does not go on from that of %d: %w", later.N, earlier.N, contrechamp.ErrAltered)
	}
	return nil
}
