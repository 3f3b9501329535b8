package web

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/web/facsimile"
)

// Bytes are the captured bytes, as far as pages need them.
type Bytes interface {
	// Get returns the bytes of d, checked against the digest: ErrNotFound, ErrAltered.
	Get(ctx context.Context, d contrechamp.Digest) ([]byte, error)
}

// Limits of what is shown and handed out of captured bytes: they are held in memory while they are.
const (
	maxFacsimileBytes = 16 << 20
	maxHandedBytes    = 64 << 20
	capturesAtOnce    = 4 // requests that hold captured bytes at one time; others wait
)

// facsimiled says how the bytes of a document can be shown.
type facsimiled int

const (
	notShown facsimiled = iota
	asPage
	asText
	asPages // a file with numbered pages, to be opened by another program
	asPhotograph
)

// shownAs tells how a document is shown: by the reader that read it, else by what its bytes look like.
func shownAs(d contrechamp.Document) facsimiled {
	reader, _, _ := strings.Cut(d.Reader, "/")
	switch {
	case reader == "html", reader == "" && (d.MediaType == "text/html" || d.MediaType == "application/xhtml+xml"):
		return asPage
	case reader == "plain", reader == "" && d.MediaType == "text/plain":
		return asText
	case reader == "pdf", reader == "" && d.MediaType == "application/pdf":
		return asPages
	case d.MediaType == "image/jpeg" && d.Path == contrechamp.ContributionPath:
		return asPhotograph // written by us: no other picture is handed to browsers
	}
	return notShown
}

// CapturedLink returns the address of a document as it was captured, with the quote of a claim, or all of them for "".
func (v *voice) CapturedLink(digest fmt.Stringer, claim string) string {
	link := v.Link("/document/" + digest.String() + "/captured")
	if claim != "" {
		link += "?claim=" + url.QueryEscape(claim)
	}
	return link
}

type capturedPage struct {
	page
	Label    string
	DocLang  string
	Document string // address of its text
	Facts    []string
	Line     *claimLine // the claim whose quote is marked; nil for all of them
	Shown    bool
	Frame    string // address of the facsimile
	Whole    string // the same, not in a frame
	Styled   bool   // the page's own styles are used
	Styles   string // address of this page the other way
	Marks    string // what is marked, or why nothing is
	Missing  bool   // the quote is not marked
	Why      string // why nothing is shown
	FilePage string // on which page of the file the quote stands
	Download string
	TooLarge bool
}

// showCaptured is the page around a facsimile.
func (s *site) showCaptured(ctx context.Context, r *request) (answer, error) {
	doc, whole, err := s.findDocument(ctx, r.PathValue("document"))
	if err != nil {
		return answer{}, err
	}
	claim := r.URL.Query().Get("claim")
	if doc.State == contrechamp.StateWithheld {
		return answer{redirect: r.DocumentLink(doc.Digest, "")}, nil
	}
	if !whole {
		return answer{redirect: r.CapturedLink(doc.Digest, claim)}, nil
	}
	p := &capturedPage{page: r.newPage(r.T("captured.title", "name", doc.Label()), "documents"), Label: doc.Label(), DocLang: languageTag(doc.Language),
		Document: r.DocumentLink(doc.Digest, claim), Styled: !r.URL.Query().Has("bare")}
	p.Description = r.T("captured.description")
	p.NoIndex = true
	p.Facts = []string{r.T("captured.received", "date", r.Instant(doc.CapturedAt)), r.N("document.bytes", int(doc.Length)), doc.MediaType}
	if doc.Length <= maxHandedBytes {
		p.Download = "/captured/" + doc.Digest.String() + "/bytes"
	} else {
		p.TooLarge = true
	}
	if claim != "" {
		c, err := s.Store.Claim(ctx, claim)
		if err == nil && c.Document != doc.Digest {
			err = fmt.Errorf("claim %q is of another document: %w", claim, contrechamp.ErrNotFound)
		}
		if err != nil {
			return answer{}, err
		}
		l := r.Line(c)
		p.Line = &l
	}
	f, err := s.facsimileOf(ctx, doc, claim, !p.Styled)
	if err != nil {
		return answer{}, err
	}
	r.layFacsimile(p, doc, f, claim)
	return answer{name: "captured", data: p, policy: framingPolicy}, r.failed
}

