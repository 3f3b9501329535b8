package read

import (
	"bytes"
	"mime"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
)

// head is how many bytes decide what a document is.
const head = 4096

// sniff tells the media type of a document from its bytes; name and declared type only decide between text types.
func sniff(src Source) (string, error) {
	b := src.Bytes
	if len(b) == 0 {
		return "", refuse("the file is empty")
	}
	start := b[:min(len(b), head)]
	if len(bytes.TrimSpace(bytes.ReplaceAll(start, []byte{0}, nil))) == 0 && len(bytes.Trim(b, "\x00 \t\r\n\v\f")) == 0 {
		return "", refuse("the file holds nothing but white space")
	}
	m, marked := markOf(b)
	_, wide := unmarkedUTF16(b)
	if marked && m.encoding != nil || wide {
		if looksHTML(lower(asciiOf(start[len(m.bytes):]))) {
			return "text/html", nil
		}
		return "text/plain", nil
	}
	if t := sniffFormat(src); t != "" {
		return t, nil
	}
	found := mimetype.Detect(start)
	if !isText(found) {
		if !readableBytes(start) || found.String() != "application/octet-stream" {
			return base(found.String()), nil
		}
		return textType(src, start), nil
	}
	if !readableBytes(start) {
		return "application/octet-stream", nil
	}
	switch t := base(found.String()); t {
	case "text/rtf", "message/rfc822", "application/mbox", "image/svg+xml", "text/calendar", "text/vcard":
		return t, nil
	case "text/html", "application/xhtml+xml":
		return t, nil
	default:
		if strings.HasSuffix(t, "json") {
			return t, nil // data for programs: nobody speaks in it
		}
	}
	return textType(src, start), nil
}

// textType tells HTML from plain text where the first bytes are text.
func textType(src Source, start []byte) string {
	if looksHTML(lower(start)) {
		return "text/html"
	}
	declared := base(src.MediaType)
	extension := strings.ToLower(path.Ext(src.Name))
	saysHTML := declared == "text/html" || declared == "application/xhtml+xml" || extension == ".html" || extension == ".htm" || extension == ".xhtml"
	if saysHTML && bytes.IndexByte(start, '<') >= 0 {
		return "text/html"
	}
	return "text/plain"
}

// looksHTML reports whether text opens as a page does: the first tag is one of HTML's, or tags of HTML abound.
func looksHTML(text []byte) bool {
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), " \t\r\n\f")
	for bytes.HasPrefix(text, []byte("<!--")) || bytes.HasPrefix(text, []byte("<?xml")) {
		end := bytes.IndexByte(text, '>')
		if end < 0 {
			return false
		}
		text = bytes.TrimLeft(text[end+1:], " \t\r\n\f")
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<meta ", "<div", "<article", "<section", "<p>", "<p ", "<h1", "<table", "<script", "<span", "<b>", "<i>", "<a "} {
		if bytes.HasPrefix(text, []byte(tag)) {
			return true
		}
	}
	return false
}

// readableBytes reports whether b could be text: hardly any control characters.
func readableBytes(b []byte) bool {
	odd := 0
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b && c != 0 {
			odd++
		}
	}
	nuls := bytes.Count(b, []byte{0})
	// a few NULs are dirt in a text; many are a binary format
	return odd*50 <= len(b) && nuls*20 <= len(b)
}

// isText reports whether mimetype's finding is text or a kind of it.
func isText(m *mimetype.MIME) bool {
	for ; m != nil; m = m.Parent() {
		if m.Is("text/plain") {
			return true
		}
	}
	return false
}

func base(mediaType string) string {
	t, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		t, _, _ = strings.Cut(mediaType, ";")
		t = strings.ToLower(strings.TrimSpace(t))
	}
	return t
}

func lower(b []byte) []byte { return bytes.ToLower(b) }

// asciiOf drops the zero bytes of UTF-16 and UTF-32, enough to look for tags.
func asciiOf(b []byte) []byte { return bytes.ReplaceAll(b, []byte{0}, nil) }

// named are the formats that people will bring, by the name they know.
var named = map[string]string{
	"application/pdf":    "PDF documents are",
	"text/rtf":           "RTF documents are",
	"application/msword": "Word documents of the old format are",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "Word documents are",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "Excel sheets are",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint presentations are",
	"application/vnd.ms-excel":      "Excel sheets of the old format are",
	"application/vnd.ms-powerpoint": "PowerPoint presentations of the old format are",

	"application/vnd.oasis.opendocument.text":         "OpenDocument texts are",
	"application/vnd.oasis.opendocument.spreadsheet":  "OpenDocument sheets are",
	"application/vnd.oasis.opendocument.presentation": "OpenDocument presentations are",
	"application/epub+zip":                            "EPUB books are",
	"message/rfc822":                                  "mail messages are",
	"application/mbox":                                "mailboxes are",
	"application/vnd.ms-outlook":                      "Outlook messages are",
	"application/zip":                                 "ZIP archives are",
	"application/x-tar":                               "TAR archives are",
	"application/gzip":                                "gzip files are",
	"application/zstd":                                "zstd files are",
	"application/x-7z-compressed":                     "7z archives are",
	"application/x-rar-compressed":                    "RAR archives are",
	"application/warc":                                "WARC archives are",
	"application/vnd.sqlite3":                         "SQLite databases are",
	"text/calendar":                                   "calendars are",
	"text/vcard":                                      "address cards are",
}

// unread says why a format is not read.
func unread(mediaType string) error {
	if name, ok := named[mediaType]; ok {
		return refuse("%s not read yet", name)
	}
	switch mediaType {
	case typeSealed:
		return refuse("the file is encrypted and needs a password")
	case "application/x-ole-storage":
		return refuse("this is an office file of an old format that is not read, or a damaged one")
	}
	if strings.HasSuffix(mediaType, "json") {
		return refuse("this is data for programs (%s), not a text", mediaType)
	}
	kind, _, _ := strings.Cut(mediaType, "/")
	switch kind {
	case "image":
		if pictures[mediaType] {
			return refuse("this is a picture (%s): text in it is read with --ocr", mediaType)
		}
		return refuse("this looks like a picture (%s)", mediaType)
	case "audio":
		return refuse("this looks like a sound recording (%s)", mediaType)
	case "video":
		return refuse("this looks like a video (%s)", mediaType)
	case "font":
		return refuse("this looks like a typeface (%s)", mediaType)
	}
	if mediaType == "application/octet-stream" || mediaType == "" || !utf8.ValidString(mediaType) {
		return refuse("binary data, no text found")
	}
	return refuse("documents of the type %s are not read yet", mediaType)
}
