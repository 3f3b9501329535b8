package read

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
)

// render writes a text so that a person can check it line by line.
func render(text contrechamp.Text) string {
	var b strings.Builder
	for _, f := range []struct{ name, value string }{
		{"reader", text.Reader}, {"title", text.Title}, {"author", text.Author}, {"publisher", text.Publisher},
		{"published", strings.TrimSpace(text.Published.Date.String() + " " + text.Published.From)}, {"language", text.Language},
		{"quality", fmt.Sprintf("%.2f", text.Quality)}, {"notes", strings.Join(text.Notes, "; ")},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
		}
	}
	b.WriteByte('\n')
	for _, p := range text.Paragraphs {
		s := strings.ReplaceAll(strings.ReplaceAll(p.Of(text.Body), "\n", "\n                | "), "\t", "→")
		language := p.Language
		if language == text.Language {
			language = ""
		}
		fmt.Fprintf(&b, "%-10s %-3s | %s\n", p.Role, language, s)
	}
	return b.String()
}

// checkText checks what Read promises of every text.
func checkText(t testing.TB, text contrechamp.Text) {
	t.Helper()
	if !utf8.ValidString(text.Body) || !utf8.ValidString(text.Title) || !utf8.ValidString(text.Author) || !utf8.ValidString(text.Publisher) {
		t.Error("not valid UTF-8")
	}
	if text.Quality < 0 || text.Quality > 1 || text.Language == "" {
		t.Errorf("quality %v, language %q", text.Quality, text.Language)
	}
	last := 0
	gap := func(from, to int) {
		for _, r := range text.Body[from:to] {
			if !unicode.IsSpace(r) {
				t.Errorf("%q stands in no paragraph", text.Body[from:to])
				return
			}
		}
	}
	for i, p := range text.Paragraphs {
		if p.Start < last || p.End <= p.Start || p.End > len(text.Body) {
			t.Fatalf("paragraph %d is %v after %d in %d bytes", i, p.Span, last, len(text.Body))
		}
		gap(last, p.Start)
		s := p.Of(text.Body)
		if strings.TrimSpace(s) != s || !utf8.ValidString(s) {
			t.Errorf("paragraph %d %q is not trimmed", i, s)
		}
		switch p.Role {
		case contrechamp.RoleTitle, contrechamp.RoleHeading, contrechamp.RoleBody, contrechamp.RoleItem, contrechamp.RoleMeta, contrechamp.RoleFurniture, contrechamp.RoleRepeat:
		default:
			t.Errorf("paragraph %d has the role %q", i, p.Role)
		}
		if p.Language == "" {
			t.Errorf("paragraph %d has no language", i)
		}
		last = p.End
	}
	gap(last, len(text.Body))
}
