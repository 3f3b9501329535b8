package inflate

import "encoding/binary"

// Margins within which the fast loop need not look at every byte: one round reads at most 16 bytes ahead, and writes at most
// three literals, or two and a match that is copied in words.
const (
	inputMargin  = 16
	outputMargin = 258 + 3 + 16
)

// codes decodes symbols until about n bytes are out, the block ends, or the input does.
func (z *Stream) codes(n int) error {
	for z.at < n || n == len(z.out) {
		if z.pos+inputMargin <= len(z.src) && z.at+outputMargin <= len(z.out) {
			done, err := z.fast(n)
			if done || err != nil {
				return err
			}
			if z.at >= n {
				return nil
			}
		}
		done, err := z.one()
		if done || err != nil {
			return err
		}
	}
	return nil
}

// fast decodes while the margins hold and fewer than n bytes are out. It reports whether the block ended.
func (z *Stream) fast(n int) (bool, error) {
	src, out := z.src, z.out
	pos, hold, have, at := z.pos, z.bits, z.n, z.at
	litlen, dist := &z.litlen, &z.dist
	lastPos, lastAt := len(src)-inputMargin, min(n-1, len(out)-outputMargin)
	ended := false
	var err error
loop:
	for pos <= lastPos && at <= lastAt {
		// At least 56 bits: three times the root (33) and a length (20) need no more.
		hold |= binary.LittleEndian.Uint64(src[pos:]) << (have & 63)
		pos += int((63 - have) >> 3)
		have |= 56
		entry := litlen[hold&(1<<litlenRoot-1)]
		if entry&isLiteral != 0 {
			hold >>= entry & entryBits
			have -= uint(entry & entryBits)
			out[at] = byte(entry >> valueShift)
			at++
			entry = litlen[hold&(1<<litlenRoot-1)]
			if entry&isLiteral != 0 {
				hold >>= entry & entryBits
				have -= uint(entry & entryBits)
				out[at] = byte(entry >> valueShift)
				at++
				entry = litlen[hold&(1<<litlenRoot-1)]
				if entry&isLiteral != 0 {
					hold >>= entry & entryBits
					have -= uint(entry & entryBits)
					out[at] = byte(entry >> valueShift)
					at++
					continue
				}
			}
		}
		if entry&isExcept != 0 {
			if entry&isLink != 0 {
				hold >>= litlenRoot
				have -= litlenRoot
				width := entry >> extraShift & extraMask
				entry = litlen[(entry>>valueShift+uint32(hold)&(1<<width-1))&(litlenSize-1)]
			}
			if entry&isLiteral != 0 {
				hold >>= entry & entryBits
				have -= uint(entry & entryBits)
				out[at] = byte(entry >> valueShift)
				at++
				continue
			}
			if entry&isExcept != 0 {
				if entry&isEnd != 0 {
					hold >>= entry & entryBits
					have -= uint(entry & entryBits)
					ended = true
				} else {
					err = ErrCorrupt
				}
				break loop
			}
		}
		extra := entry >> extraShift & extraMask
		all := entry & entryBits
		length := int(entry>>valueShift) + int(hold>>((all-extra)&63)&(1<<extra-1))
		hold >>= all
		have -= uint(all)

		if have < 28 { // the most that a distance has
			hold |= binary.LittleEndian.Uint64(src[pos:]) << (have & 63)
			pos += int((63 - have) >> 3)
			have |= 56
		}
		entry = dist[hold&(1<<distRoot-1)]
		if entry&isLink != 0 {
			hold >>= distRoot
			have -= distRoot
			width := entry >> extraShift & extraMask
			entry = dist[(entry>>valueShift+uint32(hold)&(1<<width-1))&(distSize-1)]
		}
		if entry&isBad != 0 {
			err = ErrCorrupt
			break
		}
		extra = entry >> extraShift & extraMask
		all = entry & entryBits
		distance := int(entry>>valueShift) + int(hold>>((all-extra)&63)&(1<<extra-1))
		hold >>= all
		have -= uint(all)
		from := at - distance
		if from < 0 {
			err = ErrCorrupt
			break
		}
		if distance >= 8 {
			binary.LittleEndian.PutUint64(out[at:], binary.LittleEndian.Uint64(out[from:]))
			if length <= 8 {
				at += length
				continue
			}
			binary.LittleEndian.PutUint64(out[at+8:], binary.LittleEndian.Uint64(out[from+8:]))
			if length <= 16 {
				at += length
				continue
			}
		}
		at = match(out, at, from, length)
	}
	z.pos, z.bits, z.n, z.at = pos, hold&(1<<have-1), have, at
	if ended {
		z.state = atBlock
	}
	return ended, err
}

