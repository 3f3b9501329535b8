package claim

import (
	"slices"
	"sort"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// findSubject decides what the whole document is about: a place, scored by where and how often it is named, or a
// company. Wrong here is wrong everywhere, so several cues add up.
func (d *subjectDoc) findSubject() {
	score := map[string]float64{}
	byID := map[string]*contrechamp.Entity{}
	companies := map[string]float64{}
	companyOf := map[string]*contrechamp.Entity{}
	bodies, devices := 0.0, 0.0
	national := map[*contrechamp.Entity]float64{}
	body := 0 // paragraphs of the body seen
	spoken, surveils := false, false
	d.spokenFrom, d.leadTo = len(d.toks), len(d.paras)
	for i := range d.paras {
		p := &d.paras[i]
		if !p.silent && !spoken {
			d.spokenFrom = p.first
		}
		spoken = spoken || !p.silent
		weight := 1.0
		switch {
		case p.silent && !spoken:
			weight = 2 // a masthead, a dateline
		case p.silent && body == 0:
			weight = 1 // a line of dates and credits between the title and the text
		case p.silent:
			weight = 0.2 // what else the page offers
		case p.role == contrechamp.RoleTitle:
			weight = 4
		case i == 0:
			weight = 2 // a masthead, often
		case p.role == contrechamp.RoleHeading:
			weight = 2
		default:
			if body++; body <= 2 {
				weight = 2
				d.leadTo = i
			}
		}
		for _, m := range d.byPara[i] {
			switch {
			case m.kinds&kPLC != 0 && m.entity != nil:
				d.scorePlace(p, m, weight, score, byID)
			case m.within != nil && m.within.entity != nil:
				if m.kinds&(kPOL|kAUT) != 0 {
					f := 1.5
					if m.kinds&kAUT != 0 {
						f = 0.2
					} else if d.any(m.first, m.end, p.g.known.venue) >= 0 {
						f = 0.4 // a university studies what others do elsewhere
					} else if isRegionID(m.within.entity.ID) && d.any(m.first, m.end, p.g.known.police) < 0 {
						f = 0.3 // a prefecture acts for its towns
					}
					score[m.within.entity.ID] += weight * f
					byID[m.within.entity.ID] = m.within.entity
				} else if m.kinds&kORG != 0 && (p.silent && !spoken || p.role == contrechamp.RoleTitle) {
					score[m.within.entity.ID] += weight // a hospital's or a club's letterhead
					byID[m.within.entity.ID] = m.within.entity
				}
			case m.kinds&kDEM != 0 && m.entity != nil:
				f := 0.1 // "le logiciel israélien" is in no Israel
				if !d.e.isCountry(m.entity) {
					f = 0.8 // "les élus rouennais" are in Rouen
				}
				score[m.entity.ID] += weight * f
				byID[m.entity.ID] = m.entity
			}
			switch {
			case m.kinds&kCO != 0 && m.entity != nil:
				companies[m.entity.ID] += weight
				companyOf[m.entity.ID] = m.entity
			case m.kinds&kAUT != 0 && m.entity != nil && m.entity.Source == "lexicon" && m.within == nil:
				if c := d.e.country(m.entity.Country); c != nil && !p.silent {
					c = d.keep(c) // a national authority speaks of its country
					score[c.ID] += weight * 0.4
					byID[c.ID] = c
				}
			case m.kinds&kPOL != 0:
				bodies += weight
				if m.entity != nil && m.within == nil && !m.generic && m.entity.Country != "" {
					if c := d.placeOf(m); c != nil {
						if d.e.isCountry(c) {
							national[c] += weight * 0.8
						} else {
							score[c.ID] += weight * 0.8
							byID[c.ID] = c
						}
					}
				}
			case m.kinds&kDEV != 0:
				devices++
			}
			surveils = surveils || m.kinds&(kDEV|kCAP|kPRG) != 0
		}
	}
	d.scoreNational(national, score, byID)
	for id := range byID {
		d.places[id] = true
	}
	best := d.bestPlace(score, byID)
	if best == nil || score[best.ID] < 1 {
		if e := d.likeliestDoubtful(); e != nil {
			best = e
		} else if best != nil && score[best.ID] < 0.5 {
			best = nil
		}
	}
	var list []candidate
	if surveils { // else hardly anything is claimed, whatever the text is about
		list = d.candidates(score, best)
	}
	switch top := d.chooseMain(list); {
	case top == nil && slices.ContainsFunc(list, func(c candidate) bool { return c.entity == best && c.seats == c.times }):
		best = nil // somebody sits there, and that is all
	case top != nil && d.townInstead(list, top, best):
		d.townForCountry = true
	case top != nil:
		best = d.entityOf(top)
	}
	d.findLikely(list)
	if best != nil {
		d.main.entity = best
		d.national = d.e.isCountry(best)
	}
	d.mainOdds = d.oddsOfMain()
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
		d.company = company
	}
}

