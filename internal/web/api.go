package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
)

const jsonType = "application/json; charset=utf-8"

// Limits of the API's lists: a page without limit= has apiPage lines, none has more than apiMaxPage.
const (
	apiPage    = 100
	apiMaxPage = 1000
	maxOffset  = 1_000_000
)

// apiFunc answers a request to the API with what becomes the body.
type apiFunc func(ctx context.Context, r *http.Request) (any, error)

// api makes a handler of the API.
func (s *site) api(answer apiFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), s.budget)
		defer cancel()
		v, err := answer(ctx, r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		body, err := encode(v)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		s.respond(w, r, http.StatusOK, jsonType, body)
	}
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false) // the media type and nosniff keep it from being read as a page
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	return b.Bytes(), nil
}

// APIError is the body of every answer of the API that is not 2xx.
type APIError struct {
	Error APIErrorBody `json:"error"`
}

// APIErrorBody says what went wrong to a program.
type APIErrorBody struct {
	// Kind is one of not_found, invalid, conflict, altered, withheld, unavailable, method_not_allowed, internal.
	Kind      string `json:"kind"`
	Message   string `json:"message"`             // for people; may change
	Hint      string `json:"hint"`                // what to do next
	Reference string `json:"reference,omitempty"` // finds the failure in the operator's log
}

// failAPI answers a program.
func (s *site) failAPI(w http.ResponseWriter, r *http.Request, f failure, err error, reference string) {
	v := s.catalogue["en"] // programs read English
	body := APIErrorBody{Kind: f.kind, Message: v.T(errorText(f.status, "title")), Hint: v.T("api.hint." + f.kind), Reference: reference}
	if f.kind == "invalid" {
		// it is about what was sent, and says nothing of ours
		body.Message = strings.TrimSuffix(err.Error(), ": "+contrechamp.ErrInvalid.Error())
		if hint := contrechamp.Hint(err); hint != "" {
			body.Hint = hint
		}
	}
	b, encodeErr := encode(APIError{body})
	if encodeErr != nil {
		s.Logger.ErrorContext(r.Context(), "API error failed", "path", r.URL.Path, "error", errors.Join(err, encodeErr))
		http.Error(w, "{}", f.status)
		return
	}
	s.respond(w, r, f.status, jsonType, b)
}

// APIRoute is a line of the API's own list.
type APIRoute struct {
	Path  string `json:"path"`
	About string `json:"about"`
}

func (s *site) apiIndex(context.Context, *http.Request) (any, error) {
	return struct {
		Routes []APIRoute `json:"routes"`
	}{[]APIRoute{
		{"/api/figures", "what the register holds, counted"},
		{"/api/search?q=&offset=&limit=", "paragraphs that answer a search"},
		{"/api/dossier/NAME", "all that is said about an entity, by ID or by any name"},
		{"/api/claims?about=&predicate=&state=&document=&offset=&limit=", "claims, newest document first"},
		{"/api/documents?state=&after=&limit=", "documents, latest capture first"},
		{"/api/document/DIGEST", "a document's text with its claims"},
		{"/api/disagreements?about=&limit=", "where sources disagree"},
	}}, nil
}

// apiFigures answers [contrechamp.Figures].
func (s *site) apiFigures(ctx context.Context, _ *http.Request) (any, error) {
	return s.Store.Figures(ctx)
}

// APIDocument is a document in answers of the API.
type APIDocument struct {
	Digest     contrechamp.Digest    `json:"digest"`
	Name       string                `json:"name"`
	MediaType  string                `json:"media_type"`
	Length     int64                 `json:"length"`
	CapturedAt time.Time             `json:"captured_at"`
	State      contrechamp.ReadState `json:"state"`
	Reason     string                `json:"reason,omitempty"` // why it could not be read, or is withheld
	Title      string                `json:"title"`
	Author     string                `json:"author"`
	Publisher  string                `json:"publisher"`
	Published  string                `json:"published"` // YYYY, YYYY-MM, YYYY-MM-DD or empty
	Language   string                `json:"language"`
	Claims     int                   `json:"claims"`
	Original   string                `json:"original,omitempty"` // digest of the document that said the same first
	Copies     int                   `json:"copies,omitempty"`   // other documents that say the same
}