// match repeats length bytes from from at at, in words where it may: out has a margin behind them.
func match(out []byte, at, from, length int) int {
	end := at + length
	if at-from >= 8 {
		for at < end {
			binary.LittleEndian.PutUint64(out[at:], binary.LittleEndian.Uint64(out[from:]))
			at += 8
			from += 8
		}
		return end
	}
	if at-from == 1 {
		word := uint64(out[from]) * 0x0101010101010101
		for at < end {
			binary.LittleEndian.PutUint64(out[at:], word)
			at += 8
		}
		return end
	}
	for at < end {
		out[at] = out[from]
		at++
		from++
	}
	return end
}

// one decodes one symbol with every check: near the ends of input and output. If the symbol is not whole, the stream
// stands before it.
func (z *Stream) one() (ended bool, err error) {
	z.need(56) // what there is
	hold, have := z.bits, z.n
	entry, ok := take(z.litlen[:], litlenRoot, &hold, &have)
	if !ok {
		return false, ErrShort
	}
	switch {
	case entry&isBad != 0:
		return false, ErrCorrupt
	case entry&isEnd != 0:
		z.bits, z.n, z.state = hold, have, atBlock
		return true, nil
	case entry&isLiteral != 0:
		if z.at == len(z.out) {
			return false, ErrLong
		}
		z.out[z.at] = byte(entry >> valueShift)
		z.at++
		z.bits, z.n = hold, have
		return false, nil
	}
	length := z.extra(entry, z.bits, z.n-have)
	before, had := hold, have
	entry, ok = take(z.dist[:], distRoot, &hold, &have)
	if !ok {
		return false, ErrShort
	}
	if entry&isBad != 0 {
		return false, ErrCorrupt
	}
	distance := z.extra(entry, before, had-have)
	from := z.at - distance
	if from < 0 {
		return false, ErrCorrupt
	}
	if length > len(z.out)-z.at {
		return false, ErrLong
	}
	for range length {
		z.out[z.at] = z.out[from]
		z.at++
		from++
	}
	z.bits, z.n = hold, have
	return false, nil
}

// take decodes one symbol with its extra bits off hold. It reports false if there are too few bits.
func take(table []uint32, root uint, hold *uint64, have *uint) (uint32, bool) {
	entry := table[*hold&(1<<root-1)]
	used := uint(0)
	if entry&isLink != 0 {
		width := entry >> extraShift & extraMask
		used = root
		entry = table[entry>>valueShift+uint32(*hold>>root)&(1<<width-1)]
	}
	if entry&isBad != 0 && *have < maxBits {
		return entry, false // with more bits it might be another code
	}
	used += uint(entry & entryBits)
	if used > *have {
		return entry, false
	}
	*hold >>= used
	*have -= used
	return entry, true
}

// extra returns the value of an entry whose code and extra bits were the lowest used bits of hold.
func (z *Stream) extra(entry uint32, hold uint64, used uint) int {
	extra := uint(entry >> extraShift & extraMask)
	return int(entry>>valueShift) + int(hold>>(used-extra)&(1<<extra-1))
}
