package mail

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/richardlehane/mscfb"

	"contrechamp.org/contrechamp/internal/codepage"
)

// Properties of an Outlook message (MS-OXPROPS): the first four digits of a stream's name "__substg1.0_0037001F"; the
// last four are its type.
const (
	tagSubject     = "0037"
	tagSenderName  = "0C1A"
	tagSenderMail  = "5D01"
	tagTo          = "0E04"
	tagCc          = "0E03"
	tagBody        = "1000"
	tagHTML        = "1013"
	tagRTF         = "1009"
	tagHeaders     = "007D"
	tagData        = "3701"
	tagName        = "3707"
	tagShortName   = "3704"
	tagMediaType   = "370E"
	typeUnicode    = "001F"
	typeString     = "001E"
	typeBytes      = "0102"
	submitted      = 0x00390040 // property of the fixed kind: when it was sent
	delivered      = 0x0E060040
	codePage       = 0x3FFD0003 // of strings that are not Unicode
	htmlCodePage   = 0x3FDE0003 // of the HTML
	maxStreams     = 20_000
	streamPrefix   = "__substg1.0_"
	attachPrefix   = "__attach_version1.0_"
	propertyStream = "__properties_version1.0"
)

// IsMSG reports whether a compound file is an Outlook message.
func IsMSG(r io.ReaderAt) bool { return CompoundHolds(r, propertyStream) != "" }

// CompoundHolds answers the first of the streams at the top of a compound file that has one of these names, "" when none has.
func CompoundHolds(r io.ReaderAt, names ...string) string {
	f, err := mscfb.New(r)
	if err != nil {
		return ""
	}
	for n := 0; n < maxStreams; n++ {
		e, err := f.Next()
		if err != nil {
			return ""
		}
		if len(e.Path) == 0 && slices.Contains(names, e.Name) {
			return e.Name
		}
	}
	return ""
}

// ParseMSG takes an Outlook message apart (MS-OXMSG). Its errors are Refusals.
func ParseMSG(b []byte) (Message, error) {
	if len(b) > MaxBytes {
		return Message{}, refuse("the message has %d MiB, more than the %d MiB that are read", len(b)>>20, MaxBytes>>20)
	}
	f, err := mscfb.New(bytes.NewReader(b))
	if err != nil {
		return Message{}, refuse("the Outlook message is damaged: its contents cannot be listed")
	}
	var m Message
	texts := map[string][]byte{} // by tag and type
	var fixed properties
	attachments := map[string]map[string][]byte{}
	var order []string
	left := int64(2 * MaxBytes) // streams of a damaged file may share their bytes
	embedded := 0
	for n := 0; ; n++ {
		e, err := f.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || n > maxStreams {
			m.Notes = append(m.Notes, "the Outlook message is damaged: not all of it could be read")
			break
		}
		depth := len(e.Path)
		switch {
		case depth == 1 && strings.HasPrefix(e.Path[0], attachPrefix) && e.Name == streamPrefix+tagData+"000D":
			embedded++
			continue
		case depth > 1 || depth == 1 && !strings.HasPrefix(e.Path[0], attachPrefix) || e.Size <= 0:
			continue
		case !strings.HasPrefix(e.Name, streamPrefix) && e.Name != propertyStream:
			continue
		}
		if left -= e.Size; left < 0 {
			return Message{}, refuse("the Outlook message is damaged: its parts are larger than the whole")
		}
		content, err := io.ReadAll(io.LimitReader(e, e.Size))
		if err != nil && len(content) == 0 {
			continue
		}
		name := strings.TrimPrefix(e.Name, streamPrefix)
		if depth == 1 {
			if attachments[e.Path[0]] == nil {
				attachments[e.Path[0]] = map[string][]byte{}
				order = append(order, e.Path[0])
			}
			attachments[e.Path[0]][name] = content
			continue
		}
		if e.Name == propertyStream {
			fixed = propertiesIn(content)
			continue
		}
		texts[name] = content
	}
	text := func(tag string, codePage int) string {
		if t := textOf(texts[tag+typeUnicode], typeUnicode, 0); t != "" {
			return t
		}
		for _, kind := range []string{typeString, typeBytes} {
			if t := textOf(texts[tag+kind], kind, codePage); t != "" {
				return t
			}
		}
		return ""
	}
	m.Date = fixed.sent
	m.Subject, m.To, m.Cc = text(tagSubject, fixed.codePage), text(tagTo, fixed.codePage), text(tagCc, fixed.codePage)
	m.Text, m.HTML = text(tagBody, fixed.codePage), text(tagHTML, fixed.htmlCodePage)
	if m.From = text(tagSenderName, fixed.codePage); m.From == "" {
		m.From = text(tagSenderMail, fixed.codePage)
	}
	if packed := texts[tagRTF+typeBytes]; m.Text == "" && m.HTML == "" && len(packed) > 0 {
		rtf, err := unpackRTF(packed)
		if err != nil {
			m.Notes = append(m.Notes, err.Error())
		}
		m.RTF = rtf
	}
	if h, err := mail.ReadMessage(strings.NewReader(strings.TrimSpace(text(tagHeaders, fixed.codePage)) + "\r\n\r\n")); err == nil {
		if t, err := h.Header.Date(); err == nil {
			m.Date = t
		}
	}
	for _, path := range order {
		if len(m.Attachments) >= maxAttachments {
			m.Notes = append(m.Notes, fmt.Sprintf("the message has more than the %d attachments that are taken out", maxAttachments))
			break
		}
		if a, ok := outlookAttachment(attachments[path], fixed.codePage); ok {
			m.Attachments = append(m.Attachments, a)
		}
	}
	if embedded > 0 {
		m.Notes = append(m.Notes, fmt.Sprintf("%d messages that this one holds in Outlook's own form were not taken out", embedded))
	}
	if m.Text == "" && m.HTML == "" && len(m.RTF) == 0 && m.Subject == "" {
		return m, refuse("the Outlook message has no text that can be read")
	}
	return m, nil
}

