package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/register"
	"contrechamp.org/contrechamp/internal/word"
)

// shelf is a small register in memory: what the pages ask, answered from values. Towns, firms and persons in it are
// invented.
type shelf struct {
	documents []contrechamp.Document
	texts     map[contrechamp.Digest]contrechamp.Text
	claims    []contrechamp.Sourced
	captured  map[contrechamp.Digest][]byte
	exchanges map[contrechamp.Digest]contrechamp.Exchange // that brought documents, where a test says so
	entities  map[string]contrechamp.Entity
	disputes  []contrechamp.Disagreement
	fetched   map[contrechamp.Digest]contrechamp.Sighting  // of papers that came from an address
	absences  map[contrechamp.Digest][]contrechamp.Absence // likewise
	failing   error                                        // what every question is answered, when set
	wait      bool                                         // questions wait until their context ends
}

var fixtureTime = time.Date(2026, 11, 2, 14, 6, 31, 0, time.UTC)

var (
	valmere   = contrechamp.Entity{ID: "place-fr-valmere", Kind: contrechamp.KindPlace, Name: "Valmère", Names: []contrechamp.Name{{Text: "Valmer", Language: "en"}, {Text: "Vallis Mara", Language: "la"}}, Country: "FR", Identifiers: map[string]string{"insee": "00000"}, Source: "lexicon"}
	hostile   = contrechamp.Entity{ID: "x-<script>", Kind: contrechamp.KindProgramme, Name: `"><script>alert(1)</script>`, Source: "document"}
	opticore  = contrechamp.Entity{ID: "v-opticore", Kind: contrechamp.KindCompany, Name: "Opticore", Source: "lexicon"}
	faces     = contrechamp.Entity{ID: "face-recognition", Kind: contrechamp.KindCapability, Name: "face recognition", Source: "lexicon"}
	plates    = contrechamp.Entity{ID: "licence-plate-recognition", Kind: contrechamp.KindCapability, Name: "licence-plate recognition", Source: "lexicon"}
	norland   = contrechamp.Entity{ID: "place-norland", Kind: contrechamp.KindPlace, Name: "Norland", Names: []contrechamp.Name{{Text: "Norlande", Language: "fr"}}, Source: "lexicon"}
	empty     = contrechamp.Entity{ID: "place-empty", Kind: contrechamp.KindPlace, Name: "Vide-sur-Rien", Source: "lexicon"}
	inService = contrechamp.Entity{ID: "operational", Kind: contrechamp.KindStatus, Name: "operational", Source: "lexicon"}
)

// paper is a document of the fixture: its paragraphs, "role|words" where they are not body.
type paper struct {
	name, title, publisher, author, language, date string
	paragraphs                                     []string
	said                                           []statement
}

// statement is a claim of a paper, by its words.
type statement struct {
	about     []contrechamp.Entity
	predicate contrechamp.Predicate
	value     contrechamp.Value
	mod       contrechamp.Modality
	state     contrechamp.State
	speaker   []string
	note      string
	words     string
}

func of(e contrechamp.Entity) contrechamp.Value {
	ref := e.Ref()
	return contrechamp.Value{Entity: &ref}
}

func number(n float64, unit string, q contrechamp.Qualifier) contrechamp.Value {
	return contrechamp.Value{Number: n, Unit: unit, Qualifier: q}
}

