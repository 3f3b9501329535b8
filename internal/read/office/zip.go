package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"

	"contrechamp.org/contrechamp/internal/read/flow"
)

// Limits of what a file may unpack to.
const (
	MaxBytes = 64 << 20 // of the file; most of a large one is pictures, which are not unpacked

	maxPart  = 48 << 20  // of one part that is read
	maxWhole = 128 << 20 // of all parts that are read
	maxParts = 20_000
	maxRatio = 400     // unpacked to packed, for parts over ratioFrom; a sheet of equal rows reaches 100
	ratioMin = 8 << 20 // bytes
)

// archive is a zipped office file.
type archive struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

func openZip(b []byte) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, flow.Refuse("the file is damaged: its list of contents cannot be read")
	}
	if len(r.File) > maxParts {
		return nil, flow.Refuse("the file has %d parts, more than the %d of any office document", len(r.File), maxParts)
	}
	a := &archive{files: make(map[string]*zip.File, len(r.File)), left: maxWhole}
	for _, f := range r.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if a.files[name] == nil {
			a.files[name] = f
		}
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.files[name] != nil }

var inflaters = sync.Pool{New: func() any { return flate.NewReader(bytes.NewReader(nil)) }}

// part unpacks a part; nil when there is none.
func (a *archive) part(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, flow.Refuse("the file is encrypted and needs a password")
	}
	if f.UncompressedSize64 > maxPart || f.UncompressedSize64 > ratioMin && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
		return nil, tooLarge(name)
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, damaged(name)
	}
	var in io.Reader = raw
	switch f.Method {
	case zip.Store:
	case zip.Deflate:
		z := inflaters.Get().(io.ReadCloser)
		defer inflaters.Put(z)
		if err := z.(flate.Resetter).Reset(raw, nil); err != nil {
			return nil, damaged(name)
		}
		in = z
	default:
		return nil, flow.Refuse("%s in the file is compressed in a way that office programs do not use", path.Base(name))
	}
	// the size in the list of contents is a claim: the limit holds for what comes out
	most := min(int64(maxPart), a.left)
	out := bytes.NewBuffer(make([]byte, 0, min(f.UncompressedSize64+bytes.MinRead, 1<<20)))
	n, err := io.Copy(out, io.LimitReader(in, most+1))
	switch {
	case n > most:
		return nil, tooLarge(name)
	case err != nil && !errors.Is(err, io.EOF) && n == 0:
		return nil, damaged(name)
	}
	a.left -= n
	return out.Bytes(), nil // cut short: what is there is read
}

func tooLarge(name string) error {
	return flow.Refuse("%s in the file unpacks to more than is read (%d MiB, or %d times its size)", path.Base(name), maxPart>>20, maxRatio)
}

func damaged(name string) error {
	return flow.Refuse("the file is damaged: %s in it cannot be unpacked", path.Base(name))
}

// relations reads the file that says which part another part calls by which ID.
func (a *archive) relations(part string) (map[string]relation, error) {
	b, err := a.part(path.Join(path.Dir(part), "_rels", path.Base(part)+".rels"))
	if err != nil || b == nil {
		return nil, err
	}
	out := map[string]relation{}
	s := newScanner(b)
	for k := s.next(); k != atEnd; k = s.next() {
		if k == open && string(s.name) == "Relationship" && s.attr("TargetMode") != "External" {
			target := s.attr("Target")
			if strings.HasPrefix(target, "/") {
				target = target[1:]
			} else {
				target = path.Join(path.Dir(part), target)
			}
			out[s.attr("Id")] = relation{kind: path.Base(s.attr("Type")), target: target}
		}
	}
	return out, s.err
}

// relation is a part that another one refers to; kind is the last word of its type: "footnotes", "slide".
type relation struct{ kind, target string }
