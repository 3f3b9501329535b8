package passage

import (
	"slices"
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// Knowledge is what is known before a text is read: the lexicon, and the words of each language. It does not change once made.
type Knowledge struct {
	Lexicon      *lexicon.Lexicon
	Grammars     map[string]*grammar.Grammar
	ByLanguage   []*grammar.Grammar // by language
	Capabilities map[string]*contrechamp.Entity
	Countries    map[string]*contrechamp.Entity // by ISO code
	lexical      sync.Map                       // what is asked again and again of entities of the lexicon: *contrechamp.Entity to *lexical
}

// IsArea reports whether a place is larger than a country: nothing is deployed "in Africa".
func (e *Knowledge) IsArea(p *contrechamp.Entity) bool {
	return p.Country == "" && p.Source != "document"
}

// IsCountry reports whether a place is a country, or larger.
func (e *Knowledge) IsCountry(p *contrechamp.Entity) bool { return IsCountryID(p.ID) }

// IsCountryID reports whether an ID is that of a country: "place-rs", where a town has "place-rs-belgrade".
func IsCountryID(id string) bool {
	const prefix = "place-"
	return strings.HasPrefix(id, prefix) && !strings.Contains(id[len(prefix):], "-")
}

// Country returns the country with that ISO code, nil when the lexicon has none.
func (e *Knowledge) Country(code string) *contrechamp.Entity { return e.Countries[code] }

// CountryID is the ID of the country of a place, "" for none.
func (e *Knowledge) CountryID(p *contrechamp.Entity) string {
	if c := e.Countries[p.Country]; c != nil {
		return c.ID
	}
	return ""
}

// Whole reports whether entity i is one that the lexicon keeps whole: all but the places of its gazetteer.
func (e *Knowledge) Whole(i int32) bool { return int(i) < e.Lexicon.Len() }

// LiesIn reports whether a place of the lexicon lies in another, through whatever lies between.
func (e *Knowledge) LiesIn(place, in *contrechamp.Entity) bool {
	if e.IsCountry(in) {
		return place.Country == in.Country && place.ID != in.ID
	}
	const deep = 4
	for i := 0; i < deep && place.Within != ""; i++ {
		if place.Within == in.ID {
			return true
		}
		n, err := e.Lexicon.ByID(place.Within)
		if err != nil {
			return false
		}
		place = e.Lexicon.Entity(n)
	}
	return false
}

// Named returns the likeliest entity of those kinds that bears exactly that name, nil for none.
func (e *Knowledge) Named(name string, kinds ...contrechamp.EntityKind) *contrechamp.Entity {
	for _, i := range e.Lexicon.ByName(name) {
		if ent := e.Lexicon.Entity(i); slices.Contains(kinds, ent.Kind) {
			return ent
		}
	}
	return nil
}