var papers = []paper{
	{name: "courrier.html", title: "À Valmère, mille caméras et une question", publisher: "Courrier du quai", author: "la rédaction", language: "fr", date: "2021-06-01",
		paragraphs: []string{
			"furniture|Accueil · Abonnez-vous", "furniture|Soutenez le Courrier du quai",
			"title|À Valmère, mille caméras et une question",
			"meta|Publié le 1er juin 2021",
			"Un millier de caméras veillent sur Valmère. Opticore installe un système de reconnaissance faciale à Valmère depuis 2019.",
			"heading|Pas pour cela",
			"La commissaire Ada Nemo dit que les caméras « ne sont pas utilisées avec la reconnaissance faciale ».",
			"item|le marché coûte 2,76 millions d'euros", "item|les plaques seront lues",
			"repeat|Un millier de caméras veillent sur Valmère.",
			"English words stand here as well.",
		},
		said: []statement{
			{[]contrechamp.Entity{valmere}, contrechamp.DeviceCount, number(1000, "camera", contrechamp.About), contrechamp.Asserted, contrechamp.Accepted, nil, "", "Un millier de caméras"},
			{[]contrechamp.Entity{valmere}, contrechamp.Vendor, of(opticore), contrechamp.Asserted, contrechamp.Accepted, nil, "", "Opticore installe un système de reconnaissance faciale à Valmère depuis 2019"},
			{[]contrechamp.Entity{valmere}, contrechamp.Capability, of(faces), contrechamp.Asserted, contrechamp.Proposed, nil, "", "Opticore installe un système de reconnaissance faciale à Valmère depuis 2019"},
			{[]contrechamp.Entity{valmere}, contrechamp.Since, contrechamp.Value{Date: contrechamp.Date{Year: 2019}}, contrechamp.Asserted, contrechamp.Proposed, nil, "", "depuis 2019"},
			{[]contrechamp.Entity{valmere}, contrechamp.Capability, of(faces), contrechamp.Denied, contrechamp.Accepted, []string{"Ada Nemo", "commissaire"}, "", "« ne sont pas utilisées avec la reconnaissance faciale »"},
			{[]contrechamp.Entity{valmere}, contrechamp.Cost, number(2760000, "EUR", contrechamp.Exactly), contrechamp.Asserted, contrechamp.Proposed, nil, "", "2,76 millions d'euros"},
			{[]contrechamp.Entity{valmere}, contrechamp.Capability, of(plates), contrechamp.Planned, contrechamp.Rejected, nil, "parle d'une autre ville", "les plaques seront lues"},
		}},
	{name: "harbour.txt", title: "The poles of Valmer", publisher: "Harbour Weekly", language: "en", date: "2021-08-15",
		paragraphs: []string{
			"title|The poles of Valmer",
			"At least 2,500 cameras film Valmer. The cameras could read faces, the union says.",
			"Opticore is a company from Norland.",
		},
		said: []statement{
			{[]contrechamp.Entity{valmere}, contrechamp.DeviceCount, number(2500, "camera", contrechamp.AtLeast), contrechamp.Asserted, contrechamp.Proposed, nil, "", "At least 2,500 cameras"},
			{[]contrechamp.Entity{valmere}, contrechamp.Capability, of(faces), contrechamp.Possible, contrechamp.Proposed, []string{"the union"}, "", "The cameras could read faces"},
			{[]contrechamp.Entity{valmere}, contrechamp.Status, of(inService), contrechamp.Asserted, contrechamp.Proposed, nil, "", "film Valmer"},
			{[]contrechamp.Entity{opticore}, contrechamp.Home, of(norland), contrechamp.Asserted, contrechamp.Proposed, nil, "", "a company from Norland"},
		}},
	{name: `evil"><img src=x onerror=alert(1)>.html`, title: `</title><script>alert("title")</script>`, publisher: `<b onclick="x()">paper</b>`, language: "en", date: "",
		paragraphs: []string{
			`<script>alert("text")</script> & "quotes" <a href="javascript:alert(1)">cameras</a>`,
			`The programme <img src=x onerror=alert(2)> has been alleged to listen.`,
		},
		said: []statement{
			{[]contrechamp.Entity{hostile}, contrechamp.Vendor, of(opticore), contrechamp.Alleged, contrechamp.Proposed, []string{`<svg onload=alert(3)>`}, "", `<img src=x onerror=alert(2)>`},
		}},
	{name: "scan.pdf", language: "und"},
	{name: "late.html", language: ""},
	{name: "withheld.html", language: ""},
	{name: "photograph.jpg", language: ""},
}

