package inflate

import "math/bits"

// Sizes of alphabets (RFC 1951, 3.2.5 to 3.2.7) and of the tables that decode them. A table is indexed by the next bits of
// the input; codes longer than its root lead to a second table behind it. The sizes are the most that a complete code can need
// with these roots (zlib's examples/enough.c: 288 symbols, root 11: 2342; 32 symbols, root 8: 402), rounded up.
const (
	maxLitlen  = 288
	maxDist    = 32
	litlenRoot = 11
	distRoot   = 8
	litlenSize = 1 << 12
	distSize   = 1 << 9
	codeRoot   = 7
	maxBits    = 15
)

// An entry of a table is a uint32.
//
//	bits 0 to 4    how many bits the code has, what remains of it in a second table; with its extra bits for a length or
//	               distance (5 bits hold 15+13=28)
//	bits 5 to 8    how many of those are extra bits; for a link, how many bits the second table is indexed by
//	bits 9 to 12   what sort of entry it is
//	bits 16 to 31  literal, base of the length or distance, or where the second table begins
const (
	entryBits    = 0x1f
	extraShift   = 5
	extraMask    = 0xf
	isLiteral    = 1 << 9
	isEnd        = 1 << 10
	isLink       = 1 << 11
	isBad        = 1 << 12 // a code that stands for nothing
	valueShift   = 16
	isExcept     = isEnd | isLink | isBad
	noEntry      = isBad
	endSymbol    = 256
	firstLength  = 257
	lengthCodes  = 29
	distanceCode = 30
)

var lengthBase = [lengthCodes]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
	131, 163, 195, 227, 258}

var lengthExtra = [lengthCodes]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}

var distBase = [distanceCode]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
	2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}

var distExtra = [distanceCode]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12,
	13, 13}

// What each symbol means, but for the length of its code.
var litlenMeaning, distMeaning, codeMeaning = meanings()

func meanings() (litlen [maxLitlen]uint32, dist [maxDist]uint32, code [19]uint32) {
	for s := range litlen {
		switch {
		case s < endSymbol:
			litlen[s] = isLiteral | uint32(s)<<valueShift
		case s == endSymbol:
			litlen[s] = isEnd
		case s-firstLength < lengthCodes:
			e := uint32(lengthExtra[s-firstLength])
			litlen[s] = uint32(lengthBase[s-firstLength])<<valueShift | e<<extraShift | e
		default:
			litlen[s] = isBad
		}
	}
	for s := range dist {
		if s >= distanceCode {
			dist[s] = isBad
			continue
		}
		e := uint32(distExtra[s])
		dist[s] = uint32(distBase[s])<<valueShift | e<<extraShift | e
	}
	for s := range code {
		code[s] = uint32(s) << valueShift
	}
	return litlen, dist, code
}

// build makes the table of a canonical code from the lengths of its symbols' codes (RFC 1951, 3.2.2). A code that is over-full
// or not complete is refused, as zlib does, but for a code of one symbol or none, which a block without matches has.
func build(table []uint32, root uint, lengths []uint8, meaning []uint32) error {
	var count [maxBits + 1]int
	for _, l := range lengths {
		count[l]++
	}
	used := len(lengths) - count[0]
	left := 1
	for l := 1; l <= maxBits; l++ {
		left = left<<1 - count[l]
		if left < 0 {
			return ErrCorrupt
		}
	}
	if left > 0 && (used > 1 || used == 1 && count[1] != 1) {
		return ErrCorrupt
	}
	if left > 0 { // one symbol or none: what it does not cover stands for nothing
		for i := range table[:1<<root] {
			table[i] = noEntry
		}
	}
	// Symbols in the order of their codes.
	var offset [maxBits + 2]int
	for l := 1; l <= maxBits; l++ {
		offset[l+1] = offset[l] + count[l]
	}
	var sorted [maxLitlen]uint16
	for s, l := range lengths {
		if l != 0 {
			sorted[offset[l]] = uint16(s)
			offset[l]++
		}
	}
	return fill(table, root, &count, sorted[:used], meaning)
}

