package speech

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// speakerFrom reads a speaker in the units from u on, skipping up to reach units; extra are further kinds that may
// speak here. It answers the unit behind it.
func (d *Doc) speakerFrom(s *passage.Sentence, u, reach int, extra grammar.Kind) (passage.Voice, int, bool) {
	k := &d.GrammarAt(s).Known
	for n := u; n < len(s.Units) && n < u+reach; n++ {
		unit := &s.Units[n]
		if unit.Stop || unit.Comma && n > u {
			break
		}
		if _, w := d.officeAt(s, n); w > 0 {
			return d.roleSpeaker(s, n)
		}
		if unit.Kinds&(speakerKinds|extra) != 0 && unit.Mention != nil {
			return d.speakerWith(s, n), n + 1, true
		}
		if plain(s, n) {
			if w := d.Is(unit.First, k.Document); w > 0 {
				return d.documentSpeaker(s, n, w)
			}
			if w := max(d.Is(unit.First, k.Company), d.Is(unit.First, k.Firm)); w > 0 {
				return d.firmSpeaker(s, n, w)
			}
		}
	}
	return passage.Voice{}, u, false
}

// officeAt is the word for an office at unit n, with how many tokens it has: a plain word, or one that its capital makes look like a name
// ("the Minister", "the Deputy Chief", "le Ministre"); 0 for none.
func (d *Doc) officeAt(s *passage.Sentence, n int) (first, w int) {
	k := &d.GrammarAt(s).Known
	unit := &s.Units[n]
	if plain(s, n) {
		return unit.First, d.Is(unit.First, k.Role)
	}
	m := unit.Mention
	if m == nil || unit.Kinds != grammar.NAME || m.Entity != nil || d.GrammarAt(s).NounsCapital || !s.Set.Has(k.Role) && s.Set != (grammar.ClassSet{}) {
		return unit.First, 0
	}
	articled := unit.First > 0 && d.In(unit.First-1, k.Article)
	for t := unit.First; t < unit.End; t++ {
		if w := d.Is(t, k.Role); w > 0 && (articled || t+w >= unit.End) {
			return t, w
		}
	}
	return unit.First, 0
}

// roleSpeaker is someone known by a role at unit n: "le maire", "son porte-parole", with the name or body that follows.
func (d *Doc) roleSpeaker(s *passage.Sentence, n int) (passage.Voice, int, bool) {
	k := &d.GrammarAt(s).Known
	first, w := d.officeAt(s, n)
	if w == 0 {
		w = 1
	}
	sp := &contrechamp.Speaker{}
	v := passage.Voice{Speaker: sp}
	// "chef de la sécurité", "the vendor's Nairobi chief": the office with what it is of, and what stands before it
	start, last := min(d.officeStart(s, n), s.Units[n].First), max(d.officeEnd(s, first+w), s.Units[n].End)
	for _, span := range [][2]int{{start, last}, {first, last}, {start, first + w}, {first, first + w}} {
		v.AlsoCalled(strings.ToLower(d.Words(span[0], span[1])))
	}
	if t := first + w; t < last && d.In(t, k.Of) {
		for t < last && (d.In(t, k.Of) || d.In(t, k.Article)) {
			t++
		}
		if t < last {
			v.AlsoCalled(strings.ToLower(d.Words(first, t+1))) // "directeur de la sûreté" of "directeur de la sûreté du port"
		}
	}
	end := d.UnitAt(s, first+w)
	for m := min(d.UnitAt(s, start), n); m < len(s.Units) && m < end+8 && !s.Units[m].Stop; m++ {
		if t := s.Units[m].First; m > end && (s.Units[m].Comma || d.In(t, k.Auxiliary) || d.In(t, k.Said)) && s.Units[m].Mention == nil {
			break
		}
		in := s.Units[m].Mention
		if in == nil || s.Units[m].Kinds&(grammar.PER|grammar.AUT|grammar.POL|grammar.ORG|grammar.CO) == 0 || in.Entity == nil || s.Units[m].Kinds&grammar.CO != 0 && in.First >= last {
			continue
		}
		d.voiced(&v, in.Entity)
		if s.Units[m].Kinds&grammar.PER != 0 {
			sp.Names = append([]string{in.Entity.Name}, slices.DeleteFunc(sp.Names, func(x string) bool { return x == in.Entity.Name })...)
		}
		end = max(end, m+1)
		break
	}
	end = max(end, d.UnitAt(s, last))
	named := len(sp.Names)
	if end = d.heldBy(&v, s, end); v.Kinds&grammar.PER == 0 && len(sp.Names) == named && (v.Entity == nil || v.Entity.Kind != contrechamp.KindPerson) {
		d.knownByName(&v, first)
	}
	return v, end, true
}

