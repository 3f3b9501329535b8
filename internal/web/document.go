package web

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
)

// maxShownBytes is how much text one page shows whole. Of a longer text it shows the passages that are quoted, and
// says so.
const maxShownBytes = 2 << 20

type documentPage struct {
	page
	Doc         contrechamp.Document
	Label       string
	DocLang     string
	Kind        []string // publisher, language
	Dated       string
	DatedISO    string
	DateFrom    string
	Author      string
	Counts      string
	Subjects    []listLink
	State       contrechamp.ReadState
	Waiting     bool
	NotRead     bool
	Passages    []passage
	Partial     bool
	Unexplained bool // too long to say how its claims came about
	Lines       []claimLine
	Captured    string
	Sightings   []sighting
	Several     bool // it came in more than once: each time is told
	Size        string
	ReadBy      string
	Quality     string
	Notes       []string
	Layers      []string // what was read beside the file's own text, and how surely
	Digest      []string // the digest in groups of four digits
	Gone        []absent // when its address gave no document any more
	AsIs        string   // address of the document as it was captured
	Sent        []string // what was confirmed of a photograph that somebody sent
	SentNote    string
}

// sighting is one meeting with the document, without the path: how the operator's folders are called is theirs.
type sighting struct {
	Name, Day string
	Container *container // what it was found in
	Address   string     // of the web, where it was fetched
	Final     string     // where that led to, if elsewhere
}

// container is the document that another was found in: an archive, a mailbox, a mail.
type container struct{ Name, Link string }

// passage is a paragraph of the kept text.
type passage struct {
	ID      string
	Role    contrechamp.Role
	Quiet   bool   // furniture, repetition: kept, paler, not read for claims
	Aside   string // why it is quiet, at the first of a run
	Layer   string // which layer begins here
	Heading bool
	Item    bool
	Cells   bool   // a row of a table: tabs between its cells
	Lang    string // "" for the document's own
	Lines   []claimLine
	Words   []run
}

// paragraphID is the fragment of a paragraph.
func paragraphID(i int) string { return "p" + strconv.Itoa(i+1) }

// findDocument answers the document of an address: by its digest, or by the beginning of it or its name, which have
// the digest's address for their own.
func (s *site) findDocument(ctx context.Context, name string) (doc contrechamp.Document, whole bool, err error) {
	if d, err := contrechamp.ParseDigest(name); err == nil {
		doc, err := s.seen(ctx, d)
		return doc, true, err
	}
	found, err := s.Store.FindDocuments(ctx, name)
	found = slices.DeleteFunc(found, func(d contrechamp.Document) bool { return d.State == contrechamp.StateAwaiting })
	switch {
	case err != nil:
		return doc, false, fmt.Errorf("look for document %q: %w", name, err)
	case len(found) == 0:
		return doc, false, fmt.Errorf("document %q: %w", name, contrechamp.ErrNotFound)
	case len(found) > 1:
		return doc, false, fmt.Errorf("%d documents are called %q: %w", len(found), name, contrechamp.ErrConflict)
	}
	return found[0], false, nil
}

// seen answers a document that may be shown: a contribution that nobody looked at yet is not there.
func (s *site) seen(ctx context.Context, d contrechamp.Digest) (contrechamp.Document, error) {
	doc, err := s.Store.Document(ctx, d)
	if err == nil && doc.State == contrechamp.StateAwaiting {
		return contrechamp.Document{}, fmt.Errorf("document %s awaits review: %w", d.Short(), contrechamp.ErrNotFound)
	}
	return doc, err
}

