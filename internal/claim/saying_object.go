package claim

// Some verbs say what stands behind them without "that": "the firm puts the error rate at 2 per cent", "la mairie dément tout achat", "Die
// Polizei weist den Vorwurf zurück". They have other uses, so only who can speak says so: a person, an office, a firm, a body that is no
// regulator, whose findings are the document's own.

// saysObject reads a verb at unit u that says its object.
func (d *speechDoc) saysObject(s *sentence, u int) {
	k := &d.grammarAt(s).known
	t := s.units[u].first
	if !plain(s, u) || d.passive(s, u) || d.nounHere(s, u) || d.voiceAt(s, t) != nil {
		return
	}
	n := max(d.is(t, k.puts), d.is(t, k.disowns), d.is(t, k.splits))
	if n == 0 {
		return
	}
	next := d.unitAt(s, t+n)
	switch {
	case d.in(t, k.disowns):
	case d.in(t, k.splits) && d.particleBehind(s, next):
	case d.in(t, k.puts) && d.amountBehind(s, next):
	default:
		return
	}
	v, ok := d.ownSubject(s, u, next)
	if !ok {
		return
	}
	d.lastVoice, d.lastVoiceAt = v, s.first
	from, _ := clause(s, u, u)
	s.voices = append(s.voices, v.over(s.units[from].first, s.end))
}

// ownSubject is the subject of the verb at unit u, right before it, or behind it in languages that put it there, or a pronoun.
func (d *speechDoc) ownSubject(s *sentence, u, next int) (voice, bool) {
	k := &d.grammarAt(s).known
	if v, _, ok := d.pronounSpeaker(s, u, next); ok {
		return v, true
	}
	if v, _, ok := d.subjectBehind(s, u, next); ok {
		return v, true
	}
	v, at, ok := d.subjectBefore(s, u)
	if !ok {
		n := u - 1
		for n > 0 && s.units[n].mention == nil && (d.in(s.units[n].first, k.auxiliary) || d.in(s.units[n].first, k.clitic)) {
			n--
		}
		if n > 1 && s.units[n].comma { // "La société, interrogée par écrit, a nié"
			for n--; n > 0 && !s.units[n].comma && !s.units[n].stop; {
				n--
			}
			n--
		}
		if n < 0 || !plain(s, n) || !d.in(s.units[n].first, k.company) && !d.in(s.units[n].first, k.firm) || d.behindPreposition(s, n) {
			return voice{}, false
		}
		v, _, ok = d.speakerFrom(s, n, 1, 0)
		return v, ok
	}
	if v.kinds&kAUT != 0 {
		return voice{}, false
	}
	const reach = 6 // units
	if u-at > reach {
		return voice{}, false
	}
	for n := at + 1; n < u; n++ {
		if t := s.units[n].first; s.units[n].mention == nil && (d.in(t, k.speakerWho) || d.in(t, k.that) || d.in(t, k.said) || d.in(t, k.conjunction)) {
			return voice{}, false
		}
	}
	return v, true
}

// particleBehind reports whether the particle of a verb closes the clause at unit n: "schließt eine Gesichtserkennung aus".
func (d *speechDoc) particleBehind(s *sentence, n int) bool {
	k := &d.grammarAt(s).known
	for n < len(s.units) && !s.units[n].stop && !s.units[n].comma {
		n++
	}
	return n > 0 && s.units[n-1].mention == nil && d.in(s.units[n-1].first, k.splitOff)
}

// amountBehind reports whether an amount stands close behind unit n, in its clause: "l'exploitant annonce 95 % de réussite".
func (d *speechDoc) amountBehind(s *sentence, n int) bool {
	const reach = 7 // units
	for m := n; m < min(n+reach, len(s.units)) && !s.units[m].stop && !s.units[m].comma; m++ {
		if s.units[m].kinds&(kNUM|kPCT|kMON) != 0 {
			return true
		}
	}
	return false
}