// heldBy adds the name that stands right behind an office, or between commas: "le conseiller administratif Martin Staub", "the chief of police,
// Ana Ruiz, ...". It answers the unit behind it.
func (d *Doc) heldBy(v *passage.Voice, s *passage.Sentence, end int) int {
	at := end
	if at+2 < len(s.Units) && d.Fold[s.Units[at].First] == "," && (s.Units[at+2].Comma || s.Units[at+2].Stop) {
		at++
	}
	if at >= len(s.Units) || at == 0 {
		return end
	}
	m := s.Units[at].Mention
	if m == nil || s.Units[at].Kinds&^(grammar.NAME|grammar.PER) != 0 || m.End-m.First < 2 || m.End-m.First > 4 || m.Entity != nil && s.Units[at].Kinds&grammar.PER == 0 {
		return end
	}
	v.BetterCalled(d.Words(m.End-1, m.End))
	v.BetterCalled(d.Words(m.First, m.End))
	d.particled(v, m)
	return max(end, at+1)
}

// officeStart returns the token where an office's words start, before the word for it: "Premier ministre", "the vendor's Nairobi
// chief".
func (d *Doc) officeStart(s *passage.Sentence, n int) int {
	k := &d.GrammarAt(s).Known
	const most = 4
	first := n
	for m := n - 1; m >= 0 && m >= n-most; m-- {
		unit := &s.Units[m]
		t := unit.First
		if unit.Stop || unit.Comma || d.Tokens[t].Kind != word.Word || unit.Kinds&(grammar.DAT|grammar.NUM) != 0 || d.Quoted[t] != d.Quoted[s.Units[n].First] {
			break
		}
		if unit.Mention == nil {
			if d.In(t, k.Article) {
				return s.Units[first].First // a whole noun phrase
			}
			if d.In(t, k.Preposition) || d.In(t, k.Said) || d.In(t, k.That) || d.In(t, k.Auxiliary) || d.In(t, k.Clitic) || d.In(t, k.Conjunction) {
				break
			}
		}
		first = m
	}
	if first == 0 && d.Tokens[s.Units[0].First].Upper || first > 0 && (s.Units[first-1].Stop || s.Units[first-1].Comma) && d.Tokens[s.Units[first].First].Upper {
		return s.Units[first].First // "Board president", "Premier ministre"
	}
	return s.Units[n].First
}

// plainWords counts the words at t, at most so many, that may belong to the name of an office: "executive" of "chief executive".
func (d *Doc) plainWords(s *passage.Sentence, t, most int) int {
	k := &d.GrammarAt(s).Known
	n := 0
	for n < most && t+n < s.End {
		if w := t + n; d.Tokens[w].Kind != word.Word || d.Tokens[w].Upper || d.Quoted[w] != d.Quoted[max(t-1, 0)] || d.In(w, k.Of) || d.In(w, k.Preposition) || d.In(w, k.Article) ||
			d.behindOffice(k, w) || d.In(w, k.Conjunction) || d.In(w, k.User) || d.Future(d.GrammarAt(s), w) {
			break
		}
		n++
	}
	return n
}

// behindOffice reports whether the word at t never belongs to the name of an office: with it begins what the office does or says.
func (d *Doc) behindOffice(k *grammar.KnownClasses, t int) bool {
	return d.In(t, k.Said) || d.In(t, k.That) || d.In(t, k.SpeakerWho) || d.In(t, k.Auxiliary) || d.In(t, k.Be) || d.In(t, k.Presents) ||
		d.In(t, k.AsksWhom) || d.In(t, k.Clitic) || d.In(t, k.Negation) || d.In(t, k.SelonBehind)
}