// newShelf builds the fixture.
func newShelf(t testing.TB) *shelf {
	t.Helper()
	s := &shelf{texts: map[contrechamp.Digest]contrechamp.Text{}, captured: map[contrechamp.Digest][]byte{}, entities: map[string]contrechamp.Entity{}}
	for _, e := range []contrechamp.Entity{valmere, hostile, opticore, faces, plates, norland, empty, inService} {
		s.entities[e.ID] = e
	}
	for i, p := range papers {
		doc, text := p.read(t, i)
		s.documents = append(s.documents, doc)
		s.captured[doc.Digest] = []byte("%PDF-1.7 nothing to be read")
		if doc.State != contrechamp.Read {
			continue
		}
		s.captured[doc.Digest] = capture(p.name, &text)
		s.texts[doc.Digest] = text
		for _, said := range p.said {
			at := strings.Index(text.Body, said.words)
			if at < 0 {
				t.Fatalf("fixture: %q does not say %q", p.name, said.words)
			}
			quote, err := contrechamp.QuoteAt(text.Body, contrechamp.Span{Start: at, End: at + len(said.words)})
			if err != nil {
				t.Fatal(err)
			}
			c := contrechamp.Claim{Document: doc.Digest, Predicate: said.predicate, Value: said.value, Modality: said.mod, State: said.state,
				Note: said.note, Quote: quote, Rule: "fixture.1", Confidence: 0.9, ProposedAt: fixtureTime}
			for _, e := range said.about {
				c.About = append(c.About, e.Ref())
			}
			if said.speaker != nil {
				c.Speaker = &contrechamp.Speaker{Names: said.speaker}
			}
			c.ID = contrechamp.ClaimID(c)
			s.claims = append(s.claims, contrechamp.Sourced{Claim: c, Source: doc})
		}
	}
	slices.SortStableFunc(s.claims, func(a, b contrechamp.Sourced) int { return b.Source.Published.Compare(a.Source.Published) })
	for _, e := range []contrechamp.Entity{valmere, opticore, hostile} {
		s.disputes = append(s.disputes, register.Disagree(e.Ref(), s.about(e.ID))...)
	}
	return s
}

func (p paper) read(t testing.TB, i int) (contrechamp.Document, contrechamp.Text) {
	t.Helper()
	digest := contrechamp.Sum([]byte(p.name))
	doc := contrechamp.Document{
		Capture: contrechamp.Capture{Digest: digest, Length: 41822, MediaType: "text/html", CapturedAt: fixtureTime.Add(-time.Duration(i) * time.Hour), State: contrechamp.Read},
		Name:    p.name, Sightings: 1, Title: p.title, Author: p.author, Publisher: p.publisher, Language: p.language, Reader: "html/1", Claims: len(p.said)}
	switch p.name {
	case "scan.pdf":
		doc.MediaType = "application/pdf"
		doc.State, doc.Reason, doc.Reader = contrechamp.NotRead, "the pages are pictures without text", ""
		return doc, contrechamp.Text{}
	case "late.html":
		doc.State, doc.Reader = contrechamp.Waiting, ""
		return doc, contrechamp.Text{}
	}
	if strings.HasSuffix(p.name, ".txt") {
		doc.MediaType, doc.Reader = "text/plain", "plain/1"
	}
	if p.name == "photograph.jpg" {
		doc.MediaType, doc.Path, doc.State, doc.Reason, doc.Reader = "image/jpeg", contrechamp.ContributionPath, contrechamp.NotRead, "a picture", ""
		return doc, contrechamp.Text{}
	}
	if p.name == "withheld.html" {
		doc.Name, doc.State, doc.Reader = "", contrechamp.StateWithheld, ""
		doc.Reason = withheldFixture.Sentence()
		return doc, contrechamp.Text{}
	}
	if p.date != "" {
		d, err := contrechamp.ParseDate(p.date)
		if err != nil {
			t.Fatal(err)
		}
		doc.Published = d
	}
	text := contrechamp.Text{Capture: digest, Reader: "html/1", ReadAt: fixtureTime, Title: p.title, Author: p.author, Publisher: p.publisher,
		Published: contrechamp.Published{Date: doc.Published, From: "meta"}, Language: p.language, Quality: 0.976,
		Notes: []string{"the page holds its article twice"}}
	for _, words := range p.paragraphs {
		role := contrechamp.RoleBody
		if r, rest, ok := strings.Cut(words, "|"); ok {
			role, words = contrechamp.Role(r), rest
		}
		if text.Body != "" {
			text.Body += "\n\n"
		}
		para := contrechamp.Paragraph{Span: contrechamp.Span{Start: len(text.Body), End: len(text.Body) + len(words)}, Role: role, Language: p.language}
		if strings.HasPrefix(words, "English") {
			para.Language = "en"
		}
		text.Body += words
		text.Paragraphs = append(text.Paragraphs, para)
	}
	return doc, text
}

