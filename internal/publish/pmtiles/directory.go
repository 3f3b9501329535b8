package pmtiles

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"contrechamp.org/contrechamp"
)

// Limits on what is read from a file, so that a small one cannot ask for much memory.
const (
	maxDirectory = 64 << 20 // bytes of a directory, unpacked
	maxMetadata  = 16 << 20 // bytes of the metadata, unpacked
)

// entry says where a run of tiles is: the same content for run tiles from id on, or, when run is 0, a leaf directory.
type entry struct {
	id, offset uint64
	length     uint32
	run        uint32
}

// packEntries writes a directory: column by column, as differences (specification, section 4.1).
func packEntries(all []entry) ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(all)))
	last := uint64(0)
	for _, e := range all {
		b = binary.AppendUvarint(b, e.id-last)
		last = e.id
	}
	for _, e := range all {
		b = binary.AppendUvarint(b, uint64(e.run))
	}
	for _, e := range all {
		b = binary.AppendUvarint(b, uint64(e.length))
	}
	for i, e := range all {
		if i > 0 && e.offset == all[i-1].offset+uint64(all[i-1].length) {
			b = append(b, 0)
			continue
		}
		b = binary.AppendUvarint(b, e.offset+1)
	}
	return pack(b)
}

// pack compresses a directory or the metadata: once each, so the slow way.
func pack(b []byte) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// unpack undoes pack, up to a limit: ErrInvalid.
func unpack(b []byte, c Compression, limit int) ([]byte, error) {
	if c == None {
		return b, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, contrechamp.ErrInvalid)
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(limit)+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, contrechamp.ErrInvalid)
	}
	if len(out) > limit {
		return nil, fmt.Errorf("more than %d bytes when unpacked: %w", limit, contrechamp.ErrInvalid)
	}
	return out, nil
}

// parseEntries reads a directory. Tiles must be in order; offsets are checked where they are used.
func parseEntries(b []byte) ([]entry, error) {
	bad := func(what string) error { return fmt.Errorf("directory: %s: %w", what, contrechamp.ErrInvalid) }
	r := bytes.NewReader(b)
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, bad("it has no length")
	}
	if n > uint64(len(b)/4) { // an entry has four numbers of a byte at least
		return nil, bad(fmt.Sprintf("%d entries in %d bytes", n, len(b)))
	}
	all := make([]entry, n)
	last := uint64(0)
	for i := range all {
		v, err := binary.ReadUvarint(r)
		if err != nil || i > 0 && v == 0 || last+v < last {
			return nil, bad("tiles out of order")
		}
		last += v
		all[i].id = last
	}
	for i := range all {
		v, err := binary.ReadUvarint(r)
		if err != nil || v > 1<<32-1 {
			return nil, bad("a run of tiles")
		}
		all[i].run = uint32(v)
	}
	for i := range all {
		v, err := binary.ReadUvarint(r)
		if err != nil || v > 1<<32-1 || v == 0 {
			return nil, bad("the length of a tile")
		}
		all[i].length = uint32(v)
	}
	for i := range all {
		v, err := binary.ReadUvarint(r)
		switch {
		case err != nil || v == 0 && i == 0:
			return nil, bad("the place of a tile")
		case v == 0:
			all[i].offset = all[i-1].offset + uint64(all[i-1].length)
		default:
			all[i].offset = v - 1
		}
	}
	return all, nil
}

// find returns the entry that holds a tile, or the leaf that may.
func find(all []entry, id uint64) (entry, bool) {
	i, exact := slices.BinarySearchFunc(all, id, func(e entry, id uint64) int {
		switch {
		case e.id < id:
			return -1
		case e.id > id:
			return 1
		}
		return 0
	})
	if !exact {
		i--
	}
	if i < 0 {
		return entry{}, false
	}
	e := all[i]
	if e.run == 0 || id-e.id < uint64(e.run) {
		return e, true
	}
	return entry{}, false
}