// officeEnd returns the end of what an office is of: "de la sécurité du campus".
func (d *Doc) officeEnd(s *passage.Sentence, t int) int {
	k := &d.GrammarAt(s).Known
	const longest = 6
	end := t
	if plain := d.plainWords(s, t, 2); plain > 0 && (t+plain >= s.End || d.Tokens[t+plain].Kind != word.Word || d.In(t+plain, k.Of)) {
		if t += plain; t >= s.End || !d.In(t, k.Of) {
			return t // "chief executive", "directeur général"
		}
		end = t
	}
	for end < s.End && end < t+longest && d.Tokens[end].Kind == word.Word {
		if end == t && !d.In(end, k.Of) || d.behindOffice(k, end) || d.Quoted[end] != d.Quoted[t] {
			break
		}
		if end > t && d.In(end, k.Preposition) && !d.In(end, k.Of) {
			break
		}
		end++
	}
	for end > t && (d.In(end-1, k.Of) || d.In(end-1, k.Article)) {
		end--
	}
	return end
}

// documentSpeaker is a document that speaks: "le rapport", "the petition", with the body that wrote it.
func (d *Doc) documentSpeaker(s *passage.Sentence, n, w int) (passage.Voice, int, bool) {
	first := s.Units[n].First
	sp := &contrechamp.Speaker{Names: []string{strings.ToLower(d.Words(first, first+w))}}
	v := passage.Voice{Speaker: sp}
	if start := d.officeStart(s, n); start < first {
		sp.Names = append([]string{strings.ToLower(d.Words(start, first+w))}, sp.Names...) // "the municipal website"
	}
	end := d.UnitAt(s, first+w)
	for m := end; m < len(s.Units) && m < end+6 && !s.Units[m].Stop && !s.Units[m].Comma; m++ {
		in := s.Units[m].Mention
		if in == nil || in.Entity == nil || s.Units[m].Kinds&(grammar.PER|grammar.AUT|grammar.ORG|grammar.POL|grammar.CO) == 0 {
			continue
		}
		v.Kinds = s.Units[m].Kinds
		d.voiced(&v, in.Entity)
		return v, m + 1, true
	}
	return v, end, true
}

// firmSpeaker is a firm that speaks without its name: "selon l'entreprise", "laut Hersteller": the one named last.
func (d *Doc) firmSpeaker(s *passage.Sentence, n, w int) (passage.Voice, int, bool) {
	first := s.Units[n].First
	sp := &contrechamp.Speaker{Names: []string{strings.ToLower(d.Words(first, first+w))}}
	v := passage.Voice{Speaker: sp, Kinds: grammar.CO}
	if next := d.UnitAt(s, first+w); next < len(s.Units) && s.Units[next].Mention != nil && s.Units[next].Kinds&(grammar.NAME|grammar.CO) != 0 && s.Units[next].Kinds&grammar.PLC == 0 {
		in := s.Units[next].Mention
		v.BetterCalled(d.Words(in.First, in.End)) // "la société Optivue"
		if in.Entity != nil {
			d.voiced(&v, in.Entity)
		}
		return v, next + 1, true
	}
	if e := d.LastCompany(first, 0); e != nil {
		d.voiced(&v, e)
	}
	return v, d.UnitAt(s, first+w), true
}

// speakerWith makes the speaker of unit n: a person with the body of the apposition behind the name.
func (d *Doc) speakerWith(s *passage.Sentence, n int) passage.Voice {
	unit := &s.Units[n]
	m := unit.Mention
	v := passage.Voice{Speaker: &contrechamp.Speaker{}, Kinds: unit.Kinds}
	if m.Entity == nil {
		v.Speaker.Names = []string{d.Words(m.First, m.End)}
		if m.End-m.First > 1 && d.In(m.First, d.GrammarAt(s).Known.Article) {
			v.AlsoCalled(d.Words(m.First+1, m.End)) // "El Gobierno"
		}
		d.untitled(&v, m)
		d.titledAs(&v, m)
		return v
	}
	d.voiced(&v, m.Entity)
	d.untitled(&v, m)
	d.titledAs(&v, m)
	if unit.Kinds&grammar.PER == 0 {
		// as the text calls it: "la zone de police Bruxelles-Nord", "Direction générale des transports"
		d.calledBy(&v, m.First, m.End)
		d.bodyNoun(&v, m)
		if next := n + 1; next < len(s.Units) && (s.Units[next].Mention != nil || d.In(s.Units[next].First, d.GrammarAt(s).Known.Of)) {
			if p, ok := d.nounFrom(s, n, min(next+6, len(s.Units)), true); ok && p.first == n {
				d.calledBy(&v, m.First, s.Units[p.short-1].End)
				d.calledBy(&v, m.First, s.Units[p.end-1].End)
			}
		}
	}
	if unit.Kinds&grammar.PER != 0 {
		d.particled(&v, m)
		for b := n + 1; b < len(s.Units) && b < n+14 && !s.Units[b].Stop; b++ {
			in := s.Units[b].Mention
			if d.In(s.Units[b].First, d.GrammarAt(s).Known.Said) && s.Units[b].Mention == nil {
				break
			}
			if in != nil && in.Entity != nil && s.Units[b].Kinds&(grammar.AUT|grammar.ORG|grammar.POL|grammar.CO) != 0 {
				d.voiced(&v, in.Entity)
				d.belongs(m.Entity, in.Entity)
				break
			}
		}
		if b := d.bodyOf[m.Entity.ID]; b != nil {
			d.voiced(&v, b)
		}
	}
	return v
}

