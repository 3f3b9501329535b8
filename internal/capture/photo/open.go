package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"contrechamp.org/contrechamp"
)

// Limits of what is taken. Memory is bounded by the pixels, at about 200 MB: a JPEG as it is decoded takes up to three bytes
// each, a progressive one up to fifteen, since its coefficients are held too, a PNG up to eight.
const (
	MaxBytes             = 25 << 20
	maxPixels            = 50_000_000 // of a JPEG
	maxProgressivePixels = 12_500_000
	maxOtherPixels       = 25_000_000 // of a PNG, a WebP
	minSide              = 64
	// MaxSide is how long a side of what is kept may be. A longer one is made smaller, by which faces far away are lost too.
	MaxSide = 2560
)

// Picture is a photograph in memory, upright, with what it said of itself. It is not safe for concurrent use.
type Picture struct {
	Said  Said
	Faces []image.Rectangle // what looked like a face, and is covered
	rgba  *image.RGBA
}

// Bounds answers the size, from (0, 0).
func (p *Picture) Bounds() image.Rectangle { return p.rgba.Bounds() }

// Open decodes a JPEG, PNG or WebP, reads what it says of itself, turns it upright, makes it small enough and covers what looks
// like a face. b is not needed afterwards. It answers ErrInvalid, with a sentence, for all that cannot be taken.
func Open(b []byte) (*Picture, error) {
	if len(b) > MaxBytes {
		return nil, refuse("the file has more than %d MiB", MaxBytes>>20)
	}
	decoded, err := decode(b)
	if err != nil {
		return nil, err
	}
	said, orientation := readEXIF(exifOf(b))
	p := &Picture{Said: said, rgba: upright(smaller(decoded), orientation)}
	p.Faces = findFaces(p.rgba)
	for _, f := range p.Faces {
		p.Cover(f)
	}
	return p, nil
}

func refuse(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, contrechamp.ErrInvalid)...)
}

// decode tells the format from the first bytes, looks at the size before anything is unpacked, and decodes.
func decode(b []byte) (image.Image, error) {
	var config func() (image.Config, error)
	var whole func() (image.Image, error)
	most := maxOtherPixels
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		config = func() (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) }
		whole = func() (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) }
		most = maxPixels
		if isProgressive(b) {
			most = maxProgressivePixels
		}
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		config = func() (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) }
		whole = func() (image.Image, error) { return png.Decode(bytes.NewReader(b)) }
	case len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		config = func() (image.Config, error) { return webp.DecodeConfig(bytes.NewReader(b)) }
		whole = func() (image.Image, error) { return webp.Decode(bytes.NewReader(b)) }
	default:
		return nil, refuse("it is no JPEG, PNG or WebP picture")
	}
	c, err := config()
	if err != nil {
		return nil, refuse("the picture is damaged or cut short")
	}
	switch {
	case c.Width < minSide || c.Height < minSide:
		return nil, refuse("the picture has %d by %d pixels, too few to show anything", c.Width, c.Height)
	case c.Width > most/c.Height:
		return nil, refuse("the picture has %d by %d pixels, more than the %d million that are taken", c.Width, c.Height, most/1_000_000)
	}
	decoded, err := whole()
	if err != nil {
		return nil, refuse("the picture is damaged or cut short")
	}
	return decoded, nil
}

// smaller answers a copy that is no longer than MaxSide, on white where the picture is transparent. Nothing of the picture's
// own colour profile, palette or transparency is left in it.
func smaller(from image.Image) *image.RGBA {
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > MaxSide {
		w, h = max(1, w*MaxSide/long), max(1, h*MaxSide/long)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(to, to.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(to, to.Bounds(), from, b, draw.Over, nil)
	return to
}

// upright turns a picture as its EXIF orientation says (EXIF 2.32, tag 0x0112: 1 to 8).
func upright(p *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return p
	}
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	tw, th := w, h
	if orientation >= 5 {
		tw, th = h, w
	}
	to := image.NewRGBA(image.Rect(0, 0, tw, th))
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(to.Pix[to.PixOffset(tx, ty):][:4], p.Pix[p.PixOffset(x, y):][:4])
		}
	}
	return to
}

// quality is that of the JPEG that is kept.
const quality = 86

// JPEG writes the picture anew from its pixels: what was beside them in the file is not there.
func (p *Picture) JPEG() ([]byte, error) { return encode(p.rgba) }

// Preview writes it no longer than side.
func (p *Picture) Preview(side int) ([]byte, error) {
	b := p.Bounds()
	if long := max(b.Dx(), b.Dy()); long > side {
		small := image.NewRGBA(image.Rect(0, 0, max(1, b.Dx()*side/long), max(1, b.Dy()*side/long)))
		draw.ApproxBiLinear.Scale(small, small.Bounds(), p.rgba, b, draw.Src, nil)
		return encode(small)
	}
	return encode(p.rgba)
}

func encode(p image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, p, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return out.Bytes(), nil
}

// segment is a part of a JPEG between its markers.
type segment struct {
	marker byte
	body   []byte
}

var errEnd = errors.New("no more segments")

// segments calls f for each segment of a JPEG up to its picture data.
func segments(b []byte, f func(segment) error) error {
	for at := 2; at+4 <= len(b); {
		if b[at] != 0xff {
			return errEnd
		}
		marker := b[at+1]
		if marker == 0xff { // fill
			at++
			continue
		}
		if marker == 0xda || marker == 0xd9 { // the picture data, the end
			return errEnd
		}
		n := int(binary.BigEndian.Uint16(b[at+2:]))
		if n < 2 || at+2+n > len(b) {
			return errEnd
		}
		if err := f(segment{marker, b[at+4 : at+2+n]}); err != nil {
			return err
		}
		at += 2 + n
	}
	return errEnd
}

// isProgressive reports whether a JPEG's coefficients come in several scans, so that all are held in memory (SOF2).
func isProgressive(b []byte) bool {
	found := errors.New("found")
	return errors.Is(segments(b, func(s segment) error {
		if s.marker == 0xc2 {
			return found
		}
		return nil
	}), found)
}
