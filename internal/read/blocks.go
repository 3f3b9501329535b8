package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is the text of one block of a page, white space collapsed.
type block struct {
	text    string
	role    contrechamp.Role
	heading int  // 1 to 6 in h1 to h6
	item    bool // of a list, or a row of a table
	row     bool // a row of a table
	zone    zone
	links   int // bytes of text that stand in links
}

// linked is the share of a block's text that stands in links.
func (b *block) linked() float64 { return float64(b.links) / float64(max(1, len(b.text))) }

// zone is where on its page a block stands, by elements, roles and class names.
type zone uint16

const (
	hidden     zone = 1 << iota
	navigation      // nav, menus, select lists, buttons
	aside           // aside, sidebars, related, share, promotion, newsletters
	foot            // the page's footer
	top             // the page's header
	form            // a form that is not the whole page
	discussion      // comments
	caption         // of a figure
	credits         // byline, date
)

// walker walks the tree once, and takes blocks and metadata from it.
type walker struct {
	blocks   []block
	meta     metadata
	elements int

	text  strings.Builder
	links int
	space bool // white space waits
	line  bool // a line break waits
	at    place
}

// place is what the elements around a node say.
type place struct {
	zone    zone
	heading int
	item    bool
	link    bool
	inside  bool // in article or main
}

func walkPage(root *html.Node) *walker {
	w := &walker{}
	w.children(root)
	w.flush()
	return w
}

// children walks the nodes under n. The depth of recursion is bounded by MaxDepth.
func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.write(c.Data)
		case html.ElementNode:
			w.elements++
			w.element(c)
		}
	}
}

func (w *walker) element(n *html.Node) {
	w.meta.see(n, w.at)
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Iframe, atom.Object, atom.Embed, atom.Audio, atom.Video, atom.Canvas, atom.Title:
		if n.DataAtom == atom.Head {
			w.headOf(n)
		}
		return
	case atom.Br:
		if w.line {
			w.flush()
		}
		w.line = w.text.Len() > 0
		return
	case atom.Hr:
		w.flush()
		return
	case atom.Tr:
		if cells, ok := simpleRow(n); ok {
			w.row(n, cells)
			return
		}
	}
	before := w.at
	w.at.enter(n)
	if !isBlock[n.DataAtom] {
		w.children(n)
		w.at = before
		return
	}
	inside := w.at
	w.at = before
	w.flush()
	w.at = inside
	w.children(n)
	w.flush()
	w.at = before
}

// headOf looks through the head, which has metadata and no text.
func (w *walker) headOf(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			w.elements++
			w.meta.see(c, w.at)
		}
	}
}

var isBlock = func() map[atom.Atom]bool {
	m := map[atom.Atom]bool{}
	for _, a := range []atom.Atom{atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Button, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
		atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Html, atom.Legend, atom.Li,
		atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Optgroup, atom.Option, atom.P, atom.Pre, atom.Section, atom.Select, atom.Summary,
		atom.Table, atom.Tbody, atom.Td, atom.Textarea, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul} {
		m[a] = true
	}
	return m
}()

func (p *place) enter(n *html.Node) {
	switch n.DataAtom {
	case atom.Nav, atom.Menu, atom.Select, atom.Button, atom.Option, atom.Textarea:
		p.zone |= navigation
	case atom.Aside:
		p.zone |= aside
	case atom.Dialog:
		p.zone |= aside
	case atom.Footer:
		if p.inside {
			p.zone |= aside
		} else {
			p.zone |= foot
		}
	case atom.Header:
		if !p.inside {
			p.zone |= top
		}
	case atom.Article, atom.Main:
		p.inside = true
		p.zone &^= form | top // a page may be one form
	case atom.Form:
		p.zone |= form
	case atom.Figcaption, atom.Caption:
		p.zone |= caption
	case atom.Address, atom.Time:
		p.zone |= credits
	case atom.Li, atom.Dd:
		p.item = true
	case atom.A:
		p.link = true
	case atom.P, atom.Table, atom.Ul, atom.Ol, atom.Section:
		p.heading = 0 // a heading that was never closed
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.heading = int(n.Data[1] - '0')
		if p.heading == 1 {
			p.zone &^= top
		}
	}
	if n.DataAtom != atom.Html && n.DataAtom != atom.Body && n.DataAtom != atom.Main && n.DataAtom != atom.Article {
		p.zone |= zoneOf(n)
	}
}

// zoneNames are words of class names, identifiers and roles that say where one is. They are names that templates
// of all sorts use, in English and French.
var zoneNames = func() map[string]zone {
	m := map[string]zone{}
	for z, names := range map[zone]string{
		navigation: "nav navbar navigation menu menus breadcrumb breadcrumbs fil ariane pagination pager skip toolbar",
		aside: `sidebar related share sharing partage social socials newsletter newsletters subscribe subscription promo promotion advert advertisement ads pub
			cookie cookies consent rgpd gdpr popup modal banner donate donation don soutien recommended recommendations outbrain taboola tags tagcloud complementary teaser teasers search`,
		foot:       "footer contentinfo colophon",
		discussion: "comments commentaires commentlist disqus respond comment commentaire",
		caption:    "caption legende credit wp-caption-text",
		credits:    "byline author auteur dateline published pubdate timestamp signature meta date",
	} {
		for _, name := range strings.Fields(names) {
			m[name] = z
		}
	}
	return m
}()

