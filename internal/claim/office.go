package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// speakerFrom reads a speaker in the units from u on, skipping up to reach units; extra are further kinds that may
// speak here. It answers the unit behind it.
func (d *speechDoc) speakerFrom(s *sentence, u, reach int, extra kind) (voice, int, bool) {
	k := &d.grammarAt(s).known
	for n := u; n < len(s.units) && n < u+reach; n++ {
		unit := &s.units[n]
		if unit.stop || unit.comma && n > u {
			break
		}
		if _, w := d.officeAt(s, n); w > 0 {
			return d.roleSpeaker(s, n)
		}
		if unit.kinds&(speakerKinds|extra) != 0 && unit.mention != nil {
			return d.speakerWith(s, n), n + 1, true
		}
		if plain(s, n) {
			if w := d.is(unit.first, k.document); w > 0 {
				return d.documentSpeaker(s, n, w)
			}
			if w := max(d.is(unit.first, k.company), d.is(unit.first, k.firm)); w > 0 {
				return d.firmSpeaker(s, n, w)
			}
		}
	}
	return voice{}, u, false
}

// officeAt is the word for an office at unit n, with how many tokens it has: a plain word, or one that its capital makes look like a name
// ("the Minister", "the Deputy Chief", "le Ministre"); 0 for none.
func (d *speechDoc) officeAt(s *sentence, n int) (first, w int) {
	k := &d.grammarAt(s).known
	unit := &s.units[n]
	if plain(s, n) {
		return unit.first, d.is(unit.first, k.role)
	}
	m := unit.mention
	if m == nil || unit.kinds != kNAME || m.entity != nil || d.grammarAt(s).nounsCapital || !s.set.has(k.role) && s.set != (classSet{}) {
		return unit.first, 0
	}
	articled := unit.first > 0 && d.in(unit.first-1, k.article)
	for t := unit.first; t < unit.end; t++ {
		if w := d.is(t, k.role); w > 0 && (articled || t+w >= unit.end) {
			return t, w
		}
	}
	return unit.first, 0
}

// roleSpeaker is someone known by a role at unit n: "le maire", "son porte-parole", with the name or body that follows.
func (d *speechDoc) roleSpeaker(s *sentence, n int) (voice, int, bool) {
	k := &d.grammarAt(s).known
	first, w := d.officeAt(s, n)
	if w == 0 {
		w = 1
	}
	sp := &contrechamp.Speaker{}
	v := voice{speaker: sp}
	// "chef de la sécurité", "the vendor's Nairobi chief": the office with what it is of, and what stands before it
	start, last := min(d.officeStart(s, n), s.units[n].first), max(d.officeEnd(s, first+w), s.units[n].end)
	for _, span := range [][2]int{{start, last}, {first, last}, {start, first + w}, {first, first + w}} {
		v.alsoCalled(strings.ToLower(d.words(span[0], span[1])))
	}
	if t := first + w; t < last && d.in(t, k.of) {
		for t < last && (d.in(t, k.of) || d.in(t, k.article)) {
			t++
		}
		if t < last {
			v.alsoCalled(strings.ToLower(d.words(first, t+1))) // "directeur de la sûreté" of "directeur de la sûreté du port"
		}
	}
	end := d.unitAt(s, first+w)
	for m := min(d.unitAt(s, start), n); m < len(s.units) && m < end+8 && !s.units[m].stop; m++ {
		if t := s.units[m].first; m > end && (s.units[m].comma || d.in(t, k.auxiliary) || d.in(t, k.said)) && s.units[m].mention == nil {
			break
		}
		in := s.units[m].mention
		if in == nil || s.units[m].kinds&(kPER|kAUT|kPOL|kORG|kCO) == 0 || in.entity == nil || s.units[m].kinds&kCO != 0 && in.first >= last {
			continue
		}
		d.voiced(&v, in.entity)
		if s.units[m].kinds&kPER != 0 {
			sp.Names = append([]string{in.entity.Name}, slices.DeleteFunc(sp.Names, func(x string) bool { return x == in.entity.Name })...)
		}
		end = max(end, m+1)
		break
	}
	end = max(end, d.unitAt(s, last))
	named := len(sp.Names)
	if end = d.heldBy(&v, s, end); v.kinds&kPER == 0 && len(sp.Names) == named && (v.entity == nil || v.entity.Kind != contrechamp.KindPerson) {
		d.knownByName(&v, first)
	}
	return v, end, true
}

