package facsimile

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read"
)

// Policy is the Content-Security-Policy of the answer that carries a facsimile (W3C CSP 3): nothing is fetched, nothing
// runs, nothing is sent; "sandbox" without a token makes it a page of no origin, without script, forms, pop-ups, and
// without a way to the page around it. Styles stand in the page, pictures too. It may be framed by our own pages only.
const Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

// Anchor is the identifier of the first mark: the fragment by which a browser goes to the quote.
const Anchor = "contrechamp-quote"

// Options say how a facsimile is made.
type Options struct {
	MediaType string             // of the captured bytes, as the reader was given it
	Quotes    []contrechamp.Span // what is marked, as bytes of the capture
	Bare      bool               // without the page's own styles: where they hide what they should show
	Address   string             // where the page was; empty for one that was a file
	Parts     map[string]Part    // what was captured with it, by address without fragment
}

// mark is the look of a quote. A page's own styles do not reach it.
const markStyle = "background:#ffe45c!important;color:#111!important;outline:2px solid #9a4f00!important;outline-offset:1px!important;" +
	"display:inline!important;visibility:visible!important;opacity:1!important;text-indent:0!important;scroll-margin:30vh!important"

// bareStyle is the look of a page without its own styles, and of a plain text.
const bareStyle = "<style>body{max-width:44em;margin:1em auto;padding:0 1em;font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff;overflow-wrap:anywhere}" +
	"pre{white-space:pre-wrap;font:14px/1.5 ui-monospace,monospace}img{max-width:100%;height:auto}</style>"

// marker writes text with the quotes in it marked.
type marker struct {
	out    strings.Builder
	quotes []contrechamp.Span // of the decoded text, in order, apart from each other
	marked int                // marks written
}

// newMarker decodes the captured bytes and finds the quotes in their characters.
func newMarker(captured []byte, o Options) (text string, m *marker) {
	text, origin := read.Decode(captured, o.MediaType)
	// the decoder goes forward in both, so that its origin can be read the other way round
	back := make(contrechamp.Origin, len(origin))
	for i, r := range origin {
		back[i] = contrechamp.Run{Text: r.Source, Source: r.Text, Len: r.Len}
	}
	m = &marker{}
	for _, q := range o.Quotes {
		if s, ok := back.Source(q); ok && s.End <= len(text) {
			m.quotes = append(m.quotes, s)
		}
	}
	slices.SortFunc(m.quotes, func(a, b contrechamp.Span) int { return a.Start - b.Start })
	apart := m.quotes[:0]
	for _, s := range m.quotes {
		if k := len(apart); k > 0 && s.Start <= apart[k-1].End {
			apart[k-1].End = max(apart[k-1].End, s.End)
			continue
		}
		apart = append(apart, s)
	}
	m.quotes = apart
	return text, m
}

// text writes raw, which stands at text[at:], so that no tag can come of it; references in it stay when they may.
func (m *marker) text(raw string, at int, references bool) {
	for raw != "" {
		piece, inside := len(raw), false
		for _, q := range m.quotes {
			if q.End <= at {
				continue
			}
			if q.Start <= at {
				piece, inside = min(piece, q.End-at), true
			} else {
				piece = min(piece, q.Start-at)
			}
			break
		}
		// white space alone is not marked: within a table's row a mark would leave the table
		if inside && strings.TrimSpace(raw[:piece]) != "" {
			m.out.WriteString(`<mark style="` + markStyle + `"`)
			if m.marked == 0 {
				m.out.WriteString(` id="` + Anchor + `"`)
			}
			m.out.WriteString(">")
			m.escape(raw[:piece], references)
			m.out.WriteString("</mark>")
			m.marked++
		} else {
			m.escape(raw[:piece], references)
		}
		raw, at = raw[piece:], at+piece
	}
}

var (
	keepReferences = strings.NewReplacer("<", "&lt;", ">", "&gt;", "\x00", "")
	noReferences   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\x00", "")
	inAttribute    = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\x00", "")
)

func (m *marker) escape(s string, references bool) {
	with := noReferences
	if references {
		with = keepReferences
	}
	_, _ = with.WriteString(&m.out, s) // a strings.Builder never fails
}

// Plain makes the facsimile of a plain text, and answers how many marks it holds.
func Plain(captured []byte, o Options) (page []byte, marks int) {
	text, m := newMarker(captured, o)
	m.out.Grow(len(text) + len(text)/8)
	m.out.WriteString("<!doctype html><html><head><title>text</title>" + bareStyle + "</head><body><pre>\n")
	m.text(text, 0, false)
	m.out.WriteString("</pre></body></html>")
	return []byte(m.out.String()), m.marked
}