// zoneOf reads a node's attributes.
func zoneOf(n *html.Node) zone {
	var z zone
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			z |= hidden
		case "style":
			if s := strings.ToLower(a.Val); strings.Contains(s, "display:none") || strings.Contains(s, "display: none") {
				z |= hidden
			}
		case "class", "id", "role":
			const longest = 300 // bytes of a class list that say anything
			for _, name := range strings.FieldsFunc(strings.ToLower(clip(a.Val, longest)), func(r rune) bool { return !unicode.IsLetter(r) }) {
				z |= zoneNames[name]
			}
		}
	}
	return z
}

// write appends text to the block, white space collapsed.
func (w *walker) write(s string) {
	for len(s) > 0 {
		i := 0
		for i < len(s) {
			c := s[i]
			if c <= ' ' || c >= utf8.RuneSelf {
				if c <= ' ' || blank(s[i:]) > 0 {
					break
				}
				_, n := utf8.DecodeRuneInString(s[i:])
				i += n
				continue
			}
			i++
		}
		if i > 0 {
			w.gap()
			w.text.WriteString(s[:i])
			if w.at.link {
				w.links += i
			}
			s = s[i:]
			continue
		}
		w.space = true
		if s[0] <= ' ' {
			s = s[1:]
		} else {
			s = s[blank(s):]
		}
	}
}

// blank returns the length of the white space that is not ASCII at the start of s, 0 for none.
func blank(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' || r == '\u200b' || r == '\ufeff' {
		return n
	}
	return 0
}

// gap writes the white space that waits.
func (w *walker) gap() {
	switch {
	case w.text.Len() == 0:
	case w.line:
		w.text.WriteByte('\n')
	case w.space:
		w.text.WriteByte(' ')
	}
	w.space, w.line = false, false
}

// flush ends the block.
func (w *walker) flush() {
	text := w.text.String()
	if s := trim(text, contrechamp.Span{End: len(text)}); s.Len() > 0 {
		w.blocks = append(w.blocks, block{text: text[s.Start:s.End], heading: w.at.heading, item: w.at.item, zone: w.at.zone, links: w.links})
	}
	w.text.Reset()
	w.links, w.space, w.line = 0, false, false
}

// simpleRow returns the cells of a table row that holds data: none of them has blocks of its own. Tables that lay
// out a page are walked as what they hold.
func simpleRow(tr *html.Node) (cells []*html.Node, ok bool) {
	const long = 400 // bytes in a cell: no datum
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		size := 0
		if !inlineOnly(c, &size) || size > long {
			return nil, false
		}
		cells = append(cells, c)
	}
	return cells, len(cells) > 1
}

func inlineOnly(n *html.Node, size *int) bool {
	paragraphs := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			*size += len(c.Data)
		case c.Type != html.ElementNode:
		case c.DataAtom == atom.P:
			paragraphs++
			if paragraphs > 1 || !inlineOnly(c, size) {
				return false
			}
		case isBlock[c.DataAtom] && c.DataAtom != atom.Div, !inlineOnly(c, size):
			return false
		}
	}
	return true
}

// row writes a table row as one block, its cells parted by tabs.
func (w *walker) row(tr *html.Node, cells []*html.Node) {
	w.flush()
	before := w.at
	w.at.enter(tr)
	var parts []string
	links := 0
	for _, cell := range cells {
		w.elements++
		in := w.at
		w.at.enter(cell)
		w.inline(cell)
		w.at = in
		parts = append(parts, strings.ReplaceAll(strings.TrimSpace(w.text.String()), "\n", " "))
		links += w.links
		w.text.Reset()
		w.links, w.space, w.line = 0, false, false
	}
	if text := strings.Trim(strings.Join(parts, "\t"), "\t"); strings.TrimSpace(text) != "" {
		w.blocks = append(w.blocks, block{text: strings.TrimFunc(text, unicode.IsSpace), item: true, row: true, zone: w.at.zone, links: links})
	}
	w.at = before
}

// inline walks a cell as if nothing in it were a block.
func (w *walker) inline(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.write(c.Data)
		case html.ElementNode:
			w.elements++
			w.meta.see(c, w.at)
			switch c.DataAtom {
			case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object:
				continue
			}
			before := w.at
			w.at.enter(c)
			w.space = w.space || isBlock[c.DataAtom] || c.DataAtom == atom.Br
			w.inline(c)
			w.space = w.space || isBlock[c.DataAtom]
			w.at = before
		}
	}
}
