package naming

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
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
func (d *Doc) inhabitants(p *passage.Paragraph, found []*passage.Mention) []*passage.Mention {
	if len(p.Grammar.Inhabitants) == 0 {
		return found
	}
	for t := p.First; t < p.End; t++ {
		if d.Tokens[t].Kind != word.Word || len(d.Fold[t]) < 6 || d.Tokens[t].Upper != p.Grammar.NounsCapital || d.Known[t].Common {
			continue
		}
		if p.Grammar.NounsCapital && (t+1 == p.End || !d.Tokens[t+1].Upper || d.Tokens[t+1].Kind != word.Word) {
			continue // in German it stands before its noun
		}
		if e := d.TownOf(p.Grammar, d.Fold[t]); e != nil {
			found = append(found, d.Mention(passage.Mention{First: t, End: t + 1, Kinds: grammar.DEM, Entity: d.Keep(e), Rank: 1}))
		}
	}
	return found
}

// TownOf is the town whose people an adjective names, nil for a word that is none. What was found for a word is remembered for the text.
func (d *Doc) TownOf(g *grammar.Grammar, fold string) *contrechamp.Entity {
	if e, ok := d.townsOf[fold]; ok {
		return e
	}
	var stems []string
	for _, ending := range g.Inhabitants {
		stem, ok := strings.CutSuffix(fold, ending)
		least := 4
		if g.NounsCapital {
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
			if g.NounsCapital && tail != "" && tail != "en" {
				continue
			}
			enough := inhabited
			if g.NounsCapital && tail != "" {
				enough = wellInhabited
			}
			if e, people := d.inhabitedTown(g, stem+tail, max(enough, most+1)); e != nil {
				best, most = e, people
			}
			for _, before := range g.InhabitantBefore { // havrais: Le Havre
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
func (d *Doc) inhabitedTown(g *grammar.Grammar, name string, least int) (best *contrechamp.Entity, people int) {
	for _, i := range d.Knows.Lexicon.ByName(name) {
		e, n := d.Knows.Lexicon.Entity(i), d.Knows.Lexicon.Population(i)
		if n >= max(least, people+1) && e.Kind == contrechamp.KindPlace && !d.Knows.IsCountry(e) && !IsRegionID(e.ID) && slices.Contains(g.InhabitantCountries, strings.ToLower(e.Country)) {
			best, people = e, n
		}
	}
	return best, people
}
