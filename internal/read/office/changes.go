package office

import "contrechamp.org/contrechamp/internal/read/flow"

// tellDeleted says of a document with tracked changes what was read of them.
func tellDeleted(d *flow.Document, places int) {
	if places > 0 {
		d.Note("changes were tracked: what was deleted (%s) is left out, what was inserted is read", flow.Count(places, "place"))
	}
}
