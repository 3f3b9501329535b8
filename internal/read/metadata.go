package read

import (
	"bytes"
	"encoding/json"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metadata is what a page says of itself outside its text.
type metadata struct {
	language  string
	title     string // of the head
	ogTitle   string
	author    string
	publisher string
	issued    string // as written
	canonical string
	times     []timeElement
	scripts   []string // JSON-LD
	ldOpen    bool     // a script of JSON-LD is open

	itemAuthor, itemPublisher string // by microdata

	ld struct{ headline, author, publisher, issued, body string }
}

// timeElement is a <time>, or another element that its attributes call the page's date.
type timeElement struct {
	value  string
	chosen bool // the page calls it the date of publication
	place  place
}

// longestMeta bounds what is kept of one value, in bytes.
const longestMeta = 1000

// wanted says what an element's text is heard for.
type wanted uint8

const (
	nothing wanted = iota
	anAuthor
	aPublisher
	aTime      // the date that a time element says in words
	chosenTime // the same, called the date of publication
)

// seeRoot takes what html and body say.
func (m *metadata) seeRoot(a *attributes) {
	if m.language == "" && len(a.lang) > 0 {
		m.language = string(a.lang)
	}
}

func (m *metadata) seeTitle(title string) {
	if m.title == "" {
		m.title = squeeze(title)
	}
}

// see takes what an element's attributes say of the page.
func (m *metadata) see(name atom.Atom, a *attributes, at place) {
	switch name {
	case atom.Link:
		if m.canonical == "" && strings.EqualFold(string(a.rel), "canonical") {
			m.canonical = clip(string(a.href), longestMeta)
		}
	case atom.Meta:
		m.seeMeta(a, at)
	case atom.Script:
		m.ldOpen = strings.EqualFold(base(string(a.kind)), "application/ld+json")
	case atom.Time:
		m.seeTime(a, at)
	default:
		if string(a.itemprop) == "datePublished" {
			m.seeTime(a, at)
		}
	}
}

// wants says what an element's text would say of the page.
func (m *metadata) wants(name atom.Atom, a *attributes, at place) wanted {
	switch {
	case at.zone&discussion != 0:
	case (name == atom.Time || string(a.itemprop) == "datePublished") && len(a.datetime) == 0 && len(a.content) == 0:
		if updatedTime(a) {
			return nothing
		}
		if chosen(a) {
			return chosenTime
		}
		return aTime
	case at.person == theAuthor && string(a.itemprop) == "name",
		m.author == "" && (strings.EqualFold(string(a.rel), "author") || string(a.itemprop) == "author" || string(a.itemprop) == "creator"):
		return anAuthor
	case at.person == thePublisher && string(a.itemprop) == "name":
		return aPublisher
	}
	return nothing
}

// heard takes the text of an element that was wanted. A name within an author's element comes before the element's
// whole text, since it ends first.
func (m *metadata) heard(what wanted, text string, at place) {
	switch what {
	case anAuthor:
		if m.itemAuthor == "" {
			m.itemAuthor = personal(text)
		}
	case aPublisher:
		if m.itemPublisher == "" {
			m.itemPublisher = text
		}
	case aTime, chosenTime:
		m.addTime(text, what == chosenTime, at)
	}
}

func (m *metadata) seeMeta(a *attributes, at place) {
	value := squeeze(string(a.content))
	if value == "" {
		return
	}
	if len(a.itemprop) > 0 && at.person != somebody {
		if string(a.itemprop) == "name" {
			switch {
			case at.person == theAuthor && m.itemAuthor == "":
				m.itemAuthor = personal(value)
			case at.person == thePublisher && m.itemPublisher == "":
				m.itemPublisher = value
			}
		}
		return
	}
	name := a.property
	for _, other := range [][]byte{a.name, a.itemprop} {
		if len(name) == 0 {
			name = other
		}
	}
	set := func(into *string) {
		if *into == "" {
			*into = value
		}
	}
	switch strings.ToLower(string(bytes.TrimSpace(name))) {
	case "og:title", "dc.title", "dcterms.title", "citation_title":
		set(&m.ogTitle)
	case "twitter:title":
		set(&m.ogTitle)
	case "author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "sailthru.author", "byl":
		if m.author == "" {
			m.author = personal(value)
		}
	case "og:site_name", "dc.publisher", "dcterms.publisher", "application-name", "citation_journal_title":
		set(&m.publisher)
	case "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.date",
		"dcterms.created", "dc.date.created", "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date", "pubdate",
		"publishdate", "publish-date", "publication_date", "date_published", "article.published", "og:article:published_time",
		"article:published", "publishtime", "dateposted", "article_date_original", "datecreated", "og:pubdate", "last-modified-original", "ptime", "displaydate":
		set(&m.issued)
	}
}

// chosen reports whether an element is called the date of publication.
func chosen(a *attributes) bool {
	return string(a.itemprop) == "datePublished" || a.pubdate || bytes.Contains(bytes.ToLower(a.class), []byte("publish"))
}

func updatedTime(a *attributes) bool {
	class := bytes.ToLower(a.class)
	return bytes.Contains(class, []byte("updated")) && !bytes.Contains(class, []byte("published")) || bytes.Contains(class, []byte("modif")) || string(a.itemprop) == "dateModified"
}

func (m *metadata) seeTime(a *attributes, at place) {
	value := a.datetime
	if len(value) == 0 {
		value = a.content
	}
	if len(value) > 0 && !updatedTime(a) {
		m.addTime(squeeze(string(value)), chosen(a), at)
	}
}

func (m *metadata) addTime(value string, chosen bool, at place) {
	const many = 20 // a page with more is a list of articles
	if len(m.times) < many {
		m.times = append(m.times, timeElement{value: value, place: at, chosen: chosen})
	}
}

// readAttributes reads the attributes of the current tag that are looked at.
func (s *scanner) readAttributes() {
	a := &s.attrs
	for n := 0; ; n++ {
		key, value, more := s.z.TagAttr()
		into := (*[]byte)(nil)
		switch string(key) {
		case "class":
			into = &a.class
		case "id":
			into = &a.id
		case "role":
			into = &a.role
		case "itemprop":
			into = &a.itemprop
		case "rel":
			into = &a.rel
		case "href":
			into = &a.href
		case "lang":
			into = &a.lang
		case "name":
			into = &a.name
		case "property":
			into = &a.property
		case "content":
			into = &a.content
		case "datetime":
			into = &a.datetime
		case "type":
			into = &a.kind
		case "style":
			into = &a.style
		case "hidden":
			a.hidden = true
		case "pubdate":
			a.pubdate = true
		case "aria-hidden":
			a.ariaHidden = string(value) == "true"
		}
		if into != nil && *into == nil {
			*into = value
		}
		if !more {
			return
		}
	}
}

func squeeze(s string) string {
	return strings.TrimSpace(clip(strings.Join(strings.Fields(s), " "), longestMeta))
}

// personal returns a name without what opens a byline; "" for an address or anything too long for a name.
func personal(s string) string {
	if strings.Contains(s, "://") || strings.Contains(s, "@") {
		return ""
	}
	for _, opener := range []string{"Par ", "par ", "By ", "by ", "BY ", "PAR ", "Von ", "Di "} {
		s = strings.TrimPrefix(s, opener)
	}
	const words = 12 // several authors
	if n := len(strings.Fields(s)); n == 0 || n > words {
		return ""
	}
	return s
}

// readLD reads what the page says of itself as JSON-LD: the first article's headline, author, publisher and date.
// A block that is not JSON is passed over, as browsers and search engines do.
func (m *metadata) readLD() {
	for _, script := range m.scripts {
		s := strings.TrimSpace(script)
		s = strings.TrimSuffix(strings.TrimPrefix(s, "<!--"), "-->")
		s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "//<![CDATA["), "//]]>")
		var v any
		if json.Unmarshal([]byte(strings.TrimSpace(s)), &v) == nil {
			m.walkLD(v, 0)
		}
	}
}

