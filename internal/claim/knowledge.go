package claim

import (
	"slices"
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// knowledge is what is known before a text is read: the lexicon, and the words of each language. It does not change once made.
type knowledge struct {
	lex          *lexicon.Lexicon
	grammars     map[string]*grammar
	order        []*grammar // by language
	capabilities map[string]*contrechamp.Entity
	countries    map[string]*contrechamp.Entity // by ISO code
	lexical      sync.Map                       // what is asked again and again of entities of the lexicon: *contrechamp.Entity to *lexical
}

// isArea reports whether a place is larger than a country: nothing is deployed "in Africa".
func (e *knowledge) isArea(p *contrechamp.Entity) bool {
	return p.Country == "" && p.Source != "document"
}

// isCountry reports whether a place is a country, or larger.
func (e *knowledge) isCountry(p *contrechamp.Entity) bool { return isCountryID(p.ID) }

// isCountryID reports whether an ID is that of a country: "place-rs", where a town has "place-rs-belgrade".
func isCountryID(id string) bool {
	const prefix = "place-"
	return strings.HasPrefix(id, prefix) && !strings.Contains(id[len(prefix):], "-")
}

// country returns the country with that ISO code, nil when the lexicon has none.
func (e *knowledge) country(code string) *contrechamp.Entity { return e.countries[code] }

// countryID is the ID of the country of a place, "" for none.
func (e *knowledge) countryID(p *contrechamp.Entity) string {
	if c := e.countries[p.Country]; c != nil {
		return c.ID
	}
	return ""
}

// whole reports whether entity i is one that the lexicon keeps whole: all but the places of its gazetteer.
func (e *knowledge) whole(i int32) bool { return int(i) < e.lex.Len() }

// liesIn reports whether a place of the lexicon lies in another, through whatever lies between.
func (e *knowledge) liesIn(place, in *contrechamp.Entity) bool {
	if e.isCountry(in) {
		return place.Country == in.Country && place.ID != in.ID
	}
	const deep = 4
	for i := 0; i < deep && place.Within != ""; i++ {
		if place.Within == in.ID {
			return true
		}
		n, err := e.lex.ByID(place.Within)
		if err != nil {
			return false
		}
		place = e.lex.Entity(n)
	}
	return false
}

// named returns the likeliest entity of those kinds that bears exactly that name, nil for none.
func (e *knowledge) named(name string, kinds ...contrechamp.EntityKind) *contrechamp.Entity {
	for _, i := range e.lex.ByName(name) {
		if ent := e.lex.Entity(i); slices.Contains(kinds, ent.Kind) {
			return ent
		}
	}
	return nil
}
