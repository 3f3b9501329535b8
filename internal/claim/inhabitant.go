package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// The local press names its town by the adjective of its people: "la police rouennaise", "die Luzerner Polizei", "la giunta
// genovese". No lexicon lists them all; the ending is cut off (class ending.inhabitant of a rule file) and what is left is looked for among
// the towns of the countries where the language is spoken (class inhabitant-country). Irregular ones (bordelais, zürcher) are not found.

// Towns below inhabited people are rarely an adjective's; those whose own name ends otherwise than the adjective's stem must be larger, since
// more words look like them: "Sender" is of no Senden.
const (
	inhabited     = 30_000
	wellInhabited = 200_000
)

// townTails are the endings that a town's name has instead of its people's, the empty one first.
var townTails = []string{"", "e", "es", "a", "o", "en"}

// inhabitants adds the adjectives of towns in a paragraph.
func (d *namingDoc) inhabitants(p *paragraph, found []*mention) []*mention {
	if len(p.g.inhabitants) == 0 {
		return found
	}
	for t := p.first; t < p.end; t++ {
		if d.toks[t].Kind != word.Word || len(d.fold[t]) < 6 || d.toks[t].Upper != p.g.nounsCapital || d.known[t].common {
			continue
		}
		if p.g.nounsCapital && (t+1 == p.end || !d.toks[t+1].Upper || d.toks[t+1].Kind != word.Word) {
			continue // in German it stands before its noun
		}
		if e := d.townOf(p.g, d.fold[t]); e != nil {
			found = append(found, d.mention(mention{first: t, end: t + 1, kinds: kDEM, entity: d.keep(e), rank: 1}))
		}
	}
	return found
}

// townOf is the town whose people an adjective names, nil for a word that is none. What was found for a word is remembered for the text.
func (d *namingDoc) townOf(g *grammar, fold string) *contrechamp.Entity {
	if e, ok := d.townsOf[fold]; ok {
		return e
	}
	var stems []string
	for _, ending := range g.inhabitants {
		stem, ok := strings.CutSuffix(fold, ending)
		least := 4
		if g.nounsCapital {
			least = 3 // capitals are rarer: Ulmer
		}
		if !ok || len(stem) < least {
			continue
		}
		stems = append(stems, stem)
		if n := len(stem); stem[n-1] == stem[n-2] {
			stems = append(stems, stem[:n-1]) // lyonnais
		}
	}
	if len(stems) == 0 {
		return nil
	}
	var best *contrechamp.Entity
	most := 0
	for _, stem := range stems {
		for _, tail := range townTails {
			if g.nounsCapital && tail != "" && tail != "en" {
				continue
			}
			enough := inhabited
			if g.nounsCapital && tail != "" {
				enough = wellInhabited
			}
			if e, people := d.inhabitedTown(g, stem+tail, max(enough, most+1)); e != nil {
				best, most = e, people
			}
			for _, before := range g.inhabitantBefore { // havrais: Le Havre
				if e, people := d.inhabitedTown(g, before+" "+stem+tail, max(enough, most+1)); e != nil {
					best, most = e, people
				}
			}
		}
	}
	d.townsOf[fold] = best
	return best
}

// inhabitedTown is the largest town of that name with so many people at least, in a country where the language is spoken.
func (d *namingDoc) inhabitedTown(g *grammar, name string, least int) (best *contrechamp.Entity, people int) {
	for _, i := range d.e.lex.ByName(name) {
		e, n := d.e.lex.Entity(i), d.e.lex.Population(i)
		if n >= max(least, people+1) && e.Kind == contrechamp.KindPlace && !d.e.isCountry(e) && !isRegionID(e.ID) && slices.Contains(g.inhabitantCountries, strings.ToLower(e.Country)) {
			best, people = e, n
		}
	}
	return best, people
}
