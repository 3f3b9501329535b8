package claim

import (
	contrechamp "contrechamp.org/contrechamp"
)

// programme is a named deployment: its name stands in the subject of what is said of its place.
type programme struct {
	entity   *contrechamp.Entity
	deployed bool
}

func (d *subjectDoc) programme(e *contrechamp.Entity) {
	for _, p := range d.programmes {
		if p.entity == e {
			return
		}
	}
	d.unresolved()
	d.programmes = append(d.programmes, &programme{entity: e, deployed: true})
}
