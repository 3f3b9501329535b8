package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"contrechamp.org/contrechamp"
)

// Words of the W3C Web Annotation Data Model (2017) and what is added to it.
const (
	annotationContext = "http://www.w3.org/ns/anno.jsonld"
	claimURN          = "urn:contrechamp:claim:"
	textQuote         = "TextQuoteSelector"    // section 4.2.4
	textPosition      = "TextPositionSelector" // section 4.2.5; counts Unicode code points
	dataPosition      = "DataPositionSelector" // section 4.2.6; counts bytes
)

// annotationPage is claims.json.
type annotationPage struct {
	Context string       `json:"@context"`
	Type    string       `json:"type"`
	Items   []annotation `json:"items"`
}

// annotation is one claim: its record as the body, and where its words stand as the targets: in the text that was read,
// and in the captured bytes where the reader says where.
type annotation struct {
	ID         string         `json:"id"`
	Type       string         `json:"type"`
	Motivation string         `json:"motivation"`
	Body       annotationBody `json:"body"`
	Target     []target       `json:"target"`
}

type annotationBody struct {
	Type  string          `json:"type"`
	Claim json.RawMessage `json:"contrechamp:claim"` // the record of docs/claims.md
}

type target struct {
	Source   string     `json:"source"` // a member of the bundle
	Selector []selector `json:"selector"`
}

type selector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
	// Runs are what stands in the captured bytes as it does in the text, each as offset in the text (bytes of UTF-8),
	// offset in the capture, and length. What lies between is written otherwise there: an entity, a line end.
	Runs [][3]int `json:"contrechamp:runs,omitempty"`
}

// claimHead is what of a claim's record is looked at.
type claimHead struct {
	ID        string             `json:"id"`
	Capture   contrechamp.Digest `json:"capture"`
	About     []string           `json:"about"`
	Predicate string             `json:"predicate"`
	State     string             `json:"state"`
	Quote     contrechamp.Quote  `json:"quote"`
}

func captureName(d contrechamp.Digest, part string) string {
	return "captures/" + d.String() + "/" + part
}

// annotate makes the annotation of a claim in a text.
func annotate(r contrechamp.Record, layer *textLayer, origin contrechamp.Origin) (annotation, error) {
	if !r.Quote.FoundIn(layer.body) {
		return annotation{}, fmt.Errorf("claim %s: its quote does not stand in its text: %w", r.ID, contrechamp.ErrAltered)
	}
	record, err := json.Marshal(r)
	if err != nil {
		return annotation{}, fmt.Errorf("claim %s: %w", r.ID, err)
	}
	start, end := layer.codePoints(r.Quote.Start), layer.codePoints(r.Quote.End)
	a := annotation{ID: claimURN + r.ID, Type: "Annotation", Motivation: "describing",
		Body: annotationBody{Type: "Dataset", Claim: record},
		Target: []target{{Source: captureName(r.Capture, "text.txt"), Selector: []selector{
			{Type: textQuote, Exact: r.Quote.Exact, Prefix: r.Quote.Prefix, Suffix: r.Quote.Suffix},
			{Type: textPosition, Start: &start, End: &end},
		}}}}
	words := contrechamp.Span{Start: r.Quote.Start, End: r.Quote.End}
	if source, ok := origin.Source(words); ok {
		if runs := runsOf(origin, words); len(runs) > 0 {
			a.Target = append(a.Target, target{Source: captureName(r.Capture, "bytes"), Selector: []selector{
				{Type: dataPosition, Start: &source.Start, End: &source.End, Runs: runs}}})
		}
	}
	return a, nil
}

// runsOf are the runs of an origin within a span of the text.
func runsOf(origin contrechamp.Origin, s contrechamp.Span) [][3]int {
	var runs [][3]int
	for _, r := range origin {
		from, to := max(r.Text, s.Start), min(r.Text+r.Len, s.End)
		if from < to {
			runs = append(runs, [3]int{from, r.Source + from - r.Text, to - from})
		}
	}
	return runs
}

// writeAnnotations writes claims.json.
func writeAnnotations(items []annotation) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(annotationPage{Context: annotationContext, Type: "AnnotationPage", Items: items}); err != nil {
		return nil, fmt.Errorf("bundle: write its claims: %w", err)
	}
	return b.Bytes(), nil
}

// readAnnotations reads claims.json: ErrInvalid for what is none.
func readAnnotations(b []byte) ([]annotation, error) {
	var page annotationPage
	if err := json.Unmarshal(b, &page); err != nil {
		return nil, refuse("claims.json cannot be read (%v)", err)
	}
	if page.Type != "AnnotationPage" || len(page.Items) == 0 {
		return nil, refuse("claims.json holds no claims")
	}
	if len(page.Items) > maxClaims {
		return nil, refuse("claims.json holds %d claims, and may hold %d", len(page.Items), maxClaims)
	}
	return page.Items, nil
}

