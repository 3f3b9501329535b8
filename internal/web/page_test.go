package web

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/register"
	"contrechamp.org/contrechamp/internal/web/facsimile"
)

// open makes the site over a shelf; what it logs is thrown away.
func open(t testing.TB, s *shelf) http.Handler {
	t.Helper()
	h, err := New(Config{Store: s, Register: register.New(s), Blobs: s, Explain: s, Map: newTown(t), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// all walks a page's elements.
func all(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := range n.ChildNodes() {
		all(c, visit)
	}
}

// each returns the elements of a page that have one of the tags.
func each(n *html.Node, tags ...string) []*html.Node {
	var out []*html.Node
	all(n, func(e *html.Node) {
		if slices.Contains(tags, e.Data) {
			out = append(out, e)
		}
	})
	return out
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func ids(page *html.Node) map[string]int {
	found := map[string]int{}
	all(page, func(e *html.Node) {
		if has(e, "id") {
			found[attr(e, "id")]++
		}
	})
	return found
}

func parse(t *testing.T, w *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	page, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// promises are what every page keeps, as sentences; each answers what is wrong, "" when nothing is.
var promises = []struct {
	says  string
	check func(page *html.Node, lang string) string
}{
	{"its language is said", func(p *html.Node, lang string) string {
		if got := attr(each(p, "html")[0], "lang"); got != lang {
			return "lang is " + got
		}
		return ""
	}},
	{"it has one title, with the site's name", func(p *html.Node, _ string) string {
		titles := each(each(p, "head")[0], "title")
		if len(titles) != 1 || !strings.Contains(textOf(titles[0]), "Contrechamp") {
			return fmt.Sprint(len(titles), " titles")
		}
		return ""
	}},
	{"it has exactly one h1, not empty", func(p *html.Node, _ string) string {
		if h := each(p, "h1"); len(h) != 1 || textOf(h[0]) == "" {
			return fmt.Sprint(len(h), " h1")
		}
		return ""
	}},
	{"its headings skip no level", func(p *html.Node, _ string) string {
		level := 1
		for _, h := range each(p, "h1", "h2", "h3", "h4", "h5", "h6") {
			n := int(h.Data[1] - '0')
			if n > level+1 && attr(h, "id") != "" || n > level+1 {
				return fmt.Sprintf("%s %q after h%d", h.Data, textOf(h), level)
			}
			level = n
		}
		return ""
	}},
	{"it has header, nav, main and footer", func(p *html.Node, _ string) string {
		for _, tag := range []string{"main", "footer", "nav", "header"} {
			n := 0
			for _, e := range each(p, tag) {
				if e.Parent.Data == "body" || tag == "nav" {
					n++
				}
			}
			if n != 1 && tag != "nav" || n == 0 {
				return fmt.Sprintf("%d %s", n, tag)
			}
		}
		return ""
	}},
	{"every nav and region has a name, and no two navs the same", func(p *html.Node, _ string) string {
		seen := map[string]bool{}
		for _, n := range each(p, "nav") {
			name := attr(n, "aria-label")
			if name == "" || seen[name] {
				return "nav " + name
			}
			seen[name] = true
		}
		found := ids(p)
		for _, n := range each(p, "section") {
			by := attr(n, "aria-labelledby")
			if by != "" && found[by] != 1 {
				return "section named by " + by + ", which is not there"
			}
		}
		return ""
	}},
	{"every field has a label", func(p *html.Node, _ string) string {
		labelled := map[string]bool{}
		for _, l := range each(p, "label") {
			if textOf(l) != "" {
				labelled[attr(l, "for")] = true
			}
		}
		for _, f := range each(p, "input", "select", "textarea") {
			if !labelled[attr(f, "id")] && attr(f, "type") != "hidden" && (attr(f, "type") != "image" || attr(f, "alt") == "") {
				return "field " + attr(f, "name")
			}
		}
		return ""
	}},
	{"there is one way to search", func(p *html.Node, _ string) string {
		n := 0
		for _, f := range each(p, "form") {
			if attr(f, "role") == "search" {
				n++
			}
		}
		if n != 1 {
			return fmt.Sprint(n)
		}
		return ""
	}},
	{"no script, style, frame or event handler stands in it, but for the file of the map and a captured page's sandbox", func(p *html.Node, _ string) (wrong string) {
		all(p, func(e *html.Node) {
			if e.Data == "script" && strings.HasPrefix(attr(e, "src"), "/assets/map.") && textOf(e) == "" && ids(p)["mapview"] == 1 {
				return
			}
			if e.Data == "iframe" && attr(e, "class") == "captured" && has(e, "sandbox") && attr(e, "sandbox") == "" {
				return
			}
			if slices.Contains([]string{"script", "style", "iframe", "object", "embed", "base"}, e.Data) {
				wrong = "a " + e.Data
			}
			for _, a := range e.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					wrong = e.Data + " has " + a.Key
				}
			}
		})
		return wrong
	}},
	{"ids are unique", func(p *html.Node, _ string) string {
		for id, n := range ids(p) {
			if n > 1 || id == "" {
				return fmt.Sprintf("%d times %q", n, id)
			}
		}
		return ""
	}},
	{"nothing is fetched from elsewhere, no link runs a script", func(p *html.Node, _ string) (wrong string) {
		all(p, func(e *html.Node) {
			for _, key := range []string{"href", "src", "action", "srcset", "poster"} {
				if e.Data == "a" && (strings.HasPrefix(attr(e, key), "https://www.openstreetmap.org/") || strings.HasPrefix(attr(e, key), "https://opendatacommons.org/")) {
					continue // where a person may go; nothing is fetched from there
				}
				if v := attr(e, key); v != "" && !strings.HasPrefix(v, "/") && !strings.HasPrefix(v, "#") || strings.HasPrefix(v, "//") {
					wrong = e.Data + " " + key + "=" + v
				}
			}
		})
		return wrong
	}},
	{"every link has words", func(p *html.Node, _ string) string {
		for _, a := range each(p, "a") {
			if textOf(a) == "" && attr(a, "aria-label") == "" {
				return attr(a, "href")
			}
		}
		return ""
	}},
	{"it names its counterpart in both languages", func(p *html.Node, lang string) string {
		found := map[string]string{}
		for _, l := range each(p, "link") {
			if attr(l, "rel") == "alternate" {
				found[attr(l, "hreflang")] = attr(l, "href")
			}
		}
		for _, l := range languages {
			if !strings.HasPrefix(found[l], "/"+l+"/") {
				return l + ": " + found[l]
			}
		}
		return ""
	}},
	{"no text was left unfilled", func(p *html.Node, _ string) string {
		words := textOf(each(p, "body")[0])
		for _, bad := range []string{"{n}", "{name}", "{query}", "{date}", "%!", "<no value>", "ZgotmplZ"} {
			if strings.Contains(words, bad) {
				return bad
			}
		}
		return ""
	}},
	{"French is spaced as French is", func(p *html.Node, lang string) string {
		if lang != "fr" {
			return ""
		}
		var b strings.Builder
		frenchWords(each(p, "body")[0], &b)
		for _, bad := range []string{" ;", " ?", " !", " :", " %", "« ", " »"} {
			if i := strings.Index(b.String(), bad); i >= 0 {
				return fmt.Sprintf("%q", b.String()[max(0, i-40):i+len(bad)])
			}
		}
		return ""
	}},
}

// frenchWords gathers what the page itself says, without the words of documents.
func frenchWords(n *html.Node, b *strings.Builder) {
	if n.Type == html.ElementNode && (n.Data == "blockquote" || n.Data == "code" || attr(n, "class") == "words" || attr(n, "class") == "reader" ||
		has(n, "lang") && n.Data != "html" || attr(n, "class") == "t" || attr(n, "class") == "visually-hidden" && n.Parent.Data == "a" || n.Data == "h1") {
		return
	}
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for c := range n.ChildNodes() {
		frenchWords(c, b)
	}
}

func checkPage(t *testing.T, address string, w *httptest.ResponseRecorder) {
	t.Helper()
	page := parse(t, w)
	for _, p := range promises {
		if wrong := p.check(page, address[1:3]); wrong != "" {
			t.Errorf("%s: %s: not kept: %s", address, p.says, wrong)
		}
	}
	checkHeaders(t, address, w)
}

func checkHeaders(t *testing.T, address string, w *httptest.ResponseRecorder) {
	t.Helper()
	h := w.Header()
	policy := h.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("%s: the policy lacks %q: %s", address, part, policy)
		}
	}
	if isMap := strings.HasPrefix(address[3:], "/map"); strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") || strings.Contains(policy, "blob") ||
		strings.Contains(policy, "script-src") != isMap || isMap && !strings.Contains(policy, "; script-src 'self'; worker-src 'self'; connect-src 'self'") {
		t.Errorf("%s: the policy allows too much: %s", address, policy)
	}
	if got := h.Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("%s: Referrer-Policy %q", address, got)
	}
	if got := h.Get("X-Content-Type-Options"); got != "nosniff" {
		t.Errorf("%s: X-Content-Type-Options %q", address, got)
	}
	if h.Get("Set-Cookie") != "" {
		t.Errorf("%s sets a cookie", address)
	}
}

