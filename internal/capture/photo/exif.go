package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
	"strings"
	"time"
)

// Said is what a photograph says of itself, as far as it is asked. Each is a proposal to the person who sends it.
type Said struct {
	At           time.Time // when it was taken, by the camera's clock, which says no zone; zero when it does not say
	HasPlace     bool
	Lat, Lon     float64 // degrees, WGS 84
	HasDirection bool
	Direction    float64 // where the camera looked: degrees clockwise from north
}

// maxEXIF bounds what is looked at: a segment of a JPEG is no longer.
const maxEXIF = 1 << 16

// exifOf finds the EXIF block in a file: the APP1 segment of a JPEG (EXIF 2.32, 4.7.2), the eXIf chunk of a PNG (PNG 3rd
// edition, 11.3.3), the EXIF chunk of a WebP. nil when there is none.
func exifOf(b []byte) []byte {
	var found []byte
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8")):
		_ = segments(b, func(s segment) error { // always ends in errEnd: there is no more
			if rest, ok := bytes.CutPrefix(s.body, []byte("Exif\x00\x00")); ok && s.marker == 0xe1 && found == nil {
				found = rest
			}
			return nil
		})
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		for at := 8; at+12 <= len(b); {
			n := int(binary.BigEndian.Uint32(b[at:]))
			if n < 0 || n > len(b)-at-12 {
				break
			}
			body := b[at+8 : at+8+n]
			if string(b[at+4:at+8]) == "eXIf" && crc32.ChecksumIEEE(b[at+4:at+8+n]) == binary.BigEndian.Uint32(b[at+8+n:]) {
				found = body
			}
			at += 12 + n
		}
	case bytes.HasPrefix(b, []byte("RIFF")):
		for at := 12; at+8 <= len(b); {
			n := int(binary.LittleEndian.Uint32(b[at+4:]))
			if n < 0 || n > len(b)-at-8 {
				break
			}
			if string(b[at:at+4]) == "EXIF" {
				found = bytes.TrimPrefix(b[at+8:at+8+n], []byte("Exif\x00\x00"))
			}
			at += 8 + n + n%2
		}
	}
	if len(found) > maxEXIF {
		return nil
	}
	return found
}

// Tags of EXIF 2.32 (CIPA DC-008-2019, sections 4.6.4 to 4.6.6) that are read.
const (
	tagOrientation = 0x0112
	tagDateTime    = 0x0132
	tagEXIF        = 0x8769 // where the directory of the camera is
	tagGPS         = 0x8825 // where that of the place is
	tagTaken       = 0x9003 // DateTimeOriginal
	tagDigitized   = 0x9004

	tagLatRef, tagLat = 1, 2
	tagLonRef, tagLon = 3, 4
	tagDirection      = 0x11 // GPSImgDirection
)

// readEXIF reads the block, a TIFF file of its own (TIFF 6.0, section 2). What it cannot read it does not say: a photograph
// without EXIF is as welcome. Only the first directory and the two that it points to are looked at, so that there is no circle.
func readEXIF(block []byte) (said Said, orientation int) {
	orientation = 1
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(block, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(block, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return said, orientation
	}
	if len(block) < 8 {
		return said, orientation
	}
	t := tiff{block, order}
	root := t.directory(order.Uint32(block[4:]))
	if n, ok := t.number(root[tagOrientation]); ok && n >= 1 && n <= 8 {
		orientation = int(n)
	}
	camera, place := map[uint16]field{}, map[uint16]field{}
	if at, ok := t.number(root[tagEXIF]); ok {
		camera = t.directory(at)
	}
	if at, ok := t.number(root[tagGPS]); ok {
		place = t.directory(at)
	}
	for _, f := range []field{camera[tagTaken], camera[tagDigitized], root[tagDateTime]} {
		if at, err := time.Parse("2006:01:02 15:04:05", f.text()); err == nil && at.Year() >= 1990 && said.At.IsZero() {
			said.At = at
		}
	}
	lat, okLat := t.degrees(place[tagLat], place[tagLatRef], "N", "S")
	lon, okLon := t.degrees(place[tagLon], place[tagLonRef], "E", "W")
	if okLat && okLon && math.Abs(lat) <= 90 && math.Abs(lon) <= 180 && (lat != 0 || lon != 0) {
		said.HasPlace, said.Lat, said.Lon = true, lat, lon
	}
	if d, ok := t.rational(place[tagDirection], 0); ok && d <= 360 {
		said.HasDirection, said.Direction = true, math.Mod(d, 360)
	}
	return said, orientation
}

// tiff is a block with its byte order.
type tiff struct {
	block []byte
	order binary.ByteOrder
}

// field is a tag's value: its bytes lie in the block.
type field struct {
	kind  uint16
	value []byte
}

// sizes are the bytes of a value of each kind (TIFF 6.0, section 2): byte, ASCII, short, long, rational.
var sizes = map[uint16]uint64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8}

// directory reads the directory at an offset, as far as it lies in the block.
func (t tiff) directory(at uint32) map[uint16]field {
	const entry = 12
	out := map[uint16]field{}
	if uint64(at)+2 > uint64(len(t.block)) {
		return out
	}
	n := int(t.order.Uint16(t.block[at:]))
	for i := range n {
		from := uint64(at) + 2 + uint64(i)*entry
		if from+entry > uint64(len(t.block)) {
			return out
		}
		e := t.block[from : from+entry]
		kind, count := t.order.Uint16(e[2:]), uint64(t.order.Uint32(e[4:]))
		length := sizes[kind] * count
		if length == 0 {
			continue
		}
		if length <= 4 {
			out[t.order.Uint16(e)] = field{kind, e[8 : 8+length]}
			continue
		}
		if offset := uint64(t.order.Uint32(e[8:])); length <= uint64(len(t.block)) && offset+length <= uint64(len(t.block)) {
			out[t.order.Uint16(e)] = field{kind, t.block[offset : offset+length]}
		}
	}
	return out
}

// number answers the first whole number of a field.
func (t tiff) number(f field) (uint32, bool) {
	switch {
	case f.kind == 3 && len(f.value) >= 2:
		return uint32(t.order.Uint16(f.value)), true
	case f.kind == 4 && len(f.value) >= 4:
		return t.order.Uint32(f.value), true
	}
	return 0, false
}

// rational answers the nth fraction of a field.
func (t tiff) rational(f field, n int) (float64, bool) {
	if f.kind != 5 || len(f.value) < 8*(n+1) {
		return 0, false
	}
	below := t.order.Uint32(f.value[8*n+4:])
	if below == 0 {
		return 0, false
	}
	return float64(t.order.Uint32(f.value[8*n:])) / float64(below), true
}

// degrees answers an angle given as degrees, minutes and seconds, with the letter of its side.
func (t tiff) degrees(f, side field, plus, minus string) (float64, bool) {
	var sum float64
	for n, part := range []float64{1, 60, 3600} {
		x, ok := t.rational(f, n)
		if !ok {
			return 0, false
		}
		sum += x / part
	}
	switch side.text() {
	case plus:
		return sum, true
	case minus:
		return -sum, true
	}
	return 0, false
}

// text answers a field of text without the zeros and spaces at its end.
func (f field) text() string {
	if f.kind != 2 {
		return ""
	}
	return strings.TrimRight(string(f.value), "\x00 ")
}
