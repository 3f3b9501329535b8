package hint

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// What signs make likely becomes a claim, or a term of the confidence of one.

// SignOf answers the log-odds that the signs of its sentence give a draft.
func (d *Doc) SignOf(x *draft.Draft) (float64, bool) {
	bit := signBit(x)
	if bit == 0 {
		return 0, false
	}
	from, _ := slices.BinarySearchFunc(d.signed, x.Sent, func(h signed, sent int) int { return h.sent - sent })
	for _, h := range d.signed[from:] {
		if h.sent != x.Sent {
			break
		}
		if 1<<h.sign == bit {
			return h.odds, true
		}
	}
	return 0, false
}

// proposeSigns proposes what signs make likely and nothing else claims in the text: of each value, and of each denial of one, the likeliest.
func (d *Doc) proposeSigns() {
	var said [2]uint32
	for _, x := range d.Claims {
		said[Polarity(x.Claim.Modality)] |= signBit(x)
	}
	var best [2][mostSigns]signed
	for _, at := range d.signed {
		if at.odds < leastHinted || !d.leads(at) {
			continue
		}
		m := d.modalityOfSign(at)
		if m == contrechamp.Denied && SignRules[at.sign].Negated == "drop" || d.Contradicts(&d.Sentences[at.sent], at.unit, at.unit+1, grammar.SignIDs[at.sign]) {
			continue
		}
		p := Polarity(m)
		if said[p]>>at.sign&1 == 0 && (best[p][at.sign].modality == "" || best[p][at.sign].odds < at.odds) {
			at.modality = m
			best[p][at.sign] = at
		}
	}
	for p := range best {
		for _, at := range best[p] {
			if at.modality != "" {
				d.proposeSigned(at)
			}
		}
	}
}

// Polarity is 1 for what is denied.
func Polarity(m contrechamp.Modality) int {
	if m == contrechamp.Denied {
		return 1
	}
	return 0
}

// leads reports whether a sign is one of the likeliest of its sentence.
func (d *Doc) leads(at signed) bool {
	from, _ := slices.BinarySearchFunc(d.signed, at.sent, func(h signed, sent int) int { return h.sent - sent })
	for _, h := range d.signed[from:] {
		if h.sent != at.sent {
			break
		}
		if SignTarget(h.sign) == SignTarget(at.sign) && h.odds > max(at.odds, 0) && (at.odds < 0 || int(at.sign) >= len(grammar.CapabilityIDs)) {
			return false
		}
	}
	return true
}

// modalityOfSign is how a sign is said.
func (d *Doc) modalityOfSign(at signed) contrechamp.Modality {
	r := SignRules[at.sign]
	if r.Predicate == contrechamp.Capability {
		r = nil
	}
	return d.Modality(&d.Sentences[at.sent], at.unit, at.unit+1, r)
}

// proposeSigned proposes what the signs of a sentence make likely.
func (d *Doc) proposeSigned(at signed) {
	r := SignRules[at.sign]
	s := &d.Sentences[at.sent]
	if d.AsksWhether(s, at.unit) {
		return // what is asked is not said
	}
	m := passage.Match{Pattern: signPatterns[at.sign], From: at.unit, To: at.unit + 1}
	for k := range m.Slots {
		m.Slots[k] = -1
	}
	v, ok := d.Value(r, s, -1, &m)
	if !ok {
		return
	}
	var about subject.Subject
	if r.Predicate == contrechamp.Capability {
		about = d.Deployment(contrechamp.Capability, s, m.From, m.To)
	} else if about, ok = d.SubjectFor(r, s, &m, -1); !ok {
		return
	}
	if len(about.Entities) == 0 || v.Entity != nil && about.Entities[0].ID == v.Entity.ID {
		return
	}
	g := d.GrammarAt(s)
	c := contrechamp.Claim{Predicate: r.Predicate, Value: v, Rule: r.Id + "." + g.Language, Confidence: 0.5}
	c.Modality = at.modality
	d.proposeLikely(at.sent, &m, c, about, "signs", func() string { return d.strongestCompany(at) })
}

// strongestCompany are the signs and the words around them that speak most for what is proposed, in the order of the text.
func (d *Doc) strongestCompany(at signed) string {
	c := d.listHints()
	c.collect(at.sent)
	c.collectSigns()
	t := SignTarget(at.sign)
	spoken := make([]int, len(c.at))
	for n := range c.at {
		spoken[n] = c.addsTo(n, Any, t)
	}
	for _, n := range c.signs.units[at.sign] {
		spoken[n] += c.alone(at.sign, int(n))
		c.company(at.sign, int(n), func(m, adds int) { spoken[m] += adds })
	}
	return d.strongest(at.sent, -1, spoken)
}
