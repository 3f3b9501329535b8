package font

import (
	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// toUnicode says which letters codes stand for (ISO 32000-1, 9.10.3). Where a code has several, the least counts, as
// PDFium has it.
type toUnicode struct {
	one  map[uint32]uint16 // what a code stands for, where it is one unit of UTF-16
	more map[uint32][]uint16
	back map[uint16]uint32 // the least code of a letter; made when it is asked for
	odd  map[uint32]bool   // codes of which PDFium makes something of its own
}

// maxMapped is how many codes a map may have.
const maxMapped = 1 << 16

// parseToUnicode reads a CMap of letters. What it has beside "bfchar" and "bfrange" does not matter for them.
func parseToUnicode(data []byte) (*toUnicode, error) {
	m := &toUnicode{one: map[uint32]uint16{}}
	w := cmapWords{data: data}
	before := cmapWord{}
	for {
		word := w.next()
		if word.kind == wordEnd {
			return m, w.err
		}
		switch string(word.text) {
		case "beginbfchar":
			if err := m.chars(&w, before); err != nil {
				return nil, err
			}
		case "beginbfrange":
			if err := m.ranges(&w, before); err != nil {
				return nil, err
			}
		case "Adobe-Korea1-UCS2", "Adobe-Japan1-UCS2", "Adobe-CNS1-UCS2", "Adobe-GB1-UCS2":
			return nil, doubt.New(doubt.CMap, string(word.text))
		}
		before = word
	}
}

func (m *toUnicode) chars(w *cmapWords, count cmapWord) error {
	n := 0
	for {
		word := w.next()
		if word.kind == wordEnd || string(word.text) == "endbfchar" {
			break
		}
		code, ok := word.code()
		letters := w.next()
		if !ok || letters.kind != wordHex {
			return doubt.New(doubt.CMap, "bfchar")
		}
		if err := m.set(code, letters.units()); err != nil {
			return err
		}
		n++
	}
	return count.counts(n)
}

func (m *toUnicode) ranges(w *cmapWords, count cmapWord) error {
	bad := doubt.New(doubt.CMap, "bfrange")
	n := 0
	for {
		word := w.next()
		if word.kind == wordEnd || string(word.text) == "endbfrange" {
			break
		}
		low, ok := word.code()
		high, ok2 := w.next().code()
		if !ok || !ok2 {
			return bad
		}
		high = low&^0xff | high&0xff
		if high < low {
			return bad
		}
		n++
		first := w.next()
		switch {
		case first.kind == wordHex:
			units := first.units()
			if len(units) == 0 {
				return bad
			}
			last := len(units) - 1
			if int(units[last])+int(high-low) > 0xffff {
				return bad
			}
			for code := low; code <= high; code++ {
				next := append([]uint16{}, units...)
				next[last] += uint16(code - low)
				if err := m.set(code, next); err != nil {
					return err
				}
			}
		case string(first.text) == "[":
			for code := low; code <= high; code++ {
				letters := w.next()
				if letters.kind != wordHex {
					return bad
				}
				if err := m.set(code, letters.units()); err != nil {
					return err
				}
			}
			if string(w.next().text) != "]" {
				return bad
			}
		default:
			return bad
		}
	}
	return count.counts(n)
}

func (m *toUnicode) set(code uint32, units []uint16) error {
	if len(m.one)+len(m.more) >= maxMapped {
		return doubt.New(doubt.LimitObjects, "codes of a CMap")
	}
	if code > 0xffff {
		return doubt.New(doubt.CMap, "a long code")
	}
	old, one := m.one[code]
	_, more := m.more[code]
	switch len(units) {
	case 0:
	case 1:
		if units[0] == 0xffff || more {
			m.setOdd(code)
		} else if !one || units[0] < old {
			m.one[code] = units[0]
		}
	default:
		if one || more {
			m.setOdd(code)
		}
		if m.more == nil {
			m.more = map[uint32][]uint16{}
		}
		m.more[code] = units
	}
	return nil
}

func (m *toUnicode) setOdd(code uint32) {
	if m.odd == nil {
		m.odd = map[uint32]bool{}
	}
	m.odd[code] = true
}

// lookup answers what a code stands for, nothing where the map has none.
func (m *toUnicode) lookup(code uint32) (uint16, []uint16) {
	if m == nil {
		return 0, nil
	}
	if u, ok := m.one[code]; ok {
		if u == 0 {
			return 0, []uint16{0}
		}
		return u, nil
	}
	return 0, m.more[code]
}

// code answers the least code that stands for a letter, 0 where there is none.
func (m *toUnicode) code(u uint16) uint32 {
	if m == nil {
		return 0
	}
	if m.back == nil {
		m.back = make(map[uint16]uint32, len(m.one))
		for c, v := range m.one {
			if least, ok := m.back[v]; !ok || c < least {
				m.back[v] = c
			}
		}
	}
	return m.back[u]
}

// counts reports a doubt where a section has not as many entries as it says.
func (c cmapWord) counts(n int) error {
	said := 0
	for _, d := range c.text {
		if d < '0' || d > '9' || said > maxMapped {
			return doubt.New(doubt.CMap, "a section without a count")
		}
		said = said*10 + int(d-'0')
	}
	if said != n {
		return doubt.New(doubt.CMap, "a section with another count")
	}
	return nil
}
