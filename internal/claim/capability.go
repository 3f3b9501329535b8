package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

const videoSurveillance = "video-surveillance"

// capability claims are not frames: a capability named in a sentence is claimed of whatever the sentence is about,
// unless the words talk of law, or of nobody.

// capabilities proposes the capabilities that a sentence names or says with verbs.
func (d *doc) capabilities(i int) {
	s := &d.sents[i]
	g := d.grammarAt(s)
	for u := range s.units {
		if m := s.units[u].mention; m != nil && s.units[u].kinds&kCAP != 0 {
			d.capability(i, u, u+1, m.capability, g.prior("capability.name"), "capability.name."+g.language)
		}
	}
	if s.saysNone {
		d.anaphoricDenial(i)
		return
	}
	d.matches(s, &g.sayings, func(m *match) {
		y := m.pattern.say
		if y.unless != noClass && d.wordsNear(s, m.from-4, m.to+4, y.unless) {
			return
		}
		d.capability(i, m.from, m.to, y.capability, g.prior("capability.say"), "capability.say."+g.language)
	})
	d.anaphoricDenial(i)
}

// capability proposes one capability said in units [from, to).
func (d *doc) capability(i, from, to int, id string, prior float64, ruleID string) {
	s := &d.sents[i]
	k := &d.grammarAt(s).known
	start, end := clause(s, from, to)
	for u := max(start, from-8); u < min(end, to+6); u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.law) {
			return
		}
	}
	about := d.deployment(contrechamp.Capability, s, from, to)
	if len(about.entities) == 0 {
		return
	}
	e := d.e.capabilities[id]
	if e == nil {
		return
	}
	refused, asked := false, d.asks(i)
	if !asked && d.asksWhether(s, from) {
		if refused = d.refuses(s, to); !refused { // "Asked whether the cameras recognise faces, the mayor said no."
			asked = true
		}
	}
	if asked {
		if refused = d.answersNo(i + 1); !refused && !d.answersYes(i+1) {
			return
		}
	}
	c := contrechamp.Claim{Predicate: contrechamp.Capability, Value: d.entityValue(e), Rule: ruleID, Confidence: prior}
	c.Modality = d.modality(s, from, to, nil)
	takenBack := d.takenBack(i + 1)
	switch {
	case refused || takenBack:
		c.Modality = contrechamp.Denied
	case asked:
		c.Modality = contrechamp.Asserted
	}
	proposed := len(d.claims)
	d.propose(i, from, to, c, about, nil)
	if (asked || takenBack) && len(d.claims) > proposed {
		// who answers says it, or who takes it back
		next := &d.sents[i+1]
		if v := d.voiceAt(next, next.first); v != nil {
			sp := *v.speaker
			d.claims[proposed].claim.Speaker, d.claims[proposed].said = &sp, true
		}
	}
	d.lastCapabilities = append(d.lastCapabilities, said{i, id})
}

// asksWhether reports whether what stands before unit from in its clause asks about it: "she asked whether ...".
func (d *doc) asksWhether(s *sentence, from int) bool {
	k := &d.grammarAt(s).known
	if k.asksWhether == noClass {
		return false
	}
	for u := max(0, from-negationReach); u < from; u++ {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.asksWhether) {
			return true
		}
	}
	return false
}

// refuses reports whether a "no" stands behind unit to at the end of the sentence: "..., the mayor said no."
func (d *doc) refuses(s *sentence, to int) bool {
	k := &d.grammarAt(s).known
	for u := len(s.units) - 1; u >= max(to, len(s.units)-3); u-- {
		if s.units[u].mention == nil && d.in(s.units[u].first, k.no) {
			return true
		}
	}
	return false
}

// answersNo reports whether sentence i begins with "no": it answers the question before it.
func (d *doc) answersNo(i int) bool {
	if i >= len(d.sents) {
		return false
	}
	s := &d.sents[i]
	if i > 0 && d.asks(i-1) && len(d.sents[i-1].units) <= longestTopic && d.deniesFirst(s) {
		return true // "Face recognition? Has not been bought."
	}
	const short = 6 // tokens: "Laut Hersteller nein."
	for t := s.end - 1; s.end-s.first <= short && t >= s.first; t-- {
		if d.toks[t].Kind == word.Word {
			if d.in(t, d.grammarAt(s).known.no) {
				return true
			}
			break
		}
	}
	for t := s.first; t < s.end && t < s.first+3; t++ {
		if d.in(t, d.grammarAt(s).known.no) {
			return true
		}
		if d.toks[t].Kind == word.Word {
			return false
		}
	}
	return false
}