func (s *shelf) ask(ctx context.Context) error {
	if s.wait {
		<-ctx.Done()
		return fmt.Errorf("ask the shelf: %w", ctx.Err())
	}
	return s.failing
}

func (s *shelf) about(id string) []contrechamp.Sourced {
	var out []contrechamp.Sourced
	for _, c := range s.claims {
		if slices.ContainsFunc(c.About, func(a contrechamp.EntityRef) bool { return a.ID == id }) {
			out = append(out, c)
		}
	}
	return out
}

func slice[T any](all []T, offset, limit int) []T {
	all = all[min(offset, len(all)):]
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	return slices.Clone(all)
}

func (s *shelf) Documents(ctx context.Context, f contrechamp.DocumentFilter) ([]contrechamp.Document, error) {
	if err := s.ask(ctx); err != nil {
		return nil, err
	}
	var out []contrechamp.Document
	passed := f.After == nil
	for _, d := range s.documents {
		if passed && (f.State == "" || f.State == d.State) {
			out = append(out, d)
		}
		passed = passed || d.Digest == f.After.Digest
	}
	return slice(out, 0, f.Limit), nil
}

func (s *shelf) Document(ctx context.Context, digest contrechamp.Digest) (contrechamp.Document, error) {
	if err := s.ask(ctx); err != nil {
		return contrechamp.Document{}, err
	}
	for _, d := range s.documents {
		if d.Digest == digest {
			return d, nil
		}
	}
	return contrechamp.Document{}, fmt.Errorf("document %s: %w", digest.Short(), contrechamp.ErrNotFound)
}

func (s *shelf) FindDocuments(ctx context.Context, name string) ([]contrechamp.Document, error) {
	if err := s.ask(ctx); err != nil {
		return nil, err
	}
	var out []contrechamp.Document
	for _, d := range s.documents {
		if d.Name == name || len(name) >= 4 && strings.HasPrefix(d.Digest.String(), name) || name == "twice" {
			out = append(out, d)
		}
	}
	return out, nil
}

func (s *shelf) Sightings(ctx context.Context, digest contrechamp.Digest) ([]contrechamp.Sighting, error) {
	d, err := s.Document(ctx, digest)
	sighting := contrechamp.Sighting{Capture: digest, Name: d.Name, Path: "/home/somebody/secret folder/" + d.Name, CapturedAt: d.CapturedAt}
	if d.Name == "harbour.txt" {
		sighting.Container = contrechamp.Sum([]byte("scan.pdf")) // the paper as a whole
	}
	if f, ok := s.fetched[digest]; ok {
		sighting.Path, sighting.Exchange = f.Path, f.Exchange
	}
	if x, ok := s.exchanges[digest]; ok {
		sighting.Exchange = x
	}
	return []contrechamp.Sighting{sighting}, err
}

func (s *shelf) AbsencesOf(ctx context.Context, _ []contrechamp.Digest) (map[contrechamp.Digest][]contrechamp.Absence, error) {
	return s.absences, s.ask(ctx)
}

