package font

import (
	"encoding/binary"
	"strings"
)

// trueType is a font in the form of OpenType with TrueType outlines (ISO/IEC 14496-22). Of a glyph's outline only its
// box is read.
type trueType struct {
	count      int
	unitsPerEm int
	bbox       Box
	loca, glyf []byte
	long       bool
	hmtx       []byte
	metrics    int // entries of hmtx with an advance
	cmaps      []cmap
	postTable  []byte
	post       map[string]int // made when a name is asked for
}

// cmap is a table of the cmap: characters to glyphs.
type cmap struct {
	platform, encoding int
	data               []byte       // from the subtable on
	made               map[rune]int // in its place, where the table was made from the names of glyphs
}

// complete adds a table of Unicode made from the names of glyphs to a file that has names and no such table, as FreeType
// does.
func (f *trueType) complete() {
	for _, c := range f.cmaps {
		if c.platform == 0 || c.platform == 3 && (c.encoding == 0 || c.encoding == 1 || c.encoding == 10) {
			return
		}
	}
	if !f.named() {
		return
	}
	f.post = parsePost(f.postTable)
	names := make([]string, f.count)
	for name, g := range f.post {
		if g < len(names) {
			names[g] = name
		}
	}
	if made := unicodes(names); len(made) > 0 {
		f.cmaps = append(f.cmaps, cmap{platform: 3, encoding: 1, made: made})
	}
}

// sfnt answers the tables of an OpenType file by name.
func sfnt(data []byte) (map[string][]byte, error) {
	be := binary.BigEndian
	if len(data) < 12 {
		return nil, badFile("cut off")
	}
	n := int(be.Uint16(data[4:]))
	if len(data) < 12+16*n {
		return nil, badFile("its directory")
	}
	tables := map[string][]byte{}
	for i := range n {
		e := data[12+16*i:]
		at, size := uint64(be.Uint32(e[8:])), uint64(be.Uint32(e[12:]))
		if at > uint64(len(data)) {
			return nil, badFile("a table beyond it")
		}
		if at+size > uint64(len(data)) {
			size = uint64(len(data)) - at
		}
		if name := string(e[:4]); tables[name] == nil {
			tables[name] = data[at : at+size]
		}
	}
	return tables, nil
}

func parseTrueType(data []byte) (*trueType, error) {
	be := binary.BigEndian
	if !strings.HasPrefix(string(data), "\x00\x01\x00\x00") && !strings.HasPrefix(string(data), "true") {
		return nil, badFile("no TrueType")
	}
	t, err := sfnt(data)
	if err != nil {
		return nil, err
	}
	head, maxp, hhea := t["head"], t["maxp"], t["hhea"]
	if len(head) < 54 || len(maxp) < 6 || len(hhea) < 36 || t["loca"] == nil || t["glyf"] == nil || t["hmtx"] == nil {
		return nil, badFile("a table is missing")
	}
	f := &trueType{count: int(be.Uint16(maxp[4:])), unitsPerEm: int(be.Uint16(head[18:])), loca: t["loca"], glyf: t["glyf"],
		long: be.Uint16(head[50:]) != 0, hmtx: t["hmtx"], metrics: int(be.Uint16(hhea[34:]))}
	if f.unitsPerEm < 16 || f.unitsPerEm > 16384 {
		return nil, badFile("units of the em")
	}
	f.bbox = f.boxAt(head[36:])
	f.cmaps = parseCmaps(t["cmap"])
	f.postTable = t["post"]
	return f, nil
}

// boxAt reads xMin, yMin, xMax, yMax.
func (f *trueType) boxAt(b []byte) Box {
	at := func(i int) int32 {
		return thousandths(int(int16(binary.BigEndian.Uint16(b[i:]))), f.unitsPerEm)
	}
	return Box{at(0), at(2), at(4), at(6)}
}

func (f *trueType) glyphs() int { return f.count }
func (f *trueType) bounds() Box { return f.bbox }

func (f *trueType) box(glyph int) (Box, error) {
	be := binary.BigEndian
	if glyph < 0 || glyph >= f.count {
		return Box{}, badFile("a glyph beyond it")
	}
	var from, to int
	if f.long {
		if 4*glyph+8 > len(f.loca) {
			return Box{}, badFile("places of glyphs")
		}
		from, to = int(be.Uint32(f.loca[4*glyph:])), int(be.Uint32(f.loca[4*glyph+4:]))
	} else {
		if 2*glyph+4 > len(f.loca) {
			return Box{}, badFile("places of glyphs")
		}
		from, to = 2*int(be.Uint16(f.loca[2*glyph:])), 2*int(be.Uint16(f.loca[2*glyph+2:]))
	}
	if from == to {
		return Box{}, nil // nothing is drawn
	}
	if from > to || to > len(f.glyf) || to-from < 10 {
		return Box{}, badFile("places of glyphs")
	}
	if int16(be.Uint16(f.glyf[from:])) == 0 {
		return Box{}, nil
	}
	return f.boxAt(f.glyf[from+2:]), nil
}

func (f *trueType) advance(glyph int) (int, error) {
	if glyph < 0 || glyph >= f.count || f.metrics == 0 {
		return 0, badFile("widths")
	}
	glyph = min(glyph, f.metrics-1)
	if 4*glyph+2 > len(f.hmtx) {
		return 0, badFile("widths")
	}
	return int(thousandths(int(binary.BigEndian.Uint16(f.hmtx[4*glyph:])), f.unitsPerEm)), nil
}

