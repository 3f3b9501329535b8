package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"github.com/richardlehane/mscfb"

	"contrechamp.org/contrechamp/internal/archive/archivetest"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
)

// docxOf is a Word document with that body.
func docxOf(body string) []byte {
	return archivetest.Zip(archivetest.File{Name: "word/document.xml", Data: []byte(`<?xml version="1.0"?><w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`)})
}

func odsOf(table string) []byte {
	return archivetest.Zip(archivetest.File{Name: "mimetype", Data: []byte("application/vnd.oasis.opendocument.spreadsheet")},
		archivetest.File{Name: "content.xml", Data: []byte(`<office:document-content><office:body><office:spreadsheet><table:table table:name="x">` + table + `</table:table></office:spreadsheet></office:body></office:document-content>`)})
}

// hostile are documents that were made to harm, by name: what is said of each, or what is read in it. A text that
// begins with "reads" is looked for in the body or the notes.
func hostile() map[string]struct {
	b    []byte
	want string
} {
	type file = struct {
		b    []byte
		want string
	}
	sentence := `<w:p><w:r><w:t>Douze caméras de plus à Valcroix.</w:t></w:r></w:p>`
	laughs := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
	all := map[string]file{
		"laughs.docx":   {archivetest.Zip(archivetest.File{Name: "word/document.xml", Data: []byte(laughs)}), "the file declares XML entities or a document type, as no office program does"},
		"entity.docx":   {docxOf(sentence + `<w:p><w:r><w:t>&unknown; &#x110000; &#0;&amp</w:t></w:r></w:p>`), "reads Douze caméras"},
		"deep.docx":     {docxOf(strings.Repeat("<w:sdt>", 5000) + sentence), "the file's elements are nested more than 1000 deep"},
		"unclosed.docx": {docxOf(sentence + `<w:p><w:r><w:t>Et une`), "reads Et une"},
		"closed.docx":   {docxOf(strings.Repeat("</w:p></w:tr>", 1000) + sentence), "reads Douze caméras"},
		"zeros.docx":    {archivetest.Zip(archivetest.File{Name: "word/document.xml", Data: make([]byte, 40<<20)}), "document.xml in the file unpacks to more than is read (48 MiB, or 400 times its size)"},
		"large.docx":    {docxOf(strings.Repeat("<w:p><w:r><w:t>x 1 y</w:t></w:r></w:p>", 1_000_000)), "reads more than the 100000 paragraphs"},
		"nul.docx":      {docxOf("<w:p><w:r><w:t>Douze\x00caméras\x01 de plus</w:t></w:r></w:p>"), "reads Douze caméras de plus"},
		"attrs.docx":    {docxOf(`<w:p ` + strings.Repeat(`a="b" `, 100_000) + `>` + strings.Repeat(`<w:pStyle w:val="none"/>`, 100_000) + `<w:r><w:t>Douze caméras</w:t></w:r></w:p>`), "reads Douze caméras"},
		"many.ods":      {odsOf(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>` + strings.Repeat("camera ", 1000) + `</text:p></table:table-cell></table:table-row>`), "reads the sheets have more than"},
		"deep.rtf":      {[]byte(`{\rtf1 ` + strings.Repeat("{", 100_000) + "x"), "the file's groups are nested more than 1000 deep"},
		"bin.rtf":       {[]byte(`{\rtf1 Douze cam\'e9ras.\par\bin99999999999 xx}`), "reads Douze caméras"},
		"closed.rtf":    {[]byte(`{\rtf1 Douze cam\'e9ras.` + strings.Repeat("}", 1000) + `\u-1 \u99999999999 \'zz`), "reads Douze caméras"},
		"nested.eml":    {archivetest.NestedMail(1000), "the message has 1001 parts, more than the 200 that are read"},
		"deep.eml":      {archivetest.NestedMail(150), "reads Douze caméras"},
		"headers.eml":   {archivetest.ManyHeaders(100_000), "the message has more than the 10000 header lines that are read"},
		"flat.zip":      {archivetest.FlatBomb(20, 40<<20, false), "the ZIP archive unpacks to more than 150 times its size: it may have been made to fill disks"},
		"overlap.zip":   {archivetest.OverlapBomb(10_000, 1<<20), "files in the ZIP archive share their bytes: it was made to fill disks"},
		"endless.gz":    {archivetest.GzipBomb(128 << 20), "reads endless"},
		"nested.zip":    {archivetest.NestedBomb(5, 4, 1<<20), "reads 3.zip"},
	}
	want := map[string]string{
		"cut.pdf": "the PDF document is damaged and cannot be opened", "no-xref.pdf": "reads Douze caméras", "head-only.pdf": "the PDF document is damaged and cannot be opened",
		"rubbish.pdf": "the PDF document is damaged and cannot be opened", "zeros.pdf": "the PDF document is damaged and cannot be opened",
		"encrypted.pdf": "the PDF document is encrypted and needs a password", "no-pages.pdf": "the PDF document has no pages",
		"10000-pages.pdf": "reads the document has 10000 pages, and only the first 3000 were read",
	}
	for name, make := range pdftest.Hostile() {
		all[name] = file{make(), want[name]}
	}
	return all
}

// TestHostile reads what was made to harm: each is refused with a sentence or read, in time, and the next one goes on.
func TestHostile(t *testing.T) {
	all := hostile()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		c := all[name]
		t.Run(name, func(t *testing.T) {
			if testing.Short() && len(c.b) > 1<<20 {
				t.Skip("large")
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // ten seconds on a machine that does nothing else
			defer cancel()
			began := time.Now()
			text, err := engines.Read(ctx, Source{Bytes: c.b, Name: name, Now: now})
			if testing.Verbose() {
				t.Logf("%v: %v %q", time.Since(began), err, clip(strings.Join(text.Notes, "; "), 200))
			}
			var got string
			switch {
			case err == nil:
				checkText(t, text)
				got = text.Body + strings.Join(text.Notes, "\n")
			case !errors.Is(err, contrechamp.ErrInvalid):
				t.Fatalf("read: %v", err)
			default:
				got = err.Error()
			}
			if inside, reads := strings.CutPrefix(c.want, "reads "); reads && (err != nil || !strings.Contains(got, inside)) || !reads && c.want != "" && got != c.want {
				t.Errorf("got %q, want %q", clip(got, 500), c.want)
			}
			if err != nil && (strings.ContainsAny(got, "\n") || len(got) > 200) {
				t.Errorf("%q is not one sentence", got)
			}
		})
	}
}

// FuzzFormats reads whatever comes with every reader of formats: it ends, refuses with a sentence or reads what holds
// what Read promises.
func FuzzFormats(f *testing.F) {
	for _, b := range formatSeeds(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for name, r := range formats {
			text, err := finish(context.Background(), Source{Bytes: b, Now: now}, r)
			if err == nil {
				checkText(t, text)
			} else if !errors.Is(err, ErrUnreadable) || bytes.ContainsAny([]byte(err.Error()), "\n") {
				t.Errorf("%s: %v is not one sentence", name, err)
			}
		}
	})
}

// FuzzXML reads parts of office files as they are when unpacked, which fuzzing a ZIP would hardly reach.
func FuzzXML(f *testing.F) {
	f.Add("<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<table:table-row><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>")
	f.Add("<w:tbl><w:tr><w:tc><w:p><w:del><w:r/></w:del></w:p></w:tc></w:tr></w:tbl><w:footnoteReference w:id='1'/>", "<text:note><text:p/></text:note>")
	f.Fuzz(func(t *testing.T, word, sheet string) {
		for _, b := range [][]byte{docxOf(word), odsOf(sheet), archivetest.Zip(archivetest.File{Name: "content.xml", Data: []byte("<office:text>" + sheet)})} {
			for _, format := range []string{typeDOCX, typeODS} {
				text, err := finish(context.Background(), Source{Bytes: b, Now: now}, formats[format])
				if err == nil {
					checkText(t, text)
				} else if !errors.Is(err, ErrUnreadable) {
					t.Error(err)
				}
			}
		}
	})
}

// FuzzWord97 reads streams of old Word documents as they are, which fuzzing a compound file would hardly reach.
func FuzzWord97(f *testing.F) {
	for name, b := range formatSeeds(f) {
		if strings.HasSuffix(name, ".doc") {
			c, err := mscfb.New(bytes.NewReader(b))
			if err != nil {
				f.Fatal(err)
			}
			streams := map[string][]byte{}
			for e, err := c.Next(); err == nil; e, err = c.Next() {
				if streams[e.Name], err = io.ReadAll(e); err != nil {
					f.Fatal(err)
				}
			}
			f.Add(streams["WordDocument"], streams["1Table"], streams["SummaryInformation"])
		}
	}
	f.Fuzz(func(t *testing.T, main, table, summary []byte) {
		b := archivetest.Compound(archivetest.File{Name: "WordDocument", Data: main}, archivetest.File{Name: "1Table", Data: table}, archivetest.File{Name: "\x05SummaryInformation", Data: summary})
		text, err := finish(context.Background(), Source{Bytes: b, Now: now}, formats[typeDOC])
		if err == nil {
			checkText(t, text)
		} else if !errors.Is(err, ErrUnreadable) {
			t.Error(err)
		}
	})
}

// FuzzRTF reads whatever stands behind the first word of an RTF, as a file and as the text of an Outlook message.
func FuzzRTF(f *testing.F) {
	for name, b := range formatSeeds(f) {
		if strings.HasSuffix(name, ".rtf") {
			f.Add(string(b[len(`{\rtf1`):]))
		}
	}
	f.Add(`\fromhtml1\ansicpg1251{\*\htmltag64 <p>}\htmlrtf x\htmlrtf0 \'ca < \u-10179?\u-8694?{\*\mhtmltag64 <p>}}`)
	f.Add(`\fromtext a\par b}`)
	f.Fuzz(func(t *testing.T, body string) {
		b := []byte(`{\rtf1` + body)
		for _, c := range []struct {
			format string
			b      []byte
		}{{typeRTF, b}, {typeMSG, archivetest.OutlookRTF("s", archivetest.PackRTF(b[:min(len(b), 4000)]))}} {
			text, err := finish(context.Background(), Source{Bytes: c.b, Now: now}, formats[c.format])
			if err == nil {
				checkText(t, text)
			} else if !errors.Is(err, ErrUnreadable) {
				t.Error(err)
			}
		}
	})
}

// FuzzPDF reads whatever comes as PDF, in a process of its own as always.
func FuzzPDF(f *testing.F) {
	for name, make := range pdftest.Hostile() {
		if strings.Contains(name, "bomb") {
			continue
		}
		if b := make(); len(b) < 50_000 {
			f.Add(b)
		}
	}
	f.Add(act())
	f.Add(twoColumns(true))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := finish(context.Background(), Source{Bytes: b, Now: now}, reader{name: "pdf", read: engines.readPDF})
		if err == nil {
			checkText(t, text)
		} else if !errors.Is(err, ErrUnreadable) || bytes.ContainsAny([]byte(err.Error()), "\n") {
			t.Errorf("%v is not one sentence", fmt.Sprint(err))
		}
	})
}