func (s *shelf) Text(ctx context.Context, digest contrechamp.Digest) (contrechamp.Text, error) {
	if err := s.ask(ctx); err != nil {
		return contrechamp.Text{}, err
	}
	text, ok := s.texts[digest]
	if !ok {
		return text, fmt.Errorf("text of %s: %w", digest.Short(), contrechamp.ErrNotFound)
	}
	return text, nil
}

func (s *shelf) Claims(ctx context.Context, f contrechamp.ClaimFilter) ([]contrechamp.Sourced, error) {
	if err := s.ask(ctx); err != nil {
		return nil, err
	}
	var out []contrechamp.Sourced
	for _, c := range s.claims {
		is := func(id string) bool {
			return slices.ContainsFunc(c.About, func(a contrechamp.EntityRef) bool { return a.ID == id })
		}
		if (f.About == "" || is(f.About)) && (f.Predicate == "" || f.Predicate == c.Predicate) && (f.State == "" || f.State == c.State) &&
			(f.Document.IsZero() || f.Document == c.Document) &&
			(f.Names == "" || is(f.Names) || c.Value.Entity != nil && c.Value.Entity.ID == f.Names) {
			out = append(out, c)
		}
	}
	return slice(out, f.Offset, f.Limit), nil
}

func (s *shelf) Claim(ctx context.Context, id string) (contrechamp.Sourced, error) {
	for _, c := range s.claims {
		if c.ID == id {
			return c, s.ask(ctx)
		}
	}
	return contrechamp.Sourced{}, contrechamp.ErrNotFound
}

func (s *shelf) Decisions(ctx context.Context, _ string) ([]contrechamp.Decision, error) {
	return nil, s.ask(ctx)
}

func (s *shelf) Entity(ctx context.Context, id string) (contrechamp.Entity, error) {
	if err := s.ask(ctx); err != nil {
		return contrechamp.Entity{}, err
	}
	e, ok := s.entities[id]
	if !ok {
		return e, fmt.Errorf("entity %s: %w", id, contrechamp.ErrNotFound)
	}
	return e, nil
}

func (s *shelf) line(e contrechamp.Entity) contrechamp.EntityLine {
	l := contrechamp.EntityLine{Entity: e}
	docs := map[contrechamp.Digest]bool{}
	for _, c := range s.about(e.ID) {
		l.Claims++
		docs[c.Document] = true
	}
	l.Documents = len(docs)
	for _, d := range s.disputes {
		if d.Subject.ID == e.ID {
			l.Disagreements++
		}
	}
	return l
}

func (s *shelf) EntitiesNamed(ctx context.Context, name string) ([]contrechamp.EntityLine, error) {
	if err := s.ask(ctx); err != nil {
		return nil, err
	}
	var out []contrechamp.EntityLine
	for _, e := range s.entities {
		if e.ID == name || slices.ContainsFunc(e.Ref().Names, func(n string) bool { return word.Key(n) == word.Key(name) }) {
			out = append(out, s.line(e))
		}
	}
	slices.SortFunc(out, func(a, b contrechamp.EntityLine) int {
		return cmp.Or(b.Claims-a.Claims, strings.Compare(a.ID, b.ID))
	})
	return out, nil
}

func (s *shelf) EntityLines(ctx context.Context, f contrechamp.EntityFilter) ([]contrechamp.EntityLine, error) {
	if err := s.ask(ctx); err != nil {
		return nil, err
	}
	var out []contrechamp.EntityLine
	for _, e := range s.entities {
		if l := s.line(e); l.Claims > 0 && (f.Kind == "" || f.Kind == e.Kind) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b contrechamp.EntityLine) int {
		return cmp.Or(b.Claims-a.Claims, strings.Compare(a.ID, b.ID))
	})
	return slice(out, f.Offset, f.Limit), nil
}

func (s *shelf) PutDisagreements(context.Context, ...contrechamp.View) error {
	return contrechamp.ErrConflict // pages never write
}