func apiDocument(d contrechamp.Document) APIDocument {
	original := ""
	if d.IsCopy() {
		original = d.Original.String()
	}
	return APIDocument{d.Digest, d.Name, d.MediaType, d.Length, d.CapturedAt.UTC(), d.State, d.Reason, d.Title, d.Author, d.Publisher,
		d.Published.String(), d.Language, d.Claims, original, d.Copies}
}

func apiDocuments(docs []contrechamp.Document) []APIDocument {
	out := make([]APIDocument, len(docs))
	for i, d := range docs {
		out[i] = apiDocument(d)
	}
	return out
}

// records writes claims in the shape of docs/claims.md.
func records(claims []contrechamp.Sourced) []contrechamp.Record {
	out := make([]contrechamp.Record, len(claims))
	for i, c := range claims {
		out[i] = contrechamp.RecordOf(c.Claim, c.Source.Name)
	}
	return out
}

// APIEntity is an entity in lists of the API.
type APIEntity struct {
	ID            string                 `json:"id"`
	Kind          contrechamp.EntityKind `json:"kind"`
	Name          string                 `json:"name"`
	Claims        int                    `json:"claims"`
	Documents     int                    `json:"documents"`
	Disagreements int                    `json:"disagreements"`
}

// APISearch is the answer to a search.
type APISearch struct {
	Query    string       `json:"query"`
	Total    int          `json:"total"` // counted up to 10,000
	Offset   int          `json:"offset"`
	Hits     []APIHit     `json:"hits"`
	Entities []APIEntity  `json:"entities"` // those whose name is the whole search
	Unknown  []APIUnknown `json:"unknown"`  // filters whose name the register does not know
}

// APIUnknown is a filter that can match nothing.
type APIUnknown struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// APIHit is a paragraph that answers a search. Start and End count bytes of the stored text, Highlights bytes of
// Words.
type APIHit struct {
	Document   APIDocument `json:"document"`
	Paragraph  int         `json:"paragraph"` // from 0
	Start      int         `json:"start"`
	End        int         `json:"end"`
	Words      string      `json:"words"`
	Language   string      `json:"language"`
	Highlights []APISpan   `json:"highlights"`
}

// APISpan is a half-open range of bytes.
type APISpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

func (s *site) apiSearch(ctx context.Context, r *http.Request) (any, error) {
	offset, limit, err := window(r.URL.Query())
	if err != nil {
		return nil, err
	}
	text := strings.TrimSpace(strings.ToValidUTF8(r.URL.Query().Get("q"), "�"))
	found, err := s.Register.Search(ctx, text, offset, limit)
	if err != nil {
		return nil, err
	}
	out := APISearch{Query: text, Total: found.Total, Offset: offset, Hits: []APIHit{}, Entities: []APIEntity{}, Unknown: []APIUnknown{}}
	for _, x := range found.Results {
		h := APIHit{Document: apiDocument(x.Document), Paragraph: x.Paragraph, Start: x.Start, End: x.End, Words: x.Words,
			Language: x.Language, Highlights: []APISpan{}}
		for _, m := range x.Highlights {
			h.Highlights = append(h.Highlights, APISpan(m))
		}
		out.Hits = append(out.Hits, h)
	}
	for _, l := range found.Entities {
		out.Entities = append(out.Entities, APIEntity{l.ID, l.Kind, l.Name, l.Claims, l.Documents, l.Disagreements})
	}
	for _, f := range found.Unknown {
		out.Unknown = append(out.Unknown, APIUnknown{f.Key, f.Name})
	}
	return out, nil
}

// APIDossier is an entity with all that is said about it.
type APIDossier struct {
	Entity        APIDossierEntity     `json:"entity"`
	Disagreements []APIDisagreement    `json:"disagreements"`
	Groups        []APIGroup           `json:"groups"`
	Elsewhere     []contrechamp.Record `json:"elsewhere"` // claims about others that name it as their value
	Documents     []APIDocument        `json:"documents"`
	Absences      []APIAbsence         `json:"absences"`    // of the documents that are not at their address any more
	LastChange    *time.Time           `json:"last_change"` // null without claims
	Mapped        []APIMapped          `json:"mapped"`      // cameras of OpenStreetMap within the place, by boundary
	Withheld      []APIWithheld        `json:"withheld"`    // documents that said something about it and are withheld since
}