// heldBy adds the name that stands right behind an office, or between commas: "le conseiller administratif Martin Staub", "the chief of police,
// Ana Ruiz, ...". It answers the unit behind it.
func (d *speechDoc) heldBy(v *voice, s *sentence, end int) int {
	at := end
	if at+2 < len(s.units) && d.fold[s.units[at].first] == "," && (s.units[at+2].comma || s.units[at+2].stop) {
		at++
	}
	if at >= len(s.units) || at == 0 {
		return end
	}
	m := s.units[at].mention
	if m == nil || s.units[at].kinds&^(kNAME|kPER) != 0 || m.end-m.first < 2 || m.end-m.first > 4 || m.entity != nil && s.units[at].kinds&kPER == 0 {
		return end
	}
	v.betterCalled(d.words(m.end-1, m.end))
	v.betterCalled(d.words(m.first, m.end))
	d.particled(v, m)
	return max(end, at+1)
}

// officeStart returns the token where an office's words start, before the word for it: "Premier ministre", "the vendor's Nairobi
// chief".
func (d *speechDoc) officeStart(s *sentence, n int) int {
	k := &d.grammarAt(s).known
	const most = 4
	first := n
	for m := n - 1; m >= 0 && m >= n-most; m-- {
		unit := &s.units[m]
		t := unit.first
		if unit.stop || unit.comma || d.toks[t].Kind != word.Word || unit.kinds&(kDAT|kNUM) != 0 || d.quoted[t] != d.quoted[s.units[n].first] {
			break
		}
		if unit.mention == nil {
			if d.in(t, k.article) {
				return s.units[first].first // a whole noun phrase
			}
			if d.in(t, k.preposition) || d.in(t, k.said) || d.in(t, k.that) || d.in(t, k.auxiliary) || d.in(t, k.clitic) || d.in(t, k.conjunction) {
				break
			}
		}
		first = m
	}
	if first == 0 && d.toks[s.units[0].first].Upper || first > 0 && (s.units[first-1].stop || s.units[first-1].comma) && d.toks[s.units[first].first].Upper {
		return s.units[first].first // "Board president", "Premier ministre"
	}
	return s.units[n].first
}

// plainWords counts the words at t, at most so many, that may belong to the name of an office: "executive" of "chief executive".
func (d *speechDoc) plainWords(s *sentence, t, most int) int {
	k := &d.grammarAt(s).known
	n := 0
	for n < most && t+n < s.end {
		if w := t + n; d.toks[w].Kind != word.Word || d.toks[w].Upper || d.quoted[w] != d.quoted[max(t-1, 0)] || d.in(w, k.of) || d.in(w, k.preposition) || d.in(w, k.article) ||
			d.behindOffice(k, w) || d.in(w, k.conjunction) || d.in(w, k.user) || d.future(d.grammarAt(s), w) {
			break
		}
		n++
	}
	return n
}

// behindOffice reports whether the word at t never belongs to the name of an office: with it begins what the office does or says.
func (d *speechDoc) behindOffice(k *knownClasses, t int) bool {
	return d.in(t, k.said) || d.in(t, k.that) || d.in(t, k.speakerWho) || d.in(t, k.auxiliary) || d.in(t, k.be) || d.in(t, k.presents) ||
		d.in(t, k.asksWhom) || d.in(t, k.clitic) || d.in(t, k.negation) || d.in(t, k.selonBehind)
}