// starts are addresses beside "/" from which every page can be reached, and those that no link leads to.
var starts = []string{"/search", "/search?q=cam%C3%A9ras", "/search?q=nulle+part+ailleurs", "/search?q=date:2021-13", "/search?q=place:Nirgendwo",
	"/search?q=Valm%C3%A8re", "/dossier/place-empty", "/documents?unread=", "/programmes", "/products", "/authorities", "/organisations"}

// TestEveryPage follows every link of every page in both languages.
func TestEveryPage(t *testing.T) {
	h := open(t, newShelf(t))
	var queue []string
	for _, lang := range languages {
		queue = append(queue, "/"+lang+"/")
		for _, s := range starts {
			queue = append(queue, "/"+lang+s)
		}
	}
	seen := map[string]*html.Node{}
	fragments := map[string][]string{} // address with fragment -> pages that link there
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if _, ok := seen[address]; ok {
			continue
		}
		w := get(h, address)
		if location := w.Header().Get("Location"); location != "" {
			t.Errorf("a page links to %s, which moved to %s", address, location)
			continue
		}
		want := http.StatusOK
		if strings.Contains(address, "2021-13") {
			want = http.StatusBadRequest
		}
		if strings.HasSuffix(address, withheldFixture.Capture.String()) {
			want = http.StatusUnavailableForLegalReasons
		}
		if w.Code != want {
			t.Errorf("%s: got %d, want %d\n%s", address, w.Code, want, w.Body)
			seen[address] = nil
			continue
		}
		seen[address] = nil
		if strings.HasPrefix(address, "/captured/") && strings.HasSuffix(address, "/bytes") {
			continue // has its own test
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			checkHeaders(t, address, w)
			continue
		}
		page := parse(t, w)
		seen[address] = page
		if strings.HasPrefix(address, "/captured/") { // somebody else's page, which has its own test
			if got := w.Header().Get("Content-Security-Policy"); got != facsimile.Policy {
				t.Errorf("%s: policy %q", address, got)
			}
			continue
		}
		checkPage(t, address, w)
		for _, e := range each(page, "a", "link") {
			to, err := url.Parse(attr(e, "href"))
			if err != nil {
				t.Errorf("%s links to %q: %v", address, attr(e, "href"), err)
				continue
			}
			if to.Host != "" {
				continue // another site
			}
			target := address
			if to.Path != "" {
				target = to.EscapedPath()
				if to.RawQuery != "" {
					target += "?" + to.RawQuery
				}
				queue = append(queue, target)
			}
			if to.Fragment != "" {
				fragments[target+"#"+to.Fragment] = append(fragments[target+"#"+to.Fragment], address)
			}
		}
	}
	for full, from := range fragments {
		address, fragment, _ := strings.Cut(full, "#")
		if page := seen[address]; page == nil || ids(page)[fragment] == 0 {
			t.Errorf("%s links to %s: there is no such fragment", from[0], full)
		}
	}
	for _, lang := range languages {
		for _, path := range []string{"/", "/search", "/places", "/companies", "/programmes", "/products", "/authorities", "/organisations",
			"/dossier/place-fr-valmere", "/dossier/v-opticore", "/disagreements", "/documents", "/method", "/map",
			"/document/" + contrechamp.Sum([]byte("courrier.html")).String(), "/document/" + contrechamp.Sum([]byte("scan.pdf")).String(),
			"/document/" + withheldFixture.Capture.String()} {
			if seen["/"+lang+path] == nil {
				t.Errorf("no link leads to /%s%s", lang, path)
			}
		}
	}
	t.Logf("%d addresses, %d fragments", len(seen), len(fragments))
}