// bodyNoun adds the word for what a body is: "Commission" of "Commission d'accès à l'information", "Council" of "Bryn County Council".
func (d *Doc) bodyNoun(v *passage.Voice, m *passage.Mention) {
	if m.Kinds&(grammar.ORG|grammar.AUT|grammar.POL) == 0 || m.End-m.First < 2 {
		return
	}
	k := &d.Paragraphs[d.ParaOf(m.First)].Grammar.Known
	for t := m.First; t < m.End; t++ {
		for _, class := range [...]int32{k.Police, k.Town, k.State, k.Regulator, k.Court, k.Ngo, k.Press, k.Council, k.BodyIt} {
			if n := d.Is(t, class); n > 0 && t+n <= m.End {
				d.calledBy(v, t, t+n) // "Information Commissioner" is one word for it
				return
			}
		}
	}
}

// untitled adds a name without the titles and offices that stand before it, and the last name: "Rhiannon Pross" of "Chief Inspector Rhiannon
// Pross".
func (d *Doc) untitled(v *passage.Voice, m *passage.Mention) {
	if m.Kinds&^(grammar.NAME|grammar.PER) != 0 || m.End-m.First < 2 {
		return
	}
	k := &d.Paragraphs[d.ParaOf(m.First)].Grammar.Known
	t := m.First
	for n := m.First; n < m.End-1; n++ {
		if d.In(n, k.Title) || d.In(n, k.Role) || n == t && d.Fold[n] == "." {
			t = n + 1 // "Privacy Commissioner Ada Neri"
		}
	}
	if t == m.First && m.Kinds&grammar.PER == 0 {
		return
	}
	if t > m.First {
		v.BetterCalled(d.Words(t, m.End))
	}
	v.AlsoCalled(d.Words(m.End-1, m.End))
}

// titledAs adds a name with the title that stands right before it: "M. Osmont".
func (d *Doc) titledAs(v *passage.Voice, m *passage.Mention) {
	k := &d.Paragraphs[d.ParaOf(m.First)].Grammar.Known
	t := m.First - 1
	if t > 0 && d.Fold[t] == "." {
		t--
	}
	if t >= d.Paragraphs[d.ParaOf(m.First)].First && d.In(t, k.Title) {
		v.AlsoCalled(d.Words(t, m.End))
	}
}

// particled adds a person's name with what stands behind a particle: "Elke Van den Brandt", of which "Elke Van" was found.
func (d *Doc) particled(v *passage.Voice, m *passage.Mention) {
	p := &d.Paragraphs[d.ParaOf(m.First)]
	if p.Grammar.Known.Particle == grammar.NoClass {
		return
	}
	t := m.End
	for t < p.End && t < m.End+2 && d.In(t, p.Grammar.Known.Particle) && d.Tokens[t].Start == d.Tokens[t-1].End+1 {
		t++
	}
	if t == m.End || t >= p.End || d.Tokens[t].Kind != word.Word || !d.Tokens[t].Upper || d.In(t, p.Grammar.Known.NotName) {
		return
	}
	from := m.First
	for from < m.End-1 && d.In(from, p.Grammar.Known.Title) {
		from++
	}
	v.BetterCalled(d.Words(from, t+1))
}
