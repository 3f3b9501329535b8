package frame

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
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

// Counts proposes the numbers of devices in a sentence.
func (d *Doc) Counts(i int) {
	s := &d.Sentences[i]
	counted := false
	for u := range s.Units {
		m := s.Units[u].Mention
		if m == nil {
			continue
		}
		if m.Kinds&grammar.DEV != 0 && (counted && d.oneMore(s, u) || d.justOne(s, u)) {
			d.proposeCount(i, u-1, u+1, "count.noun", contrechamp.Value{Number: 1, Unit: m.Unit, Qualifier: contrechamp.Exactly})
		}
		if m.Kinds&grammar.DEV != 0 && (d.carry.sent != i || d.carry.unit == "") {
			d.carry = carried{m.Unit, s.Para, i}
		}
		if m.Kinds&grammar.NUM == 0 || m.Quantity == nil || m.Quantity.Number < 2 && !d.countsOne(m) || m.Quantity.Number != float64(int64(m.Quantity.Number)) {
			continue
		}
		unit, to, ruleID := d.countedAt(s, i, u)
		if unit == "" {
			unit, to, ruleID = d.labelled(s, u)
		}
		if unit == "" {
			if d.CountsOther(s, u) {
				d.carry.unit = "" // "2,077 alerts, of which 10": the alerts are counted now
			}
			continue
		}
		if ruleID == "count.carry" && m.Quantity.Number > mostCarried {
			d.carry.unit = "" // "vingt millions" is a sum, and so are its parts
			continue
		}
		d.carry = carried{unit, s.Para, i}
		if !d.Topical && !d.Surveils {
			continue // cameras of a broadcaster
		}
		counted = true
		value := contrechamp.Value{Number: m.Quantity.Number, Unit: unit, Qualifier: m.Quantity.Qualifier}
		d.proposeCount(i, u, to, ruleID, value)
		if h := m.Quantity.High; h > m.Quantity.Number {
			value.Number = h
			d.proposeCount(i, u, to, ruleID, value)
		}
	}
}

// proposeCount proposes that units [u, to) of sentence i count devices.
func (d *Doc) proposeCount(i, u, to int, ruleID string, value contrechamp.Value) {
	s := &d.Sentences[i]
	g := d.GrammarAt(s)
	about := d.Deployment(contrechamp.DeviceCount, s, u, to)
	if len(about.Entities) == 0 {
		return
	}
	c := contrechamp.Claim{Predicate: contrechamp.DeviceCount, Rule: ruleID + "." + g.Language, Confidence: g.Prior(ruleID), Value: value}
	c.Modality = d.countModality(s, u, to)
	disclaimed := d.Disclaimed(s, u, contrechamp.DeviceCount)
	if disclaimed >= 0 {
		c.Modality = contrechamp.Denied
	}
	before := len(d.Claims)
	d.Propose(i, u, to, c, about, nil)
	d.ExplainDisclaimed(before, s, u, disclaimed)
}

// countsOne reports whether a mention counts one of something, in digits: "1 caméra". In letters it is an article in most languages.
func (d *Doc) countsOne(m *passage.Mention) bool {
	if m.Quantity.Number != 1 || m.End != m.First+1 {
		return false
	}
	return d.Fold[m.First] == "1"
}

// justOne reports whether "one" stands before the device at unit u, in a language where it is no article.
func (d *Doc) justOne(s *passage.Sentence, u int) bool {
	g := d.GrammarAt(s)
	return g.OneCounts && u > 0 && g.Known.Single != grammar.NoClass && s.Units[u-1].Mention == nil && d.In(s.Units[u-1].First, g.Known.Single)
}

// oneMore reports whether unit u is the one device behind others that were counted: "huit drones et une caméra".
func (d *Doc) oneMore(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	return u >= 2 && k.Single != grammar.NoClass && s.Units[u-1].Mention == nil && d.In(s.Units[u-1].First, k.Single) &&
		s.Units[u-2].Mention == nil && d.In(s.Units[u-2].First, k.Conjunction)
}

// labelled decides which devices a number counts that stands alone behind a colon or in the next cell of a row:
// "Caméras : 41", "| Caméras posées | 41 |".
func (d *Doc) labelled(s *passage.Sentence, u int) (string, int, string) {
	k := &d.GrammarAt(s).Known
	if u == 0 || u+1 < len(s.Units) && !s.Units[u+1].Stop && !s.Units[u+1].Comma && s.Units[u+1].Mention == nil && !d.In(s.Units[u+1].First, k.CountTail) {
		return "", 0, ""
	}
	if mark := d.Fold[s.Units[u-1].First]; mark != ":" && mark != "|" {
		return "", 0, ""
	}
	const reach = 12
	for n := u - 2; n >= 0 && n > u-reach; n-- {
		if mark := d.Fold[s.Units[n].First]; s.Units[n].Stop || mark == "|" || mark == ":" || s.Units[n].Kinds&grammar.NUM != 0 {
			break
		}
		if s.Units[n].Kinds&grammar.DEV != 0 {
			return s.Units[n].Mention.Unit, u + 1, "count.noun"
		}
		if s.Units[n].Mention == nil && d.In(s.Units[n].First, k.WeakDevices) && n <= 1 { // "Units: 74"
			if d.carry.unit != "" {
				return d.carry.unit, u + 1, "count.carry"
			}
			return "camera", u + 1, "count.carry"
		}
	}
	return "", 0, ""
}

