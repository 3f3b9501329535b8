package mixed

import (
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"strings"

	"contrechamp.org/contrechamp/internal/archive/archivetest"
)

func escaped(s string) string { return html.EscapeString(s) }

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// docx is a report as Word writes it: runs with properties, some of them split in the middle of a sentence.
func docx(p *prose) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	run := func(style, text string) {
		fmt.Fprintf(&b, `<w:p w:rsidR="%08X" w:rsidRDefault="%08X"><w:pPr><w:pStyle w:val="%s"/><w:spacing w:after="120"/></w:pPr>`, p.Uint32(), p.Uint32(), style)
		for len(text) > 0 {
			cut := min(len(text), 60+p.IntN(200))
			for cut < len(text) && text[cut] != ' ' {
				cut++
			}
			fmt.Fprintf(&b, `<w:r w:rsidR="%08X"><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, p.Uint32(), escaped(text[:cut]))
			text = text[cut:]
		}
		b.WriteString(`</w:p>`)
	}
	run("Title", p.title())
	for i := range p.between(8, 80) {
		if i%8 == 0 {
			run("Heading1", p.title())
		}
		run("Normal", p.paragraph())
	}
	b.WriteString(`</w:body></w:document>`)
	return archivetest.Zip(
		archivetest.File{Name: "[Content_Types].xml", Data: []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`)},
		archivetest.File{Name: "_rels/.rels", Data: []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`)},
		archivetest.File{Name: "docProps/core.xml", Data: []byte(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>` + escaped(p.title()) + `</dc:title><dc:creator>` + p.name() + `</dc:creator><dcterms:created>` + p.date + `T08:00:00Z</dcterms:created></cp:coreProperties>`)},
		archivetest.File{Name: "word/document.xml", Data: []byte(b.String())})
}

// odt is minutes as LibreOffice writes them.
func odt(p *prose) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3"><office:body><office:text>`)
	fmt.Fprintf(&b, `<text:h text:style-name="Heading_20_1" text:outline-level="1">%s</text:h>`, escaped(p.title()))
	for range p.between(8, 60) {
		words := strings.Fields(p.paragraph())
		fmt.Fprintf(&b, `<text:p text:style-name="P%d">%s <text:span text:style-name="T%d">%s</text:span> %s</text:p>`, p.IntN(9), escaped(strings.Join(words[:2], " ")), p.IntN(9), escaped(words[2]), escaped(strings.Join(words[3:], " ")))
	}
	b.WriteString(`</office:text></office:body></office:document-content>`)
	return archivetest.Zip(
		archivetest.File{Name: "mimetype", Data: []byte("application/vnd.oasis.opendocument.text")},
		archivetest.File{Name: "content.xml", Data: []byte(b.String())},
		archivetest.File{Name: "meta.xml", Data: []byte(xmlHead + `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta><dc:title>` + escaped(p.title()) + `</dc:title><dc:creator>` + p.name() + `</dc:creator><meta:creation-date>` + p.date + `T08:00:00</meta:creation-date></office:meta></office:document-meta>`)},
		archivetest.File{Name: "META-INF/manifest.xml", Data: []byte(xmlHead + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`)})
}

// xlsx is an inventory of cameras and other things that a town owns.
func xlsx(p *prose) []byte {
	var sheet, shared strings.Builder
	n := 0
	cell := func(column string, row int, text string) {
		fmt.Fprintf(&sheet, `<c r="%s%d" t="s"><v>%d</v></c>`, column, row, n)
		fmt.Fprintf(&shared, `<si><t xml:space="preserve">%s</t></si>`, escaped(text))
		n++
	}
	rows := p.between(30, 400)
	for row := 1; row <= rows; row++ {
		fmt.Fprintf(&sheet, `<row r="%d">`, row)
		cell("A", row, p.fill("place"))
		cell("B", row, p.fill("firm"))
		cell("C", row, p.name())
		fmt.Fprintf(&sheet, `<c r="D%d"><v>%d</v></c><c r="E%d"><v>%d</v></c></row>`, row, p.IntN(60), row, p.IntN(90000))
	}
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	return archivetest.Zip(
		archivetest.File{Name: "[Content_Types].xml", Data: []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`)},
		archivetest.File{Name: "_rels/.rels", Data: []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)},
		archivetest.File{Name: "xl/workbook.xml", Data: []byte(xmlHead + `<workbook ` + main + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + p.name() + `" sheetId="1" r:id="rId1"/></sheets></workbook>`)},
		archivetest.File{Name: "xl/_rels/workbook.xml.rels", Data: []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)},
		archivetest.File{Name: "xl/worksheets/sheet1.xml", Data: []byte(xmlHead + `<worksheet ` + main + `><sheetData>` + sheet.String() + `</sheetData></worksheet>`)},
		archivetest.File{Name: "xl/sharedStrings.xml", Data: []byte(xmlHead + `<sst ` + main + `>` + shared.String() + `</sst>`)})
}

