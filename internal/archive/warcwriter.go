package archive

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"contrechamp.org/contrechamp"
)

// The types of record that are written (ISO 28500:2017, section 6).
const (
	TypeInfo     = "warcinfo"
	TypeRequest  = "request"
	TypeResponse = "response"
	TypeResource = "resource"
	TypeMetadata = "metadata"
	TypeRevisit  = "revisit"
)

// Media types of what a record holds.
const (
	FieldsType   = "application/warc-fields"
	RequestType  = "application/http;msgtype=request"
	ResponseType = "application/http;msgtype=response"
	ChainType    = "application/pem-certificate-chain" // RFC 8555, section 9.1
)

// identicalPayload is the profile of a revisit record whose payload is that of an earlier record (section 6.7.2).
const identicalPayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

// warcTime is the form of WARC-Date: since version 1.1 with a fraction of the second (section 5.4).
const warcTime = "2006-01-02T15:04:05.000000Z"

// Why a record's block is not the whole of what was sent (section 5.13, WARC-Truncated).
const (
	TruncatedLength     = "length"
	TruncatedTime       = "time"
	TruncatedDisconnect = "disconnect"
)

// WARCRecord is a record to be written. Fields that are empty are left out.
type WARCRecord struct {
	Type         string
	ID           string // "<urn:uuid:...>"; made when empty
	Date         time.Time
	TargetURI    string
	IP           string
	ContentType  string
	ConcurrentTo string              // ID of a record of the same exchange
	Warcinfo     string              // ID of the file's warcinfo
	Payload      *contrechamp.Digest // of what the message carries, without its head and transfer coding
	RefersToURI  string              // of a revisit: the record whose payload is the same
	RefersToDate time.Time
	Truncated    string
	Filename     string
	Extra        [][2]string // further named fields, in order
	Block        *io.SectionReader
}

// WARCWriter writes WARC 1.1, each record a gzip member of its own, so that a record can be read from its place alone
// (ISO 28500:2017, annex D). Each record has the digest of its block. It is not safe for concurrent use.
type WARCWriter struct {
	out *counting
	err error
}

// packers are kept between records: each has close to a megabyte of tables.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// NewWARCWriter returns a writer to w.
func NewWARCWriter(w io.Writer) *WARCWriter { return &WARCWriter{out: &counting{w: w}} }

type counting struct {
	w io.Writer
	n int64
}

func (c *counting) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// Written answers how many bytes were written so far: where the next record begins.
func (w *WARCWriter) Written() int64 { return w.out.n }

// Write writes one record and answers its ID.
func (w *WARCWriter) Write(r WARCRecord) (id string, err error) {
	if w.err != nil {
		return "", w.err
	}
	if r.ID == "" {
		r.ID = NewRecordID()
	}
	if r.Block == nil {
		r.Block = Block(nil)
	}
	head, err := r.head()
	if err != nil {
		return "", err // nothing was written
	}
	pack := packers.Get().(*gzip.Writer)
	defer packers.Put(pack)
	pack.Reset(w.out)
	if _, w.err = pack.Write(head); w.err != nil {
		return "", w.err
	}
	if _, w.err = io.Copy(pack, r.Block); w.err != nil {
		return "", w.err
	}
	if _, w.err = pack.Write([]byte("\r\n\r\n")); w.err != nil {
		return "", w.err
	}
	w.err = pack.Close()
	return r.ID, w.err
}

// head writes the record's head; the block is read once, for its digest.
func (r *WARCRecord) head() ([]byte, error) {
	if r.Type == "" || r.Date.IsZero() {
		return nil, fmt.Errorf("a WARC record without a type or a date: %w", contrechamp.ErrInvalid)
	}
	if _, err := r.Block.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read a record's block: %w", err)
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, r.Block); err != nil {
		return nil, fmt.Errorf("read a record's block: %w", err)
	}
	if _, err := r.Block.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read a record's block: %w", err)
	}
	var b bytes.Buffer
	b.WriteString("WARC/1.1\r\n")
	field := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + fieldValue(value) + "\r\n")
		}
	}
	field("WARC-Type", r.Type)
	field("WARC-Record-ID", r.ID)
	field("WARC-Date", r.Date.UTC().Format(warcTime))
	field("WARC-Target-URI", r.TargetURI)
	field("WARC-IP-Address", r.IP)
	field("WARC-Warcinfo-ID", r.Warcinfo)
	field("WARC-Concurrent-To", r.ConcurrentTo)
	field("WARC-Filename", r.Filename)
	field("WARC-Block-Digest", digestField(sum))
	if r.Payload != nil {
		field("WARC-Payload-Digest", DigestField(*r.Payload))
	}
	if r.Type == TypeRevisit {
		field("WARC-Profile", identicalPayload)
		field("WARC-Refers-To-Target-URI", r.RefersToURI)
		field("WARC-Refers-To-Date", r.RefersToDate.UTC().Format(warcTime))
	}
	field("WARC-Truncated", r.Truncated)
	for _, f := range r.Extra {
		field(f[0], f[1])
	}
	field("Content-Type", r.ContentType)
	field("Content-Length", strconv.FormatInt(r.Block.Size(), 10))
	b.WriteString("\r\n")
	return b.Bytes(), nil
}

// fieldValue keeps a value on its line.
func fieldValue(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func digestField(h hash.Hash) string { return "sha256:" + hex.EncodeToString(h.Sum(nil)) }

// DigestField is a digest as WARC fields have it.
func DigestField(d contrechamp.Digest) string { return "sha256:" + d.String() }

// Block is a record's block that stands in memory.
func Block(b []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))
}

// Fields is a block of named fields, for warcinfo and metadata records.
func Fields(pairs ...[2]string) *io.SectionReader {
	var b bytes.Buffer
	for _, p := range pairs {
		if p[1] != "" {
			b.WriteString(p[0] + ": " + fieldValue(p[1]) + "\r\n")
		}
	}
	return Block(b.Bytes())
}

// NewRecordID makes the ID of a record: a random UUID (RFC 9562, version 4).
func NewRecordID() string {
	var u [16]byte
	rand.Read(u[:]) // never fails: crypto/rand ends the program instead
	u[6] = u[6]&0x0f | 0x40
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// RecordIDOf makes the ID of a record whose ID is to be the same each time: a UUID made from the SHA-256 of what it is about
// (RFC 9562, version 8).
func RecordIDOf(about string) string {
	h := sha256.Sum256([]byte("contrechamp record\n" + about))
	u := h[:16]
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