func TestEmptyRegister(t *testing.T) {
	h := open(t, &shelf{})
	for _, lang := range languages {
		for _, path := range []string{"/", "/places", "/disagreements", "/documents", "/documents?unread=", "/search?q=x", "/method"} {
			w := get(h, "/"+lang+path)
			if w.Code != http.StatusOK {
				t.Errorf("/%s%s: %d", lang, path, w.Code)
				continue
			}
			checkPage(t, "/"+lang+path, w)
		}
		if !strings.Contains(get(h, "/"+lang+"/").Body.String(), "contrechamp add") {
			t.Errorf("the empty first page in %s does not say what to do", lang)
		}
	}
}

func TestLanguageIsTheReadersChoice(t *testing.T) {
	h := open(t, newShelf(t))
	for _, tt := range []struct{ accept, want string }{
		{"", "/en/"}, {"fr", "/fr/"}, {"fr-CA,fr;q=0.9,en;q=0.5", "/fr/"}, {"en-GB", "/en/"}, {"de", "/en/"}, {"de,fr;q=0.4", "/fr/"},
		{"*", "/en/"}, {";;;q=,", "/en/"}, {"en;q=0.1, fr;q=0.9", "/fr/"},
	} {
		w := get(h, "/", "Accept-Language", tt.accept)
		if got := w.Header().Get("Location"); got != tt.want || w.Code != http.StatusFound {
			t.Errorf("Accept-Language %q: got %d %s, want %s", tt.accept, w.Code, got, tt.want)
		}
		if !strings.Contains(w.Header().Get("Vary"), "Accept-Language") {
			t.Errorf("Accept-Language %q: the answer does not say that it varies", tt.accept)
		}
	}
	// an address in a language is in that language whatever the browser asks
	if w := get(h, "/fr/", "Accept-Language", "en"); !strings.Contains(w.Body.String(), `<html lang="fr">`) {
		t.Error("/fr/ is not French to an English browser")
	}
	if got := get(h, "/fr").Header().Get("Location"); got != "/fr/" {
		t.Errorf("/fr leads to %q", got)
	}
	// the counterpart keeps the query
	if w := get(h, "/fr/search?q=cam%C3%A9ras&page=1"); !strings.Contains(w.Body.String(), `href="/en/search?q=cam%C3%A9ras&amp;page=1"`) {
		t.Error("the counterpart of a search loses what was searched")
	}
}

