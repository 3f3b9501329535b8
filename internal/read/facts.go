package read

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// Shapes of a sheet of facts: "Cameras: 418 at 37 sites", "Integrator: ...", one below the other, as in case studies and notices of awards.
const (
	factRows  = 3  // lines one below the other
	factLabel = 6  // words before the colon
	factWords = 25 // of a line
)

// tellFacts makes items of the lines of a sheet of facts, wherever it stands: they are no headings, and no menu.
func (p *plain) tellFacts() {
	for i := 0; i < len(p.rows); {
		n := i
		for n < len(p.rows) && n != p.title && p.rows[n].fact() && (n == i || p.rows[n].gap == p.rows[i+1].gap) {
			n++
		}
		if n-i >= factRows {
			for k := i; k < n; k++ {
				p.rows[k].role = contrechamp.RoleItem
			}
		}
		i = max(n, i+1)
	}
}

// fact reports whether a line is a label, a colon, and what it labels, and no sentence, byline or date of the page.
func (r *row) fact() bool {
	if r.role != contrechamp.RoleBody || r.stops || r.bracketed || r.bullet || r.menu || r.appeals > 0 || r.hints != 0 || r.words() > factWords {
		return false
	}
	at := strings.Index(r.text, ": ")
	if at < 0 {
		at = strings.Index(r.text, ":\u00a0")
	}
	if at < 0 || strings.TrimSpace(r.text[at+1:]) == "" {
		return false
	}
	label := strings.Fields(r.text[:at])
	return len(label) > 0 && len(label) <= factLabel && !strings.ContainsAny(r.text[:at], ".!?;")
}
