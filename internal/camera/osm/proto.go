package osm

// message reads one Protocol Buffers message (https://protobuf.dev/programming-guides/encoding/). A wrong byte sets
// bad and ends it; nothing read after that counts.
type message struct {
	b   []byte
	i   int
	bad bool
}

// The wire types that the formats use.
const (
	wireVarint = 0
	wireFixed8 = 1
	wireBytes  = 2
	wireFixed4 = 5
)

// next reads the key of the next field.
func (m *message) next() (field uint32, wire uint8, ok bool) {
	if m.bad || m.i >= len(m.b) {
		return 0, 0, false
	}
	key := m.uvarint()
	if m.bad || key>>3 == 0 || key>>3 > 1<<29-1 {
		m.bad = true
		return 0, 0, false
	}
	return uint32(key >> 3), uint8(key & 7), true
}

func (m *message) uvarint() uint64 {
	v, i := uvarint(m.b, m.i)
	if i < 0 {
		m.bad = true
		return 0
	}
	m.i = i
	return v
}

// bytes reads a field of wire type 2.
func (m *message) bytes() []byte {
	n := m.uvarint()
	if m.bad || n > uint64(len(m.b)-m.i) {
		m.bad = true
		return nil
	}
	b := m.b[m.i : m.i+int(n)]
	m.i += int(n)
	return b
}

// skip passes over the value of a field that nobody wants.
func (m *message) skip(wire uint8) {
	switch wire {
	case wireVarint:
		m.uvarint()
	case wireBytes:
		m.bytes()
	case wireFixed8, wireFixed4:
		n := 8
		if wire == wireFixed4 {
			n = 4
		}
		if m.i+n > len(m.b) {
			m.bad = true
			return
		}
		m.i += n
	default:
		m.bad = true
	}
}

// uvarint decodes a number at b[i:] and returns where the next begins, -1 if it is cut or too long.
func uvarint(b []byte, i int) (uint64, int) {
	if uint(i) < uint(len(b)) && b[i] < 0x80 {
		return uint64(b[i]), i + 1
	}
	var v uint64
	for shift := uint(0); shift < 70; shift += 7 {
		if uint(i) >= uint(len(b)) {
			return 0, -1
		}
		c := b[i]
		i++
		if shift == 63 && c > 1 {
			return 0, -1
		}
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return v, i
		}
	}
	return 0, -1
}

// zigzag undoes the encoding of signed numbers.
func zigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

// packed reads the numbers of a packed field, one after another.
type packed struct {
	b   []byte
	i   int
	bad bool
}

func (p *packed) more() bool { return !p.bad && p.i < len(p.b) }

func (p *packed) uvarint() uint64 {
	if i := p.i; uint(i) < uint(len(p.b)) && p.b[i] < 0x80 {
		p.i = i + 1
		return uint64(p.b[i])
	}
	v, i := uvarint(p.b, p.i)
	if i < 0 {
		p.bad = true
		return 0
	}
	p.i = i
	return v
}

func (p *packed) svarint() int64 { return zigzag(p.uvarint()) }

// count returns how many numbers there are: a number ends with a byte below 0x80.
func count(b []byte) int {
	n := 0
	for _, c := range b {
		n += int(c>>7 ^ 1)
	}
	return n
}
