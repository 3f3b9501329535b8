package hint

import (
	"fmt"
	"math/bits"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/quantity"
)

// OwnHint is what is known of a mention besides its words: how the text treats what it names, where it stands in its sentence, and what
// sort of number or date it is. None of it depends on the language, so each text speaks for all.
type OwnHint uint8

const (
	ownGeneric OwnHint = iota
	ownKnown
	ownName
	ownShaped
	ownWeak
	ownCommon
	ownWithPlace // a place stands within the name: "police de Nantes"
	ownNew       // not named before
	ownInLead
	ownTitled
	ownMost // no other of its kind is named as often
	ownOnly // no other of its kind is named
	ownMain
	ownOfMain // a body of the main place
	ownCompany
	ownSpeaks
	ownOpens
	ownEarly
	ownGoverned // a preposition stands before it
	ownClause   // it opens its clause
	ownSubject  // and a verb follows
	ownRound
	ownExact
	ownAbout
	ownBound
	ownThisMonth // of the document's own month
	ownToYear
	ownToMonth
	ownToDay
	ownAnswers                                    // the sentence before asks
	ownEnds                                       // nothing follows in its clause
	ownOfWord                                     // of a number: a plain word follows that it may count
	ownBeforeDoing                                // or a verb of what devices do, or of who uses them
	ownBeforeOf                                   // or a preposition
	ownDeviceBefore                               // of a number: devices are named before it in its sentence
	ownDeviceBehind                               // or behind it only
	ownDeviceLast                                 // or in the sentence before
	ownDeviceNear                                 // or in one of some sentences before
	ownDeviceFar                                  // or earlier in the text
	ownKind                                       // by its kind
	ownNext         = ownKind + grammar.KindCount // by the kind of the mention that follows at once
	ownTimes        = ownNext + grammar.KindCount // how often its entity is named
	ownOthers       = ownTimes + steps            // how many of its kind there are
	ownDigits       = ownOthers + steps           // of a number
	ownYears        = ownDigits + steps           // from a date to the document's
	ownToCome       = ownYears + steps
	ownClaimed      = ownToCome + 1 // a rule has it as the value of a predicate, by the number of that
	ownCount        = ownClaimed + mostPredicates
)

// steps is how many steps a number is told by.
const steps = 9

// step is the step of a number.
func step(n int) OwnHint {
	return OwnHint(min(max(n, 0), 4) + bits.Len(uint(min(max(n, 4), 63)/4)) - 1)
}

// OwnHintNames are the names of own hints in features.
var OwnHintNames = func() (out [ownCount]string) {
	for h, name := range map[OwnHint]string{
		ownGeneric: "generic", ownKnown: "known", ownName: "name", ownShaped: "known by its shape", ownWeak: "also a common word", ownCommon: "common words", ownWithPlace: "names a place", ownNew: "not named before", ownInLead: "in the lead",
		ownTitled: "in the title", ownMost: "named most of its kind", ownOnly: "the only one of its kind", ownMain: "the main subject", ownOfMain: "of the main place", ownCompany: "the company of the text",
		ownSpeaks: "speaks", ownOpens: "opens the sentence", ownEarly: "early in the sentence", ownGoverned: "behind a preposition", ownClause: "opens a clause", ownSubject: "opens a clause before a verb",
		ownRound: "round", ownExact: "exactly", ownAbout: "about", ownBound: "a bound", ownThisMonth: "in the month of the text", ownToYear: "a year", ownToMonth: "a month", ownToDay: "a day",
		ownAnswers: "behind a question", ownEnds: "ends a clause", ownOfWord: "before a word", ownBeforeDoing: "before a verb", ownBeforeOf: "before a preposition", ownDeviceBefore: "behind devices",
		ownDeviceBehind: "before devices", ownDeviceLast: "devices in the sentence before", ownDeviceNear: "devices some sentences before", ownDeviceFar: "devices earlier",
	} {
		out[h] = name
	}
	for k, name := range passage.KindHints {
		out[ownKind+OwnHint(k)] = "a " + name
		out[ownNext+OwnHint(k)] = "before a " + name
	}
	for n := range steps {
		out[ownTimes+OwnHint(n)] = fmt.Sprintf("named often: %d", n)
		out[ownOthers+OwnHint(n)] = fmt.Sprintf("of so many: %d", n)
		out[ownDigits+OwnHint(n)] = fmt.Sprintf("digits: %d", n)
		out[ownYears+OwnHint(n)] = fmt.Sprintf("years ago: %d", n)
	}
	out[ownToCome] = "to come"
	for i, p := range contrechamp.Predicates() {
		out[ownClaimed+OwnHint(i)] = "claimed as " + string(p)
	}
	for h := range out {
		out[h] = "(" + out[h] + ")"
	}
	return out
}()