// APIWithheld says that a document is withheld, when and why.
type APIWithheld struct {
	Document contrechamp.Digest `json:"document"`
	Ground   contrechamp.Ground `json:"ground"`
	Reason   string             `json:"reason"`
	Dated    contrechamp.Date   `json:"dated"` // of the order or the request
	At       time.Time          `json:"at"`
	Claims   int                `json:"claims"` // that rested on it
}

// APIAbsence says that an address gave a document no more.
type APIAbsence struct {
	Document contrechamp.Digest      `json:"document"`
	Address  string                  `json:"address"`
	At       time.Time               `json:"at"`
	Kind     contrechamp.AbsenceKind `json:"kind"`
	Status   int                     `json:"status"`   // of the answer; 0 when none came
	Final    string                  `json:"final"`    // the address that answered
	Records  contrechamp.Digest      `json:"records"`  // of the WARC records of that visit
	Returned *time.Time              `json:"returned"` // when a document was captured there again; null while none was
}

// apiAbsences lists the absences of documents, in their order.
func apiAbsences(docs []contrechamp.Document, all map[contrechamp.Digest][]contrechamp.Absence) []APIAbsence {
	out := []APIAbsence{}
	for _, d := range docs {
		for _, a := range all[d.Digest] {
			one := APIAbsence{d.Digest, a.Address, a.At.UTC(), a.Kind, a.Status, a.Final, a.Records, nil}
			if !a.Returned.IsZero() {
				returned := a.Returned.UTC()
				one.Returned = &returned
			}
			out = append(out, one)
		}
	}
	return out
}

// APIMapped is how many cameras OpenStreetMap has within a boundary. Mapped is not present.
type APIMapped struct {
	Boundary    contrechamp.MappedPlace `json:"boundary"`
	Cameras     int                     `json:"cameras"`
	AsOf        contrechamp.Date        `json:"as_of"`
	Attribution string                  `json:"attribution"`
}

// APIDossierEntity is the subject of a dossier, whole.
type APIDossierEntity struct {
	ID          string                 `json:"id"`
	Kind        contrechamp.EntityKind `json:"kind"`
	Name        string                 `json:"name"`
	Names       []APIName              `json:"names"`
	Country     string                 `json:"country"`
	Within      string                 `json:"within"`
	Identifiers map[string]string      `json:"identifiers"`
}

// APIName is a name; Language is empty for one that every language uses.
type APIName struct {
	Text     string `json:"text"`
	Language string `json:"language"`
}

// APIGroup is a dossier's claims with one predicate.
type APIGroup struct {
	Predicate contrechamp.Predicate `json:"predicate"`
	Claims    []contrechamp.Record  `json:"claims"`
}

// APIDisagreement is claims about one subject that cannot all hold.
type APIDisagreement struct {
	ID        string                       `json:"id"`
	Subject   contrechamp.EntityRef        `json:"subject"`
	Predicate contrechamp.Predicate        `json:"predicate"`
	Kind      contrechamp.DisagreementKind `json:"kind"`
	Sides     []APISide                    `json:"sides"`
}

// APISide is one position.
type APISide struct {
	Modality contrechamp.Modality    `json:"modality"`
	Value    contrechamp.RecordValue `json:"value"`
	Voices   int                     `json:"voices"`
	Claims   []contrechamp.Record    `json:"claims"`
}

func apiDisagreements(found []contrechamp.Disagreement) []APIDisagreement {
	out := make([]APIDisagreement, len(found))
	for i, d := range found {
		out[i] = APIDisagreement{ID: d.ID, Subject: d.Subject, Predicate: d.Predicate, Kind: d.Kind, Sides: []APISide{}}
		for _, x := range d.Sides {
			out[i].Sides = append(out[i].Sides, APISide{x.Modality, contrechamp.RecordValue{Value: x.Value}, x.Voices(), records(x.Claims)})
		}
	}
	return out
}

