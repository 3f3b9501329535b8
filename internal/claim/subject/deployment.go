package subject

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// A deployment is known by its place, and by the names that the text itself ties to it: of the programme, of who runs it, of the product in use. Where a text
// says of a place that one body runs what is there, or that it goes by one name, all that is said of that place's deployment carries
// that name too. Of a place with two operators or two names nobody can tell which of its claims are whose.

// SurelySaid is the prior from which what says who runs a deployment, or what it is called, lends its name to other claims.
const SurelySaid = 0.5

// HomeOf is the ID of the place whose a body is, homes being what their names say.
func (d *Doc) HomeOf(body string, homes map[string]string) string {
	if e := d.Entities[body]; e != nil && e.Within != "" {
		return e.Within
	}
	return homes[body]
}

// Homes are the places within the names of bodies, by the IDs of both.
func (d *Doc) Homes() map[string]string {
	out := map[string]string{}
	for _, m := range d.Mentions {
		if m.Kinds&grammar.POL == 0 || m.Entity == nil || m.Within == nil || m.Within.Entity == nil {
			continue
		}
		if _, known := out[m.Entity.ID]; !known {
			out[m.Entity.ID] = m.Within.Entity.ID
		}
	}
	return out
}

// OfDeployment reports whether a predicate is said of deployments.
func OfDeployment(p contrechamp.Predicate) bool {
	switch p {
	case contrechamp.Home, contrechamp.Founded, contrechamp.Owner, contrechamp.Market, contrechamp.Sanction:
		return false
	}
	return true
}
