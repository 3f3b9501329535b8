package speech

import (
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// A text names who holds an office once ("le commissaire provincial, Blaise Kili", "Mayor Ana Ruiz", "Paola Neri, assessora alla Mobilità") and
// then goes on to say "le commissaire", "the mayor", "l'assessora".

// holder is who holds an office: the token of the word for it, and the tokens of the name.
type holder struct{ office, first, end int }

// longestOffice is how many tokens an office's words have at most: "directeur général de la police nationale".
const longestOffice = 8

// holders finds who the text says to hold which office, once.
func (d *Doc) holders() []holder {
	if d.holdersDone {
		return d.heldOffices
	}
	d.holdersDone = true
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if !p.Set.Has(p.Grammar.Known.Role) {
			continue
		}
		for _, m := range d.ByPara[i] {
			titled := m.First > p.First && (d.In(m.First-1, p.Grammar.Known.Title) || m.First > p.First+1 && d.Fold[m.First-1] == "." && d.In(m.First-2, p.Grammar.Known.Title))
			if m.Kinds&^(grammar.PER|grammar.NAME) != 0 && !(titled && m.Kinds&^(grammar.PER|grammar.NAME|grammar.PLC) == 0) || !titled && m.Kinds&grammar.PER == 0 && (m.End-m.First < 2 || m.End-m.First > 4) {
				continue // "M. Roy": a town is called so, too
			}
			if at := d.officeBeside(p, m); at >= 0 {
				d.heldOffices = append(d.heldOffices, holder{at, m.First, m.End})
			}
		}
	}
	return d.heldOffices
}

// officeBeside is the word for an office in, right before or, behind a comma, right behind the name of a person: -1 for none.
func (d *Doc) officeBeside(p *passage.Paragraph, m *passage.Mention) int {
	k := &p.Grammar.Known
	for t := m.First; t < m.End; t++ {
		if d.In(t, k.Role) {
			return t // "Mayor Ana Ruiz"
		}
	}
	from := m.First - 1
	if from > p.First && d.Fold[from-1] == "," || from > p.First+1 && d.Fold[from-2] == "," {
		for from > p.First && (d.In(from, k.Article) || d.In(from, k.Title) || d.In(from, k.Role)) {
			from-- // "le ministre de la Sécurité, le général Koffi Assa"
		}
		if d.Fold[from] != "," {
			from = m.First - 1
		}
	}
	if from >= p.First && d.Fold[from] == "," && m.End < p.End && (d.Fold[m.End] == "," || d.Fold[m.End] == "." || d.Fold[m.End] == ")") {
		from-- // "la directrice de la sûreté, Ada Neri,"
	}
	for t := from; t >= p.First && t > from-longestOffice; t-- {
		if d.In(t, k.Role) {
			return t
		}
		if d.Tokens[t].Kind != word.Word || d.In(t, k.Said) || d.In(t, k.Conjunction) || d.In(t, k.That) || d.In(t, k.SpeakerWho) || d.In(t, k.Auxiliary) {
			break
		}
	}
	t := m.End
	if t >= p.End || d.Fold[t] != "," && d.Fold[t] != "(" {
		return -1
	}
	const reach = 4 // tokens: an article, an adjective
	for t++; t < min(p.End, m.End+1+reach); t++ {
		if d.In(t, k.Role) {
			return t
		}
		if d.Tokens[t].Kind != word.Word || d.In(t, k.Said) || d.In(t, k.Preposition) {
			break
		}
	}
	return -1
}

// holding is the holder of the office at token t: the one named last before it, else the only one. There is none where the text names
// nobody.
func (d *Doc) holding(t int) (holder, bool) {
	var best holder
	found, several := false, false
	for _, h := range d.holders() {
		if d.Fold[h.office] != d.Fold[t] {
			continue
		}
		switch {
		case h.office <= t:
			best, found, several = h, true, false
		case !found:
			best, found = h, true
		case best.office > t && !slices.Equal(d.Fold[best.first:best.end], d.Fold[h.first:h.end]):
			several = true
		}
	}
	return best, found && !several
}