func (s *site) showDocument(ctx context.Context, r *request) (answer, error) {
	doc, whole, err := s.findDocument(ctx, r.PathValue("document"))
	if err != nil {
		return answer{}, err
	}
	if !whole {
		return answer{redirect: r.DocumentLink(doc.Digest, "")}, nil
	}
	if doc.State == contrechamp.StateWithheld {
		return s.showWithheld(ctx, r, doc)
	}
	p := &documentPage{page: r.newPage(doc.Label(), "documents"), Doc: doc, Label: doc.Label(), DocLang: languageTag(doc.Language), State: doc.State}
	p.Description = r.T("document.description")
	p.NoIndex = true // what is kept as evidence is not published anew: search engines should lead to its author
	sightings, err := s.Store.Sightings(ctx, doc.Digest)
	if err != nil {
		return answer{}, err
	}
	if err := r.provenance(ctx, p, sightings); err != nil {
		return answer{}, err
	}
	if err := r.photographSent(ctx, p); err != nil {
		return answer{}, err
	}
	switch doc.State {
	case contrechamp.Waiting:
		p.Waiting = true
	case contrechamp.NotRead:
		p.NotRead = true
	default:
		text, err := s.Store.Text(ctx, doc.Digest)
		if err != nil {
			return answer{}, err
		}
		claims, err := s.Store.Claims(ctx, contrechamp.ClaimFilter{Document: doc.Digest})
		if err != nil {
			return answer{}, err
		}
		r.textOf(p, text, claims)
		if err := r.explain(ctx, p, text, claims); err != nil {
			return answer{}, err
		}
	}
	return answer{name: "document", data: p}, r.failed
}

// provenance tells where a document comes from.
func (r *request) provenance(ctx context.Context, p *documentPage, sightings []contrechamp.Sighting) error {
	d := p.Doc
	p.AsIs = r.CapturedLink(d.Digest, "")
	if d.Publisher != "" {
		p.Kind = append(p.Kind, d.Publisher)
	}
	if l := r.LanguageName(d.Language); l != "" {
		p.Kind = append(p.Kind, l)
	}
	p.Dated, p.DatedISO, p.Author = r.Date(d.Published), d.Published.String(), d.Author
	p.Captured = r.Instant(d.CapturedAt)
	p.Size = r.N("document.bytes", int(d.Length))
	p.ReadBy = d.Reader
	p.Digest = inFours(d.Digest)
	for _, s := range sightings {
		one := sighting{Name: s.Name, Day: r.Instant(s.CapturedAt)}
		if !s.Container.IsZero() {
			in, err := r.site.Store.Document(ctx, s.Container)
			if err != nil {
				return fmt.Errorf("what %s was found in: %w", d.Digest.Short(), err)
			}
			one.Container = &container{r.labelOf(in), r.DocumentLink(in.Digest, "")}
		}
		if !s.Exchange.IsZero() {
			one.Address = s.Path
			if s.Exchange.Final != s.Path {
				one.Final = s.Exchange.Final
			}
		}
		p.Sightings = append(p.Sightings, one)
	}
	if len(sightings) > 1 {
		p.Several = true
	}
	absences, err := r.site.Store.AbsencesOf(ctx, []contrechamp.Digest{d.Digest})
	if err != nil {
		return fmt.Errorf("whether %s is still at its address: %w", d.Digest.Short(), err)
	}
	p.Gone = r.absents(absences[d.Digest])
	return nil
}

// textOf lays out the text with its claims.
func (r *request) textOf(p *documentPage, text contrechamp.Text, claims []contrechamp.Sourced) {
	p.Quality = r.Percent(float64(int(text.Quality*100 + 0.5)))
	p.Notes = text.Notes
	for _, l := range text.Layers {
		p.Layers = append(p.Layers, r.T("document.layer_line", "reader", l.Reader, "percent", r.Percent(float64(int(l.Confidence*100+0.5)))))
	}
	if text.Published.From != "" && r.Has("document.date_from."+text.Published.From) {
		p.DateFrom = r.T("document.date_from." + text.Published.From)
	}
	p.Lines = r.Lines(claims)
	accepted := 0
	seen := map[string]bool{}
	for i, c := range claims {
		if c.State == contrechamp.Accepted {
			accepted++
		}
		if l := p.Lines[i]; l.SubjectLink != "" && !seen[l.SubjectLink] {
			seen[l.SubjectLink] = true
			p.Subjects = append(p.Subjects, listLink{Name: l.Subject, Link: l.SubjectLink})
		}
	}
	p.Counts = r.N("count.claims", len(claims))
	if accepted > 0 {
		p.Counts += ", " + r.N("count.accepted", accepted)
	}
	p.Partial = len(text.Body) > maxShownBytes
	p.Passages = r.passages(text, p.Lines, claims, p.Partial)
}

