package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// carried is the unit of the devices counted last: "51 licences : 41 pour ..., 10 pour ...".
type carried struct {
	unit string
	para int
	sent int
}

// mostCarried is the largest number that counts devices without naming them.
const mostCarried = 100_000

// counts proposes the numbers of devices in a sentence.
func (d *doc) counts(i int) {
	s := &d.sents[i]
	counted := false
	for u := range s.units {
		m := s.units[u].mention
		if m == nil {
			continue
		}
		if m.kinds&kDEV != 0 && (counted && d.oneMore(s, u) || d.justOne(s, u)) {
			d.proposeCount(i, u-1, u+1, "count.noun", contrechamp.Value{Number: 1, Unit: m.unit, Qualifier: contrechamp.Exactly})
		}
		if m.kinds&kDEV != 0 && (d.carry.sent != i || d.carry.unit == "") {
			d.carry = carried{m.unit, s.para, i}
		}
		if m.kinds&kNUM == 0 || m.quantity == nil || m.quantity.Number < 2 && !d.countsOne(m) || m.quantity.Number != float64(int64(m.quantity.Number)) {
			continue
		}
		unit, to, ruleID := d.countedAt(s, i, u)
		if unit == "" {
			unit, to, ruleID = d.labelled(s, u)
		}
		if unit == "" {
			if d.countsOther(s, u) {
				d.carry.unit = "" // "2,077 alerts, of which 10": the alerts are counted now
			}
			continue
		}
		if ruleID == "count.carry" && m.quantity.Number > mostCarried {
			d.carry.unit = "" // "vingt millions" is a sum, and so are its parts
			continue
		}
		d.carry = carried{unit, s.para, i}
		if !d.topical && !d.surveils {
			continue // cameras of a broadcaster
		}
		counted = true
		value := contrechamp.Value{Number: m.quantity.Number, Unit: unit, Qualifier: m.quantity.Qualifier}
		d.proposeCount(i, u, to, ruleID, value)
		if h := m.quantity.High; h > m.quantity.Number {
			value.Number = h
			d.proposeCount(i, u, to, ruleID, value)
		}
	}
}

// proposeCount proposes that units [u, to) of sentence i count devices.
func (d *doc) proposeCount(i, u, to int, ruleID string, value contrechamp.Value) {
	s := &d.sents[i]
	g := d.grammarAt(s)
	about := d.deployment(contrechamp.DeviceCount, s, u, to)
	if len(about.entities) == 0 {
		return
	}
	c := contrechamp.Claim{Predicate: contrechamp.DeviceCount, Rule: ruleID + "." + g.language, Confidence: g.prior(ruleID), Value: value}
	c.Modality = d.countModality(s, u, to)
	d.propose(i, u, to, c, about, nil)
}

// countsOne reports whether a mention counts one of something, in digits: "1 caméra". In letters it is an article in most languages.
func (d *doc) countsOne(m *mention) bool {
	if m.quantity.Number != 1 || m.end != m.first+1 {
		return false
	}
	return d.fold[m.first] == "1"
}

// justOne reports whether "one" stands before the device at unit u, in a language where it is no article.
func (d *doc) justOne(s *sentence, u int) bool {
	g := d.grammarAt(s)
	return g.oneCounts && u > 0 && g.known.single != noClass && s.units[u-1].mention == nil && d.in(s.units[u-1].first, g.known.single)
}

// oneMore reports whether unit u is the one device behind others that were counted: "huit drones et une caméra".
func (d *doc) oneMore(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	return u >= 2 && k.single != noClass && s.units[u-1].mention == nil && d.in(s.units[u-1].first, k.single) &&
		s.units[u-2].mention == nil && d.in(s.units[u-2].first, k.conjunction)
}

// labelled decides which devices a number counts that stands alone behind a colon or in the next cell of a row:
// "Caméras : 41", "| Caméras posées | 41 |".
func (d *doc) labelled(s *sentence, u int) (string, int, string) {
	k := &d.grammarAt(s).known
	if u == 0 || u+1 < len(s.units) && !s.units[u+1].stop && !s.units[u+1].comma && s.units[u+1].mention == nil && !d.in(s.units[u+1].first, k.countTail) {
		return "", 0, ""
	}
	if mark := d.fold[s.units[u-1].first]; mark != ":" && mark != "|" {
		return "", 0, ""
	}
	const reach = 12
	for n := u - 2; n >= 0 && n > u-reach; n-- {
		if mark := d.fold[s.units[n].first]; s.units[n].stop || mark == "|" || mark == ":" || s.units[n].kinds&kNUM != 0 {
			break
		}
		if s.units[n].kinds&kDEV != 0 {
			return s.units[n].mention.unit, u + 1, "count.noun"
		}
		if s.units[n].mention == nil && d.in(s.units[n].first, k.weakDevices) && n <= 1 { // "Units: 74"
			if d.carry.unit != "" {
				return d.carry.unit, u + 1, "count.carry"
			}
			return "camera", u + 1, "count.carry"
		}
	}
	return "", 0, ""
}

