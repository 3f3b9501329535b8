package subject

import (
	contrechamp "contrechamp.org/contrechamp"
)

// Programme is a named deployment: its name stands in the subject of what is said of its place.
type Programme struct {
	Entity   *contrechamp.Entity
	Deployed bool
}

// Programme adds a programme that is deployed, unless it is known.
func (d *Doc) Programme(e *contrechamp.Entity) {
	for _, p := range d.Programmes {
		if p.Entity == e {
			return
		}
	}
	d.Unresolved()
	d.Programmes = append(d.Programmes, &Programme{Entity: e, Deployed: true})
}
