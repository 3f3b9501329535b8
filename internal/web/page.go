package web

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
)

const htmlType = "text/html; charset=utf-8"

//go:embed pages
var pageFiles embed.FS

// templates holds one set a page: the page's own template and the shared ones in pages/frame.
type templates map[string]*template.Template

func loadTemplates() (templates, error) {
	folders, err := fs.ReadDir(pageFiles, "pages")
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	all := templates{}
	for _, f := range folders {
		if f.Name() == "frame" {
			continue
		}
		t, err := template.New(f.Name()).Option("missingkey=error").Funcs(template.FuncMap{"dict": dict}).ParseFS(pageFiles, "pages/frame/*.html", path.Join("pages", f.Name(), "*.html"))
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", f.Name(), err)
		}
		all[f.Name()] = t
	}
	return all, nil
}

// render fills a page. It is made whole before anything is sent, so that a reader never gets half of one.
func (t templates) render(name string, data any) ([]byte, error) {
	set, ok := t[name]
	if !ok {
		return nil, fmt.Errorf("there is no page %q", name)
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, "frame", data); err != nil {
		return nil, fmt.Errorf("page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// page is what every page has.
type page struct {
	*voice
	Title       string // without the site's name
	Description string
	Nav         string // which entry of the navigation it belongs to
	Path        string // after the language: "/dossier/place-rs-belgrade"
	Query       string // the address's query, as it came
	Find        string // what the search field holds
	OwnFind     bool   // the page has a search field of its own
	NoIndex     bool
	Wide        bool   // it takes the whole width
	Script      string // the asset that it runs, "" for none
	TakesPhotos bool   // visitors may send photographs
	assets      *assets
}

func (s *site) newPage(v *voice, r *http.Request) page {
	rest := r.URL.EscapedPath()
	for _, l := range languages {
		if after, ok := strings.CutPrefix(rest, "/"+l); ok && strings.HasPrefix(after, "/") {
			rest = after
			break
		}
	}
	return page{voice: v, Path: rest, Query: r.URL.RawQuery, assets: s.assets, TakesPhotos: s.desk != nil}
}

// Asset returns the address of a file.
func (p *page) Asset(name string) string { return p.assets.address[name] }

// navEntry is an entry of the navigation.
type navEntry struct {
	Name, Link string
	Current    bool
}

// Entry returns an entry of the navigation.
func (p *page) Entry(name string) navEntry {
	return navEntry{Name: p.T("nav." + name), Link: p.Link("/" + name), Current: p.Nav == name}
}

// Link returns the address of a page of the same language.
func (v *voice) Link(path string) string { return "/" + v.Lang + path }

// In returns this page's address in a language.
func (p *page) In(lang string) string {
	address := "/" + lang + p.Path
	if p.Query != "" {
		address += "?" + p.Query
	}
	return address
}

// Other returns the other language.
func (p *page) Other() string {
	if p.Lang == "fr" {
		return "en"
	}
	return "fr"
}

// DossierLink returns the address of an entity's dossier.
func (v *voice) DossierLink(id string) string { return v.Link("/dossier/" + url.PathEscape(id)) }

// DocumentLink returns the address of a document, at a fragment if there is one.
func (v *voice) DocumentLink(digest fmt.Stringer, fragment string) string {
	link := v.Link("/document/" + digest.String())
	if fragment != "" {
		link += "#" + fragment
	}
	return link
}

// SearchLink returns the address of a search.
func (v *voice) SearchLink(text string) string { return v.Link("/search?q=" + url.QueryEscape(text)) }

// request is one visit to a page: who speaks, what is asked.
type request struct {
	*http.Request
	*teller
	site *site
}

// answer is a page to be sent, or the address to go to.
type answer struct {
	name     string // the page's folder
	data     any
	status   int    // 0 is 200
	redirect string // where the page has its one address
	policy   string // its Content-Security-Policy, "" for that of all pages
}

type pageFunc func(ctx context.Context, r *request) (answer, error)

// page makes a handler of a page in one language.
func (s *site) page(lang string, show pageFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), s.budget)
		defer cancel()
		a, err := show(ctx, &request{Request: r, teller: s.newTeller(ctx, lang), site: s})
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if a.redirect != "" {
			w.Header().Set("Cache-Control", "no-cache")
			http.Redirect(w, r, a.redirect, http.StatusFound)
			return
		}
		body, err := s.templates.render(a.name, a.data)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if a.policy != "" {
			w.Header().Set("Content-Security-Policy", a.policy)
		}
		if a.status == 0 {
			a.status = http.StatusOK
		}
		s.respond(w, r, a.status, htmlType, body)
	}
}

// newPage starts the page that a request asked for.
func (r *request) newPage(title, nav string) page {
	p := r.site.newPage(r.voice, r.Request)
	p.Title, p.Nav, p.Description = title, nav, r.T("site.description")
	return p
}

// number reads a whole number of the query between 0 and limit; anything else is fallback.
func (r *request) number(key string, fallback, limit int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(key))
	if err != nil || n < 0 || n > limit {
		return fallback
	}
	return n
}

// pager is the way to the pages before and after.
type pager struct {
	Before, After string // addresses, "" where there is none
}

// pages makes a pager over numbered pages, the first one 1.
func (r *request) pages(number int, more bool) pager {
	var p pager
	at := func(n int) string {
		q := r.URL.Query()
		q.Del("page")
		if n > 1 {
			q.Set("page", strconv.Itoa(n))
		}
		if len(q) == 0 {
			return r.URL.EscapedPath()
		}
		return r.URL.EscapedPath() + "?" + q.Encode()
	}
	if number > 1 {
		p.Before = at(number - 1)
	}
	if more {
		p.After = at(number + 1)
	}
	return p
}

// dict makes a map of pairs of name and value, for templates that take more than one thing.
func dict(pairs ...any) (map[string]any, error) {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}