// knownByName adds the name of whoever holds the office at token t to one who is called by it alone.
func (d *Doc) knownByName(v *passage.Voice, t int) {
	h, ok := d.holding(t)
	if !ok {
		return
	}
	p := &d.Paragraphs[d.ParaOf(h.first)]
	first := h.first
	for first < h.end-1 && (d.In(first, p.Grammar.Known.Title) || d.In(first, p.Grammar.Known.Role) || d.Fold[first] == ".") {
		first++
	}
	v.BetterCalled(d.Words(h.end-1, h.end))
	v.BetterCalled(d.Words(first, h.end))
}

// bodyReach is how many tokens before a word for a body its name may stand.
const bodyReach = 400

// nameBodyOf adds the name of a body to one who is called by a word for it alone: "the department" of "the State Department", "dicha entidad".
func (d *Doc) nameBodyOf(s *passage.Sentence, v passage.Voice) {
	const most = 2 // words
	if v.Speaker.ID != "" && v.Entity != nil && v.Entity.Source == "lexicon" || len(v.Speaker.Names) == 0 {
		return
	}
	name := v.Speaker.Names[0]
	for _, n := range v.Speaker.Names {
		if len(n) < len(name) {
			name = n
		}
	}
	words := strings.Fields(name)
	if len(words) > most || len(words) == 0 || !d.Paragraphs[s.Para].Grammar.NounsCapital && word.StartsUpper(name) && v.Kinds&grammar.CO == 0 {
		return
	}
	head := word.Fold(words[len(words)-1])
	at := -1
	for t := s.First; t < s.End; t++ {
		if d.Fold[t] == head {
			at = t
			break
		}
	}
	if at < 0 {
		return
	}
	k := &d.GrammarAt(s).Known
	var kinds grammar.Kind
	for t := max(at-1, s.First); t <= at; t++ {
		if d.In(t, k.BodyIt) {
			kinds |= grammar.ORG | grammar.AUT | grammar.POL
		}
	}
	for i := d.MentionsBefore(at) - 1; i >= 0 && d.Mentions[i].First >= at-bodyReach; i-- {
		m := d.Mentions[i]
		if m.Kinds&(grammar.ORG|grammar.AUT|grammar.POL|grammar.CO) == 0 || m.Entity == nil || m.Generic || m.End-m.First < 2 && kinds == 0 {
			continue
		}
		if d.Fold[m.First] == head || m.End-m.First > 1 && d.Fold[m.First+1] == head && d.In(m.First, k.Article) || d.Fold[m.End-1] == head || m.Kinds&kinds != 0 {
			v.AlsoCalled(d.Words(m.First, m.End))
			v.AlsoCalled(d.Ref(m.Entity).Names...)
			return
		}
	}
}

// nameWhole adds the whole name to people who are called by the last one: "Assa" of "le général Koffi Assa".
func (d *Doc) nameWhole() {
	var whole map[string]int
	done := map[*contrechamp.Speaker]bool{}
	for i := range d.Sentences {
		for _, v := range d.Sentences[i].Voices {
			if done[v.Speaker] {
				continue
			}
			done[v.Speaker] = true
			if v.Kinds&grammar.PER == 0 {
				d.nameBodyOf(&d.Sentences[i], v)
			}
			if v.Kinds&^(grammar.PER|grammar.NAME) != 0 {
				continue
			}
			if slices.ContainsFunc(v.Speaker.Names, func(n string) bool { return strings.Contains(n, " ") && word.StartsUpper(n) }) {
				continue
			}
			if whole == nil {
				whole = d.wholeNames()
			}
			for _, n := range v.Speaker.Names {
				if t, ok := whole[word.Fold(n)]; ok && word.StartsUpper(n) {
					v.BetterCalled(d.Words(t-1, t+1))
					break
				}
			}
		}
	}
}
