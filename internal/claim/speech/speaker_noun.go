package speech

import (
	"strings"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Who speaks is often no name, office or body that a list could hold: "a gardener told us", "jure une source syndicale",
// "laut Branchendiensten". Beside a verb of saying, or behind "selon", the noun phrase that stands there is the speaker.

// longestNoun is how many units a noun phrase that speaks may have.
const longestNoun = 9

// nounPhrase is a noun phrase by its units: from behind its article to the end of the noun with what it is of, and to the end of all.
type nounPhrase struct{ first, short, end int }

// nounPhraseAt reads the noun phrase that starts at unit u and ends before unit limit. It needs an article, or in German a capital.
func (d *Doc) nounPhraseAt(s *passage.Sentence, u, limit int) (nounPhrase, bool) {
	return d.nounFrom(s, u, limit, false)
}

// nounFrom reads a noun phrase, one without an article too where bare says so: "according to industry sources".
func (d *Doc) nounFrom(s *passage.Sentence, u, limit int, bare bool) (nounPhrase, bool) {
	k, g := &d.GrammarAt(s).Known, d.GrammarAt(s)
	limit = min(limit, len(s.Units), u+longestNoun+1)
	n, determined := u, bare
	for n < limit && s.Units[n].Mention == nil && d.In(s.Units[n].First, k.Article) && n < u+3 {
		determined = true
		n++
	}
	if !determined && n+1 < limit && s.Units[n].Kinds&grammar.NUM != 0 && (d.In(s.Units[n+1].First, k.PersonUnit) || d.In(s.Units[n+1].First, k.Role)) {
		determined = true // "three people"
	}
	if !determined && n < limit && g.NounsCapital && s.Units[n].Mention == nil && d.Tokens[s.Units[n].First].Upper {
		determined = true // "Branchendiensten"
	}
	p := nounPhrase{first: n, short: -1}
	if !determined {
		return p, false
	}
	noun, of := -1, false
	for ; n < limit; n++ {
		unit := &s.Units[n]
		t := unit.First
		if unit.Stop || unit.Comma || d.Quoted[t] != d.Quoted[s.Units[p.first].First] || unit.Kinds&(grammar.DAT|grammar.MON|grammar.PCT) != 0 || unit.Kinds&grammar.NUM != 0 && n > p.first {
			break
		}
		if unit.Mention != nil {
			if unit.Kinds&(grammar.DEV|grammar.CAP|grammar.PRD) != 0 && p.short < 0 && !of {
				return p, false // things do not speak
			}
			noun = n
			continue
		}
		if d.Tokens[t].Kind != word.Word {
			break
		}
		if noun < 0 && d.In(t, k.ProductNoun) {
			return p, false
		}
		if d.In(t, k.Of) {
			if noun < 0 {
				return p, false
			}
			of = true
			continue
		}
		if k.Joins != grammar.NoClass && noun >= 0 && !of && p.short < 0 && d.In(t, k.Article) && !d.In(t, k.Joins) {
			break // "nach Angaben des Präsidiums den Platz"
		}
		if d.In(t, k.Article) && n > p.first && (of || p.short >= 0) {
			continue
		}
		if d.In(t, k.Preposition) {
			if noun < 0 {
				return p, false
			}
			if p.short < 0 {
				p.short = noun + 1
			}
			continue
		}
		if d.In(t, k.Said) && noun >= 0 || d.In(t, k.That) || d.In(t, k.SpeakerWho) || d.In(t, k.Auxiliary) || d.In(t, k.Negation) || d.In(t, k.Conjunction) || d.In(t, k.SpeakerIt) {
			break
		}
		if g.NounsCapital && noun >= 0 && !d.Tokens[t].Upper && p.short < 0 && !d.In(t, k.Article) {
			break // the verb
		}
		if !g.NounsCapital || d.Tokens[t].Upper {
			noun = n
		}
	}
	p.end = noun + 1
	if p.short < 0 || p.short > p.end {
		p.short = p.end
	}
	const least = 3 // letters of a noun
	if noun >= 0 && p.end > p.first && s.Units[p.short-1].Mention != nil {
		return p, true // "la SQ"
	}
	return p, p.end > p.first && noun >= 0 && d.Tokens[s.Units[p.short-1].First].End-d.Tokens[s.Units[p.short-1].First].Start >= least
}

// nounVoice is who a noun phrase is: by the words, with the bodies and people that it names.
func (d *Doc) nounVoice(s *passage.Sentence, p nounPhrase) passage.Voice {
	v := passage.Voice{Speaker: &contrechamp.Speaker{}}
	for _, end := range []int{p.short, p.end, d.headEnd(s, p)} {
		if end > p.first {
			d.calledBy(&v, s.Units[p.first].First, s.Units[end-1].End)
		}
	}
	for n := p.first; n+1 < p.short; n++ {
		if d.Fold[s.Units[n].End-1] == "'s" {
			d.calledBy(&v, s.Units[n+1].First, s.Units[p.short-1].End) // "sales sheet" of "the vendor's sales sheet", and whose it is
			d.calledBy(&v, s.Units[p.first].First, s.Units[n].End-1)
		}
	}
	d.headNoun(&v, s, p)
	d.withoutAdjectives(&v, s, p)
	d.straighten(&v, s, p)
	for n := p.first; n < p.short; n++ {
		if in := s.Units[n].Mention; in != nil {
			d.untitled(&v, in)
			if in.Kinds&(grammar.NAME|speakerKinds) != 0 && in.Kinds&grammar.PLC == 0 {
				d.calledBy(&v, in.First, in.End) // "l'institut suédois Sipri"
			}
		}
	}
	for n := p.first; n < p.end; n++ {
		if in := s.Units[n].Mention; in != nil && in.Entity != nil && s.Units[n].Kinds&speakerKinds != 0 {
			v.Kinds = s.Units[n].Kinds
			d.voiced(&v, in.Entity)
			break
		}
	}
	return v
}

// headNoun adds the noun alone, where one can tell it: by its class ("experts" of "experts agreed"), or, where adjectives stand behind, as the first
// word ("presse" of "presse économique").
func (d *Doc) headNoun(v *passage.Voice, s *passage.Sentence, p nounPhrase) {
	g := d.GrammarAt(s)
	k := &g.Known
	for n := p.first; n < p.short; n++ {
		t := s.Units[n].First
		if s.Units[n].Mention != nil || d.Tokens[t].Kind != word.Word || d.In(t, k.Of) || d.In(t, k.Preposition) {
			return
		}
		if d.In(t, k.Role) || d.In(t, k.Document) || d.In(t, k.Company) || d.In(t, k.Firm) || d.In(t, k.BodyIt) || d.In(t, k.PersonUnit) || !g.AdjectiveBefore && !g.NounsCapital && n == p.first && !d.In(t, k.Title) {
			d.calledBy(v, t, t+1)
			d.calledBy(v, s.Units[p.first].First, t+1)
			return
		}
	}
}

// withoutAdjectives adds a noun phrase without what stands before its noun: "official" and "council official" of "senior council official",
// "Beamter" of "hochrangiger Beamter".
func (d *Doc) withoutAdjectives(v *passage.Voice, s *passage.Sentence, p nounPhrase) {
	g := d.GrammarAt(s)
	for n := p.first + 1; n < p.short; n++ {
		t := s.Units[n].First
		if s.Units[n].Mention == nil && (d.In(t, g.Known.Preposition) || d.In(t, g.Known.Of)) {
			break
		}
		behind := s.Units[n-1].First
		if g.NounsCapital && (!d.Tokens[t].Upper || d.In(behind, g.Known.Article) || d.In(behind, g.Known.Of)) || !g.NounsCapital && !g.AdjectiveBefore || d.Tokens[t].Kind != word.Word {
			continue
		}
		d.calledBy(v, t, s.Units[p.short-1].End)
		if g.NounsCapital {
			d.calledBy(v, t, s.Units[p.end-1].End)
		}
	}
}

// straighten adds the names of a noun phrase without the ending that its article gives it: "Antwort des Staatsministeriums des Innern",
// "dem Präsidenten".
func (d *Doc) straighten(v *passage.Voice, s *passage.Sentence, p nounPhrase) {
	g := d.GrammarAt(s)
	if g.Known.Oblique == grammar.NoClass || p.first == 0 || s.Units[p.first].First == 0 || !d.In(s.Units[p.first].First-1, g.Known.Oblique) {
		return
	}
	const most = 2 // an adjective with a capital and the noun
	for n := p.first; n < p.short && n < p.first+most; n++ {
		last := s.Units[n].End - 1
		if !d.Tokens[last].Upper && n+1 < p.short {
			continue
		}
		w := d.Tokens[last].Of(d.Body)
		for _, bare := range g.Uninflected(w, d.In(s.Units[p.first].First-1, g.Known.Genitive)) {
			for _, rest := range []string{d.Words(last, s.Units[p.end-1].End), w} {
				v.AlsoCalled(bare + rest[len(w):])
			}
		}
	}
}

// headEnd is the unit behind the noun itself, before what it is of.
func (d *Doc) headEnd(s *passage.Sentence, p nounPhrase) int {
	for n := p.first + 1; n < p.short; n++ {
		if s.Units[n].Mention == nil && d.In(s.Units[n].First, d.GrammarAt(s).Known.Of) {
			return n
		}
	}
	return p.short
}

// calledBy adds the words of tokens [first, end) to the speaker's names: without the capital of a sentence's head.
func (d *Doc) calledBy(v *passage.Voice, first, end int) {
	name := naming.Squeezed(d.Words(first, end))
	if at := d.SentenceAt(first); !d.Paragraphs[d.ParaOf(first)].Grammar.NounsCapital && at < len(d.Sentences) && d.Sentences[at].First == first {
		name = lowerFirst(name)
	}
	const least = 2 // bytes
	if len(name) >= least {
		v.AlsoCalled(name)
	}
}

// lowerFirst takes the capital from a first word that has no other.
func lowerFirst(s string) string {
	head, rest, found := strings.Cut(s, " ")
	if _, n := utf8.DecodeRuneInString(head); found && strings.ToLower(head[n:]) == head[n:] {
		head = strings.ToLower(head)
	}
	if !found {
		return head
	}
	return head + " " + rest
}

// NounBefore is the noun phrase that ends right before the verb of saying at unit u: "Une source syndicale jure que".
func (d *Doc) NounBefore(s *passage.Sentence, u int) (passage.Voice, int, bool) {
	k := &d.GrammarAt(s).Known
	end := u
	for end > 0 && s.Units[end-1].Mention == nil && (d.In(s.Units[end-1].First, k.Auxiliary) && !d.In(s.Units[end-1].First, k.Be) || d.In(s.Units[end-1].First, k.Clitic)) {
		end-- // "une élue a dit", "la gérante m'a dit"
	}
	if end > 1 && s.Units[end-1].Comma {
		// an apposition between commas: "Une association d'usagers, chronomètre en main, dit plutôt"
		n := end - 2
		for n > 0 && n > end-8 && !s.Units[n].Comma && !s.Units[n].Stop {
			n--
		}
		if n <= 0 || !s.Units[n].Comma || d.Fold[s.Units[n].First] == ":" {
			return passage.Voice{}, 0, false
		}
		end = n
	}
	best := -1
	for n := end - 1; n >= 0 && n >= end-longestNoun; n-- {
		unit := &s.Units[n]
		if unit.Stop || unit.Comma {
			break
		}
		t := unit.First
		if unit.Mention == nil && (d.In(t, k.That) || d.In(t, k.Said) && n < end-1 || d.In(t, k.Conjunction)) {
			break
		}
		owner := unit.Mention != nil && n+1 < end && (d.Fold[s.Units[n+1].First] == "'s" || d.Fold[unit.End-1] == "'s")                                                                                                                                      // "PlateSight's sales sheet"
		opens := unit.Mention == nil && d.In(t, k.Article) || unit.Kinds&grammar.NUM != 0 || owner || n == 0 && plain(s, 0) && d.Tokens[t].Upper && !d.In(t, k.Preposition) && !d.In(t, k.SpeakerIt) && (d.GrammarAt(s).NounsCapital || !d.In(t, k.NotName)) // "Managers said"
		if opens && (n == 0 || s.Units[n-1].Mention != nil || s.Units[n-1].Comma || s.Units[n-1].Stop || !d.In(s.Units[n-1].First, k.Preposition) && !d.In(s.Units[n-1].First, k.Article)) {
			best = n
		}
	}
	if best < 0 && end > 0 && s.Units[end-1].Kinds&grammar.NAME != 0 && !d.BehindPreposition(s, end-1) && !d.In(s.Units[end-1].First, k.CapabilityIt) {
		// "Parcéa revendique": a name of unknown kind, right before the verb
		return d.nounVoice(s, nounPhrase{end - 1, end, end}), end - 1, true
	}
	if best < 0 {
		return passage.Voice{}, 0, false
	}
	p, ok := d.nounFrom(s, best, end, s.Units[best].Kinds&grammar.NUM == 0)
	if !ok || p.end < end {
		return passage.Voice{}, 0, false
	}
	return d.nounVoice(s, p), best, true
}

// bounded reports whether unit u, behind a noun phrase, ends its clause: a mark, the sentence's end, the end of a quotation, or a date.
func (d *Doc) bounded(s *passage.Sentence, u int) bool {
	if u >= len(s.Units) || s.Units[u].Stop || s.Units[u].Comma || s.Units[u].Kinds&grammar.DAT != 0 {
		return true
	}
	t := s.Units[u].First
	return d.Quoted[t] != d.Quoted[max(t-1, 0)] || d.In(t, d.GrammarAt(s).Known.Preposition)
}
