package claim

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// subjectOf is who or what a claim is about: its entities, the main one first, and the step that found them.
type subjectOf struct {
	entities []*contrechamp.Entity
	step     string
}

// chainSteps are the steps by which chain proposes something.
var chainSteps = [...]string{"user", "near", "subject", "fronted", "sentence", "nationality", "headed", "paragraph", "section", "main"}

// chain proposes the subject of something said around units [from, to): the steps in order.
func (d *subjectDoc) chain(s *sentence, from, to int) subjectOf {
	if e, body, ok := d.userIn(s, from, to); ok {
		return d.about("user", e, body)
	}
	if e := d.whereClause(s, from); e != nil {
		return d.about("near", e, nil)
	}
	if e := d.actingPlace(s, from); e != nil {
		return d.about("subject", e, nil)
	}
	if e := d.therePlace(s); e != nil {
		return d.about("near", e, nil)
	}
	if e := d.fronted(s, from); e != nil {
		return d.about("fronted", e, nil)
	}
	if e := d.nearestPlace(s, from, to); e != nil {
		return d.about("near", e, nil)
	}
	if e := d.placeSubject(s, from); e != nil {
		return d.about("subject", e, nil)
	}
	if e := d.sentencePlace(s, from, to); e != nil {
		return d.about("sentence", e, nil)
	}
	if e := d.bodyCountry(s, from, to); e != nil {
		return d.about("nationality", e, nil)
	}
	if e := d.headedBy(s.para); e != nil {
		return d.about("headed", e, nil)
	}
	if e := d.paragraphPlace(s); e != nil {
		return d.about("paragraph", e, nil)
	}
	if e := d.sections[s.para].place; e != nil {
		return d.about("section", e, nil)
	}
	if d.main.entity != nil {
		return d.about("main", d.main.entity, nil)
	}
	return subjectOf{step: "none"}
}

// beforeBracket is the place right before the bracket that unit from stands in: "Nancy (6 cameras), Metz (9 cameras)". What is counted in an aside is that
// place's.
func (d *subjectDoc) beforeBracket(s *sentence, from int) *contrechamp.Entity {
	const longest = 12 // units of an aside
	for u := min(from, len(s.units)) - 1; u > 0 && u >= from-longest; u-- {
		switch d.fold[s.units[u].first] {
		case ")":
			return nil
		case "(":
			m := s.units[u-1].mention
			if m == nil || m.entity == nil || m.weak || s.units[u-1].kinds&kPLC == 0 || d.e.isCountry(m.entity) {
				return nil
			}
			return m.entity
		}
	}
	return nil
}

// fewAtOnce is how many entities there is room for at once, and mostFew how many a subject has as a rule.
const (
	fewAtOnce = 256
	mostFew   = 4
)

// few is room for the entities of a subject.
func (d *subjectDoc) few() []*contrechamp.Entity {
	n := len(d.entityRoom)
	if n+mostFew > cap(d.entityRoom) {
		d.entityRoom, n = make([]*contrechamp.Entity, 0, fewAtOnce), 0 // those before keep their memory
	}
	d.entityRoom = d.entityRoom[:n+mostFew]
	return d.entityRoom[n : n : n+mostFew]
}

// one is the subject of one entity.
func (d *subjectDoc) one(e *contrechamp.Entity, step string) subjectOf {
	return subjectOf{append(d.few(), e), step}
}

