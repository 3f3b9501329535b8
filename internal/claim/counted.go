package claim

import (
	"slices"
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
func (d *doc) countedCapabilities() {
	said := func(id string, about contrechamp.EntityRef) bool {
		return slices.ContainsFunc(d.claims, func(c *draft) bool {
			return c.claim.Predicate == contrechamp.Capability && c.claim.Value.Entity.ID == id && slices.ContainsFunc(c.claim.About, func(r contrechamp.EntityRef) bool { return r.ID == about.ID })
		})
	}
	for _, c := range slices.Clone(d.claims) {
		if c.claim.Predicate != contrechamp.DeviceCount || c.claim.Modality == contrechamp.Denied {
			continue
		}
		if c.claim.Value.Unit == "reader" && strings.HasPrefix(c.claim.Rule, "count.carry.") {
			continue // turnstiles read faces, or tickets
		}
		id := ableBy[c.claim.Value.Unit]
		e := d.e.capabilities[id]
		if e == nil || said(id, c.claim.About[0]) {
			continue
		}
		g := d.grammarAt(&d.sents[c.sent])
		x := *c
		x.claim.Predicate = contrechamp.Capability
		x.claim.Value = d.entityValue(e)
		x.claim.Rule = "capability.counted." + g.language
		x.claim.Confidence = g.prior("capability.counted")
		x.prior, x.repeats, x.agree, x.value, x.choices = x.claim.Confidence, 1, false, "", nil
		if c.why != nil {
			x.why = &Explanation{Rule: x.claim.Rule, Step: c.why.Step, Clause: c.why.Clause}
		}
		d.claims = append(d.claims, d.draft(x))
	}
}
