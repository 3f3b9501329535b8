package osm

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
)

// looksLikeXML reports whether a file begins like XML, or like what gzip and bzip2 make.
func looksLikeXML(begin []byte) bool {
	begin = bytes.TrimLeft(bytes.TrimPrefix(begin, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(begin, []byte("<")) || bytes.HasPrefix(begin, []byte("\x1f\x8b")) || bytes.HasPrefix(begin, []byte("BZh"))
}

// counted counts what was read of the file.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

// inflated returns the file's XML from its beginning.
func (f *File) inflated() (*bufio.Reader, *counted, error) {
	c := &counted{r: io.NewSectionReader(f.file, 0, f.length)}
	r := bufio.NewReaderSize(c, 1<<16)
	magic, err := r.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("read: %w", err)
	}
	switch {
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, nil, damaged(0, "%w", err)
		}
		return bufio.NewReaderSize(z, 1<<16), c, nil
	case bytes.HasPrefix(magic, []byte("BZh")):
		return bufio.NewReaderSize(bzip2.NewReader(r), 1<<16), c, nil
	}
	return r, c, nil
}

// xmlHeader reads the root element.
func (f *File) xmlHeader() error {
	r, _, err := f.inflated()
	if err != nil {
		return err
	}
	d := xml.NewDecoder(r)
	for {
		token, err := d.RawToken()
		if err != nil {
			return damaged(d.InputOffset(), "no OSM XML: %w", err)
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch root.Name.Local {
		case "osm":
			f.format = XML
		case "osmChange":
			f.format = Change
		default:
			return damaged(0, "the root element is <%s>, not <osm> or <osmChange>", root.Name.Local)
		}
		for _, a := range root.Attr {
			switch a.Name.Local {
			case "generator":
				f.Header.Program = a.Value
			case "timestamp", "osm_base":
				if t, err := time.Parse(time.RFC3339, a.Value); err == nil {
					f.Header.Timestamp = t.UTC()
				}
			}
		}
		return nil
	}
}

// xml goes through an XML file, as often as it takes.
func (g *gathering) xml(ctx context.Context) error {
	g.total = g.f.length
	all := g.filter.kinds()
	if err := g.f.elements(ctx, all, g.stepTo(), func(offset int64, e *Element) error {
		if !g.filter.Wants(e.Kind, e.Tags) {
			return nil
		}
		return g.first(offset, e)
	}); err != nil {
		return err
	}
	g.askForMembers()
	if len(g.members) > 0 {
		g.total += g.f.length
		if err := g.f.elements(ctx, Ways, g.stepTo(), func(_ int64, e *Element) error {
			if _, asked := slices.BinarySearch(g.members, e.Number); asked {
				g.memberWay(e)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	g.nodes.ready()
	if len(g.nodes.numbers) > 0 {
		g.total += g.f.length
		place := 0
		if err := g.f.elements(ctx, Nodes, g.stepTo(), func(_ int64, e *Element) error {
			i, asked := g.nodes.find(e.Number, place)
			if place = i; asked {
				g.nodes.at[i] = [2]int32{fixedDegrees(e.Point.Lat), fixedDegrees(e.Point.Lon)}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	if g.wantWays {
		g.total += g.f.length
		if err := g.f.elements(ctx, Ways, g.stepTo(), func(offset int64, e *Element) error {
			if !g.filter.Wants(Way, e.Tags) {
				return nil
			}
			return g.way(offset, e)
		}); err != nil {
			return err
		}
	}
	return g.last()
}

// stepTo returns a function that is told how much of the file was read on this way through it.
func (g *gathering) stepTo() func(int64) {
	before := int64(0)
	return func(n int64) {
		g.step(n - before)
		before = n
	}
}

// fixedDegrees returns degrees as 1e-7 degrees.
func fixedDegrees(d float64) int32 {
	if d != d || d > 214 || d < -214 {
		return off
	}
	if d < 0 {
		return int32(d*1e7 - 0.5)
	}
	return int32(d*1e7 + 0.5)
}

// elements calls fn for each object of the kinds, in order, with the byte of the inflated file at which it begins.
func (f *File) elements(ctx context.Context, kinds Kinds, step func(int64), fn func(int64, *Element) error) error {
	r, read, err := f.inflated()
	if err != nil {
		return err
	}
	d := xml.NewDecoder(r)
	var e *Element
	deleting := false
	depth := 0
	var begins int64
	for n := 0; ; n++ {
		if n%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			step(read.n)
		}
		at := d.InputOffset()
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && depth == 0 {
			step(read.n)
			return nil
		}
		if err != nil {
			return damaged(at, "the file is cut short or no XML: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			switch t.Name.Local {
			case "node", "way", "relation":
				if e, err = startElement(t); err != nil {
					return damaged(at, "%w", err)
				}
				begins = at
				e.Deleted = e.Deleted || deleting
			case "delete":
				deleting = true
			case "tag", "nd", "member":
				if e != nil {
					if err := child(e, t); err != nil {
						return damaged(at, "%s: %w", e.ID, err)
					}
				}
			}
		case xml.EndElement:
			depth--
			switch t.Name.Local {
			case "node", "way", "relation":
				if e != nil && kinds.Has(e.Kind) {
					if err := fn(begins, e); err != nil {
						return err
					}
				}
				e = nil
			case "delete":
				deleting = false
			}
		}
	}
}

func startElement(t xml.StartElement) (*Element, error) {
	e := &Element{}
	switch t.Name.Local {
	case "node":
		e.Kind = Node
	case "way":
		e.Kind = Way
	default:
		e.Kind = Relation
	}
	numbered := false
	lat, lon := "", ""
	for _, a := range t.Attr {
		var err error
		switch a.Name.Local {
		case "id":
			e.Number, err = strconv.ParseInt(a.Value, 10, 64)
			numbered = err == nil
		case "version":
			e.Version, err = strconv.Atoi(a.Value)
		case "timestamp":
			e.Timestamp, err = time.Parse(time.RFC3339, a.Value)
			e.Timestamp = e.Timestamp.UTC()
		case "visible":
			e.Deleted = a.Value == "false"
		case "lat":
			lat = a.Value
		case "lon":
			lon = a.Value
		}
		if err != nil {
			return nil, errBlock("attribute %s of a %s: %w", a.Name.Local, e.Kind, err)
		}
	}
	if !numbered {
		return nil, errBlock("a %s without an id", e.Kind)
	}
	if e.Kind != Node {
		return e, nil
	}
	if lat == "" && lon == "" {
		e.Deleted = true // only a deleted node has no position
		return e, nil
	}
	var errLat, errLon error
	e.Point.Lat, errLat = strconv.ParseFloat(lat, 64)
	e.Point.Lon, errLon = strconv.ParseFloat(lon, 64)
	if err := errors.Join(errLat, errLon); err != nil {
		return nil, errBlock("position of %s: %w", e.ID, err)
	}
	return e, nil
}

func child(e *Element, t xml.StartElement) error {
	get := func(name string) string {
		for _, a := range t.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	switch t.Name.Local {
	case "tag":
		e.Tags = append(e.Tags, Tag{get("k"), get("v")})
	case "nd":
		n, err := strconv.ParseInt(get("ref"), 10, 64)
		if err != nil {
			return fmt.Errorf("reference to a node: %w", err)
		}
		e.Refs = append(e.Refs, n)
	case "member":
		n, err := strconv.ParseInt(get("ref"), 10, 64)
		if err != nil {
			return fmt.Errorf("reference to a member: %w", err)
		}
		for _, k := range []Kind{Node, Way, Relation} {
			if k.String() == get("type") {
				e.Members = append(e.Members, Member{ID: ID{k, n}, Role: get("role")})
				return nil
			}
		}
		return fmt.Errorf("member of type %q", get("type"))
	}
	return nil
}
