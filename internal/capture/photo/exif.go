package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"strings"
	"time"

	"github.com/rwcarlsen/goexif/exif"
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

// readEXIF reads the block. What it cannot read it does not say: a photograph without EXIF is as welcome.
func readEXIF(block []byte) (said Said, orientation int) {
	orientation = 1
	if len(block) == 0 {
		return said, orientation
	}
	// the library has no word on hostile input: what goes wrong inside it is a photograph that says nothing of itself
	defer func() {
		if recover() != nil {
			said, orientation = Said{}, 1
		}
	}()
	x, err := exif.Decode(bytes.NewReader(block))
	if err != nil && (x == nil || exif.IsCriticalError(err)) {
		return said, orientation
	}
	if tag, err := x.Get(exif.Orientation); err == nil {
		if n, err := tag.Int(0); err == nil && n >= 1 && n <= 8 {
			orientation = n
		}
	}
	for _, name := range []exif.FieldName{exif.DateTimeOriginal, exif.DateTimeDigitized, exif.DateTime} {
		if at, err := cameraTime(x, name); err == nil && said.At.IsZero() {
			said.At = at
		}
	}
	if lat, lon, err := x.LatLong(); err == nil && math.Abs(lat) <= 90 && math.Abs(lon) <= 180 && (lat != 0 || lon != 0) {
		said.HasPlace, said.Lat, said.Lon = true, lat, lon
	}
	if tag, err := x.Get(exif.GPSImgDirection); err == nil {
		if r, err := tag.Rat(0); err == nil {
			if d, _ := r.Float64(); d >= 0 && d <= 360 {
				said.HasDirection, said.Direction = true, math.Mod(d, 360)
			}
		}
	}
	return said, orientation
}

var errNotSaid = errors.New("not said")

func cameraTime(x *exif.Exif, name exif.FieldName) (time.Time, error) {
	tag, err := x.Get(name)
	if err != nil {
		return time.Time{}, err
	}
	text, err := tag.StringVal()
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse("2006:01:02 15:04:05", strings.TrimRight(text, "\x00 "))
	if err != nil || at.Year() < 1990 {
		return time.Time{}, errNotSaid
	}
	return at, nil
}
