package read

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	textunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// decoded is a document's text and what was done to get it.
type decoded struct {
	text     string
	origin   contrechamp.Origin // where it stands in the document's bytes
	repaired int                // characters that could not be decoded
	guessed  bool
	notes    []string
}

// mark is a byte order mark with the encoding that it stands for.
type mark struct {
	bytes, name string
	encoding    encoding.Encoding // nil for UTF-8
}

// marks lists the longer ones first: UTF-32's begins as UTF-16's does.
var marks = []mark{
	{"\xff\xfe\x00\x00", "UTF-32", utf32Little},
	{"\x00\x00\xfe\xff", "UTF-32", utf32Big},
	{"\x84\x31\x95\x33", "GB 18030", simplifiedchinese.GB18030},
	{"\xef\xbb\xbf", "UTF-8", nil},
	{"\xff\xfe", "UTF-16", utf16Little},
	{"\xfe\xff", "UTF-16", utf16Big},
}

var (
	utf16Little = textunicode.UTF16(textunicode.LittleEndian, textunicode.IgnoreBOM)
	utf32Little = utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	utf32Big    = utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	utf16Big    = textunicode.UTF16(textunicode.BigEndian, textunicode.IgnoreBOM)
)

// markOf returns the byte order mark that b begins with.
func markOf(b []byte) (mark, bool) {
	for _, m := range marks {
		if bytes.HasPrefix(b, []byte(m.bytes)) {
			return m, true
		}
	}
	return mark{}, false
}

// unmarkedUTF16 tells UTF-16 that has no byte order mark: text in which nearly every second byte is zero, always the
// same second. Only text in Latin letters can be told so.
func unmarkedUTF16(b []byte) (encoding.Encoding, bool) {
	b = b[:min(len(b), head)]
	b = b[:len(b)&^1]
	const few = 8 // bytes, too few to tell
	if len(b) < few {
		return nil, false
	}
	even, odd, strange := 0, 0, 0
	for i := 0; i < len(b); i += 2 {
		for _, c := range b[i : i+2] {
			if c != 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r' {
				strange++
			}
		}
		if b[i] == 0 {
			even++
		}
		if b[i+1] == 0 {
			odd++
		}
	}
	units := len(b) / 2
	switch {
	case strange*50 > units:
		return nil, false
	case odd*10 >= units*7 && even*50 <= units:
		return utf16Little, true
	case even*10 >= units*7 && odd*50 <= units:
		return utf16Big, true
	}
	return nil, false
}

// decode finds the encoding, in this order: byte order mark, zeros at every second place, valid UTF-8, what the source
// or the page declares, the one in which words look most like words. UTF-8 that is valid all through is UTF-8 whatever the page declares: pages lie
// about it far more often than another encoding's text happens to be valid.
func decode(b []byte, mediaType string) decoded {
	var d decoded
	m, marked := markOf(b)
	wide, unmarked := unmarkedUTF16(b)
	switch {
	case marked && m.encoding == nil:
		d.utf8(b[len(m.bytes):], len(m.bytes))
	case marked:
		d.wide(b[len(m.bytes):], len(m.bytes), m.encoding, m.name)
	case unmarked:
		d.guessed = true
		d.notes = append(d.notes, "the text does not say its encoding and was read as UTF-16")
		d.wide(b, 0, wide, "UTF-16")
	case utf8.Valid(b):
		d.utf8(b, 0)
	default:
		d.foreign(b, mediaType)
	}
	if strings.IndexByte(d.text, 0) >= 0 {
		d.text = strings.ReplaceAll(d.text, "\x00", " ")
		d.notes = append(d.notes, "NUL characters in the text were read as spaces")
	}
	if d.repaired > 0 {
		d.notes = append(d.notes, fmt.Sprintf("%d places of the text could not be decoded and show as \uFFFD", d.repaired))
	}
	return d
}

// wide decodes what takes several bytes a character; skipped is the length of the mark before b.
func (d *decoded) wide(b []byte, skipped int, enc encoding.Encoding, name string) {
	whole := d.transform(b, skipped, enc)
	if !whole || name == "UTF-16" && len(b)%2 != 0 || name == "UTF-32" && len(b)%4 != 0 {
		d.notes = append(d.notes, fmt.Sprintf("the text, in %s, is cut short", name))
	}
	d.repaired += strings.Count(d.text, "\uFFFD")
}

// add appends text that stands for src at source offset at; the same bytes are a run, others lie between two marks.
func (d *decoded) add(b *strings.Builder, text string, at int, same bool) {
	n := 0
	if same {
		n = len(text)
	}
	if k := len(d.origin); k > 0 && d.origin[k-1].Text+d.origin[k-1].Len == b.Len() && d.origin[k-1].Source+d.origin[k-1].Len == at {
		d.origin[k-1].Len += n
	} else {
		d.origin = append(d.origin, contrechamp.Run{Text: b.Len(), Source: at, Len: n})
	}
	b.WriteString(text)
}

