package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"contrechamp.org/contrechamp"
)

// maxDressed is how much of a page or a style is looked through for what belongs to it.
const maxDressed = 8 << 20

// dress fetches the images, styles and fonts of a page. What cannot be had is left out, and said.
func (f *Fetcher) dress(ctx context.Context, v *Visit) {
	limits := f.limits()
	if limits.Requisites < 0 || !v.Page.IsHTML() {
		return
	}
	waiting := wanted(readAll(v.Page), v.Page.Address)
	seen := map[string]bool{v.Page.Address.String(): true}
	away := map[string]bool{} // hosts that do not answer: once is enough
	count, size := 0, int64(0)
	for i := 0; i < len(waiting); i++ {
		raw := waiting[i]
		if seen[raw.String()] {
			continue
		}
		seen[raw.String()] = true
		left := func(reason string) { v.LeftOut = append(v.LeftOut, LeftOut{Shown(raw.String()), reason}) }
		u, err := normal(raw)
		switch {
		case err != nil:
			left(err.Error())
			continue
		case away[u.Host]:
			left("its server did not answer before")
			continue
		case count >= limits.Requisites:
			left("more images, styles and fonts than are fetched of a page")
			continue
		case size >= limits.RequisiteBytes:
			left("more bytes of images, styles and fonts than are fetched of a page")
			continue
		}
		count++
		x, err := f.requisite(ctx, v, u)
		if err != nil {
			if ctx.Err() != nil {
				left("the time for the page was over")
				continue
			}
			left(err.Error())
			away[u.Host] = errors.Is(err, contrechamp.ErrUnavailable)
			continue
		}
		size += x.Response.Size()
		if isKind(x, "text/css") && x.Status == 200 {
			waiting = append(waiting, inStyle(string(readAll(x)), x.Address)...)
		}
	}
}

var errRequisiteLoop = errors.New("it leads on too often")

func (f *Fetcher) requisite(ctx context.Context, v *Visit, u *url.URL) (*Exchange, error) {
	const most = 3
	for range most + 1 {
		if err := f.welcome(ctx, u, true, v.keep); err != nil {
			return nil, err
		}
		x, err := f.ask(ctx, u, requisite, true, v.keep)
		if err != nil {
			return nil, err
		}
		to, err := x.redirect()
		if err != nil || to == nil {
			return x, err
		}
		u = to
	}
	return nil, errRequisiteLoop
}

// IsHTML reports whether the server said that the answer is a page.
func (x *Exchange) IsHTML() bool { return isKind(x, "text/html", "application/xhtml+xml") }

func isKind(x *Exchange, kinds ...string) bool {
	t, _, _ := strings.Cut(strings.ToLower(x.MediaType()), ";")
	for _, k := range kinds {
		if strings.TrimSpace(t) == k {
			return true
		}
	}
	return false
}

// readAll answers a document's beginning as far as it can be read.
func readAll(x *Exchange) []byte {
	in, err := x.Content()
	if err != nil {
		return nil // said where the document itself is captured
	}
	b, _ := io.ReadAll(io.LimitReader(in, maxDressed)) // what is cut short is looked through as far as it goes
	return b
}

// wanted answers the images, styles and icons of a page, in its order.
func wanted(page []byte, at *url.URL) []*url.URL {
	base := at
	var out []*url.URL
	add := func(ref string) {
		if u := resolve(base, ref); u != nil {
			out = append(out, u)
		}
	}
	z := html.NewTokenizer(bytes.NewReader(page))
	inStyleElement := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.TextToken:
			if inStyleElement {
				out = append(out, inStyle(string(z.Text()), base)...)
			}
		case html.EndTagToken:
			inStyleElement = false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			inStyleElement = tag == atom.Style
			attr := map[string]string{}
			for more {
				var k, val []byte
				k, val, more = z.TagAttr()
				if _, known := attr[string(k)]; !known {
					attr[string(k)] = string(val)
				}
			}
			if style := attr["style"]; strings.Contains(style, "url(") {
				out = append(out, inStyle(style, base)...)
			}
			switch tag {
			case atom.Base:
				if u := resolve(at, attr["href"]); u != nil && attr["href"] != "" && base == at {
					base = u
				}
			case atom.Source: // of a picture; what plays has no srcset and is not fetched
				add(largest(attr["srcset"]))
				add(largest(attr["data-srcset"]))
			case atom.Img:
				add(attr["src"])
				add(attr["data-src"]) // where a script would put it
				add(largest(attr["srcset"]))
				add(largest(attr["data-srcset"]))
			case atom.Input:
				if strings.EqualFold(attr["type"], "image") {
					add(attr["src"])
				}
			case atom.Video:
				add(attr["poster"])
			case atom.Body, atom.Table, atom.Td:
				add(attr["background"])
			case atom.Image: // of SVG
				add(attr["href"])
			case atom.Link:
				for _, rel := range strings.Fields(strings.ToLower(attr["rel"])) {
					if rel == "stylesheet" || rel == "icon" {
						add(attr["href"])
						break
					}
				}
			}
		}
	}
}

// resolve answers where a reference leads, "" and what is no address apart.
func resolve(base *url.URL, ref string) *url.URL {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.HasPrefix(ref, "#") || strings.HasPrefix(strings.ToLower(ref), "data:") {
		return nil
	}
	u, err := base.Parse(ref)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}

// largest answers the largest image of a srcset that a screen would show: up to twice its own, or 2,000 pixels wide.
func largest(set string) string {
	best, size := "", -1.0
	for {
		set = strings.TrimLeft(set, " \t\r\n\f,")
		end := strings.IndexAny(set, " \t\r\n\f")
		if end < 0 {
			end = len(set)
		}
		ref, described := set[:end], ""
		if set = set[end:]; !strings.HasSuffix(ref, ",") { // an address may hold commas, but not end with one
			described, set, _ = strings.Cut(set, ",")
		}
		if ref = strings.TrimRight(ref, ","); ref == "" {
			break
		}
		n := 1.0
		if d := strings.TrimSpace(described); d != "" {
			v, err := strconv.ParseFloat(d[:len(d)-1], 64)
			unit := d[len(d)-1]
			if err != nil || unit == 'w' && v > 2000 || unit == 'x' && v > 2 {
				continue
			}
			n = v
		}
		if n > size {
			best, size = ref, n
		}
	}
	return best
}

var (
	styleURL    = regexp.MustCompile(`(?i)url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)`)
	styleImport = regexp.MustCompile(`(?i)@import\s+(?:"([^"]*)"|'([^']*)')`)
	comment     = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

// inStyle answers what a style sheet refers to: further sheets, images, fonts.
func inStyle(sheet string, at *url.URL) []*url.URL {
	var out []*url.URL
	sheet = comment.ReplaceAllString(sheet, "")
	for _, pattern := range []*regexp.Regexp{styleImport, styleURL} {
		for _, m := range pattern.FindAllStringSubmatch(sheet, -1) {
			if u := resolve(at, strings.Join(m[1:], "")); u != nil {
				out = append(out, u)
			}
		}
	}
	return out
}
