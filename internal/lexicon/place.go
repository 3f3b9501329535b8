package lexicon

import (
	"sort"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// idPrefix starts the ID of every place.
const idPrefix = "place-"

// regionWeight is how a region counts among towns of its name, in people: like a large one, but not
// like a capital (Washington).
const regionWeight = 600_000

// The fields of a line of places.tsv.
const (
	fieldID         = iota // without idPrefix
	fieldName              // the name shown
	fieldWithin            // ID of the place that it lies in, without idPrefix
	fieldPopulation        // 0 when unknown
	fieldIdentifier        // "insee:35238", "geonames:792680"
	fieldFlags             // of the name shown: see placeFlags
	fieldNames             // other names: "fr:Londres|en:a:Bath|:Beograd", language, flags if any, name
	fieldCount
)

// Flags of a place's line.
const (
	flagAmbiguous = 'a'
	flagDemonym   = 'd'
	flagRegion    = 'R' // of the first level
	flagDu        = 'u' // "Le Mans": "Mans" behind du and au
	flagDes       = 'x' // "Les Ulis": "Ulis" behind des and aux
)

func (g *gazetteer) line(p int) string {
	from := g.lines[p]
	to := uint32(len(g.text))
	if p+1 < len(g.lines) {
		to = g.lines[p+1]
	}
	return strings.TrimSuffix(g.text[from:to], "\n")
}

// fieldsOf cuts a line into its fields and counts them.
func fieldsOf(line string) (f [fieldCount]string, n int) {
	for {
		end := strings.IndexByte(line, '\t')
		if n < fieldCount {
			f[n] = line
			if end >= 0 {
				f[n] = line[:end]
			}
		}
		n++
		if end < 0 {
			return f, n
		}
		line = line[end+1:]
	}
}

// id returns the ID of place p, without its prefix.
func (g *gazetteer) id(p int) string {
	id, _, _ := strings.Cut(g.text[g.lines[p]:], "\t")
	return id
}

// byID finds a place by its whole ID; the lines are in the order of their IDs.
func (g *gazetteer) byID(id string) (int, bool) {
	short, ok := strings.CutPrefix(id, idPrefix)
	if !ok {
		return 0, false
	}
	p := sort.Search(len(g.lines), func(i int) bool { return g.id(i) >= short })
	return p, p < len(g.lines) && g.id(p) == short
}

// entity makes the entity of a line when it is first asked for.
func (g *gazetteer) entity(p int) *contrechamp.Entity {
	if e := g.made[p].Load(); e != nil {
		return e
	}
	e := parsePlace(g.line(p))
	e.Names = append(e.Names, g.exonyms[p]...)
	if !g.made[p].CompareAndSwap(nil, e) {
		return g.made[p].Load()
	}
	return e
}

func parsePlace(line string) *contrechamp.Entity {
	f, _ := fieldsOf(line)
	e := &contrechamp.Entity{
		ID: idPrefix + f[fieldID], Kind: contrechamp.KindPlace, Name: f[fieldName],
		Country: countryOf(f[fieldID]), Source: "lexicon",
	}
	if f[fieldWithin] != "" {
		e.Within = idPrefix + f[fieldWithin]
	}
	if scheme, value, ok := strings.Cut(f[fieldIdentifier], ":"); ok {
		e.Identifiers = map[string]string{scheme: value}
	}
	for rest := f[fieldNames]; rest != ""; {
		var n placeName
		n, rest = nextPlaceName(rest)
		if !n.demonym {
			e.Names = append(e.Names, contrechamp.Name{Text: n.text, Language: n.language})
		}
	}
	return e
}

// placeName is one of a place's other names.
type placeName struct {
	language, text     string
	ambiguous, demonym bool
}

// nextPlaceName cuts one name off a list of them.
func nextPlaceName(list string) (n placeName, rest string) {
	one, rest, _ := strings.Cut(list, "|")
	n.language, one, _ = strings.Cut(one, ":")
	flags, text, ok := strings.Cut(one, ":")
	if !ok {
		flags, text = "", one
	}
	n.text = text
	n.ambiguous = strings.IndexByte(flags, flagAmbiguous) >= 0
	n.demonym = strings.IndexByte(flags, flagDemonym) >= 0
	return n, rest
}

// countryOf returns the country in a place's ID ("rs-belgrade", "rs"), "" for parts of the world.
func countryOf(id string) string {
	if len(id) == 2 || len(id) > 2 && id[2] == '-' {
		return strings.ToUpper(id[:2])
	}
	return ""
}

func (g *gazetteer) weight(p int) int64 {
	w := int64(g.population[p])
	if f, _ := fieldsOf(g.line(p)); strings.IndexByte(f[fieldFlags], flagRegion) >= 0 {
		w += regionWeight
	}
	return w
}
