package draft

import (
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// What stands on one side of a contrast is not told by the words of the other.

// WithinContrast narrows a clause [start, end) around units [from, to) to what stands on their side of a contrast: "not faces but number plates",
// "40 cameras instead of the 60 planned".
func (d *Doc) WithinContrast(s *passage.Sentence, start, from, to, end int) (int, int) {
	k := &d.GrammarAt(s).Known
	if k.Contrast == grammar.NoClass || s.Lacks(k.Contrast) {
		return start, end
	}
	for u := start; u < end && u < len(s.Units); u++ {
		if s.Units[u].Mention == nil && u < from && d.In(s.Units[u].First, k.Undenied) {
			return start, end // "not only faces but number plates"
		}
		if s.Units[u].Mention != nil || !d.In(s.Units[u].First, k.Contrast) {
			continue
		}
		switch {
		case u < from:
			start = u + 1
		case u >= to:
			return start, u
		}
	}
	return start, end
}

// contrasts reports whether what is negated at unit u is so of something else: "ne critique pas ce montant mais l'absence de toute étude".
func (d *Doc) contrasts(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	for n := u + 1; k.Contrast != grammar.NoClass && n < len(s.Units) && !s.Units[n].Stop; n++ {
		if s.Units[n].Mention == nil && d.In(s.Units[n].First, k.Contrast) {
			return true
		}
	}
	return false
}