func (r *request) passages(text contrechamp.Text, lines []claimLine, claims []contrechamp.Sourced, quotedOnly bool) []passage {
	var out []passage
	wasQuiet := ""
	titled := false
	layer := 0
	quoted := quotesIn(text.Paragraphs, claims)
	for i, para := range text.Paragraphs {
		var here []mark
		var begins []claimLine
		for _, j := range quoted[i] {
			q := contrechamp.Span{Start: claims[j].Quote.Start, End: claims[j].Quote.End}
			here = append(here, mark{Span: q, ID: claims[j].ID, Mod: claims[j].Modality, Gone: lines[j].Gone()})
			if para.Start <= q.Start {
				begins = append(begins, lines[j])
			}
		}
		if quotedOnly && len(here) == 0 {
			continue
		}
		p := passage{ID: paragraphID(i), Role: para.Role, Lines: begins, Words: marked(text.Body, para.Span, here), Cells: strings.Contains(text.Body[para.Start:para.End], "\t")}
		if tag := languageTag(para.Language); tag != "" && tag != text.Language {
			p.Lang = tag
		}
		switch para.Role {
		case contrechamp.RoleFurniture, contrechamp.RoleRepeat, contrechamp.RoleMeta:
			p.Quiet = true
		case contrechamp.RoleTitle:
			// the title is the page's own heading already; said again it is a heading of the text once
			p.Heading = !titled
			titled = true
		case contrechamp.RoleHeading:
			p.Heading = true
		case contrechamp.RoleItem:
			p.Item = true
		}
		quiet := ""
		if p.Quiet {
			quiet = string(para.Role)
			if quiet != wasQuiet {
				p.Aside = r.T("role." + quiet)
			}
		}
		wasQuiet = quiet
		if para.Layer != layer && para.Layer > 0 && para.Layer <= len(text.Layers) {
			l := text.Layers[para.Layer-1]
			p.Layer = r.T("document.layer", "reader", l.Reader, "percent", r.Percent(float64(int(l.Confidence*100+0.5))))
		}
		layer = para.Layer
		out = append(out, p)
	}
	return out
}

// quotesIn answers, for each paragraph, which claims have their quote in it, in part at least.
func quotesIn(paragraphs []contrechamp.Paragraph, claims []contrechamp.Sourced) [][]int {
	quoted := make([][]int, len(paragraphs))
	for j, c := range claims {
		i := sort.Search(len(paragraphs), func(i int) bool { return paragraphs[i].End > c.Quote.Start })
		for ; i < len(paragraphs) && paragraphs[i].Start < c.Quote.End; i++ {
			quoted[i] = append(quoted[i], j)
		}
	}
	return quoted
}

type documentsPage struct {
	page
	Figures contrechamp.Figures
	Unread  bool // only those that could not be read
	NotRead []documentLine
	Rows    []documentLine
	After   string
	First   bool
	Totals  []string
}

// documentLine is a document in a list.
type documentLine struct {
	*voice
	Title, Link   string
	Lang          string
	Source        string
	Language      string
	Date, DateISO string
	Captured      string
	Claims        string
	Reason        string
	Waiting       bool
	NotRead       bool
	Withheld      string // what was done, where it is withheld
	Copy          bool   // says the same as an earlier document
	OriginalLink  string // that one's
	Reprints      string // how many others say the same
	Gone          string // that its address gives no document any more
}

