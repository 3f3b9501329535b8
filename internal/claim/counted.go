package claim

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// ableBy is what devices of a unit are there for: whoever counts drones says that they watch from above. Cameras alone say nothing more precise.
var ableBy = map[string]string{
	"drone":      "drone-surveillance",
	"reader":     "licence-plate-recognition",
	"microphone": "sound-detection",
	"bracelet":   "location-tracking",
}

// countedCapabilities proposes what counted devices are there for, where nothing says it of their subject in other words.
func (d *frameDoc) countedCapabilities() {
	type able struct{ id, about string }
	var said map[able]bool // made when it is first asked for
	note := func(c *draft) {
		for _, r := range c.claim.About {
			said[able{c.claim.Value.Entity.ID, r.ID}] = true
		}
	}
	for _, c := range d.claims { // those that are there now
		if c.claim.Predicate != contrechamp.DeviceCount || c.claim.Modality == contrechamp.Denied {
			continue
		}
		if c.claim.Value.Unit == "reader" && strings.HasPrefix(c.claim.Rule, "count.carry.") {
			continue // turnstiles read faces, or tickets
		}
		id := ableBy[c.claim.Value.Unit]
		e := d.Knows.Capabilities[id]
		if e == nil {
			continue
		}
		if said == nil {
			said = map[able]bool{}
			for _, other := range d.claims {
				if other.claim.Predicate == contrechamp.Capability {
					note(other)
				}
			}
		}
		if said[able{id, c.claim.About[0].ID}] {
			continue
		}
		g := d.GrammarAt(&d.Sentences[c.sent])
		x := *c
		x.claim.Predicate = contrechamp.Capability
		x.claim.Value = d.EntityValue(e)
		x.claim.Rule = "capability.counted." + g.Language
		x.claim.Confidence = g.Prior("capability.counted")
		x.prior, x.repeats, x.agree, x.value, x.choices = x.claim.Confidence, 1, false, "", nil
		if c.why != nil {
			x.why = &contrechamp.Explanation{Rule: x.claim.Rule, Step: c.why.Step, Clause: c.why.Clause}
		}
		note(&x)
		d.claims = append(d.claims, d.draft(x))
	}
}