// countsOther reports whether the number at unit u counts something that is no device: a plain word stands behind it
// that neither goes on about the devices nor leads elsewhere.
func (d *doc) countsOther(s *sentence, u int) bool {
	if u+1 >= len(s.units) {
		return false
	}
	k := &d.grammarAt(s).known
	next := &s.units[u+1]
	if next.stop || next.comma || next.mention != nil {
		return false
	}
	t := next.first
	return d.toks[t].Kind == word.Word && !d.in(t, k.preposition) && !d.in(t, k.more) && !d.in(t, k.countTail) &&
		!d.in(t, k.devicesIt) && !d.in(t, k.weakDevices) && !d.in(t, k.locative)
}

// countedAt decides which devices the number at unit u counts, "" for none, and where its words end.
func (d *doc) countedAt(s *sentence, i, u int) (string, int, string) {
	k := &d.grammarAt(s).known
	if d.opensSum(s, u) {
		return "", 0, ""
	}
	// the noun behind it, past adjectives, a maker's name and "of the"
	const reach = 7
	for n := u + 1; n < len(s.units) && n <= u+reach; n++ {
		unit := &s.units[n]
		if unit.kinds&kDEV != 0 {
			return unit.mention.unit, n + 1, "count.noun"
		}
		if unit.kinds&kNUM != 0 && (n == u+2 || n == u+3 || n <= u+reach-1 && s.units[u+1].mention == nil && d.in(s.units[u+1].first, k.of)) {
			continue // "2,500 of the 3,200 cameras", "640 of the site's 900 cameras"
		}
		if unit.stop || unit.comma || unit.mention != nil && unit.kinds&(kCO|kPRD|kNAME|kCAP|kDEM|kPRG) == 0 {
			break
		}
		if unit.mention == nil && d.in(unit.first, k.weakDevices) {
			if able := d.unitAble(s, n); able != "" {
				return able, n + 1, "count.carry"
			}
			if d.carry.unit != "" && d.carry.para >= s.para-2 {
				return d.carry.unit, n + 1, "count.carry"
			}
			return "camera", n + 1, "count.carry"
		}
		if unit.mention == nil && k.readerLike != noClass && d.in(unit.first, k.readerLike) && (d.carry.unit != "" || d.topical) {
			return "reader", n + 1, "count.carry" // "22 turnstiles": not people who read
		}
		if unit.mention == nil && k.likeDevices != noClass && d.in(unit.first, k.likeDevices) && d.carry.unit != "" {
			return d.carry.unit, n + 1, "count.carry" // "884 lenses", where cameras were spoken of
		}
		if unit.mention == nil && (d.in(unit.first, k.nonDevice) || d.in(unit.first, k.preposition) && !d.in(unit.first, k.of) && !d.in(unit.first, k.devicesIt)) {
			break
		}
	}
	for w := max(0, u-4); w < u; w++ {
		if n := d.is(s.units[w].first, k.numbering); n > 0 && s.units[w].first+n == s.units[u].first && d.carry.unit != "" && d.carry.sent == i {
			return d.carry.unit, u + 1, "count.carry"
		}
	}
	next := u + 1
	counted := d.carry.unit != "" && (d.carry.para == s.para || d.carry.sent == i-1)
	if next < len(s.units) && d.in(s.units[next].first, k.devicesIt) {
		if counted {
			return d.carry.unit, next + 1, "count.carry"
		}
		return "", 0, ""
	}
	if !counted || d.befalls(s, next) {
		return "", 0, ""
	}
	if d.elided(s, i, u) || d.ofNumber(s, u) {
		return d.carry.unit, next, "count.carry"
	}
	if next >= len(s.units) || s.units[next].stop || s.units[next].comma {
		if u > 0 && d.in(s.units[u-1].first, k.counting) || d.carry.sent == i && u > 0 && s.units[u-1].comma {
			return d.carry.unit, next, "count.carry"
		}
		return "", 0, ""
	}
	t := s.units[next].first
	if s.units[next].mention == nil && (d.in(t, k.more) || d.in(t, k.countTail)) {
		behind := next + 1
		if n := d.is(t, k.more); n > 0 {
			behind = min(d.unitAt(s, t+n), len(s.units)) // "soixante de plus"
		}
		if d.in(t, k.more) && behind < len(s.units) {
			n := &s.units[behind]
			if n.kinds&(kNAME|kPLC|kORG|kPOL) != 0 {
				return "", 0, "" // "trois autres MRC"
			}
			if n.mention == nil && !d.in(n.first, k.countTail) && !n.comma && !n.stop && !d.in(n.first, k.user) && !d.in(n.first, k.acquire) &&
				!d.in(n.first, k.deviceAct) && !d.future(d.grammarAt(s), n.first) {
				return "", 0, ""
			}
		}
		if before := u - 1; before >= 0 && d.in(s.units[before].first, k.locative) && !d.in(s.units[before].first, k.counting) {
			return "", 0, ""
		}
		return d.carry.unit, behind, "count.carry"
	}
	return "", 0, ""
}

