package frame

import (
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
)

// ableBy is what devices of a unit are there for: whoever counts drones says that they watch from above. Cameras alone say nothing more precise.
var ableBy = map[string]string{
	"drone":      "drone-surveillance",
	"reader":     "licence-plate-recognition",
	"microphone": "sound-detection",
	"bracelet":   "location-tracking",
}

// CountedCapabilities proposes what counted devices are there for, where nothing says it of their subject in other words.
func (d *Doc) CountedCapabilities() {
	type able struct{ id, about string }
	var said map[able]bool // made when it is first asked for
	note := func(c *draft.Draft) {
		for _, r := range c.Claim.About {
			said[able{c.Claim.Value.Entity.ID, r.ID}] = true
		}
	}
	for _, c := range d.Claims { // those that are there now
		if c.Claim.Predicate != contrechamp.DeviceCount || c.Claim.Modality == contrechamp.Denied {
			continue
		}
		if c.Claim.Value.Unit == "reader" && strings.HasPrefix(c.Claim.Rule, "count.carry.") {
			continue // turnstiles read faces, or tickets
		}
		id := ableBy[c.Claim.Value.Unit]
		e := d.Knows.Capabilities[id]
		if e == nil {
			continue
		}
		if said == nil {
			said = map[able]bool{}
			for _, other := range d.Claims {
				if other.Claim.Predicate == contrechamp.Capability {
					note(other)
				}
			}
		}
		if said[able{id, c.Claim.About[0].ID}] {
			continue
		}
		g := d.GrammarAt(&d.Sentences[c.Sent])
		x := *c
		x.Claim.Predicate = contrechamp.Capability
		x.Claim.Value = d.EntityValue(e)
		x.Claim.Rule = "capability.counted." + g.Language
		x.Claim.Confidence = g.Prior("capability.counted")
		x.Prior, x.Repeats, x.Agree, x.Value, x.Choices = x.Claim.Confidence, 1, false, "", nil
		if c.Why != nil {
			x.Why = &contrechamp.Explanation{Rule: x.Claim.Rule, Step: c.Why.Step, Clause: c.Why.Clause}
		}
		note(&x)
		d.Claims = append(d.Claims, d.draft(x))
	}
}
