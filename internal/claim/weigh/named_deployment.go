package weigh

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// nameDeployments gives the claims about a place the names of its one programme and its one operator.
func (d *Doc) nameDeployments(list []*draft.Draft) {
	var homes map[string]string
	for _, p := range [...]contrechamp.Predicate{contrechamp.Programme, contrechamp.Operator, contrechamp.Product} {
		var names map[string]*draft.Draft // by the place, nil for several
		for _, c := range list {
			place := c.Claim.About[0]
			if c.Claim.Predicate != p || place.Kind != contrechamp.KindPlace {
				continue
			}
			known, ok := names[place.ID]
			d.WeighPlan(c)
			switch {
			case c.Claim.Modality != contrechamp.Asserted || c.Prior < subject.SurelySaid:
			case !ok:
				if names == nil {
					names = map[string]*draft.Draft{}
				}
				names[place.ID] = c
			case known != nil && known.Claim.Value.Entity.ID != c.Claim.Value.Entity.ID:
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
			if by != nil && d.HomeOf(by.Claim.Value.Entity.ID, homes) == place {
				names[place] = nil // a town's own police or council: the place says it
			}
		}
		for _, c := range list {
			by := names[c.Claim.About[0].ID]
			if by == nil || c.Claim.Predicate == p || !subject.OfDeployment(c.Claim.Predicate) || p == contrechamp.Product && !ableOf(c, by) {
				continue
			}
			e := by.Claim.Value.Entity
			if c.Claim.Value.Entity != nil && c.Claim.Value.Entity.ID == e.ID || slices.ContainsFunc(c.Claim.About, func(r contrechamp.EntityRef) bool { return r.ID == e.ID }) {
				continue
			}
			c.Claim.About = append(slices.Clip(c.Claim.About), *e)
		}
	}
}

// ableOf reports whether a capability is the product's too that the place uses: said beside it, and not denied, since what a place does not
// use its product may be able to do.
func ableOf(c, product *draft.Draft) bool {
	return c.Claim.Predicate == contrechamp.Capability && c.Claim.Modality != contrechamp.Denied && c.Para == product.Para
}
