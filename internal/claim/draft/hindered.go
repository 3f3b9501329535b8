package draft

import (
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// What is said to stop something says, where it is negated, that it goes on: "the ruling has not stopped the rollout", "n'a pas été suspendu",
// "never stopped using it". Nothing is denied then, and nothing has ended.

// hinderReach is how many units a word of hindering may stand behind its negation: "has not been able to stop".
const hinderReach = 5

// stopped are the signs that something has ended, or is suspended.
var stopped = func() (bits uint32) {
	for _, id := range []string{"ended", "suspended"} {
		bits |= 1 << slices.Index(grammar.SignIDs, id)
	}
	return bits
}()

// stops reports whether unit u says that something has ended, or is suspended.
func (d *Doc) stops(s *passage.Sentence, u int) bool {
	t := s.Units[u].First
	return s.Units[u].Mention == nil && d.Known[t].Sure&stopped != 0 && !d.In(t, d.GrammarAt(s).Known.ActHead) // "le présent arrêté"
}

// hinders reports whether unit u says that something is stopped, or hindered.
func (d *Doc) hinders(s *passage.Sentence, u int) bool {
	return d.stops(s, u) || s.Units[u].Mention == nil && d.In(s.Units[u].First, d.GrammarAt(s).Known.Hinders)
}

// unhinders reports whether unit u negates the word of hindering at unit w.
func (d *Doc) unhinders(s *passage.Sentence, u, w int) bool {
	g := d.GrammarAt(s)
	t := s.Units[u].First
	k := &g.Known
	if s.Units[u].Mention != nil || !d.In(t, k.Negation) || d.In(t, k.Undenied) || d.Known[t].Sure&stopped != 0 { // "pas moins", "not renewed"
		return false
	}
	if d.In(t, k.CountIt) || d.In(t, k.Conjunction) { // "ne" may be "né", and "noch" stand alone
		return false
	}
	if w < u && !g.NegationBehind || max(u-w, w-u) > hinderReach {
		return false
	}
	if strings.ContainsAny(d.Words(s.Units[min(u, w)].First, s.Units[max(u, w)].End), "–—") {
		return false // a dash is no unit
	}
	for n := min(u, w) + 1; n < max(u, w); n++ {
		if s.Units[n].Stop || s.Units[n].Mention == nil && d.Tokens[s.Units[n].First].Kind != word.Word || d.In(s.Units[n].First, k.Conjunction) {
			return false
		}
	}
	return true
}

// TakesBack reports whether unit u says that nothing is denied in its clause: "not only", or the negation of a word of hindering outside units
// [from, to).
func (d *Doc) TakesBack(s *passage.Sentence, u, from, to int) bool {
	k := &d.GrammarAt(s).Known
	t := s.Units[u].First
	if d.In(t, k.Undenied) {
		return true
	}
	if !d.In(t, k.Negation) {
		return false
	}
	for w := max(0, u-hinderReach); w < len(s.Units) && w <= u+hinderReach; w++ {
		if (w < from || w >= to) && d.hinders(s, w) && d.unhinders(s, u, w) {
			return true
		}
	}
	return false
}

// goesOn reports whether units [from, to) of a sentence say of something that it has not ended, and is not suspended: every word there that would
// say so is negated.
func (d *Doc) goesOn(s *passage.Sentence, from, to int) bool {
	if s.Lacks(d.GrammarAt(s).Known.Negation) {
		return false
	}
	found := false
	for w := from; w < to; w++ {
		if !d.hinders(s, w) {
			continue
		}
		negated := false
		for u := max(0, w-hinderReach); u < len(s.Units) && u <= w+hinderReach && !negated; u++ {
			negated = d.unhinders(s, u, w)
		}
		if !negated {
			return false
		}
		found = true
	}
	return found
}

// noLonger reports whether units [from, to), or what stands before them, say that something is so no more: "no longer in use".
func (d *Doc) noLonger(s *passage.Sentence, from, to int) bool {
	k := &d.GrammarAt(s).Known
	if k.NoMore == grammar.NoClass || s.Lacks(k.NoMore) {
		return false
	}
	const reach = 3
	for u := max(0, from-reach); u < to; u++ {
		t := s.Units[u].First
		if n := d.Is(t, k.NoMore); s.Units[u].Mention == nil && n > 0 && n >= d.Is(t, k.Undenied) { // not "nicht mehr nur"
			return true
		}
	}
	return false
}

// SinceNoMore reports whether a date at unit v is that from which something is so no more: "depuis 2019, Lille n'a plus de caméras", "out of order since May".
func (d *Doc) SinceNoMore(s *passage.Sentence, v int) bool {
	const reach = 6
	for u := v - 1; u >= max(0, v-reach) && !s.Units[u].Stop && !s.Units[u].Comma; u-- {
		if d.stops(s, u) && !d.negatedJustBefore(s, u) {
			return true // "en panne depuis mai"
		}
	}
	if g := d.GrammarAt(s); g.NegationBehind {
		for u := v + 1; u < len(s.Units) && u <= v+2 && !s.Units[u].Stop && !s.Units[u].Comma; u++ {
			if d.stops(s, u) {
				return true // "seit Mai 2024 defekt"
			}
		}
	}
	return d.noLonger(s, max(0, v-reach), min(len(s.Units), v+reach))
}

// Contradicts reports whether the sentence of a stage's words, units [from, to), says the contrary: that it has not ended, or is no longer there.
func (d *Doc) Contradicts(s *passage.Sentence, from, to int, stage string) bool {
	switch stage {
	case "ended", "suspended":
		return d.goesOn(s, from, to)
	case "operational":
		return d.noLonger(s, from, to)
	}
	return false
}
