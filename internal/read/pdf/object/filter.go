package object

import (
	"bytes"
	stdlzw "compress/lzw"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
	"golang.org/x/image/tiff/lzw"

	"contrechamp.org/contrechamp/internal/read/pdf/doubt"
)

// maxFilters is how many filters a stream may have. Real ones have two.
const maxFilters = 4

// Bytes answers the bytes of a stream out of its filters (7.4), appended to room[:0] where a copy is made; what has no
// filter is answered as it is in the file. Without room they count as kept.
func (d *Document) Bytes(s *Stream, room []byte) ([]byte, error) {
	filters, parameters, err := d.filters(s.Dict)
	if err != nil {
		return nil, err
	}
	data := s.raw
	if s.crypted {
		if data, err = d.crypt.undo(data, s.number, s.generation); err != nil {
			return nil, err
		}
	}
	for i, f := range filters {
		out := room[:0]
		if i > 0 {
			out = nil // data is in room
		}
		limit := min(maxStream, d.left)
		if data, err = unfilter(f, data, out, limit, parameters[i], d); err != nil {
			return nil, err
		}
		if d.left -= len(data); d.left < 0 || len(data) > limit {
			return nil, doubt.New(doubt.LimitBytes, "")
		}
	}
	if room == nil && len(filters) > 0 {
		if d.keep -= len(data); d.keep < 0 {
			return nil, doubt.New(doubt.LimitBytes, "kept")
		}
	}
	return data, nil
}

// Kept is Bytes for a stream that is needed again and again: it is unpacked once.
func (d *Document) Kept(s *Stream) ([]byte, error) {
	if s.kept == nil {
		data, err := d.Bytes(s, nil)
		if err != nil {
			return nil, err
		}
		s.kept = data
	}
	return s.kept, nil
}

// filters are the names of a stream's filters with their parameters.
func (d *Document) filters(dict Dict) ([]Name, []Dict, error) {
	var names []Name
	var parameters []Dict
	switch f := d.Resolve(dict.Get("Filter")).(type) {
	case nil:
	case Name:
		names = []Name{f}
	case Array:
		for _, v := range f {
			names = append(names, d.Name(v))
		}
	default:
		return nil, nil, doubt.New(doubt.Filter, "not a name")
	}
	if len(names) > maxFilters {
		return nil, nil, doubt.New(doubt.Filter, "too many of them")
	}
	parameters = make([]Dict, len(names))
	switch p := d.Resolve(dict.Get("DecodeParms")).(type) {
	case nil:
	case Dict:
		if len(names) > 0 {
			parameters[0] = p
		}
	case Array:
		for i, v := range p {
			if i < len(names) {
				parameters[i] = d.Dict(v)
			}
		}
	default:
		return nil, nil, doubt.New(doubt.Filter, "parameters of an unknown kind")
	}
	return names, parameters, nil
}

func unfilter(name Name, data, out []byte, limit int, parameters Dict, d *Document) ([]byte, error) {
	var err error
	switch name {
	case "FlateDecode", "Fl":
		out, err = inflate(data, out, limit)
	case "LZWDecode", "LZW":
		var r io.ReadCloser
		if d.Int(parameters.Get("EarlyChange"), 1) == 0 {
			r = stdlzw.NewReader(bytes.NewReader(data), stdlzw.MSB, 8)
		} else {
			r = lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8)
		}
		out, err = readTo(out, r, limit)
	case "ASCIIHexDecode", "AHx":
		return asciiHex(data, out)
	case "ASCII85Decode", "A85":
		return ascii85(data, out)
	case "RunLengthDecode", "RL":
		return runLength(data, out, limit)
	default:
		return nil, doubt.New(doubt.Filter, string(name))
	}
	if err != nil {
		return nil, err
	}
	return unpredict(out, parameters, d)
}

