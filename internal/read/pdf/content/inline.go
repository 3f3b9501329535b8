package content

import (
	"bytes"
	"compress/zlib"
	"io"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
	"contrechamp.org/contrechamp/internal/read/pdf/object"
)

// inlineImage passes over a picture within the content (8.9.7). Its end is known where its data have a known length: as
// they are, or packed in one of the ways whose end can be told.
func (r *runner) inlineImage() error {
	bad := doubt.New(doubt.InlineImage, "")
	d := object.Dict{}
	for {
		r.space()
		if r.at+2 <= len(r.data) && string(r.data[r.at:r.at+2]) == "ID" {
			r.at += 2
			break
		}
		if r.at >= len(r.data) || r.data[r.at] != '/' {
			return bad
		}
		key, at, err := object.Inline(r.data, r.at, &r.budget.values)
		if err != nil {
			return err
		}
		value, at, err := object.Inline(r.data, at, &r.budget.values)
		if err != nil {
			return err
		}
		r.at = at
		d = append(d, object.Entry{Key: key.(object.Name), Value: value})
	}
	if r.at >= len(r.data) || !object.White(r.data[r.at]) {
		return bad
	}
	r.at++
	n, ok := r.imageLength(d)
	if !ok || n < 0 || n > len(r.data)-r.at {
		return bad
	}
	r.at += n
	r.space()
	if r.at+2 > len(r.data) || string(r.data[r.at:r.at+2]) != "EI" || r.at+2 < len(r.data) && object.Regular(r.data[r.at+2]) {
		return bad
	}
	r.at += 2
	r.object(true)
	return nil
}

// imageLength answers how many bytes the picture's data have.
func (r *runner) imageLength(d object.Dict) (int, bool) {
	get := func(short, long object.Name) object.Value {
		if v := d.Get(short); v != nil {
			return v
		}
		return d.Get(long)
	}
	filter := get("F", "Filter")
	if list, ok := filter.(object.Array); ok {
		if len(list) == 0 {
			return 0, false
		}
		filter = list[0]
	}
	data := r.data[r.at:]
	switch filter {
	case nil:
		return rawLength(get)
	case object.Name("Fl"), object.Name("FlateDecode"):
		source := bytes.NewReader(data)
		z, err := zlib.NewReader(source)
		if err != nil {
			return 0, false
		}
		n, err := io.Copy(io.Discard, io.LimitReader(z, int64(r.budget.pictures)))
		if r.budget.pictures -= int(n); err != nil || r.budget.pictures <= 0 {
			return 0, false
		}
		return len(data) - source.Len(), true
	case object.Name("A85"), object.Name("ASCII85Decode"):
		if i := bytes.Index(data, []byte("~>")); i >= 0 {
			return i + 2, true
		}
	case object.Name("AHx"), object.Name("ASCIIHexDecode"):
		if i := bytes.IndexByte(data, '>'); i >= 0 {
			return i + 1, true
		}
	case object.Name("RL"), object.Name("RunLengthDecode"):
		for i := 0; i < len(data); {
			switch n := int(data[i]); {
			case n == 128:
				return i + 1, true
			case n < 128:
				i += n + 2
			default:
				i += 2
			}
		}
	}
	return 0, false
}

// rawLength is the length of a picture that is not packed.
func rawLength(get func(short, long object.Name) object.Value) (int, bool) {
	width, ok := get("W", "Width").(object.Number)
	height, ok2 := get("H", "Height").(object.Number)
	if !ok || !ok2 || width < 0 || height < 0 || width > 1<<16 || height > 1<<16 {
		return 0, false
	}
	bits, colors := 1, 1
	if mask, _ := get("IM", "ImageMask").(bool); !mask {
		b, ok := get("BPC", "BitsPerComponent").(object.Number)
		if !ok || b < 1 || b > 16 {
			return 0, false
		}
		bits = int(b)
		switch get("CS", "ColorSpace") {
		case object.Name("G"), object.Name("DeviceGray"):
		case object.Name("RGB"), object.Name("DeviceRGB"):
			colors = 3
		case object.Name("CMYK"), object.Name("DeviceCMYK"):
			colors = 4
		default:
			return 0, false
		}
	}
	return (int(width)*bits*colors + 7) / 8 * int(height), true
}
