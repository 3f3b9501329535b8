package store

import (
	"context"
	"fmt"
	"strings"

	"contrechamp.org/contrechamp"
)

const (
	schemeS3   = "s3"
	schemeFile = "file"
)

// OpenBlobs opens where bytes rest, by its address: a folder, "file:FOLDER", or "s3://BUCKET/PREFIX".
func OpenBlobs(ctx context.Context, address string, readOnly bool) (contrechamp.Blobs, error) {
	scheme, rest, ok := strings.Cut(address, ":")
	switch {
	case ok && scheme == schemeS3:
		return OpenBucket(ctx, address, BucketOptions{ReadOnly: readOnly})
	case ok && scheme == schemeFile:
		address = strings.TrimPrefix(rest, "//")
	case strings.Contains(address, "://"):
		return nil, contrechamp.WithHint(fmt.Errorf("%q is no place for bytes: %w", Redact(address), contrechamp.ErrInvalid), "s3://BUCKET/PREFIX or a folder")
	}
	return OpenFolder(address, FolderOptions{ReadOnly: readOnly})
}