// kindUse is how a text uses mentions of a kind.
type kindUse struct{ different, most int }

// mentionUse is how a text uses what it names.
type mentionUse struct {
	kinds   [grammar.KindCount]kindUse
	leadEnd int               // the token that the lead ends before
	claimed map[string]uint32 // the predicates whose values rules find in an entity, a bit each
	names   map[*contrechamp.Entity]nameUse
}

// nameUse is how often an entity is named, and the token that it is named at first.
type nameUse struct{ times, first int }

// count counts how the text uses its mentions.
func (c *List) count() {
	d := c.d
	const lead = 3 // sentences
	c.use.leadEnd = len(d.Tokens)
	if len(d.Sentences) > lead {
		c.use.leadEnd = d.Sentences[lead].First
	}
	for _, m := range d.Mentions {
		k := &c.use.kinds[m.Lowest()]
		if m.Entity == nil {
			k.different++
			k.most = max(k.most, 1)
			continue
		}
		n := c.use.names[m.Entity]
		if n.times == 0 {
			k.different++
			n.first = m.First
		}
		n.times++
		c.use.names[m.Entity] = n
		k.most = max(k.most, n.times)
	}
	for _, x := range d.Claims {
		if e := x.Claim.Value.Entity; e != nil {
			c.use.claimed[e.ID] |= 1 << (claimHint[x.Claim.Predicate] - claimsHere)
		}
	}
}

// EachOwnHint names what is known of the mention at unit u.
func (c *List) EachOwnHint(u int, hint func(OwnHint)) {
	s := &c.d.Sentences[c.Sent]
	un := &s.Units[u]
	m := un.Mention
	is := func(h OwnHint, really bool) {
		if really {
			hint(h)
		}
	}
	is(ownGeneric, m.Generic)
	is(ownKnown, m.Entity != nil && m.Entity.Source == "lexicon")
	is(ownName, un.Kinds&grammar.NAME != 0)
	is(ownShaped, m.Shaped)
	is(ownWeak, m.Weak)
	is(ownCommon, un.Kinds&grammar.NAME != 0 && c.d.OfCommonWords(m.First, m.End))
	is(ownWithPlace, m.Within != nil)
	kind := m.Lowest()
	hint(ownKind + OwnHint(kind))
	hint(ownOthers + step(c.use.kinds[kind].different))
	is(ownOnly, c.use.kinds[kind].different == 1)
	if m.Entity != nil {
		c.eachHintOfName(s, m, is)
	}
	c.eachHintOfPlace(s, u, is)
	is(ownAnswers, c.Sent > 0 && c.d.Asks(c.Sent-1))
	if m.Quantity != nil {
		eachHintOfNumber(m.Quantity, is)
		if un.Kinds&grammar.NUM != 0 {
			c.eachHintOfCounted(s, u, is)
		}
	}
	if m.Date != nil {
		eachHintOfDate(m.Date.Date, c.d.Day, is)
	}
}

