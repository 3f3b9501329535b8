package archive

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"regexp"
	"strings"
)

// Head is how many bytes Detect wants of a file's beginning.
const Head = 4096

// OfficeType tells a zipped office document or book by the names inside, "" for any other ZIP.
func OfficeType(r *zip.Reader) string {
	first := ""
	for i, f := range r.File {
		switch name := strings.TrimPrefix(f.Name, "/"); {
		case i == 0 && name == "mimetype" && f.UncompressedSize64 < 200:
			if in, err := f.Open(); err == nil {
				b, err := io.ReadAll(io.LimitReader(in, 200))
				in.Close()
				if err == nil {
					first = strings.TrimSpace(string(b))
				}
			}
		case name == "word/document.xml":
			return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		case name == "ppt/presentation.xml":
			return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
		case name == "xl/workbook.xml":
			return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		case name == "xl/workbook.bin":
			return "application/vnd.ms-excel.sheet.binary.macroenabled.12"
		}
	}
	if strings.HasPrefix(first, "application/vnd.oasis.opendocument.") || first == "application/epub+zip" {
		return strings.TrimSuffix(first, "-template")
	}
	return ""
}

// ZipType tells what a file that begins as a ZIP is: an office document's media type, "application/wacz", or
// "application/zip".
func ZipType(src Source) string {
	r, err := zip.NewReader(src.Bytes, src.Size)
	if err != nil {
		return "application/zip"
	}
	if t := OfficeType(r); t != "" {
		return t
	}
	if isWACZ(r) {
		return "application/wacz"
	}
	return "application/zip"
}

// isWACZ: a datapackage.json at the root, and WARC files under archive/ (WACZ 1.1.1, section 4).
func isWACZ(r *zip.Reader) bool {
	data, pages := false, false
	for _, f := range r.File {
		data = data || f.Name == "datapackage.json"
		pages = pages || strings.HasPrefix(f.Name, "archive/") && isWARCName(f.Name)
	}
	return data && pages
}

func isWARCName(name string) bool {
	return strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz")
}

// MayHold reports whether Detect is worth asking, from a document's first Head bytes alone.
func MayHold(head []byte) bool {
	for _, magic := range []string{"PK\x03\x04", "PK\x05\x06", "\x1f\x8b", "\x28\xb5\x2f\xfd", "WARC/1.", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return isTar(head) || IsMbox(head) || IsMail(head)
}

// Detect tells whether a document holds others, by its bytes; the name decides only what a compressed file holds.
// head is its first Head bytes.
func Detect(head []byte, src Source) (Kind, bool) {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		switch ZipType(src) {
		case "application/zip":
			return Zip, true
		case "application/wacz":
			return WACZ, true
		}
		return "", false
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		if begin := inflatedHead(head); bytes.HasPrefix(begin, []byte("WARC/1.")) {
			return WARC, true
		} else if isTar(begin) {
			return Tar, true
		}
		return Gzip, true
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		if ext := path.Ext(strings.TrimSuffix(strings.ToLower(src.Name), ".zst")); ext == ".tar" || strings.HasSuffix(strings.ToLower(src.Name), ".tzst") {
			return Tar, true
		}
		return Zstd, true
	case bytes.HasPrefix(head, []byte("WARC/1.")):
		return WARC, true
	case isTar(head):
		return Tar, true
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if isOutlook(src) {
			return MSG, true
		}
		return "", false
	case IsMbox(head):
		return Mbox, true
	case IsMail(head):
		return Mail, true
	}
	return "", false
}

// isTar looks for the magic of POSIX and GNU tar at byte 257.
func isTar(head []byte) bool {
	return len(head) >= 263 && bytes.HasPrefix(head[257:], []byte("ustar"))
}

var headerLine = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9-]*):`)

// mailHeaders are those of which a message has at least two near its start.
var mailHeaders = map[string]bool{"from": true, "to": true, "subject": true, "date": true, "message-id": true, "received": true,
	"return-path": true, "delivered-to": true, "mime-version": true, "content-type": true, "reply-to": true, "cc": true, "sender": true,
	"x-mailer": true, "in-reply-to": true, "dkim-signature": true, "authentication-results": true, "envelope-to": true, "x-original-to": true}

// IsMail reports whether text begins as an internet message does (RFC 5322): header lines, two of them those of mail
// and one of these the sender or a trace, and what no notes begin with.
func IsMail(head []byte) bool {
	known, from, machine := 0, false, false
	lines := bytes.Split(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("\n"))
	for i, line := range lines {
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if i == 0 {
				return false
			}
			continue
		}
		m := headerLine.FindSubmatch(line)
		if m == nil {
			if i == len(lines)-1 {
				break // cut by the end of head
			}
			return false
		}
		name := strings.ToLower(string(m[1]))
		if mailHeaders[name] {
			known++
		}
		from = from || name == "from"
		machine = machine || name == "received" || name == "message-id" || name == "mime-version" || name == "return-path" || name == "content-type" || name == "delivered-to" || strings.HasPrefix(name, "x-")
	}
	return known >= 2 && machine && (from || known >= 3)
}

// IsMbox reports whether text begins with the line that parts messages in a mailbox, and a message behind it.
func IsMbox(head []byte) bool {
	if !bytes.HasPrefix(head, []byte("From ")) {
		return false
	}
	_, rest, ok := bytes.Cut(head, []byte("\n"))
	return ok && IsMail(rest)
}