// officeEnd returns the end of what an office is of: "de la sécurité du campus".
func (d *speechDoc) officeEnd(s *sentence, t int) int {
	k := &d.grammarAt(s).known
	const longest = 6
	end := t
	if plain := d.plainWords(s, t, 2); plain > 0 && (t+plain >= s.end || d.toks[t+plain].Kind != word.Word || d.in(t+plain, k.of)) {
		if t += plain; t >= s.end || !d.in(t, k.of) {
			return t // "chief executive", "directeur général"
		}
		end = t
	}
	for end < s.end && end < t+longest && d.toks[end].Kind == word.Word {
		if end == t && !d.in(end, k.of) || d.behindOffice(k, end) || d.quoted[end] != d.quoted[t] {
			break
		}
		if end > t && d.in(end, k.preposition) && !d.in(end, k.of) {
			break
		}
		end++
	}
	for end > t && (d.in(end-1, k.of) || d.in(end-1, k.article)) {
		end--
	}
	return end
}

// documentSpeaker is a document that speaks: "le rapport", "the petition", with the body that wrote it.
func (d *speechDoc) documentSpeaker(s *sentence, n, w int) (voice, int, bool) {
	first := s.units[n].first
	sp := &contrechamp.Speaker{Names: []string{strings.ToLower(d.words(first, first+w))}}
	v := voice{speaker: sp}
	if start := d.officeStart(s, n); start < first {
		sp.Names = append([]string{strings.ToLower(d.words(start, first+w))}, sp.Names...) // "the municipal website"
	}
	end := d.unitAt(s, first+w)
	for m := end; m < len(s.units) && m < end+6 && !s.units[m].stop && !s.units[m].comma; m++ {
		in := s.units[m].mention
		if in == nil || in.entity == nil || s.units[m].kinds&(kPER|kAUT|kORG|kPOL|kCO) == 0 {
			continue
		}
		v.kinds = s.units[m].kinds
		d.voiced(&v, in.entity)
		return v, m + 1, true
	}
	return v, end, true
}

// firmSpeaker is a firm that speaks without its name: "selon l'entreprise", "laut Hersteller": the one named last.
func (d *speechDoc) firmSpeaker(s *sentence, n, w int) (voice, int, bool) {
	first := s.units[n].first
	sp := &contrechamp.Speaker{Names: []string{strings.ToLower(d.words(first, first+w))}}
	v := voice{speaker: sp, kinds: kCO}
	if next := d.unitAt(s, first+w); next < len(s.units) && s.units[next].mention != nil && s.units[next].kinds&(kNAME|kCO) != 0 && s.units[next].kinds&kPLC == 0 {
		in := s.units[next].mention
		v.betterCalled(d.words(in.first, in.end)) // "la société Optivue"
		if in.entity != nil {
			d.voiced(&v, in.entity)
		}
		return v, next + 1, true
	}
	if e := d.lastCompany(first, 0); e != nil {
		d.voiced(&v, e)
	}
	return v, d.unitAt(s, first+w), true
}