const maxClaims = 2000

// found is where a quote was found.
type found struct {
	head     claimHead
	start    int // in the text, in code points
	end      int
	inBytes  bool // some of it was found in the captured bytes
	verbatim int  // how many of the quote's bytes stand there as they are
	from, to int  // where
}

// check looks for the claim's words in the text and in the bytes, with every selector.
func (a annotation) check(text func(contrechamp.Digest) (*textLayer, error), capture func(contrechamp.Digest) ([]byte, error)) (found, error) {
	var f found
	if err := json.Unmarshal(a.Body.Claim, &f.head); err != nil {
		return f, refuse("the record of %s cannot be read (%v)", a.ID, err)
	}
	wrong := func(format string, args ...any) (found, error) {
		return f, altered("claim %s: %s", f.head.ID, fmt.Sprintf(format, args...))
	}
	if a.ID != claimURN+f.head.ID || f.head.ID == "" {
		return f, refuse("the annotation %q is about the claim %q", a.ID, f.head.ID)
	}
	layer, err := text(f.head.Capture)
	if err != nil {
		return f, err
	}
	body := layer.body
	q := f.head.Quote
	if !q.FoundIn(body) {
		return wrong("its quote does not stand in the text")
	}
	if !strings.HasSuffix(body[:q.Start], q.Prefix) || !strings.HasPrefix(body[q.End:], q.Suffix) {
		return wrong("the text around its quote is another one")
	}
	quoted, positioned := false, false
	for _, t := range a.Target {
		for _, s := range t.Selector {
			switch {
			case t.Source == captureName(f.head.Capture, "text.txt") && s.Type == textQuote:
				if s.Exact != q.Exact || s.Prefix != q.Prefix || s.Suffix != q.Suffix {
					return wrong("its selectors are about different words")
				}
				quoted = true
			case t.Source == captureName(f.head.Capture, "text.txt") && s.Type == textPosition:
				f.start, f.end = layer.codePoints(q.Start), layer.codePoints(q.End)
				if s.Start == nil || s.End == nil || *s.Start != f.start || *s.End != f.end {
					return wrong("its selectors are about different places")
				}
				positioned = true
			case t.Source == captureName(f.head.Capture, "bytes") && s.Type == dataPosition:
				if err := f.data(s, body, capture); err != nil {
					return f, err
				}
			default:
				return f, refuse("claim %s: a selector %q of %q", f.head.ID, s.Type, t.Source)
			}
		}
	}
	if !quoted || !positioned {
		return wrong("it does not say where its quote stands")
	}
	return f, nil
}

// textLayer is a document's text, with what makes counting its code points cheap: many claims may be of one long text.
type textLayer struct {
	body   string
	counts []int // code points that begin before each block
}

const blockBytes = 4096

// newTextLayer indexes a text: ErrInvalid for one that is not UTF-8.
func newTextLayer(name, body string) (*textLayer, error) {
	if !utf8.ValidString(body) {
		return nil, refuse("%s is not UTF-8", name)
	}
	t := &textLayer{body: body}
	n := 0
	for at := 0; at < len(body); at += blockBytes {
		t.counts = append(t.counts, n)
		n += beginnings(body[at:min(at+blockBytes, len(body))])
	}
	return t, nil
}

// codePoints counts those that begin before a byte offset.
func (t *textLayer) codePoints(offset int) int {
	block := offset / blockBytes
	if block >= len(t.counts) {
		block = len(t.counts) - 1
	}
	if block < 0 {
		return 0
	}
	return t.counts[block] + beginnings(t.body[block*blockBytes:offset])
}

// beginnings counts the bytes that begin a code point.
func beginnings(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// data compares the runs of a selector with the captured bytes.
func (f *found) data(s selector, body string, capture func(contrechamp.Digest) ([]byte, error)) error {
	b, err := capture(f.head.Capture)
	if err != nil {
		return err
	}
	if s.Start == nil || s.End == nil || *s.Start < 0 || *s.Start >= *s.End || *s.End > len(b) {
		return altered("claim %s: the place in the captured bytes is outside of them", f.head.ID)
	}
	f.from, f.to = *s.Start, *s.End
	atText, atData := f.head.Quote.Start, f.from
	for _, r := range s.Runs {
		if r[0] < atText || r[1] < atData || r[2] <= 0 || r[2] > len(b) || r[0] > f.head.Quote.End-r[2] || r[1] > f.to-r[2] {
			return altered("claim %s: its places in the captured bytes are not in order, or not within its quote", f.head.ID)
		}
		if body[r[0]:r[0]+r[2]] != string(b[r[1]:r[1]+r[2]]) {
			return altered("claim %s: the captured bytes at %d are not the words that it quotes", f.head.ID, r[1])
		}
		atText, atData = r[0]+r[2], r[1]+r[2]
		f.verbatim += r[2]
	}
	f.inBytes = f.verbatim > 0
	return nil
}
