package read

import (
	"bytes"
	"strings"

	"golang.org/x/net/html/atom"
)

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

// zoneNames are words of class names, identifiers and roles that say where one is. They are names that templates
// of all sorts use, in English, French and German.
var zoneNames = func() map[string]zone {
	m := map[string]zone{}
	for z, names := range map[zone]string{
		navigation: "nav navbar navigation menu menus breadcrumb breadcrumbs breadcrumbnav fil ariane pagination pager paging skip toolbar navi subnav topnav dropdown toc",
		aside: `sidebar related share sharing shares partage social socials newsletter newsletters subscribe subscription promo promotion promotions advert advertisement advertisements ads pub
			cookie cookies consent rgpd gdpr popup modal banner donate donation don soutien recommended recommendations recommendation outbrain taboola tags tagcloud complementary teaser teasers search
			sharebar sharedaddy addthis sociable widget widgets similar readmore morelinks linklist verwandt empfehlung werbung anzeige anzeigen trending popular paywall infobox bio authorbox
			relatedarticles relatedposts relatedcontent jp-relatedposts mostread signup login breakingnews rail tooltip lightbox overlay flyout`,
		foot:       "footer contentinfo colophon copyright",
		discussion: "comments commentaires commentlist disqus respond comment commentaire kommentare kommentar commentform comentarios livefyre commentsection",
		caption:    "caption legende credit wp-caption-text bildunterschrift figcaption imagecaption",
		credits:    "byline author auteur dateline published pubdate timestamp signature meta date postmeta entrymeta datum autor",
	} {
		for _, name := range strings.Fields(names) {
			m[name] = z
		}
	}
	return m
}()

// Names of what is written, and of its body: "article-body", "entry-content", "post_text".
var (
	writings = wordSet("article articles post entry story news blog page text texte artikel beitrag node field single main hentry articulo noticia")
	bodies   = wordSet("body content text copy contents inhalt contenu corps texte cuerpo contenido maincontent bodytext corpo")
	whole    = wordSet("articlebody articlecontent articletext storybody storycontent storytext postcontent postbody posttext entrycontent entrybody bodytext maintext articlemain textbody fulltext contentbody articlecopy bodycopy paragraphs wysiwyg richtext")
)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// enter changes the place to that within an element, and answers what the element's names say.
func (s *scanner) enter(p *place, a atom.Atom) naming {
	n := s.named()
	switch a {
	case atom.Nav, atom.Menu, atom.Select, atom.Button, atom.Option, atom.Textarea:
		n.zone |= navigation
	case atom.Aside, atom.Dialog:
		n.zone |= aside
	case atom.Footer:
		if p.inside {
			n.zone |= aside
		} else {
			n.zone |= foot
		}
	case atom.Header:
		if !p.inside {
			n.zone |= top
		}
	case atom.Article, atom.Main:
		p.inside = true
		n.body++
	case atom.Form:
		n.zone |= form
	case atom.Figcaption, atom.Caption:
		n.zone |= caption
	case atom.Address, atom.Time:
		n.zone |= credits
	case atom.Li, atom.Dd:
		p.item = true
		p.heading = 0
	case atom.A:
		p.link = true
	case atom.P, atom.Table, atom.Ul, atom.Ol, atom.Section:
		p.heading = 0 // a heading that was never closed
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.heading = uint8(headingLevel(a))
	}
	if a == atom.Main || a == atom.Article {
		n.zone &= hidden
	}
	if bytes.EqualFold(s.attrs.itemprop, []byte("articleBody")) {
		n.body, n.zone = 3, n.zone&hidden
	}
	switch p.person {
	case somebody:
		switch string(s.attrs.itemprop) {
		case "author", "creator":
			p.person = theAuthor
		case "publisher":
			p.person = thePublisher
		}
	}
	p.zone |= n.zone
	p.inline |= n.zone
	return n
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	}
	return 6
}

// longestClass is how many bytes of a class list say anything.
const longestClass = 300

// named reads what the current tag's names say. Templates repeat themselves, so the names of a page are remembered.
func (s *scanner) named() naming {
	var n naming
	for _, value := range [][]byte{s.attrs.class, s.attrs.id, s.attrs.role} {
		if len(value) == 0 {
			continue
		}
		value = value[:min(len(value), longestClass)]
		one, known := s.zones[string(value)]
		if !known {
			one = namesSay(value)
			const most = 10_000
			if len(s.zones) < most {
				s.zones[string(value)] = one
			}
		}
		n.zone |= one.zone
		n.body = max(n.body, one.body)
	}
	if s.attrs.hidden || s.attrs.ariaHidden || concealed(s.attrs.style) {
		n.zone |= hidden
	}
	return n
}

// concealed reports whether a style hides its element.
func concealed(style []byte) bool {
	at := bytes.Index(style, []byte("display"))
	if at < 0 {
		return false
	}
	rest := bytes.TrimLeft(style[at+len("display"):], " :")
	return bytes.HasPrefix(rest, []byte("none"))
}

// namesSay reads a class list, an identifier or a role.
func namesSay(value []byte) naming {
	var n naming
	for _, class := range bytes.Fields(bytes.ToLower(value)) {
		writing, body := false, false
		for _, w := range bytes.FieldsFunc(class, func(r rune) bool { return r < 'a' || r > 'z' && r < 0x80 }) {
			n.zone |= zoneNames[string(w)]
			writing = writing || writings[string(w)]
			body = body || bodies[string(w)]
			if whole[string(w)] {
				n.body = 2
			}
		}
		switch {
		case writing && body:
			n.body = max(n.body, 2)
		case writing || body:
			n.body = max(n.body, 1)
		}
	}
	return n
}
