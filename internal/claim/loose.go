package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// The loose layer speaks where no rule did, and only in a text that is about surveillance as a whole: the police of the
// town run its cameras. It is less sure than the rules and says so: its claims have a rule ID and a prior of their own.
// Associations that contest, and makers beside systems, were tried in the same way: of 17 such claims over four lots
// and the known sets 3 were right, so they are left to the rules.

// looseClaims proposes them, after all rules.
func (d *doc) looseClaims() {
	if !d.topical {
		return
	}
	for _, c := range d.claims {
		if c.claim.Predicate == contrechamp.Operator {
			return
		}
	}
	d.looseOperator()
}

// looseOperator lets the police of the town that the text is about run its cameras, or else its town hall.
func (d *doc) looseOperator() {
	if d.main.entity == nil || d.company != nil || d.product != nil || d.e.isCountry(d.main.entity) {
		return
	}
	bestSent, bestUnit, bestWeight := -1, 0, 0
	for i := range d.sents {
		s := &d.sents[i]
		if s.tabled || d.asks(i) {
			continue
		}
		k := &d.grammarAt(s).known
		near := false
		for u := range s.units {
			near = near || s.units[u].kinds&(kDEV|kCAP) != 0
		}
		for u := range s.units {
			m := s.units[u].mention
			if m == nil || s.units[u].kinds&kPOL == 0 || m.entity == nil {
				continue
			}
			if p := d.placeOf(m); p != nil && p != d.main.entity {
				continue
			}
			weight := 1
			if d.any(m.first, m.end, k.police) >= 0 {
				weight = 2
			} else if d.any(m.first, m.end, k.town) < 0 {
				continue
			}
			if !near {
				continue
			}
			if at := d.chain(s, u, u+1); len(at.entities) == 0 || at.entities[0] != d.main.entity {
				continue // it is said of somewhere else
			}
			if weight > bestWeight {
				bestSent, bestUnit, bestWeight = i, u, weight
			}
		}
	}
	if bestSent < 0 {
		return
	}
	s := &d.sents[bestSent]
	g := d.grammarAt(s)
	m := s.units[bestUnit].mention
	about := d.about("main", d.main.entity, nil)
	c := contrechamp.Claim{Predicate: contrechamp.Operator, Value: d.entityValue(m.entity), Rule: "loose.operator." + g.language, Confidence: g.prior("loose.operator")}
	c.Modality = d.modality(s, bestUnit, bestUnit+1, looseRule)
	d.propose(bestSent, bestUnit, bestUnit+1, c, about, nil)
}

// looseRule says how negations bear on whoever runs a system: not at all.
var looseRule = &rule{negated: "keep"}

// campaigns reports whether an organisation is one that takes a stand: an association, a union, a party, not a newspaper.
func (d *doc) campaigns(m *mention) bool {
	if m.generic || d.e.lex.Role(m.entity.ID) == lexicon.RolePress {
		return false
	}
	p := &d.paras[d.paraOf(m.first)]
	return d.any(m.first, m.end, p.g.known.press) < 0
}