// about makes the subject: a country that contains the main town is the main town; the programmes of the place.
func (d *subjectDoc) about(step string, e, body *contrechamp.Entity) subjectOf {
	out := subjectOf{entities: d.few(), step: step}
	if e != nil && d.main.entity != nil && e != d.main.entity && d.e.isCountry(e) && e.Country == d.main.entity.Country && step != "near" && (d.townForCountry || step != "chosen") {
		e = d.main.entity
	}
	if e != nil {
		out.entities = append(out.entities, e)
	}
	if e != nil && e.Source == "document" && d.main.entity != nil && e != d.main.entity && !d.e.isCountry(d.main.entity) && step != "slot" && step != "section" && step != "headed" {
		out.entities = append(out.entities, d.main.entity) // a station or a stadium of the town
	}
	if body != nil && !slices.Contains(out.entities, body) {
		out.entities = append(out.entities, body)
	}
	if (e == nil || e == d.main.entity || d.e.isCountry(e)) && d.runner != nil && !slices.Contains(out.entities, d.runner) {
		out.entities = append(out.entities, d.runner)
	}
	if e == nil || e == d.main.entity {
		for _, x := range d.alongside {
			if !slices.Contains(out.entities, x) {
				out.entities = append(out.entities, x)
			}
		}
		for _, p := range d.programmes {
			if p.deployed && !slices.Contains(out.entities, p.entity) {
				out.entities = append(out.entities, p.entity)
			}
		}
		if t := d.titledProduct; t != nil && !slices.Contains(out.entities, t) {
			out.entities = append(out.entities, t) // the text is about that product there
		}
	}
	return out
}

// userIn finds the body that uses the system in the clause: "la SNCB utilise", "the force deployed". Of several the one nearest before is meant: "X has
// five cameras and Y has eight".
func (d *subjectDoc) userIn(s *sentence, from, to int) (*contrechamp.Entity, *contrechamp.Entity, bool) {
	const before, behind = 14, 2
	for u := min(from, len(s.units)-1); u >= max(0, from-before); u-- {
		if m := s.units[u].mention; u < from && m != nil && m.entity != nil && !m.generic && s.units[u].kinds&kPOL != 0 && d.opensClause(s, u) && d.verbBehind(s, u) {
			p := d.placeOf(m)
			return p, m.entity, true // whatever it does: "and Y has eight"
		}
		if p, body, ok, done := d.userAt(s, u); done {
			return p, body, ok
		}
	}
	for u := from + 1; u < min(to+behind, len(s.units)); u++ {
		if p, body, ok, done := d.userAt(s, u); done {
			return p, body, ok
		}
	}
	return nil, nil, false
}

// userAt is the body before the verb at unit u, if that is one of using; done says that nobody else need be looked for.
func (d *subjectDoc) userAt(s *sentence, u int) (place, body *contrechamp.Entity, ok, done bool) {
	k := &d.grammarAt(s).known
	if s.units[u].mention != nil && s.units[u].kinds&(kPOL|kPRG) == 0 || !d.in(s.units[u].first, k.user) {
		return nil, nil, false, false
	}
	for b := u - 1; b >= 0 && b >= u-8; b-- {
		m := s.units[b].mention
		if s.units[b].stop {
			break
		}
		if m == nil || s.units[b].kinds&kPOL == 0 || m.entity == nil || d.behindPreposition(s, b) {
			continue
		}
		if p := d.placeOf(m); p != nil {
			return p, m.entity, true, true
		}
		if m.generic {
			return nil, nil, false, true
		}
		return nil, m.entity, true, true
	}
	return nil, nil, false, false
}

// placeOf is the place of a body: in its name, or the country that the lexicon says it belongs to.
func (d *subjectDoc) placeOf(m *mention) *contrechamp.Entity {
	if m.within != nil && m.within.entity != nil {
		return m.within.entity
	}
	if m.entity != nil && m.entity.Within != "" {
		if e := d.entities[m.entity.Within]; e != nil {
			return e
		}
		if i, err := d.e.lex.ByID(m.entity.Within); err == nil {
			return d.keep(d.e.lex.Entity(i))
		}
	}
	if m.entity != nil && m.entity.Country != "" && m.kinds&kPOL != 0 {
		code := m.entity.Country
		if d.foreignBodies[code] {
			if d.main.entity == nil || d.main.entity.Country == "" {
				return nil
			}
			code = d.main.entity.Country
		}
		if c := d.e.country(code); c != nil {
			return d.keep(c)
		}
	}
	return nil
}

