package bundle

import (
	"io"
	"time"

	"contrechamp.org/contrechamp/internal/ledger"
)

// SignParts writes any members as a bundle, well formed and signed: what a keeper who lies can make.
func SignParts(w io.Writer, members map[string][]byte, made time.Time, key ledger.SignerKey) error {
	var parts []named
	for name, b := range members {
		parts = append(parts, named{name, b})
	}
	return writeParts(w, parts, made, key)
}