// inflate undoes Flate (RFC 1950). The checksum at its end is not asked for, as PDFium does not: some writers leave it out.
func inflate(data, out []byte, limit int) ([]byte, error) {
	const deflate, dictionary = 8, 0x20
	if len(data) < 2 || data[0]&0x0f != deflate || (uint(data[0])<<8|uint(data[1]))%31 != 0 || data[1]&dictionary != 0 {
		return nil, doubt.New(doubt.Filter, "FlateDecode: its head")
	}
	source := bytes.NewReader(data[2:])
	r, _ := inflaters.Get().(io.Reader)
	if r == nil {
		r = flate.NewReader(source)
	} else if err := r.(flate.Resetter).Reset(source, nil); err != nil {
		return nil, doubt.New(doubt.Filter, "FlateDecode: "+err.Error())
	}
	defer inflaters.Put(r)
	return readTo(out, r, limit)
}

// inflaters are used again, since each takes more memory than most streams.
var inflaters sync.Pool

// readTo reads r to its end, but no further than limit.
func readTo(out []byte, r io.Reader, limit int) ([]byte, error) {
	for {
		if len(out) == cap(out) {
			out = append(out, 0)[:len(out)]
		}
		n, err := r.Read(out[len(out):cap(out)])
		out = out[:len(out)+n]
		switch {
		case len(out) > limit:
			return nil, doubt.New(doubt.LimitBytes, "")
		case err == io.EOF:
			return out, nil
		case err != nil:
			return nil, doubt.New(doubt.Filter, err.Error())
		}
	}
}

func asciiHex(data, out []byte) ([]byte, error) {
	if bytes.IndexByte(data, '>') < 0 { // its end may be left out
		data = append(append([]byte{}, data...), '>')
	}
	out, _, ok := Hex(data, 0, out)
	if !ok {
		return nil, doubt.New(doubt.Filter, "ASCIIHexDecode")
	}
	return out, nil
}

// ascii85 undoes base 85 (7.4.3), up to "~>" or the end.
func ascii85(data, out []byte) ([]byte, error) {
	bad := doubt.New(doubt.Filter, "ASCII85Decode")
	var group uint64
	n := 0
	for i, c := range data {
		switch {
		case class[c] == white:
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
		case c >= '!' && c <= 'u':
			group = group*85 + uint64(c-'!')
			if n++; n == 5 {
				if group > 0xffffffff {
					return nil, bad
				}
				out = append(out, byte(group>>24), byte(group>>16), byte(group>>8), byte(group))
				group, n = 0, 0
			}
		case c == '~' && (i+1 == len(data) || data[i+1] == '>'):
			return lastOf85(group, n, out)
		default:
			return nil, bad
		}
	}
	return lastOf85(group, n, out)
}

// lastOf85 adds the bytes of a group that is not full.
func lastOf85(group uint64, n int, out []byte) ([]byte, error) {
	if n == 0 {
		return out, nil
	}
	for range 5 - n {
		group = group*85 + 84
	}
	if n == 1 || group > 0xffffffff {
		return nil, doubt.New(doubt.Filter, "ASCII85Decode")
	}
	tail := [4]byte{byte(group >> 24), byte(group >> 16), byte(group >> 8), byte(group)}
	return append(out, tail[:n-1]...), nil
}

// runLength undoes runs (7.4.5).
func runLength(data, out []byte, limit int) ([]byte, error) {
	for i := 0; i < len(data); {
		n := int(data[i])
		i++
		switch {
		case n == 128:
			return out, nil
		case n < 128 && i+n+1 <= len(data):
			out = append(out, data[i:i+n+1]...)
			i += n + 1
		case n > 128 && i < len(data):
			for range 257 - n {
				out = append(out, data[i])
			}
			i++
		default:
			return nil, doubt.New(doubt.Filter, "RunLengthDecode")
		}
		if len(out) > limit {
			return nil, doubt.New(doubt.LimitBytes, "")
		}
	}
	return nil, doubt.New(doubt.Filter, "RunLengthDecode")
}