func (s *shelf) Disagreements(ctx context.Context, subject string, limit int) ([]contrechamp.Disagreement, error) {
	var out []contrechamp.Disagreement
	for _, d := range s.disputes {
		if subject == "" || d.Subject.ID == subject {
			out = append(out, d)
		}
	}
	return slice(out, 0, limit), s.ask(ctx)
}

func (s *shelf) Contested(ctx context.Context, _ []string) (map[string]bool, error) {
	return nil, s.ask(ctx)
}
func (s *shelf) StaleSubjects(ctx context.Context, _ int) ([]string, error) { return nil, s.ask(ctx) }

func (s *shelf) Figures(ctx context.Context) (contrechamp.Figures, error) {
	f := contrechamp.Figures{Documents: len(s.documents), Disagreements: len(s.disputes)}
	for _, d := range s.documents {
		switch d.State {
		case contrechamp.Waiting:
			f.Waiting++
		case contrechamp.NotRead:
			f.NotRead++
		case contrechamp.StateWithheld:
			f.Withheld++
		}
	}
	for _, c := range s.claims {
		switch c.State {
		case contrechamp.Accepted:
			f.Accepted++
			f.Claims++
		case contrechamp.Proposed:
			f.Claims++
		default:
			f.Rejected++
		}
	}
	for _, e := range s.entities {
		if s.line(e).Claims > 0 {
			f.Dossiers++
		}
	}
	return f, s.ask(ctx)
}

func (s *shelf) Find(ctx context.Context, q contrechamp.Query) ([]contrechamp.Hit, int, error) {
	var out []contrechamp.Hit
	for _, d := range s.documents {
		text := s.texts[d.Digest]
		for i, p := range text.Paragraphs {
			words := p.Of(text.Body)
			if len(q.Terms) == 0 || len(register.Highlight(words, p.Language, q.Terms)) > 0 {
				out = append(out, contrechamp.Hit{Document: d, Paragraph: i, Span: p.Span, Words: words, Language: p.Language})
			}
		}
	}
	return slice(out, q.Offset, q.Limit), len(out), s.ask(ctx)
}

// MappedIn answers that the map has 312 cameras in Valmère.
func (s *shelf) MappedIn(ctx context.Context, e contrechamp.Entity) ([]contrechamp.MappedCount, error) {
	if err := s.ask(ctx); err != nil {
		return nil, err
	}
	if e.ID != valmere.ID {
		return nil, nil
	}
	return []contrechamp.MappedCount{{Place: contrechamp.MappedPlace{ID: "relation/1", Name: "Valmère", Level: 8}, Cameras: 312, AsOf: fixtureTime}}, nil
}

// Explanations explains the claims of one paper, but for the last: as if the rules had changed since.
func (s *shelf) Explanations(_ context.Context, text contrechamp.Text) (map[string]contrechamp.Explanation, error) {
	if s.failing != nil {
		return nil, s.failing
	}
	out := map[string]contrechamp.Explanation{}
	for _, c := range s.claims {
		if c.Document != text.Capture {
			continue
		}
		x := contrechamp.Explanation{Rule: string(c.Predicate) + ".rule.fr", Line: 12, Clause: c.Quote.Exact, Step: "near", Confidence: 0.834,
			Slots: []contrechamp.Slot{{Name: "value", Words: "<i>slot</i>"}}}
		for i := range 10 {
			x.Terms = append(x.Terms, contrechamp.Weight{Feature: fmt.Sprintf("feature <%d>", i), Value: 1, Adds: 1.25 - float64(i)*0.5})
		}
		if c.Modality == contrechamp.Denied || c.Modality == contrechamp.Planned {
			x.Told = []contrechamp.Told{{As: c.Modality, Odds: 1.5, Terms: []contrechamp.Weight{{Feature: "words <of it>", Value: 1, Adds: 1.5}}}}
		}
		if c.Predicate != contrechamp.Cost {
			out[c.ID] = x
		}
	}
	return out, nil
}
