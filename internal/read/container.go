package read

import (
	"bytes"
	"context"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/read/flow"
)

// listing reads what a container holds: the names, which say what somebody kept but are nobody's statement.
func listing(kind archive.Kind) func(context.Context, Source) (*page, error) {
	return func(ctx context.Context, src Source) (*page, error) {
		var d flow.Document
		n, refused := 0, 0
		file := archive.Source{Bytes: bytes.NewReader(src.Bytes), Size: int64(len(src.Bytes)), Name: src.Name}
		err := archive.Walk(ctx, kind, file, archive.Limits{}, func(m archive.Member) error {
			if n++; m.Err != nil {
				refused++
			}
			if n <= maxListed {
				d.Add(contrechamp.RoleMeta, m.Name)
			}
			return nil
		})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && n == 0 {
			return nil, reason(err.Error())
		}
		if n == 0 {
			return nil, refuse("the %s holds no file", kind)
		}
		d.Note("a %s: what it holds (%s) was captured file by file", kind, flow.Count(n, "file"))
		if refused > 0 {
			d.Note("%d of them cannot be taken out", refused)
		}
		if n > maxListed {
			d.Note("only the first %d names are listed here", maxListed)
		}
		if err != nil {
			d.Note("%v", err)
		}
		p := paged(d, Source{})
		p.names = true
		return p, nil
	}
}

// maxListed is how many names of a container are listed.
const maxListed = 5000
