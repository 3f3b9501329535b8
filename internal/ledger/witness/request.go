package witness

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
)

// MaxRequest is the longest request that is read: 63 hashes and a checkpoint with many signatures have less than 16 KiB.
const MaxRequest = 64 << 10

// maxProof is how many hashes a proof has at most, by the protocol.
const maxProof = 63

// sizeType is the media type of a size in an answer 409.
const sizeType = "text/x.tlog.size"

// request is the body of add-checkpoint: the size that the sender believes was cosigned last, the proof that the
// checkpoint continues it, and the checkpoint.
type request struct {
	old        int64
	proof      tlog.TreeProof
	checkpoint []byte
}

// appendText writes the body.
func (r request) appendText(b []byte) []byte {
	b = fmt.Appendf(b, "old %d\n", r.old)
	for _, h := range r.proof {
		b = base64.StdEncoding.AppendEncode(b, h[:])
		b = append(b, '\n')
	}
	b = append(b, '\n')
	return append(b, r.checkpoint...)
}

// parseRequest reads what appendText writes: ErrInvalid for anything else.
func parseRequest(b []byte) (request, error) {
	bad := func(what string) (request, error) {
		return request{}, fmt.Errorf("request to a witness: %s: %w", what, contrechamp.ErrInvalid)
	}
	head, checkpoint, ok := bytes.Cut(b, []byte("\n\n"))
	if !ok {
		return bad("no empty line before the checkpoint")
	}
	lines := strings.Split(string(head), "\n")
	digits, ok := strings.CutPrefix(lines[0], "old ")
	if !ok {
		return bad("its first line is not \"old\" and a size")
	}
	old, err := parseSize(digits)
	if err != nil {
		return bad("the old size is no number")
	}
	r := request{old: old, checkpoint: checkpoint}
	if len(lines)-1 > maxProof {
		return bad(fmt.Sprintf("its proof has %d hashes, and may have %d", len(lines)-1, maxProof))
	}
	for _, line := range lines[1:] {
		h, err := parseHash(line)
		if err != nil {
			return bad("a line of its proof is no hash")
		}
		r.proof = append(r.proof, h)
	}
	return r, nil
}

// parseHash reads a hash in the one base64 form that it has.
func parseHash(s string) (tlog.Hash, error) {
	h, err := tlog.ParseHash(s)
	if err != nil || h.String() != s {
		return tlog.Hash{}, fmt.Errorf("hash %q: %w", s, contrechamp.ErrInvalid)
	}
	return h, nil
}

// parseSize reads a size in decimal without leading zeros.
func parseSize(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != s {
		return 0, fmt.Errorf("size %q: %w", s, contrechamp.ErrInvalid)
	}
	return n, nil
}
