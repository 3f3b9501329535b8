package read

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive/archivetest"
)

// Every refusal is one sentence that a person without our words understands.
func TestRefused(t *testing.T) {
	junk := make([]byte, 5000)
	for i := range junk {
		junk[i] = byte(i * 7919 >> 3)
	}
	for _, c := range []struct {
		name  string
		bytes []byte
		want  string
	}{
		{"empty", nil, "the file is empty"},
		{"white space", []byte(" \n\t\r\n "), "the file holds nothing but white space"},
		{"zeros", make([]byte, 9000), "the file holds nothing but white space"},
		{"junk", junk, "binary data, no text found"},
		{"pdf", []byte("%PDF-1.7\n%\xe2\xe3\n"), "PDF documents are not read here: no PDF engine was given"},
		{"png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "this is a picture (image/png): text in it is read with --ocr"},
		{"old word", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"), "this is an office file of an old format that is not read, or a damaged one"},
		{"encrypted docx", archivetest.Compound(archivetest.File{Name: "EncryptionInfo", Data: []byte("x")}, archivetest.File{Name: "EncryptedPackage", Data: make([]byte, 5000)}), "the file is encrypted and needs a password"},
		{"old excel", archivetest.Compound(archivetest.File{Name: "Workbook", Data: make([]byte, 5000)}), "Excel sheets of the old format are not read yet"},
		{"zip", []byte("PK\x03\x04\x14\x00\x00\x00\x08\x00"), "the ZIP archive is damaged or cut short: its list of contents, which stands at its end, cannot be read"},
		{"no text", []byte("<!doctype html><html><head></head><body><img src=a></body></html>"), "no text found in it"},
		{"too long", make([]byte, 300<<20), fmt.Sprintf("the document has 300 MiB, more than the %d MiB that are read", MaxBytes>>20)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(context.Background(), Source{Bytes: c.bytes, Name: "x", Now: now})
			if err == nil || err.Error() != c.want {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			if !errors.Is(err, ErrUnreadable) || !errors.Is(err, contrechamp.ErrInvalid) {
				t.Errorf("%v is not ErrUnreadable and ErrInvalid", err)
			}
		})
	}
}

// What can be read is read, however odd.
func TestOddButRead(t *testing.T) {
	const sentence = "Le conseil a voté l'achat de dix caméras pour la gare, malgré l'avis contraire de deux élus."
	wide := func(s string, little bool) []byte {
		b := []byte{0xfe, 0xff}
		if little {
			b = []byte{0xff, 0xfe}
		}
		for _, u := range utf16.Encode([]rune(s)) {
			if little {
				b = append(b, byte(u), byte(u>>8))
			} else {
				b = append(b, byte(u>>8), byte(u))
			}
		}
		return b
	}
	wider := func(s string, little bool) []byte {
		b := []byte{0, 0, 0xfe, 0xff}
		if little {
			b = []byte{0xff, 0xfe, 0, 0}
		}
		for _, r := range s {
			if little {
				b = binary.LittleEndian.AppendUint32(b, uint32(r))
			} else {
				b = binary.BigEndian.AppendUint32(b, uint32(r))
			}
		}
		return b
	}
	for _, c := range []struct {
		name  string
		bytes []byte
		note  string
	}{
		{"utf-8 mark", []byte("\xef\xbb\xbf" + sentence), ""},
		{"utf-16 little", wide(sentence, true), ""},
		{"utf-16 big", wide(sentence, false), ""},
		{"utf-16 html", wide("<!doctype html><title>x</title><p>"+sentence, true), ""},
		{"utf-16 little, no mark", wide(sentence+sentence, true)[2:], "the text does not say its encoding and was read as UTF-16"},
		{"utf-16 big, no mark", wide(sentence+sentence, false)[2:], "the text does not say its encoding and was read as UTF-16"},
		{"utf-16 html, no mark", wide("<!doctype html><title>x</title><p>"+sentence, true)[2:], "was read as UTF-16"},
		{"utf-32 little", wider(sentence, true), ""},
		{"utf-32 big", wider(sentence, false), ""},
		{"utf-32 cut short", wider(sentence, true)[:4*80+1], "the text, in UTF-32, is cut short"},
		{"gb 18030 mark", append([]byte("\x84\x31\x95\x33"), "The council voted malgr\xa8\xa6 tout, \xd6\xd0\xce\xc4 and bought ten cameras for the station."...), ""},
		{"marks all along", []byte("\xef\xbb\xbf" + strings.ReplaceAll(sentence, " ", "\ufeff ")), ""},
		{"a mark twice", []byte("\xef\xbb\xbf\xef\xbb\xbf" + sentence), ""},
		{"nul html", []byte("<!doctype html><p>" + strings.ReplaceAll(sentence, ", ", ",\x00 ") + "<p>\x00"), "NUL characters in the text were read as spaces"},
		{"nul in a tag", []byte("<!doctype html><p cl\x00ass='na\x00v'>" + sentence), "NUL characters"},
		{"utf-16 cut short", append(wide(sentence, true), 'x'), "the text, in UTF-16, is cut short"},
		{"nul", []byte("Un\x00titre\n\n" + sentence), "NUL characters in the text were read as spaces"},
		{"invalid", []byte(sentence + "\n\nOn lit \xff\xfe ici."), "1 places of the text could not be decoded and show as \uFFFD"},
		{"windows-1252", []byte("Le \x93projet\x94 co\xfbte 10 \x80.\n\n" + strings.NewReplacer("é", "\xe9").Replace(sentence)), "the text does not say its encoding and was read as windows-1252"},
		{"one long line", []byte(strings.Repeat(sentence+" ", 20_000)), ""},
		{"many marks", []byte(strings.Repeat(sentence+"\n", 30) + strings.Repeat("Partager\n", 300_000) + strings.Repeat("Un autre mot. "+sentence+"\n", 20)), ""},
		{"many items", []byte("<!doctype html><p>" + strings.Repeat(sentence+" ", 20) + strings.Repeat("<li>Une phrase qui dit assez peu.", 40_000)), ""},
		{"siblings", []byte("<!doctype html><p>" + sentence + strings.Repeat("<p>a", 120_000)), ""},
		{"deep", []byte("<!doctype html>" + strings.Repeat("<div>", 1_000_000) + sentence), "elements nested more than 512 deep were read as if they stood on that level"},
		{"deep inline", []byte("<!doctype html>" + strings.Repeat("<b><i>", 500_000) + sentence), "elements nested more than 512 deep"},
		{"deep, up and down", []byte("<!doctype html><p><table><td>" + strings.Repeat("<div>", 500) + strings.Repeat("</div><div>", 500_000) + sentence), ""},
		{"deep and closed", []byte("<!doctype html><p>" + sentence + strings.Repeat("<div>", 200_000) + "x" + strings.Repeat("</div>", 200_000) + "<p>" + sentence), "elements nested more than 512 deep"},
		{"bases", []byte("<!doctype html>" + strings.Repeat("<base href=/a/>", 10_000) + "<p>" + sentence), ""},
		{"links", []byte("<!doctype html><p>" + sentence + strings.Repeat("<a href=x>", 500_000)), ""},
		{"rows", []byte("<!doctype html><p>" + sentence + "<table>" + strings.Repeat("<tr><td>a<td>b", 200_000)), ""},
		{"cells", []byte("<!doctype html><p>" + sentence + "<table><tr>" + strings.Repeat("<td>a", 200_000)), ""},
		{"nested tables", []byte("<!doctype html><p>" + sentence + strings.Repeat("<table><tr><td>a<td>", 100_000)), ""},
		{"classes", []byte("<!doctype html><p>" + sentence + "<div class='" + strings.Repeat("nav ", 1_000_000) + "'>a</div>"), ""},
		{"drawing never closed", []byte("<!doctype html><svg><title>a<path><g><p>" + sentence), ""},
		{"references", []byte("<!doctype html><p>" + sentence + strings.Repeat("&amp", 1_000_000)), ""},
		{"structured data", []byte("<!doctype html><script type=application/ld+json>" + strings.Repeat("[", 100_000) + "</script><p>" + sentence), ""},
		{"times", []byte("<!doctype html><p>" + sentence + strings.Repeat("<time>", 300_000)), ""},
		{"attributes", []byte("<!doctype html><p " + strings.Repeat("a=b ", 100_000) + ">" + sentence), ""},
		{"unclosed", []byte("<!doctype html><body><p>" + sentence + "<table><tr><td><script>"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := Read(context.Background(), Source{Bytes: c.bytes, Now: now})
			if err != nil {
				t.Fatal(err)
			}
			checkText(t, text)
			checkOrigin(t, text, c.bytes)
			if !strings.Contains(text.Body, "malgr") {
				t.Errorf("the sentence is not in %q", clip(text.Body, 300))
			}
			notes := strings.Join(text.Notes, "; ")
			if c.note != "" && !strings.Contains(notes, c.note) {
				t.Errorf("notes %q, want %q", notes, c.note)
			}
		})
	}
}

func TestReadEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, Source{Bytes: []byte("text")}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestPlainBodyIsTheFile(t *testing.T) {
	file := "Un titre sans rien\r\n\r\nUne phrase  avec   des espaces,\tune tabulation et une fin.\r\n"
	text, err := Read(context.Background(), Source{Bytes: []byte(file), Now: now})
	if err != nil || text.Body != file {
		t.Errorf("body %q, %v; want the file as it stands", text.Body, err)
	}
}

func TestDateInPath(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/2021/06/23/cameras": "2021-06-23", "https://example.org/2021/06/cameras": "2021-06",
		"https://example.org/a-2021-06-23-b.html": "2021-06-23", "https://example.org/20210623": "", "note 2021-06-23.txt": "2021-06-23",
		"https://example.org/12021/06/23": "", "https://example.org/2021/13/01/": "", "https://example.org/2099/01/01/": "", "": "",
	} {
		d, ok := dateInPath(in, contrechamp.DateOf(now))
		if d.String() != want || ok != (want != "") {
			t.Errorf("dateInPath(%q) = %s, want %q", in, d, want)
		}
	}
}

func seed(f *testing.F, pattern ...string) {
	for _, name := range pattern {
		for _, b := range matching(f, name) {
			f.Add(b)
		}
	}
}

func FuzzText(f *testing.F) {
	seed(f, "testdata/*.txt")
	for _, s := range []string{"a", "- ", "\x00\x00a", "\r", "a\r\rb", "\xff\xfea", "12 partages", "©", "« »", "2021-06-23 – x", "[", "Par\n", "By: |", "Auteur(s):"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { fuzz(t, b, readPlain) })
}

func FuzzHTML(f *testing.F) {
	seed(f, "testdata/*.html")
	for _, s := range []string{"<p>a", "<table><tr><td>a<td>b<td><p>c<p>d", "<title></title>", "<h1><h1>", "a<br><br>b", "<script type=application/ld+json>[[[]]]</script>x",
		"<time datetime=2021-06>", "<svg><title>a", "<select><option>a<option>b", "<frameset>", "<template><p>a", "<p>\u200b</p>a", "<tr><td>\u200b<td>a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { fuzz(t, b, readHTML) })
}

// fuzz reads b in one format, whatever it looks like, and checks what Read promises.
func fuzz(t *testing.T, b []byte, read func(context.Context, Source) (*page, error)) {
	const long = 1 << 16
	if len(b) > long {
		t.Skip("longer inputs only take longer")
	}
	text, err := finish(context.Background(), Source{Bytes: b, Now: now}, reader{name: "fuzz", read: read})
	if err != nil {
		if !errors.Is(err, ErrUnreadable) || bytes.ContainsAny([]byte(err.Error()), "\n") {
			t.Fatalf("%v is no ErrUnreadable of one line", err)
		}
		return
	}
	checkText(t, text)
	checkOrigin(t, text, b)
}

// A text of more lines than are read is read as far as they go, and says so.
func TestManyLines(t *testing.T) {
	const line = "Douze caméras à la gare.\n"
	b := []byte(strings.Repeat(line, maxBlocks+5))
	text, err := Read(context.Background(), Source{Bytes: b, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, text)
	checkOrigin(t, text, b)
	if n := len(text.Paragraphs); n != maxBlocks || !strings.Contains(strings.Join(text.Notes, "; "), "more than the 100000 lines") {
		t.Errorf("%d paragraphs, %v", n, text.Notes)
	}
	if text, err = Read(context.Background(), Source{Bytes: b[:len(line)*maxBlocks], Now: now}); err != nil || strings.Contains(strings.Join(text.Notes, "; "), "more than") {
		t.Errorf("%v, %v", text.Notes, err)
	}
}
