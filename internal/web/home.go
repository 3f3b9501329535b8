package web

import (
	"context"
	"slices"

	"contrechamp.org/contrechamp"
)

// How much the first page shows.
const (
	homeClaims      = 60 // are asked for, to have the latest documents
	homeDocuments   = 6
	claimsPerLatest = 3
	homeEntities    = 14
	homeDisputes    = 5
)

type homePage struct {
	page
	Figures   contrechamp.Figures
	Empty     bool
	Featured  *dispute // the newest disagreement, shown whole
	Disputes  []dispute
	Latest    []latest
	Places    []entityLine
	Companies []entityLine
}

// Tries are dossiers to begin with: those with most claims.
func (p *homePage) Tries() []entityLine {
	return slices.Concat(p.Places[:min(len(p.Places), 2)], p.Companies[:min(len(p.Companies), 2)])
}

// latest is a document that claims came from.
type latest struct {
	*voice
	Title, Link   string
	TitleLang     string
	Source        string
	Date, DateISO string
	Lines         []claimLine
	More          string
}

func (s *site) showHome(ctx context.Context, r *request) (answer, error) {
	known, err := s.Register.Home(ctx, homeClaims)
	if err != nil {
		return answer{}, err
	}
	p := homePage{page: r.newPage("", "home"), Figures: known.Figures, Empty: known.Figures.Documents == 0}
	p.OwnFind = true
	for i, d := range known.Disagreements[:min(len(known.Disagreements), homeDisputes)] {
		told := r.Dispute(d, nil)
		told.Named = true
		if i == 0 {
			p.Featured = &told
			for i := range told.Sides {
				told.Sides[i].Lines = told.Sides[i].Lines[:1] // one quote a side: the dossier has them all
				told.Sides[i].More = ""
			}
			continue
		}
		p.Disputes = append(p.Disputes, told)
	}
	p.Latest = r.latest(known.Latest)
	p.Places = r.entityLines(known.Places[:min(len(known.Places), homeEntities)])
	p.Companies = r.entityLines(known.Companies[:min(len(known.Companies), homeEntities)])
	return answer{name: "home", data: &p}, r.failed
}

// latest gathers claims by document, in their order.
func (r *request) latest(claims []contrechamp.Sourced) []latest {
	var all []latest
	var digests []contrechamp.Digest
	counts := map[contrechamp.Digest]int{}
	for _, c := range claims {
		i := slices.Index(digests, c.Document)
		if i < 0 {
			if len(digests) == homeDocuments {
				continue
			}
			i = len(digests)
			digests = append(digests, c.Document)
			d := c.Source
			l := latest{voice: r.voice, Title: d.Label(), TitleLang: languageTag(d.Language), Link: r.DocumentLink(d.Digest, ""),
				Date: r.Date(d.Published), DateISO: d.Published.String()}
			if d.Title != "" {
				l.Source = d.Source()
			}
			all = append(all, l)
		}
		counts[c.Document]++
		if len(all[i].Lines) < claimsPerLatest {
			all[i].Lines = append(all[i].Lines, r.Line(c))
		}
		all[i].More = ""
		// the document's own count is whole, while claims were asked for up to a limit
		if hidden := max(c.Source.Claims, counts[c.Document]) - len(all[i].Lines); hidden > 0 {
			all[i].More = r.N("home.more_claims", hidden)
		}
	}
	return all
}
