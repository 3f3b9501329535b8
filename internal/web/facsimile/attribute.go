package facsimile

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// harmless are the attributes that are kept on every element: they name, describe and lay out, and lead nowhere.
var harmless = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(`class id lang dir title alt width height colspan rowspan span headers scope abbr align valign bgcolor color face
		size border cellpadding cellspacing nowrap start reversed datetime hidden open role label value placeholder cols rows checked
		selected min max low high optimum text compact clear noshade`) {
		m[name] = true
	}
	return m
}()

// looks are the harmless attributes that a bare page goes without.
var looks = map[string]bool{"class": true, "width": true, "height": true, "align": true, "valign": true, "bgcolor": true, "color": true, "face": true,
	"size": true, "border": true, "cellpadding": true, "cellspacing": true, "nowrap": true, "text": true, "hidden": true}

// inputTypes are the fields that are shown, empty and without use; of others nothing is.
var inputTypes = map[string]bool{"": true, "text": true, "search": true, "email": true, "tel": true, "url": true, "number": true, "date": true,
	"checkbox": true, "radio": true, "submit": true, "button": true, "reset": true}

// longestAttribute bounds what is kept of one, in bytes. Pictures in the page itself may be longer.
const (
	longestAttribute = 8 << 10
	longestPicture   = 4 << 20
)

// attributes writes the attributes of the current tag that may stay. The first of a name counts.
func (w *rewriter) attributes(a atom.Atom) {
	seen := map[string]bool{}
	for more := true; more; {
		var k, v []byte
		k, v, more = w.z.TagAttr()
		key := string(k)
		if seen[key] {
			continue
		}
		seen[key] = true
		value := string(v)
		switch {
		case key == "style":
			if !w.bare && len(value) <= longestAttribute {
				w.attribute(key, calmCSS(value))
			}
		case key == "src" && a == atom.Img:
			if isPicture(value) {
				w.attribute(key, value)
			} else {
				w.picture(value)
			}
		case key == "href" && a == atom.A:
			w.link(value)
		case key == "name" && a == atom.A:
			w.identifier(key, value)
		case key == "type":
			w.kind(a, strings.ToLower(value))
		case key == "id":
			w.identifier(key, value)
		case w.bare && looks[key]:
		case (harmless[key] || strings.HasPrefix(key, "aria-") && isWord(key)) && len(value) <= longestAttribute:
			w.attribute(key, value)
		}
	}
}

func (w *rewriter) attribute(key, value string) {
	w.out.WriteString(" " + key + `="`)
	_, _ = inAttribute.WriteString(&w.out, value) // a strings.Builder never fails
	w.out.WriteString(`"`)
}

// identifier writes a name by which the page's own links find a place; ours is not to be taken.
func (w *rewriter) identifier(key, value string) {
	if value != Anchor && len(value) <= longestAttribute {
		w.attribute(key, value)
	}
}

// link keeps a link within the page, and of others only where they led.
func (w *rewriter) link(value string) {
	value = strings.TrimSpace(value)
	switch {
	case strings.HasPrefix(value, "#"):
		w.attribute("href", value)
	case len(value) <= longestAttribute:
		w.attribute("data-href", value)
	}
}

// kind keeps the type of what is harmless: how a list counts, what a field is.
func (w *rewriter) kind(a atom.Atom, value string) {
	switch {
	case a == atom.Input && inputTypes[value], a == atom.Ol, a == atom.Ul, a == atom.Li:
		if len(value) <= longestAttribute {
			w.attribute("type", value)
		}
	case a == atom.Input:
		w.attribute("hidden", "")
	case a == atom.Button:
		w.attribute("type", "button")
	}
}

// isPicture reports whether an address holds a picture itself, of a kind that can hold nothing else.
func isPicture(address string) bool {
	if len(address) > longestPicture {
		return false
	}
	head := strings.ToLower(strings.TrimSpace(address[:min(len(address), 32)]))
	for _, kind := range []string{"png", "jpeg", "jpg", "gif", "webp", "avif"} {
		if strings.HasPrefix(head, "data:image/"+kind+";") || strings.HasPrefix(head, "data:image/"+kind+",") {
			return true
		}
	}
	return false
}

// isWord reports whether an attribute's name is letters and hyphens: others could end the tag.
func isWord(s string) bool {
	for _, c := range s {
		if (c < 'a' || c > 'z') && c != '-' {
			return false
		}
	}
	return s != ""
}
