package claim

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// A text names who holds an office once ("le commissaire provincial, Blaise Kili", "Mayor Ana Ruiz", "Paola Neri, assessora alla Mobilità") and
// then goes on to say "le commissaire", "the mayor", "l'assessora".

// holder is who holds an office: the token of the word for it, and the tokens of the name.
type holder struct{ office, first, end int }

// longestOffice is how many tokens an office's words have at most: "directeur général de la police nationale".
const longestOffice = 8

// holders finds who the text says to hold which office, once.
func (d *speechDoc) holders() []holder {
	if d.holdersDone {
		return d.heldOffices
	}
	d.holdersDone = true
	for i := range d.paras {
		p := &d.paras[i]
		if !p.set.has(p.g.known.role) {
			continue
		}
		for _, m := range d.byPara[i] {
			titled := m.first > p.first && (d.in(m.first-1, p.g.known.title) || m.first > p.first+1 && d.fold[m.first-1] == "." && d.in(m.first-2, p.g.known.title))
			if m.kinds&^(kPER|kNAME) != 0 && !(titled && m.kinds&^(kPER|kNAME|kPLC) == 0) || !titled && m.kinds&kPER == 0 && (m.end-m.first < 2 || m.end-m.first > 4) {
				continue // "M. Roy": a town is called so, too
			}
			if at := d.officeBeside(p, m); at >= 0 {
				d.heldOffices = append(d.heldOffices, holder{at, m.first, m.end})
			}
		}
	}
	return d.heldOffices
}

// officeBeside is the word for an office in, right before or, behind a comma, right behind the name of a person: -1 for none.
func (d *speechDoc) officeBeside(p *paragraph, m *mention) int {
	k := &p.g.known
	for t := m.first; t < m.end; t++ {
		if d.in(t, k.role) {
			return t // "Mayor Ana Ruiz"
		}
	}
	from := m.first - 1
	if from > p.first && d.fold[from-1] == "," || from > p.first+1 && d.fold[from-2] == "," {
		for from > p.first && (d.in(from, k.article) || d.in(from, k.title) || d.in(from, k.role)) {
			from-- // "le ministre de la Sécurité, le général Koffi Assa"
		}
		if d.fold[from] != "," {
			from = m.first - 1
		}
	}
	if from >= p.first && d.fold[from] == "," && m.end < p.end && (d.fold[m.end] == "," || d.fold[m.end] == "." || d.fold[m.end] == ")") {
		from-- // "la directrice de la sûreté, Ada Neri,"
	}
	for t := from; t >= p.first && t > from-longestOffice; t-- {
		if d.in(t, k.role) {
			return t
		}
		if d.toks[t].Kind != word.Word || d.in(t, k.said) || d.in(t, k.conjunction) || d.in(t, k.that) || d.in(t, k.speakerWho) || d.in(t, k.auxiliary) {
			break
		}
	}
	t := m.end
	if t >= p.end || d.fold[t] != "," && d.fold[t] != "(" {
		return -1
	}
	const reach = 4 // tokens: an article, an adjective
	for t++; t < min(p.end, m.end+1+reach); t++ {
		if d.in(t, k.role) {
			return t
		}
		if d.toks[t].Kind != word.Word || d.in(t, k.said) || d.in(t, k.preposition) {
			break
		}
	}
	return -1
}

// holding is the holder of the office at token t: the one named last before it, else the only one. There is none where the text names
// nobody.
func (d *speechDoc) holding(t int) (holder, bool) {
	var best holder
	found, several := false, false
	for _, h := range d.holders() {
		if d.fold[h.office] != d.fold[t] {
			continue
		}
		switch {
		case h.office <= t:
			best, found, several = h, true, false
		case !found:
			best, found = h, true
		case best.office > t && !slices.Equal(d.fold[best.first:best.end], d.fold[h.first:h.end]):
			several = true
		}
	}
	return best, found && !several
}

// knownByName adds the name of whoever holds the office at token t to one who is called by it alone.
func (d *speechDoc) knownByName(v *voice, t int) {
	h, ok := d.holding(t)
	if !ok {
		return
	}
	p := &d.paras[d.paraOf(h.first)]
	first := h.first
	for first < h.end-1 && (d.in(first, p.g.known.title) || d.in(first, p.g.known.role) || d.fold[first] == ".") {
		first++
	}
	v.betterCalled(d.words(h.end-1, h.end))
	v.betterCalled(d.words(first, h.end))
}

// bodyReach is how many tokens before a word for a body its name may stand.
const bodyReach = 400

// nameBodyOf adds the name of a body to one who is called by a word for it alone: "the department" of "the State Department", "dicha entidad".
func (d *speechDoc) nameBodyOf(s *sentence, v voice) {
	const most = 2 // words
	if v.speaker.ID != "" && v.entity != nil && v.entity.Source == "lexicon" || len(v.speaker.Names) == 0 {
		return
	}
	name := v.speaker.Names[0]
	for _, n := range v.speaker.Names {
		if len(n) < len(name) {
			name = n
		}
	}
	words := strings.Fields(name)
	if len(words) > most || len(words) == 0 || !d.paras[s.para].g.nounsCapital && word.StartsUpper(name) && v.kinds&kCO == 0 {
		return
	}
	head := word.Fold(words[len(words)-1])
	at := -1
	for t := s.first; t < s.end; t++ {
		if d.fold[t] == head {
			at = t
			break
		}
	}
	if at < 0 {
		return
	}
	k := &d.grammarAt(s).known
	var kinds kind
	for t := max(at-1, s.first); t <= at; t++ {
		if d.in(t, k.bodyIt) {
			kinds |= kORG | kAUT | kPOL
		}
	}
	for i := d.mentionsBefore(at) - 1; i >= 0 && d.mentions[i].first >= at-bodyReach; i-- {
		m := d.mentions[i]
		if m.kinds&(kORG|kAUT|kPOL|kCO) == 0 || m.entity == nil || m.generic || m.end-m.first < 2 && kinds == 0 {
			continue
		}
		if d.fold[m.first] == head || m.end-m.first > 1 && d.fold[m.first+1] == head && d.in(m.first, k.article) || d.fold[m.end-1] == head || m.kinds&kinds != 0 {
			v.alsoCalled(d.words(m.first, m.end))
			v.alsoCalled(d.ref(m.entity).Names...)
			return
		}
	}
}

// nameWhole adds the whole name to people who are called by the last one: "Assa" of "le général Koffi Assa".
func (d *speechDoc) nameWhole() {
	var whole map[string]int
	done := map[*contrechamp.Speaker]bool{}
	for i := range d.sents {
		for _, v := range d.sents[i].voices {
			if done[v.speaker] {
				continue
			}
			done[v.speaker] = true
			if v.kinds&kPER == 0 {
				d.nameBodyOf(&d.sents[i], v)
			}
			if v.kinds&^(kPER|kNAME) != 0 {
				continue
			}
			if slices.ContainsFunc(v.speaker.Names, func(n string) bool { return strings.Contains(n, " ") && word.StartsUpper(n) }) {
				continue
			}
			if whole == nil {
				whole = d.wholeNames()
			}
			for _, n := range v.speaker.Names {
				if t, ok := whole[word.Fold(n)]; ok && word.StartsUpper(n) {
					v.betterCalled(d.words(t-1, t+1))
					break
				}
			}
		}
	}
}