func (f *trueType) byName(name string) int {
	if f.post == nil {
		f.post = parsePost(f.postTable)
	}
	return f.post[name]
}

// named reports whether the file says that its glyphs have names.
func (f *trueType) named() bool {
	return len(f.postTable) >= 4 && binary.BigEndian.Uint32(f.postTable) != 0x00030000
}

func (f *trueType) byUnicode(r rune) int {
	for _, c := range f.cmaps {
		if c.platform == 3 && (c.encoding == 1 || c.encoding == 10) || c.platform == 0 {
			if g := c.lookup(uint32(r)); g != 0 {
				return g
			}
		}
	}
	return 0
}

// table answers the cmap of a platform and an encoding.
func (f *trueType) table(platform, encoding int) (cmap, bool) {
	for _, c := range f.cmaps {
		if c.platform == platform && c.encoding == encoding {
			return c, true
		}
	}
	return cmap{}, false
}

func (f *trueType) byCode(int) (int, string) { return 0, "" } // simple.go has the rules for codes

// symbol answers the glyph of a code in the table of symbols, whose characters may stand on one of four pages.
func (f *trueType) symbol(code int) int {
	c, ok := f.table(3, 0)
	if !ok {
		return 0
	}
	for _, page := range [...]int{0, 0xf000, 0xf100, 0xf200} {
		if g := c.lookup(uint32(page + code)); g != 0 {
			return g
		}
	}
	return 0
}

func parseCmaps(b []byte) []cmap {
	be := binary.BigEndian
	if len(b) < 4 {
		return nil
	}
	var out []cmap
	for i := range int(be.Uint16(b[2:])) {
		if 4+8*i+8 > len(b) {
			break
		}
		e := b[4+8*i:]
		if at := uint64(be.Uint32(e[4:])); at+2 <= uint64(len(b)) {
			out = append(out, cmap{platform: int(be.Uint16(e)), encoding: int(be.Uint16(e[2:])), data: b[at:]})
		}
	}
	return out
}

// lookup answers the glyph of a character, by the forms 0, 4, 6 and 12.
func (c cmap) lookup(r uint32) int {
	if c.made != nil {
		return c.made[rune(r)]
	}
	be := binary.BigEndian
	d := c.data
	switch be.Uint16(d) {
	case 0:
		if r < 256 && len(d) >= 6+256 {
			return int(d[6+r])
		}
	case 4:
		return lookup4(d, r)
	case 6:
		if len(d) < 10 {
			return 0
		}
		first, n := uint32(be.Uint16(d[6:])), uint32(be.Uint16(d[8:]))
		if r >= first && r < first+n && uint32(len(d)) >= 10+2*(r-first)+2 {
			return int(be.Uint16(d[10+2*(r-first):]))
		}
	case 12:
		if len(d) < 16 {
			return 0
		}
		n := min(uint64(be.Uint32(d[12:])), uint64(len(d)-16)/12)
		lo, hi := uint64(0), n
		for lo < hi {
			mid := (lo + hi) / 2
			g := d[16+12*mid:]
			switch {
			case r < be.Uint32(g):
				hi = mid
			case r > be.Uint32(g[4:]):
				lo = mid + 1
			default:
				return int(be.Uint32(g[8:]) + r - be.Uint32(g))
			}
		}
	}
	return 0
}

func lookup4(d []byte, r uint32) int {
	be := binary.BigEndian
	if len(d) < 16 || r > 0xffff {
		return 0
	}
	n := int(be.Uint16(d[6:])) / 2
	ends, starts := 14, 16+2*n
	deltas, offsets := starts+2*n, starts+4*n
	if offsets+2*n > len(d) {
		return 0
	}
	for i := range n {
		if r > uint32(be.Uint16(d[ends+2*i:])) {
			continue
		}
		start := uint32(be.Uint16(d[starts+2*i:]))
		if r < start {
			return 0
		}
		delta := be.Uint16(d[deltas+2*i:])
		offset := int(be.Uint16(d[offsets+2*i:]))
		if offset == 0 {
			return int(uint16(r) + delta)
		}
		at := offsets + 2*i + offset + 2*int(r-start)
		if offset == 0xffff || at+2 > len(d) {
			return 0
		}
		if g := be.Uint16(d[at:]); g != 0 {
			return int(g + delta)
		}
		return 0
	}
	return 0
}

// parsePost reads the names of glyphs, from the forms 1 and 2 of the table.
func parsePost(b []byte) map[string]int {
	be := binary.BigEndian
	if len(b) < 32 {
		return map[string]int{}
	}
	standard := tables()["post"]
	out := map[string]int{}
	put := func(name string, glyph int) {
		if _, ok := out[name]; !ok {
			out[name] = glyph
		}
	}
	switch be.Uint32(b) {
	case 0x00010000:
		for i, name := range standard {
			put(name, i)
		}
	case 0x00020000:
		if len(b) < 34 {
			return out
		}
		n := int(be.Uint16(b[32:]))
		if len(b) < 34+2*n {
			return out
		}
		var own []string
		for at := 34 + 2*n; at < len(b); {
			size := int(b[at])
			if at+1+size > len(b) {
				break
			}
			own = append(own, string(b[at+1:at+1+size]))
			at += 1 + size
		}
		for i := range n {
			switch k := int(be.Uint16(b[34+2*i:])); {
			case k < len(standard):
				put(standard[k], i)
			case k-len(standard) < len(own):
				put(own[k-len(standard)], i)
			}
		}
	}
	return out
}