// CountsOther reports whether the number at unit u counts something that is no device: a plain word stands behind it
// that neither goes on about the devices nor leads elsewhere.
func (d *Doc) CountsOther(s *passage.Sentence, u int) bool {
	if u+1 >= len(s.Units) {
		return false
	}
	k := &d.GrammarAt(s).Known
	next := &s.Units[u+1]
	if next.Stop || next.Comma || next.Mention != nil {
		return false
	}
	t := next.First
	return d.Tokens[t].Kind == word.Word && !d.In(t, k.Preposition) && !d.In(t, k.More) && !d.In(t, k.CountTail) &&
		!d.In(t, k.DevicesIt) && !d.In(t, k.WeakDevices) && !d.In(t, k.Locative)
}

// countedAt decides which devices the number at unit u counts, "" for none, and where its words end.
func (d *Doc) countedAt(s *passage.Sentence, i, u int) (string, int, string) {
	k := &d.GrammarAt(s).Known
	if d.opensSum(s, u) {
		return "", 0, ""
	}
	// the noun behind it, past adjectives, a maker's name and "of the"
	const reach = 7
	for n := u + 1; n < len(s.Units) && n <= u+reach; n++ {
		unit := &s.Units[n]
		if unit.Kinds&grammar.DEV != 0 {
			return unit.Mention.Unit, n + 1, "count.noun"
		}
		if unit.Kinds&grammar.NUM != 0 && (n == u+2 || n == u+3 || n <= u+reach-1 && s.Units[u+1].Mention == nil && d.In(s.Units[u+1].First, k.Of)) {
			continue // "2,500 of the 3,200 cameras", "640 of the site's 900 cameras"
		}
		if unit.Stop || unit.Comma || unit.Mention != nil && unit.Kinds&(grammar.CO|grammar.PRD|grammar.NAME|grammar.CAP|grammar.DEM|grammar.PRG) == 0 {
			break
		}
		if unit.Mention == nil && d.In(unit.First, k.WeakDevices) {
			if able := d.unitAble(s, n); able != "" {
				return able, n + 1, "count.carry"
			}
			if d.carry.unit != "" && d.carry.para >= s.Para-2 {
				return d.carry.unit, n + 1, "count.carry"
			}
			return "camera", n + 1, "count.carry"
		}
		if unit.Mention == nil && k.ReaderLike != grammar.NoClass && d.In(unit.First, k.ReaderLike) && (d.carry.unit != "" || d.Topical) {
			return "reader", n + 1, "count.carry" // "22 turnstiles": not people who read
		}
		if unit.Mention == nil && k.LikeDevices != grammar.NoClass && d.In(unit.First, k.LikeDevices) && d.carry.unit != "" {
			return d.carry.unit, n + 1, "count.carry" // "884 lenses", where cameras were spoken of
		}
		if unit.Mention == nil && (d.In(unit.First, k.NonDevice) || d.In(unit.First, k.Preposition) && !d.In(unit.First, k.Of) && !d.In(unit.First, k.DevicesIt)) {
			break
		}
	}
	for w := max(0, u-4); w < u; w++ {
		if n := d.Is(s.Units[w].First, k.Numbering); n > 0 && s.Units[w].First+n == s.Units[u].First && d.carry.unit != "" && d.carry.sent == i {
			return d.carry.unit, u + 1, "count.carry"
		}
	}
	next := u + 1
	counted := d.carry.unit != "" && (d.carry.para == s.Para || d.carry.sent == i-1)
	if next < len(s.Units) && d.In(s.Units[next].First, k.DevicesIt) {
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
	if next >= len(s.Units) || s.Units[next].Stop || s.Units[next].Comma {
		if u > 0 && d.In(s.Units[u-1].First, k.Counting) || d.carry.sent == i && u > 0 && s.Units[u-1].Comma {
			return d.carry.unit, next, "count.carry"
		}
		return "", 0, ""
	}
	t := s.Units[next].First
	if s.Units[next].Mention == nil && (d.In(t, k.More) || d.In(t, k.CountTail)) {
		behind := next + 1
		if n := d.Is(t, k.More); n > 0 {
			behind = min(d.UnitAt(s, t+n), len(s.Units)) // "soixante de plus"
		}
		if d.In(t, k.More) && behind < len(s.Units) {
			n := &s.Units[behind]
			if n.Kinds&(grammar.NAME|grammar.PLC|grammar.ORG|grammar.POL) != 0 {
				return "", 0, "" // "trois autres MRC"
			}
			if n.Mention == nil && !d.In(n.First, k.CountTail) && !n.Comma && !n.Stop && !d.In(n.First, k.User) && !d.In(n.First, k.Acquire) &&
				!d.In(n.First, k.DeviceAct) && !d.Future(d.GrammarAt(s), n.First) {
				return "", 0, ""
			}
		}
		if before := u - 1; before >= 0 && d.In(s.Units[before].First, k.Locative) && !d.In(s.Units[before].First, k.Counting) {
			return "", 0, ""
		}
		return d.carry.unit, behind, "count.carry"
	}
	return "", 0, ""
}

// opensSum reports whether the number at unit u is the lower end of a range of money that is named at its upper end only: "de 10 000 à plusieurs
// centaines de milliers d'euros".
func (d *Doc) opensSum(s *passage.Sentence, u int) bool {
	const reach = 8
	g := d.GrammarAt(s)
	if u+1 >= len(s.Units) || !d.In(s.Units[u+1].First, g.Known.UpTo) && !d.In(s.Units[u+1].First, g.Known.Conjunction) {
		return false
	}
	for n := u + 2; n < len(s.Units) && n <= u+reach && !s.Units[n].Stop && s.Units[n].Kinds&grammar.DEV == 0; n++ {
		if s.Units[n].Kinds&grammar.MON != 0 {
			return n <= u+3
		}
		if currency, symbol, _ := quantity.Denomination(d.Fold[s.Units[n].First], g.Language); currency != "" || symbol != "" {
			return true
		}
	}
	return false
}

// unitAble is the unit of devices that are told by what they can do right behind their word at unit n: "vingt équipements de lecture de plaques".
func (d *Doc) unitAble(s *passage.Sentence, n int) string {
	const reach = 4
	for u := n + 1; u < len(s.Units) && u <= n+reach && !s.Units[u].Stop && !s.Units[u].Comma; u++ {
		if s.Units[u].Kinds&grammar.CAP == 0 {
			continue
		}
		for unit, capability := range ableBy {
			if capability == s.Units[u].Mention.Capability {
				return unit
			}
		}
	}
	return ""
}

// elided reports whether the number at unit u counts devices that its sentence leaves out: behind a word that stands for them ("elle
// en compte cinquante-six", "dont une trentaine qui lisent", "dix sur quatre-vingt-neuf"), before a verb of theirs at the sentence's
// head ("Three hundred will work"), or as the answer to a question about them ("How many? A hundred and forty.").
func (d *Doc) elided(s *passage.Sentence, i, u int) bool {
	k := &d.GrammarAt(s).Known
	next := u + 1
	ends := next >= len(s.Units) || s.Units[next].Stop || s.Units[next].Comma
	t := 0
	if !ends {
		if t = s.Units[next].First; s.Units[next].Mention != nil && s.Units[next].Kinds&(grammar.DAT|grammar.PLC) == 0 {
			return false
		}
	}
	if !ends && s.Units[next].Mention == nil && d.In(t, k.Reflexive) && next+1 < len(s.Units) {
		t = s.Units[next+1].First // "otras sesenta se instalarán"
	}
	acts := !ends && s.Units[next].Mention == nil && (d.In(t, k.DeviceAct) || d.In(t, k.User) || d.In(t, k.Auxiliary) || d.Future(d.GrammarAt(s), t))
	goesOn := ends || acts || s.Units[next].Mention == nil && (d.In(t, k.CountTail) || d.In(t, k.Preposition) && !d.In(t, k.Of) || d.In(t, k.That) ||
		d.In(t, k.SpeakerWho) || d.In(t, k.PlannedAs)) || !ends && s.Units[next].Kinds&grammar.DAT != 0
	if !goesOn || d.Tokens[s.Units[max(u-1, 0)].First].Kind == word.Number && u > 0 {
		return false
	}
	const reach = 5
	for n := u - 1; n >= 0 && n >= u-reach; n-- {
		unit := &s.Units[n]
		if w := d.Is(unit.First, k.Amounts); w > 0 && unit.Mention == nil && unit.First+w == s.Units[u].First {
			return true // "the total stands at 40", "est passé de 45 à 198"
		}
		if unit.Stop || unit.Mention != nil && unit.Kinds&grammar.NUM != 0 {
			break
		}
		if n >= u-3 && unit.Mention == nil && d.In(unit.First, k.Acquire) && d.carry.sent >= i-1 {
			return true // "it has ordered 14 from the same firm"
		}
		if unit.Mention != nil {
			continue
		}
		if d.In(unit.First, k.CountIt) && n < u-1 {
			return true // "en compte cinquante-six"
		}
		if w := d.Is(unit.First, k.PartOf); w > 0 && (n >= u-2 || unit.First+w == s.Units[u].First) {
			return true // "dont 157 seulement", "sur quatre-vingt-neuf", "de las cuales 312"
		}
		if unit.Comma {
			break
		}
	}
	if d.grows(s, i, u) {
		return true
	}
	first := u
	for first > 0 && !s.Units[first-1].Stop && !s.Units[first-1].Comma {
		first--
	}
	part := first > 0 // of a sentence that speaks of the devices, or counts them
	for first < u && (d.Tokens[s.Units[first].First].Kind == word.Punct || d.In(s.Units[first].First, k.Article) || d.In(s.Units[first].First, k.More) || d.In(s.Units[first].First, k.Conjunction)) {
		first++
	}
	if first != u {
		return false
	}
	if part {
		return d.carry.sent == i && acts && d.In(t, k.DeviceAct) // "..., seven face the school"
	}
	if i > 0 && d.carry.sent >= i-2 && d.Asks(i-1) {
		return true
	}
	return acts && d.carry.sent >= i-1
}

// ofNumber reports whether the number at unit u is a part of another, both without their noun: "Two of the eleven had failed".
func (d *Doc) ofNumber(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	if u+2 >= len(s.Units) || s.Units[u+1].Mention != nil || !d.In(s.Units[u+1].First, k.Of) && !d.In(s.Units[u+1].First, k.PartOf) && !d.In(s.Units[u+1].First, k.Article) {
		return false
	}
	for n := u + 2; n < len(s.Units) && n <= u+3; n++ {
		if s.Units[n].Kinds&grammar.NUM != 0 {
			behind := n + 1
			return behind >= len(s.Units) || s.Units[behind].Stop || s.Units[behind].Comma || s.Units[behind].Mention == nil &&
				(d.In(s.Units[behind].First, k.Auxiliary) || d.In(s.Units[behind].First, k.DeviceAct) || d.In(s.Units[behind].First, k.CountTail) || d.In(s.Units[behind].First, k.Be) || d.In(s.Units[behind].First, k.Negation))
		}
	}
	return false
}

// grows reports whether the number at unit u is the second of two between which the devices grew: "from 45 in 2017 to 198".
func (d *Doc) grows(s *passage.Sentence, i, u int) bool {
	k := &d.GrammarAt(s).Known
	if d.carry.sent != i || u < 2 || s.Units[u-1].Mention != nil || !d.In(s.Units[u-1].First, k.UpTo) {
		return false
	}
	const reach = 5
	for n := u - 2; n >= 0 && n >= u-reach; n-- {
		unit := &s.Units[n]
		if unit.Stop || unit.Comma {
			return false
		}
		if unit.Kinds&grammar.NUM != 0 {
			return n > 0 && d.In(s.Units[n-1].First, k.UpFrom)
		}
	}
	return false
}

// befalls reports whether what stands behind a number happens to people only: "Five were arrested".
func (d *Doc) befalls(s *passage.Sentence, next int) bool {
	k := &d.GrammarAt(s).Known
	const reach = 4
	for n := next; n < len(s.Units) && n < next+reach && !s.Units[n].Stop && !s.Units[n].Comma; n++ {
		if s.Units[n].Mention == nil && d.In(s.Units[n].First, k.Befalls) {
			return true
		}
	}
	return false
}

// countModality is the modality of a count. A negation elsewhere in the clause denies no number, and behind a colon
// the plan stands before it.
func (d *Doc) countModality(s *passage.Sentence, u, to int) contrechamp.Modality {
	g := d.GrammarAt(s)
	between := false // "2,500 of the 3,200 cameras planned": not those
	for w := u + 1; w < to; w++ {
		between = between || s.Units[w].Kinds&grammar.NUM != 0 || d.In(s.Units[w].First, g.Known.Be)
	}
	if !between && to < len(s.Units) && s.Units[to].Mention == nil && d.In(s.Units[to].First, g.Known.PlannedAs) {
		return contrechamp.Planned // "2,500 of the 3,200 cameras planned are up"
	}
	m := d.Modality(s, u, to, draft.CountRule)
	if m != contrechamp.Asserted {
		return m
	}
	start, end := passage.Clause(s, u, to)
	for w := start; w < end; w++ {
		if s.Units[w].Mention == nil && d.In(s.Units[w].First, g.Known.Past) {
			return m
		}
	}
	for w := u; w >= 0; w-- {
		if d.Fold[s.Units[w].First] == ":" && s.Units[w].Mention == nil && w > 0 {
			from, _ := passage.Clause(s, w, w)
			if d.Planned(s, from, w) {
				return contrechamp.Planned
			}
			break
		}
	}
	return m
}
