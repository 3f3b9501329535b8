package facsimile

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// Part is what was captured beside a page, at an address that the page names.
type Part struct {
	MediaType string // as the server said; of a picture the bytes are asked
	Bytes     []byte
}

// maxParts bounds what of them is put into one page, in bytes.
const maxParts = 8 << 20

// part answers the part at an address as the page writes it, relative to where the page was.
func (w *rewriter) part(address string) (Part, bool) {
	if len(w.parts) == 0 || w.base == nil {
		return Part{}, false
	}
	u, err := w.base.Parse(strings.TrimSpace(address))
	if err != nil {
		return Part{}, false
	}
	u.Fragment = ""
	p, ok := w.parts[u.String()]
	if !ok || w.put+len(p.Bytes) > maxParts {
		return Part{}, false
	}
	return p, true
}

// rebase takes the first base element's address (section 4.2.3 of the HTML standard): it only says what the page meant.
func (w *rewriter) rebase(href string) {
	if w.rebased || w.base == nil {
		return
	}
	if u, err := w.base.Parse(strings.TrimSpace(href)); err == nil {
		w.base, w.rebased = u, true
	}
}

// picture puts a picture that was captured with the page into it, if it is of a kind that can hold nothing else.
func (w *rewriter) picture(address string) {
	p, ok := w.part(address)
	if !ok {
		return
	}
	switch kind := http.DetectContentType(p.Bytes); kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		w.put += len(p.Bytes)
		w.attribute("src", "data:"+kind+";base64,"+base64.StdEncoding.EncodeToString(p.Bytes))
	}
}

// sheet puts a style sheet that was captured with the page in the place of the element that names it.
func (w *rewriter) sheet(attrs map[string]string) {
	rel := " " + strings.ToLower(attrs["rel"]) + " "
	if w.bare || !strings.Contains(rel, " stylesheet ") || strings.Contains(rel, " alternate ") {
		return
	}
	p, ok := w.part(attrs["href"])
	if !ok || !strings.HasPrefix(strings.ToLower(p.MediaType), "text/css") {
		return
	}
	css := string(p.Bytes)
	if !utf8.ValidString(css) {
		css = strings.ToValidUTF8(css, "\uFFFD")
	}
	w.put += len(p.Bytes)
	w.out.WriteString("<style")
	if media := attrs["media"]; media != "" && len(media) <= longestAttribute {
		w.attribute("media", media)
	}
	w.out.WriteString(">" + calmCSS(css) + "</style>")
}

// named reads the attributes of an element that is not written itself: link, base.
func (w *rewriter) named(a atom.Atom, more bool) {
	if a != atom.Link && a != atom.Base {
		return
	}
	attrs := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = w.z.TagAttr()
		if _, seen := attrs[string(k)]; !seen {
			attrs[string(k)] = string(v)
		}
	}
	if href, ok := attrs["href"]; ok && a == atom.Base {
		w.rebase(href)
	} else if a == atom.Link {
		w.sheet(attrs)
	}
}

// baseOf parses where a page was; nil when it was nowhere on the web.
func baseOf(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}
