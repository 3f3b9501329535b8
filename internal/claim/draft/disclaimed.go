package draft

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// A negation beside a name may say that it is not the one: "not from Hikvision but from Dahua", "Huawei denies having supplied them", "lost the
// contract", "does not object". Most negations beside names are of other verbs ("Thales n'a pas répondu"), so that what stands between tells.

// The reach of such words, in units.
const (
	disclaimReach = 3  // between a name and its verb, between a negation and what it negates
	disownReach   = 12 // behind a word for denying: "bestreitet, die Kameras in Köln geliefert zu haben"
	loseReach     = 4  // before a name: "rejected an offer from Hikvision"
)

// Disclaimed is the unit of the word by which a sentence says of the name at unit v that it is not the vendor, the product, the operator or the
// objector, or of the number there that it is not how many devices there are; -1 where none does, or there is no such unit.
func (d *Doc) Disclaimed(s *passage.Sentence, v int, p contrechamp.Predicate) int {
	if v < 0 {
		return -1
	}
	k := &d.GrammarAt(s).Known
	switch p {
	case contrechamp.Vendor:
		return max(d.notThis(s, v, true, d.instead(s, v)), d.doesNot(s, v, k.Supplies), d.loses(s, v))
	case contrechamp.Product:
		return max(d.notThis(s, v, true, d.instead(s, v)), d.doesNot(s, v, k.Supplies))
	case contrechamp.Operator:
		return d.notThis(s, v, false, d.instead(s, v))
	case contrechamp.Objection:
		at := max(d.doesNot(s, v, k.Opposes), d.opposesNothing(s, v))
		if at < 0 && !s.Lacks(k.Nobody) {
			at = d.notThis(s, v, false, 1)
		}
		return at
	case contrechamp.DeviceCount:
		return d.notSoMany(s, v)
	}
	return -1
}

// instead is how many other words may stand between a negation and the name at unit v: two, where the sentence goes on with who it is instead.
func (d *Doc) instead(s *passage.Sentence, v int) int {
	if d.contrasts(s, v) {
		return 2
	}
	return 0
}

// notSoMany is the negation by which the number at unit v is set right by another: "Lille n'a pas 200 caméras, mais 140".
func (d *Doc) notSoMany(s *passage.Sentence, v int) int {
	k := &d.GrammarAt(s).Known
	if k.Contrast == grammar.NoClass || s.Lacks(k.Contrast) {
		return -1
	}
	if v > 0 && s.Units[v-1].Mention == nil {
		at := v - 1
		if at > 0 && d.In(s.Units[at].First, k.Article) && s.Units[at-1].Mention == nil {
			at--
		}
		first := at
		for first > 0 && first > v-4 && d.Is(s.Units[first].First, k.Contrast) == 0 {
			first--
		}
		n := d.Is(s.Units[first].First, k.Contrast)
		if n > 0 && first+n > at && (n > 1 || d.GrammarAt(s).NounsCapital && !d.negated(s, 0, first)) {
			return first // "40 au lieu de 60", "statt 60"
		}
	}
	const reach = 3 // between the contrast and the right number
	right := false
	for u := v + 1; u < len(s.Units) && !right; u++ {
		if s.Units[u].Mention != nil || !d.In(s.Units[u].First, k.Contrast) {
			continue
		}
		for w := u + 1; w < len(s.Units) && w <= u+reach; w++ {
			right = right || s.Units[w].Kinds&grammar.NUM != 0
		}
	}
	for u := v - 1; right && u >= 0 && u >= v-disclaimReach && s.Units[u].Mention == nil; u-- {
		if d.denies(s, u) {
			return u
		}
		if t := s.Units[u].First; !d.In(t, k.Counting) && !d.In(t, k.Article) && !d.In(t, k.Auxiliary) {
			return -1
		}
	}
	return -1
}

// denies reports whether unit u is a negation that denies something.
func (d *Doc) denies(s *passage.Sentence, u int) bool {
	k := &d.GrammarAt(s).Known
	t := s.Units[u].First
	return s.Units[u].Mention == nil && d.In(t, k.Negation) && !d.In(t, k.Conjunction) && !d.In(t, k.CountIt) && !d.In(t, k.Without) && !d.TakesBack(s, u, -1, -1)
}

