package subject

import (
	"slices"
	"sort"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// FindSubject decides what the whole document is about: a place, scored by where and how often it is named, or a
// company. Wrong here is wrong everywhere, so several cues add up.
func (d *Doc) FindSubject() {
	score := map[string]float64{}
	byID := map[string]*contrechamp.Entity{}
	companies := map[string]float64{}
	companyOf := map[string]*contrechamp.Entity{}
	bodies, devices := 0.0, 0.0
	national := map[*contrechamp.Entity]float64{}
	body := 0 // paragraphs of the body seen
	spoken, surveils := false, false
	d.spokenFrom, d.leadTo = len(d.Tokens), len(d.Paragraphs)
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if !p.Silent && !spoken {
			d.spokenFrom = p.First
		}
		spoken = spoken || !p.Silent
		weight := 1.0
		switch {
		case p.Silent && !spoken:
			weight = 2 // a masthead, a dateline
		case p.Silent && body == 0:
			weight = 1 // a line of dates and credits between the title and the text
		case p.Silent:
			weight = 0.2 // what else the page offers
		case p.Role == contrechamp.RoleTitle:
			weight = 4
		case i == 0:
			weight = 2 // a masthead, often
		case p.Role == contrechamp.RoleHeading:
			weight = 2
		default:
			if body++; body <= 2 {
				weight = 2
				d.leadTo = i
			}
		}
		for _, m := range d.ByPara[i] {
			switch {
			case m.Kinds&grammar.PLC != 0 && m.Entity != nil:
				d.scorePlace(p, m, weight, score, byID)
			case m.Within != nil && m.Within.Entity != nil:
				if m.Kinds&(grammar.POL|grammar.AUT) != 0 {
					f := 1.5
					if m.Kinds&grammar.AUT != 0 {
						f = 0.2
					} else if d.Any(m.First, m.End, p.Grammar.Known.Venue) >= 0 {
						f = 0.4 // a university studies what others do elsewhere
					} else if naming.IsRegionID(m.Within.Entity.ID) && d.Any(m.First, m.End, p.Grammar.Known.Police) < 0 {
						f = 0.3 // a prefecture acts for its towns
					}
					score[m.Within.Entity.ID] += weight * f
					byID[m.Within.Entity.ID] = m.Within.Entity
				} else if m.Kinds&grammar.ORG != 0 && (p.Silent && !spoken || p.Role == contrechamp.RoleTitle) {
					score[m.Within.Entity.ID] += weight // a hospital's or a club's letterhead
					byID[m.Within.Entity.ID] = m.Within.Entity
				}
			case m.Kinds&grammar.DEM != 0 && m.Entity != nil:
				f := 0.1 // "le logiciel israélien" is in no Israel
				if !d.Knows.IsCountry(m.Entity) {
					f = 0.8 // "les élus rouennais" are in Rouen
				}
				score[m.Entity.ID] += weight * f
				byID[m.Entity.ID] = m.Entity
			}
			switch {
			case m.Kinds&grammar.CO != 0 && m.Entity != nil:
				companies[m.Entity.ID] += weight
				companyOf[m.Entity.ID] = m.Entity
			case m.Kinds&grammar.AUT != 0 && m.Entity != nil && m.Entity.Source == "lexicon" && m.Within == nil:
				if c := d.Knows.Country(m.Entity.Country); c != nil && !p.Silent {
					c = d.Keep(c) // a national authority speaks of its country
					score[c.ID] += weight * 0.4
					byID[c.ID] = c
				}
			case m.Kinds&grammar.POL != 0:
				bodies += weight
				if m.Entity != nil && m.Within == nil && !m.Generic && m.Entity.Country != "" {
					if c := d.PlaceOf(m); c != nil {
						if d.Knows.IsCountry(c) {
							national[c] += weight * 0.8
						} else {
							score[c.ID] += weight * 0.8
							byID[c.ID] = c
						}
					}
				}
			case m.Kinds&grammar.DEV != 0:
				devices++
			}
			surveils = surveils || m.Kinds&(grammar.DEV|grammar.CAP|grammar.PRG) != 0
		}
	}
	d.ScoreNational(national, score, byID)
	for id := range byID {
		d.Places[id] = true
	}
	best := d.bestPlace(score, byID)
	if best == nil || score[best.ID] < 1 {
		if e := d.likeliestDoubtful(); e != nil {
			best = e
		} else if best != nil && score[best.ID] < 0.5 {
			best = nil
		}
	}
	var list []Candidate
	if surveils { // else hardly anything is claimed, whatever the text is about
		list = d.candidates(score, best)
	}
	switch top := d.chooseMain(list); {
	case top == nil && slices.ContainsFunc(list, func(c Candidate) bool { return c.entity == best && c.seats == c.times }):
		best = nil // somebody sits there, and that is all
	case top != nil && d.townInstead(list, top, best):
		d.townForCountry = true
	case top != nil:
		best = d.entityOf(top)
	}
	d.findLikely(list)
	if best != nil {
		d.Main.Entity = best
		d.national = d.Knows.IsCountry(best)
	}
	d.MainOdds = d.oddsOfMain()
	var company *contrechamp.Entity
	for id, s := range companies {
		if company == nil || s > companies[company.ID] || s == companies[company.ID] && id < company.ID {
			company = companyOf[id]
		}
	}
	placeScore := 0.0
	if best != nil {
		placeScore = score[best.ID]
	}
	d.findProduct(placeScore, bodies)
	d.findRunner()
	d.findAlongside(list)
	// a document on a company: its name weighs more than any place, and hardly anybody runs devices in it
	if company != nil && companies[company.ID] >= 6 && companies[company.ID] > 1.2*placeScore+0.5*bodies+0.4*devices {
		d.Company = company
	}
}

