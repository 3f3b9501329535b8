package web

import (
	"context"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// teller tells what the register holds in the words of one language, for one request: it remembers the names that it
// looked up.
type teller struct {
	*voice
	ctx      context.Context // the request's: a teller does not outlive it
	entities contrechamp.Entities
	names    map[string]string
	failed   error // the first look-up that failed; told by the page that asked
}

func (s *site) newTeller(ctx context.Context, lang string) *teller {
	return &teller{voice: s.catalogue[lang], ctx: ctx, entities: s.Store, names: map[string]string{}}
}

// Name names what a claim refers to in the reader's language: by the catalogue for what the specification lists,
// by the register for what has names of its own in each language, else as the claim does.
func (t *teller) Name(ref contrechamp.EntityRef) string {
	switch ref.Kind {
	case contrechamp.KindCapability, contrechamp.KindStatus:
		if key := string(ref.Kind) + "." + ref.ID; t.Has(key) {
			return t.T(key)
		}
	case contrechamp.KindCompany, contrechamp.KindProduct, contrechamp.KindPerson:
		return ref.Name() // called the same in every language
	}
	if name, ok := t.names[ref.ID]; ok {
		return name
	}
	name := ref.Name()
	e, err := t.entities.Entity(t.ctx, ref.ID)
	switch {
	case err == nil:
		name = e.In(t.Lang)
	case failureOf(err).kind == "not_found":
		// a claim may name what the register does not keep as an entity: its own words serve
	case t.failed == nil:
		t.failed = err
	}
	t.names[ref.ID] = name
	return name
}

// Value writes a claim's value.
func (t *teller) Value(v contrechamp.Value) string {
	switch {
	case v.Entity != nil:
		return t.Upper(t.Name(*v.Entity))
	case !v.Date.IsZero():
		return t.Date(v.Date)
	}
	return t.Amount(v)
}

// claimLine is a claim in words, ready for a template.
type claimLine struct {
	*voice
	ID          string
	Subject     string
	SubjectLink string // "" for what has no dossier
	Predicate   string // in a word or two: "fournisseur"
	Value       string
	ValueLink   string // "" for what has no dossier
	Share       string
	Quote       string // with its marks
	QuoteLang   string // "" when it is not known
	Who         string
	WhoMore     string // the body that a person speaks for
	OwnVoice    bool   // the document speaks for itself
	Mod         contrechamp.Modality
	ModWord     string
	State       contrechamp.State
	StateWord   string
	Note        string
	When        string
	Source      string
	SourceTitle string
	SourceLink  string // to the passage
	AsCaptured  string // to the same in the page as it was captured
	Date        string // of the source
	DateISO     string
	Ref         int    // number of the source in the page's list, 0 where there is none
	Reprints    string // how many other documents only reprint the source
	OCR         bool   // its words were read from a picture
	Disputed    string // fragment of the disagreement that it stands in
	Why         *why   // how it came about, on the document's page; nil elsewhere
}

// Gone reports whether the claim does not speak any more.
func (c claimLine) Gone() bool {
	return c.State == contrechamp.Rejected || c.State == contrechamp.Withdrawn
}

// Line tells one claim.
func (t *teller) Line(c contrechamp.Sourced) claimLine {
	l := claimLine{
		voice: t.voice, ID: c.ID,
		Subject: t.Name(c.Main()), Predicate: t.T("predicate." + string(c.Predicate)),
		Value: t.Value(c.Value), Quote: t.Quoted(c.Quote.Exact), QuoteLang: languageTag(c.Source.Language),
		Mod: c.Modality, ModWord: t.T("modality." + string(c.Modality)),
		State: c.State, StateWord: t.T("state." + string(c.State)), Note: c.Note,
		Source: c.Source.Source(), SourceTitle: c.Source.Label(), SourceLink: t.DocumentLink(c.Document, c.ID),
		AsCaptured: t.CapturedLink(c.Document, c.ID), OCR: c.Layer == contrechamp.OCR,
		Date: t.Date(c.Source.Published), DateISO: c.Source.Published.String(), When: t.Date(c.When),
	}
	if c.Main().Kind.HasDossier() {
		l.SubjectLink = t.DossierLink(c.Main().ID)
	}
	if v := c.Value.Entity; v != nil && v.Kind.HasDossier() {
		l.ValueLink = t.DossierLink(v.ID)
	}
	if c.Share > 0 {
		l.Share = t.Percent(c.Share)
	}
	if c.Reprints > 0 {
		l.Reprints = t.N("claim.reprints", c.Reprints)
	}
	if c.Speaker == nil || len(c.Speaker.Names) == 0 {
		l.OwnVoice, l.Who = true, l.Source
	} else {
		l.Who, l.WhoMore = t.speaker(*c.Speaker)
	}
	return l
}

// speaker names who speaks, and the body that they speak for. A speaker's names hold all that a search may match:
// what only says the first one again, shorter or in another language, is left out.
func (t *teller) speaker(s contrechamp.Speaker) (who, body string) {
	who = s.Names[0]
	said := []string{word.Key(who)}
	if s.ID != "" {
		e, err := t.entities.Entity(t.ctx, s.ID)
		switch {
		case err == nil:
			for _, n := range e.Ref().Names {
				said = append(said, word.Key(n))
			}
		case failureOf(err).kind != "not_found" && t.failed == nil:
			t.failed = err
		}
	}
	var more []string
	for _, n := range s.Names[1:] {
		key := word.Key(n)
		if !slices.ContainsFunc(said, func(k string) bool { return strings.Contains(" "+k+" ", " "+key+" ") }) {
			said, more = append(said, key), append(more, n)
		}
	}
	return who, strings.Join(more, ", ")
}

// Lines tells claims, one after another.
func (t *teller) Lines(claims []contrechamp.Sourced) []claimLine {
	lines := make([]claimLine, len(claims))
	for i, c := range claims {
		lines[i] = t.Line(c)
	}
	return lines
}

// languageTag returns a code for a lang attribute, "" when there is nothing to say.
func languageTag(code string) string {
	if code == "und" {
		return ""
	}
	return code
}
