package claim

import (
	"cmp"
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// frames tries all rules on a sentence.
func (d *doc) frames(i int) {
	s := &d.sents[i]
	g := d.grammarAt(s)
	if d.asks(i) {
		d.answeredBy(i)
		return
	}
	d.matches(s, &g.frames, func(m *match) { d.frame(i, s, m) })
}

// mostAnswered is how many units of the sentence behind a question may answer it.
const mostAnswered = 8

// answeredBy tries on a question and the sentence behind it the patterns that hold a question mark: "Who built it? Optivue." What they find
// is claimed of the answer's words.
func (d *doc) answeredBy(i int) {
	if i+1 >= len(d.sents) || d.sents[i+1].para > d.sents[i].para+1 || d.asks(i+1) || d.grammarAt(&d.sents[i]) != d.grammarAt(&d.sents[i+1]) {
		return
	}
	asked, said := &d.sents[i], &d.sents[i+1]
	n := len(asked.units)
	both := sentence{first: asked.first, end: said.end, para: said.para, set: asked.set, fires: asked.fires | said.fires, kinds: asked.kinds | said.kinds}
	both.set.join(&said.set)
	both.units = append(append(make([]unit, 0, n+mostAnswered), asked.units...), said.units[:min(mostAnswered, len(said.units))]...)
	var found []match
	d.matches(&both, &d.grammarAt(asked).frames, func(m *match) {
		if m.pattern.asks && m.slots[valueSlot] >= n {
			found = append(found, *m)
		}
	})
	d.matcher.forget()
	for k := range found {
		m := &found[k]
		m.from, m.to = 0, m.to-n
		for x := range m.slots {
			m.slots[x] -= n
			if m.slots[x] < 0 {
				m.slots[x] = -1
			}
		}
		for x := range m.list {
			m.list[x] -= n
		}
		d.frame(i+1, said, m)
	}
}

// frame makes the claims of one match.
func (d *doc) frame(i int, s *sentence, m *match) {
	r := m.pattern.rule
	if r.unless != noClass && d.wordsNear(s, m.from-3, m.to+1, r.unless) || r.never != noClass && d.wordsNear(s, 0, len(s.units), r.never) {
		return
	}
	if r.needs != noClass && !d.wordsNear(s, 0, len(s.units), r.needs) && !d.waives(s, r, m) {
		return
	}
	if r.topic && !d.topical {
		return
	}
	if r.near && !d.surveilled(s.para) {
		return
	}
	if r.negated == "drop" && d.denied(s, m.from, m.to) {
		return
	}
	if m.listed == aboutSlot && len(m.list) > 0 {
		// "Bouaké, Korhogo et San-Pedro seront équipées": one claim for each
		more := m.list
		m.list, m.listed = nil, noSlot
		d.frame(i, s, m)
		for _, u := range more {
			one := *m
			one.slots[aboutSlot] = u
			d.frame(i, s, &one)
		}
		return
	}
	values := []int{m.slots[valueSlot]}
	values = append(values, m.list...)
	for _, v := range values {
		value, ok := d.value(r, s, v, m)
		if !ok {
			continue
		}
		about, ok := d.subjectFor(r, s, m, v)
		if !ok {
			continue
		}
		if r.predicate == contrechamp.Operator && v >= 0 {
			in := s.units[v].mention
			about = d.ofBody(about, in)
			if e := d.bodyAt(in, about); e != nil && value.Entity != nil && in.entity != nil && value.Entity.ID == in.entity.ID {
				value = d.entityValue(e)
			}
		}
		if value.Entity != nil && r.constant == "" {
			// nothing is its own operator or vendor
			itself := func(e *contrechamp.Entity) bool { return e.ID == value.Entity.ID }
			if slices.ContainsFunc(about.entities, itself) {
				about.entities = slices.DeleteFunc(slices.Clone(about.entities), itself)
			}
			if len(about.entities) == 0 {
				continue
			}
		}
		c := contrechamp.Claim{Predicate: r.predicate, Value: value, Rule: r.id, Confidence: r.prior}
		c.Modality = d.modality(s, m.from, m.to, r)
		if c.Modality == contrechamp.Asserted && (r.predicate == contrechamp.Since || r.predicate == contrechamp.Status) && d.ahead(s, m, value) {
			c.Modality = contrechamp.Planned
		}
		if c.Modality == contrechamp.Planned && r.modality == "" && (r.predicate == contrechamp.Since || r.constant == "trial") && (d.bygone(s, m, value) || d.runsOut(s)) {
			c.Modality = contrechamp.Asserted // "in service since 2017, will be replaced": it began
		}
		if c.Modality == contrechamp.Planned && r.constant == "operational" {
			c.Value = d.entityValue(stageOf("planned")) // "will go live in May" is a plan
		}
		if p := m.slots[shareSlot]; p >= 0 && s.units[p].mention != nil && s.units[p].mention.quantity != nil {
			c.Share = s.units[p].mention.quantity.Number
		}
		var own *contrechamp.Entity
		if r.speaks && v >= 0 {
			own = s.units[v].mention.entity
		}
		d.firing = m
		d.propose(i, m.from, m.to, c, about, own)
		d.firing = nil
	}
}

// waives reports whether a rule may do without the words that it needs in its sentence: in a text about surveillance a sum
// is what it costs and a protest is against it, and a known association hardly speaks of anything else.
func (d *doc) waives(s *sentence, r *rule, m *match) bool {
	switch r.predicate {
	case contrechamp.Cost:
		return d.topical
	case contrechamp.Objection:
		if d.topical {
			return true
		}
		v := m.slots[valueSlot]
		return d.surveils && v >= 0 && s.units[v].mention != nil && s.units[v].kinds&kORG != 0 && s.units[v].mention.entity != nil &&
			s.units[v].mention.entity.Source == "lexicon" && d.campaigns(s.units[v].mention)
	}
	return false
}

// campaigns reports whether an organisation is one that takes a stand: an association, a union, a party, not a newspaper.
func (d *doc) campaigns(m *mention) bool {
	if m.generic || d.e.lex.Role(m.entity.ID) == lexicon.RolePress {
		return false
	}
	p := &d.paras[d.paraOf(m.first)]
	return d.any(m.first, m.end, p.g.known.press) < 0
}

// surveilled reports whether a paragraph names devices or a capability.
func (d *doc) surveilled(para int) bool {
	p := &d.paras[para]
	if p.surveilled == unknown {
		p.surveilled = no
		for _, m := range d.byPara[para] {
			if m.kinds&(kDEV|kCAP) != 0 {
				p.surveilled = yes
				break
			}
		}
		if p.end-p.first < shortPara {
			p.surveilled = yes
		}
	}
	return p.surveilled == yes
}

// wordsNear reports whether a word of the class starts in units [from, to).
func (d *doc) wordsNear(s *sentence, from, to int, class int32) bool {
	if s.lacks(class) {
		return false
	}
	for u := max(from, 0); u < min(to, len(s.units)); u++ {
		if s.units[u].mention == nil || s.units[u].kinds&(kDEV|kCAP) != 0 {
			if d.in(s.units[u].first, class) {
				return true
			}
		}
	}
	return false
}

// subjectFor resolves what a match is about.
func (d *doc) subjectFor(r *rule, s *sentence, m *match, v int) (subjectOf, bool) {
	if a := m.slots[aboutSlot]; a >= 0 {
		in := s.units[a].mention
		if in == nil {
			return subjectOf{}, false
		}
		e := in.entity
		if e == nil && in.kinds&kNAME != 0 && r.about == "company" {
			if p := &d.paras[s.para]; d.maybePerson(p, in) || d.behindNationality(p, in) {
				return subjectOf{}, false
			}
			e = d.nameAs(contrechamp.Owner, in)
		}
		if e == nil {
			return subjectOf{}, false
		}
		if in.kinds&(kPOL|kAUT) != 0 {
			if p := d.placeOf(in); p != nil {
				return d.about("slot", p, e), true
			}
			if in.generic {
				// "le gouvernement prévoit ...": that of the place that the words are about
				out := d.deployment(r.predicate, s, m.from, m.to)
				return out, len(out.entities) > 0
			}
		}
		if e.Kind == contrechamp.KindPerson {
			return subjectOf{}, false
		}
		if e.Kind == contrechamp.KindPlace {
			return d.about("slot", e, nil), true
		}
		return d.one(e, "slot"), true
	}
	switch r.about {
	case "company":
		t := d.tokenOf(s, m.from)
		if m.slots[valueSlot] >= 0 && m.slots[valueSlot] > m.from {
			t = d.tokenOf(s, m.slots[valueSlot])
		}
		if r.predicate == contrechamp.Home && v >= 0 && v+1 < len(s.units) && s.units[v+1].kinds&kCO != 0 {
			return subjectOf{}, false // "le groupe belge X": of X, as other patterns say
		}
		e := d.companyBefore(s, t)
		if e == nil {
			return subjectOf{}, false
		}
		if v >= 0 && r.predicate == contrechamp.Home && s.units[v].mention != nil && s.units[v].mention.entity != nil {
			// "the Chinese group" is the last company of that country
			country := s.units[v].mention.entity.Country
			if e.Country != "" && e.Country != country {
				if e = d.lastCompanyOf(t, country); e == nil {
					return subjectOf{}, false
				}
			}
		}
		return d.one(e, "company"), true
	case "product":
		if e := d.productAt(s, m.to, m.to); e != nil {
			return d.one(e, "product"), true
		}
		if out := d.ownWords(s, m.from); len(out.entities) > 0 {
			return out, true
		}
		if d.product != nil {
			return d.one(d.product, "product"), true
		}
	}
	if r.predicate == contrechamp.Objection && r.voiced {
		// "Hikvision is complicit", they said: against the firm that the words accuse
		for u := range s.units {
			if s.units[u].kinds&kCO != 0 && s.units[u].mention.entity != nil && !d.behindPreposition(s, u) && u < m.from {
				return d.one(s.units[u].mention.entity, "subject"), true
			}
		}
	}
	out := d.deployment(r.predicate, s, m.from, m.to)
	return out, len(out.entities) > 0
}

// companyBefore is the firm that the text speaks of at token t of a sentence: the last one before it, the subject of the sentence before, the
// section's or the document's.
func (d *doc) companyBefore(s *sentence, t int) *contrechamp.Entity {
	if e := d.lastCompany(t, s.first); e != nil {
		return e
	}
	if d.holds(s, d.grammarAt(s).known.ourselves) { // "we have offices in Ireland": whoever's page it is, not whom it named last
		if e := cmp.Or(d.portrait, d.companyAt(s)); e != nil {
			return e
		}
	}
	if e := d.previousSubject(s); e != nil {
		return e
	}
	if e := d.lastCompany(s.first, d.paras[s.para].first); e != nil {
		return e
	}
	if e := d.sections[s.para].company; e != nil {
		return e
	}
	if e := d.companyAt(s); e != nil {
		return e
	}
	return d.portrait
}

// beside are the steps that find a claim's subject beside its words.
var beside = []string{"slot", "own words", "user", "fronted", "near", "headed", "subject", "product", "company"}

// reports reports whether a claim says of a newspaper or a broadcaster what those only report: that it objects, runs a system or sells one.
func (d *doc) reports(c *contrechamp.Claim) bool {
	switch c.Predicate {
	case contrechamp.Objection, contrechamp.Operator, contrechamp.Vendor:
		return c.Value.Entity != nil && d.e.lex.Role(c.Value.Entity.ID) == lexicon.RolePress
	}
	return false
}

// propose adds a claim with the words of units [from, to) as its quote. own is the speaker that the rule found.
func (d *doc) propose(i, from, to int, c contrechamp.Claim, about subjectOf, own *contrechamp.Entity) {
	s := &d.sents[i]
	if to <= from || to > len(s.units) || len(about.entities) == 0 || d.reports(&c) {
		return
	}
	again := c // for the other places of a list
	c.About = d.refs(len(about.entities))
	for _, e := range about.entities {
		if e.Kind == contrechamp.KindPerson {
			return
		}
		c.About = append(c.About, d.ref(d.keep(e)))
	}
	first, end := d.quoteTokens(s, from, to)
	q, err := contrechamp.QuoteAt(d.body, d.span(first, end))
	if err != nil {
		return // an empty span: there are no words that say it
	}
	c.Quote = q
	said := false // its rule knows who says it
	if v := d.voiceAt(s, s.units[to-1].first); v != nil {
		sp := *v.speaker
		c.Speaker = &sp
	}
	if v, denied := d.disputed(i, to); denied && c.Modality != contrechamp.Denied && c.Predicate != contrechamp.Objection {
		c.Modality = contrechamp.Denied
		if v != nil {
			sp := *v.speaker
			c.Speaker, said = &sp, true
		}
	}
	if own != nil {
		ref := d.ref(own)
		sp := contrechamp.Speaker{Names: ref.Names}
		if own.Kind != contrechamp.KindPerson {
			sp.ID = own.ID
		}
		if d.quotedIn(s) || c.Speaker != nil {
			c.Speaker, said = &sp, true
		}
	}
	if c.Modality == "" {
		c.Modality = contrechamp.Asserted
	}
	var choices []Choice
	for _, x := range d.choices {
		if x.Chosen && x.Entity.ID == c.About[0].ID {
			choices = d.choices
		}
	}
	odds := 0.0
	if d.chosen == about.entities[0] {
		odds = d.chosenOdds
	}
	d.choices, d.chosen = nil, nil
	value := from
	if m := d.firing; m != nil && m.slots[valueSlot] >= 0 {
		value = m.slots[valueSlot]
	}
	x := draft{claim: c, said: said, at: value, odds: odds, choices: choices, para: s.para, sent: i, placed: slices.Contains(beside, about.step), heading: d.paras[s.para].role != contrechamp.RoleBody && d.paras[s.para].role != contrechamp.RoleItem,
		units: [2]int{from, to}, step: about.step, prior: c.Confidence, repeats: 1}
	if d.explained {
		x.why = d.why(s, from, to, c.Rule, about.step)
	}
	d.claims = append(d.claims, d.draft(x))
	if about.step != stepListed && ofEach(c.Predicate) && !strings.HasPrefix(c.Rule, hintPrefix) && c.Modality != contrechamp.Denied {
		for _, other := range d.alsoListed(s, about.entities[0]) {
			d.propose(i, from, to, again, subjectOf{entities: []*contrechamp.Entity{other}, step: stepListed}, own)
		}
	}
}

// why notes how a claim came about.
func (d *doc) why(s *sentence, from, to int, rule, step string) *Explanation {
	x := &Explanation{Rule: rule, Step: step, Clause: d.words(s.units[from].first, s.units[to-1].end)}
	if m := d.firing; m != nil && m.pattern.rule != nil && m.pattern.rule.id == rule {
		x.Line = m.pattern.line
		for i, name := range [...]string{valueSlot: "value", aboutSlot: "about", shareSlot: "share"} {
			if u := m.slots[i]; i > 0 && u >= 0 && u < len(s.units) {
				x.Slots = append(x.Slots, Slot{Name: name, Words: d.words(s.units[u].first, s.units[u].end)})
			}
		}
	}
	return x
}

// maxQuote is how many tokens a quote may have; a longer sentence is cut to the clause around the match.
const maxQuote = 45

// quoteTokens widens the match to its sentence where that is short, else to its clause: a quote should say the
// claim to someone who reads nothing else.
func (d *doc) quoteTokens(s *sentence, from, to int) (int, int) {
	if s.end-s.first <= maxQuote {
		return s.first, s.end
	}
	a, b := clause(s, from, to)
	first, end := s.units[a].first, s.units[min(b, len(s.units))-1].end
	return first, end
}
