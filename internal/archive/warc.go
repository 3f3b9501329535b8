package archive

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Limits of a record.
const (
	maxFields      = 2000    // of a record's or an exchange's head
	maxFieldsBytes = 1 << 20 // of it
)

// warc walks through the records of a WARC file (ISO 28500:2017): what was answered with success to a request for a
// document is a member, named by its address; what a page is dressed with (pictures, styles, scripts, fonts) stays in
// the archive, as do requests and metadata. A revisit is a member that is the same as an earlier one.
func (w *walk) warc() error {
	in, err := w.unpack()
	if err != nil {
		return err
	}
	defer in.close()
	whole := &ratioed{w: w, r: in, packed: func() int64 { return in.raw.n }}
	r := bufio.NewReaderSize(whole, 64<<10)
	seen := &revisits{byDigest: map[string]string{}, byAddress: map[string]string{}}
	for n := 0; ; n++ {
		err := w.record(r, seen)
		var said refusal
		switch {
		case err == nil:
		case errors.Is(err, errNoMore):
			return nil
		case errors.Is(err, errVisit):
			return errors.Unwrap(err)
		case errors.As(err, &said), w.ctx.Err() != nil:
			return err
		case n == 0 && w.members == 0:
			return refuse(ErrDamaged, "the %s is damaged: its first record cannot be read", w.kind)
		default:
			return refuse(ErrTruncated, "the %s is cut short or damaged in its record %d; what could be read of it was taken out", w.kind, n+1)
		}
	}
}

var (
	errNoMore = errors.New("no more records")
	errRecord = errors.New("not a record")
	errVisit  = errors.New("visit")
)

// visited wraps an error of the visitor, so that it is not taken for one of the file.
type visited struct{ error }

func (v visited) Unwrap() error     { return v.error }
func (v visited) Is(err error) bool { return err == errVisit }

// revisits remembers members by what a later record may call them.
type revisits struct{ byDigest, byAddress map[string]string }

