package osm

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/inflate"
)

// Limits of the format (https://wiki.openstreetmap.org/wiki/PBF_Format#File_format). Both sizes are checked before a byte
// is reserved for what they announce.
const (
	maxHeader = 64 << 10 // bytes of a BlobHeader
	maxBlob   = 32 << 20 // bytes of a Blob, and of what it holds when inflated
)

// damaged is an error about the blob that begins at a byte of the file.
func damaged(offset int64, format string, args ...any) error {
	return fmt.Errorf("byte %d: %w: %w", offset, fmt.Errorf(format, args...), contrechamp.ErrInvalid)
}

// span is where a blob lies in its file.
type span struct {
	offset int64 // of the four bytes before its header
	head   int32 // bytes before the Blob message: those four, and the header
	size   int32 // bytes of the Blob message
}

func (s span) end() int64 { return s.offset + int64(s.head) + int64(s.size) }

// hand reads blobs: one a goroutine, with buffers that it uses again and again.
type hand struct {
	file   io.ReaderAt
	length int64

	src   []byte // what was read of the blob, from its offset
	out   []byte // what was inflated of it
	guess int    // how much to read of the next blob at first
	z     inflate.Stream
	unzip *zstd.Decoder
	block block
	seen  []bool

	kind Kind                  // of the last blob
	hits [Relation + 1]float64 // for each kind, the running share of blobs with something wanted
}

// The least and most that is read of a blob before anything is known of it.
const (
	minGuess = 4 << 10
	maxGuess = 256 << 10
)

// locate reads the header of the blob at offset, with some of what follows. It answers io.EOF at the end of the file.
func (h *hand) locate(offset int64) (s span, kind string, err error) {
	if offset == h.length {
		return span{}, "", io.EOF
	}
	h.guess = min(max(h.guess, minGuess), maxGuess)
	if err := h.read(offset, 0, h.guess); err != nil {
		return span{}, "", err
	}
	if len(h.src) < 4 {
		return span{}, "", damaged(offset, "the file ends within the length of a blob's header: it is cut short")
	}
	n := int64(binary.BigEndian.Uint32(h.src))
	if n > maxHeader {
		return span{}, "", damaged(offset, "the header of a blob says that it has %d bytes, at most %d are allowed", n, maxHeader)
	}
	if offset+4+n > h.length {
		return span{}, "", damaged(offset, "the file ends within a blob's header: it is cut short")
	}
	if len(h.src) < 4+int(n) {
		if err := h.read(offset, len(h.src), 4+int(n)); err != nil {
			return span{}, "", err
		}
	}
	m := message{b: h.src[4 : 4+n]}
	size := int64(-1)
	for {
		field, wire, ok := m.next()
		if !ok {
			break
		}
		switch {
		case field == 1 && wire == wireBytes:
			kind = string(m.bytes())
		case field == 3 && wire == wireVarint:
			size = int64(int32(m.uvarint()))
		default:
			m.skip(wire)
		}
	}
	switch {
	case m.bad || kind == "" || size < 0:
		return span{}, "", damaged(offset, "what should be the header of a blob is none")
	case size > maxBlob:
		return span{}, "", damaged(offset, "a blob says that it has %d bytes, at most %d are allowed", size, maxBlob)
	}
	s = span{offset: offset, head: int32(4 + n), size: int32(size)}
	if s.end() > h.length {
		return span{}, "", damaged(offset, "a blob of %d bytes begins here, and the file ends %d bytes before its end: it is cut short",
			size, s.end()-h.length)
	}
	return s, kind, nil
}

// read makes src hold the n bytes of the file at offset, as far as the file has them. The first have of them are there.
func (h *hand) read(offset int64, have, n int) error {
	n = int(min(int64(n), h.length-offset))
	if cap(h.src) < n {
		grown := make([]byte, n, n+n/4)
		copy(grown, h.src[:have])
		h.src = grown
	}
	h.src = h.src[:n]
	if have >= n {
		return nil
	}
	if _, err := h.file.ReadAt(h.src[have:], offset+int64(have)); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("byte %d: read: %w", offset+int64(have), err)
	} else if err != nil {
		return damaged(offset, "the file became shorter while it was read")
	}
	return nil
}

// packing is how a blob is compressed.
type packing uint8

const (
	packedNot packing = iota + 1
	packedZlib
	packedLZ4
	packedZstd
)