func outlookAttachment(streams map[string][]byte, codePage int) (Attachment, bool) {
	a := Attachment{Bytes: streams[tagData+typeBytes]}
	for _, tag := range []string{tagShortName, tagName} {
		for _, kind := range []string{typeString, typeUnicode} {
			if b := streams[tag+kind]; len(b) > 0 {
				a.Name = textOf(b, kind, codePage)
			}
		}
	}
	for _, kind := range []string{typeString, typeUnicode} {
		if b := streams[tagMediaType+kind]; len(b) > 0 {
			a.MediaType = textOf(b, kind, codePage)
		}
	}
	if a.Name == "" {
		a.Name = "attachment"
	}
	return a, len(a.Bytes) > 0
}

// textOf decodes a stream of text. What is not Unicode is in the code page that the message says, unless it is UTF-8.
func textOf(b []byte, kind string, codePage int) string {
	if kind == typeUnicode {
		u := make([]uint16, len(b)/2)
		for i := range u {
			u[i] = binary.LittleEndian.Uint16(b[2*i:])
		}
		return strings.TrimRight(string(utf16.Decode(u)), "\x00")
	}
	if utf8.Valid(b) {
		return strings.TrimRight(string(b), "\x00")
	}
	s, err := codepage.Encoding(codePage).NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return strings.TrimRight(string(s), "\x00")
}

// properties are those of a fixed size that a message is read by.
type properties struct {
	sent                   time.Time
	codePage, htmlCodePage int
}

// propertiesIn reads the stream of fixed properties: 32 bytes of head, then 16 for each property.
func propertiesIn(b []byte) properties {
	const head, size = 32, 16
	var p properties
	for at := head; at+size <= len(b); at += size {
		value := binary.LittleEndian.Uint64(b[at+8:])
		switch tag := binary.LittleEndian.Uint32(b[at:]); {
		case tag == codePage:
			p.codePage = int(uint32(value))
		case tag == htmlCodePage:
			p.htmlCodePage = int(uint32(value))
		case tag == submitted || tag == delivered && p.sent.IsZero():
			if t, ok := FileTime(value); ok {
				p.sent = t
			}
		}
	}
	return p
}

// FileTime reads a time as Windows programs write it (MS-DTYP 2.3.3): 100 ns since 1601; false when it is none.
func FileTime(ticks uint64) (time.Time, bool) {
	const toUnix, most = 11_644_473_600, 1 << 62
	if ticks == 0 || ticks >= most {
		return time.Time{}, false
	}
	return time.Unix(int64(ticks/10_000_000)-toUnix, 0).UTC(), true
}
