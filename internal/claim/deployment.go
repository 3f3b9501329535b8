package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// A deployment is known by its place, and by the names that the text itself ties to it: of the programme, of who runs it, of the product in use. Where a text
// says of a place that one body runs what is there, or that it goes by one name, all that is said of that place's deployment carries
// that name too. Of a place with two operators or two names nobody can tell which of its claims are whose.

// surelySaid is the prior from which what says who runs a deployment, or what it is called, lends its name to other claims.
const surelySaid = 0.5

// nameDeployments gives the claims about a place the names of its one programme and its one operator.
func (d *doc) nameDeployments(list []*draft) {
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
			case c.claim.Modality != contrechamp.Asserted || c.prior < surelySaid:
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
			homes = d.homes()
		}
		for place, by := range names {
			if by != nil && d.homeOf(by.claim.Value.Entity.ID, homes) == place {
				names[place] = nil // a town's own police or council: the place says it
			}
		}
		for _, c := range list {
			by := names[c.claim.About[0].ID]
			if by == nil || c.claim.Predicate == p || !ofDeployment(c.claim.Predicate) || p == contrechamp.Product && !ableOf(c, by) {
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

// homeOf is the ID of the place whose a body is, homes being what their names say.
func (d *doc) homeOf(body string, homes map[string]string) string {
	if e := d.entities[body]; e != nil && e.Within != "" {
		return e.Within
	}
	return homes[body]
}

// homes are the places within the names of bodies, by the IDs of both.
func (d *doc) homes() map[string]string {
	out := map[string]string{}
	for _, m := range d.mentions {
		if m.kinds&kPOL == 0 || m.entity == nil || m.within == nil || m.within.entity == nil {
			continue
		}
		if _, known := out[m.entity.ID]; !known {
			out[m.entity.ID] = m.within.entity.ID
		}
	}
	return out
}

// ableOf reports whether a capability is the product's too that the place uses: said beside it, and not denied, since what a place does not
// use its product may be able to do.
func ableOf(c, product *draft) bool {
	return c.claim.Predicate == contrechamp.Capability && c.claim.Modality != contrechamp.Denied && c.para == product.para
}

// ofDeployment reports whether a predicate is said of deployments.
func ofDeployment(p contrechamp.Predicate) bool {
	switch p {
	case contrechamp.Home, contrechamp.Founded, contrechamp.Owner, contrechamp.Market, contrechamp.Sanction:
		return false
	}
	return true
}