// ldDepth bounds how deep objects are looked into.
const ldDepth = 16

func (m *metadata) walkLD(v any, depth int) {
	if depth > ldDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			m.walkLD(e, depth+1)
		}
	case map[string]any:
		if articleType(v["@type"]) {
			keep := func(into *string, s string) {
				if *into == "" {
					*into = squeeze(s)
				}
			}
			keep(&m.ld.headline, html.UnescapeString(nameOf(v["headline"])))
			keep(&m.ld.issued, nameOf(v["datePublished"]))
			keep(&m.ld.author, html.UnescapeString(nameOf(v["author"])))
			keep(&m.ld.publisher, html.UnescapeString(nameOf(v["publisher"])))
			if body, ok := v["articleBody"].(string); ok && m.ld.body == "" {
				m.ld.body = body
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			m.walkLD(v[key], depth+1)
		}
	}
}

func articleType(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(v, "Article") || strings.Contains(v, "Posting") || v == "Report" || v == "WebPage" || v == "Legislation" || v == "GovernmentService"
	case []any:
		for _, e := range v {
			if articleType(e) {
				return true
			}
		}
	}
	return false
}

// nameOf reads a name in the forms that JSON-LD gives it: text, an object with a name, a list of those.
func nameOf(v any) string {
	switch v := v.(type) {
	case string:
		if strings.Contains(v, "://") {
			return ""
		}
		return v
	case map[string]any:
		return nameOf(v["name"])
	case []any:
		var names []string
		for _, e := range v {
			if s, isList := e.([]any); isList && len(s) > 0 {
				continue
			}
			if s := nameOf(e); s != "" {
				names = append(names, s)
			}
		}
		return strings.Join(names, ", ")
	}
	return ""
}