func TestOneAddressForEachDossierAndDocument(t *testing.T) {
	h := open(t, newShelf(t))
	digest := contrechamp.Sum([]byte("courrier.html")).String()
	for from, want := range map[string]string{
		"/fr/dossier/Valm%C3%A8re":     "/fr/dossier/place-fr-valmere",
		"/en/dossier/valmer":           "/en/dossier/place-fr-valmere",
		"/en/document/" + digest[:12]:  "/en/document/" + digest,
		"/fr/document/courrier.html":   "/fr/document/" + digest,
		"/fr/dossier/place-fr-valmere": "",
		"/en/document/" + digest:       "",
	} {
		if got := get(h, from).Header().Get("Location"); got != want {
			t.Errorf("%s leads to %q, want %q", from, got, want)
		}
	}
}

func TestPagesAreKeptUntilTheyChange(t *testing.T) {
	h := open(t, newShelf(t))
	first := get(h, "/fr/places")
	tag := first.Header().Get("ETag")
	if tag == "" || first.Header().Get("Cache-Control") != "no-cache" {
		t.Fatalf("got %v", first.Header())
	}
	again := get(h, "/fr/places", "If-None-Match", `"other", `+tag)
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("asked again: %d with %d bytes", again.Code, again.Body.Len())
	}
	if again.Header().Get("Content-Security-Policy") == "" {
		t.Error("the short answer lost its policy")
	}
	if w := get(h, "/fr/places", "If-None-Match", `"other"`); w.Code != http.StatusOK {
		t.Errorf("another tag: %d", w.Code)
	}
}