// fill writes the entries of a code whose symbols are sorted.
func fill(table []uint32, root uint, count *[maxBits + 1]int, sorted []uint16, meaning []uint32) error {
	code := uint(0)
	next := 0
	for l := uint(1); l <= root; l++ {
		for range count[l] {
			entry := meaning[sorted[next]] + uint32(l)
			next++
			step := 1 << l
			for i := int(bits.Reverse16(uint16(code)) >> (16 - l)); i < 1<<root; i += step {
				table[i] = entry
			}
			code++
		}
		code <<= 1
	}
	end := 1 << root // where the next second table begins
	prefix, width := -1, uint(0)
	begin := 0
	for l := root + 1; l <= maxBits; l++ {
		for i := range count[l] {
			reversed := int(bits.Reverse16(uint16(code)) >> (16 - l))
			if p := reversed & (1<<root - 1); p != prefix {
				// As wide as the codes that share this beginning need: until they are complete.
				prefix, width = p, l-root
				for need := (1 << width) - (count[l] - i); need > 0 && width+root < maxBits; {
					width++
					need = need<<1 - count[root+width]
				}
				begin = end
				end += 1 << width
				if end > len(table) {
					return ErrCorrupt
				}
				table[prefix] = uint32(begin)<<valueShift | isLink | uint32(width)<<extraShift | uint32(root)
			}
			entry := meaning[sorted[next]] + uint32(l-root)
			next++
			for j := begin + reversed>>root; j < end; j += 1 << (l - root) {
				table[j] = entry
			}
			code++
		}
		code <<= 1
	}
	return nil
}

// fixedCodes makes the tables of RFC 1951, 3.2.6.
func (z *Stream) fixedCodes() error {
	if z.fixed {
		return nil
	}
	l := z.lengths[:maxLitlen+maxDist]
	for i := range l {
		switch {
		case i < 144:
			l[i] = 8
		case i < 256:
			l[i] = 9
		case i < 280:
			l[i] = 7
		case i < maxLitlen:
			l[i] = 8
		default:
			l[i] = 5
		}
	}
	if err := build(z.litlen[:], litlenRoot, l[:maxLitlen], litlenMeaning[:]); err != nil {
		return err
	}
	if err := build(z.dist[:], distRoot, l[maxLitlen:], distMeaning[:]); err != nil {
		return err
	}
	z.fixed = true
	return nil
}

// codeOrder is the order in which the lengths of the code-length code stand (RFC 1951, 3.2.7).
var codeOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// dynamicCodes reads the codes of a block and makes their tables.
func (z *Stream) dynamicCodes() error {
	if !z.need(14) {
		return ErrShort
	}
	litlens, dists, codes := int(z.bits&31)+257, int(z.bits>>5&31)+1, int(z.bits>>10&15)+4
	z.drop(14)
	if litlens > 286 || dists > 30 {
		return ErrCorrupt
	}
	var codeLengths [19]uint8
	for _, s := range codeOrder[:codes] {
		if !z.need(3) {
			return ErrShort
		}
		codeLengths[s] = uint8(z.bits & 7)
		z.drop(3)
	}
	z.fixed = false
	var table [1 << codeRoot]uint32
	if err := build(table[:], codeRoot, codeLengths[:], codeMeaning[:]); err != nil {
		return err
	}
	if err := z.codeLengths(&table, litlens+dists); err != nil {
		return err
	}
	if z.lengths[endSymbol] == 0 {
		return ErrCorrupt // such a block could not end
	}
	if err := build(z.litlen[:], litlenRoot, z.lengths[:litlens], litlenMeaning[:]); err != nil {
		return err
	}
	return build(z.dist[:], distRoot, z.lengths[litlens:litlens+dists], distMeaning[:])
}

// codeLengths reads n run-length coded lengths.
func (z *Stream) codeLengths(table *[1 << codeRoot]uint32, n int) error {
	for i := 0; i < n; {
		z.need(14) // a code and its extra bits; fewer may be enough at the very end
		entry := table[z.bits&(1<<codeRoot-1)]
		size := uint(entry & entryBits)
		if entry&isBad != 0 {
			if z.n < codeRoot {
				return ErrShort
			}
			return ErrCorrupt
		}
		if size > z.n {
			return ErrShort
		}
		symbol := entry >> valueShift
		if symbol < 16 {
			z.lengths[i] = uint8(symbol)
			i++
			z.drop(size)
			continue
		}
		var value uint8
		extra, base := uint(2), 3
		switch symbol {
		case 16:
			if i == 0 {
				return ErrCorrupt
			}
			value = z.lengths[i-1]
		case 17:
			extra = 3
		default:
			extra, base = 7, 11
		}
		if size+extra > z.n {
			return ErrShort
		}
		run := base + int(z.bits>>size&(1<<extra-1))
		z.drop(size + extra)
		if run > n-i {
			return ErrCorrupt
		}
		for range run {
			z.lengths[i] = value
			i++
		}
	}
	return nil
}