// tellTitle chooses the title: the heading that people see, if the head says about the same; else what the page
// calls its title. It fills author and publisher on the way.
func (p *htmlPage) tellTitle(language string) {
	m := &p.meta
	m.readLD()
	p.author = first(personal(m.ld.author), m.author, m.itemAuthor)
	p.publisher = first(m.publisher, m.ld.publisher, m.itemPublisher)
	stated := first(m.ogTitle, m.ld.headline)
	statedWords, titleWords := passageOf(stated), passageOf(m.title)
	best, same := "", 0.0
	var alone []string
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.heading == 0 || b.heading > 2 || b.zone&(hidden|navigation|aside|foot|discussion) != 0 || len(b.text) > 3*maxDateLine {
			continue
		}
		if b.heading == 1 && !p.dateLine(&p.rows[i], language) {
			alone = append(alone, b.text)
		}
		for _, said := range []*passage{&statedWords, &titleWords} {
			if s := sameWords(&p.rows[i].passage, said); s > same && p.rows[i].words() > 1 {
				if p.rows[i].key() != keyOf(p.publisher) {
					best, same = b.text, s
				}
			}
		}
	}
	const agrees = 0.7
	switch {
	case same >= agrees:
		p.title = squeeze(best)
	case stated != "":
		p.title = p.withoutSite(stated)
	case len(alone) == 1:
		p.title = squeeze(alone[0])
	default:
		p.title = p.withoutSite(m.title)
	}
	if p.publisher == "" && p.title != "" && m.title != "" {
		if rest, ok := strings.CutPrefix(m.title, p.title); ok {
			name := strings.Trim(rest, " -–—|:·»")
			if n := len(strings.Fields(name)); n > 0 && n <= 6 && name != rest {
				p.publisher = name
			}
		}
	}
	if p.title == "" {
		p.note("the page says no title")
	}
}

// withoutSite drops the site's name from a title of the head: "Town buys cameras | The Gazette".
func (p *htmlPage) withoutSite(title string) string {
	for _, sep := range []string{" | ", " — ", " – ", " - ", " :: ", " » ", " · "} {
		i := strings.LastIndex(title, sep)
		if i < 0 {
			continue
		}
		before, after := strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(sep):])
		if p.publisher != "" && keyOf(before) == keyOf(p.publisher) {
			return after
		}
		if p.publisher != "" && keyOf(after) == keyOf(p.publisher) || len(strings.Fields(after)) <= 4 && len(strings.Fields(before)) > len(strings.Fields(after)) {
			return before
		}
	}
	return title
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// structuredDate finds the date that the page states outside its text: meta, JSON-LD, <time>, the address.
func (p *htmlPage) structuredDate(language string) {
	try := func(value, from string) bool {
		d, ok := p.stated(value, language)
		if ok {
			p.published = contrechamp.Published{Date: d, From: from}
		}
		return ok
	}
	if try(p.meta.issued, "meta") || try(p.meta.ld.issued, "json-ld") {
		return
	}
	for _, t := range p.meta.times {
		if t.chosen && t.place.zone&(discussion|foot) == 0 && try(t.value, "time") {
			return
		}
	}
	const few = 3 // a page with more times that it does not explain is a list
	if len(p.meta.times) <= few {
		for _, t := range p.meta.times {
			if t.place.zone&(discussion|foot|aside|navigation) == 0 && try(t.value, "time") {
				return
			}
		}
	}
	for _, address := range []string{p.src.URL, p.meta.canonical} {
		if d, ok := dateInPath(address, p.now); ok && d.Day != 0 {
			p.published = contrechamp.Published{Date: d, From: "address"}
			return
		}
	}
}

// stated reads a date as machines write it, else as people do. The day is the one that was written: the page's own,
// not ours nor UTC's.
func (p *htmlPage) stated(value, language string) (contrechamp.Date, bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return contrechamp.Date{}, false
	}
	for _, n := range []int{10, 7} {
		if len(value) >= n && (len(value) == n || !isDigit(value[n])) {
			if d, err := contrechamp.ParseDate(strings.ReplaceAll(value[:n], "/", "-")); err == nil && believed(d, p.now) {
				return d, true
			}
		}
	}
	if len(value) >= 8 && strings.Trim(value[:8], "0123456789") == "" && (len(value) == 8 || !isDigit(value[8])) {
		if d, err := contrechamp.ParseDate(value[:4] + "-" + value[4:6] + "-" + value[6:8]); err == nil && believed(d, p.now) {
			return d, true
		}
	}
	if d, ok := calendar.Parse(value, language); ok && believed(d, p.now) {
		return d, true
	}
	for _, d := range datesIn(value, language, p.now) {
		return d.date, true
	}
	return contrechamp.Date{}, false
}
