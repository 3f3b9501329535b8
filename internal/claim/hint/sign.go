package hint

import (
	"math/bits"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// A capability or a stage may be said in words that no rule has: "une borne compare les traits de qui entre", "the flights stopped". A sign is
// a word that may say one in the right company, by a class of its rule file: {sign.face-recognition} holds faces and portraits, {sign.ended} stops and
// removals. What company makes it likely is fitted (hint.csv): the hints that all mentions have, and which classes and kinds stand within some units of it,
// for each sign by itself. A sign's classes are of few words in five languages, so what one document taught holds for others.

// mostSigns is how many signs there may be.
const mostSigns = 24

// SignRules are the rules as which they are proposed.
var SignRules = func() (out []*grammar.Rule) {
	for n, id := range grammar.SignIDs {
		r := &grammar.Rule{Id: draft.HintPrefix + "sign." + string(contrechamp.Capability), Predicate: contrechamp.Capability, Constant: id}
		if n >= len(grammar.CapabilityIDs) {
			r = stageRule(draft.HintPrefix+"sign."+string(contrechamp.Status), id)
		}
		out = append(out, r)
	}
	return out
}()

// signPatterns are those of the rules.
var signPatterns = func() (out []*grammar.Pattern) {
	for _, r := range SignRules {
		out = append(out, &grammar.Pattern{Rule: r})
	}
	return out
}()

// kSIGN is the kind of what may be a capability or a stage by its signs: no mention has it.
const kSIGN grammar.Kind = 1 << 30

// Targets of hints for signs, see Targets.
const (
	signOfCapability = "says capability"
	signOfStage      = "says status"
)

// SignTarget is the target of a sign.
func SignTarget(g grammar.Sign) int {
	if int(g) < len(grammar.CapabilityIDs) {
		return len(Targets) - 2
	}
	return len(Targets) - 1
}

// signReach is how many units away a word or a mention still keeps company with a sign.
const signReach = 8

// signed is what the signs of a sentence add up to, in log-odds.
type signed struct {
	sent int
	sign grammar.Sign
	unit int // that speaks most
	odds float64

	modality contrechamp.Modality
}

// signList are the signs of one sentence.
type signList struct {
	units [mostSigns][]int16 // of each sign
	has   uint32             // those that have any
	at    []uint32           // of units: the signs that they are done with
	sure  uint32             // those that have a sure one
	acts  uint32             // those that have what is done with them in the sentence
}

// collectSigns finds the signs of the sentence whose hints are collected.
func (c *List) collectSigns() {
	l := &c.signs
	for has := l.has; has != 0; has &= has - 1 {
		g := bits.TrailingZeros32(has)
		l.units[g] = l.units[g][:0]
	}
	l.has, l.sure, l.acts, l.at = 0, 0, 0, l.at[:0]
	s := &c.d.Sentences[c.Sent]
	for n := range s.Units {
		un := &s.Units[n]
		e := c.d.Known[un.First]
		l.at, l.acts = append(l.at, e.Acts), l.acts|e.Acts
		if un.Mention != nil && un.Kinds&grammar.DEV == 0 {
			continue
		}
		l.has, l.sure = l.has|e.Signs, l.sure|e.Sure
		for has := e.Signs; has != 0; has &= has - 1 {
			g := bits.TrailingZeros32(has)
			l.units[g] = append(l.units[g], int16(n))
		}
	}
}

// eachSignHint names what speaks for a sign alone: of unit n, or, with -1, of the text.
func (c *List) eachSignHint(g grammar.Sign, n int, add func(p Place, hint string)) {
	if n < 0 {
		for f := range signFacts {
			if c.facts(g)>>f&1 != 0 {
				add(hintSign, signFacts[f])
			}
		}
		return
	}
	add(hintSign, passage.HintKey(c.d.Fold[c.d.Sentences[c.Sent].Units[n].First]))
	for m := max(0, n-signReach); m < min(len(c.at), n+signReach+1); m++ {
		if m != n {
			c.eachOf(m, func(hint string) {
				if hint[0] == '{' || hint[0] == '[' {
					add(hintWith, hint)
				}
			})
		}
	}
}

// signFacts are what the text says of a sign beside the sentence.
var signFacts = [...]string{Bias, "here", "claimed elsewhere", "named elsewhere", "several", "sure", "act", "sure and act", "act near"}

// facts are those that hold of a sign.
func (c *List) facts(g grammar.Sign) uint32 {
	out, bit := uint32(1), uint32(1)<<g
	switch {
	case c.here&bit != 0:
		out |= 1 << 1
	case c.said&bit != 0:
		out |= 1 << 2
	case c.named&bit != 0:
		out |= 1 << 3
	}
	if len(c.signs.units[g]) > 1 {
		out |= 1 << 4
	}
	sure, act := c.signs.sure&bit != 0, c.signs.acts&bit != 0
	if sure {
		out |= 1 << 5
	}
	if act {
		out |= 1 << 6
	}
	if sure && act {
		out |= 1 << 7
	}
	if act && c.signs.near(g) {
		out |= 1 << 8
	}
	return out
}

// namedIn are the capabilities that a sentence names.
func (d *Doc) namedIn(i int) (out uint32) {
	s := &d.Sentences[i]
	if s.Kinds&grammar.CAP == 0 {
		return 0
	}
	for u := range s.Units {
		if m := s.Units[u].Mention; m != nil && s.Units[u].Kinds&grammar.CAP != 0 {
			if g := slices.Index(grammar.SignIDs, m.Capability); g >= 0 {
				out |= 1 << g
			}
		}
	}
	return out
}

// signBit is the bit of what a draft claims.
func signBit(x *draft.Draft) uint32 {
	if x.Claim.Predicate != contrechamp.Capability && x.Claim.Predicate != contrechamp.Status || x.Claim.Value.Entity == nil {
		return 0
	}
	if g := slices.Index(grammar.SignIDs, x.Claim.Value.Entity.ID); g >= 0 {
		return 1 << g
	}
	return 0
}

// eachSign calls f for each sign of the sentence whose hints are collected, with the log-odds and the unit that speaks most.
func (c *List) eachSign(f func(c *List, g grammar.Sign, unit int, odds float64)) {
	c.collectSigns()
	if c.signs.has == 0 {
		return
	}
	c.here = c.d.namedIn(c.Sent) | c.RuledIn(c.Sent)
	for has := c.signs.has; has != 0; has &= has - 1 {
		g := grammar.Sign(bits.TrailingZeros32(has))
		t := SignTarget(g)
		sum := c.any.Of(t)
		for facts := c.facts(g); facts != 0; facts &= facts - 1 {
			k := c.w.facts[bits.TrailingZeros32(facts)]
			sum += c.w.Line(k, hintOwn).Of(t) + c.w.Line(k, hintSign).Of(int(g))
		}
		best, most := -1, 0
		for _, n := range c.signs.units[g] {
			one := c.ofSign(g, int(n))
			sum += one
			if best < 0 || one > most {
				best, most = int(n), one
			}
		}
		f(c, g, best, logOdds(sum))
	}
}

// ofSign adds up what speaks for the sign at unit n, in hundredths.
func (c *List) ofSign(g grammar.Sign, n int) int {
	sum := c.alone(g, n)
	c.company(g, n, func(_, adds int) { sum += adds })
	return sum
}

// alone is what the word of the sign at unit n says.
func (c *List) alone(g grammar.Sign, n int) int {
	if x := &c.at[n]; x.word {
		return c.of.Line(x.known, hintSign).Of(int(g))
	}
	return c.w.Line(c.w.rowOf(c.d.Fold[c.d.Sentences[c.Sent].Units[n].First]), hintSign).Of(int(g))
}

// company calls f with what each unit around the sign at unit n says for it.
func (c *List) company(g grammar.Sign, n int, f func(m, adds int)) {
	t := SignTarget(g)
	for m := max(0, n-signReach); m < min(len(c.at), n+signReach+1); m++ {
		if m == n {
			continue
		}
		sum := c.addsTo(m, hintWith, int(g))
		switch {
		case m >= n-hintReach && m < n:
			sum += c.addsTo(m, hintBefore, t)
		case m > n && m <= n+hintReach:
			sum += c.addsTo(m, hintAfter, t)
		}
		f(m, sum)
	}
}

// addsTo is what unit n says in a place for one target, or for one sign.
func (c *List) addsTo(n int, p Place, t int) int {
	x := &c.at[n]
	sum := c.of.Line(x.known, p).Of(t)
	if x.row > 0 {
		sum += c.w.Line(x.row, p).Of(t)
	}
	for _, k := range c.rows[x.from:x.to] {
		sum += c.w.Line(k, p).Of(t)
	}
	return sum
}

// SignNames answers the features of a sign of the sentence, for fitting: those that it shares with others, and its own.
func (c *List) SignNames(g grammar.Sign) (shared, own []string) {
	shared = c.Names(SignTarget(g), -1)
	for f := range signFacts {
		if c.facts(g)>>f&1 != 0 {
			shared = append(shared, hintPlaceNames[hintOwn]+" "+signFacts[f])
		}
	}
	add := func(p Place, hint string) { own = append(own, hintPlaceNames[p]+" "+hint) }
	c.eachSignHint(g, -1, add)
	for _, n := range c.signs.units[g] {
		n := int(n)
		c.eachSignHint(g, n, add)
		for m := max(0, n-hintReach); m < min(len(c.at), n+hintReach+1); m++ {
			if place := hintBefore; m != n {
				if m > n {
					place = hintAfter
				}
				c.eachOf(m, func(hint string) { shared = append(shared, hintPlaceNames[place]+" "+hint) })
			}
		}
	}
	return shared, own
}

// RuledIn are the signs whose capability or stage a rule claims in a sentence.
func (c *List) RuledIn(sent int) (out uint32) {
	from, _ := slices.BinarySearchFunc(c.rules, sent, func(r ruled, sent int) int { return r.sent - sent })
	for _, r := range c.rules[from:] {
		if r.sent != sent {
			break
		}
		out |= r.sign
	}
	return out
}

// near reports whether what is done with a sign stands within some units of it.
func (l *signList) near(g grammar.Sign) bool {
	const reach = 4
	for _, n := range l.units[g] {
		for m := max(0, int(n)-reach); m < min(len(l.at), int(n)+reach+1); m++ {
			if m != int(n) && l.at[m]>>g&1 != 0 {
				return true
			}
		}
	}
	return false
}