// fronted is the place at the head of the sentence: "À Namur, ...". A name that nothing else is known of is a place there.
func (d *subjectDoc) fronted(s *sentence, from int) *contrechamp.Entity {
	k := &d.grammarAt(s).known
	for u := 1; u < min(3, len(s.units)); u++ {
		m := s.units[u].mention
		if m == nil || s.units[u].kinds&(kPLC|kNAME) == 0 || u >= from+2 {
			continue
		}
		if d.in(s.units[u-1].first, k.locative) && u+1 < len(s.units) && s.units[u+1].comma {
			if s.units[u].kinds&kPLC != 0 {
				return m.entity
			}
			if u == 1 && m.entity == nil && d.in(s.units[0].first, k.atTown) && !d.grammarAt(s).nounsCapital {
				return d.made(contrechamp.KindPlace, d.words(m.first, m.end))
			}
		}
	}
	return nil
}

// headedBy is the place that opens an item or paragraph and is parted from what is said of it: "Neillsville: $18,831, 32
// cameras", "4) AMSTERDAM SCHIPHOL. At a few gates ...", "BMO Stadium. Los Angeles, ...". It is looked up once.
func (d *subjectDoc) headedBy(para int) *contrechamp.Entity {
	if e, ok := d.headed[para]; ok {
		return e
	}
	d.headed[para] = nil
	p := &d.paras[para]
	if p.role == contrechamp.RoleTitle || p.end-p.first < 6 {
		return nil
	}
	// past a number or a bullet
	t := p.first
	for t < p.end && t < p.first+4 && (d.toks[t].Kind != word.Word || p.g != nil && d.in(t, p.g.known.article)) {
		t++
	}
	const opening = 10
	var found *contrechamp.Entity
	for _, m := range d.byPara[para] {
		if m.first > t+opening {
			break
		}
		// everything up to the place must be its name's: capitals, commas
		plain := false
		for x := t; x < m.first; x++ {
			plain = plain || d.toks[x].Kind == word.Word && !d.toks[x].Upper || d.fold[x] == "." || d.fold[x] == ":"
		}
		if plain || m.kinds&kPLC == 0 || m.entity == nil || m.weak || d.e.isArea(m.entity) {
			continue
		}
		end := m.end
		for end < p.end && end < m.end+5 && (d.fold[end] == "," || d.toks[end].Upper || d.fold[end] == "(" || d.fold[end] == ")") {
			end++
		}
		if end < p.end && (d.fold[end] == ":" || d.fold[end] == "." || d.fold[end] == "-") && end+2 < p.end {
			found = m.entity
		}
		break
	}
	d.headed[para] = found
	return found
}

// placeSubject is the place that a sentence is about by its grammar: "Tramelan n'a pas de caméras", "Montreal tried
// body cameras". Countries are left out: they mostly act, abroad.
func (d *subjectDoc) placeSubject(s *sentence, from int) *contrechamp.Entity {
	for u := 0; u < min(4, len(s.units)) && u < from; u++ {
		m := s.units[u].mention
		if m == nil || s.units[u].kinds&kPLC == 0 || m.entity == nil || m.weak || d.e.isCountry(m.entity) || d.e.isArea(m.entity) || d.bracketed(m) {
			continue
		}
		if d.behindPreposition(s, u) || u+1 >= len(s.units) {
			return nil
		}
		next := &s.units[u+1]
		if next.stop || d.fold[next.first] == "(" || d.fold[next.first] == ":" || next.comma && u > 0 {
			return nil
		}
		return m.entity
	}
	return nil
}

// nearestPlace is the nearest place behind a locative preposition, without a comma between: behind what is said
// first, then before it.
func (d *subjectDoc) nearestPlace(s *sentence, from, to int) *contrechamp.Entity {
	const reach = 18
	var best *contrechamp.Entity
	for u := to; u < len(s.units) && u < to+reach; u++ {
		if s.units[u].stop || s.units[u].comma && (u+1 >= len(s.units) || !d.in(s.units[u+1].first, d.grammarAt(s).known.including)) {
			break
		}
		if best != nil && s.units[u].comma {
			continue
		}
		if d.deployedAt(s, u) {
			best = s.units[u].mention.entity
			if !d.e.isCountry(best) {
				return best
			}
		}
	}
	for u := min(to, len(s.units)) - 1; u >= 0 && u > from-reach; u-- {
		if u < from && (s.units[u].comma || s.units[u].stop) {
			break
		}
		if d.deployedAt(s, u) {
			if best == nil || !d.e.isCountry(s.units[u].mention.entity) {
				return s.units[u].mention.entity
			}
		}
	}
	return best
}