// townIn reports whether a place is a town of a country: what is deployed stands in a town, where the scores say so.
func (d *Doc) townIn(e, country *contrechamp.Entity) bool {
	return e != nil && country != nil && d.Knows.IsCountry(country) && !d.Knows.IsCountry(e) && !naming.IsRegionID(e.ID) && e.Country == country.Country
}

// findRunner decides whether the text is about what one body runs that is no town's: a railway, an airport, a chain of
// shops. Its name stands beside the place's, since the deployment is known by it.
func (d *Doc) findRunner() {
	count := map[*contrechamp.Entity]float64{}
	best := 0.0
	for i := range d.Paragraphs {
		weight := 1.0
		if d.Paragraphs[i].Role == contrechamp.RoleTitle {
			weight = 2
		}
		for _, m := range d.ByPara[i] {
			if m.Kinds&grammar.POL != 0 && m.Entity != nil && !m.Generic && m.Within == nil && m.Entity.Source == "lexicon" {
				count[m.Entity] += weight
			}
		}
	}
	const often = 2
	for e, n := range count {
		if n >= often && (n > best || n == best && e.ID < d.Runner.ID) {
			d.Runner, best = e, n
		}
	}
}

// findProduct decides whether the text is about a product: its title names it, it is named again and again, and hardly
// anybody runs it in the text.
func (d *Doc) findProduct(placeScore, bodies float64) {
	count := map[*contrechamp.Entity]float64{}
	titled := map[*contrechamp.Entity]bool{}
	for i := range d.Paragraphs {
		for _, m := range d.ByPara[i] {
			if m.Kinds&grammar.PRD != 0 && m.Entity != nil && m.Entity.Kind == contrechamp.KindProduct {
				count[m.Entity]++
				titled[m.Entity] = titled[m.Entity] || d.Paragraphs[i].Role == contrechamp.RoleTitle
			}
		}
	}
	for e, n := range count {
		if t := d.TitledProduct; titled[e] && n >= 2 && (t == nil || n > count[t] || n == count[t] && e.ID < t.ID) {
			d.TitledProduct = e
		}
		if n >= 3 && titled[e] && n > 0.5*placeScore+bodies && (d.Product == nil || n > count[d.Product] || n == count[d.Product] && e.ID < d.Product.ID) {
			d.Product = e
		}
	}
}