func TestGzip(t *testing.T) {
	h := open(t, newShelf(t))
	for _, tt := range []struct {
		accept string
		want   string
	}{{"gzip", "gzip"}, {"br, gzip;q=0.8", "gzip"}, {"gzip;q=0", ""}, {"", ""}, {"br", ""}} {
		w := get(h, "/en/method", "Accept-Encoding", tt.accept)
		if got := w.Header().Get("Content-Encoding"); got != tt.want {
			t.Errorf("Accept-Encoding %q: got %q, want %q", tt.accept, got, tt.want)
		}
		if w.Header().Get("Vary") == "" || w.Header().Get("Content-Length") != fmt.Sprint(w.Body.Len()) {
			t.Errorf("Accept-Encoding %q: %v for %d bytes", tt.accept, w.Header(), w.Body.Len())
		}
	}
}

func TestAssets(t *testing.T) {
	h := open(t, newShelf(t))
	page := parse(t, get(h, "/en/"))
	n := 0
	for _, l := range each(page, "link") {
		address := attr(l, "href")
		if !strings.HasPrefix(address, "/assets/") {
			continue
		}
		n++
		w := get(h, address)
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %v", address, w.Code, w.Header())
		}
		want := map[string]string{"stylesheet": "text/css", "icon": "image/svg+xml"}[attr(l, "rel")]
		if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
	}
	if n != 2 {
		t.Errorf("%d assets, want style and sign", n)
	}
	if w := get(h, "/assets/contrechamp.css"); w.Code != http.StatusNotFound {
		t.Errorf("an address without digest: %d", w.Code)
	}
	if w := get(h, "/assets/..%2fweb.go"); w.Code == http.StatusOK {
		t.Error("a path out of the assets is answered")
	}
}

func TestHead(t *testing.T) {
	h := open(t, newShelf(t))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/fr/", nil))
	body, err := io.ReadAll(w.Body)
	if err != nil || len(body) != 0 || w.Code != http.StatusOK || w.Header().Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d, %d bytes, %v", w.Code, len(body), w.Header())
	}
}

// TestRowsOfTables: the cells of a row stand apart, as its tabs say.
func TestRowsOfTables(t *testing.T) {
	s := newShelf(t)
	d := contrechamp.Sum([]byte("courrier.html"))
	text := s.texts[d]
	text.Paragraphs = slices.Clone(text.Paragraphs)
	for row, role := range map[string]contrechamp.Role{"Dijon\t120\tGenetec": contrechamp.RoleItem, "Lyon\t570\tHikvision": contrechamp.RoleMeta} {
		at := len(text.Body)
		text.Body += row
		text.Paragraphs = append(text.Paragraphs, contrechamp.Paragraph{Span: contrechamp.Span{Start: at, End: at + len(row)}, Role: role, Language: "fr"})
	}
	s.texts[d] = text
	body := get(open(t, s), "/en/document/"+d.String()).Body.String()
	for _, want := range []string{"<p class=\"cells item\" lang=\"fr\">Dijon\t120\tGenetec</p>", "<p class=\"cells\" lang=\"fr\">Lyon\t570\tHikvision</p>"} {
		if !strings.Contains(body, want) && !strings.Contains(body, strings.Replace(want, " lang=\"fr\"", "", 1)) {
			t.Errorf("the page keeps the cells of a row not apart: no %q", want)
		}
	}
}
