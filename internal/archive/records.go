package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"contrechamp.org/contrechamp"
)

// Record is one record of a WARC file, as it stands there. Block is good until visit returns.
type Record struct {
	Type      string
	ID        string
	Date      time.Time
	TargetURI string
	Head      textproto.MIMEHeader
	Length    int64 // of the block
	Block     *bufio.Reader
	Offset    int64 // where its gzip member begins in the file
	Packed    int64 // how long its member is; known once visit has returned: see Records
}

// Records calls visit for every record of a WARC file of which each record is a gzip member of its own, in order, and
// then done with its place. It is meant for files that WARCWriter wrote; what others wrote is walked by [Walk].
// It answers ErrInvalid for a file that is damaged, and ends with the error of visit or done.
func Records(file []byte, visit func(Record) error, done func(Record) error) error {
	raw := bytes.NewReader(file)
	in := bufio.NewReader(raw)
	at := func() int64 { return int64(len(file)) - int64(raw.Len()) - int64(in.Buffered()) }
	var z *gzip.Reader
	for n := 1; ; n++ {
		if _, err := in.Peek(1); errors.Is(err, io.EOF) {
			return nil
		}
		damaged := func(err error) error {
			return fmt.Errorf("record %d of the WARC file: %w: %w", n, err, contrechamp.ErrInvalid)
		}
		offset := at()
		var err error
		if z == nil {
			z, err = gzip.NewReader(in)
		} else {
			err = z.Reset(in)
		}
		if err != nil {
			return damaged(err)
		}
		z.Multistream(false)
		r, err := recordHead(bufio.NewReader(z))
		if err != nil {
			return damaged(err)
		}
		r.Offset = offset
		whole := r.Block
		block := &io.LimitedReader{R: whole, N: r.Length}
		r.Block = bufio.NewReader(block)
		if err := visit(r); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, block); err != nil {
			return damaged(err)
		}
		if block.N > 0 {
			return damaged(io.ErrUnexpectedEOF)
		}
		end := make([]byte, 5)
		if n, err := io.ReadFull(whole, end); !errors.Is(err, io.ErrUnexpectedEOF) || string(end[:n]) != "\r\n\r\n" {
			return damaged(errors.New("it does not end as a record does"))
		}
		r.Packed = at() - offset
		if done != nil {
			if err := done(r); err != nil {
				return err
			}
		}
	}
}

// recordHead reads a record's head; Block is what follows it.
func recordHead(in *bufio.Reader) (Record, error) {
	version, err := line(in)
	if err != nil {
		return Record{}, err
	}
	if version != "WARC/1.0" && version != "WARC/1.1" {
		return Record{}, errRecord
	}
	head, err := fields(in)
	if err != nil {
		return Record{}, err
	}
	length, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return Record{}, errRecord
	}
	date, err := time.Parse(time.RFC3339, head.Get("WARC-Date"))
	if err != nil {
		return Record{}, errRecord
	}
	return Record{Type: head.Get("WARC-Type"), ID: head.Get("WARC-Record-ID"), Date: date.UTC(),
		TargetURI: strings.Trim(head.Get("WARC-Target-URI"), "<>"), Head: head, Length: length, Block: in}, nil
}

// Message is the head of an HTTP answer in a record, and what follows it.
type Message struct {
	Status int
	Header textproto.MIMEHeader
	Body   *bufio.Reader // as it was sent, with its transfer and content codings
}

// Answer reads the HTTP head of a response's or revisit's block.
func (r Record) Answer() (Message, error) {
	status, err := line(r.Block)
	if err != nil {
		return Message{}, fmt.Errorf("the head of an answer: %w: %w", err, contrechamp.ErrInvalid)
	}
	parts := strings.Fields(status)
	if len(parts) < 2 || !strings.HasPrefix(parts[0], "HTTP/") {
		return Message{}, fmt.Errorf("the head of an answer: %w", contrechamp.ErrInvalid)
	}
	code, err := strconv.Atoi(parts[1])
	if err != nil {
		return Message{}, fmt.Errorf("the head of an answer: status %q: %w", parts[1], contrechamp.ErrInvalid)
	}
	head, err := fields(r.Block)
	if err != nil {
		return Message{}, fmt.Errorf("the head of an answer: %w: %w", err, contrechamp.ErrInvalid)
	}
	return Message{code, head, r.Block}, nil
}

// Content is the document that the answer carries, without its codings.
func (m Message) Content() (io.Reader, error) { return Decode(m.Header, m.Body) }
