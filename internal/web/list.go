package web

import (
	"context"

	"contrechamp.org/contrechamp"
)

// list is a list of entities of one kind.
type list struct {
	path string // also names its texts
	kind contrechamp.EntityKind
}

// lists are the lists that have a page, in the order in which pages name them.
var lists = []list{
	{"places", contrechamp.KindPlace},
	{"companies", contrechamp.KindCompany},
	{"programmes", contrechamp.KindProgramme},
	{"products", contrechamp.KindProduct},
	{"authorities", contrechamp.KindAuthority},
	{"organisations", contrechamp.KindOrganisation},
}

// listOf returns the list in which entities of a kind stand.
func listOf(k contrechamp.EntityKind) (list, bool) {
	for _, l := range lists {
		if l.kind == k {
			return l, true
		}
	}
	return list{}, false
}

// Limits of lists.
const (
	listPage = 100  // lines a page
	maxPage  = 1000 // the last page that can be asked for
)

type listPageView struct {
	page
	pager
	List   string
	Others []listLink
	Lines  []entityLine
}

// Label names the table for those who do not see it.
func (p *listPageView) Label() string { return p.Title }

type listLink struct {
	Name, Link string
	Current    bool
}

// entityLine is an entity in a list.
type entityLine struct {
	*voice
	Name, Link    string
	Kind          string // in a word
	Claims        int
	Documents     int
	Disagreements int
}

func (t *teller) entityLines(lines []contrechamp.EntityLine) []entityLine {
	out := make([]entityLine, len(lines))
	for i, l := range lines {
		out[i] = entityLine{voice: t.voice, Name: l.In(t.Lang), Link: t.DossierLink(l.ID), Kind: t.T("kind." + string(l.Kind)),
			Claims: l.Claims, Documents: l.Documents, Disagreements: l.Disagreements}
	}
	return out
}

func (s *site) showList(l list) pageFunc {
	return func(ctx context.Context, r *request) (answer, error) {
		number := max(r.number("page", 1, maxPage), 1)
		lines, err := s.Store.EntityLines(ctx, contrechamp.EntityFilter{Kind: l.kind, Offset: (number - 1) * listPage, Limit: listPage + 1})
		if err != nil {
			return answer{}, err
		}
		p := listPageView{page: r.newPage(r.T("list."+l.path+".title"), l.path), List: l.path, pager: r.pages(number, len(lines) > listPage)}
		p.Lines = r.entityLines(lines[:min(len(lines), listPage)])
		for _, other := range lists {
			p.Others = append(p.Others, listLink{r.T("list." + other.path + ".title"), r.Link("/" + other.path), other.path == l.path})
		}
		return answer{name: "list", data: &p}, nil
	}
}

type disagreementsPage struct {
	page
	Disputes []dispute
	Total    int
}

// Hidden reports whether there are more than the page shows.
func (p *disagreementsPage) Hidden() bool { return p.Total > len(p.Disputes) }

// maxDisputes is how many disagreements one page shows.
const maxDisputes = 50

func (s *site) showDisagreements(ctx context.Context, r *request) (answer, error) {
	found, err := s.Register.Disagreements(ctx, "", maxDisputes)
	if err != nil {
		return answer{}, err
	}
	figures, err := s.Store.Figures(ctx)
	if err != nil {
		return answer{}, err
	}
	p := disagreementsPage{page: r.newPage(r.T("disagreements.title"), "disagreements"), Disputes: r.Disputes(found), Total: figures.Disagreements}
	for i := range p.Disputes {
		p.Disputes[i].Level = 2
	}
	return answer{name: "disagreements", data: &p}, r.failed
}
