package archivetest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// PackRTF compresses as Outlook does (MS-OXRTFCP). It looks for each piece behind all that was written, which is slow.
func PackRTF(b []byte) []byte {
	const dictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
		"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`
	const window, longest = 4096, 17
	written := append([]byte(dictionary), b...)
	var contents, tokens []byte
	control, n := byte(0), 0
	token := func(reference bool, bytes ...byte) {
		if reference {
			control |= 1 << n
		}
		tokens = append(tokens, bytes...)
		if n++; n == 8 {
			contents = append(append(contents, control), tokens...)
			control, n, tokens = 0, 0, nil
		}
	}
	refer := func(from, length int) {
		token(true, byte(from%window>>4), byte(from%window<<4&0xf0|(length-2)))
	}
	for at := len(dictionary); at < len(written); {
		from, length := -1, min(longest, len(written)-at)
		oldest := max(0, at-window+longest)
		for ; length > 1 && from < 0; length-- {
			if i := bytes.LastIndex(written[oldest:at], written[at:at+length]); i >= 0 {
				from = oldest + i
				break
			}
		}
		if from < 0 {
			token(false, written[at])
			at++
			continue
		}
		refer(from, length)
		at += length
	}
	refer(len(written), 2)
	if n > 0 {
		contents = append(append(contents, control), tokens...)
	}
	le := binary.LittleEndian
	out := le.AppendUint32(nil, uint32(len(contents)+12))
	out = le.AppendUint32(out, uint32(len(b)))
	out = append(out, "LZFu"...)
	out = le.AppendUint32(out, ^crc32.Update(^uint32(0), crc32.IEEETable, contents))
	return append(out, contents...)
}
