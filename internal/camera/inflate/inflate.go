// Package inflate decodes zlib streams (RFC 1950, RFC 1951) that lie in memory, as far as it is asked to.
//
// It exists because most blocks of an OpenStreetMap file can be judged by their beginning: a stream is started, a
// few kilobytes are inflated, and the rest is never looked at. The standard library's reader, which keeps a window and
// copies out of it, costs more to start than such a head takes to decode. Here the output is the window: it is one
// buffer that is known to be long enough, because a block says its size before it begins.
//
// It is not a general decompressor: there is no io.Reader, no preset dictionary, and no stream longer than its
// buffer.
package inflate

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The ways in which a stream can be wrong.
var (
	// ErrShort: the input ends before the output that was asked for. With more input ([Stream.Extend]) the same call
	// may succeed.
	ErrShort = errors.New("compressed data end too early")
	// ErrLong: the stream holds more than its buffer.
	ErrLong = errors.New("compressed data hold more than they say")
	// ErrHeader: this is no zlib stream, or one with a preset dictionary.
	ErrHeader = errors.New("no zlib header")
	// ErrCorrupt: the stream breaks RFC 1951.
	ErrCorrupt = errors.New("compressed data are damaged")
	// ErrChecksum: everything was inflated, and it is not what was compressed.
	ErrChecksum = errors.New("compressed data do not match their checksum")
)

// The states between calls.
type state uint8

const (
	atHeader state = iota // before the two bytes of zlib
	atBlock               // before the three bits of a block
	inStored              // within a stored block
	inCodes               // within a compressed block
	atEnd                 // after the last block
	failed
)

// Stream is one zlib stream being inflated. The zero value is ready for Reset, and a Stream may be used for any number
// of streams, one after another; its tables are large, so it should be.
type Stream struct {
	src  []byte // input as far as it is there
	pos  int    // next byte of src that is not in bits
	bits uint64 // read and not used yet, the next one lowest
	n    uint   // how many of bits count

	out    []byte // the whole output; out[:at] is done
	at     int
	stored int // bytes left of a stored block
	state  state
	last   bool // the current block is the last
	err    error

	litlen  [litlenSize]uint32
	dist    [distSize]uint32
	fixed   bool // litlen and dist are those of the fixed codes
	lengths [maxLitlen + maxDist]uint8
}

// Reset begins with a new stream: src is its input, or the beginning of it, and out takes its output. The stream holds
// exactly len(out) bytes, or it is wrong. Neither slice may change before the stream is done with.
func (z *Stream) Reset(src, out []byte) {
	z.src, z.out = src, out
	z.pos, z.bits, z.n, z.at, z.stored = 0, 0, 0, 0, 0
	z.state, z.last, z.err = atHeader, false, nil
}

// Extend gives more input: src begins with all that was given before.
func (z *Stream) Extend(src []byte) { z.src = src }

// Done returns how much of the output is there.
func (z *Stream) Done() int { return z.at }

// Consumed returns how many bytes of the input were needed so far.
func (z *Stream) Consumed() int { return max(0, z.pos-int(z.n/8)) }

// Head inflates until at least n bytes of the output are there. It may do a little more.
func (z *Stream) Head(n int) error {
	if n > len(z.out) {
		return ErrShort
	}
	for z.at < n {
		if z.err != nil {
			return z.err
		}
		if z.state == atEnd {
			return z.fail(ErrShort)
		}
		if err := z.step(n); err != nil {
			if errors.Is(err, ErrShort) {
				return err // more input may come
			}
			return z.fail(err)
		}
	}
	return nil
}

// Rest inflates what is left and checks length and checksum. Input after the stream is not looked at.
func (z *Stream) Rest() error {
	for z.state != atEnd {
		if z.err != nil {
			return z.err
		}
		if err := z.step(len(z.out)); err != nil {
			if errors.Is(err, ErrShort) {
				return err
			}
			return z.fail(err)
		}
	}
	if z.at != len(z.out) {
		return z.fail(fmt.Errorf("%w: %d bytes of %d", ErrShort, z.at, len(z.out)))
	}
	pos := z.pos - int(z.n/8)
	if pos < 0 || pos+4 > len(z.src) {
		return ErrShort
	}
	if binary.BigEndian.Uint32(z.src[pos:]) != adler(z.out) {
		return z.fail(ErrChecksum)
	}
	return nil
}

func (z *Stream) fail(err error) error {
	z.state, z.err = failed, err
	return err
}

// step goes on from the current state until about n bytes are out or the state changes. After ErrShort the stream
// stands where it stood before the symbol or header that was not whole.
func (z *Stream) step(n int) error {
	switch z.state {
	case atHeader:
		if len(z.src) < 2 {
			return ErrShort
		}
		cmf, flg := z.src[0], z.src[1]
		if cmf&0x0f != 8 || cmf>>4 > 7 || (uint(cmf)<<8|uint(flg))%31 != 0 || flg&0x20 != 0 {
			return ErrHeader
		}
		z.pos, z.state = 2, atBlock
		return nil
	case atBlock:
		return z.block()
	case inStored:
		return z.copyStored()
	case inCodes:
		return z.codes(n)
	}
	return z.err
}

// block reads the header of a block, with its codes.
func (z *Stream) block() error {
	if z.last {
		z.state = atEnd
		return nil
	}
	pos, bits, n := z.pos, z.bits, z.n // to stand here again if the header is not whole
	err := z.blockHeader()
	if errors.Is(err, ErrShort) {
		z.pos, z.bits, z.n, z.last = pos, bits, n, false
	}
	return err
}

func (z *Stream) blockHeader() error {
	if !z.need(3) {
		return ErrShort
	}
	z.last = z.bits&1 != 0
	kind := z.bits >> 1 & 3
	z.drop(3)
	switch kind {
	case 0:
		z.drop(z.n & 7)
		if !z.need(32) {
			return ErrShort
		}
		size, inverse := uint16(z.bits), uint16(z.bits>>16)
		if size != ^inverse {
			return ErrCorrupt
		}
		z.drop(32)
		z.stored, z.state = int(size), inStored
		return nil
	case 1:
		if err := z.fixedCodes(); err != nil {
			return err
		}
	case 2:
		if err := z.dynamicCodes(); err != nil {
			return err
		}
	default:
		return ErrCorrupt
	}
	z.state = inCodes
	return nil
}

// copyStored copies as much of a stored block as there is.
func (z *Stream) copyStored() error {
	if z.stored > len(z.out)-z.at {
		return ErrLong
	}
	for z.stored > 0 && z.n >= 8 { // bytes that were already taken into bits
		z.out[z.at] = byte(z.bits)
		z.drop(8)
		z.at, z.stored = z.at+1, z.stored-1
	}
	if z.n < 8 {
		z.bits, z.n = 0, 0 // a stored block begins at a byte: what is left are no bits of it
	}
	n := min(z.stored, len(z.src)-z.pos)
	copy(z.out[z.at:], z.src[z.pos:z.pos+n])
	z.pos, z.at, z.stored = z.pos+n, z.at+n, z.stored-n
	if z.stored > 0 {
		return ErrShort
	}
	z.state = atBlock
	return nil
}

// need makes at least n bits ready (n <= 56), if the input has them.
func (z *Stream) need(n uint) bool {
	for z.n < n {
		if z.pos >= len(z.src) {
			return false
		}
		z.bits |= uint64(z.src[z.pos]) << z.n
		z.pos++
		z.n += 8
	}
	return true
}

func (z *Stream) drop(n uint) {
	z.bits >>= n
	z.n -= n
}