// eachHintOfName names how the text treats what a mention names.
func (c *List) eachHintOfName(s *passage.Sentence, m *passage.Mention, is func(OwnHint, bool)) {
	d, e := c.d, m.Entity
	n := c.use.names[e]
	is(ownTimes+step(n.times), true)
	is(ownMost, n.times == c.use.kinds[m.Lowest()].most)
	is(ownNew, n.first >= s.First)
	is(ownInLead, n.first < c.use.leadEnd)
	is(ownTitled, d.Titled(e))
	is(ownMain, e == d.Main.Entity)
	is(ownOfMain, d.Main.Entity != nil && (e.Within == d.Main.Entity.ID || m.Within != nil && m.Within.Entity == d.Main.Entity))
	is(ownCompany, e == d.Company)
	is(ownSpeaks, slices.ContainsFunc(s.Voices, func(v passage.Voice) bool { return v.Entity == e }))
	for b := c.use.claimed[e.ID]; b != 0; b &= b - 1 {
		is(ownClaimed+OwnHint(bits.TrailingZeros32(b)), true)
	}
}

// eachHintOfPlace names where in its sentence unit u stands.
func (c *List) eachHintOfPlace(s *passage.Sentence, u int, is func(OwnHint, bool)) {
	const early = 4 // units
	is(ownOpens, u == 0)
	is(ownEarly, u < early)
	is(ownGoverned, c.d.BehindPreposition(s, u))
	if c.d.OpensClause(s, u) {
		is(ownClause, true)
		is(ownSubject, c.d.VerbBehind(s, u))
	}
	if u+1 < len(s.Units) && s.Units[u+1].Mention != nil {
		is(ownNext+OwnHint(s.Units[u+1].Mention.Lowest()), true)
	}
}

// eachHintOfCounted names what stands behind the number at unit u, and how far away devices are named that it may count.
func (c *List) eachHintOfCounted(s *passage.Sentence, u int, is func(OwnHint, bool)) {
	d := c.d
	k := &d.GrammarAt(s).Known
	if next := u + 1; next >= len(s.Units) || s.Units[next].Stop || s.Units[next].Comma {
		is(ownEnds, true)
	} else if s.Units[next].Mention == nil {
		t := s.Units[next].First
		does := d.In(t, k.DeviceAct) || d.In(t, k.User) || d.In(t, k.Auxiliary) || d.In(t, k.Be) || d.Future(d.GrammarAt(s), t)
		is(ownBeforeDoing, does)
		is(ownBeforeOf, d.In(t, k.Preposition))
		is(ownOfWord, !does && d.CountsOther(s, u))
	}
	device := OwnHint(0)
	for n := range s.Units {
		if s.Units[n].Kinds&grammar.DEV != 0 && n != u {
			if device = ownDeviceBehind; n < u {
				device = ownDeviceBefore
			}
			break
		}
	}
	if last, ok := d.deviceBefore(c.Sent); ok && device == 0 {
		const near = 4 // sentences
		switch far := c.Sent - last.sent; {
		case far == 1:
			device = ownDeviceLast
		case far <= near:
			device = ownDeviceNear
		default:
			device = ownDeviceFar
		}
	}
	is(device, device != 0)
}

func eachHintOfNumber(q *quantity.Found, is func(OwnHint, bool)) {
	digits := 0
	for n := q.Number; n >= 1 && digits < steps-1; n /= 10 {
		digits++
	}
	is(ownDigits+OwnHint(digits), true)
	is(ownRound, q.Number >= 10 && int64(q.Number)%10 == 0)
	is(ownExact, q.Qualifier == contrechamp.Exactly)
	is(ownAbout, q.Qualifier == contrechamp.About)
	is(ownBound, q.Qualifier == contrechamp.AtLeast || q.Qualifier == contrechamp.AtMost)
}

// eachHintOfDate names how precise a date is, and how far from the document's.
func eachHintOfDate(date, now contrechamp.Date, is func(OwnHint, bool)) {
	is(ownToDay, date.Day > 0)
	is(ownToMonth, date.Day == 0 && date.Month > 0)
	is(ownToYear, date.Month == 0)
	if now.Year == 0 || date.Year == 0 {
		return
	}
	if date.Year > now.Year {
		is(ownToCome, true)
	} else {
		is(ownYears+step(now.Year-date.Year), true)
	}
	is(ownThisMonth, date.Month > 0 && date.Year == now.Year && date.Month == now.Month)
}
