// Package hostile makes documents that were made to harm a reader, or that look so: what is small rests in
// testdata/hostile, what is large is made when a test wants it. None of them is taken from anywhere.
package hostile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"

	"contrechamp.org/contrechamp/internal/archive/archivetest"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
)

// Small is how many bytes a document has at most that rests in testdata/hostile.
const Small = 48 << 10

// sentence is what is read where something is.
const sentence = "Le conseil de Valcroix a voté l'achat de douze caméras pour la gare, malgré l'avis contraire de deux élus."

func docx(body string) []byte {
	return archivetest.Zip(archivetest.File{Name: "word/document.xml", Data: []byte(`<?xml version="1.0"?>` + body)})
}

func wide(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func wider(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, r := range s {
		b = order.AppendUint32(b, uint32(r))
	}
	return b
}

// Documents answers the makers of all documents, by file name. Each answers the same bytes each time.
func Documents() map[string]func() []byte {
	const open, closed = `<w:document xmlns:w="w"><w:body>`, `</w:body></w:document>`
	paragraph := "<w:p><w:r><w:t>" + sentence + "</w:t></w:r></w:p>"
	page := "<!doctype html><html><title>Valcroix</title><body>"
	all := map[string]func() []byte{
		// archives
		"bomb-flat.zip":           func() []byte { return archivetest.FlatBomb(20, 40<<20, false) },
		"bomb-flat-that-lies.zip": func() []byte { return archivetest.FlatBomb(20, 40<<20, true) },
		"bomb-nested.zip":         func() []byte { return archivetest.NestedBomb(6, 4, 1<<20) },
		"bomb-overlapping.zip":    func() []byte { return archivetest.OverlapBomb(10_000, 1<<20) },
		"endless.gz":              func() []byte { return archivetest.GzipBomb(1 << 30) },
		"endless.tar.gz": func() []byte {
			return archivetest.Gzip("", archivetest.Tar(archivetest.File{Name: "zeros", Data: make([]byte, 64<<20)}))
		},
		"endless.zst": func() []byte { return archivetest.Zstd(make([]byte, 64<<20)) },
		"names.zip": func() []byte {
			var files []archivetest.File
			for _, name := range []string{"../../../../tmp/evil.txt", "/etc/passwd", `C:\windows\evil.txt`, "a\x00b.txt", "\x1b[2J\x1b[31mred.txt", "gpj.\u202etxt.html",
				"line\nbreak.txt", strings.Repeat("long", 4000) + ".txt", "same.txt", "same.txt", "..", "."} {
				files = append(files, archivetest.File{Name: name, Data: []byte(sentence + " " + fmt.Sprintf("%q", name))})
			}
			return archivetest.Zip(files...)
		},
		"names.tar": func() []byte {
			return archivetest.Tar(archivetest.File{Name: "../../../../tmp/evil.txt", Data: []byte(sentence)}, archivetest.File{Name: "\x1b[2Jred.txt", Data: []byte(sentence + " Deux fois.")})
		},
		"cut.zip": func() []byte {
			b := archivetest.Zip(archivetest.File{Name: "a.txt", Data: []byte(sentence)})
			return b[:len(b)-30]
		},
		"cut.tar.gz": func() []byte {
			b := archivetest.Gzip("", archivetest.Tar(archivetest.File{Name: "a.txt", Data: []byte(strings.Repeat(sentence, 50))}))
			return b[:len(b)/2]
		},
		"many-members.zip": func() []byte {
			files := make([]archivetest.File, 3000)
			for i := range files {
				files[i] = archivetest.File{Name: fmt.Sprintf("%d.bin", i), Data: []byte{0, 1, 2, byte(i), byte(i >> 8), 255, 254}}
			}
			return archivetest.Zip(files...)
		},
		"headers.warc": func() []byte {
			return archivetest.WARC(false, archivetest.Response("https://example.org/", "200 OK", "<p>"+sentence, strings.Split(strings.Repeat("X: y\n", 99_999)+"X: y", "\n")...))
		},
		"cut.warc.gz": func() []byte {
			b := archivetest.WARC(true, archivetest.Response("https://example.org/", "200 OK", "<p>"+sentence, "Content-Type: text/html"))
			return b[:len(b)-9]
		},
		// mail
		"nested.eml":  func() []byte { return archivetest.NestedMail(1000) },
		"headers.eml": func() []byte { return archivetest.ManyHeaders(100_000) },
		"names.eml": func() []byte {
			return []byte("From: a@example.org\r\nTo: b@example.org\r\nSubject: noms\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + sentence +
				"\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=\"../../../tmp/\x1b[31mevil.txt\"\r\n\r\n" + sentence + " Encore.\r\n--b--\r\n")
		},
		"never-closed.eml": func() []byte {
			return []byte("From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n", 5000) + "\r\n" + sentence)
		},
		// office
		"entities.docx": func() []byte {
			return docx(`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>` + open + "<w:p><w:r><w:t>&c;</w:t></w:r></w:p>" + closed)
		},
		"outside-entity.odt": func() []byte {
			return archivetest.Zip(archivetest.File{Name: "mimetype", Data: []byte("application/vnd.oasis.opendocument.text")},
				archivetest.File{Name: "content.xml", Data: []byte(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><office:document-content><office:body><office:text><text:p>&a;</text:p></office:text></office:body></office:document-content>`)})
		},
		"deep.docx": func() []byte { return docx(open + strings.Repeat("<w:sdt>", 100_000) + paragraph) },
		"attributes.docx": func() []byte {
			return docx(open + "<w:p " + strings.Repeat(`a="b" `, 200_000) + ">" + paragraph + closed)
		},
		"zeros.docx": func() []byte {
			return archivetest.Zip(archivetest.File{Name: "word/document.xml", Data: make([]byte, 200<<20)})
		},
		"paragraphs.docx": func() []byte {
			return docx(open + strings.Repeat("<w:p><w:r><w:t>un 1 deux</w:t></w:r></w:p>", 1_000_000) + closed)
		},
		"repeated.ods": func() []byte {
			return archivetest.Zip(archivetest.File{Name: "mimetype", Data: []byte("application/vnd.oasis.opendocument.spreadsheet")},
				archivetest.File{Name: "content.xml", Data: []byte(`<office:document-content><office:body><office:spreadsheet><table:table table:name="x"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>` +
					strings.Repeat("camera ", 1000) + `</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`)})
		},
		"deep.rtf":   func() []byte { return []byte(`{\rtf1 ` + strings.Repeat("{", 200_000) + "x") },
		"binary.rtf": func() []byte { return []byte(`{\rtf1 Douze cam\'e9ras \'e0 Valcroix.\par\bin99999999999 xx}`) },
		// text and its encodings
		"zeros.txt":      func() []byte { return make([]byte, 20<<10) },
		"null-bytes.txt": func() []byte { return []byte(strings.ReplaceAll(sentence+" "+sentence, ", ", ",\x00 ")) },
		"null-bytes.html": func() []byte {
			return []byte(page + "<p cl\x00ass='a\x00'>" + strings.ReplaceAll(sentence, ", ", ",\x00 "))
		},
		"utf-8-mark.txt": func() []byte { return []byte("\xef\xbb\xbf" + sentence) },
		"utf-8-marks.txt": func() []byte {
			return []byte("\xef\xbb\xbf\xef\xbb\xbf" + strings.ReplaceAll(sentence, " ", "\ufeff "))
		},
		"utf-16le-mark.txt": func() []byte { return append([]byte{0xff, 0xfe}, wide(sentence, binary.LittleEndian)...) },
		"utf-16be-mark.txt": func() []byte { return append([]byte{0xfe, 0xff}, wide(sentence, binary.BigEndian)...) },
		"utf-32le-mark.txt": func() []byte { return append([]byte{0xff, 0xfe, 0, 0}, wider(sentence, binary.LittleEndian)...) },
		"utf-32be-mark.txt": func() []byte { return append([]byte{0, 0, 0xfe, 0xff}, wider(sentence, binary.BigEndian)...) },
		"utf-16le.txt":      func() []byte { return wide(sentence+" "+sentence, binary.LittleEndian) },
		"utf-16be.txt":      func() []byte { return wide(sentence+" "+sentence, binary.BigEndian) },
		"utf-16le.html":     func() []byte { return wide(page+"<p>"+sentence, binary.LittleEndian) },
		"utf-7-mark.txt":    func() []byte { return []byte("+/v8-" + sentence) },
		"gb18030-mark.txt": func() []byte {
			return append([]byte("\x84\x31\x95\x33"), "The council bought ten cameras for the station, \xd6\xd0\xce\xc4."...)
		},
		"mark-only.txt":      func() []byte { return []byte{0xff, 0xfe} },
		"half-a-letter.txt":  func() []byte { return append(append([]byte{0xff, 0xfe}, wide(sentence, binary.LittleEndian)...), 'x') },
		"not-utf-8.txt":      func() []byte { return []byte(sentence + "\n\nOn lit \xff\xfe\xc0\x80 ici.") },
		"no-line-end.txt":    func() []byte { return []byte(strings.Repeat(sentence+" ", 60_000)) },
		"one-word.txt":       func() []byte { return bytes.Repeat([]byte("a"), 8<<20) },
		"as-large-as-is.txt": func() []byte { return largeText(8 << 20) },
		// pages
		"bases.html":      func() []byte { return []byte(page + strings.Repeat("<base href='/a/'>", 10_000) + "<p>" + sentence) },
		"deep.html":       func() []byte { return []byte(page + strings.Repeat("<div>", 1_000_000) + sentence) },
		"tables.html":     func() []byte { return []byte(page + strings.Repeat("<table><tr><td>", 200_000) + sentence) },
		"attributes.html": func() []byte { return []byte(page + "<p " + strings.Repeat("a=b ", 500_000) + ">" + sentence) },
		"references.html": func() []byte { return []byte(page + "<p>" + sentence + strings.Repeat("&amp", 1_000_000)) },
		"script.html": func() []byte {
			return []byte(page + "<p>" + sentence + "<script>" + strings.Repeat("if(a<b){'<p>'}", 500_000))
		},
		"as-large-as-is.html": func() []byte {
			return []byte(page + strings.ReplaceAll(string(largeText(7<<20)), "\n\n", "<p>"))
		},
	}
	for name, make := range pdftest.Hostile() {
		all[name] = make
	}
	return all
}

// largeText is about n bytes of prose, no two paragraphs alike.
func largeText(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n-200; i++ {
		fmt.Fprintf(&b, "La ville numéro %d a installé %d caméras à la gare en %d, malgré l'avis contraire de %d élus.\n\n", i, i%400, 1990+i%35, i%17)
	}
	return b.Bytes()
}
