package witness

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

// maxAnswer is the longest answer of a witness that is read.
const maxAnswer = 16 << 10

// Client asks one witness.
type Client struct {
	URL  string             // submission prefix, without the slash at its end
	Key  ledger.VerifierKey // the witness's
	HTTP *http.Client
}

// Cosignature is a witness's signature of a checkpoint.
type Cosignature struct {
	Line []byte    // the line as a note has it, with its line feed
	At   time.Time // by the witness's clock
}

// Proof is a consistency proof (RFC 6962, section 2.1.2).
type Proof = tlog.TreeProof

// Prove answers the proof that the tree of size size begins with the one of size old.
type Prove func(ctx context.Context, old, size int64) (Proof, error)

// Cosign asks the witness to cosign a checkpoint, a note signed by its log. old is the size that it is believed to have
// signed last; when it has signed another one, it is asked once more with that. The answer is checked.
//
// Errors: ErrUnavailable when the witness cannot be reached or cannot answer now; ErrConflict when it has seen a later
// checkpoint, or another one of the same size; ErrInvalid when it refuses or does not know the log; ErrAltered when its
// answer is not what it should be.
func (c *Client) Cosign(ctx context.Context, checkpoint []byte, old int64, prove Prove) (Cosignature, error) {
	size, err := ledger.CheckpointSize(checkpoint)
	if err != nil {
		return Cosignature{}, err
	}
	if old > size {
		old = 0 // what was believed is of a later checkpoint; the witness will say
	}
	for try := 0; ; try++ {
		r := request{old: old, checkpoint: checkpoint}
		if old > 0 && old < size {
			if r.proof, err = prove(ctx, old, size); err != nil {
				return Cosignature{}, fmt.Errorf("prove to a witness that %d leads to %d: %w", old, size, err)
			}
		}
		status, answer, err := c.post(ctx, r.appendText(nil))
		switch {
		case err != nil:
			return Cosignature{}, err
		case status == http.StatusOK:
			return c.check(checkpoint, answer)
		case status == http.StatusConflict:
			seen, err := parseSize(strings.TrimSuffix(string(answer), "\n"))
			switch {
			case err != nil:
				return Cosignature{}, c.says(contrechamp.ErrAltered, "a conflict without a size")
			case seen > size:
				return Cosignature{}, c.says(contrechamp.ErrConflict, fmt.Sprintf("it has seen %d entries of this log, and this checkpoint has %d", seen, size))
			case seen == old:
				return Cosignature{}, c.says(contrechamp.ErrConflict, fmt.Sprintf("it has seen another list of %d entries of this log", seen))
			case try > 0:
				return Cosignature{}, c.says(contrechamp.ErrUnavailable, "it is being asked by another program at the same time")
			}
			old = seen
		default:
			return Cosignature{}, c.refusal(status, answer)
		}
	}
}

func (c *Client) says(kind error, what string) error {
	return fmt.Errorf("witness %s: %s: %w", c.URL, what, kind)
}

// refusal is what a status other than 200 and 409 means.
func (c *Client) refusal(status int, answer []byte) error {
	kind := contrechamp.ErrInvalid
	if status == http.StatusTooManyRequests || status >= http.StatusInternalServerError {
		kind = contrechamp.ErrUnavailable
	}
	why := http.StatusText(status)
	switch status {
	case http.StatusNotFound:
		why = "it does not watch this log"
	case http.StatusForbidden:
		why = "it knows another key of this log"
	case http.StatusUnprocessableEntity:
		kind, why = contrechamp.ErrConflict, "this checkpoint does not continue the one that it has seen"
	default:
		if line, _, _ := bytes.Cut(answer, []byte("\n")); len(line) > 0 && len(line) < 200 {
			why = string(bytes.ToValidUTF8(line, []byte("?")))
		}
	}
	return c.says(kind, fmt.Sprintf("%s (%d)", why, status))
}

func (c *Client) post(ctx context.Context, body []byte) (status int, answer []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(c.URL, "/")+"/add-checkpoint", bytes.NewReader(body))
	if err != nil {
		return 0, nil, c.says(contrechamp.ErrInvalid, err.Error())
	}
	client := c.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, nil, fmt.Errorf("witness %s: %w: %w", c.URL, err, contrechamp.ErrUnavailable)
	}
	defer resp.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return 0, nil, fmt.Errorf("witness %s: %w: %w", c.URL, err, contrechamp.ErrUnavailable)
	case len(answer) > maxAnswer:
		return 0, nil, c.says(contrechamp.ErrAltered, fmt.Sprintf("its answer has more than %d bytes", maxAnswer))
	}
	return resp.StatusCode, answer, nil
}

// check takes the cosignature out of an answer. Lines of other keys are passed over.
func (c *Client) check(checkpoint, answer []byte) (Cosignature, error) {
	signed := slices.Concat(body(checkpoint), []byte("\n\n"), answer)
	point, err := ledger.ParseCheckpoint(signed, c.Key)
	if err != nil {
		return Cosignature{}, fmt.Errorf("witness %s: its answer bears no signature of its key: %w: %w", c.URL, err, contrechamp.ErrAltered)
	}
	line, err := lineOf(signed, c.Key)
	if err != nil {
		return Cosignature{}, fmt.Errorf("witness %s: %w", c.URL, err)
	}
	return Cosignature{Line: line, At: point.CosignedAt(c.Key)}, nil
}
