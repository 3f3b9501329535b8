package claim

import (
	"slices"
	"sort"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Where a text says which of several towns it means, by what they lie in, it means that one: "London, Ontario", "Vienne (Isère)", "Saint-Denis de La
// Réunion". And of a country and a region of one name it means the one that its towns lie in: "In Georgia, Atlanta's police".

// settleWithin chooses among places of one name by what stands beside them. It answers the names that the text tells apart so: nothing else is to be known
// of them.
func (d *namingDoc) settleWithin() map[string]*contrechamp.Entity {
	var settled map[string]*contrechamp.Entity // by name; nil where the text means several
	for _, list := range [][]*mention{d.mentions, d.inner} {
		for _, m := range list {
			if m.kinds != kPLC || m.entity == nil || d.e.isCountry(m.entity) || m.entity.Source != "lexicon" {
				continue
			}
			r := d.containerBeside(m)
			if len(r.places) == 0 {
				continue
			}
			o := d.readingWithin(m, r)
			if o == nil {
				if o = d.unknownWithin(m, r); o == nil {
					continue
				}
			}
			if settled == nil {
				settled = map[string]*contrechamp.Entity{}
			}
			key := d.nameKey(m)
			if old, ok := settled[key]; ok && old != o {
				settled[key] = nil
			} else if !ok {
				settled[key] = o
			}
			if o != m.entity {
				m.entity, m.weak = o, false
			}
		}
	}
	for key, o := range settled {
		if o != nil && d.firstIs(key, o) {
			d.meansAlways(key, o)
		}
	}
	d.settleRegions()
	return settled
}

// nameKey is the words of a mention, folded.
func (d *namingDoc) nameKey(m *mention) string {
	key := ""
	for t := m.first; t < m.end; t++ {
		key += d.fold[t] + " "
	}
	return key
}

// firstIs reports whether the first mention of a name in the running text is of that place. Titles say less than the text does.
func (d *namingDoc) firstIs(key string, o *contrechamp.Entity) bool {
	first := -1
	is := false
	for _, list := range [][]*mention{d.mentions, d.inner} {
		for _, m := range list {
			p := &d.paras[d.paraOf(m.first)]
			if m.kinds == kPLC && m.entity != nil && p.role != contrechamp.RoleTitle && (first < 0 || m.first < first) && d.nameKey(m) == key {
				first, is = m.first, m.entity == o
			}
		}
	}
	return is
}

// meansAlways gives all mentions of a name that place.
func (d *namingDoc) meansAlways(key string, o *contrechamp.Entity) {
	for _, list := range [][]*mention{d.mentions, d.inner} {
		for _, m := range list {
			if m.kinds == kPLC && m.entity != nil && m.entity != o && m.entity.Source == "lexicon" && d.nameKey(m) == key && len(d.containerBeside(m).places) == 0 {
				m.entity = o
			}
		}
	}
}

// container is what stands right behind a town as what it lies in: one of some places, and the mention that names it, where one does.
type container struct {
	mention *mention
	places  []*contrechamp.Entity
}

// containerBeside is the region or the country that stands right behind a town, none for nothing.
func (d *namingDoc) containerBeside(m *mention) container {
	p := &d.paras[d.paraOf(m.first)]
	k := &p.g.known
	t := m.end
	parted := t < p.end && (d.fold[t] == "," || d.fold[t] == "(")
	if parted {
		t++
	}
	const between = 2 // "dans l'Isère"
	for i := 0; i <= between && t < p.end; i++ {
		if r := d.placeAt(t); r != nil && r != m && r.entity != nil {
			return container{r, append([]*contrechamp.Entity{r.entity}, r.others...)}
		}
		if i == 0 && parted {
			if places := d.abbreviated(p, t); len(places) > 0 {
				return container{places: places}
			}
		}
		if !d.in(t, k.locative) && !d.in(t, k.article) && (!d.in(t, k.of) || !parted && p.g.adjectiveBefore) {
			break
		}
		t++
	}
	return container{}
}

// abbreviated are the regions that a short form at token t may be of: "Springfield, Mass.", "Columbus, GA".
func (d *namingDoc) abbreviated(p *paragraph, t int) []*contrechamp.Entity {
	w := d.words(t, t+1)
	if len(w) < 2 || !word.StartsUpper(w) {
		return nil
	}
	var out []*contrechamp.Entity
	if t+1 < p.end && d.fold[t+1] == "." && d.toks[t+1].Start == d.toks[t].End {
		for _, i := range d.e.lex.ByName(w + ".") {
			if e := d.e.lex.Entity(i); isRegionID(e.ID) {
				out = append(out, e)
			}
		}
	}
	for _, id := range postalCodes[w] {
		if i, err := d.e.lex.ByID("place-" + id); err == nil {
			out = append(out, d.e.lex.Entity(i))
		}
	}
	return out
}

// placeAt is the place whose name begins at token t, also within that of a body.
func (d *namingDoc) placeAt(t int) *mention {
	i := sort.Search(len(d.mentions), func(i int) bool { return d.mentions[i].first >= t })
	if i == len(d.mentions) || d.mentions[i].first != t {
		return nil
	}
	m := d.mentions[i]
	if m.kinds&kPLC == 0 && m.within != nil && m.within.first == t {
		m = m.within
	}
	if m.kinds&kPLC == 0 {
		return nil
	}
	return m
}

// readingWithin is the place of a mention's name that lies in one of the places that stand beside it, nil for none; what names that then means it. A town
// too small to be meant without a sign may be meant with this one.
func (d *namingDoc) readingWithin(m *mention, r container) *contrechamp.Entity {
	within := func(o *contrechamp.Entity) bool {
		for _, c := range r.places {
			if c.Kind == contrechamp.KindPlace && c.ID != o.ID && d.e.liesIn(o, c) {
				if r.mention != nil {
					r.mention.entity = c
				}
				return true
			}
		}
		return false
	}
	for _, o := range append([]*contrechamp.Entity{m.entity}, m.others...) {
		if o.Kind == contrechamp.KindPlace && within(o) {
			return o
		}
	}
	for _, i := range d.e.lex.ByName(d.words(m.first, m.end)) {
		if o := d.e.lex.Entity(i); o.Kind == contrechamp.KindPlace && within(o) {
			return d.keep(o)
		}
	}
	if r.mention != nil && d.fold[m.end] == "(" && r.mention.entity.Country != m.entity.Country {
		for _, o := range m.others {
			if o.Kind == contrechamp.KindPlace && o.Country == r.mention.entity.Country {
				return o // "Laval (Mayenne)", where the gazetteer has no département of that name
			}
		}
	}
	return nil
}

// unknownWithin is a town of the text's own, where a region stands behind the name that no known town of that name lies in: "Hull, Quebec" is not Kingston
// upon Hull. In a list ("London, California and Texas") nothing lies in anything; and only where regions are what towns are told by is it sure.
func (d *namingDoc) unknownWithin(m *mention, r container) *contrechamp.Entity {
	if r.mention == nil || d.fold[m.end] != "," || r.mention.first != m.end+1 || !isRegionID(r.mention.entity.ID) || r.mention.entity.Country == m.entity.Country {
		return nil
	}
	switch r.mention.entity.Country {
	case "US", "CA", "AU":
	default:
		return nil
	}
	p := &d.paras[d.paraOf(m.first)]
	t := r.mention.end
	if t < p.end && (d.in(t, p.g.known.conjunction) || d.fold[t] == "," && (d.placeAt(t+1) != nil || t+1 < p.end && d.in(t+1, p.g.known.conjunction))) {
		return nil
	}
	if b := m.first - 1; b > p.first && (d.in(b, p.g.known.conjunction) || d.fold[b] == ",") && d.placeEndsAt(b) {
		return nil
	}
	e := d.made(contrechamp.KindPlace, d.words(m.first, m.end))
	e.Country, e.Within = r.mention.entity.Country, r.mention.entity.ID
	return e
}

// placeEndsAt reports whether the name of a place ends before token t.
func (d *namingDoc) placeEndsAt(t int) bool {
	i := sort.Search(len(d.mentions), func(i int) bool { return d.mentions[i].end >= t })
	return i < len(d.mentions) && d.mentions[i].end == t && d.mentions[i].kinds&kPLC != 0
}

// settleRegions takes a name that a country shares with a region for the region, where towns of the text lie in it and none in the country.
func (d *namingDoc) settleRegions() {
	for _, r := range d.mentions {
		if r.kinds != kPLC || r.entity == nil || !d.e.isCountry(r.entity) {
			continue
		}
		i := slices.IndexFunc(r.others, func(o *contrechamp.Entity) bool { return isRegionID(o.ID) })
		if i < 0 {
			continue
		}
		inCountry, inRegion := false, false
		for _, list := range [][]*mention{d.mentions, d.inner} {
			for _, m := range list {
				d.steps++
				if m == r || m.kinds&kPLC == 0 || m.entity == nil || m.entity.Source != "lexicon" {
					continue
				}
				inCountry = inCountry || m.entity.ID != r.entity.ID && m.entity.Country == r.entity.Country
				inRegion = inRegion || d.e.liesIn(m.entity, r.others[i])
			}
		}
		if inRegion && !inCountry {
			r.entity = r.others[i]
		}
	}
}

// postalCodes are the regions that postal codes stand for where towns are written with them: Canada Post, Addressing Guidelines; Australian Bureau of
// Statistics, State and Territory abbreviations; United States Postal Service, Publication 28, appendix B.
var postalCodes = func() map[string][]string {
	out := map[string][]string{}
	for country, codes := range map[string]string{
		"us": "AL alabama AK alaska AZ arizona AR arkansas CA california CO colorado CT connecticut DE delaware FL florida GA georgia HI hawaii ID idaho IL illinois IN indiana IA iowa KS kansas KY kentucky LA louisiana " +
			"ME maine MD maryland MA massachusetts MI michigan MN minnesota MS mississippi MO missouri MT montana NE nebraska NV nevada NH new-hampshire NJ new-jersey NM new-mexico NY new-york NC north-carolina " +
			"ND north-dakota OH ohio OK oklahoma OR oregon PA pennsylvania RI rhode-island SC south-carolina SD south-dakota TN tennessee TX texas UT utah VT vermont VA virginia WA washington WV west-virginia WI wisconsin WY wyoming",
		"ca": "AB alberta BC british-columbia MB manitoba NB new-brunswick NL newfoundland-and-labrador NS nova-scotia NT northwest-territories NU nunavut ON ontario PE prince-edward-island QC quebec SK saskatchewan YT yukon",
		"au": "NSW new-south-wales VIC victoria QLD queensland WA western-australia SA south-australia TAS tasmania ACT australian-capital-territory NT northern-territory",
	} {
		words := strings.Fields(codes)
		for i := 0; i+1 < len(words); i += 2 {
			out[words[i]] = append(out[words[i]], country+"-region-"+words[i+1])
		}
	}
	return out
}()
