// Package archivetest makes archives, mail and bombs for tests: small ones of every kind, and those that were made to
// harm, which are made here so that none has to rest in the repository.
package archivetest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// File is a file in an archive.
type File struct {
	Name string
	Data []byte
}

// Modified is the time of every file here.
var Modified = time.Date(2024, 3, 12, 9, 30, 0, 0, time.UTC)

func check(err error) {
	if err != nil {
		panic(err) // buffers take everything
	}
}

// Zip makes a ZIP archive.
func Zip(files ...File) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: Modified})
		check(err)
		_, err = w.Write(f.Data)
		check(err)
	}
	check(z.Close())
	return out.Bytes()
}

// Tar makes a TAR archive.
func Tar(files ...File) []byte {
	var out bytes.Buffer
	t := tar.NewWriter(&out)
	for _, f := range files {
		check(t.WriteHeader(&tar.Header{Name: f.Name, Size: int64(len(f.Data)), Mode: 0o644, ModTime: Modified, Typeflag: tar.TypeReg}))
		_, err := t.Write(f.Data)
		check(err)
	}
	check(t.Close())
	return out.Bytes()
}

// Gzip compresses b; name may be "".
func Gzip(name string, b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Name = name
	_, err := z.Write(b)
	check(err)
	check(z.Close())
	return out.Bytes()
}

// Zstd compresses b.
func Zstd(b []byte) []byte {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	check(err)
	return z.EncodeAll(b, nil)
}

// zeros is a raw deflate stream of n zero bytes.
func zeros(n int) (packed []byte, sum uint32) {
	var out bytes.Buffer
	z, err := flate.NewWriter(&out, flate.BestSpeed)
	check(err)
	block := make([]byte, 1<<20)
	crc := crc32.NewIEEE()
	for left := n; left > 0; left -= len(block) {
		b := block[:min(left, len(block))]
		_, err := z.Write(b)
		check(err)
		crc.Write(b)
	}
	check(z.Close())
	return out.Bytes(), crc.Sum32()
}

// FlatBomb is a ZIP whose files of zeros each unpack to size bytes. With lie, its list of contents says that they
// are small.
func FlatBomb(files, size int, lie bool) []byte {
	packed, sum := zeros(size)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := range files {
		h := &zip.FileHeader{Name: fmt.Sprintf("%d.txt", i), Method: zip.Deflate, CRC32: sum, CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(size)}
		if lie {
			h.UncompressedSize64 = 1000
		}
		w, err := z.CreateRaw(h)
		check(err)
		_, err = w.Write(packed)
		check(err)
	}
	check(z.Close())
	return out.Bytes()
}

// NestedBomb is ZIP archives in each other: width in each, depth deep, around a file of zeros.
func NestedBomb(depth, width, size int) []byte {
	inner := File{"zeros.txt", make([]byte, size)}
	for range depth {
		files := make([]File, width)
		b := Zip(inner)
		for i := range files {
			files[i] = File{fmt.Sprintf("%d.zip", i), b}
		}
		inner = File{"deeper.zip", Zip(files...)}
	}
	return inner.Data
}

// OverlapBomb is a ZIP in which every file is the same compressed bytes: a list of contents that names one place
// over and over.
func OverlapBomb(files, size int) []byte {
	packed, sum := zeros(size)
	name := "00000"
	var out bytes.Buffer
	local := func(signature uint32, central bool, n string) {
		le := binary.LittleEndian
		b := le.AppendUint32(nil, signature)
		if central {
			b = le.AppendUint16(b, 20)
		}
		b = le.AppendUint16(b, 20)
		b = le.AppendUint16(b, 0)
		b = le.AppendUint16(b, zip.Deflate)
		b = le.AppendUint32(b, 0)
		b = le.AppendUint32(b, sum)
		b = le.AppendUint32(b, uint32(len(packed)))
		b = le.AppendUint32(b, uint32(size))
		b = le.AppendUint16(b, uint16(len(n)))
		b = le.AppendUint16(b, 0)
		if central {
			b = append(b, make([]byte, 14)...) // comment, disk, attributes; the place is 0
		}
		out.Write(append(b, n...))
	}
	local(0x04034b50, false, name)
	out.Write(packed)
	at := out.Len()
	for i := range files {
		local(0x02014b50, true, fmt.Sprintf("%05d", i))
	}
	end := binary.LittleEndian.AppendUint32(nil, 0x06054b50)
	end = append(end, 0, 0, 0, 0)
	end = binary.LittleEndian.AppendUint16(end, uint16(files))
	end = binary.LittleEndian.AppendUint16(end, uint16(files))
	end = binary.LittleEndian.AppendUint32(end, uint32(out.Len()-at))
	end = binary.LittleEndian.AppendUint32(end, uint32(at))
	out.Write(append(end, 0, 0))
	return out.Bytes()
}

// GzipBomb is a gzip file of size zero bytes.
func GzipBomb(size int) []byte {
	packed, sum := zeros(size)
	out := append([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}, packed...)
	out = binary.LittleEndian.AppendUint32(out, sum)
	return binary.LittleEndian.AppendUint32(out, uint32(size))
}

// NestedMail is a message of parts in parts.
func NestedMail(depth int) []byte {
	var b strings.Builder
	b.WriteString("From: a@example.org\r\nTo: b@example.org\r\nSubject: nested\r\nMIME-Version: 1.0\r\n")
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=\"b%d\"\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("Content-Type: text/plain\r\n\r\nDouze caméras.\r\n")
	for i := depth - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "--b%d--\r\n", i)
	}
	return []byte(b.String())
}

// ManyHeaders is a message with n header lines.
func ManyHeaders(n int) []byte {
	var b strings.Builder
	b.WriteString("From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n")
	for i := range n {
		fmt.Fprintf(&b, "X-Header-%d: %d\r\n", i, i)
	}
	b.WriteString("\r\nDouze caméras.\r\n")
	return []byte(b.String())
}

// Record is a WARC record.
type Record struct {
	Type, Target string
	Fields       []string // further header lines
	Block        string
	Version      string // "1.1" when empty
}

// WARC writes records; with packed, each is a gzip member of its own.
func WARC(packed bool, records ...Record) []byte {
	var out bytes.Buffer
	for i, r := range records {
		var b strings.Builder
		if r.Version == "" {
			r.Version = "1.1"
		}
		fmt.Fprintf(&b, "WARC/%s\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2024-03-12T09:30:00Z\r\n", r.Version, r.Type, i)
		if r.Target != "" {
			fmt.Fprintf(&b, "WARC-Target-URI: %s\r\n", r.Target)
		}
		for _, f := range r.Fields {
			b.WriteString(f + "\r\n")
		}
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s\r\n\r\n", len(r.Block), r.Block)
		if packed {
			out.Write(Gzip("", []byte(b.String())))
		} else {
			out.WriteString(b.String())
		}
	}
	return out.Bytes()
}

// Response is the record of an answer with those header lines and that body.
func Response(target, status, body string, fields ...string) Record {
	head := strings.Join(append([]string{"HTTP/1.1 " + status}, fields...), "\r\n") + "\r\n"
	return Record{Type: "response", Target: target, Fields: []string{"Content-Type: application/http; msgtype=response"}, Block: head + "\r\n" + body}
}
