package naming

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// StepListed is the step that finds the other places of a list: what is said "in Leeds, York and Hull" is said of each of the three.
const StepListed = "another place of the list"

// mostListed is how many places a list is read of.
const mostListed = 12

// OfEach reports whether what a predicate says of one place of a list it says of each. Numbers, sums and those who run something are those of all
// together, or of the one.
func OfEach(p contrechamp.Predicate) bool {
	switch p {
	case contrechamp.Capability, contrechamp.Vendor, contrechamp.Product, contrechamp.Status:
		return true
	}
	return false
}

// AlsoListed answers the other places of the list in sentence s that e first stands in: places parted by commas and a
// conjunction. A town and its region ("Leeds, Yorkshire") are none.
func (d *Doc) AlsoListed(s *passage.Sentence, e *contrechamp.Entity) []*contrechamp.Entity {
	if e.Kind != contrechamp.KindPlace || d.Knows.IsCountry(e) {
		return nil
	}
	at := slices.IndexFunc(s.Units, func(u passage.Unit) bool {
		return u.Mention != nil && u.Mention.Entity == e && u.Kinds&grammar.PLC != 0
	})
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
			x := s.Units[next].Mention.Entity
			if x == e || d.Knows.IsCountry(x) || IsRegionID(x.ID) != IsRegionID(e.ID) || x.ID == e.Within || e.ID == x.Within {
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
func (d *Doc) nextListed(s *passage.Sentence, u, step int) (next int, and bool) {
	k := &d.GrammarAt(s).Known
	const most = 3 // units between: ", and in"
	parted := false
	for n := u + step; n >= 0 && n < len(s.Units) && (n-u)*step <= most+1; n += step {
		un := &s.Units[n]
		if un.Mention != nil {
			if un.Kinds&grammar.PLC != 0 && un.Mention.Entity != nil && parted {
				return n, and
			}
			return -1, false
		}
		switch t := un.First; {
		case d.Fold[t] == ",":
			parted = true
		case d.In(t, k.Conjunction):
			parted, and = true, true
		case d.In(t, k.Locative) || d.In(t, k.Article) || d.In(t, k.Of):
		default:
			return -1, false
		}
	}
	return -1, false
}