// opensSum reports whether the number at unit u is the lower end of a range of money that is named at its upper end only: "de 10 000 à plusieurs
// centaines de milliers d'euros".
func (d *doc) opensSum(s *sentence, u int) bool {
	const reach = 8
	g := d.grammarAt(s)
	if u+1 >= len(s.units) || !d.in(s.units[u+1].first, g.known.upTo) && !d.in(s.units[u+1].first, g.known.conjunction) {
		return false
	}
	for n := u + 2; n < len(s.units) && n <= u+reach && !s.units[n].stop && s.units[n].kinds&kDEV == 0; n++ {
		if s.units[n].kinds&kMON != 0 {
			return n <= u+3
		}
		if currency, symbol, _ := quantity.Denomination(d.fold[s.units[n].first], g.language); currency != "" || symbol != "" {
			return true
		}
	}
	return false
}

// unitAble is the unit of devices that are told by what they can do right behind their word at unit n: "vingt équipements de lecture de plaques".
func (d *doc) unitAble(s *sentence, n int) string {
	const reach = 4
	for u := n + 1; u < len(s.units) && u <= n+reach && !s.units[u].stop && !s.units[u].comma; u++ {
		if s.units[u].kinds&kCAP == 0 {
			continue
		}
		for unit, capability := range ableBy {
			if capability == s.units[u].mention.capability {
				return unit
			}
		}
	}
	return ""
}

// elided reports whether the number at unit u counts devices that its sentence leaves out: behind a word that stands for them ("elle
// en compte cinquante-six", "dont une trentaine qui lisent", "dix sur quatre-vingt-neuf"), before a verb of theirs at the sentence's
// head ("Three hundred will work"), or as the answer to a question about them ("How many? A hundred and forty.").
func (d *doc) elided(s *sentence, i, u int) bool {
	k := &d.grammarAt(s).known
	next := u + 1
	ends := next >= len(s.units) || s.units[next].stop || s.units[next].comma
	t := 0
	if !ends {
		if t = s.units[next].first; s.units[next].mention != nil && s.units[next].kinds&(kDAT|kPLC) == 0 {
			return false
		}
	}
	if !ends && s.units[next].mention == nil && d.in(t, k.reflexive) && next+1 < len(s.units) {
		t = s.units[next+1].first // "otras sesenta se instalarán"
	}
	acts := !ends && s.units[next].mention == nil && (d.in(t, k.deviceAct) || d.in(t, k.user) || d.in(t, k.auxiliary) || d.future(d.grammarAt(s), t))
	goesOn := ends || acts || s.units[next].mention == nil && (d.in(t, k.countTail) || d.in(t, k.preposition) && !d.in(t, k.of) || d.in(t, k.that) ||
		d.in(t, k.speakerWho) || d.in(t, k.plannedAs)) || !ends && s.units[next].kinds&kDAT != 0
	if !goesOn || d.toks[s.units[max(u-1, 0)].first].Kind == word.Number && u > 0 {
		return false
	}
	const reach = 5
	for n := u - 1; n >= 0 && n >= u-reach; n-- {
		unit := &s.units[n]
		if w := d.is(unit.first, k.amounts); w > 0 && unit.mention == nil && unit.first+w == s.units[u].first {
			return true // "the total stands at 40", "est passé de 45 à 198"
		}
		if unit.stop || unit.mention != nil && unit.kinds&kNUM != 0 {
			break
		}
		if n >= u-3 && unit.mention == nil && d.in(unit.first, k.acquire) && d.carry.sent >= i-1 {
			return true // "it has ordered 14 from the same firm"
		}
		if unit.mention != nil {
			continue
		}
		if d.in(unit.first, k.countIt) && n < u-1 {
			return true // "en compte cinquante-six"
		}
		if w := d.is(unit.first, k.partOf); w > 0 && (n >= u-2 || unit.first+w == s.units[u].first) {
			return true // "dont 157 seulement", "sur quatre-vingt-neuf", "de las cuales 312"
		}
		if unit.comma {
			break
		}
	}
	if d.grows(s, i, u) {
		return true
	}
	first := u
	for first > 0 && !s.units[first-1].stop && !s.units[first-1].comma {
		first--
	}
	part := first > 0 // of a sentence that speaks of the devices, or counts them
	for first < u && (d.toks[s.units[first].first].Kind == word.Punct || d.in(s.units[first].first, k.article) || d.in(s.units[first].first, k.more) || d.in(s.units[first].first, k.conjunction)) {
		first++
	}
	if first != u {
		return false
	}
	if part {
		return d.carry.sent == i && acts && d.in(t, k.deviceAct) // "..., seven face the school"
	}
	if i > 0 && d.carry.sent >= i-2 && d.asks(i-1) {
		return true
	}
	return acts && d.carry.sent >= i-1
}

