package fetch

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/netip"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive"
	"contrechamp.org/contrechamp/internal/capture/spool"
)

// Exchange is one request and what was answered, with its bytes as they went over the line. Close it.
type Exchange struct {
	Address  *url.URL
	Started  time.Time // the request was sent
	Ended    time.Time
	Remote   netip.AddrPort
	TLS      *tls.ConnectionState // nil over plain HTTP
	Request  []byte
	Response spool.Spool // head and body
	Head     int64       // how many bytes of it are head
	Status   int
	Header   textproto.MIMEHeader
	// Truncated says why the body is not whole, as WARC does: archive.TruncatedLength, TruncatedTime,
	// TruncatedDisconnect; "" when it is.
	Truncated string
}

// Close lets its bytes go.
func (x *Exchange) Close() { x.Response.Close() }

// Block is the answer as it came.
func (x *Exchange) Block() *io.SectionReader { return x.Response.Section(0, x.Response.Size()) }

// Content is the document in the answer, without its codings. What was cut short is read as far as it goes.
func (x *Exchange) Content() (io.Reader, error) {
	in := bufio.NewReader(x.Response.Section(x.Head, x.Response.Size()-x.Head))
	if _, err := in.Peek(1); errors.Is(err, io.EOF) {
		return in, nil // nothing was sent: no coding either
	}
	return archive.Decode(x.Header, in)
}

// Entity is the body without its transfer coding: what WARC calls the payload.
func (x *Exchange) Entity() io.Reader {
	in := bufio.NewReader(x.Response.Section(x.Head, x.Response.Size()-x.Head))
	if isChunked(x.Header) {
		return &tolerant{in: httputil.NewChunkedReader(in)}
	}
	return in
}

// tolerant reads what is cut short as far as it goes.
type tolerant struct{ in io.Reader }

func (t *tolerant) Read(p []byte) (int, error) {
	n, err := t.in.Read(p)
	if err != nil {
		err = io.EOF
	}
	return n, err
}

// MediaType is what the server said the document is, with its parameters.
func (x *Exchange) MediaType() string { return x.Header.Get("Content-Type") }

func isChunked(h textproto.MIMEHeader) bool {
	return strings.EqualFold(strings.TrimSpace(h.Get("Transfer-Encoding")), "chunked")
}

// line is a connection with the exchange's limits of time: silence, and a moment after which nothing is read.
type line struct {
	net.Conn
	idle  time.Duration
	until time.Time
}

func (l *line) Read(p []byte) (int, error) {
	at := time.Now().Add(l.idle)
	if l.until.Before(at) {
		at = l.until
	}
	if err := l.Conn.SetReadDeadline(at); err != nil {
		return 0, err
	}
	return l.Conn.Read(p)
}

// exchange asks once and answers what came. An error means that no answer came whose head could be read.
func (f *Fetcher) exchange(ctx context.Context, u *url.URL, accept string) (_ *Exchange, err error) {
	limits := f.limits()
	ctx, stop := context.WithTimeout(ctx, limits.Connect+limits.Whole)
	defer stop()
	conn, err := f.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), strconv.Itoa(int(portOf(u)))))
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	x := &Exchange{Address: u, Request: f.request(u, accept)}
	defer func() {
		if err != nil {
			x.Close()
		}
	}()
	if at, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
		x.Remote = at.AddrPort()
	}
	if u.Scheme == "https" {
		if conn, x.TLS, err = f.secure(ctx, conn, u); err != nil {
			return nil, err
		}
	}
	x.Started = f.now()
	begun := time.Now()
	if err := conn.SetWriteDeadline(begun.Add(limits.Idle)); err != nil {
		return nil, answerFailed(u, err)
	}
	if _, err := conn.Write(x.Request); err != nil {
		return nil, answerFailed(u, err)
	}
	on := &line{Conn: conn, idle: limits.Idle, until: begun.Add(limits.Head)}
	in := bufio.NewReaderSize(on, 32<<10)
	if err := x.readHead(in, limits.HeadBytes); err != nil {
		if errors.Is(ctx.Err(), context.Canceled) {
			return nil, ctx.Err()
		}
		return nil, err
	}
	on.until = begun.Add(limits.Whole)
	err = x.readBody(in, limits.Bytes)
	x.Ended = f.now()
	if errors.Is(err, contrechamp.ErrUnavailable) { // the temporary copy
		return nil, err
	}
	if err != nil && ctx.Err() != nil {
		if err = ctx.Err(); errors.Is(err, context.Canceled) {
			return nil, err
		}
	}
	x.Truncated = truncation(err)
	return x, nil
}

// errLength: the limit of size was reached.
var errLength = errors.New("longer than the limit")

func truncation(err error) string {
	var timeout net.Error
	switch {
	case err == nil:
		return ""
	case errors.Is(err, errLength):
		return archive.TruncatedLength
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return archive.TruncatedTime
	}
	return archive.TruncatedDisconnect
}

