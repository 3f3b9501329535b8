package naming

import (
	"slices"
	"sort"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Where a text says which of several towns it means, by what they lie in, it means that one: "London, Ontario", "Vienne (Isère)", "Saint-Denis de La
// Réunion". And of a country and a region of one name it means the one that its towns lie in: "In Georgia, Atlanta's police".

// settleWithin chooses among places of one name by what stands beside them. It answers the names that the text tells apart so: nothing else is to be known
// of them.
func (d *Doc) settleWithin() map[string]*contrechamp.Entity {
	var settled map[string]*contrechamp.Entity // by name; nil where the text means several
	for _, list := range [][]*passage.Mention{d.Mentions, d.Inner} {
		for _, m := range list {
			if m.Kinds != grammar.PLC || m.Entity == nil || d.Knows.IsCountry(m.Entity) || m.Entity.Source != "lexicon" {
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
			if o != m.Entity {
				m.Entity, m.Weak = o, false
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
func (d *Doc) nameKey(m *passage.Mention) string {
	key := ""
	for t := m.First; t < m.End; t++ {
		key += d.Fold[t] + " "
	}
	return key
}

// firstIs reports whether the first mention of a name in the running text is of that place. Titles say less than the text does.
func (d *Doc) firstIs(key string, o *contrechamp.Entity) bool {
	first := -1
	is := false
	for _, list := range [][]*passage.Mention{d.Mentions, d.Inner} {
		for _, m := range list {
			p := &d.Paragraphs[d.ParaOf(m.First)]
			if m.Kinds == grammar.PLC && m.Entity != nil && p.Role != contrechamp.RoleTitle && (first < 0 || m.First < first) && d.nameKey(m) == key {
				first, is = m.First, m.Entity == o
			}
		}
	}
	return is
}

// meansAlways gives all mentions of a name that place.
func (d *Doc) meansAlways(key string, o *contrechamp.Entity) {
	for _, list := range [][]*passage.Mention{d.Mentions, d.Inner} {
		for _, m := range list {
			if m.Kinds == grammar.PLC && m.Entity != nil && m.Entity != o && m.Entity.Source == "lexicon" && d.nameKey(m) == key && len(d.containerBeside(m).places) == 0 {
				m.Entity = o
			}
		}
	}
}

// container is what stands right behind a town as what it lies in: one of some places, and the mention that names it, where one does.
type container struct {
	mention *passage.Mention
	places  []*contrechamp.Entity
}

// containerBeside is the region or the country that stands right behind a town, none for nothing.
func (d *Doc) containerBeside(m *passage.Mention) container {
	p := &d.Paragraphs[d.ParaOf(m.First)]
	k := &p.Grammar.Known
	t := m.End
	parted := t < p.End && (d.Fold[t] == "," || d.Fold[t] == "(")
	if parted {
		t++
	}
	const between = 2 // "dans l'Isère"
	for i := 0; i <= between && t < p.End; i++ {
		if r := d.placeAt(t); r != nil && r != m && r.Entity != nil {
			return container{r, append([]*contrechamp.Entity{r.Entity}, r.Others...)}
		}
		if i == 0 && parted {
			if places := d.abbreviated(p, t); len(places) > 0 {
				return container{places: places}
			}
		}
		if !d.In(t, k.Locative) && !d.In(t, k.Article) && (!d.In(t, k.Of) || !parted && p.Grammar.AdjectiveBefore) {
			break
		}
		t++
	}
	return container{}
}

// abbreviated are the regions that a short form at token t may be of: "Springfield, Mass.", "Columbus, GA".
func (d *Doc) abbreviated(p *passage.Paragraph, t int) []*contrechamp.Entity {
	w := d.Words(t, t+1)
	if len(w) < 2 || !word.StartsUpper(w) {
		return nil
	}
	var out []*contrechamp.Entity
	if t+1 < p.End && d.Fold[t+1] == "." && d.Tokens[t+1].Start == d.Tokens[t].End {
		for _, i := range d.Knows.Lexicon.ByName(w + ".") {
			if e := d.Knows.Lexicon.Entity(i); IsRegionID(e.ID) {
				out = append(out, e)
			}
		}
	}
	for _, id := range postalCodes[w] {
		if i, err := d.Knows.Lexicon.ByID("place-" + id); err == nil {
			out = append(out, d.Knows.Lexicon.Entity(i))
		}
	}
	return out
}

// placeAt is the place whose name begins at token t, also within that of a body.
func (d *Doc) placeAt(t int) *passage.Mention {
	i := sort.Search(len(d.Mentions), func(i int) bool { return d.Mentions[i].First >= t })
	if i == len(d.Mentions) || d.Mentions[i].First != t {
		return nil
	}
	m := d.Mentions[i]
	if m.Kinds&grammar.PLC == 0 && m.Within != nil && m.Within.First == t {
		m = m.Within
	}
	if m.Kinds&grammar.PLC == 0 {
		return nil
	}
	return m
}

// readingWithin is the place of a mention's name that lies in one of the places that stand beside it, nil for none; what names that then means it. A town
// too small to be meant without a sign may be meant with this one.
func (d *Doc) readingWithin(m *passage.Mention, r container) *contrechamp.Entity {
	within := func(o *contrechamp.Entity) bool {
		for _, c := range r.places {
			if c.Kind == contrechamp.KindPlace && c.ID != o.ID && d.Knows.LiesIn(o, c) {
				if r.mention != nil {
					r.mention.Entity = c
				}
				return true
			}
		}
		return false
	}
	for _, o := range append([]*contrechamp.Entity{m.Entity}, m.Others...) {
		if o.Kind == contrechamp.KindPlace && within(o) {
			return o
		}
	}
	for _, i := range d.Knows.Lexicon.ByName(d.Words(m.First, m.End)) {
		if o := d.Knows.Lexicon.Entity(i); o.Kind == contrechamp.KindPlace && within(o) {
			return d.Keep(o)
		}
	}
	if r.mention != nil && d.Fold[m.End] == "(" && r.mention.Entity.Country != m.Entity.Country {
		for _, o := range m.Others {
			if o.Kind == contrechamp.KindPlace && o.Country == r.mention.Entity.Country {
				return o // "Laval (Mayenne)", where the gazetteer has no département of that name
			}
		}
	}
	return nil
}

// unknownWithin is a town of the text's own, where a region stands behind the name that no known town of that name lies in: "Hull, Quebec" is not Kingston
// upon Hull. In a list ("London, California and Texas") nothing lies in anything; and only where regions are what towns are told by is it sure.
func (d *Doc) unknownWithin(m *passage.Mention, r container) *contrechamp.Entity {
	if r.mention == nil || d.Fold[m.End] != "," || r.mention.First != m.End+1 || !IsRegionID(r.mention.Entity.ID) || r.mention.Entity.Country == m.Entity.Country {
		return nil
	}
	switch r.mention.Entity.Country {
	case "US", "CA", "AU":
	default:
		return nil
	}
	p := &d.Paragraphs[d.ParaOf(m.First)]
	t := r.mention.End
	if t < p.End && (d.In(t, p.Grammar.Known.Conjunction) || d.Fold[t] == "," && (d.placeAt(t+1) != nil || t+1 < p.End && d.In(t+1, p.Grammar.Known.Conjunction))) {
		return nil
	}
	if b := m.First - 1; b > p.First && (d.In(b, p.Grammar.Known.Conjunction) || d.Fold[b] == ",") && d.placeEndsAt(b) {
		return nil
	}
	e := d.Made(contrechamp.KindPlace, d.Words(m.First, m.End))
	e.Country, e.Within = r.mention.Entity.Country, r.mention.Entity.ID
	return e
}

// placeEndsAt reports whether the name of a place ends before token t.
func (d *Doc) placeEndsAt(t int) bool {
	i := sort.Search(len(d.Mentions), func(i int) bool { return d.Mentions[i].End >= t })
	return i < len(d.Mentions) && d.Mentions[i].End == t && d.Mentions[i].Kinds&grammar.PLC != 0
}

// settleRegions takes a name that a country shares with a region for the region, where towns of the text lie in it and none in the country.
func (d *Doc) settleRegions() {
	for _, r := range d.Mentions {
		if r.Kinds != grammar.PLC || r.Entity == nil || !d.Knows.IsCountry(r.Entity) {
			continue
		}
		i := slices.IndexFunc(r.Others, func(o *contrechamp.Entity) bool { return IsRegionID(o.ID) })
		if i < 0 {
			continue
		}
		inCountry, inRegion := false, false
		for _, list := range [][]*passage.Mention{d.Mentions, d.Inner} {
			for _, m := range list {
				d.Steps++
				if m == r || m.Kinds&grammar.PLC == 0 || m.Entity == nil || m.Entity.Source != "lexicon" {
					continue
				}
				inCountry = inCountry || m.Entity.ID != r.Entity.ID && m.Entity.Country == r.Entity.Country
				inRegion = inRegion || d.Knows.LiesIn(m.Entity, r.Others[i])
			}
		}
		if inRegion && !inCountry {
			r.Entity = r.Others[i]
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
