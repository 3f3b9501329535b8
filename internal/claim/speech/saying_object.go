package speech

import (
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Some verbs say what stands behind them without "that": "the firm puts the error rate at 2 per cent", "la mairie dément tout achat", "Die
// Polizei weist den Vorwurf zurück". They have other uses, so only who can speak says so: a person, an office, a firm, a body that is no
// regulator, whose findings are the document's own.

// saysObject reads a verb at unit u that says its object.
func (d *Doc) saysObject(s *passage.Sentence, u int) {
	k := &d.GrammarAt(s).Known
	t := s.Units[u].First
	if !plain(s, u) || d.passive(s, u) || d.nounHere(s, u) || d.VoiceAt(s, t) != nil {
		return
	}
	n := max(d.Is(t, k.Puts), d.Is(t, k.Disowns), d.Is(t, k.Splits))
	if n == 0 {
		return
	}
	next := d.UnitAt(s, t+n)
	switch {
	case d.In(t, k.Disowns):
	case d.In(t, k.Splits) && d.particleBehind(s, next):
	case d.In(t, k.Puts) && d.amountBehind(s, next):
	default:
		return
	}
	v, ok := d.ownSubject(s, u, next)
	if !ok {
		return
	}
	d.lastVoice, d.lastVoiceAt = v, s.First
	from, _ := passage.Clause(s, u, u)
	s.Voices = append(s.Voices, v.Over(s.Units[from].First, s.End))
}

// ownSubject is the subject of the verb at unit u, right before it, or behind it in languages that put it there, or a pronoun.
func (d *Doc) ownSubject(s *passage.Sentence, u, next int) (passage.Voice, bool) {
	k := &d.GrammarAt(s).Known
	if v, _, ok := d.pronounSpeaker(s, u, next); ok {
		return v, true
	}
	if v, _, ok := d.subjectBehind(s, u, next); ok {
		return v, true
	}
	v, at, ok := d.SubjectBefore(s, u)
	if !ok {
		n := u - 1
		for n > 0 && s.Units[n].Mention == nil && (d.In(s.Units[n].First, k.Auxiliary) || d.In(s.Units[n].First, k.Clitic)) {
			n--
		}
		if n > 1 && s.Units[n].Comma { // "La société, interrogée par écrit, a nié"
			for n--; n > 0 && !s.Units[n].Comma && !s.Units[n].Stop; {
				n--
			}
			n--
		}
		if n < 0 || !plain(s, n) || !d.In(s.Units[n].First, k.Company) && !d.In(s.Units[n].First, k.Firm) || d.BehindPreposition(s, n) {
			return passage.Voice{}, false
		}
		v, _, ok = d.speakerFrom(s, n, 1, 0)
		return v, ok
	}
	if v.Kinds&grammar.AUT != 0 {
		return passage.Voice{}, false
	}
	const reach = 6 // units
	if u-at > reach {
		return passage.Voice{}, false
	}
	for n := at + 1; n < u; n++ {
		if t := s.Units[n].First; s.Units[n].Mention == nil && (d.In(t, k.SpeakerWho) || d.In(t, k.That) || d.In(t, k.Said) || d.In(t, k.Conjunction)) {
			return passage.Voice{}, false
		}
	}
	return v, true
}

// particleBehind reports whether the particle of a verb closes the clause at unit n: "schließt eine Gesichtserkennung aus".
func (d *Doc) particleBehind(s *passage.Sentence, n int) bool {
	k := &d.GrammarAt(s).Known
	for n < len(s.Units) && !s.Units[n].Stop && !s.Units[n].Comma {
		n++
	}
	return n > 0 && s.Units[n-1].Mention == nil && d.In(s.Units[n-1].First, k.SplitOff)
}

// amountBehind reports whether an amount stands close behind unit n, in its clause: "l'exploitant annonce 95 % de réussite".
func (d *Doc) amountBehind(s *passage.Sentence, n int) bool {
	const reach = 7 // units
	for m := n; m < min(n+reach, len(s.Units)) && !s.Units[m].Stop && !s.Units[m].Comma; m++ {
		if s.Units[m].Kinds&(grammar.NUM|grammar.PCT|grammar.MON) != 0 {
			return true
		}
	}
	return false
}