// request is what is sent. The connection ends with the answer; no cookie, no referrer.
func (f *Fetcher) request(u *url.URL, accept string) []byte {
	var b bytes.Buffer
	agent := f.UserAgent
	if agent == "" {
		agent = UserAgent("unknown", "")
	}
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept: %s\r\nAccept-Language: *\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
		u.RequestURI(), u.Host, oneLine(agent), accept)
	return b.Bytes()
}

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// readHead reads an answer's head; heads that only announce another (1xx) are gone by.
func (x *Exchange) readHead(in *bufio.Reader, limit int64) error {
	const announcements = 8
	for range announcements {
		head, err := headBytes(in, limit)
		if err != nil {
			return headFailed(x.Address, err, len(head) > 0)
		}
		answer, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(head)), nil)
		if err != nil {
			return fmt.Errorf("%s does not answer as a web server does: %w", x.Address.Host, contrechamp.ErrInvalid)
		}
		answer.Body.Close()
		if answer.StatusCode >= 100 && answer.StatusCode < 200 && answer.StatusCode != http.StatusSwitchingProtocols {
			continue
		}
		x.Status, x.Head = answer.StatusCode, int64(len(head))
		x.Header = textproto.MIMEHeader(answer.Header)
		if len(answer.TransferEncoding) > 0 { // net/http takes it out of the header
			x.Header.Set("Transfer-Encoding", strings.Join(answer.TransferEncoding, ", "))
		}
		_, err = x.Response.Write(head)
		return err
	}
	return fmt.Errorf("%s announces answers and gives none: %w", x.Address.Host, contrechamp.ErrInvalid)
}

var errHead = errors.New("the head is too long")

// headBytes reads up to and with the empty line.
func headBytes(in *bufio.Reader, limit int64) ([]byte, error) {
	var head []byte
	for {
		part, err := in.ReadSlice('\n')
		head = append(head, part...)
		if int64(len(head)) > limit {
			return head, errHead
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return head, err
		}
		if err == nil && (bytes.HasSuffix(head, []byte("\n\r\n")) || bytes.HasSuffix(head, []byte("\n\n"))) {
			return head, nil
		}
	}
}

func headFailed(u *url.URL, err error, some bool) error {
	var timeout net.Error
	switch {
	case errors.Is(err, errHead):
		return fmt.Errorf("%s sends a head that is longer than any page's: %w", u.Host, contrechamp.ErrInvalid)
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%s did not answer in time: %w", u.Host, contrechamp.ErrUnavailable)
	case some:
		return fmt.Errorf("%s ended the connection within the head of its answer: %w", u.Host, contrechamp.ErrUnavailable)
	}
	return answerFailed(u, err)
}

func answerFailed(u *url.URL, err error) error {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return fmt.Errorf("%s did not take the request in time: %w", u.Host, contrechamp.ErrUnavailable)
	}
	return fmt.Errorf("%s ended the connection without an answer: %w", u.Host, contrechamp.ErrUnavailable)
}

// readBody reads the body with its transfer coding, up to limit bytes of it, into Response. An error says why it is not
// whole, or (ErrUnavailable) that the copy could not be kept.
func (x *Exchange) readBody(in *bufio.Reader, limit int64) error {
	if x.Status == http.StatusNoContent || x.Status == http.StatusNotModified || x.Status == http.StatusSwitchingProtocols {
		return nil
	}
	body := &copier{in: in, to: &x.Response, left: limit}
	if isChunked(x.Header) {
		// read byte by byte what is framing, so that not more is copied than the message
		framed := bufio.NewReaderSize(body, 1)
		if _, err := io.Copy(io.Discard, httputil.NewChunkedReader(framed)); err != nil {
			return err
		}
		return trailer(framed)
	}
	length := x.Header.Get("Content-Length")
	if length == "" {
		_, err := io.Copy(io.Discard, body)
		return err
	}
	n, err := strconv.ParseInt(strings.TrimSpace(length), 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("a length %q", clip(length, 20)) // http.ReadResponse has refused it before
	}
	if read, err := io.CopyN(io.Discard, body, n); err != nil {
		if errors.Is(err, io.EOF) && read < n {
			return io.ErrUnexpectedEOF
		}
		return err
	}
	return nil
}

// trailer reads the lines behind the last chunk.
func trailer(in *bufio.Reader) error {
	const most = 64 << 10
	for n := 0; n < most; {
		l, err := in.ReadString('\n')
		if n += len(l); err != nil {
			return err
		}
		if l == "\r\n" || l == "\n" {
			return nil
		}
	}
	return errLength
}

// copier copies what is read, and ends at a limit.
type copier struct {
	in   *bufio.Reader
	to   io.Writer
	left int64
}

func (c *copier) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errLength
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.in.Read(p)
	if n > 0 {
		c.left -= int64(n)
		if _, err := c.to.Write(p[:n]); err != nil {
			return n, err
		}
	}
	return n, err
}
