package web

import (
	"context"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
)

// Limits of a dossier's page.
const (
	openClaims = 12 // claims of a group that are shown at once; the others unfold
	otherNames = 6
)

type dossierPage struct {
	page
	Name      string
	Kind      string
	List      listLink // where entities of its kind stand
	Names     []otherName
	Facts     []fact
	Counts    []string
	Disputes  []dispute
	Mapped    *mapped
	Groups    []group
	Elsewhere []group
	Sources   []source
	Homonyms  []entityLine
	Nothing   bool
	Withheld  []withheldNote
}

type otherName struct{ Text, Lang string }

// group is claims that answer one question.
type group struct {
	ID    string // of its heading
	Title string
	Count string
	Open  []claimLine
	More  []claimLine
	Rest  string // the words that unfold More
	Other bool   // about others: the subject stands where the value would
}

// source is a document in the list at the end of a dossier.
type source struct {
	*voice
	ID, Title, Link, Publisher string
	Lang                       string
	Date, DateISO, Captured    string
	Gone                       []absent // when its address gave no document any more
}

func (s *site) showDossier(ctx context.Context, r *request) (answer, error) {
	asked := r.PathValue("name")
	line, _, err := s.Register.Resolve(ctx, asked)
	if err != nil {
		return answer{}, err
	}
	if asked != line.ID {
		return answer{redirect: r.DossierLink(line.ID)}, nil
	}
	d, err := s.Register.Dossier(ctx, line.ID)
	if err != nil {
		return answer{}, err
	}
	p, err := s.dossierPage(ctx, r, d)
	if err != nil {
		return answer{}, err
	}
	return answer{name: "dossier", data: p}, r.failed
}

func (s *site) dossierPage(ctx context.Context, r *request, d contrechamp.Dossier) (*dossierPage, error) {
	name := d.Entity.In(r.Lang)
	p := &dossierPage{page: r.newPage(r.T("dossier.title", "name", name), ""), Name: name, Kind: r.T("dossier.kind." + string(d.Entity.Kind)),
		Names: namesBeside(d.Entity, name)}
	p.Description = r.T("dossier.description", "name", name)
	if l, ok := listOf(d.Entity.Kind); ok {
		p.Nav, p.List = l.path, listLink{Name: r.T("list." + l.path + ".title"), Link: r.Link("/" + l.path)}
	}
	_, others, err := s.Register.Resolve(ctx, d.Entity.Name)
	if err != nil && failureOf(err).kind != "not_found" {
		return nil, err
	}
	p.Homonyms = r.entityLines(slices.DeleteFunc(others, func(l contrechamp.EntityLine) bool { return l.ID == d.Entity.ID || l.Claims == 0 }))

	for _, w := range d.Withheld {
		p.Withheld = append(p.Withheld, r.withheldNote(w))
	}
	refs := map[contrechamp.Digest]int{}
	for i, doc := range d.Documents {
		refs[doc.Digest] = i + 1
		source := r.source(doc, i+1)
		source.Gone = r.absents(d.Absences[doc.Digest])
		p.Sources = append(p.Sources, source)
	}
	disputed := map[string]string{} // claim -> disagreement
	for _, x := range d.Disagreements {
		p.Disputes = append(p.Disputes, r.Dispute(x, refs))
		for _, side := range x.Sides {
			for _, c := range side.Claims {
				disputed[c.ID] = x.ID
			}
		}
	}
	lines := func(claims []contrechamp.Sourced) []claimLine {
		out := r.Lines(claims)
		for i, c := range claims {
			out[i].Ref, out[i].Disputed = refs[c.Document], disputed[c.ID]
		}
		return out
	}
	for _, g := range d.Groups {
		p.Groups = append(p.Groups, r.group(r.groupTitle("group", g.Predicate, d.Entity.Kind), "g-"+string(g.Predicate), lines(g.Claims)))
	}
	for _, predicate := range contrechamp.Predicates() {
		var claims []contrechamp.Sourced
		for _, c := range d.Elsewhere {
			if c.Predicate == predicate {
				claims = append(claims, c)
			}
		}
		if len(claims) > 0 {
			g := r.group(r.groupTitle("elsewhere", predicate, d.Entity.Kind), "e-"+string(predicate), lines(claims))
			g.Other = true
			p.Elsewhere = append(p.Elsewhere, g)
		}
	}
	p.Nothing = len(p.Groups)+len(p.Elsewhere) == 0
	p.Facts = r.facts(d, refs)
	p.Mapped = r.mapped(d)
	p.Counts = r.dossierCounts(d)
	return p, nil
}

// groupTitle asks a group's question, in the form for that kind of subject where there is one.
func (r *request) groupTitle(family string, p contrechamp.Predicate, k contrechamp.EntityKind) string {
	key := family + "." + string(p)
	if own := key + "." + string(k); r.Has(own) {
		return r.T(own)
	}
	if r.Has(key) {
		return r.T(key)
	}
	return r.Upper(r.T("predicate." + string(p)))
}

func (r *request) group(title, id string, lines []claimLine) group {
	g := group{ID: id, Title: title, Open: lines, Count: r.N("count.claims", len(lines))}
	accepted, rejected := 0, 0
	for _, l := range lines {
		switch {
		case l.State == contrechamp.Accepted:
			accepted++
		case l.Gone():
			rejected++
		}
	}
	if accepted > 0 {
		g.Count += ", " + r.N("count.accepted", accepted)
	}
	if rejected > 0 {
		g.Count += ", " + r.N("count.rejected", rejected)
	}
	if len(lines) > openClaims {
		g.Open, g.More = lines[:openClaims], lines[openClaims:]
		g.Rest = r.N("dossier.unfold", len(g.More))
	}
	return g
}

func (r *request) source(d contrechamp.Document, n int) source {
	out := source{voice: r.voice, ID: sourceID(n), Title: d.Label(), Link: r.DocumentLink(d.Digest, ""), Lang: languageTag(d.Language),
		Date: r.Date(d.Published), DateISO: d.Published.String(), Captured: r.Day(d.CapturedAt)}
	if d.Title != "" {
		out.Publisher = d.Source()
	}
	return out
}

// namesBeside returns the names that an entity has beside the one shown.
func namesBeside(e contrechamp.Entity, shown string) []otherName {
	var out []otherName
	seen := map[string]bool{strings.ToLower(shown): true}
	for _, n := range append([]contrechamp.Name{{Text: e.Name}}, e.Names...) {
		if k := strings.ToLower(n.Text); !seen[k] && len(out) < otherNames {
			seen[k] = true
			out = append(out, otherName{n.Text, languageTag(n.Language)})
		}
	}
	return out
}

// dossierCounts says how much there is, and how much of it a person has read again.
func (r *request) dossierCounts(d contrechamp.Dossier) []string {
	claims, accepted := 0, 0
	count := func(list []contrechamp.Sourced) {
		for _, c := range list {
			claims++
			if c.State == contrechamp.Accepted {
				accepted++
			}
		}
	}
	for _, g := range d.Groups {
		count(g.Claims)
	}
	count(d.Elsewhere)
	if claims == 0 {
		return nil
	}
	reviewed := r.T("count.none_accepted")
	if accepted > 0 {
		reviewed = r.N("count.accepted", accepted)
	}
	documents := r.N("count.documents", len(d.Documents))
	if n := d.Sources(); n < len(d.Documents) {
		documents += " " + r.N("count.sources", n)
	}
	return []string{r.N("count.claims", claims) + ", " + reviewed, documents,
		r.T("dossier.changed", "day", r.Day(d.LastChange))}
}
