package read

import (
	"context"
)

func readHTML(ctx context.Context, src Source) (*page, error) { return nil, nil }
