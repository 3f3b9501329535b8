package subject

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Subject is who or what a claim is about: its entities, the main one first, and the step that found them.
type Subject struct {
	Entities []*contrechamp.Entity
	Step     string
}

// chainSteps are the steps by which chain proposes something.
var chainSteps = [...]string{"user", "near", "subject", "fronted", "sentence", "nationality", "headed", "paragraph", "section", "main"}

// chain proposes the subject of something said around units [from, to): the steps in order.
func (d *Doc) chain(s *passage.Sentence, from, to int) Subject {
	if e, body, ok := d.userIn(s, from, to); ok {
		return d.About("user", e, body)
	}
	if e := d.whereClause(s, from); e != nil {
		return d.About("near", e, nil)
	}
	if e := d.actingPlace(s, from); e != nil {
		return d.About("subject", e, nil)
	}
	if e := d.therePlace(s); e != nil {
		return d.About("near", e, nil)
	}
	if e := d.fronted(s, from); e != nil {
		return d.About("fronted", e, nil)
	}
	if e := d.nearestPlace(s, from, to); e != nil {
		return d.About("near", e, nil)
	}
	if e := d.placeSubject(s, from); e != nil {
		return d.About("subject", e, nil)
	}
	if e := d.sentencePlace(s, from, to); e != nil {
		return d.About("sentence", e, nil)
	}
	if e := d.bodyCountry(s, from, to); e != nil {
		return d.About("nationality", e, nil)
	}
	if e := d.headedBy(s.Para); e != nil {
		return d.About("headed", e, nil)
	}
	if e := d.paragraphPlace(s); e != nil {
		return d.About("paragraph", e, nil)
	}
	if e := d.Sections[s.Para].place; e != nil {
		return d.About("section", e, nil)
	}
	if d.Main.Entity != nil {
		return d.About("main", d.Main.Entity, nil)
	}
	return Subject{Step: "none"}
}

// rightBehind is the place right behind a number that stands alone: "200 caméras, contre 150 à Roubaix".
func (d *Doc) rightBehind(s *passage.Sentence, from int) *contrechamp.Entity {
	if from+2 >= len(s.Units) || s.Units[from].Kinds&grammar.NUM == 0 || s.Units[from+1].Mention != nil {
		return nil
	}
	k := &d.GrammarAt(s).Known
	if t := s.Units[from+1].First; !d.In(t, k.Locative) && !d.In(t, k.Of) {
		return nil
	}
	m := s.Units[from+2].Mention
	if m == nil || s.Units[from+2].Kinds&grammar.PLC == 0 || m.Entity == nil || d.Knows.IsArea(m.Entity) {
		return nil
	}
	return m.Entity
}

