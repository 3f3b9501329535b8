package main

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/pierrec/lz4/v4"
	"golang.org/x/sync/errgroup"
)

// What follows makes one large OpenStreetMap file out of small ones: each extract again and again, every copy with numbers of its own,
// nodes first, then ways, then relations, in the order of their numbers, as large extracts are. Nothing of the program's own
// reader is used, so that a fault of that reader cannot hide itself.

// copyRange parts the numbers of one copy from those of the next. OpenStreetMap has some 2^34 nodes.
const copyRange = 1 << 35

// group is one PrimitiveGroup with what it needs of its block.
type group struct {
	strings []byte // the field StringTable, with its key
	body    []byte // the message PrimitiveGroup
	extra   []byte // the fields behind: granularity, offsets
}

// makePlanet writes copies of the extracts to path until it has at least size bytes. choose, if not nil, takes some of the
// extracts only.
func makePlanet(ctx context.Context, path string, extracts []string, size int64) (copies int, err error) {
	var byKind [3][][]group // kind, extract, groups
	var packed int64        // of one copy of each
	for _, name := range extracts {
		kinds, n, err := readGroups(name)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		packed += n
		for k := range kinds {
			byKind[k] = append(byKind[k], kinds[k])
		}
	}
	copies = int(size/packed) + 1
	file, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var header []byte
	for _, f := range []struct {
		field uint64
		text  string
	}{{4, "OsmSchema-V0.6"}, {4, "DenseNodes"}, {5, "Sort.Type_then_ID"}, {16, "contrechamp bench"}} {
		header = appendField(header, f.field, []byte(f.text))
	}
	if err := writeBlob(file, "OSMHeader", header); err != nil {
		return 0, err
	}
	w := &ordered{w: file, ready: map[int][]byte{}}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	n := 0
	for kind := range byKind {
		for c := range copies {
			for e, groups := range byKind[kind] {
				for _, gr := range groups {
					shift := int64(c*len(extracts)+e) * copyRange
					number := n
					n++
					g.Go(func() error {
						if err := ctx.Err(); err != nil {
							return err
						}
						body, err := shiftGroup(gr.body, shift)
						if err != nil {
							return err
						}
						block := slices.Concat(gr.strings, appendField(nil, 2, body), gr.extra)
						var blob bytes.Buffer
						if err := writeBlob(&blob, "OSMData", block); err != nil {
							return err
						}
						return w.put(number, blob.Bytes())
					})
				}
			}
		}
	}
	if err := g.Wait(); err != nil {
		return 0, err
	}
	return copies, file.Close()
}

// ordered writes what several goroutines make in the order in which it was asked for.
type ordered struct {
	mu    sync.Mutex
	w     io.Writer
	next  int
	ready map[int][]byte
}

func (o *ordered) put(number int, b []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ready[number] = b
	for {
		b, ok := o.ready[o.next]
		if !ok {
			return nil
		}
		delete(o.ready, o.next)
		o.next++
		if _, err := o.w.Write(b); err != nil {
			return err
		}
	}
}

// readGroups takes a file apart into its groups, by kind, and counts the bytes of its blobs.
func readGroups(name string) (kinds [3][]group, packed int64, err error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return kinds, 0, err
	}
	for len(b) > 0 {
		if len(b) < 4 {
			return kinds, 0, io.ErrUnexpectedEOF
		}
		n := int(binary.BigEndian.Uint32(b))
		head, err := fields(b[4 : 4+n])
		if err != nil {
			return kinds, 0, err
		}
		what, size := "", 0
		for _, f := range head {
			switch f.number {
			case 1:
				what = string(f.bytes)
			case 3:
				size = int(f.value)
			}
		}
		blob := b[4+n : 4+n+size]
		b = b[4+n+size:]
		if what != "OSMData" {
			continue
		}
		packed += int64(size)
		block, err := unpack(blob)
		if err != nil {
			return kinds, 0, err
		}
		if err := splitBlock(block, &kinds); err != nil {
			return kinds, 0, err
		}
	}
	return kinds, packed, nil
}

func unpack(blob []byte) ([]byte, error) {
	parts, err := fields(blob)
	if err != nil {
		return nil, err
	}
	raw := 0
	for _, f := range parts {
		if f.number == 2 {
			raw = int(f.value)
		}
	}
	for _, f := range parts {
		switch f.number {
		case 1:
			return f.bytes, nil
		case 3:
			z, err := zlib.NewReader(bytes.NewReader(f.bytes))
			if err != nil {
				return nil, err
			}
			return io.ReadAll(z)
		case 6:
			out := make([]byte, raw)
			_, err := lz4.UncompressBlock(f.bytes, out)
			return out, err
		}
	}
	return nil, errors.New("a blob without data")
}