// rtf is a note of some pages.
func rtf(p *prose) []byte {
	var b strings.Builder
	b.WriteString("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}\n")
	write := func(s string) {
		for _, r := range s {
			switch {
			case r == '\\' || r == '{' || r == '}':
				b.WriteString("\\" + string(r))
			case r < 0x80:
				b.WriteRune(r)
			default:
				fmt.Fprintf(&b, "\\u%d?", int16(r)) // every letter of ours is below U+8000
			}
		}
	}
	b.WriteString("{\\b\\fs32 ")
	write(p.title())
	b.WriteString("}\\par\n")
	for range p.between(6, 40) {
		b.WriteString("\\pard\\fs22 ")
		write(p.paragraph())
		b.WriteString("\\par\n")
	}
	b.WriteString("}")
	return []byte(b.String())
}

// message is a mail with a text, the same as HTML, and now and then a page or a report attached.
func message(p *prose) []byte {
	var b strings.Builder
	from, to := p.name(), p.name()
	fmt.Fprintf(&b, "From: %s <%s@example.org>\r\nTo: %s <%s@example.org>\r\nSubject: %s\r\nDate: Tue, %s 09:30:00 +0100\r\nMessage-ID: <%d@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\nContent-Type: multipart/alternative; boundary=\"inner\"\r\n\r\n",
		from, "a", to, "b", mime.QEncoding.Encode("utf-8", p.title()), mailDate(p.date), p.Uint64())
	var plain, page strings.Builder
	for range p.between(3, 20) {
		s := p.paragraph()
		plain.WriteString(s + "\r\n\r\n")
		page.WriteString("<p>" + escaped(s) + "</p>\r\n")
	}
	part := func(kind, text string) {
		fmt.Fprintf(&b, "--inner\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", kind)
		w := quotedprintable.NewWriter(&b)
		_, err := w.Write([]byte(text))
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			panic(err) // a builder takes everything
		}
		b.WriteString("\r\n")
	}
	part("text/plain", plain.String())
	part("text/html", "<html><body>"+page.String()+"</body></html>")
	b.WriteString("--inner--\r\n")
	if p.IntN(3) == 0 {
		fmt.Fprintf(&b, "--outer\r\nContent-Type: application/pdf; name=\"%s.pdf\"\r\nContent-Disposition: attachment; filename=\"%s.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n", to, to)
		packed := base64.StdEncoding.EncodeToString(report(p))
		for len(packed) > 76 {
			b.WriteString(packed[:76] + "\r\n")
			packed = packed[76:]
		}
		b.WriteString(packed + "\r\n")
	}
	b.WriteString("--outer--\r\n")
	return []byte(b.String())
}

// mailDate writes 2024-03-12 as mail does; the day of the week before it is nobody's concern.
func mailDate(date string) string {
	var y, m, d int
	if _, err := fmt.Sscanf(date, "%d-%d-%d", &y, &m, &d); err != nil {
		panic(err) // made by newProse
	}
	return fmt.Sprintf("%d %s %d", d, strings.Fields("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")[m-1], y)
}
