package claim

import (
	"slices"

	"contrechamp.org/contrechamp/internal/claim/subject"

	contrechamp "contrechamp.org/contrechamp"
)

// nameDeployments gives the claims about a place the names of its one programme and its one operator.
func (d *weighDoc) nameDeployments(list []*draft) {
	var homes map[string]string
	for _, p := range [...]contrechamp.Predicate{contrechamp.Programme, contrechamp.Operator, contrechamp.Product} {
		var names map[string]*draft // by the place, nil for several
		for _, c := range list {
			place := c.claim.About[0]
			if c.claim.Predicate != p || place.Kind != contrechamp.KindPlace {
				continue
			}
			known, ok := names[place.ID]
			d.weighPlan(c)
			switch {
			case c.claim.Modality != contrechamp.Asserted || c.prior < subject.SurelySaid:
			case !ok:
				if names == nil {
					names = map[string]*draft{}
				}
				names[place.ID] = c
			case known != nil && known.claim.Value.Entity.ID != c.claim.Value.Entity.ID:
				names[place.ID] = nil
			}
		}
		if len(names) == 0 {
			continue
		}
		if homes == nil {
			homes = d.Homes()
		}
		for place, by := range names {
			if by != nil && d.HomeOf(by.claim.Value.Entity.ID, homes) == place {
				names[place] = nil // a town's own police or council: the place says it
			}
		}
		for _, c := range list {
			by := names[c.claim.About[0].ID]
			if by == nil || c.claim.Predicate == p || !subject.OfDeployment(c.claim.Predicate) || p == contrechamp.Product && !ableOf(c, by) {
				continue
			}
			e := by.claim.Value.Entity
			if c.claim.Value.Entity != nil && c.claim.Value.Entity.ID == e.ID || slices.ContainsFunc(c.claim.About, func(r contrechamp.EntityRef) bool { return r.ID == e.ID }) {
				continue
			}
			c.claim.About = append(slices.Clip(c.claim.About), *e)
		}
	}
}

// ableOf reports whether a capability is the product's too that the place uses: said beside it, and not denied, since what a place does not
// use its product may be able to do.
func ableOf(c, product *draft) bool {
	return c.claim.Predicate == contrechamp.Capability && c.claim.Modality != contrechamp.Denied && c.para == product.para
}
