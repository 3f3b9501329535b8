package read

import (
	"context"
	"fmt"
	"html"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	contrechamp "contrechamp.org/contrechamp"
)

// between is what pages have between two words of a sentence, and inside is what they have within a word: it shows nothing.
var (
	between = []string{" ", "\r\n", "\n\t  ", " <b>", "</b> ", " <a href=\"?a=1&amp;b='>'\" title='a > b'>", "</a> ", "&nbsp;", " <!-- a <p> in a comment --> ", "&#32;", " <span class=x><i>", "</i></span>\n",
		" <script>var a = \"<p>no</p>\" && 1;</script> ", " <style>p{}</style> ", "&#x20;", " <svg><title>no</title><path d='M0 0'/></svg> ", " <IMG SRC=a ALT=\"no\"> ", " <input value='no'> "}
	inside = []string{"", "", "", "<wbr>", "&shy;", "\u200b", "<b></b>", "<!---->", "<a name=x></a>", "</nothing>", "<?php no ?>", "&ZeroWidthSpace;"}
)

// writeLetter writes a letter as pages do: as it is, or by a reference.
func writeLetter(r *rand.Rand, c rune) string {
	switch n := r.IntN(12); {
	case c == '&' || c == '<':
		return html.EscapeString(string(c))
	case n == 0:
		return fmt.Sprintf("&#%d;", c)
	case n == 1:
		return fmt.Sprintf("&#X%x;", c)
	case c == 'é' && n < 6:
		return []string{"&eacute;", "&eacute", "&#233"}[r.IntN(3)] + "<b></b>" // a mark, so that no letter or digit follows the reference
	case c == '’' && n < 6:
		return "&rsquo;"
	}
	return string(c)
}

var (
	unseen = regexp.MustCompile(`(?is)<script.*?</script>|<style.*?</style>|<svg.*?</svg>|<!--.*?-->|<\?.*?>|<(?:"[^"]*"|'[^']*'|[^>"'])*>`)
	blanks = regexp.MustCompile(`[\s\x{a0}]+`)
)

// seen is what a piece of a page shows, found by other means than the reader's: tags cut by a pattern, references by the
// standard library.
func seen(page string) string {
	shown := strings.NewReplacer("\u200b", "", "\u00ad", "").Replace(html.UnescapeString(unseen.ReplaceAllString(page, "")))
	return strings.Trim(blanks.ReplaceAllString(shown, " "), " ")
}

// TestQuotesInMadePages writes sentences into pages in all the ways that pages have, in several encodings, and looks whether every
// quote of them is found in the captured bytes: neither less nor more than what shows it.
func TestQuotesInMadePages(t *testing.T) {
	words := strings.Fields("Le préfet n’a pas autorisé l’été les douze caméras & micros de la place où <trente> 😀 personnes ont été filmées à l’œil pendant 2 jours")
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		var b strings.Builder
		b.WriteString("<!doctype html><html lang=fr><title>Une page</title><body><nav><a href=/>Accueil</a></nav><article><p>")
		for i, w := range words {
			if i > 0 {
				b.WriteString(between[r.IntN(len(between))])
			}
			for j, c := range []rune(w) {
				if j > 0 {
					b.WriteString(inside[r.IntN(len(inside))])
				}
				b.WriteString(writeLetter(r, c))
			}
		}
		b.WriteString(".</p><p>Le maire dit que la ville compte cinquante caméras dans ses rues et sur ses places depuis l’an dernier.</article>")
		page := b.String()
		bytes, decode := []byte(page), func(b []byte) string { return string(b) }
		switch seed % 3 {
		case 1:
			bytes = []byte{0xff, 0xfe}
			for _, u := range utf16.Encode([]rune(page)) {
				bytes = append(bytes, byte(u), byte(u>>8))
			}
			decode = func(b []byte) string {
				var u []uint16
				for i := 0; i+1 < len(b); i += 2 {
					u = append(u, uint16(b[i])|uint16(b[i+1])<<8)
				}
				return string(utf16.Decode(u))
			}
		case 2:
			page = strings.Replace(page, "<title>", "<meta charset=windows-1252><title>", 1)
			encoded, err := encoding.HTMLEscapeUnsupported(charmap.Windows1252.NewEncoder()).Bytes([]byte(page))
			if err != nil {
				t.Fatal(err)
			}
			bytes, decode = encoded, func(b []byte) string {
				s, err := charmap.Windows1252.NewDecoder().Bytes(b)
				if err != nil {
					t.Fatal(err)
				}
				return string(s)
			}
		}
		text, err := Read(context.Background(), Source{Bytes: bytes, MediaType: "text/html", Now: now})
		if err != nil {
			t.Fatal(err)
		}
		checkOrigin(t, text, bytes)
		from := strings.Index(text.Body, words[0])
		to := strings.Index(text.Body, "jours.")
		if from < 0 || to < from {
			t.Fatalf("seed %d: the sentence is not in %q of\n%s", seed, text.Body, page)
		}
		sentence := contrechamp.Span{Start: from, End: to + len("jours.")}
		said := sentence.Of(text.Body)
		if got, want := blanks.ReplaceAllString(said, " "), strings.Join(words, " ")+"."; got != want {
			t.Fatalf("seed %d: read %q, want %q", seed, got, want)
		}
		for range 30 {
			i, j := r.IntN(len(words)), r.IntN(len(words))
			i, j = min(i, j), max(i, j)
			first, last := wordSpan(said, i), wordSpan(said, j)
			quote := contrechamp.Span{Start: from + first.Start, End: from + last.End}
			source, ok := text.Origin.Source(quote)
			if !ok {
				t.Fatalf("seed %d: %q stands nowhere", seed, quote.Of(text.Body))
			}
			want := blanks.ReplaceAllString(quote.Of(text.Body), " ")
			if got := seen(decode(bytes[source.Start:source.End])); got != want {
				t.Fatalf("seed %d: %q was captured as %q (%q)", seed, want, got, decode(bytes[source.Start:source.End]))
			}
		}
	}
}

// wordSpan finds the i-th word of a sentence.
func wordSpan(s string, i int) contrechamp.Span {
	spans := regexp.MustCompile(`[^\s\x{a0}]+`).FindAllStringIndex(s, -1)
	return contrechamp.Span{Start: spans[i][0], End: spans[i][1]}
}
