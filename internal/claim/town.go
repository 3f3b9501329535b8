package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// town is a place that no gazetteer has, known by what the text calls it.
type town struct {
	entity *contrechamp.Entity
	words  []string // folded
}

// findTowns finds the places that only this text tells of: "la ville de X", "maire de X", "the town of X", "X Borough
// Council", "X Police" where something also stands in X. Gazetteers end somewhere, and small towns are where the
// register is needed most. What the lexicon knows by that name is left to the lexicon.
func (d *namingDoc) findTowns() {
	d.collectPlaced()
	d.findRunPlaces()
	placed := d.placed
	for i := range d.paras {
		p := &d.paras[i]
		k := &p.g.known
		if d.steps++; !p.set.meets(&k.townSet) {
			continue
		}
		for t := p.first; t < p.end; t++ {
			d.steps++
			if !d.sets[t].meets(&k.townSet) {
				continue
			}
			if n := max(d.is(t, k.town), d.is(t, k.police)); n > 0 {
				d.townBehind(p, t+n)
				// "X City" may be anything, "Safe City" for one
				if p.g.adjectiveBefore && d.toks[t].Upper && (d.in(t, k.council) || d.in(t, k.police)) {
					d.townBefore(p, t, d.in(t, k.police), placed)
				}
			} else if n := d.is(t, k.townHead); n > 0 {
				d.townBehind(p, t+n)
			}
			// "À Thonon, ...": at the head of a sentence, something is said to be there
			if (t == p.first || d.fullStop[t-1]) && d.in(t, k.atTown) && t+2 < p.end && d.capital(p, t+1) {
				if end := d.townEnd(p, t+1); end < p.end && d.fold[end] == "," {
					d.town(p, t+1, end)
				}
			}
		}
	}
}

// townBehind takes the name in "ville de X", "mayor of X"; t is the token behind the head.
func (d *namingDoc) townBehind(p *paragraph, t int) {
	if p.g.placeBehind && t < p.end && d.capital(p, t) && d.toks[t].Start == d.toks[t-1].End+1 {
		d.town(p, t, d.townEnd(p, t)) // "Stadt X"
		return
	}
	if t+1 >= p.end || !d.in(t, p.g.known.of) || !d.capital(p, t+1) {
		return
	}
	if len(p.g.bodyJoin) > 0 && !slices.Contains(p.g.bodyJoin, d.fold[t]) {
		return // "ville du Nord", "police des Frontières"
	}
	d.town(p, t+1, d.townEnd(p, t+1))
}

// townBefore takes the name in "X Borough Council", "X Police"; head is the token of the head. A police force may
// be called after anything ("Transport Police"), so something must also stand in X.
func (d *namingDoc) townBefore(p *paragraph, head int, police bool, placed map[string]bool) {
	k := &p.g.known
	end := head
	for end > p.first && (d.in(end-1, k.bodyTail) || d.in(end-1, k.town)) && d.toks[end-1].Upper {
		end--
	}
	first := end
	const longest = 3
	for first > p.first && d.capital(p, first-1) && !d.in(first-1, k.bodyTail) && d.toks[first-1].End+1 == d.toks[first].Start {
		if end-first == longest {
			return // the rest of a longer name
		}
		first--
	}
	if first == end || first == p.first && !d.capitals[d.fold[first]].inside || police && !placed[d.fold[first]] {
		return
	}
	d.town(p, first, end)
}