// beforeBracket is the place right before the bracket that unit from stands in: "Nancy (6 cameras), Metz (9 cameras)". What is counted in an aside is that
// place's.
func (d *Doc) beforeBracket(s *passage.Sentence, from int) *contrechamp.Entity {
	const longest = 12 // units of an aside
	for u := min(from, len(s.Units)) - 1; u > 0 && u >= from-longest; u-- {
		switch d.Fold[s.Units[u].First] {
		case ")":
			return nil
		case "(":
			m := s.Units[u-1].Mention
			if m == nil || m.Entity == nil || m.Weak || s.Units[u-1].Kinds&grammar.PLC == 0 || d.Knows.IsCountry(m.Entity) {
				return nil
			}
			return m.Entity
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
func (d *Doc) few() []*contrechamp.Entity {
	n := len(d.entityRoom)
	if n+mostFew > cap(d.entityRoom) {
		d.entityRoom, n = make([]*contrechamp.Entity, 0, fewAtOnce), 0 // those before keep their memory
	}
	d.entityRoom = d.entityRoom[:n+mostFew]
	return d.entityRoom[n : n : n+mostFew]
}

// One is the subject of one entity.
func (d *Doc) One(e *contrechamp.Entity, step string) Subject {
	return Subject{append(d.few(), e), step}
}

// About makes the subject: a country that contains the main town is the main town; the programmes of the place.
func (d *Doc) About(step string, e, body *contrechamp.Entity) Subject {
	out := Subject{Entities: d.few(), Step: step}
	if e != nil && d.Main.Entity != nil && e != d.Main.Entity && d.Knows.IsCountry(e) && e.Country == d.Main.Entity.Country && step != "near" && (d.townForCountry || step != "chosen") {
		e = d.Main.Entity
	}
	if e != nil {
		out.Entities = append(out.Entities, e)
	}
	if e != nil && e.Source == "document" && d.Main.Entity != nil && e != d.Main.Entity && !d.Knows.IsCountry(d.Main.Entity) && step != "slot" && step != "section" && step != "headed" {
		out.Entities = append(out.Entities, d.Main.Entity) // a station or a stadium of the town
	}
	if body != nil && !slices.Contains(out.Entities, body) {
		out.Entities = append(out.Entities, body)
	}
	if (e == nil || e == d.Main.Entity || d.Knows.IsCountry(e)) && d.Runner != nil && !slices.Contains(out.Entities, d.Runner) {
		out.Entities = append(out.Entities, d.Runner)
	}
	if e == nil || e == d.Main.Entity {
		for _, x := range d.Alongside {
			if !slices.Contains(out.Entities, x) {
				out.Entities = append(out.Entities, x)
			}
		}
		for _, p := range d.Programmes {
			if p.Deployed && !slices.Contains(out.Entities, p.Entity) {
				out.Entities = append(out.Entities, p.Entity)
			}
		}
		if t := d.TitledProduct; t != nil && !slices.Contains(out.Entities, t) {
			out.Entities = append(out.Entities, t) // the text is about that product there
		}
	}
	return out
}

// userIn finds the body that uses the system in the clause: "la SNCB utilise", "the force deployed". Of several the one nearest before is meant: "X has
// five cameras and Y has eight".
func (d *Doc) userIn(s *passage.Sentence, from, to int) (*contrechamp.Entity, *contrechamp.Entity, bool) {
	const before, behind = 14, 2
	for u := min(from, len(s.Units)-1); u >= max(0, from-before); u-- {
		if m := s.Units[u].Mention; u < from && m != nil && m.Entity != nil && !m.Generic && s.Units[u].Kinds&grammar.POL != 0 && d.OpensClause(s, u) && d.VerbBehind(s, u) {
			p := d.PlaceOf(m)
			return p, m.Entity, true // whatever it does: "and Y has eight"
		}
		if p, body, ok, done := d.userAt(s, u); done {
			return p, body, ok
		}
	}
	for u := from + 1; u < min(to+behind, len(s.Units)); u++ {
		if p, body, ok, done := d.userAt(s, u); done {
			return p, body, ok
		}
	}
	return nil, nil, false
}

// userAt is the body before the verb at unit u, if that is one of using; done says that nobody else need be looked for.
func (d *Doc) userAt(s *passage.Sentence, u int) (place, body *contrechamp.Entity, ok, done bool) {
	k := &d.GrammarAt(s).Known
	if s.Units[u].Mention != nil && s.Units[u].Kinds&(grammar.POL|grammar.PRG) == 0 || !d.In(s.Units[u].First, k.User) {
		return nil, nil, false, false
	}
	for b := u - 1; b >= 0 && b >= u-8; b-- {
		m := s.Units[b].Mention
		if s.Units[b].Stop {
			break
		}
		if m == nil || s.Units[b].Kinds&grammar.POL == 0 || m.Entity == nil || d.BehindPreposition(s, b) {
			continue
		}
		if p := d.PlaceOf(m); p != nil {
			return p, m.Entity, true, true
		}
		if m.Generic {
			return nil, nil, false, true
		}
		return nil, m.Entity, true, true
	}
	return nil, nil, false, false
}

// PlaceOf is the place of a body: in its name, or the country that the lexicon says it belongs to.
func (d *Doc) PlaceOf(m *passage.Mention) *contrechamp.Entity {
	if m.Within != nil && m.Within.Entity != nil {
		return m.Within.Entity
	}
	if m.Entity != nil && m.Entity.Within != "" {
		if e := d.Entities[m.Entity.Within]; e != nil {
			return e
		}
		if i, err := d.Knows.Lexicon.ByID(m.Entity.Within); err == nil {
			return d.Keep(d.Knows.Lexicon.Entity(i))
		}
	}
	if m.Entity != nil && m.Entity.Country != "" && m.Kinds&grammar.POL != 0 {
		code := m.Entity.Country
		if d.ForeignBodies[code] {
			if d.Main.Entity == nil || d.Main.Entity.Country == "" {
				return nil
			}
			code = d.Main.Entity.Country
		}
		if c := d.Knows.Country(code); c != nil {
			return d.Keep(c)
		}
	}
	return nil
}

// fronted is the place at the head of the sentence: "À Namur, ...". A name that nothing else is known of is a place there.
func (d *Doc) fronted(s *passage.Sentence, from int) *contrechamp.Entity {
	k := &d.GrammarAt(s).Known
	for u := 1; u < min(3, len(s.Units)); u++ {
		m := s.Units[u].Mention
		if m == nil || s.Units[u].Kinds&(grammar.PLC|grammar.NAME) == 0 || u >= from+2 || d.setAgainst(s, u) {
			continue
		}
		if d.In(s.Units[u-1].First, k.Locative) && u+1 < len(s.Units) && s.Units[u+1].Comma {
			if s.Units[u].Kinds&grammar.PLC != 0 {
				return m.Entity
			}
			if u == 1 && m.Entity == nil && d.In(s.Units[0].First, k.AtTown) && !d.GrammarAt(s).NounsCapital {
				return d.Made(contrechamp.KindPlace, d.Words(m.First, m.End))
			}
		}
	}
	return nil
}

// headedBy is the place that opens an item or paragraph and is parted from what is said of it: "Neillsville: $18,831, 32
// cameras", "4) AMSTERDAM SCHIPHOL. At a few gates ...", "BMO Stadium. Los Angeles, ...". It is looked up once.
func (d *Doc) headedBy(para int) *contrechamp.Entity {
	if e, ok := d.headed[para]; ok {
		return e
	}
	d.headed[para] = nil
	p := &d.Paragraphs[para]
	if p.Role == contrechamp.RoleTitle || p.End-p.First < 6 {
		return nil
	}
	// past a number or a bullet
	t := p.First
	for t < p.End && t < p.First+4 && (d.Tokens[t].Kind != word.Word || p.Grammar != nil && d.In(t, p.Grammar.Known.Article)) {
		t++
	}
	const opening = 10
	var found *contrechamp.Entity
	for _, m := range d.ByPara[para] {
		if m.First > t+opening {
			break
		}
		// everything up to the place must be its name's: capitals, commas
		plain := false
		for x := t; x < m.First; x++ {
			plain = plain || d.Tokens[x].Kind == word.Word && !d.Tokens[x].Upper || d.Fold[x] == "." || d.Fold[x] == ":"
		}
		if plain || m.Kinds&grammar.PLC == 0 || m.Entity == nil || m.Weak || d.Knows.IsArea(m.Entity) {
			continue
		}
		end := m.End
		for end < p.End && end < m.End+5 && (d.Fold[end] == "," || d.Tokens[end].Upper || d.Fold[end] == "(" || d.Fold[end] == ")") {
			end++
		}
		if end < p.End && (d.Fold[end] == ":" || d.Fold[end] == "." || d.Fold[end] == "-") && end+2 < p.End {
			found = m.Entity
		}
		break
	}
	d.headed[para] = found
	return found
}

// placeSubject is the place that a sentence is about by its grammar: "Tramelan n'a pas de caméras", "Montreal tried
// body cameras". Countries are left out: they mostly act, abroad.
func (d *Doc) placeSubject(s *passage.Sentence, from int) *contrechamp.Entity {
	for u := 0; u < min(4, len(s.Units)) && u < from; u++ {
		m := s.Units[u].Mention
		if m == nil || s.Units[u].Kinds&grammar.PLC == 0 || m.Entity == nil || m.Weak || d.Knows.IsCountry(m.Entity) || d.Knows.IsArea(m.Entity) || d.Bracketed(m) || d.setAgainst(s, u) {
			continue
		}
		if d.BehindPreposition(s, u) || u+1 >= len(s.Units) {
			return nil
		}
		next := &s.Units[u+1]
		if next.Stop || d.Fold[next.First] == "(" || d.Fold[next.First] == ":" || next.Comma && u > 0 {
			return nil
		}
		return m.Entity
	}
	return nil
}

// nearestPlace is the nearest place behind a locative preposition, without a comma between: behind what is said
// first, then before it.
func (d *Doc) nearestPlace(s *passage.Sentence, from, to int) *contrechamp.Entity {
	const reach = 18
	var best *contrechamp.Entity
	for u := to; u < len(s.Units) && u < to+reach; u++ {
		if s.Units[u].Stop || s.Units[u].Comma && (u+1 >= len(s.Units) || !d.In(s.Units[u+1].First, d.GrammarAt(s).Known.Including)) {
			break
		}
		if best != nil && s.Units[u].Comma {
			continue
		}
		if d.deployedAt(s, u) {
			best = s.Units[u].Mention.Entity
			if !d.Knows.IsCountry(best) {
				return best
			}
		}
	}
	for u := min(to, len(s.Units)) - 1; u >= 0 && u > from-reach; u-- {
		if u < from && (s.Units[u].Comma || s.Units[u].Stop) {
			break
		}
		if d.deployedAt(s, u) {
			if best == nil || !d.Knows.IsCountry(s.Units[u].Mention.Entity) {
				return s.Units[u].Mention.Entity
			}
		}
	}
	return best
}

// sentencePlace is the only place of the sentence where something can stand.
func (d *Doc) sentencePlace(s *passage.Sentence, from, to int) *contrechamp.Entity {
	var found *contrechamp.Entity
	comma := false
	for u := range s.Units {
		if u >= to && s.Units[u].Comma {
			comma = true
		}
		if comma {
			break // what stands behind a comma is said of something else
		}
		if !d.deployedAt(s, u) {
			continue
		}
		e := s.Units[u].Mention.Entity
		if found != nil && found != e {
			return nil
		}
		found = e
	}
	if found != nil && d.Main.Entity != nil && found != d.Main.Entity && d.Knows.IsCountry(found) && !d.Knows.IsCountry(d.Main.Entity) {
		return nil
	}
	return found
}

// deployedAt reports whether the unit is a place where something can stand: behind a locative, or behind "of" the
// noun that is placed, not behind words that say where a firm sits.
func (d *Doc) deployedAt(s *passage.Sentence, u int) bool {
	m := s.Units[u].Mention
	if m == nil || s.Units[u].Kinds&grammar.PLC == 0 || m.Entity == nil || u == 0 || m.Weak || d.Bracketed(m) || d.Knows.IsArea(m.Entity) || d.containers[m.Entity.ID] || d.setAgainst(s, u) {
		return false
	}
	k := &d.GrammarAt(s).Known
	if d.seats(&d.Paragraphs[s.Para], m.First, m.End, true) {
		return false
	}
	n := u - 1
	for n > 0 && n > u-3 && d.In(s.Units[n].First, k.Article) && !d.In(s.Units[n].First, k.Locative) {
		n--
	}
	if d.alongRange(s, u, n) {
		return false
	}
	t := s.Units[n].First
	if s.Units[n].Mention != nil || !d.In(t, k.Locative) && !d.In(t, k.Of) {
		return false
	}
	for w := n; w >= 0 && w >= n-3; w-- {
		if d.In(s.Units[w].First, k.Unplace) {
			return false
		}
		if w < n && s.Units[w].Kinds&(grammar.DEV|grammar.CAP) != 0 {
			break
		}
		if w < n && s.Units[w].Mention == nil && d.In(t, k.Of) && !d.In(t, k.Locative) && d.In(s.Units[w].First, k.Firm) {
			return false
		}
	}
	return true
}

// alongRange reports whether the place at unit u is one end of a stretch, its preposition at n: "de Kousséri à Kribi", "from Leeds to York".
// What is said of the stretch is said of neither.
func (d *Doc) alongRange(s *passage.Sentence, u, n int) bool {
	k := &d.GrammarAt(s).Known
	place := func(u int) bool { return u >= 0 && u < len(s.Units) && s.Units[u].Kinds&grammar.PLC != 0 }
	from := func(u int) bool {
		return u >= 0 && s.Units[u].Mention == nil && (d.In(s.Units[u].First, k.Of) || d.In(s.Units[u].First, k.Unplace))
	}
	to := func(u int) bool {
		return u < len(s.Units) && s.Units[u].Mention == nil && d.In(s.Units[u].First, k.Locative)
	}
	return from(n) && to(u+1) && place(u+2) || to(n) && place(n-1) && from(n-2)
}

// bodyCountry is the country of a body in the sentence: "la police camerounaise".
func (d *Doc) bodyCountry(s *passage.Sentence, from, to int) *contrechamp.Entity {
	for u := range s.Units {
		m := s.Units[u].Mention
		if m == nil || s.Units[u].Kinds&grammar.POL == 0 || m.Generic {
			continue // "the police" is that of the place that the words are about, whichever it is
		}
		if p := d.PlaceOf(m); p != nil && (u < to+10 && u > from-16) {
			return p
		}
	}
	return nil
}

// paragraphPlace is the last place where something can stand that the paragraph named before this sentence, unless
// the main place is named in the paragraph.
func (d *Doc) paragraphPlace(s *passage.Sentence) *contrechamp.Entity {
	if d.Main.Entity == nil {
		return nil
	}
	if d.mainInPara(s.Para) && (d.Sections[s.Para].place == nil || d.Sections[s.Para].place == d.Main.Entity) {
		return nil
	}
	var best *contrechamp.Entity
	defer func() { d.Steps++ }()
	const tokensBack = 400
	for i := d.SentenceAt(s.First) - 1; best == nil && i >= 0 && d.Sentences[i].Para == s.Para && d.Sentences[i].First > s.First-tokensBack; i-- {
		o := &d.Sentences[i]
		d.Steps++
		for u := range o.Units {
			if d.deployedAt(o, u) {
				best = o.Units[u].Mention.Entity
			}
		}
		if best == nil {
			best = d.placeSubject(o, len(o.Units))
		}
	}
	if best != nil && d.Knows.IsCountry(best) && best.Country == d.Main.Entity.Country {
		return nil
	}
	return best
}

// lookBack is how many tokens back an anaphor may look.
const lookBack = 1200

// mainInPara reports whether a paragraph names the main place; it is looked up once.
func (d *Doc) mainInPara(para int) bool {
	if known, ok := d.mainIn[para]; ok {
		return known
	}
	found := false
	for _, m := range d.ByPara[para] {
		found = found || m.Entity == d.Main.Entity || m.Within != nil && m.Within.Entity == d.Main.Entity
	}
	d.mainIn[para] = found
	return found
}

// LastCompany is the company that the words before a token speak of: "l'entreprise", "it", an unfilled slot.
func (d *Doc) LastCompany(t int, from int) *contrechamp.Entity {
	for i := d.MentionsBefore(t) - 1; i >= 0 && d.Mentions[i].First >= max(from, t-lookBack); i-- {
		d.Steps++
		if m := d.Mentions[i]; m.Kinds&grammar.CO != 0 && m.Entity != nil {
			return m.Entity
		}
	}
	return nil
}

// LastCompanyOf is the company of a country named last before a token.
func (d *Doc) LastCompanyOf(t int, country string) *contrechamp.Entity {
	for i := d.MentionsBefore(t) - 1; i >= 0 && d.Mentions[i].First >= t-lookBack; i-- {
		d.Steps++
		if m := d.Mentions[i]; m.Kinds&grammar.CO != 0 && m.Entity != nil && m.Entity.Country == country {
			return m.Entity
		}
	}
	return nil
}

// PreviousSubject is the company that is the subject of the sentence before, in the same paragraph: what "elle" and
// "it" stand for.
func (d *Doc) PreviousSubject(s *passage.Sentence) *contrechamp.Entity {
	const back = 4
	at := d.SentenceAt(s.First)
	for i := at - 1; i >= 0 && i >= at-back && d.Sentences[i].Para == s.Para; i-- {
		o := &d.Sentences[i]
		for u := range o.Units {
			if m := o.Units[u].Mention; m != nil && o.Units[u].Kinds&grammar.CO != 0 && m.Entity != nil && !d.BehindPreposition(o, u) {
				return m.Entity
			}
		}
	}
	return nil
}

// LastOf is the last mention of some kinds before token t, at most reach tokens before.
func (d *Doc) LastOf(t, reach int, kinds grammar.Kind) *passage.Mention {
	for i := d.MentionsBefore(t) - 1; i >= 0 && d.Mentions[i].First >= t-min(reach, lookBack); i-- {
		d.Steps++
		if m := d.Mentions[i]; m.Kinds&kinds != 0 && m.Entity != nil && !m.Generic {
			return m
		}
	}
	return nil
}

// ProductAt resolves the product that units [from, to) speak of, nil when they speak of the place.
func (d *Doc) ProductAt(s *passage.Sentence, from, to int) *contrechamp.Entity {
	start, _ := passage.Clause(s, from, to)
	for u := from - 1; u >= start && u > from-12; u-- {
		m := s.Units[u].Mention
		if m != nil && s.Units[u].Kinds&grammar.PRD != 0 && m.Entity != nil {
			return m.Entity
		}
	}
	k := &d.GrammarAt(s).Known
	for u := from - 1; u >= 0 && u > from-10; u-- {
		if d.In(s.Units[u].First, k.ProductIt) {
			if m := d.LastOf(s.Units[u].First, 400, grammar.PRD); m != nil {
				return m.Entity
			}
			return nil
		}
	}
	return nil
}

// EntityValue is the value that an entity makes.
func (d *Doc) EntityValue(e *contrechamp.Entity) contrechamp.Value {
	e = d.Keep(e)
	refs := append(d.Refs(1), d.Ref(e))
	return contrechamp.Value{Entity: &refs[0]}
}

// Place is a place that the document or a sentence is about.
type Place struct {
	Entity *contrechamp.Entity
}
