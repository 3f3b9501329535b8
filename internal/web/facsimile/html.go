package facsimile

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// what is done with an element.
type fate uint8

const (
	unwrapped fate = iota // the tag goes, what stands in it stays; also that of all elements without a name here
	kept                  // with its harmless attributes
	renamed               // kept under another name
	dropped               // a tag that has no end, or whose content the tokenizer takes as one piece: both go
	void                  // kept; has no end
)

// fates are what is done with the elements that are not unwrapped. What the tokenizer takes as one piece (script, style,
// textarea...) is among them in full.
var fates = func() map[atom.Atom]fate {
	m := map[atom.Atom]fate{}
	for f, names := range map[fate]string{
		kept: `html head body title address article aside footer header h1 h2 h3 h4 h5 h6 hgroup main nav section search
			blockquote dd div dl dt figcaption figure li menu ol p pre ul center dir listing
			a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd q rp rt ruby s samp small span strike strong sub sup time tt u var nobr
			caption col colgroup table tbody td tfoot th thead tr
			details summary dialog fieldset legend label meter output progress select option optgroup button
			video audio canvas template picture map`,
		void:    `br hr wbr img input`,
		renamed: `form mark textarea xmp plaintext`,
		dropped: `script style noscript iframe noembed noframes base basefont bgsound link meta frame frameset embed area source track param keygen`,
	} {
		for _, name := range strings.Fields(names) {
			m[atom.Lookup([]byte(name))] = f
		}
	}
	return m
}()

// newNames: a form that cannot be sent is a box; the only marks in a page are ours; what holds unformatted text becomes pre.
var newNames = map[atom.Atom]string{atom.Form: "div", atom.Mark: "span", atom.Textarea: "pre", atom.Xmp: "pre", atom.Plaintext: "pre"}

// breaksOut are the elements that end a drawing which was not closed (section 13.2.6.5 of the HTML standard).
var breaksOut = func() map[atom.Atom]bool {
	m := map[atom.Atom]bool{}
	for _, name := range strings.Fields(`b big blockquote br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 hr i img li listing menu ol p pre
		ruby s small span strong strike sub sup table tt u ul var`) {
		m[atom.Lookup([]byte(name))] = true
	}
	return m
}()

// rewriter writes a page anew.
type rewriter struct {
	*marker
	bare    bool
	z       *html.Tokenizer
	drawing int       // drawings that stand open: all in them is left out
	raw     atom.Atom // the element whose content comes as one piece; 0 for none
	doctype bool
	base    *url.URL // against which addresses are meant; nil when the page was a file
	rebased bool
	parts   map[string]Part
	put     int // bytes of parts that were put into the page
}

// HTML makes the facsimile of a page, and answers how many marks it holds: none when the quote stands where nothing is
// shown, as in the page's head.
func HTML(captured []byte, o Options) (page []byte, marks int) {
	text, m := newMarker(captured, o)
	m.out.Grow(len(text) + len(text)/8)
	w := &rewriter{marker: m, bare: o.Bare, z: html.NewTokenizer(strings.NewReader(text)), base: baseOf(o.Address), parts: o.Parts}
	for at := 0; ; {
		kind := w.z.Next()
		raw := text[at : at+len(w.z.Raw())]
		switch kind {
		case html.ErrorToken: // the text is in memory, so that the only error is its end
			return []byte(w.out.String()), w.marked
		case html.DoctypeToken:
			if !w.doctype && w.out.Len() == 0 {
				w.doctype = true
				w.out.WriteString("<!doctype html>")
			}
		case html.TextToken:
			w.piece(raw, at)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := w.z.TagName()
			w.end(atom.Lookup(name))
		}
		at += len(raw)
	}
}

// piece writes the text between two tags.
func (w *rewriter) piece(raw string, at int) {
	switch {
	case w.drawing > 0:
	case w.raw == atom.Style && !w.bare:
		w.out.WriteString("<style>" + calmCSS(raw) + "</style>")
	case w.raw == atom.Title:
		w.escape(raw, true)
	case w.raw == atom.Textarea:
		w.text(raw, at, true)
	case w.raw == atom.Xmp || w.raw == atom.Plaintext:
		w.text(raw, at, false)
	case w.raw != 0: // of what is dropped
	default:
		w.text(raw, at, true)
	}
}

func (w *rewriter) start(closed bool) {
	name, more := w.z.TagName()
	a := atom.Lookup(name)
	if w.drawing > 0 || a == atom.Svg {
		w.z.NextIsNotRawText() // <title> and <style> of a drawing hold markup
	}
	if w.drawing > 0 && breaksOut[a] {
		w.drawing = 0
	}
	if a == atom.Svg && !closed {
		w.drawing++
	}
	if w.drawing > 0 || a == atom.Svg {
		return
	}
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes, atom.Title, atom.Textarea, atom.Xmp, atom.Plaintext:
		w.raw = a
	}
	w.named(a, more)
	f := fates[a]
	if f == unwrapped || f == dropped {
		return
	}
	tag := string(name)
	if f == renamed {
		tag = newNames[a]
	}
	w.out.WriteString("<" + tag)
	if more {
		w.attributes(a)
	}
	switch a {
	case atom.Input, atom.Button, atom.Select, atom.Fieldset, atom.Option:
		w.out.WriteString(" disabled")
	}
	w.out.WriteString(">")
	if a == atom.Head && w.bare {
		w.out.WriteString(bareStyle)
	}
	// a line end right after <pre> and <textarea> is not shown: one of ours keeps the page's own
	if tag == "pre" && a != atom.Pre {
		w.out.WriteString("\n")
	}
}

func (w *rewriter) end(a atom.Atom) {
	if a == atom.Svg && w.drawing > 0 {
		w.drawing--
		return
	}
	if w.drawing > 0 {
		return
	}
	if a == w.raw {
		w.raw = 0
	}
	switch fates[a] {
	case kept:
		w.out.WriteString("</" + a.String() + ">")
	case renamed:
		w.out.WriteString("</" + newNames[a] + ">")
	case void:
		if a == atom.Br {
			w.out.WriteString("<br>")
		}
	}
}
