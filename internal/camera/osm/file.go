package osm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
)

// File is an open file of OpenStreetMap data.
type File struct {
	// Progress, if not nil, is told from time to time how many of how many bytes were gone through, of all that have to be, and
	// how many objects were given out. It must be quick.
	Progress func(done, total int64, objects int)
	// Problem, if not nil, is told of what is odd.
	Problem func(Problem)
	// Members, if not nil, answers which of a wanted relation's members need their geometry; nil is all.
	Members func(*Element) []Member

	Header Header

	name   string
	file   *os.File
	length int64
	format Format
	data   int64 // PBF: where the first blob after the header begins
}

// Header is what a file says of itself.
type Header struct {
	Program   string    // that wrote it
	Timestamp time.Time // as of when the data are (osmosis_replication_timestamp); zero if it does not say
	Sorted    bool      // it promises nodes, then ways, then relations, each by number
}

// Format is how a file is written.
type Format string

// The formats.
const (
	PBF    Format = "PBF"
	XML    Format = "OSM XML"
	Change Format = "OsmChange" // what was created, modified and deleted between two states
)

// Open opens a file. Its format is told from its beginning, whatever its name: ErrInvalid if it is none of those that are
// known. Whoever opens closes.
func Open(name string) (*File, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	f := &File{name: name, file: file}
	if err := f.open(); err != nil {
		file.Close() // nothing was written to it
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}

func (f *File) open() error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return contrechamp.WithHint(fmt.Errorf("not a regular file, and this reader goes back and forth: %w", contrechamp.ErrInvalid),
			"put the data into a file first")
	}
	if f.length = info.Size(); f.length == 0 {
		return fmt.Errorf("the file is empty: %w", contrechamp.ErrInvalid)
	}
	begin := make([]byte, 32)
	n, err := f.file.ReadAt(begin, 0)
	if n == 0 {
		return fmt.Errorf("read: %w", err)
	}
	switch begin = begin[:n]; {
	case bytes.Contains(begin, []byte("OSMHeader")):
		f.format = PBF
		return f.pbfHeader()
	case looksLikeXML(begin):
		return f.xmlHeader()
	}
	return contrechamp.WithHint(
		damaged(0, "this is neither OSM PBF (which begins with a blob \"OSMHeader\") nor OSM XML (plain, gzip or bzip2)"),
		"extracts to download are listed at https://wiki.openstreetmap.org/wiki/Planet.osm")
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// Format answers how the file is written.
func (f *File) Format() Format { return f.format }

// Length answers how many bytes the file has.
func (f *File) Length() int64 { return f.length }

// features that a reader has to know to understand a file (HeaderBlock.required_features).
var knownFeatures = []string{"OsmSchema-V0.6", "DenseNodes", "HistoricalInformation"}

// pbfHeader reads the first blob.
func (f *File) pbfHeader() error {
	h := &hand{file: f.file, length: f.length}
	s, kind, err := h.locate(0)
	if err != nil {
		return err
	}
	if kind != "OSMHeader" {
		return damaged(0, "the first blob is %q, not OSMHeader", kind)
	}
	partly, err := h.open(s)
	if err == nil && partly {
		err = h.rest(s)
	}
	if err != nil {
		return err
	}
	m := message{b: h.out}
	for {
		field, wire, ok := m.next()
		if !ok {
			break
		}
		switch {
		case field == 4 && wire == wireBytes:
			if err := knowsFeature(string(m.bytes())); err != nil {
				return damaged(0, "%w", err)
			}
		case field == 5 && wire == wireBytes:
			f.Header.Sorted = f.Header.Sorted || string(m.bytes()) == "Sort.Type_then_ID"
		case field == 16 && wire == wireBytes:
			f.Header.Program = strings.ToValidUTF8(string(m.bytes()), "�")
		case field == 32 && wire == wireVarint:
			f.Header.Timestamp = time.Unix(int64(m.uvarint()), 0).UTC()
		default:
			m.skip(wire)
		}
	}
	if m.bad {
		return damaged(0, "the header block is damaged")
	}
	f.data = s.end()
	return nil
}

func knowsFeature(name string) error {
	for _, k := range knownFeatures {
		if k == name {
			return nil
		}
	}
	return errBlock("the file needs a reader that knows %q", name)
}

// ErrStop, returned by a function that is given objects, ends the reading without an error.
var ErrStop = errors.New("stop")

// Unwanted gives, of a file of changes, the objects that are deleted or that the filter does not want: whatever was known of them
// before, they are not, or no longer, what was asked for.
func (f *File) Unwanted(ctx context.Context, filter Filter, fn func(id ID, version int) error) error {
	if f.format != Change {
		return nil
	}
	step := (&gathering{f: f, total: f.length}).stepTo()
	err := f.elements(ctx, filter.kinds(), step, func(_ int64, e *Element) error {
		if e.Deleted || !filter.Wants(e.Kind, e.Tags) {
			return fn(e.ID, e.Version)
		}
		return nil
	})
	return f.ended(ctx, err)
}

// ended makes of how a reading ended what the caller is told.
func (f *File) ended(ctx context.Context, err error) error {
	if errors.Is(err, ErrStop) {
		return nil
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return err
}

// Features gives every object that the filter wants, with its geometry: nodes first, then ways, then relations, each in the
// order of the file. A feature is the callee's to keep. An error of fn ends the reading and is returned. Damage is ErrInvalid
// with the byte at which the damaged blob or element begins; features before it were given out by then, so whoever
// writes them down should be ready to take them back.
//
// A PBF file is gone through once, and where ways or relations are wanted, the blobs that hold them and their nodes a
// second time. XML is gone through once for each kind of object that is needed. Memory grows with the nodes that wanted ways have,
// 16 bytes each, and with the wanted relations and the ways they are made of.
func (f *File) Features(ctx context.Context, filter Filter, fn func(*Feature) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g := &gathering{f: f, filter: filter, words: newVocabulary(filter), fn: fn}
	var err error
	if f.format == PBF {
		err = g.pbf(ctx)
	} else {
		err = g.xml(ctx)
	}
	return f.ended(ctx, err)
}