// splitBlock makes of each group of a block a block of its own.
func splitBlock(block []byte, kinds *[3][]group) error {
	parts, err := fields(block)
	if err != nil {
		return err
	}
	var strings, extra []byte
	for _, f := range parts {
		switch f.number {
		case 1:
			strings = f.whole
		case 2:
		default:
			extra = append(extra, f.whole...)
		}
	}
	for _, f := range parts {
		if f.number != 2 {
			continue
		}
		inner, err := fields(f.bytes)
		if err != nil {
			return err
		}
		if len(inner) == 0 {
			continue
		}
		kind := 0
		switch inner[0].number {
		case 1, 2:
		case 3:
			kind = 1
		case 4:
			kind = 2
		default:
			continue
		}
		kinds[kind] = append(kinds[kind], group{strings, f.bytes, extra})
	}
	return nil
}

// shiftGroup adds shift to every number of an object in a group.
func shiftGroup(body []byte, shift int64) ([]byte, error) {
	parts, err := fields(body)
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, f := range parts {
		inner, err := fields(f.bytes)
		if err != nil {
			return nil, err
		}
		var object []byte
		for _, in := range inner {
			var packed []byte
			switch {
			case in.number == 1 && f.number == 1: // Node.id, sint64
				object = binary.AppendUvarint(append(object, 1<<3), zig(zag(in.value)+shift))
				continue
			case in.number == 1 && f.number >= 3: // Way.id, Relation.id
				object = binary.AppendUvarint(append(object, 1<<3), uint64(int64(in.value)+shift))
				continue
			case in.number == 1 && f.number == 2, in.number == 8 && f.number == 3: // DenseNodes.id, Way.refs
				packed = in.bytes
			case in.number == 9 && f.number == 4: // Relation.memids
				packed = in.bytes
			default:
				object = append(object, in.whole...)
				continue
			}
			// Differences: only the first number carries the shift.
			if first, n := binary.Uvarint(packed); n > 0 {
				packed = append(binary.AppendUvarint(nil, zig(zag(first)+shift)), packed[n:]...)
			}
			object = appendField(object, in.number, packed)
		}
		out = appendField(out, f.number, object)
	}
	return out, nil
}

func zag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }
func zig(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }

// field is one field of a Protocol Buffers message.
type field struct {
	number uint64
	value  uint64 // of a number
	bytes  []byte // of everything else
	whole  []byte // with its key
}

func fields(b []byte) ([]field, error) {
	var out []field
	for i := 0; i < len(b); {
		begin := i
		key, n := binary.Uvarint(b[i:])
		if n <= 0 {
			return nil, errors.New("no message")
		}
		i += n
		f := field{number: key >> 3}
		v, n := binary.Uvarint(b[i:])
		if n <= 0 {
			return nil, errors.New("no message")
		}
		i += n
		switch key & 7 {
		case 0:
			f.value = v
		case 2:
			if v > uint64(len(b)-i) {
				return nil, errors.New("a field longer than its message")
			}
			f.bytes = b[i : i+int(v)]
			i += int(v)
		default:
			return nil, fmt.Errorf("wire type %d", key&7)
		}
		f.whole = b[begin:i]
		out = append(out, f)
	}
	return out, nil
}

func appendField(b []byte, number uint64, value []byte) []byte {
	b = binary.AppendUvarint(b, number<<3|2)
	b = binary.AppendUvarint(b, uint64(len(value)))
	return append(b, value...)
}

// writeBlob writes a block as a zlib blob with its header.
func writeBlob(w io.Writer, kind string, block []byte) error {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(block); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	blob := binary.AppendUvarint([]byte{2 << 3}, uint64(len(block)))
	blob = appendField(blob, 3, packed.Bytes())
	head := appendField(nil, 1, []byte(kind))
	head = binary.AppendUvarint(append(head, 3<<3), uint64(len(blob)))
	if _, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(head)))); err != nil {
		return err
	}
	_, err := w.Write(append(head, blob...))
	return err
}

// extractsIn answers the shared extracts, but for the copy of one of them in another compression.
func extractsIn(shared string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(shared, "data", "osm", "*.osm.pbf"))
	names = slices.DeleteFunc(names, func(n string) bool { return filepath.Base(n) == "monaco-2021-lz4.osm.pbf" })
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("no extracts in %s", filepath.Join(shared, "data", "osm"))
	}
	return names, err
}