// townIn reports whether a place is a town of a country: what is deployed stands in a town, where the scores say so.
func (d *subjectDoc) townIn(e, country *contrechamp.Entity) bool {
	return e != nil && country != nil && d.e.isCountry(country) && !d.e.isCountry(e) && !isRegionID(e.ID) && e.Country == country.Country
}

// findRunner decides whether the text is about what one body runs that is no town's: a railway, an airport, a chain of
// shops. Its name stands beside the place's, since the deployment is known by it.
func (d *subjectDoc) findRunner() {
	count := map[*contrechamp.Entity]float64{}
	best := 0.0
	for i := range d.paras {
		weight := 1.0
		if d.paras[i].role == contrechamp.RoleTitle {
			weight = 2
		}
		for _, m := range d.byPara[i] {
			if m.kinds&kPOL != 0 && m.entity != nil && !m.generic && m.within == nil && m.entity.Source == "lexicon" {
				count[m.entity] += weight
			}
		}
	}
	const often = 2
	for e, n := range count {
		if n >= often && (n > best || n == best && e.ID < d.runner.ID) {
			d.runner, best = e, n
		}
	}
}

// findProduct decides whether the text is about a product: its title names it, it is named again and again, and hardly
// anybody runs it in the text.
func (d *subjectDoc) findProduct(placeScore, bodies float64) {
	count := map[*contrechamp.Entity]float64{}
	titled := map[*contrechamp.Entity]bool{}
	for i := range d.paras {
		for _, m := range d.byPara[i] {
			if m.kinds&kPRD != 0 && m.entity != nil && m.entity.Kind == contrechamp.KindProduct {
				count[m.entity]++
				titled[m.entity] = titled[m.entity] || d.paras[i].role == contrechamp.RoleTitle
			}
		}
	}
	for e, n := range count {
		if t := d.titledProduct; titled[e] && n >= 2 && (t == nil || n > count[t] || n == count[t] && e.ID < t.ID) {
			d.titledProduct = e
		}
		if n >= 3 && titled[e] && n > 0.5*placeScore+bodies && (d.product == nil || n > count[d.product] || n == count[d.product] && e.ID < d.product.ID) {
			d.product = e
		}
	}
}

func (d *subjectDoc) scorePlace(p *paragraph, m *mention, weight float64, score map[string]float64, byID map[string]*contrechamp.Entity) {
	k := &p.g.known
	f := 1.0
	if d.bracketed(m) && m.first > p.first+1 && d.placeBefore(p, m.first-1) {
		d.containers[m.entity.ID] = true
	}
	switch {
	case d.e.isArea(m.entity):
		return
	case d.ofFirm(p, m), d.seats(p, m.first, m.end, false):
		f = 0.15
	case d.dateline(p, m):
		f = 1 // a local paper's dateline is where its story is, an agency's is where its writer sat
	case d.bracketed(m) || m.weak:
		f = 0.15
	case d.in(m.first-1, k.locative) || d.in(m.first-1, k.of) && d.any(m.first-6, m.first-1, k.locative) >= 0:
		f = 1.2
		for t := m.first; t > p.first && t > m.first-8; t-- {
			if d.any(t, t+1, k.unplace) >= 0 {
				f = 0.3
			}
		}
		list := d.byPara[d.paraOf(m.first)]
		near := sort.Search(len(list), func(i int) bool { return list[i].first > m.first-12 })
		for _, n := range list[near:] {
			d.steps++
			if n.first >= m.first+8 {
				break
			}
			if n.kinds&(kDEV|kCAP) != 0 && n.first > m.first-12 && n.first < m.first+8 {
				f = 1.6
				d.beside[m.entity.ID] = true
			}
		}
	}
	score[m.entity.ID] += weight * f
	byID[m.entity.ID] = m.entity
}

// placeBefore reports whether a place ends at token t.
func (d *subjectDoc) placeBefore(p *paragraph, t int) bool {
	list := d.byPara[d.paraOf(t)]
	i := sort.Search(len(list), func(i int) bool { return list[i].end >= t })
	return i < len(list) && list[i].end == t && (list[i].kinds&kPLC != 0 || list[i].within != nil)
}