// layFacsimile tells what came of a facsimile.
func (r *request) layFacsimile(p *capturedPage, doc contrechamp.Document, f shownFacsimile, claim string) {
	if f.page > 0 {
		p.FilePage = r.T("captured.file_page", "page", r.Int(f.page))
	}
	if f.html == nil {
		p.Why = r.T("captured.why." + f.why)
		return
	}
	p.Shown = true
	q := url.Values{}
	if claim != "" {
		q.Set("claim", claim)
	}
	if !p.Styled {
		q.Set("bare", "")
	}
	p.Whole = "/captured/" + doc.Digest.String() + "/page"
	if len(q) > 0 {
		p.Whole += "?" + q.Encode()
	}
	p.Frame = p.Whole
	if f.marks > 0 {
		p.Frame += "#" + facsimile.Anchor
		p.Whole = p.Frame
	}
	switch {
	case shownAs(doc) == asPhotograph:
	case f.quotes == 0:
		p.Marks = r.T("captured.no_quotes")
	case f.marks == 0:
		p.Marks, p.Missing = r.T("captured.unmarked"), true
	case claim == "":
		p.Marks = r.N("captured.marked", f.quotes)
	}
	if shownAs(doc) == asPage {
		other := r.CapturedLink(doc.Digest, claim)
		if p.Styled {
			other += map[bool]string{true: "?", false: "&"}[claim == ""] + "bare"
		}
		p.Styles = other
	}
}

// shownFacsimile is a document's facsimile with the quotes of its claims.
type shownFacsimile struct {
	html   []byte // nil where there is none
	why    string // why there is none: "format", "large"
	quotes int    // that were to be marked
	marks  int
	page   int // of the file, on which the first quote stands; 0 where there are none
}

// facsimileOf makes the facsimile of a document with the quote of one claim, or of all that speak.
func (s *site) facsimileOf(ctx context.Context, doc contrechamp.Document, claim string, bare bool) (shownFacsimile, error) {
	var f shownFacsimile
	claims, err := s.Store.Claims(ctx, contrechamp.ClaimFilter{Document: doc.Digest})
	if err != nil {
		return f, err
	}
	if claim != "" {
		claims = slices.DeleteFunc(claims, func(c contrechamp.Sourced) bool { return c.ID != claim })
	} else {
		claims = slices.DeleteFunc(claims, func(c contrechamp.Sourced) bool {
			return c.State == contrechamp.Rejected || c.State == contrechamp.Withdrawn
		})
	}
	o := facsimile.Options{MediaType: doc.MediaType, Bare: bare}
	if doc.State == contrechamp.Read && len(claims) > 0 {
		text, err := s.Store.Text(ctx, doc.Digest)
		if err != nil {
			return f, err
		}
		f.quotes = len(claims)
		for _, c := range claims {
			if span, ok := text.Origin.Source(contrechamp.Span{Start: c.Quote.Start, End: c.Quote.End}); ok {
				o.Quotes = append(o.Quotes, span)
			}
		}
		if i := slices.IndexFunc(text.Paragraphs, func(p contrechamp.Paragraph) bool { return p.End > claims[0].Quote.Start }); i >= 0 && claim != "" {
			f.page = text.Paragraphs[i].Page
		}
	}
	as := shownAs(doc)
	if as == asPhotograph {
		if _, err := s.Store.Contribution(ctx, doc.Digest); errors.Is(err, contrechamp.ErrNotFound) {
			as = notShown // a file that only happens to be called so
		} else if err != nil {
			return f, err
		}
	}
	switch {
	case as == asPages:
		f.why = "pages"
		return f, nil
	case as == notShown:
		f.why = "format"
		return f, nil
	case doc.Length > maxFacsimileBytes:
		f.why = "large"
		return f, nil
	}
	done, err := s.holdBytes(ctx)
	if err != nil {
		return f, err
	}
	defer done()
	captured, err := s.Blobs.Get(ctx, doc.Digest)
	if err != nil {
		return f, fmt.Errorf("captured bytes: %w", err)
	}
	visits, err := s.visitsOf(ctx, doc)
	if err != nil {
		return f, err
	}
	if n := len(visits); n > 0 && visits[n-1].MediaType != "" {
		o.MediaType = visits[n-1].MediaType // with the character set, as the reader was given it
	}
	if as == asPhotograph {
		f.html = facsimile.JPEG(captured)
	} else if as == asText {
		f.html, f.marks = facsimile.Plain(captured, o)
	} else {
		if o.Address, o.Parts, err = s.partsOf(ctx, visits); err != nil {
			return f, err
		}
		f.html, f.marks = facsimile.HTML(captured, o)
	}
	return f, nil
}

