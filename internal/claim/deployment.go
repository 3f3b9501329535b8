package claim

import (
	contrechamp "contrechamp.org/contrechamp"
)

// A deployment is known by its place, and by the names that the text itself ties to it: of the programme, of who runs it, of the product in use. Where a text
// says of a place that one body runs what is there, or that it goes by one name, all that is said of that place's deployment carries
// that name too. Of a place with two operators or two names nobody can tell which of its claims are whose.

// surelySaid is the prior from which what says who runs a deployment, or what it is called, lends its name to other claims.
const surelySaid = 0.5

// homeOf is the ID of the place whose a body is, homes being what their names say.
func (d *subjectDoc) homeOf(body string, homes map[string]string) string {
	if e := d.entities[body]; e != nil && e.Within != "" {
		return e.Within
	}
	return homes[body]
}

// homes are the places within the names of bodies, by the IDs of both.
func (d *subjectDoc) homes() map[string]string {
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

// ofDeployment reports whether a predicate is said of deployments.
func ofDeployment(p contrechamp.Predicate) bool {
	switch p {
	case contrechamp.Home, contrechamp.Founded, contrechamp.Owner, contrechamp.Market, contrechamp.Sanction:
		return false
	}
	return true
}