// speakerWith makes the speaker of unit n: a person with the body of the apposition behind the name.
func (d *speechDoc) speakerWith(s *sentence, n int) voice {
	unit := &s.units[n]
	m := unit.mention
	v := voice{speaker: &contrechamp.Speaker{}, kinds: unit.kinds}
	if m.entity == nil {
		v.speaker.Names = []string{d.words(m.first, m.end)}
		if m.end-m.first > 1 && d.in(m.first, d.grammarAt(s).known.article) {
			v.alsoCalled(d.words(m.first+1, m.end)) // "El Gobierno"
		}
		d.untitled(&v, m)
		d.titledAs(&v, m)
		return v
	}
	d.voiced(&v, m.entity)
	d.untitled(&v, m)
	d.titledAs(&v, m)
	if unit.kinds&kPER == 0 {
		// as the text calls it: "la zone de police Bruxelles-Nord", "Direction générale des transports"
		d.calledBy(&v, m.first, m.end)
		d.bodyNoun(&v, m)
		if next := n + 1; next < len(s.units) && (s.units[next].mention != nil || d.in(s.units[next].first, d.grammarAt(s).known.of)) {
			if p, ok := d.nounFrom(s, n, min(next+6, len(s.units)), true); ok && p.first == n {
				d.calledBy(&v, m.first, s.units[p.short-1].end)
				d.calledBy(&v, m.first, s.units[p.end-1].end)
			}
		}
	}
	if unit.kinds&kPER != 0 {
		d.particled(&v, m)
		for b := n + 1; b < len(s.units) && b < n+14 && !s.units[b].stop; b++ {
			in := s.units[b].mention
			if d.in(s.units[b].first, d.grammarAt(s).known.said) && s.units[b].mention == nil {
				break
			}
			if in != nil && in.entity != nil && s.units[b].kinds&(kAUT|kORG|kPOL|kCO) != 0 {
				d.voiced(&v, in.entity)
				d.belongs(m.entity, in.entity)
				break
			}
		}
		if b := d.bodyOf[m.entity.ID]; b != nil {
			d.voiced(&v, b)
		}
	}
	return v
}

// bodyNoun adds the word for what a body is: "Commission" of "Commission d'accès à l'information", "Council" of "Bryn County Council".
func (d *speechDoc) bodyNoun(v *voice, m *mention) {
	if m.kinds&(kORG|kAUT|kPOL) == 0 || m.end-m.first < 2 {
		return
	}
	k := &d.paras[d.paraOf(m.first)].g.known
	for t := m.first; t < m.end; t++ {
		for _, class := range [...]int32{k.police, k.town, k.state, k.regulator, k.court, k.ngo, k.press, k.council, k.bodyIt} {
			if n := d.is(t, class); n > 0 && t+n <= m.end {
				d.calledBy(v, t, t+n) // "Information Commissioner" is one word for it
				return
			}
		}
	}
}

// untitled adds a name without the titles and offices that stand before it, and the last name: "Rhiannon Pross" of "Chief Inspector Rhiannon
// Pross".
func (d *speechDoc) untitled(v *voice, m *mention) {
	if m.kinds&^(kNAME|kPER) != 0 || m.end-m.first < 2 {
		return
	}
	k := &d.paras[d.paraOf(m.first)].g.known
	t := m.first
	for n := m.first; n < m.end-1; n++ {
		if d.in(n, k.title) || d.in(n, k.role) || n == t && d.fold[n] == "." {
			t = n + 1 // "Privacy Commissioner Ada Neri"
		}
	}
	if t == m.first && m.kinds&kPER == 0 {
		return
	}
	if t > m.first {
		v.betterCalled(d.words(t, m.end))
	}
	v.alsoCalled(d.words(m.end-1, m.end))
}

// titledAs adds a name with the title that stands right before it: "M. Osmont".
func (d *speechDoc) titledAs(v *voice, m *mention) {
	k := &d.paras[d.paraOf(m.first)].g.known
	t := m.first - 1
	if t > 0 && d.fold[t] == "." {
		t--
	}
	if t >= d.paras[d.paraOf(m.first)].first && d.in(t, k.title) {
		v.alsoCalled(d.words(t, m.end))
	}
}

// particled adds a person's name with what stands behind a particle: "Elke Van den Brandt", of which "Elke Van" was found.
func (d *speechDoc) particled(v *voice, m *mention) {
	p := &d.paras[d.paraOf(m.first)]
	if p.g.known.particle == noClass {
		return
	}
	t := m.end
	for t < p.end && t < m.end+2 && d.in(t, p.g.known.particle) && d.toks[t].Start == d.toks[t-1].End+1 {
		t++
	}
	if t == m.end || t >= p.end || d.toks[t].Kind != word.Word || !d.toks[t].Upper || d.in(t, p.g.known.notName) {
		return
	}
	from := m.first
	for from < m.end-1 && d.in(from, p.g.known.title) {
		from++
	}
	v.betterCalled(d.words(from, t+1))
}
