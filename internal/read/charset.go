package read

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decoded is a document's text and what was done to get it.
type decoded struct {
	text     string
	repaired int // characters that could not be decoded
	guessed  bool
	notes    []string
}

// decode finds the encoding, in this order: byte order mark, valid UTF-8, what the source or the page declares,
// Windows-1252. UTF-8 that is valid all through is UTF-8 whatever the page declares: pages lie about it far more
// often than another encoding's text happens to be valid.
func decode(b []byte, mediaType string) decoded {
	var d decoded
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		d.text = d.repair(string(b[3:]))
	case utf16Mark(b):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		d.text = d.repair(string(out))
		if err != nil || len(b)%2 != 0 {
			d.notes = append(d.notes, "the text, in UTF-16, is cut short")
		}
		d.repaired += strings.Count(d.text, "\uFFFD")
	case utf8.Valid(b):
		d.text = string(b)
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

// foreign decodes what is not valid UTF-8.
func (d *decoded) foreign(b []byte, mediaType string) {
	enc, name, certain := charset.DetermineEncoding(b[:min(len(b), 1024)], mediaType)
	if name == "utf-8" || mostlyUTF8(b) {
		d.text = d.repair(string(b))
		return
	}
	// "certain" leaves out what a page declares in its head
	if !certain && !bytes.Contains(lower(b[:min(len(b), 1024)]), []byte("charset")) {
		enc, name = charmap.Windows1252, "windows-1252"
		d.guessed = true
		d.notes = append(d.notes, "the text does not say its encoding and was read as windows-1252")
	}
	out, err := decodeBytes(enc, b)
	if err != nil {
		d.notes = append(d.notes, fmt.Sprintf("the text is damaged for its encoding, %s", name))
	}
	before := d.repaired
	d.text = d.repair(string(out))
	if d.repaired == before {
		d.repaired += strings.Count(d.text, "\uFFFD")
	}
}

func decodeBytes(enc encoding.Encoding, b []byte) ([]byte, error) { return enc.NewDecoder().Bytes(b) }

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

// repair puts U+FFFD for each run of invalid bytes.
func (d *decoded) repair(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			d.repaired++
			for i < len(s) {
				if r, n := utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || n != 1 {
					break
				}
				i++
			}
			continue
		}
		i += n
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