// widthOf returns how many bytes a character takes in an encoding, nil where that depends on the encoding's tables.
func widthOf(enc encoding.Encoding) func(rune) int {
	switch enc.(type) {
	case *charmap.Charmap:
		return func(rune) int { return 1 }
	}
	switch enc {
	case utf16Little, utf16Big:
		return func(r rune) int { return 2 * utf16.RuneLen(r) }
	case utf32Little, utf32Big:
		return func(rune) int { return 4 }
	}
	return nil
}

// characters adds a piece of text character by character; false when they do not make up the bytes that were used.
func (d *decoded) characters(out *strings.Builder, piece, source []byte, at int, width func(rune) int) bool {
	size := 0
	for _, r := range string(piece) {
		size += max(1, width(r))
	}
	if size != len(source) {
		return false
	}
	i := 0
	for _, r := range string(piece) {
		w := width(r)
		text := string(r)
		d.add(out, text, at+i, w == len(text) && text == string(source[i:i+w]))
		i += w
	}
	return true
}

// transform decodes b a few characters at a time, so that each piece of the text knows its bytes. It reports
// whether all of b could be decoded.
func (d *decoded) transform(b []byte, skipped int, enc encoding.Encoding) bool {
	width := widthOf(enc)
	var out strings.Builder
	out.Grow(len(b))
	piece := make([]byte, 16)
	decoder := enc.NewDecoder()
	for at := 0; at < len(b); {
		n, used, err := decoder.Transform(piece, b[at:], true)
		if n == 0 && used == 0 {
			if errors.Is(err, transform.ErrShortDst) && len(piece) < 256 {
				piece = make([]byte, 2*len(piece))
				continue
			}
			d.text = out.String()
			d.end(skipped + at)
			return false
		}
		same := n == used && bytes.Equal(piece[:n], b[at:at+used])
		if same || width == nil || !d.characters(&out, piece[:n], b[at:at+used], skipped+at, width) {
			d.add(&out, string(piece[:n]), skipped+at, same)
		}
		at += used
	}
	d.text = out.String()
	d.end(skipped + len(b))
	return true
}

// end marks where the text ends.
func (d *decoded) end(source int) {
	if k := len(d.origin); k > 0 && d.origin[k-1].Text+d.origin[k-1].Len == len(d.text) {
		return
	}
	d.origin = append(d.origin, contrechamp.Run{Text: len(d.text), Source: source})
}

// foreign decodes what is not valid UTF-8.
func (d *decoded) foreign(b []byte, mediaType string) {
	enc, name, certain := charset.DetermineEncoding(b[:min(len(b), 1024)], mediaType)
	if name == "utf-8" || mostlyUTF8(b) {
		d.utf8(b, 0)
		return
	}
	// "certain" leaves out what a page declares in its head
	if !certain && !bytes.Contains(lower(b[:min(len(b), 1024)]), []byte("charset")) {
		enc, name = guessEncoding(b)
		d.guessed = true
		d.notes = append(d.notes, "the text does not say its encoding and was read as "+name)
	} else if plain, err := htmlindex.Get(name); err == nil {
		enc = plain // the one that was determined is wrapped, for writing forms
	}
	if !d.transform(b, 0, enc) {
		d.notes = append(d.notes, fmt.Sprintf("the text is damaged for its encoding, %s", name))
	}
	d.repaired += strings.Count(d.text, "\uFFFD")
}

// mostlyUTF8 reports whether b is UTF-8 with a few bytes spoilt: more characters beyond ASCII are well formed than
// broken. In text of a one-byte encoding hardly any are by chance.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good > bad
}

// utf8 reads UTF-8, with U+FFFD for each run of invalid bytes; skipped is the length of the mark before b.
func (d *decoded) utf8(b []byte, skipped int) {
	if utf8.Valid(b) {
		d.text = string(b)
		d.origin = contrechamp.Origin{{Source: skipped, Len: len(b)}}
		return
	}
	var out strings.Builder
	out.Grow(len(b) + 64)
	for at := 0; at < len(b); {
		end := at
		for end < len(b) {
			r, n := utf8.DecodeRune(b[end:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			end += n
		}
		if end > at {
			d.add(&out, string(b[at:end]), skipped+at, true)
		}
		bad := end
		for bad < len(b) {
			if r, n := utf8.DecodeRune(b[bad:]); r != utf8.RuneError || n != 1 {
				break
			}
			bad++
		}
		if bad > end {
			d.repaired++
			d.add(&out, "\uFFFD", skipped+end, false)
		}
		at = bad
	}
	d.text = out.String()
	d.end(skipped + len(b))
}