func (s *site) apiDossier(ctx context.Context, r *http.Request) (any, error) {
	d, err := s.Register.Dossier(ctx, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	e := d.Entity
	out := APIDossier{
		Entity: APIDossierEntity{ID: e.ID, Kind: e.Kind, Name: e.Name, Names: []APIName{}, Country: e.Country, Within: e.Within,
			Identifiers: e.Identifiers},
		Disagreements: apiDisagreements(d.Disagreements), Groups: []APIGroup{}, Elsewhere: records(d.Elsewhere),
		Documents: apiDocuments(d.Documents), Absences: apiAbsences(d.Documents, d.Absences), Mapped: []APIMapped{}, Withheld: []APIWithheld{},
	}
	for _, w := range d.Withheld {
		out.Withheld = append(out.Withheld, APIWithheld{w.Capture, w.Ground, w.Reason, w.Dated, w.At.UTC(), w.Claims})
	}
	for _, m := range d.Mapped {
		out.Mapped = append(out.Mapped, APIMapped{m.Place, m.Cameras, contrechamp.DateOf(m.AsOf), contrechamp.OSMAttribution + ", " + contrechamp.OSMLicence})
	}
	if e.Identifiers == nil {
		out.Entity.Identifiers = map[string]string{}
	}
	for _, n := range e.Names {
		out.Entity.Names = append(out.Entity.Names, APIName(n))
	}
	for _, g := range d.Groups {
		out.Groups = append(out.Groups, APIGroup{g.Predicate, records(g.Claims)})
	}
	if !d.LastChange.IsZero() {
		changed := d.LastChange.UTC()
		out.LastChange = &changed
	}
	return out, nil
}

// APIClaims is a page of claims.
type APIClaims struct {
	Claims []contrechamp.Record `json:"claims"`
	Offset int                  `json:"offset"`
	Next   *int                 `json:"next"` // offset of the page after; null at the end
}

func (s *site) apiClaims(ctx context.Context, r *http.Request) (any, error) {
	q := r.URL.Query()
	offset, limit, err := window(q)
	if err != nil {
		return nil, err
	}
	f := contrechamp.ClaimFilter{Offset: offset, Limit: limit + 1}
	if name := q.Get("predicate"); name != "" {
		if f.Predicate, err = contrechamp.ParsePredicate(name); err != nil {
			return nil, err
		}
	}
	if name := q.Get("state"); name != "" {
		if f.State, err = contrechamp.ParseState(name); err != nil {
			return nil, err
		}
	}
	if name := q.Get("about"); name != "" {
		line, _, err := s.Register.Resolve(ctx, name)
		if err != nil {
			return nil, err
		}
		f.About = line.ID
	}
	if name := q.Get("document"); name != "" {
		doc, _, err := s.findDocument(ctx, name)
		if err != nil {
			return nil, err
		}
		f.Document = doc.Digest
	}
	claims, err := s.Store.Claims(ctx, f)
	if err != nil {
		return nil, err
	}
	out := APIClaims{Offset: offset}
	if len(claims) > limit {
		next := offset + limit
		claims, out.Next = claims[:limit], &next
	}
	out.Claims = records(claims)
	return out, nil
}

// APIDocuments is a page of documents.
type APIDocuments struct {
	Documents []APIDocument `json:"documents"`
	Next      *string       `json:"next"` // value of after= for the page after; null at the end
}

func (s *site) apiDocuments(ctx context.Context, r *http.Request) (any, error) {
	q := r.URL.Query()
	_, limit, err := window(q)
	if err != nil {
		return nil, err
	}
	f := contrechamp.DocumentFilter{Limit: limit + 1}
	switch state := contrechamp.ReadState(q.Get("state")); state {
	case "", contrechamp.Waiting, contrechamp.Read, contrechamp.NotRead, contrechamp.StateWithheld:
		f.State = state
	default:
		return nil, contrechamp.WithHint(fmt.Errorf("state %q: %w", state, contrechamp.ErrInvalid), `one of "waiting", "read", "not read", "withheld"`)
	}
	if name := q.Get("after"); name != "" {
		doc, _, err := s.findDocument(ctx, name)
		if err != nil {
			return nil, err
		}
		f.After = &doc
	}
	docs, err := s.Store.Documents(ctx, f)
	if err != nil {
		return nil, err
	}
	out := APIDocuments{}
	if len(docs) > limit {
		docs = docs[:limit]
		next := docs[limit-1].Digest.String()
		out.Next = &next
	}
	out.Documents = apiDocuments(docs)
	return out, nil
}

// APIDocumentText is a document with what was read in it.
type APIDocumentText struct {
	Document  APIDocument          `json:"document"`
	Sightings []APISighting        `json:"sightings"`
	Text      *APIText             `json:"text"` // null when it was not read
	Claims    []contrechamp.Record `json:"claims"`
}

// APISighting is one meeting with the document. Its path is the operator's own and stays with them.
type APISighting struct {
	Name       string              `json:"name"`
	CapturedAt time.Time           `json:"captured_at"`
	Container  *contrechamp.Digest `json:"container,omitempty"` // the archive or mail that it was found in
	Fetched    *APIExchange        `json:"fetched,omitempty"`   // of what came from an address
}

// APIExchange is the HTTP exchange that brought a document.
type APIExchange struct {
	Address   string                `json:"address"`
	Final     string                `json:"final"` // the address that answered, after redirects
	Status    int                   `json:"status"`
	MediaType string                `json:"media_type"` // what the server said it is
	Truncated contrechamp.Truncated `json:"truncated"`  // why it is not whole; empty when it is
	Records   contrechamp.Digest    `json:"records"`    // of the WARC records of the visit
}

// APIText is a stored text; every offset of the document's claims points into Body, in bytes.
type APIText struct {
	Reader     string         `json:"reader"`
	Quality    float64        `json:"quality"`
	Notes      []string       `json:"notes"`
	Body       string         `json:"body"`
	Paragraphs []APIParagraph `json:"paragraphs"`
}

// APIParagraph is a passage of a text. The document's own voice speaks in title, heading, body and item.
type APIParagraph struct {
	Start    int              `json:"start"`
	End      int              `json:"end"`
	Role     contrechamp.Role `json:"role"`
	Language string           `json:"language"`
	Page     int              `json:"page,omitempty"`
}

func (s *site) apiDocument(ctx context.Context, r *http.Request) (any, error) {
	doc, _, err := s.findDocument(ctx, r.PathValue("document"))
	if err != nil {
		return nil, err
	}
	out := APIDocumentText{Document: apiDocument(doc), Sightings: []APISighting{}, Claims: []contrechamp.Record{}}
	sightings, err := s.Store.Sightings(ctx, doc.Digest)
	if err != nil {
		return nil, err
	}
	for _, x := range sightings {
		sighting := APISighting{Name: x.Name, CapturedAt: x.CapturedAt.UTC()}
		if !x.Container.IsZero() {
			sighting.Container = &x.Container
		}
		if e := x.Exchange; !e.IsZero() {
			sighting.Fetched = &APIExchange{x.Path, e.Final, e.Status, e.MediaType, e.Truncated, e.Records}
		}
		out.Sightings = append(out.Sightings, sighting)
	}
	if doc.State != contrechamp.Read {
		return out, nil
	}
	text, err := s.Store.Text(ctx, doc.Digest)
	if err != nil {
		return nil, err
	}
	out.Text = &APIText{Reader: text.Reader, Quality: text.Quality, Notes: append([]string{}, text.Notes...), Body: text.Body, Paragraphs: []APIParagraph{}}
	for _, p := range text.Paragraphs {
		out.Text.Paragraphs = append(out.Text.Paragraphs, APIParagraph{p.Start, p.End, p.Role, p.Language, p.Page})
	}
	claims, err := s.Store.Claims(ctx, contrechamp.ClaimFilter{Document: doc.Digest})
	if err != nil {
		return nil, err
	}
	out.Claims = records(claims)
	return out, nil
}

func (s *site) apiDisagreements(ctx context.Context, r *http.Request) (any, error) {
	_, limit, err := window(r.URL.Query())
	if err != nil {
		return nil, err
	}
	found, err := s.Register.Disagreements(ctx, r.URL.Query().Get("about"), limit)
	if err != nil {
		return nil, err
	}
	return struct {
		Disagreements []APIDisagreement `json:"disagreements"`
	}{apiDisagreements(found)}, nil
}

// window reads offset= and limit=.
func window(q url.Values) (offset, limit int, err error) {
	limit = apiPage
	for _, f := range []struct {
		key       string
		into      *int
		low, high int
	}{{"offset", &offset, 0, maxOffset}, {"limit", &limit, 1, apiMaxPage}} {
		text := q.Get(f.key)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < f.low || n > f.high {
			return 0, 0, contrechamp.WithHint(fmt.Errorf("%s %q: %w", f.key, text, contrechamp.ErrInvalid),
				fmt.Sprintf("a whole number from %d to %d", f.low, f.high))
		}
		*f.into = n
	}
	return offset, limit, nil
}