func (d *Doc) scorePlace(p *passage.Paragraph, m *passage.Mention, weight float64, score map[string]float64, byID map[string]*contrechamp.Entity) {
	k := &p.Grammar.Known
	f := 1.0
	if d.Bracketed(m) && m.First > p.First+1 && d.placeBefore(p, m.First-1) {
		d.containers[m.Entity.ID] = true
	}
	switch {
	case d.Knows.IsArea(m.Entity):
		return
	case d.ofFirm(p, m), d.seats(p, m.First, m.End, false):
		f = 0.15
	case d.dateline(p, m):
		f = 1 // a local paper's dateline is where its story is, an agency's is where its writer sat
	case d.Bracketed(m) || m.Weak:
		f = 0.15
	case d.In(m.First-1, k.Locative) || d.In(m.First-1, k.Of) && d.Any(m.First-6, m.First-1, k.Locative) >= 0:
		f = 1.2
		for t := m.First; t > p.First && t > m.First-8; t-- {
			if d.Any(t, t+1, k.Unplace) >= 0 {
				f = 0.3
			}
		}
		list := d.ByPara[d.ParaOf(m.First)]
		near := sort.Search(len(list), func(i int) bool { return list[i].First > m.First-12 })
		for _, n := range list[near:] {
			d.Steps++
			if n.First >= m.First+8 {
				break
			}
			if n.Kinds&(grammar.DEV|grammar.CAP) != 0 && n.First > m.First-12 && n.First < m.First+8 {
				f = 1.6
				d.beside[m.Entity.ID] = true
			}
		}
	}
	score[m.Entity.ID] += weight * f
	byID[m.Entity.ID] = m.Entity
}

// placeBefore reports whether a place ends at token t.
func (d *Doc) placeBefore(p *passage.Paragraph, t int) bool {
	list := d.ByPara[d.ParaOf(t)]
	i := sort.Search(len(list), func(i int) bool { return list[i].End >= t })
	return i < len(list) && list[i].End == t && (list[i].Kinds&grammar.PLC != 0 || list[i].Within != nil)
}

// seats reports whether a place behind a preposition at token t-1 only says where the firm or person before it sits: "Optivue,
// of Leeds, ...", "Optivue, à Orbe,". end is the token behind the place; authorities as in seatOf.
func (d *Doc) seats(p *passage.Paragraph, t, end int, authorities bool) bool {
	k := &p.Grammar.Known
	if d.seatOf(p, t, authorities) {
		return true
	}
	if t-3 < p.First || d.Fold[t-2] != "," || !d.Tokens[t-3].Upper || !d.In(t-1, k.Of) && !d.In(t-1, k.Locative) {
		return false
	}
	if end < p.End && d.Tokens[end].Kind != word.Punct {
		return false
	}
	list := d.ByPara[d.ParaOf(t)]
	i := sort.Search(len(list), func(i int) bool { return list[i].End >= t-2 })
	if i < len(list) && list[i].First < t-2 {
		return list[i].End == t-2 && list[i].Kinds&(grammar.CO|grammar.NAME|grammar.PRD|grammar.PER) != 0 && list[i].Kinds&(grammar.PLC|grammar.POL) == 0
	}
	return !d.In(t-1, k.Locative) && d.Capital(p, t-3) // a name that only opens its sentence
}

// seatOf reports whether the place at token t only says whose the name right before it is: "Optivue aus Regensburg", "la société Two-I, de
// Metz". "Optivue cameras of Leeds" are there. With authorities, theirs too: "the authority in Vienna".
func (d *Doc) seatOf(p *passage.Paragraph, t int, authorities bool) bool {
	k := &p.Grammar.Known
	if t-2 < p.First {
		return false
	}
	of := d.In(t-1, k.Of) || d.In(t-1, k.Unplace)
	if !of && !d.In(t-1, k.Locative) {
		return false
	}
	list := d.ByPara[d.ParaOf(t)]
	i := sort.Search(len(list), func(i int) bool { return list[i].End >= t-1 })
	if i == len(list) || list[i].End != t-1 {
		return false
	}
	m := list[i]
	switch {
	case m.Kinds&(grammar.PLC|grammar.POL) != 0 || m.Within != nil:
		return false
	case m.Kinds&grammar.AUT != 0:
		return authorities
	case m.Kinds&grammar.CO != 0:
		return of && (i == 0 || list[i-1].End != m.First || list[i-1].Kinds&(grammar.DEV|grammar.CAP) == 0)
	}
	return authorities && of && m.Kinds&grammar.ORG != 0 && m.Entity != nil && m.Entity.Source == "lexicon"
}

