package claim

import (
	"strings"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Who speaks is often no name, office or body that a list could hold: "a gardener told us", "jure une source syndicale",
// "laut Branchendiensten". Beside a verb of saying, or behind "selon", the noun phrase that stands there is the speaker.

// longestNoun is how many units a noun phrase that speaks may have.
const longestNoun = 9

// nounPhrase is a noun phrase by its units: from behind its article to the end of the noun with what it is of, and to the end of all.
type nounPhrase struct{ first, short, end int }

// nounPhraseAt reads the noun phrase that starts at unit u and ends before unit limit. It needs an article, or in German a capital.
func (d *speechDoc) nounPhraseAt(s *sentence, u, limit int) (nounPhrase, bool) {
	return d.nounFrom(s, u, limit, false)
}

// nounFrom reads a noun phrase, one without an article too where bare says so: "according to industry sources".
func (d *speechDoc) nounFrom(s *sentence, u, limit int, bare bool) (nounPhrase, bool) {
	k, g := &d.grammarAt(s).known, d.grammarAt(s)
	limit = min(limit, len(s.units), u+longestNoun+1)
	n, determined := u, bare
	for n < limit && s.units[n].mention == nil && d.in(s.units[n].first, k.article) && n < u+3 {
		determined = true
		n++
	}
	if !determined && n+1 < limit && s.units[n].kinds&kNUM != 0 && (d.in(s.units[n+1].first, k.personUnit) || d.in(s.units[n+1].first, k.role)) {
		determined = true // "three people"
	}
	if !determined && n < limit && g.nounsCapital && s.units[n].mention == nil && d.toks[s.units[n].first].Upper {
		determined = true // "Branchendiensten"
	}
	p := nounPhrase{first: n, short: -1}
	if !determined {
		return p, false
	}
	noun, of := -1, false
	for ; n < limit; n++ {
		unit := &s.units[n]
		t := unit.first
		if unit.stop || unit.comma || d.quoted[t] != d.quoted[s.units[p.first].first] || unit.kinds&(kDAT|kMON|kPCT) != 0 || unit.kinds&kNUM != 0 && n > p.first {
			break
		}
		if unit.mention != nil {
			if unit.kinds&(kDEV|kCAP|kPRD) != 0 && p.short < 0 && !of {
				return p, false // things do not speak
			}
			noun = n
			continue
		}
		if d.toks[t].Kind != word.Word {
			break
		}
		if noun < 0 && d.in(t, k.productNoun) {
			return p, false
		}
		if d.in(t, k.of) {
			if noun < 0 {
				return p, false
			}
			of = true
			continue
		}
		if k.joins != noClass && noun >= 0 && !of && p.short < 0 && d.in(t, k.article) && !d.in(t, k.joins) {
			break // "nach Angaben des Präsidiums den Platz"
		}
		if d.in(t, k.article) && n > p.first && (of || p.short >= 0) {
			continue
		}
		if d.in(t, k.preposition) {
			if noun < 0 {
				return p, false
			}
			if p.short < 0 {
				p.short = noun + 1
			}
			continue
		}
		if d.in(t, k.said) && noun >= 0 || d.in(t, k.that) || d.in(t, k.speakerWho) || d.in(t, k.auxiliary) || d.in(t, k.negation) || d.in(t, k.conjunction) || d.in(t, k.speakerIt) {
			break
		}
		if g.nounsCapital && noun >= 0 && !d.toks[t].Upper && p.short < 0 && !d.in(t, k.article) {
			break // the verb
		}
		if !g.nounsCapital || d.toks[t].Upper {
			noun = n
		}
	}
	p.end = noun + 1
	if p.short < 0 || p.short > p.end {
		p.short = p.end
	}
	const least = 3 // letters of a noun
	if noun >= 0 && p.end > p.first && s.units[p.short-1].mention != nil {
		return p, true // "la SQ"
	}
	return p, p.end > p.first && noun >= 0 && d.toks[s.units[p.short-1].first].End-d.toks[s.units[p.short-1].first].Start >= least
}

// nounVoice is who a noun phrase is: by the words, with the bodies and people that it names.
func (d *speechDoc) nounVoice(s *sentence, p nounPhrase) voice {
	v := voice{speaker: &contrechamp.Speaker{}}
	for _, end := range []int{p.short, p.end, d.headEnd(s, p)} {
		if end > p.first {
			d.calledBy(&v, s.units[p.first].first, s.units[end-1].end)
		}
	}
	for n := p.first; n+1 < p.short; n++ {
		if d.fold[s.units[n].end-1] == "'s" {
			d.calledBy(&v, s.units[n+1].first, s.units[p.short-1].end) // "sales sheet" of "the vendor's sales sheet", and whose it is
			d.calledBy(&v, s.units[p.first].first, s.units[n].end-1)
		}
	}
	d.headNoun(&v, s, p)
	d.withoutAdjectives(&v, s, p)
	d.straighten(&v, s, p)
	for n := p.first; n < p.short; n++ {
		if in := s.units[n].mention; in != nil {
			d.untitled(&v, in)
			if in.kinds&(kNAME|speakerKinds) != 0 && in.kinds&kPLC == 0 {
				d.calledBy(&v, in.first, in.end) // "l'institut suédois Sipri"
			}
		}
	}
	for n := p.first; n < p.end; n++ {
		if in := s.units[n].mention; in != nil && in.entity != nil && s.units[n].kinds&speakerKinds != 0 {
			v.kinds = s.units[n].kinds
			d.voiced(&v, in.entity)
			break
		}
	}
	return v
}

// headNoun adds the noun alone, where one can tell it: by its class ("experts" of "experts agreed"), or, where adjectives stand behind, as the first
// word ("presse" of "presse économique").
func (d *speechDoc) headNoun(v *voice, s *sentence, p nounPhrase) {
	g := d.grammarAt(s)
	k := &g.known
	for n := p.first; n < p.short; n++ {
		t := s.units[n].first
		if s.units[n].mention != nil || d.toks[t].Kind != word.Word || d.in(t, k.of) || d.in(t, k.preposition) {
			return
		}
		if d.in(t, k.role) || d.in(t, k.document) || d.in(t, k.company) || d.in(t, k.firm) || d.in(t, k.bodyIt) || d.in(t, k.personUnit) || !g.adjectiveBefore && !g.nounsCapital && n == p.first && !d.in(t, k.title) {
			d.calledBy(v, t, t+1)
			d.calledBy(v, s.units[p.first].first, t+1)
			return
		}
	}
}

// withoutAdjectives adds a noun phrase without what stands before its noun: "official" and "council official" of "senior council official",
// "Beamter" of "hochrangiger Beamter".
func (d *speechDoc) withoutAdjectives(v *voice, s *sentence, p nounPhrase) {
	g := d.grammarAt(s)
	for n := p.first + 1; n < p.short; n++ {
		t := s.units[n].first
		if s.units[n].mention == nil && (d.in(t, g.known.preposition) || d.in(t, g.known.of)) {
			break
		}
		behind := s.units[n-1].first
		if g.nounsCapital && (!d.toks[t].Upper || d.in(behind, g.known.article) || d.in(behind, g.known.of)) || !g.nounsCapital && !g.adjectiveBefore || d.toks[t].Kind != word.Word {
			continue
		}
		d.calledBy(v, t, s.units[p.short-1].end)
		if g.nounsCapital {
			d.calledBy(v, t, s.units[p.end-1].end)
		}
	}
}

// straighten adds the names of a noun phrase without the ending that its article gives it: "Antwort des Staatsministeriums des Innern",
// "dem Präsidenten".
func (d *speechDoc) straighten(v *voice, s *sentence, p nounPhrase) {
	g := d.grammarAt(s)
	if g.known.oblique == noClass || p.first == 0 || s.units[p.first].first == 0 || !d.in(s.units[p.first].first-1, g.known.oblique) {
		return
	}
	const most = 2 // an adjective with a capital and the noun
	for n := p.first; n < p.short && n < p.first+most; n++ {
		last := s.units[n].end - 1
		if !d.toks[last].Upper && n+1 < p.short {
			continue
		}
		w := d.toks[last].Of(d.body)
		for _, bare := range g.uninflected(w, d.in(s.units[p.first].first-1, g.known.genitive)) {
			for _, rest := range []string{d.words(last, s.units[p.end-1].end), w} {
				v.alsoCalled(bare + rest[len(w):])
			}
		}
	}
}

// headEnd is the unit behind the noun itself, before what it is of.
func (d *speechDoc) headEnd(s *sentence, p nounPhrase) int {
	for n := p.first + 1; n < p.short; n++ {
		if s.units[n].mention == nil && d.in(s.units[n].first, d.grammarAt(s).known.of) {
			return n
		}
	}
	return p.short
}

// calledBy adds the words of tokens [first, end) to the speaker's names: without the capital of a sentence's head.
func (d *speechDoc) calledBy(v *voice, first, end int) {
	name := squeezed(d.words(first, end))
	if at := d.sentenceAt(first); !d.paras[d.paraOf(first)].g.nounsCapital && at < len(d.sents) && d.sents[at].first == first {
		name = lowerFirst(name)
	}
	const least = 2 // bytes
	if len(name) >= least {
		v.alsoCalled(name)
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

// nounBefore is the noun phrase that ends right before the verb of saying at unit u: "Une source syndicale jure que".
func (d *speechDoc) nounBefore(s *sentence, u int) (voice, int, bool) {
	k := &d.grammarAt(s).known
	end := u
	for end > 0 && s.units[end-1].mention == nil && (d.in(s.units[end-1].first, k.auxiliary) && !d.in(s.units[end-1].first, k.be) || d.in(s.units[end-1].first, k.clitic)) {
		end-- // "une élue a dit", "la gérante m'a dit"
	}
	if end > 1 && s.units[end-1].comma {
		// an apposition between commas: "Une association d'usagers, chronomètre en main, dit plutôt"
		n := end - 2
		for n > 0 && n > end-8 && !s.units[n].comma && !s.units[n].stop {
			n--
		}
		if n <= 0 || !s.units[n].comma || d.fold[s.units[n].first] == ":" {
			return voice{}, 0, false
		}
		end = n
	}
	best := -1
	for n := end - 1; n >= 0 && n >= end-longestNoun; n-- {
		unit := &s.units[n]
		if unit.stop || unit.comma {
			break
		}
		t := unit.first
		if unit.mention == nil && (d.in(t, k.that) || d.in(t, k.said) && n < end-1 || d.in(t, k.conjunction)) {
			break
		}
		owner := unit.mention != nil && n+1 < end && (d.fold[s.units[n+1].first] == "'s" || d.fold[unit.end-1] == "'s")                                                                                                                             // "PlateSight's sales sheet"
		opens := unit.mention == nil && d.in(t, k.article) || unit.kinds&kNUM != 0 || owner || n == 0 && plain(s, 0) && d.toks[t].Upper && !d.in(t, k.preposition) && !d.in(t, k.speakerIt) && (d.grammarAt(s).nounsCapital || !d.in(t, k.notName)) // "Managers said"
		if opens && (n == 0 || s.units[n-1].mention != nil || s.units[n-1].comma || s.units[n-1].stop || !d.in(s.units[n-1].first, k.preposition) && !d.in(s.units[n-1].first, k.article)) {
			best = n
		}
	}
	if best < 0 && end > 0 && s.units[end-1].kinds&kNAME != 0 && !d.behindPreposition(s, end-1) && !d.in(s.units[end-1].first, k.capabilityIt) {
		// "Parcéa revendique": a name of unknown kind, right before the verb
		return d.nounVoice(s, nounPhrase{end - 1, end, end}), end - 1, true
	}
	if best < 0 {
		return voice{}, 0, false
	}
	p, ok := d.nounFrom(s, best, end, s.units[best].kinds&kNUM == 0)
	if !ok || p.end < end {
		return voice{}, 0, false
	}
	return d.nounVoice(s, p), best, true
}

// bounded reports whether unit u, behind a noun phrase, ends its clause: a mark, the sentence's end, the end of a quotation, or a date.
func (d *speechDoc) bounded(s *sentence, u int) bool {
	if u >= len(s.units) || s.units[u].stop || s.units[u].comma || s.units[u].kinds&kDAT != 0 {
		return true
	}
	t := s.units[u].first
	return d.quoted[t] != d.quoted[max(t-1, 0)] || d.in(t, d.grammarAt(s).known.preposition)
}
