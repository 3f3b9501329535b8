package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// stepListed is the step that finds the other places of a list: what is said "in Leeds, York and Hull" is said of each of the three.
const stepListed = "another place of the list"

// mostListed is how many places a list is read of.
const mostListed = 12

// ofEach reports whether what a predicate says of one place of a list it says of each. Numbers, sums and those who run something are those of all
// together, or of the one.
func ofEach(p contrechamp.Predicate) bool {
	switch p {
	case contrechamp.Capability, contrechamp.Vendor, contrechamp.Product, contrechamp.Status:
		return true
	}
	return false
}

// alsoListed answers the other places of the list in sentence s that e first stands in: places parted by commas and a
// conjunction. A town and its region ("Leeds, Yorkshire") are none.
func (d *namingDoc) alsoListed(s *sentence, e *contrechamp.Entity) []*contrechamp.Entity {
	if e.Kind != contrechamp.KindPlace || d.e.isCountry(e) {
		return nil
	}
	at := slices.IndexFunc(s.units, func(u unit) bool { return u.mention != nil && u.mention.entity == e && u.kinds&kPLC != 0 })
	if at < 0 {
		return nil
	}
	var out []*contrechamp.Entity
	joined := false
	for _, step := range [...]int{1, -1} {
		for u := at; len(out) < mostListed; {
			next, and := d.nextListed(s, u, step)
			if next < 0 {
				break
			}
			x := s.units[next].mention.entity
			if x == e || d.e.isCountry(x) || isRegionID(x.ID) != isRegionID(e.ID) || x.ID == e.Within || e.ID == x.Within {
				break
			}
			if !slices.Contains(out, x) {
				out = append(out, x)
			}
			joined = joined || and
			u = next
		}
	}
	if !joined && len(out) < 2 {
		return nil
	}
	return out
}

// nextListed is the unit of the next place of a list beside unit u, to the right or to the left, -1 for none, and whether a conjunction stands between.
func (d *namingDoc) nextListed(s *sentence, u, step int) (next int, and bool) {
	k := &d.grammarAt(s).known
	const most = 3 // units between: ", and in"
	parted := false
	for n := u + step; n >= 0 && n < len(s.units) && (n-u)*step <= most+1; n += step {
		un := &s.units[n]
		if un.mention != nil {
			if un.kinds&kPLC != 0 && un.mention.entity != nil && parted {
				return n, and
			}
			return -1, false
		}
		switch t := un.first; {
		case d.fold[t] == ",":
			parted = true
		case d.in(t, k.conjunction):
			parted, and = true, true
		case d.in(t, k.locative) || d.in(t, k.article) || d.in(t, k.of):
		default:
			return -1, false
		}
	}
	return -1, false
}