// notThis is the negation that stands right before unit v, past articles, prepositions and verbs of buying: "not from X", "ni X ni Y", "nicht
// von der Polizei", and where a verb may stand between, "never bought from X". Up to so many other words may stand between too, where the sentence says
// who it is instead, or nobody: "n'est pas exploité par X mais par Y", "nobody objects, not even X".
func (d *Doc) notThis(s *passage.Sentence, v int, verb bool, others int) int {
	k := &d.GrammarAt(s).Known
	verbs, from, met := 0, false, false
	for u := v - 1; u >= 0 && u >= v-2*disclaimReach && !s.Units[u].Stop && !s.Units[u].Comma; u-- {
		t := s.Units[u].First
		switch {
		case s.Units[u].Mention != nil:
			return -1
		case d.denies(s, u):
			return u
		case met && !d.In(t, k.Be) && !d.In(t, k.Auxiliary) && others == 0: // "none of this placates X"
			return -1
		case d.In(t, k.Preposition), d.In(t, k.Of):
			from = true
		case d.In(t, k.Article), d.In(t, k.Definite), (verb || others > 0) && (d.In(t, k.Auxiliary) || d.In(t, k.Be)):
		case others > 0 && !d.In(t, k.Contrast):
			others, met = others-1, true
		case verb && verbs == 0 && (from && !d.In(t, k.Contrast) || d.In(t, k.Acquire) || d.In(t, k.Supplies) || d.In(t, k.User)): // "no provienen de X", "never bought X"
			verbs++
		default:
			return -1
		}
	}
	return -1
}

// doesNot is the word by which who stands at unit v does not do, or denies having done, what a class says: "Thales n'a pas remporté", "Huawei denies
// supplying", "does not object".
func (d *Doc) doesNot(s *passage.Sentence, v int, class int32) int {
	g := d.GrammarAt(s)
	if class == grammar.NoClass || s.Lacks(class) {
		return -1
	}
	does := func(u int) bool {
		return d.In(s.Units[u].First, class) && !d.In(s.Units[u].First, g.Known.Negation)
	}
	for u := v + 1; u <= v+disclaimReach+1 && plain(s, u); u++ {
		t := s.Units[u].First
		if !d.In(t, g.Known.Negation) && !d.In(t, g.Known.Disowns) || d.In(t, g.Known.CountIt) {
			continue
		}
		if u > v+1 && does(u-1) { // "ne s'oppose pas"
			return unless(d.contrasts(s, u), u)
		}
		reach := disclaimReach
		if d.In(t, g.Known.Disowns) {
			reach = disownReach
		}
		for w := u + 1; w <= u+reach && (plain(s, w) || reach == disownReach && w < len(s.Units) && !s.Units[w].Stop); w++ {
			if s.Units[w].Mention == nil && does(w) {
				return unless(d.contrasts(s, w), u)
			}
		}
	}
	if !g.NegationBehind || !plain(s, v+1) || !does(v+1) {
		return -1
	}
	_, end := passage.Clause(s, v, v+1) // "Hikvision liefert die Kameras nicht"
	return unless(!d.denies(s, end-1), end-1)
}

// opposesNothing is the negation by which all that a sentence says behind unit v of opposing is negated: "réclame un texte, sans pour autant s'opposer au
// projet".
func (d *Doc) opposesNothing(s *passage.Sentence, v int) int {
	k := &d.GrammarAt(s).Known
	if k.Opposes == grammar.NoClass || s.Lacks(k.Opposes) || d.contrasts(s, v) {
		return -1
	}
	at := -1
	for w := v + 1; w < len(s.Units) && !s.Units[w].Stop; w++ {
		if s.Units[w].Mention != nil || !d.In(s.Units[w].First, k.Opposes) || d.In(s.Units[w].First, k.Negation) {
			continue
		}
		negated := -1
		for u := w - 1; u > v && u >= w-disclaimReach-1 && plain(s, u); u-- {
			if d.In(s.Units[u].First, k.Negation) && !d.In(s.Units[u].First, k.CountIt) {
				negated = u
			}
		}
		if negated < 0 {
			return -1
		}
		at = negated
	}
	return at
}

// loses is the word beside unit v that says of a firm that it was not taken.
func (d *Doc) loses(s *passage.Sentence, v int) int {
	k := &d.GrammarAt(s).Known
	if k.Loses == grammar.NoClass || s.Lacks(k.Loses) {
		return -1
	}
	for u := v + 1; u <= v+disclaimReach && plain(s, u); u++ {
		if d.In(s.Units[u].First, k.Loses) {
			return unless(d.negatedJustBefore(s, u), u)
		}
	}
	for u := v - 1; u >= 0 && u >= v-loseReach && plain(s, u); u-- {
		if d.In(s.Units[u].First, k.Loses) {
			return unless(d.negatedJustBefore(s, u), u)
		}
	}
	return -1
}

// plain reports whether unit u is there and neither a name nor the end of a clause.
func plain(s *passage.Sentence, u int) bool {
	return u < len(s.Units) && s.Units[u].Mention == nil && !s.Units[u].Stop && !s.Units[u].Comma
}

// unless is a unit, or none where something holds.
func unless(holds bool, u int) int {
	if holds {
		return -1
	}
	return u
}

// negatedJustBefore reports whether one of the two units before unit u negates it.
func (d *Doc) negatedJustBefore(s *passage.Sentence, u int) bool {
	return d.negated(s, u-2, u)
}

// negated reports whether a negation stands in units [from, to) of a sentence.
func (d *Doc) negated(s *passage.Sentence, from, to int) bool {
	return d.SaidIn(s, from, to, d.GrammarAt(s).Known.Negation)
}
