package web

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"strings"

	"contrechamp.org/contrechamp"
)

// hostileHead stands at the beginning of every captured page of the fixture: what must not act, nor be fetched.
const hostileHead = `<!doctype html><html lang="fr"><head><meta http-equiv="refresh" content="0;url=http://outside.example/"><base href="http://outside.example/"><title>captured</title>
<script>parent.document.title = "taken"; alert("script")</script><link rel="stylesheet" href="/assets/fetched.css"><style>@import "/fetched-import.css"; body { font-family: Georgia, serif; background: #f4f1e8 url(/fetched-background.png) } .p { max-width: 38em; margin: 1em auto } mark { display: none }</style></head>
<body onload="alert('load')"><svg onload="alert('svg')"><script>alert("svg script")</script></svg><iframe src="/fetched-frame"></iframe><img src="/fetched-image.png" onerror="alert('image')" alt="une vue de la gare">
<form action="/fetched-form" method="post"><input name="login"><button>Entrer</button></form>
`

// capture makes the bytes that a text of the fixture was read in, and tells where it stands in them.
func capture(name string, text *contrechamp.Text) []byte {
	var b strings.Builder
	if strings.HasSuffix(name, ".txt") {
		text.Origin = contrechamp.Origin{{Len: len(text.Body)}}
		return []byte(text.Body)
	}
	b.WriteString(hostileHead)
	for _, p := range text.Paragraphs {
		b.WriteString(`<p class="p">`)
		words := p.Of(text.Body)
		if escaped := html.EscapeString(words); escaped != words {
			text.Origin = append(text.Origin, contrechamp.Run{Text: p.Start, Source: b.Len()}, contrechamp.Run{Text: p.End, Source: b.Len() + len(escaped)})
			b.WriteString(escaped)
		} else {
			text.Origin = append(text.Origin, contrechamp.Run{Text: p.Start, Source: b.Len(), Len: len(words)})
			b.WriteString(words)
		}
		b.WriteString("</p>\n")
	}
	b.WriteString("</body></html>")
	return []byte(b.String())
}

func (s *shelf) Get(ctx context.Context, d contrechamp.Digest) ([]byte, error) {
	if err := s.ask(ctx); err != nil {
		return nil, err
	}
	b, ok := s.captured[d]
	if !ok {
		return nil, fmt.Errorf("bytes of %s: %w", d.Short(), contrechamp.ErrNotFound)
	}
	return b, nil
}

func hostileClaim(name string) string { return "c" + contrechamp.Sum([]byte(name)).String()[:16] }

// addHostile puts a captured page on the shelf with a claim that quotes its "dix caméras".
func (s *shelf) addHostile(name string, captured []byte) {
	digest := contrechamp.Sum([]byte(name))
	doc := contrechamp.Document{Capture: contrechamp.Capture{Digest: digest, Length: int64(len(captured)), MediaType: "text/html", CapturedAt: fixtureTime, State: contrechamp.Read},
		Name: name, Sightings: 1, Title: name, Language: "fr", Reader: "html/2", Claims: 1}
	const words = "dix caméras"
	text := contrechamp.Text{Capture: digest, Reader: "html/2", ReadAt: fixtureTime, Body: words, Language: "fr",
		Paragraphs: []contrechamp.Paragraph{{Span: contrechamp.Span{End: len(words)}, Role: contrechamp.RoleBody, Language: "fr"}},
		Origin:     contrechamp.Origin{{Source: bytes.LastIndex(captured, []byte(words)), Len: len(words)}}}
	s.documents, s.texts[digest], s.captured[digest] = append(s.documents, doc), text, captured
	s.claims = append(s.claims, contrechamp.Sourced{Source: doc, Claim: contrechamp.Claim{ID: hostileClaim(name), Document: digest, About: []contrechamp.EntityRef{valmere.Ref()},
		Predicate: contrechamp.DeviceCount, Value: number(10, "camera", contrechamp.Exactly), Modality: contrechamp.Asserted, State: contrechamp.Proposed,
		Quote: contrechamp.Quote{Exact: words, End: len(words)}, Rule: "fixture.1", ProposedAt: fixtureTime}})
}