// longestTopic is how many units a question has at most that only names what the next sentence speaks of.
const longestTopic = 6

// deniesFirst reports whether the first clause of a sentence is denied.
func (d *doc) deniesFirst(s *sentence) bool {
	k := &d.grammarAt(s).known
	for u := 0; u < len(s.units) && !s.units[u].stop && !s.units[u].comma; u++ {
		if s.units[u].mention != nil {
			continue
		}
		if d.in(s.units[u].first, k.undenied) {
			return false
		}
		if d.in(s.units[u].first, k.negation) {
			return true
		}
	}
	return false
}

// answersYes reports whether sentence i answers the question before it with "yes".
func (d *doc) answersYes(i int) bool {
	if i >= len(d.sents) {
		return false
	}
	s := &d.sents[i]
	return d.any(s.first, min(s.end, s.first+9), d.grammarAt(s).known.yes) >= 0
}

// takenBack reports whether sentence i says that the one before it is wrong.
func (d *doc) takenBack(i int) bool {
	if i >= len(d.sents) || d.sents[i].para != d.sents[i-1].para {
		return false
	}
	s := &d.sents[i]
	return d.any(s.first, min(s.end, s.first+5), d.grammarAt(s).known.untrue) >= 0
}

// ownWords is the subject of what a company says itself: its product named last, and the company.
func (d *doc) ownWords(s *sentence, u int) subjectOf {
	if u >= len(s.units) {
		return subjectOf{}
	}
	v := d.voiceAt(s, s.units[u].first)
	if v == nil || v.entity == nil || v.entity.Kind != contrechamp.KindCompany {
		return subjectOf{}
	}
	out := subjectOf{step: "own words"}
	if m := d.lastOf(s.first, 600, kPRD); m != nil {
		out.entities = append(out.entities, m.entity)
	}
	if !slices.Contains(out.entities, v.entity) {
		out.entities = append(out.entities, v.entity)
	}
	return out
}

// said is a capability that a sentence named.
type said struct {
	sent int
	id   string
}

// anaphoricDenial reads "ces deux fonctions ne sont pas utilisées", "that feature is switched off": it denies the
// capabilities named last.
func (d *doc) anaphoricDenial(i int) {
	s := &d.sents[i]
	g := d.grammarAt(s)
	if s.lacks(g.known.capabilityIt) && s.lacks(g.known.unused) {
		return
	}
	for u := range s.units {
		n := d.is(s.units[u].first, g.known.capabilityIt)
		whole := d.is(s.units[u].first, g.known.unused)
		if n = max(n, whole); n == 0 {
			continue
		}
		to := min(d.unitAt(s, s.units[u].first+n), len(s.units))
		end := to
		negated, used := whole > 0, whole > 0
		for ; end < len(s.units) && end < to+10 && !s.units[end].stop && !s.units[end].comma; end++ {
			negated = negated || d.in(s.units[end].first, g.known.negation)
			used = used || d.in(s.units[end].first, g.known.user)
		}
		if !negated || !used {
			continue
		}
		about := d.deployment(contrechamp.Capability, s, u, end)
		if len(about.entities) == 0 {
			return
		}
		sent := -1
		for j := len(d.lastCapabilities) - 1; j >= 0; j-- {
			c := d.lastCapabilities[j]
			if sent >= 0 && c.sent != sent || c.sent < i-2 {
				break
			}
			e := d.e.capabilities[c.id]
			if e == nil || c.id == videoSurveillance {
				continue
			}
			sent = c.sent
			if whole > 0 && d.takeBack(c, about) {
				continue
			}
			d.propose(i, u, end, contrechamp.Claim{Predicate: contrechamp.Capability, Value: d.entityValue(e), Modality: contrechamp.Denied,
				Rule: "capability.it." + g.language, Confidence: g.prior("capability.it")}, about, nil)
		}
		return
	}
}

// takeBack denies what a sentence named of a subject, where the words behind it say that it is not in use: "The contract includes face recognition. It has never
// been switched on." It answers false where nothing was said of that subject.
func (d *doc) takeBack(c said, about subjectOf) bool {
	found := false
	for n := len(d.claims) - 1; n >= 0 && d.claims[n].sent >= c.sent-1; n-- { // an answer's claims come with its question's
		x := d.claims[n]
		if x.sent != c.sent || x.claim.Predicate != contrechamp.Capability || x.claim.Value.Entity.ID != c.id ||
			!slices.ContainsFunc(x.claim.About, func(r contrechamp.EntityRef) bool { return r.ID == about.entities[0].ID }) {
			continue
		}
		x.claim.Modality = contrechamp.Denied
		found = true
	}
	return found
}
