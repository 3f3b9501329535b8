package ledger

import (
	"encoding/base64"
	"errors"
	"strings"
)

var errLineEnd = errors.New("a line end within base64")

// decodeBase64 reads base64 that has one way of being written (RFC 4648 section 3.5: no bits left over), as a format
// must whose texts are compared and signed. The standard library, strict too, skips carriage returns and line feeds.
func decodeBase64(s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, errLineEnd
	}
	return base64.StdEncoding.Strict().DecodeString(s)
}