// sentencePlace is the only place of the sentence where something can stand.
func (d *subjectDoc) sentencePlace(s *sentence, from, to int) *contrechamp.Entity {
	var found *contrechamp.Entity
	comma := false
	for u := range s.units {
		if u >= to && s.units[u].comma {
			comma = true
		}
		if comma {
			break // what stands behind a comma is said of something else
		}
		if !d.deployedAt(s, u) {
			continue
		}
		e := s.units[u].mention.entity
		if found != nil && found != e {
			return nil
		}
		found = e
	}
	if found != nil && d.main.entity != nil && found != d.main.entity && d.e.isCountry(found) && !d.e.isCountry(d.main.entity) {
		return nil
	}
	return found
}

// deployedAt reports whether the unit is a place where something can stand: behind a locative, or behind "of" the
// noun that is placed, not behind words that say where a firm sits.
func (d *subjectDoc) deployedAt(s *sentence, u int) bool {
	m := s.units[u].mention
	if m == nil || s.units[u].kinds&kPLC == 0 || m.entity == nil || u == 0 || m.weak || d.bracketed(m) || d.e.isArea(m.entity) || d.containers[m.entity.ID] {
		return false
	}
	k := &d.grammarAt(s).known
	if d.seats(&d.paras[s.para], m.first, m.end, true) {
		return false
	}
	n := u - 1
	for n > 0 && n > u-3 && d.in(s.units[n].first, k.article) && !d.in(s.units[n].first, k.locative) {
		n--
	}
	if d.alongRange(s, u, n) {
		return false
	}
	t := s.units[n].first
	if s.units[n].mention != nil || !d.in(t, k.locative) && !d.in(t, k.of) {
		return false
	}
	for w := n; w >= 0 && w >= n-3; w-- {
		if d.in(s.units[w].first, k.unplace) {
			return false
		}
		if w < n && s.units[w].kinds&(kDEV|kCAP) != 0 {
			break
		}
		if w < n && s.units[w].mention == nil && d.in(t, k.of) && !d.in(t, k.locative) && d.in(s.units[w].first, k.firm) {
			return false
		}
	}
	return true
}

// alongRange reports whether the place at unit u is one end of a stretch, its preposition at n: "de Kousséri à Kribi", "from Leeds to York".
// What is said of the stretch is said of neither.
func (d *subjectDoc) alongRange(s *sentence, u, n int) bool {
	k := &d.grammarAt(s).known
	place := func(u int) bool { return u >= 0 && u < len(s.units) && s.units[u].kinds&kPLC != 0 }
	from := func(u int) bool {
		return u >= 0 && s.units[u].mention == nil && (d.in(s.units[u].first, k.of) || d.in(s.units[u].first, k.unplace))
	}
	to := func(u int) bool {
		return u < len(s.units) && s.units[u].mention == nil && d.in(s.units[u].first, k.locative)
	}
	return from(n) && to(u+1) && place(u+2) || to(n) && place(n-1) && from(n-2)
}

// bodyCountry is the country of a body in the sentence: "la police camerounaise".
func (d *subjectDoc) bodyCountry(s *sentence, from, to int) *contrechamp.Entity {
	for u := range s.units {
		m := s.units[u].mention
		if m == nil || s.units[u].kinds&kPOL == 0 || m.generic {
			continue // "the police" is that of the place that the words are about, whichever it is
		}
		if p := d.placeOf(m); p != nil && (u < to+10 && u > from-16) {
			return p
		}
	}
	return nil
}