// holdBytes waits until few enough requests hold captured bytes.
func (s *site) holdBytes(ctx context.Context) (done func(), err error) {
	select {
	case s.holding <- struct{}{}:
		return func() { <-s.holding }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for captured bytes: %w", ctx.Err())
	}
}

// capturedBy makes a handler of what is not a page of ours but made of captured bytes.
func (s *site) capturedBy(answer func(ctx context.Context, w http.ResponseWriter, r *http.Request, doc contrechamp.Document) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), s.budget)
		defer cancel()
		digest, err := contrechamp.ParseDigest(r.PathValue("document"))
		if err != nil {
			s.fail(w, r, fmt.Errorf("%q is no digest: %w", r.PathValue("document"), contrechamp.ErrNotFound))
			return
		}
		doc, err := s.seen(ctx, digest)
		if err == nil && doc.State == contrechamp.StateWithheld {
			err = fmt.Errorf("document %s: %w", digest.Short(), contrechamp.ErrWithheld)
		}
		if err == nil {
			w.Header().Set("X-Robots-Tag", "noindex")
			err = answer(ctx, w, r, doc)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}
}

// facsimile answers the captured page itself: somebody else's page, under a policy that lets it do nothing.
func (s *site) facsimile(ctx context.Context, w http.ResponseWriter, r *http.Request, doc contrechamp.Document) error {
	q := r.URL.Query()
	f, err := s.facsimileOf(ctx, doc, q.Get("claim"), q.Has("bare"))
	if err != nil {
		return err
	}
	if f.html == nil {
		return fmt.Errorf("%s is not shown in a browser: %w", doc.Digest.Short(), contrechamp.ErrNotFound)
	}
	w.Header().Set("Content-Security-Policy", facsimile.Policy)
	s.respond(w, r, http.StatusOK, htmlType, f.html)
	return nil
}

// capturedBytes answers the bytes as a file to be kept, of no type that a browser would open.
func (s *site) capturedBytes(ctx context.Context, w http.ResponseWriter, r *http.Request, doc contrechamp.Document) error {
	if doc.Length > maxHandedBytes {
		return fmt.Errorf("%s has %d bytes, more than are handed out: %w", doc.Digest.Short(), doc.Length, contrechamp.ErrNotFound)
	}
	done, err := s.holdBytes(ctx)
	if err != nil {
		return err
	}
	defer done()
	captured, err := s.Blobs.Get(ctx, doc.Digest)
	if err != nil {
		return fmt.Errorf("captured bytes: %w", err)
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(doc)}))
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Length", strconv.Itoa(len(captured)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(captured) // the visitor went away: nobody is left to tell
	}
	return nil
}

// fileName names a file of captured bytes: the name it had, where it is one, else its digest.
func fileName(doc contrechamp.Document) string {
	const longest = 120 // bytes
	name := path.Base(strings.ReplaceAll(doc.Name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`<>:"|?*/`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	name = strings.TrimLeft(name, ". ")
	if name == "" || len(name) > longest {
		return doc.Digest.Short()
	}
	return name
}
