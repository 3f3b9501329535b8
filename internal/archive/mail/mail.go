// Package mail takes messages apart: internet messages (RFC 5322, MIME) by enmime, Outlook messages by mscfb, and
// mailboxes.
package mail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"

	"contrechamp.org/contrechamp"
)

// Limits of a message. Those who write by hand stay far below.
const (
	MaxBytes       = 48 << 20
	maxHeaderLines = 10_000
	maxParts       = 200 // nested or side by side
	maxAttachments = 1000
)

// Message is a message taken apart.
type Message struct {
	From, To, Cc, Subject string
	Date                  time.Time // zero when it says none
	Text                  string    // what the sender wrote, as text; "" when there is only HTML
	HTML                  string    // both in UTF-8, or in bytes as they came where no part says its charset
	RTF                   []byte    // of an Outlook message that has neither text nor HTML
	Attachments           []Attachment
	Notes                 []string
}

// Attachment is a file that came with a message.
type Attachment struct {
	Name      string // as the message gives it; may be anything
	MediaType string
	Bytes     []byte
}

// Refusal is an ErrInvalid whose text is one sentence for people.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// Unwrap makes it an ErrInvalid.
func (r Refusal) Unwrap() error { return contrechamp.ErrInvalid }

func refuse(format string, args ...any) error { return Refusal(fmt.Sprintf(format, args...)) }

// The charset that a part declares is believed. Where it declares none, or only says that it is ASCII although it is not,
// its bytes are left as they are: the library's guess takes short texts in UTF-8 for Latin ones.
var parser = enmime.NewParser(enmime.DisableTextConversion(true), enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true),
	enmime.StripMediaTypeInvalidCharacters(true), enmime.MaxStoredPartErrors(10), enmime.DisableCharacterDetection(true), enmime.MinCharsetDetectRunes(math.MaxInt),
	enmime.SetCustomParseMediaType(mediaTypeOf))

// mediaTypeOf parses a Content-Type without the charset that says nothing.
func mediaTypeOf(header string) (string, map[string]string, []string, error) {
	kind, params, invalid, err := mediatype.Parse(header)
	switch strings.ToLower(params["charset"]) {
	case "us-ascii", "ascii", "unknown-8bit", "x-unknown":
		delete(params, "charset")
	}
	return kind, params, invalid, err
}

// Parse takes an internet message apart. Its errors are Refusals.
func Parse(b []byte) (Message, error) {
	if len(b) > MaxBytes {
		return Message{}, refuse("the message has %d MiB, more than the %d MiB that are read", len(b)>>20, MaxBytes>>20)
	}
	if n := headerLines(b); n > maxHeaderLines {
		return Message{}, refuse("the message has more than the %d header lines that are read", maxHeaderLines)
	}
	if n := bytes.Count(bytes.ToLower(b), []byte("\ncontent-type:")); n > maxParts {
		return Message{}, refuse("the message has %d parts, more than the %d that are read", n, maxParts)
	}
	e, err := parser.ReadEnvelope(bytes.NewReader(b))
	if err != nil {
		return Message{}, refuse("the message is damaged: its parts cannot be told apart")
	}
	m := Message{From: address(e, "From"), To: address(e, "To"), Cc: address(e, "Cc"), Subject: e.GetHeader("Subject"), Text: e.Text, HTML: e.HTML}
	if t, err := mail.ParseDate(e.GetHeader("Date")); err == nil {
		m.Date = t
	}
	for _, list := range [][]*enmime.Part{e.Attachments, e.Inlines, e.OtherParts} {
		for _, p := range list {
			if len(m.Attachments) >= maxAttachments {
				m.Notes = append(m.Notes, fmt.Sprintf("the message has more than the %d attachments that are taken out", maxAttachments))
				return m, nil
			}
			if a, ok := attachment(p); ok {
				m.Attachments = append(m.Attachments, a)
			}
		}
	}
	if sealed(e.Root) {
		m.Notes = append(m.Notes, "the message is encrypted: only who wrote to whom, when, and its subject can be read")
	}
	if slices.ContainsFunc(e.Errors, func(e *enmime.Error) bool { return e.Severe }) {
		m.Notes = append(m.Notes, "the message breaks the rules of mail in places and was read as well as it could be")
	}
	return m, nil
}

// sealed reports whether a message's content is encrypted: by OpenPGP (RFC 3156), by S/MIME (RFC 8551), or as OpenPGP text.
func sealed(root *enmime.Part) bool {
	if root == nil {
		return false
	}
	switch strings.ToLower(root.ContentType) {
	case "multipart/encrypted":
		return true
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return !strings.Contains(strings.ToLower(root.Header.Get("Content-Type")), "signed-data")
	}
	return bytes.HasPrefix(bytes.TrimSpace(root.Content), []byte("-----BEGIN PGP MESSAGE-----"))
}

// attachment answers a part as a file; signatures and the like are none.
func attachment(p *enmime.Part) (Attachment, bool) {
	a := Attachment{Name: p.FileName, MediaType: p.ContentType, Bytes: p.Content}
	if len(a.Bytes) == 0 || strings.HasPrefix(a.MediaType, "multipart/") || a.MediaType == "application/pgp-signature" || a.MediaType == "application/pgp-encrypted" || a.MediaType == "application/pkcs7-signature" {
		return a, false
	}
	if a.Name == "" {
		switch {
		case a.MediaType == "message/rfc822":
			a.Name = "message.eml"
		case strings.HasPrefix(a.MediaType, "image/"):
			return a, false // a picture within the text
		default:
			a.Name = "attachment"
		}
	}
	return a, true
}

// address answers people as names, or as addresses where no name is given.
func address(e *enmime.Envelope, header string) string {
	list, err := e.AddressList(header)
	if err != nil {
		return e.GetHeader(header)
	}
	var names []string
	for _, a := range list {
		if a.Name != "" {
			names = append(names, a.Name)
		} else {
			names = append(names, a.Address)
		}
	}
	return strings.Join(names, ", ")
}

// headerLines counts the lines before the first empty one.
func headerLines(b []byte) int {
	n := 0
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		if len(bytes.TrimRight(line, "\r")) == 0 {
			return n
		}
		if n++; n > maxHeaderLines {
			return n
		}
		b = rest
	}
	return n
}

// Split calls visit for each message of a mailbox (RFC 4155, with the quoting of mboxrd), in order.
func Split(r io.Reader, visit func(message []byte) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	var message []byte
	started, over, blank := false, false, true
	end := func() error {
		defer func() { message, over = message[:0], false }()
		switch {
		case !started:
			return nil
		case over:
			return visit(nil)
		}
		return visit(bytes.TrimSuffix(message, []byte("\n")))
	}
	for {
		line, err := in.ReadSlice('\n')
		if blank && bytes.HasPrefix(line, []byte("From ")) {
			if err := end(); err != nil {
				return err
			}
			started, blank = true, false
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = in.ReadSlice('\n')
			}
		} else {
			blank = len(bytes.TrimRight(line, "\r\n")) == 0
			if quoted := bytes.TrimLeft(line, ">"); len(quoted) < len(line) && bytes.HasPrefix(quoted, []byte("From ")) {
				line = line[1:]
			}
			if over = over || len(message)+len(line) > MaxBytes; !over {
				message = append(message, line...)
			}
		}
		switch {
		case err == nil || errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return end()
		default:
			return err
		}
	}
}
