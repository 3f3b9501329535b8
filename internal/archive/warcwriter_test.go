package archive

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// sampleWARC has a record of each type.
func sampleWARC(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWARCWriter(&b)
	at := time.Date(2026, 11, 26, 7, 30, 1, 234567000, time.UTC)
	write := func(r WARCRecord) string {
		r.Date = at
		id, err := w.Write(r)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	payload := contrechamp.Sum([]byte("<p>page</p>"))
	info := write(WARCRecord{Type: TypeInfo, ContentType: FieldsType, Filename: "a.warc.gz", Block: Fields([2]string{"software", "test"}, [2]string{"empty", ""})})
	head := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n"
	id := write(WARCRecord{Type: TypeResponse, TargetURI: "https://example.org/é?a=b", IP: "192.0.2.1", ContentType: ResponseType, Warcinfo: info, Payload: &payload, Block: Block([]byte(head + "<p>page</p>")),
		Extra: [][2]string{{"WARC-Protocol", "http/1.1"}, {"WARC-Protocol", "tls/1.3"}}})
	write(WARCRecord{Type: TypeRequest, TargetURI: "https://example.org/é?a=b", ContentType: RequestType, ConcurrentTo: id, Block: Block([]byte("GET / HTTP/1.1\r\n\r\n"))})
	write(WARCRecord{Type: TypeRevisit, TargetURI: "https://example.org/é?a=b", ContentType: ResponseType, Payload: &payload, RefersToURI: "https://example.org/é?a=b", RefersToDate: at, Block: Block([]byte(head))})
	write(WARCRecord{Type: TypeMetadata, TargetURI: "https://example.org/é?a=b", ContentType: FieldsType, ConcurrentTo: id, Block: Fields([2]string{"outcome", "two\r\nWARC-Type: lines"})})
	write(WARCRecord{Type: TypeResource, TargetURI: "file:///a/b.txt\r\nWARC-Type: request", ContentType: "text/plain", Truncated: TruncatedLength, Block: Block([]byte("text"))})
	write(WARCRecord{Type: TypeResource, TargetURI: "urn:dom:https://example.org/", ContentType: "text/html", Block: Block([]byte("<p>dom</p>"))})
	if w.Written() != int64(b.Len()) {
		t.Errorf("written: got %d, want %d", w.Written(), b.Len())
	}
	return b.Bytes()
}

// TestWARCWriter checks each record against the standard: the fields that its type must have, their form, their digests.
func TestWARCWriter(t *testing.T) {
	must := map[string][]string{ // ISO 28500:2017, section 5.1 and 6
		"":           {"WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length"},
		TypeResponse: {"WARC-Target-URI"}, TypeRequest: {"WARC-Target-URI"}, TypeResource: {"WARC-Target-URI"}, TypeRevisit: {"WARC-Target-URI", "WARC-Profile"},
	}
	form := map[string]*regexp.Regexp{
		"WARC-Record-ID":    regexp.MustCompile(`^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>$`),
		"WARC-Date":         regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z$`),
		"WARC-Block-Digest": regexp.MustCompile(`^sha256:[0-9a-f]{64}$`),
	}
	var got []string
	ids := map[string]bool{}
	file := sampleWARC(t)
	end := int64(0)
	err := Records(file, func(r Record) error {
		got = append(got, r.Type)
		block, err := io.ReadAll(r.Block)
		if err != nil {
			return err
		}
		if int64(len(block)) != r.Length || r.Head.Get("WARC-Block-Digest") != DigestField(contrechamp.Sum(block)) {
			t.Errorf("%s: its block has %d bytes and not its digest", r.Type, len(block))
		}
		for _, name := range append(must[""], must[r.Type]...) {
			if r.Head.Get(name) == "" {
				t.Errorf("%s: no %s", r.Type, name)
			}
		}
		for name, f := range form {
			if !f.MatchString(r.Head.Get(name)) {
				t.Errorf("%s: %s is %q", r.Type, name, r.Head.Get(name))
			}
		}
		if ids[r.ID] {
			t.Errorf("%s: an ID used twice", r.Type)
		}
		ids[r.ID] = true
		if r.Offset != end {
			t.Errorf("%s: begins at %d, want %d", r.Type, r.Offset, end)
		}
		return nil
	}, func(r Record) error { end = r.Offset + r.Packed; return nil })
	if err != nil || end != int64(len(file)) {
		t.Fatalf("got %v, and an end at %d of %d", err, end, len(file))
	}
	if want := "warcinfo response request revisit metadata resource resource"; strings.Join(got, " ") != want {
		t.Errorf("records: got %v, want %s", got, want)
	}
}

// TestWARCWriterRead lets the reader of foreign files read ours.
func TestWARCWriterRead(t *testing.T) {
	file := sampleWARC(t)
	src := Source{Bytes: bytes.NewReader(file), Size: int64(len(file)), Name: "a.warc.gz"}
	kind, ok := Detect(file[:min(len(file), Head)], src)
	if !ok || kind != WARC {
		t.Fatalf("detected as %s", kind)
	}
	var got []string
	err := Walk(t.Context(), kind, src, Limits{}, func(m Member) error {
		text := "=" + m.SameAs
		if m.Reader != nil {
			b, err := io.ReadAll(m.Reader)
			if err != nil {
				return err
			}
			text = string(b)
		}
		got = append(got, m.Name+" "+text)
		return m.Err
	})
	want := []string{"https://example.org/é?a=b <p>page</p>", "https://example.org/é?a=b (2) =https://example.org/é?a=b", "file:///a/b.txt  WARC-Type: request text"}
	if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestWARCWriterRefuses(t *testing.T) {
	var b bytes.Buffer
	w := NewWARCWriter(&b)
	for name, r := range map[string]WARCRecord{"no type": {Date: time.Now()}, "no date": {Type: TypeInfo}} {
		if _, err := w.Write(r); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if b.Len() != 0 {
		t.Errorf("something was written: %q", b.Bytes())
	}
	broken := NewWARCWriter(brokenPipe{})
	for range 2 {
		if _, err := broken.Write(WARCRecord{Type: TypeInfo, Date: time.Now()}); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("got %v", err)
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestRecordsDamaged(t *testing.T) {
	file := sampleWARC(t)
	read := func(b []byte) error {
		return Records(b, func(r Record) error {
			block, err := io.ReadAll(r.Block)
			if err == nil && r.Head.Get("WARC-Block-Digest") != DigestField(contrechamp.Sum(block)) {
				return errDigest
			}
			return nil
		}, nil)
	}
	for cut := 1; cut < len(file); cut += 7 {
		if err := read(file[:cut]); err != nil && !errors.Is(err, contrechamp.ErrInvalid) {
			t.Fatalf("cut at %d: got %v", cut, err)
		}
	}
	if err := Records([]byte("no gzip"), func(Record) error { return nil }, nil); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	stop := errors.New("enough")
	for i, err := range []error{Records(file, func(Record) error { return stop }, nil), Records(file, func(Record) error { return nil }, func(Record) error { return stop })} {
		if !errors.Is(err, stop) {
			t.Errorf("%d: got %v", i, err)
		}
	}
}

var errDigest = errors.New("another digest")

func FuzzRecords(f *testing.F) {
	f.Add(sampleWARC(f))
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, b []byte) {
		size := int64(0)
		err := Records(b, func(r Record) error {
			if size += r.Length; size > 16<<20 {
				return errors.New("large: " + strconv.FormatInt(size, 10))
			}
			if r.Type == TypeResponse {
				m, err := r.Answer()
				if err != nil {
					return nil
				}
				if in, err := m.Content(); err == nil {
					_, _ = io.Copy(io.Discard, io.LimitReader(in, 1<<20)) // whatever it is
				}
			}
			return nil
		}, nil)
		if err != nil && err.Error() == "" {
			t.Fatal("an error without a word")
		}
	})
}