// paragraphPlace is the last place where something can stand that the paragraph named before this sentence, unless
// the main place is named in the paragraph.
func (d *subjectDoc) paragraphPlace(s *sentence) *contrechamp.Entity {
	if d.main.entity == nil {
		return nil
	}
	if d.mainInPara(s.para) && (d.sections[s.para].place == nil || d.sections[s.para].place == d.main.entity) {
		return nil
	}
	var best *contrechamp.Entity
	defer func() { d.steps++ }()
	const tokensBack = 400
	for i := d.sentenceAt(s.first) - 1; best == nil && i >= 0 && d.sents[i].para == s.para && d.sents[i].first > s.first-tokensBack; i-- {
		o := &d.sents[i]
		d.steps++
		for u := range o.units {
			if d.deployedAt(o, u) {
				best = o.units[u].mention.entity
			}
		}
		if best == nil {
			best = d.placeSubject(o, len(o.units))
		}
	}
	if best != nil && d.e.isCountry(best) && best.Country == d.main.entity.Country {
		return nil
	}
	return best
}

// lookBack is how many tokens back an anaphor may look.
const lookBack = 1200

// mainInPara reports whether a paragraph names the main place; it is looked up once.
func (d *subjectDoc) mainInPara(para int) bool {
	if known, ok := d.mainIn[para]; ok {
		return known
	}
	found := false
	for _, m := range d.byPara[para] {
		found = found || m.entity == d.main.entity || m.within != nil && m.within.entity == d.main.entity
	}
	d.mainIn[para] = found
	return found
}

// lastCompany is the company that the words before a token speak of: "l'entreprise", "it", an unfilled slot.
func (d *subjectDoc) lastCompany(t int, from int) *contrechamp.Entity {
	for i := d.mentionsBefore(t) - 1; i >= 0 && d.mentions[i].first >= max(from, t-lookBack); i-- {
		d.steps++
		if m := d.mentions[i]; m.kinds&kCO != 0 && m.entity != nil {
			return m.entity
		}
	}
	return nil
}

// lastCompanyOf is the company of a country named last before a token.
func (d *subjectDoc) lastCompanyOf(t int, country string) *contrechamp.Entity {
	for i := d.mentionsBefore(t) - 1; i >= 0 && d.mentions[i].first >= t-lookBack; i-- {
		d.steps++
		if m := d.mentions[i]; m.kinds&kCO != 0 && m.entity != nil && m.entity.Country == country {
			return m.entity
		}
	}
	return nil
}

// previousSubject is the company that is the subject of the sentence before, in the same paragraph: what "elle" and
// "it" stand for.
func (d *subjectDoc) previousSubject(s *sentence) *contrechamp.Entity {
	const back = 4
	at := d.sentenceAt(s.first)
	for i := at - 1; i >= 0 && i >= at-back && d.sents[i].para == s.para; i-- {
		o := &d.sents[i]
		for u := range o.units {
			if m := o.units[u].mention; m != nil && o.units[u].kinds&kCO != 0 && m.entity != nil && !d.behindPreposition(o, u) {
				return m.entity
			}
		}
	}
	return nil
}

// lastOf is the last mention of some kinds before token t, at most reach tokens before.
func (d *subjectDoc) lastOf(t, reach int, kinds kind) *mention {
	for i := d.mentionsBefore(t) - 1; i >= 0 && d.mentions[i].first >= t-min(reach, lookBack); i-- {
		d.steps++
		if m := d.mentions[i]; m.kinds&kinds != 0 && m.entity != nil && !m.generic {
			return m
		}
	}
	return nil
}

// product resolves the product that units [from, to) speak of, nil when they speak of the place.
func (d *subjectDoc) productAt(s *sentence, from, to int) *contrechamp.Entity {
	start, _ := clause(s, from, to)
	for u := from - 1; u >= start && u > from-12; u-- {
		m := s.units[u].mention
		if m != nil && s.units[u].kinds&kPRD != 0 && m.entity != nil {
			return m.entity
		}
	}
	k := &d.grammarAt(s).known
	for u := from - 1; u >= 0 && u > from-10; u-- {
		if d.in(s.units[u].first, k.productIt) {
			if m := d.lastOf(s.units[u].first, 400, kPRD); m != nil {
				return m.entity
			}
			return nil
		}
	}
	return nil
}

func (d *subjectDoc) entityValue(e *contrechamp.Entity) contrechamp.Value {
	e = d.keep(e)
	refs := append(d.refs(1), d.ref(e))
	return contrechamp.Value{Entity: &refs[0]}
}

// place is a place that the document or a sentence is about.
type place struct {
	entity *contrechamp.Entity
}