// collectPlaced notes the capitals that something is said to be in.
func (d *namingDoc) collectPlaced() {
	placed := d.placed
	for i := range d.paras {
		p := &d.paras[i]
		for t := p.first + 1; t < p.end; t++ {
			if !d.toks[t].Upper {
				continue
			}
			k := &p.g.known
			if d.in(t-1, k.locative) {
				placed[d.fold[t]] = true
			}
			// "ville d'X", "mayor of X", "maire de X"
			if t > p.first+1 && d.in(t-1, k.of) && (d.any(t-2, t-1, k.town) >= 0 || d.any(t-2, t-1, k.townHead) >= 0 || d.any(t-2, t-1, k.police) >= 0 || d.any(t-2, t-1, k.state) >= 0 || d.any(t-3, t-1, k.state) >= 0 && d.any(t-2, t-1, k.bodyTail) >= 0 || d.any(t-3, t-1, k.town) >= 0) {
				placed[d.fold[t]] = true
			}
			if p.g.placeBehind && (d.in(t-1, k.town) || d.in(t-1, k.police)) {
				placed[d.fold[t]] = true
			}
		}
	}
}

// townEnd returns the end of a town's name: capitals, and what hyphens join to them.
func (d *namingDoc) townEnd(p *paragraph, t int) int {
	end := t + 1
	for end < p.end && end-t < maxName {
		switch {
		case d.fold[end] == "-" && end+1 < p.end && d.toks[end].Start == d.toks[end-1].End && d.toks[end+1].Start == d.toks[end].End && d.toks[end+1].Kind == word.Word:
			end += 2
		case d.toks[end].Start == d.toks[end-1].End+1 && d.capital(p, end) && d.bodyWord(p, end) == 0 && !d.columnGap(end):
			end++
		default:
			return end
		}
	}
	return end
}

// town notes the place named by [first, end), unless the lexicon knows that name.
func (d *namingDoc) town(p *paragraph, first, end int) {
	name := d.words(first, end)
	if end > first && allCapitals(name) && len(name) >= 3 {
		if name = d.letterhead(first, &end); name == "" {
			return
		}
	}
	if end <= first || len(name) < 3 || d.bodyWord(p, first) > 0 || end == first+1 && d.in(first, p.g.known.notPlace) || len(d.e.lex.ByName(name)) > 0 {
		return
	}
	if end > first+1 && givenNames()[d.fold[first]] && d.fold[first+1] != "-" || end == first+1 && d.surnames[d.fold[first]] {
		return // "Stadtrat Georg Ebner", "Stadtrat Ebner"
	}
	for _, known := range d.towns[d.fold[first]] {
		if len(known.words) == end-first && strings.Join(known.words, " ") == strings.Join(d.fold[first:end], " ") {
			return
		}
	}
	d.towns[d.fold[first]] = append(d.towns[d.fold[first]], town{d.made(contrechamp.KindPlace, name), append([]string(nil), d.fold[first:end]...)})
}

// letterhead is the name of a town in the capitals of a letterhead, "COMMUNE DE X", "CITY OF X WA", as running text would write it, without an
// abbreviated state behind it; "" elsewhere: capitals name nothing by themselves. end moves with it.
func (d *namingDoc) letterhead(first int, end *int) string {
	const lines, longest, abbreviated = 5, 3, 3
	if d.paraOf(first) >= lines || !d.shouts(d.paraOf(first)) {
		return ""
	}
	for *end > first+1 && d.toks[*end-1].End-d.toks[*end-1].Start <= abbreviated {
		*end--
	}
	if *end-first > longest {
		return ""
	}
	return titleCase(d.words(first, *end))
}

// townMentions adds the noted places in a paragraph.
func (d *namingDoc) townMentions(p *paragraph, found []*mention) []*mention {
	if len(d.towns) == 0 {
		return found
	}
	for t := p.first; t < p.end; t++ {
		if !d.toks[t].Upper {
			continue
		}
		var best town
		for _, x := range d.towns[d.fold[t]] {
			n := 0
			for n < len(x.words) && t+n < p.end && d.fold[t+n] == x.words[n] {
				n++
			}
			if n == len(x.words) && n > len(best.words) {
				best = x
			}
		}
		if best.entity != nil {
			found = append(found, d.mention(mention{first: t, end: t + len(best.words), kinds: kPLC, entity: best.entity, rank: 3}))
		}
	}
	return found
}