// ofFirm reports whether a place only says where a firm comes from: "une PME du Maine-et-Loire".
func (d *Doc) ofFirm(p *passage.Paragraph, m *passage.Mention) bool {
	k := &p.Grammar.Known
	t := m.First - 1
	for t >= p.First && t > m.First-3 && (d.In(t, k.Of) || d.In(t, k.Article)) {
		t--
	}
	return t < m.First-1 && t >= p.First && d.In(t, k.Firm)
}

// bestPlace prefers a town to its country from a third of the country's score: what is deployed stands in a town.
func (d *Doc) bestPlace(score map[string]float64, byID map[string]*contrechamp.Entity) *contrechamp.Entity {
	townShare := 0.45
	var top, town *contrechamp.Entity
	first := d.firstNamed(byID)
	better := func(a, b *contrechamp.Entity) bool {
		return b == nil || score[a.ID] > score[b.ID] || score[a.ID] == score[b.ID] && (first[a.ID] < first[b.ID] || first[a.ID] == first[b.ID] && a.ID < b.ID)
	}
	for _, e := range byID {
		if better(e, top) {
			top = e
		}
		if !d.Knows.IsCountry(e) && better(e, town) {
			town = e
		}
	}
	var earlier *contrechamp.Entity
	for _, e := range byID {
		// of two towns that the text speaks of about as much, it is about the one that it names first; and a site, or a name that may be
		// no place, gives way to a town of the lexicon that the text names before it
		if e == top || first[e.ID] >= first[top.ID] || d.Knows.IsCountry(e) || naming.IsRegionID(e.ID) || d.Knows.IsCountry(top) || naming.IsRegionID(top.ID) {
			continue
		}
		share := float64(closeShare)
		if e.Source == "lexicon" && top.Source == "document" {
			share = siteShare
		}
		if score[e.ID] >= share*score[top.ID] && (earlier == nil || score[e.ID] > score[earlier.ID] || score[e.ID] == score[earlier.ID] && e.ID < earlier.ID) {
			earlier = e
		}
	}
	if earlier != nil {
		if town == top {
			town = earlier
		}
		top = earlier
	}
	if town != nil && d.beside[town.ID] {
		townShare = 0.2 // devices or capabilities are said to be there
	}
	if top != nil && town != nil && top != town && d.Knows.IsCountry(top) && top.Country == town.Country && score[town.ID] >= townShare*score[top.ID] {
		return town
	}
	// a region gives way to its town as a country does
	if top != nil && naming.IsRegionID(top.ID) {
		var within *contrechamp.Entity
		for _, e := range byID {
			if e.Within == top.ID && better(e, within) {
				within = e
			}
		}
		if within != nil && score[within.ID] >= regionShare*score[top.ID] {
			return within
		}
	}
	return top
}

// firstNamed returns where each place is named first.
func (d *Doc) firstNamed(byID map[string]*contrechamp.Entity) map[string]int {
	out := map[string]int{}
	note := func(e *contrechamp.Entity, at int) {
		if e == nil || byID[e.ID] == nil {
			return
		}
		if _, ok := out[e.ID]; !ok {
			out[e.ID] = at
		}
	}
	for _, m := range d.Mentions {
		note(m.Entity, m.First)
		if m.Within != nil {
			note(m.Within.Entity, m.First)
		}
	}
	return out
}

// closeShare is the share of the best place's score from which an earlier one is as likely, siteShare that of a site's.
const (
	closeShare = 0.8
	siteShare  = 0.4
)

// regionShare is the share of its region's score from which a town takes its region's place.
const regionShare = 0.8

// likeliestDoubtful is the place passed over that the text names most often, where it names no other.
func (d *Doc) likeliestDoubtful() *contrechamp.Entity {
	count := map[string]int{}
	var best *contrechamp.Entity
	for _, e := range d.Doubtful {
		count[e.ID]++
		if best == nil || count[e.ID] > count[best.ID] {
			best = e
		}
	}
	if best == nil {
		return nil
	}
	return d.Keep(best)
}

// dateline reports whether a place opens its paragraph in capitals.
func (d *Doc) dateline(p *passage.Paragraph, m *passage.Mention) bool {
	return p.Role == contrechamp.RoleBody && m.First <= p.First+1 && naming.AllCapitals(d.Words(m.First, m.End))
}
