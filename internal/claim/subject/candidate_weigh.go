package subject

import (
	"math"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
)

// What has been counted of the candidates becomes features here: how often and where each is named beside the others, what the gazetteer knows of
// it, and which devices the text names behind it.

// weighCandidates turns counts into features.
func (d *Doc) weighCandidates(list []Candidate, score map[string]float64, best *contrechamp.Entity) {
	most, within, equipped := 0, map[string]int{}, map[string]bool{}
	all, placed, byCountry := 0, 0, map[string]int{}
	firstAt, firstSpoken := -1, -1
	for i := range list {
		c := &list[i]
		most = max(most, c.times)
		all += c.times
		if c.entity != nil && c.entity.Kind == contrechamp.KindPlace && c.entity.Country != "" {
			placed += c.times
			byCountry[c.entity.Country] += c.times
		}
		if c.demonym < c.times && (c.kind == isTown || c.kind == isSite || c.kind == isRegion || c.kind == isCountry || c.kind == isName && d.Placehood(&d.Runs[c.run]) > mayBePlace) {
			if firstAt < 0 || c.first < list[firstAt].first {
				firstAt = i
			}
			if c.spoken > 0 && (firstSpoken < 0 || c.spoken < list[firstSpoken].spoken) {
				firstSpoken = i
			}
		}
		if c.entity != nil && c.kind == isTown {
			within[c.entity.Within] += c.times
			if c.entity.Country != "" {
				within[d.Knows.CountryID(c.entity)] += c.times
			}
			if d.beside[c.entity.ID] {
				equipped[c.entity.Within], equipped[d.Knows.CountryID(c.entity)] = true, true
			}
		}
	}
	of := d.FindMatters()
	for i := range list {
		c := &list[i]
		v := &c.values
		v[c.kind] = 1
		of.weigh(c)
		v[timesNamed] = math.Log2(1 + float64(c.times))
		for _, f := range [...]mainFeature{behindLocative, behindOf, devicesInSentence} {
			v[f] = math.Log2(1 + v[f])
		}
		has := func(f mainFeature, ok bool) {
			if ok {
				v[f] = 1
			}
		}
		v[zonesNamed] = v[inMasthead] + v[inTitle] + v[inHeading] + v[inLead] + c.rest
		has(firstPlace, i == firstAt)
		has(firstInText, i == firstSpoken)
		has(mostNamed, c.times == most)
		has(namedOnce, c.times == 1)
		has(nationalityOnly, c.demonym > 0 && c.demonym == c.times)
		has(bracketedOnly, c.outside == 0 && c.demonym == 0)
		has(datelineOnly, c.line > 0 && c.line == c.times)
		has(furnitureOnly, c.body == 0 && c.demonym == 0 && v[inTitle]+v[inHeading] == 0)
		if e := c.entity; e != nil {
			v[scored] = math.Log2(1 + score[e.ID])
			has(besideDevices, d.beside[e.ID])
			has(aroundAnother, within[e.ID] > 0)
			has(aroundEquipped, equipped[e.ID])
			v[townsNamed] = min(1, float64(within[e.ID])/float64(c.times))
			has(withinAnother, c.kind == isTown && (score[e.Within] > 0 || score[d.Knows.CountryID(e)] > 0))
		}
		if d.townIn(best, c.entity) {
			v[aroundBest], v[aroundBestNational], v[aroundBestLocal] = 1, of.Whole[OfCountry]+of.head[OfCountry], of.Whole[OfTown]+of.head[OfTown]
		}
		d.weighPlace(c, placed, byCountry)
		n := float64(max(1, c.times))
		for _, f := range [...]mainFeature{inCourtsName, besideCapitals, hyphenBehind, inQuotes, opensSentence} {
			v[f] /= n
		}
		v[shareOfNames], v[shareOfMost] = float64(c.times)/float64(all), float64(c.times)/float64(most)
		v[paragraphsNaming], v[shareOfParagraphs] = math.Log2(1+float64(c.paras)), float64(c.paras)/float64(len(d.Paragraphs))
		v[firstNamedAt], v[lastNamedAt] = float64(c.first)/float64(len(d.Tokens)), float64(c.last)/float64(len(d.Tokens))
		has(namedAtTheEnd, c.para >= len(d.Paragraphs)-2)
		has(letterheadBody, (c.kind == isBody || c.kind == isAuthority) && v[inTitle]+v[inMasthead] > 0)
		has(firstChoice, best != nil && (c.entity == best || c.kind == isName && d.names(&d.Runs[c.run], best)))
		if c.kind == isName {
			r := &d.Runs[c.run]
			d.Know(r)
			v[placeLike] = d.Placehood(r)
		}
		if c.run >= 0 {
			r := &d.Runs[c.run]
			if c.kind == isTown {
				v[townLike] = d.Placehood(r)
			}
			for q := naming.Cue(0); q < naming.CueCount; q++ {
				if r.Cues.Has(q) && q != naming.CuePlace && q != naming.CueOther {
					v[cuesFrom+int(q)] = 1
				}
			}
		}
	}
}

// weighPlace notes what the gazetteer tells of a town, and how many of the other places lie in its country.
func (d *Doc) weighPlace(c *Candidate, placed int, byCountry map[string]int) {
	e := c.entity
	if e == nil || e.Kind != contrechamp.KindPlace || e.Source != "lexicon" {
		return
	}
	v := &c.values
	if c.kind == isTown {
		people := d.LexicalOf(e).People
		v[population] = math.Log10(1+float64(people)) / 3
		if people < 20_000 {
			v[smallPlace] = 1
		} else if people > 300_000 {
			v[largePlace] = 1
		}
	}
	if e.Country != "" && placed > c.times {
		if same := byCountry[e.Country] - c.times; same > 0 {
			v[countryShare] = float64(same) / float64(placed-c.times)
		} else {
			v[aloneOfCountry] = 1
		}
	}
}

// devicesByCandidate shares the devices, capabilities and sums of a text out: each is the place's, or the body's, named last before it.
func (d *Doc) devicesByCandidate(list []Candidate) {
	slices.SortFunc(d.standings, func(a, b standing) int { return int(a.first) - int(b.first) })
	next, sent, last, lastSent, all := 0, 0, -1, -1, 0.0
	for _, m := range d.Mentions {
		for ; next < len(d.standings) && int(d.standings[next].first) <= m.First; next++ {
			if list[d.standings[next].candidate].kind.main() {
				for sent < len(d.Sentences) && d.Sentences[sent].End <= int(d.standings[next].first) {
					sent++
				}
				last, lastSent = int(d.standings[next].candidate), sent
			}
		}
		if m.Kinds&(grammar.DEV|grammar.CAP|grammar.MON) == 0 || d.Paragraphs[d.ParaOf(m.First)].Silent {
			continue
		}
		all++
		if last < 0 {
			continue
		}
		v := &list[last].values
		v[devicesBehind]++
		v[anyDevicesBehind] = 1
		for sent < len(d.Sentences) && d.Sentences[sent].End <= m.First {
			sent++
		}
		if sent == lastSent {
			v[devicesBesideIt]++
		}
	}
	if all == 0 {
		return
	}
	for i := range list {
		list[i].values[devicesBehind] /= all
		list[i].values[devicesBesideIt] /= all
	}
}