func (r *request) documentLine(d contrechamp.Document) documentLine {
	l := documentLine{voice: r.voice, Title: d.Label(), Link: r.DocumentLink(d.Digest, ""), Lang: languageTag(d.Language),
		Language: r.LanguageName(d.Language), Date: r.Date(d.Published), DateISO: d.Published.String(), Captured: r.Day(d.CapturedAt),
		Claims: r.N("count.claims", d.Claims), Reason: d.Reason,
		Waiting: d.State == contrechamp.Waiting, NotRead: d.State == contrechamp.NotRead}
	if d.Title != "" {
		l.Source = d.Source()
	}
	if d.State == contrechamp.StateWithheld {
		l.Title, l.Lang, l.Withheld = r.labelOf(d), "", r.T("documents.line.withheld")
	}
	switch {
	case d.IsCopy():
		l.Copy, l.OriginalLink = true, r.DocumentLink(d.Original, "")
	case d.Copies > 0:
		l.Reprints = r.N("documents.line.reprints", d.Copies)
	}
	return l
}

// labelOf names a document; one that is withheld has no name of its own any more.
func (v *voice) labelOf(d contrechamp.Document) string {
	if d.State == contrechamp.StateWithheld {
		return v.T("withheld.document", "digest", d.Digest.Short())
	}
	return d.Label()
}

// documentsPerPage is how many documents a page lists.
const documentsPerPage = 50

// unreadShown is how many unread documents stand before the list of all.
const unreadShown = 10

func (s *site) showDocuments(ctx context.Context, r *request) (answer, error) {
	p := documentsPage{page: r.newPage(r.T("documents.title"), "documents"), Unread: r.URL.Query().Has("unread")}
	var err error
	if p.Figures, err = s.Store.Figures(ctx); err != nil {
		return answer{}, err
	}
	filter := contrechamp.DocumentFilter{Limit: documentsPerPage + 1}
	if p.Unread {
		filter.State = contrechamp.NotRead
		p.Title = r.T("documents.unread_title")
	}
	after := r.URL.Query().Get("after")
	p.First = after == ""
	if after != "" {
		doc, _, err := s.findDocument(ctx, after)
		if err != nil {
			return answer{}, err
		}
		filter.After = &doc
	}
	docs, err := s.Store.Documents(ctx, filter)
	if err != nil {
		return answer{}, err
	}
	if len(docs) > documentsPerPage {
		docs = docs[:documentsPerPage]
		q := url.Values{"after": {docs[len(docs)-1].Digest.String()}}
		if p.Unread {
			q.Set("unread", "")
		}
		p.After = r.Link("/documents?" + q.Encode())
	}
	digests := make([]contrechamp.Digest, len(docs))
	for i, d := range docs {
		digests[i] = d.Digest
	}
	absences, err := s.Store.AbsencesOf(ctx, digests)
	if err != nil {
		return answer{}, err
	}
	for _, d := range docs {
		line := r.documentLine(d)
		if gone := absences[d.Digest]; len(gone) > 0 && gone[len(gone)-1].Returned.IsZero() {
			line.Gone = r.absence(gone[len(gone)-1])
		}
		p.Rows = append(p.Rows, line)
	}
	if !p.Unread && p.First && p.Figures.NotRead > 0 {
		unread, err := s.Store.Documents(ctx, contrechamp.DocumentFilter{State: contrechamp.NotRead, Limit: unreadShown})
		if err != nil {
			return answer{}, err
		}
		for _, d := range unread {
			p.NotRead = append(p.NotRead, r.documentLine(d))
		}
		p.Rows = slices.DeleteFunc(p.Rows, func(l documentLine) bool { return l.NotRead })
	}
	p.Totals = append(p.Totals, r.N("documents.kept", p.Figures.Documents))
	if p.Figures.Waiting > 0 {
		p.Totals = append(p.Totals, r.N("documents.waiting", p.Figures.Waiting))
	}
	if p.Figures.NotRead > 0 {
		p.Totals = append(p.Totals, r.N("documents.not_read", p.Figures.NotRead))
	}
	return answer{name: "documents", data: &p}, nil
}