// record reads one record and goes behind it.
func (w *walk) record(r *bufio.Reader, seen *revisits) error {
	version := ""
	for blank := 0; version == ""; blank++ {
		line, err := line(r)
		if err != nil {
			if errors.Is(err, io.EOF) && line == "" {
				return errNoMore
			}
			return err
		}
		if version = strings.TrimSpace(line); blank > 16 {
			return errRecord
		}
	}
	if version != "WARC/1.0" && version != "WARC/1.1" {
		return errRecord
	}
	head, err := fields(r)
	if err != nil {
		return err
	}
	length, err := strconv.ParseInt(strings.TrimSpace(head.Get("Content-Length")), 10, 64)
	if err != nil || length < 0 {
		return errRecord
	}
	block := &io.LimitedReader{R: r, N: length}
	if err := w.block(head, bufio.NewReader(block), seen); err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, block)
	if err != nil {
		return err
	}
	if block.N > 0 && n < block.N {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// block visits what a record holds, if it is a document.
func (w *walk) block(head textproto.MIMEHeader, block *bufio.Reader, seen *revisits) error {
	target := strings.Trim(head.Get("WARC-Target-URI"), "<>")
	digest := head.Get("WARC-Payload-Digest")
	m := Member{Name: target, Size: -1, Payload: digest}
	if t, err := time.Parse(time.RFC3339, head.Get("WARC-Date")); err == nil {
		m.Modified = t
	}
	switch head.Get("WARC-Type") {
	case "resource":
		if !document(head.Get("Content-Type")) || derived(target) {
			return nil
		}
		m.Reader = block
	case "response":
		if !strings.HasPrefix(strings.ToLower(head.Get("Content-Type")), "application/http") {
			return nil
		}
		var ok bool
		if m.Reader, ok, m.Err = body(block); !ok && m.Err == nil {
			return nil
		}
	case "revisit":
		if !revisited(block) {
			return nil
		}
		m.SameAs = seen.byDigest[digest]
		if m.SameAs == "" {
			m.SameAs = seen.byAddress[strings.Trim(head.Get("WARC-Refers-To-Target-URI"), "<>")]
		}
		if m.SameAs == "" {
			m.Err = refuse(ErrDamaged, "the archive refers for this page to bytes that it does not hold")
		}
	default:
		return nil
	}
	if m.Reader != nil {
		m.Reader = &cutShort{w: w, r: &limited{w: w, r: m.Reader}}
	}
	name := SafeName(m.Name)
	if m.Err == nil && m.SameAs == "" {
		if n := w.names[name]; n > 0 {
			name = fmt.Sprintf("%s (%d)", name, n+1)
		}
		if digest != "" {
			seen.byDigest[digest] = name
		}
		seen.byAddress[target] = name
	}
	if err := w.meet(m); err != nil {
		return visited{err}
	}
	return nil
}

// derived reports whether a resource was made of a page by whoever captured it: its text, its picture, its document after
// scripts have run. Webrecorder's tools name them so.
func derived(target string) bool {
	for _, prefix := range []string{"urn:text:", "urn:textFinal:", "urn:view:", "urn:thumbnail:", "urn:fullPage:", "urn:dom:", "urn:pageinfo:"} {
		if strings.HasPrefix(target, prefix) {
			return true
		}
	}
	return false
}

// revisited reports whether the answer of a revisit was a document; where its head is not kept, it may have been.
func revisited(block *bufio.Reader) bool {
	status, err := line(block)
	parts := strings.Fields(status)
	if err != nil || len(parts) < 2 || !strings.HasPrefix(parts[0], "HTTP/") {
		return true
	}
	head, err := fields(block)
	return err != nil || strings.HasPrefix(parts[1], "2") && document(head.Get("Content-Type"))
}

// body answers what was sent in an HTTP exchange, without its chunks and compression; ok is false where it is no
// document or no success.
func body(r *bufio.Reader) (_ io.Reader, ok bool, _ error) {
	status, err := line(r)
	if err != nil {
		return nil, false, nil
	}
	parts := strings.Fields(status)
	if len(parts) < 2 || !strings.HasPrefix(parts[0], "HTTP/") || len(parts[1]) != 3 || parts[1][0] != '2' {
		return nil, false, nil
	}
	head, err := fields(r)
	if err != nil {
		return nil, false, refuse(ErrDamaged, "the head of the answer is damaged, or has more than the %d lines that are read", maxFields)
	}
	if !document(head.Get("Content-Type")) {
		return nil, false, nil
	}
	in, err := Decode(head, r)
	return in, err == nil, err
}

// Decode answers what an HTTP message carries, without its chunks and compression. Its errors are refusals.
func Decode(head textproto.MIMEHeader, r *bufio.Reader) (io.Reader, error) {
	var in io.Reader = r
	if strings.Contains(strings.ToLower(head.Get("Transfer-Encoding")), "chunked") && chunked(r) {
		in = httputil.NewChunkedReader(r)
	}
	switch encoding := strings.ToLower(strings.TrimSpace(head.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		b := bufio.NewReader(in)
		in = b
		if magic, err := b.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b { // some tools store it unpacked
			z, err := gzip.NewReader(b)
			if err != nil {
				return nil, refuse(ErrDamaged, "the page is damaged in its archive")
			}
			in = z
		}
	case "deflate":
		b := bufio.NewReader(in)
		if magic, err := b.Peek(2); err == nil && magic[0]&0x0f == 8 && (uint(magic[0])<<8|uint(magic[1]))%31 == 0 {
			z, err := zlib.NewReader(b)
			if err != nil {
				return nil, refuse(ErrDamaged, "the page is damaged in its archive")
			}
			in = z
		} else {
			in = flate.NewReader(b)
		}
	case "br":
		in = brotli.NewReader(in)
	case "zstd":
		z, err := zstd.NewReader(in, zstd.WithDecoderMaxMemory(64<<20), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, refuse(ErrDamaged, "the page is damaged in its archive")
		}
		in = z.IOReadCloser()
	default:
		return nil, refuse(ErrDamaged, "the page is compressed in a way that is not read (%s)", clip(SafeName(encoding)))
	}
	return in, nil
}

// chunked reports whether a body begins with the length of a chunk: some tools take the chunks away and leave the
// head as it was.
func chunked(r *bufio.Reader) bool {
	const longest = 18
	b, _ := r.Peek(longest) // a short body has fewer
	size, _, found := bytes.Cut(b, []byte("\n"))
	if !found {
		return false
	}
	digits, _, _ := bytes.Cut(bytes.TrimRight(size, "\r"), []byte(";"))
	_, err := strconv.ParseUint(strings.TrimSpace(string(digits)), 16, 63)
	return err == nil
}

// document reports whether a media type is that of a document rather than of what a page is dressed with.
func document(contentType string) bool {
	t, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		t, _, _ = strings.Cut(strings.ToLower(contentType), ";")
		t = strings.TrimSpace(t)
	}
	kind, rest, _ := strings.Cut(t, "/")
	switch kind {
	case "image", "audio", "video", "font":
		return false
	case "text":
		return rest != "css" && !strings.Contains(rest, "javascript") && rest != "vtt"
	case "application":
		return !strings.Contains(rest, "javascript") && !strings.Contains(rest, "json") && !strings.Contains(rest, "font") && rest != "wasm"
	}
	return true
}

// line reads one line of a head, without its end.
func line(r *bufio.Reader) (string, error) {
	var b []byte
	for {
		part, err := r.ReadSlice('\n')
		b = append(b, part...)
		switch {
		case err == nil:
			return strings.TrimRight(string(b), "\r\n"), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return string(b), err
		case len(b) > maxFieldsBytes:
			return "", errRecord
		}
	}
}

// fields reads "Name: value" lines up to the empty one.
func fields(r *bufio.Reader) (textproto.MIMEHeader, error) {
	head := textproto.MIMEHeader{}
	size, last := 0, ""
	for n := 0; ; n++ {
		l, err := line(r)
		if err != nil {
			return nil, err
		}
		if l == "" {
			return head, nil
		}
		if size += len(l); n >= maxFields || size > maxFieldsBytes {
			return nil, errRecord
		}
		if (l[0] == ' ' || l[0] == '\t') && last != "" {
			values := head[last]
			values[len(values)-1] += " " + strings.TrimSpace(l)
			continue
		}
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			continue
		}
		last = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
		head[last] = append(head[last], strings.TrimSpace(value))
	}
}