// ofNumber reports whether the number at unit u is a part of another, both without their noun: "Two of the eleven had failed".
func (d *doc) ofNumber(s *sentence, u int) bool {
	k := &d.grammarAt(s).known
	if u+2 >= len(s.units) || s.units[u+1].mention != nil || !d.in(s.units[u+1].first, k.of) && !d.in(s.units[u+1].first, k.partOf) && !d.in(s.units[u+1].first, k.article) {
		return false
	}
	for n := u + 2; n < len(s.units) && n <= u+3; n++ {
		if s.units[n].kinds&kNUM != 0 {
			behind := n + 1
			return behind >= len(s.units) || s.units[behind].stop || s.units[behind].comma || s.units[behind].mention == nil &&
				(d.in(s.units[behind].first, k.auxiliary) || d.in(s.units[behind].first, k.deviceAct) || d.in(s.units[behind].first, k.countTail) || d.in(s.units[behind].first, k.be) || d.in(s.units[behind].first, k.negation))
		}
	}
	return false
}

// grows reports whether the number at unit u is the second of two between which the devices grew: "from 45 in 2017 to 198".
func (d *doc) grows(s *sentence, i, u int) bool {
	k := &d.grammarAt(s).known
	if d.carry.sent != i || u < 2 || s.units[u-1].mention != nil || !d.in(s.units[u-1].first, k.upTo) {
		return false
	}
	const reach = 5
	for n := u - 2; n >= 0 && n >= u-reach; n-- {
		unit := &s.units[n]
		if unit.stop || unit.comma {
			return false
		}
		if unit.kinds&kNUM != 0 {
			return n > 0 && d.in(s.units[n-1].first, k.upFrom)
		}
	}
	return false
}

// befalls reports whether what stands behind a number happens to people only: "Five were arrested".
func (d *doc) befalls(s *sentence, next int) bool {
	k := &d.grammarAt(s).known
	const reach = 4
	for n := next; n < len(s.units) && n < next+reach && !s.units[n].stop && !s.units[n].comma; n++ {
		if s.units[n].mention == nil && d.in(s.units[n].first, k.befalls) {
			return true
		}
	}
	return false
}

// countModality is the modality of a count. A negation elsewhere in the clause denies no number, and behind a colon
// the plan stands before it.
func (d *doc) countModality(s *sentence, u, to int) contrechamp.Modality {
	g := d.grammarAt(s)
	between := false // "2,500 of the 3,200 cameras planned": not those
	for w := u + 1; w < to; w++ {
		between = between || s.units[w].kinds&kNUM != 0 || d.in(s.units[w].first, g.known.be)
	}
	if !between && to < len(s.units) && s.units[to].mention == nil && d.in(s.units[to].first, g.known.plannedAs) {
		return contrechamp.Planned // "2,500 of the 3,200 cameras planned are up"
	}
	m := d.modality(s, u, to, countRule)
	if m != contrechamp.Asserted {
		return m
	}
	start, end := clause(s, u, to)
	for w := start; w < end; w++ {
		if s.units[w].mention == nil && d.in(s.units[w].first, g.known.past) {
			return m
		}
	}
	for w := u; w >= 0; w-- {
		if d.fold[s.units[w].first] == ":" && s.units[w].mention == nil && w > 0 {
			from, _ := clause(s, w, w)
			if d.planned(s, from, w) {
				return contrechamp.Planned
			}
			break
		}
	}
	return m
}

// countRule says how negations bear on a number: not at all.
var countRule = &rule{negated: "keep"}