// blobFields reads the message Blob as far as data, which need not be whole. It reports false if b is too short to tell.
func blobFields(b []byte, size int) (how packing, raw int64, from, to int, ok bool, err error) {
	m := message{b: b}
	raw = -1
	for m.i < len(b) && (how == 0 || raw < 0) {
		at := m.i
		field, wire, more := m.next()
		if !more {
			if len(b) < size {
				return 0, 0, 0, 0, false, nil
			}
			break
		}
		if field == 2 && wire == wireVarint {
			raw = int64(int32(m.uvarint()))
			continue
		}
		if wire != wireBytes {
			m.skip(wire)
			continue
		}
		n := m.uvarint()
		if m.bad || n > uint64(size-m.i) {
			if len(b) < size && at > len(b)-12 {
				return 0, 0, 0, 0, false, nil // the length itself may be cut
			}
			return 0, 0, 0, 0, true, errBlock("a blob's data are longer than the blob")
		}
		switch field {
		case 1:
			how = packedNot
		case 3:
			how = packedZlib
		case 4:
			return 0, 0, 0, 0, true, errBlock("a blob is compressed with LZMA, which no writer uses and this reader does not know")
		case 6:
			how = packedLZ4
		case 7:
			how = packedZstd
		}
		if field == 1 || field == 3 || field == 6 || field == 7 {
			from, to = m.i, m.i+int(n)
			if how == packedNot {
				raw = int64(n)
			}
		}
		if m.i+int(n) > len(b) {
			if how != 0 && raw >= 0 {
				break
			}
			return 0, 0, 0, 0, false, nil // the size may stand behind the data
		}
		m.i += int(n)
	}
	switch {
	case how != 0 && raw >= 0:
	case len(b) < size:
		return 0, 0, 0, 0, false, nil
	case m.bad:
		return 0, 0, 0, 0, true, errBlock("what should be a blob is none")
	case how == 0:
		return 0, 0, 0, 0, true, errBlock("a blob has no data, or data compressed in a way this reader does not know")
	default:
		return 0, 0, 0, 0, true, errBlock("a blob does not say how long its data are when inflated")
	}
	if raw > maxBlob {
		return 0, 0, 0, 0, true, errBlock("a blob says that it holds %d bytes, at most %d are allowed", raw, maxBlob)
	}
	return how, raw, from, to, true, nil
}

// open begins with the blob at s, of which some is in src already. For one that can be inflated bit by bit it answers
// true, and out has room but holds nothing yet; otherwise out is whole.
func (h *hand) open(s span) (partly bool, err error) {
	whole := int(s.head) + int(s.size)
	if len(h.src) > whole {
		h.src = h.src[:whole]
	}
	how, raw, from, to, ok, err := blobFields(h.src[min(int(s.head), len(h.src)):], int(s.size))
	if err == nil && !ok {
		if err := h.read(s.offset, len(h.src), whole); err != nil {
			return false, err
		}
		how, raw, from, to, _, err = blobFields(h.src[s.head:], int(s.size))
	}
	if err != nil {
		return false, damaged(s.offset, "%w", err)
	}
	from, to = from+int(s.head), to+int(s.head)
	if how == packedZlib {
		h.room(int(raw))
		h.z.Reset(h.src[from:min(to, len(h.src))], h.out)
		return true, nil
	}
	if err := h.read(s.offset, len(h.src), whole); err != nil {
		return false, err
	}
	data := h.src[from:to]
	switch how {
	case packedNot:
		h.room(len(data))
		copy(h.out, data)
	case packedLZ4:
		if raw == 0 {
			return false, damaged(s.offset, "a blob's LZ4 data say that they hold nothing") // the library takes no empty room
		}
		h.room(int(raw))
		n, err := lz4.UncompressBlock(data, h.out)
		if err != nil || n != int(raw) {
			return false, damaged(s.offset, "a blob's LZ4 data do not hold the %d bytes that it says", raw)
		}
	case packedZstd:
		return false, h.zstd(s, data, int(raw))
	}
	return false, nil
}

func (h *hand) zstd(s span, data []byte, raw int) error {
	if h.unzip == nil {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBlob+1))
		if err != nil {
			return fmt.Errorf("start zstd: %w", err)
		}
		h.unzip = d
	}
	h.room(raw)
	out, err := h.unzip.DecodeAll(data, h.out[:0])
	if err != nil || len(out) != raw {
		return damaged(s.offset, "a blob's Zstandard data do not hold the %d bytes that it says", raw)
	}
	h.out = out
	return nil
}

// room makes out n bytes long.
func (h *hand) room(n int) {
	if cap(h.out) < n {
		h.out = make([]byte, n, n+n/4)
	}
	h.out = h.out[:n]
}

// head makes the first n bytes of out hold what they should, n at most len(out).
func (h *hand) head(s span, n int) error {
	return h.inflate(s, func() error { return h.z.Head(min(n, len(h.out))) })
}

// rest makes all of out hold what it should.
func (h *hand) rest(s span) error { return h.inflate(s, h.z.Rest) }

// inflate does a step, and again with the whole blob if the part that was read does not suffice.
func (h *hand) inflate(s span, step func() error) error {
	err := step()
	if whole := int(s.head) + int(s.size); errors.Is(err, inflate.ErrShort) && len(h.src) < whole {
		if err := h.read(s.offset, len(h.src), whole); err != nil {
			return err
		}
		_, _, from, to, _, err := blobFields(h.src[s.head:], int(s.size))
		if err != nil {
			return damaged(s.offset, "%w", err)
		}
		h.z.Extend(h.src[from+int(s.head) : to+int(s.head)])
		if err := step(); err != nil {
			return damaged(s.offset, "%w", err)
		}
		return nil
	}
	if err != nil {
		return damaged(s.offset, "%w", err)
	}
	return nil
}

// load reads the blob at s whole and parses its block.
func (h *hand) load(s span) error {
	if err := h.read(s.offset, 0, int(s.head)+int(s.size)); err != nil {
		return err
	}
	partly, err := h.open(s)
	if err == nil && partly {
		err = h.rest(s)
	}
	if err != nil {
		return err
	}
	if err := h.block.parse(h.out); err != nil {
		return damaged(s.offset, "%w", err)
	}
	return nil
}