// seats reports whether a place behind a preposition at token t-1 only says where the firm or person before it sits: "Optivue,
// of Leeds, ...", "Optivue, à Orbe,". end is the token behind the place; authorities as in seatOf.
func (d *subjectDoc) seats(p *paragraph, t, end int, authorities bool) bool {
	k := &p.g.known
	if d.seatOf(p, t, authorities) {
		return true
	}
	if t-3 < p.first || d.fold[t-2] != "," || !d.toks[t-3].Upper || !d.in(t-1, k.of) && !d.in(t-1, k.locative) {
		return false
	}
	if end < p.end && d.toks[end].Kind != word.Punct {
		return false
	}
	list := d.byPara[d.paraOf(t)]
	i := sort.Search(len(list), func(i int) bool { return list[i].end >= t-2 })
	if i < len(list) && list[i].first < t-2 {
		return list[i].end == t-2 && list[i].kinds&(kCO|kNAME|kPRD|kPER) != 0 && list[i].kinds&(kPLC|kPOL) == 0
	}
	return !d.in(t-1, k.locative) && d.capital(p, t-3) // a name that only opens its sentence
}

// seatOf reports whether the place at token t only says whose the name right before it is: "Optivue aus Regensburg", "la société Two-I, de
// Metz". "Optivue cameras of Leeds" are there. With authorities, theirs too: "the authority in Vienna".
func (d *subjectDoc) seatOf(p *paragraph, t int, authorities bool) bool {
	k := &p.g.known
	if t-2 < p.first {
		return false
	}
	of := d.in(t-1, k.of) || d.in(t-1, k.unplace)
	if !of && !d.in(t-1, k.locative) {
		return false
	}
	list := d.byPara[d.paraOf(t)]
	i := sort.Search(len(list), func(i int) bool { return list[i].end >= t-1 })
	if i == len(list) || list[i].end != t-1 {
		return false
	}
	m := list[i]
	switch {
	case m.kinds&(kPLC|kPOL) != 0 || m.within != nil:
		return false
	case m.kinds&kAUT != 0:
		return authorities
	case m.kinds&kCO != 0:
		return of && (i == 0 || list[i-1].end != m.first || list[i-1].kinds&(kDEV|kCAP) == 0)
	}
	return authorities && of && m.kinds&kORG != 0 && m.entity != nil && m.entity.Source == "lexicon"
}

// ofFirm reports whether a place only says where a firm comes from: "une PME du Maine-et-Loire".
func (d *subjectDoc) ofFirm(p *paragraph, m *mention) bool {
	k := &p.g.known
	t := m.first - 1
	for t >= p.first && t > m.first-3 && (d.in(t, k.of) || d.in(t, k.article)) {
		t--
	}
	return t < m.first-1 && t >= p.first && d.in(t, k.firm)
}

// bestPlace prefers a town to its country from a third of the country's score: what is deployed stands in a town.
func (d *subjectDoc) bestPlace(score map[string]float64, byID map[string]*contrechamp.Entity) *contrechamp.Entity {
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
		if !d.e.isCountry(e) && better(e, town) {
			town = e
		}
	}
	var earlier *contrechamp.Entity
	for _, e := range byID {
		// of two towns that the text speaks of about as much, it is about the one that it names first; and a site, or a name that may be
		// no place, gives way to a town of the lexicon that the text names before it
		if e == top || first[e.ID] >= first[top.ID] || d.e.isCountry(e) || isRegionID(e.ID) || d.e.isCountry(top) || isRegionID(top.ID) {
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
	if top != nil && town != nil && top != town && d.e.isCountry(top) && top.Country == town.Country && score[town.ID] >= townShare*score[top.ID] {
		return town
	}
	// a region gives way to its town as a country does
	if top != nil && isRegionID(top.ID) {
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
func (d *subjectDoc) firstNamed(byID map[string]*contrechamp.Entity) map[string]int {
	out := map[string]int{}
	note := func(e *contrechamp.Entity, at int) {
		if e == nil || byID[e.ID] == nil {
			return
		}
		if _, ok := out[e.ID]; !ok {
			out[e.ID] = at
		}
	}
	for _, m := range d.mentions {
		note(m.entity, m.first)
		if m.within != nil {
			note(m.within.entity, m.first)
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
func (d *subjectDoc) likeliestDoubtful() *contrechamp.Entity {
	count := map[string]int{}
	var best *contrechamp.Entity
	for _, e := range d.doubtful {
		count[e.ID]++
		if best == nil || count[e.ID] > count[best.ID] {
			best = e
		}
	}
	if best == nil {
		return nil
	}
	return d.keep(best)
}

// dateline reports whether a place opens its paragraph in capitals.
func (d *subjectDoc) dateline(p *paragraph, m *mention) bool {
	return p.role == contrechamp.RoleBody && m.first <= p.first+1 && allCapitals(d.words(m.first, m.end))
}
