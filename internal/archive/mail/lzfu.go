package mail

import (
	"encoding/binary"
	"hash/crc32"
)

// Head of a compressed RTF (MS-OXRTFCP 2.1.3.1): sizes, kind, checksum, four bytes each.
const (
	lzfuHead  = 16
	lzfuKind  = 0x75465A4C // "LZFu"
	plainKind = 0x414C454D // "MELA": not compressed
)

// lzfuDictionary is what the window of 4,096 bytes holds at the start (MS-OXRTFCP 2.1.2.1).
const lzfuDictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
	"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

const lzfuWindow = 4096

// unpackRTF decompresses the RTF of an Outlook message (MS-OXRTFCP). Its errors are Refusals.
func unpackRTF(b []byte) ([]byte, error) {
	if len(b) < lzfuHead {
		return nil, refuse("the message's compressed RTF is damaged: its head is missing")
	}
	le := binary.LittleEndian
	packed, size, kind, sum := le.Uint32(b), le.Uint32(b[4:]), le.Uint32(b[8:]), le.Uint32(b[12:])
	const counted = 12 // bytes of the head that packed counts in
	if packed < counted || int64(packed)-counted > int64(len(b)-lzfuHead) {
		return nil, refuse("the message's compressed RTF is damaged: it is shorter than it says")
	}
	if size > MaxBytes {
		return nil, refuse("the message's RTF unpacks to %d MiB, more than the %d MiB that are read", size>>20, MaxBytes>>20)
	}
	contents := b[lzfuHead : lzfuHead+int(packed-counted)]
	switch kind {
	case plainKind:
		return contents[:min(len(contents), int(size))], nil
	case lzfuKind:
	default:
		return nil, refuse("the message's compressed RTF is damaged: it does not say how it is compressed")
	}
	// CRC-32 without the inversions at its start and end
	if ^crc32.Update(^uint32(0), crc32.IEEETable, contents) != sum {
		return nil, refuse("the message's compressed RTF is damaged: its checksum is wrong")
	}
	return inflateRTF(contents, int(size))
}

// inflateRTF undoes the compression: a control byte, whose bits say of the next eight tokens, the lowest first, whether each
// is a byte (0) or two that refer to the window (1): where in 12 bits, how long in four, less two.
func inflateRTF(b []byte, size int) ([]byte, error) {
	var window [lzfuWindow]byte
	at := copy(window[:], lzfuDictionary)
	const longest = 17 // bytes that two may stand for
	out := make([]byte, 0, min(size, len(b)*longest/2+longest))
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) % lzfuWindow
	}
	for i := 0; i < len(b); {
		control := b[i]
		i++
		for bit := range 8 {
			switch {
			case control>>bit&1 == 0:
				if i >= len(b) {
					return nil, refuse("the message's compressed RTF is damaged: it breaks off")
				}
				put(b[i])
				i++
			case i+2 > len(b):
				return nil, refuse("the message's compressed RTF is damaged: it breaks off")
			default:
				reference := int(binary.BigEndian.Uint16(b[i:]))
				i += 2
				from := reference >> 4
				if from == at {
					return out[:min(len(out), size)], nil // the end
				}
				for range reference&0xf + 2 {
					put(window[from])
					from = (from + 1) % lzfuWindow
				}
			}
			if len(out) > size {
				return nil, refuse("the message's compressed RTF is damaged: it unpacks to more than it says")
			}
		}
	}
	return nil, refuse("the message's compressed RTF is damaged: it breaks off")
}
