package capture

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
)

// Inside stands between the path of a container and the name of what it holds: "folder.zip!/a/page.html".
const Inside = "!/"

// Address answers the address of a page that was fetched, or taken out of a web archive, from its path; "" for any other
// path.
func Address(path string) string {
	if address.MatchString(path) && !strings.Contains(path, Inside) {
		return path
	}
	for {
		_, inside, ok := strings.Cut(path, Inside)
		switch {
		case !ok:
			return ""
		case address.MatchString(inside):
			return inside
		}
		path = inside
	}
}

// container is a document that holds others, while they are captured. Its methods work on nil, which is no container.
type container struct {
	digest contrechamp.Digest
	depth  int    // 1 for one that is a file of its own
	budget *int64 // bytes that may still be taken out of the outermost one
	count  *int   // members, likewise
	// what was taken out of the outermost one, by what WARCs say is the digest of its payload: of a WACZ's files, one may
	// refer to another
	payloads map[string]contrechamp.Received
}

func (c *container) digestOf() contrechamp.Digest {
	if c == nil {
		return contrechamp.Digest{}
	}
	return c.digest
}

func (c *container) depthOf() int {
	if c == nil {
		return 0
	}
	return c.depth
}

// ends answers err where an error met while a member was read ends the walk through its container; nil otherwise.
func (c *container) ends(err error) error {
	if c != nil && (errors.Is(err, archive.ErrRatio) || errors.Is(err, archive.ErrFull)) {
		return err
	}
	return nil
}

// expand captures what a document holds. What cannot be had is reported, under the path of what it is about.
func (c *Capturer) expand(ctx context.Context, d document, head []byte, digest contrechamp.Digest, emit func(received) error) error {
	src := archive.Source{Bytes: d.at, Size: d.size, Name: d.name}
	kind, holds := archive.Detect(head, src)
	if !holds {
		return nil
	}
	failed := func(at string, err error) error {
		return emit(received{outcome: Outcome{Path: at, Err: err}})
	}
	if d.container.depthOf() >= archive.MaxDepth {
		return failed(d.path+Inside, archive.TooDeep())
	}
	here := &container{digest: digest, depth: d.container.depthOf() + 1}
	limits := archive.DefaultLimits
	limits.Member = min(limits.Member, c.limit())
	if d.container != nil {
		here.budget, here.count, here.payloads = d.container.budget, d.container.count, d.container.payloads
	} else {
		here.budget, here.count, here.payloads = &limits.Bytes, new(int), map[string]contrechamp.Received{}
	}
	limits.Bytes, limits.Members = *here.budget, max(1, limits.Members-*here.count)
	kept := map[string]contrechamp.Received{}
	var stop error // of the run, not of the archive
	err := archive.Walk(ctx, kind, src, limits, func(m archive.Member) error {
		*here.count++
		at := d.path + Inside + m.Name
		earlier, ok := kept[m.SameAs]
		if !ok && m.Err != nil && m.Payload != "" {
			earlier, ok = here.payloads[m.Payload]
		}
		if ok {
			earlier.Sighting.Name, earlier.Sighting.Path, earlier.Sighting.ModifiedAt = path.Base(m.Name), at, m.Modified.UTC()
			stop = emit(received{outcome: Outcome{Path: at, Digest: earlier.Capture.Digest, Length: earlier.Capture.Length}, record: earlier})
			return stop
		}
		if m.Err != nil || m.Reader == nil {
			err := m.Err
			if err == nil {
				err = fmt.Errorf("the archive refers for it to a file that was not taken out: %w", contrechamp.ErrInvalid)
			}
			stop = failed(at, err)
			return stop
		}
		inner := document{path: at, name: path.Base(m.Name), in: m.Reader, container: here}
		if !m.Modified.IsZero() {
			inner.modified = m.Modified.UTC()
		}
		record, err := c.keep(ctx, inner, emit)
		if err != nil {
			if here.ends(err) == nil {
				stop = err
			}
			return err
		}
		if record != nil {
			kept[m.Name] = *record
			if m.Payload != "" {
				here.payloads[m.Payload] = *record
			}
			*here.budget -= record.Capture.Length
		}
		return nil
	})
	switch {
	case stop != nil:
		return stop
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return failed(d.path+Inside, err)
	}
	return nil
}
