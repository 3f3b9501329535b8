package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// The runs of capitals of a text are the names that nobody may know: each with all its occurrences, and the cues that they add up to.

// run is a name by its capitals, with all that the text says of it.
type run struct {
	first, end int // its first occurrence
	p          *paragraph
	count      int
	opens      int   // paragraphs
	inside     bool  // a sentence
	firm       bool  // it stands somewhere with a last word of firms
	last       int32 // its last occurrence, counted from 1
	cues       cueSet
	words      float64 // what the words in and around it add, see placeWords
	worded     bool
}

// occurrence is where a run stands.
type occurrence struct {
	first, end int
	run        int32
	before     int32 // the run's occurrence before it, counted from 1, 0 for none
}

// collectRuns finds the runs of capitals of a text and how it speaks of them.
func (d *namingDoc) collectRuns() {
	spoken := false
	for i := range d.paras {
		p := &d.paras[i]
		spoken = spoken || !p.silent
		shouts := d.shouts(i)
		for t := p.first; t < p.end; t++ {
			if !d.toks[t].Upper || !d.capital(p, t) {
				continue
			}
			d.steps++
			if d.in(t, p.g.known.title) {
				continue // "Mme X"
			}
			if n := d.bodyWord(p, t); n > 0 {
				t += n - 1
				continue
			}
			end := d.townEnd(p, t)
			if shouts && end-t > 2 || d.headline(p) && d.ofCommonWords(t, end) || d.portfolio(p, t) {
				t = end - 1
				continue // a headline in capitals, "Minister for Sustainability"
			}
			d.meetRun(p, t, end, !spoken, shouts)
			t = end - 1
		}
	}
	d.listRuns()
	d.lowerRuns()
}

// meetRun notes one occurrence.
func (d *namingDoc) meetRun(p *paragraph, t, end int, masthead, shouts bool) {
	at, ok := d.runNamed(t, end)
	if !ok {
		at = int32(len(d.runs))
		d.runs = append(d.runs, run{first: t, end: end, p: p})
		key := d.fold[t]
		if end-t > 1 {
			key = string(d.folding) // as runNamed left it
		}
		d.runAt[key] = at
	}
	r := &d.runs[at]
	d.met = append(d.met, occurrence{first: t, end: end, run: at, before: r.last})
	r.last = int32(len(d.met))
	r.count++
	if t == p.first && p.role != contrechamp.RoleTitle {
		r.opens++
	}
	d.cues(r, p, t, end, masthead, shouts)
}

// runNamed is the run of those words. The key of several stays in d.folding.
func (d *namingDoc) runNamed(first, end int) (int32, bool) {
	if end-first == 1 {
		at, ok := d.runAt[d.fold[first]]
		return at, ok
	}
	d.folding = d.folding[:0]
	for x := first; x < end; x++ {
		d.folding = append(append(d.folding, d.fold[x]...), ' ')
	}
	at, ok := d.runAt[string(d.folding)]
	return at, ok
}

// labels reports whether a name only ever opens paragraphs: "Question 1", "Question 2".
func (r *run) labels() bool {
	const often = 3
	return r.count >= often && r.opens == r.count
}

// listRuns notes the names that stand in a list with a place: "Dreux, Chartres, Lucé et Mainvilliers".
func (d *namingDoc) listRuns() {
	const most = 3 // tokens between: a comma, "et", "à"
	for i := 1; i < len(d.met); i++ {
		a, b := &d.met[i-1], &d.met[i]
		if b.first-a.end > most || b.first == a.end || d.runs[a.run].p != d.runs[b.run].p && d.paraOf(a.first) != d.paraOf(b.first) {
			continue
		}
		k := &d.runs[b.run].p.g.known
		joined := false
		for t := a.end; t < b.first; t++ {
			switch {
			case d.fold[t] == ",", d.fold[t] == "/", d.in(t, k.conjunction):
				joined = true
			case d.in(t, k.locative), d.in(t, k.of), d.in(t, k.article):
			default:
				joined = false
				t = b.first
			}
		}
		if !joined {
			continue
		}
		x, y := &d.runs[a.run], &d.runs[b.run]
		if x.cues.has(cueInList) && y.cues.has(cueInList) {
			continue
		}
		if d.surePlace(x) {
			y.cues |= 1 << cueInList
		}
		if d.surePlace(y) {
			x.cues |= 1 << cueInList
		}
	}
}

// surePlace reports whether the lexicon knows a run as a place of some size.
func (d *namingDoc) surePlace(r *run) bool {
	d.know(r)
	return r.cues.has(cuePlace)
}

// know notes what the lexicon knows by a run's name. It is asked once.
func (d *namingDoc) know(r *run) {
	const asked = cueSet(1)<<cueSmallPlace | 1<<cuePlace | 1<<cueOther | 1<<63
	if r.cues&asked != 0 {
		return
	}
	r.cues |= 1 << 63
	for n, i := range d.lexiconNames(r.first, r.end) {
		e := d.e.lex.Entity(i)
		switch {
		case e.Kind != contrechamp.KindPlace:
			if n == 0 {
				r.cues |= 1 << cueOther
			}
		case d.e.isCountry(e) || isRegionID(e.ID) || d.e.lex.Population(i) >= smallTown:
			r.cues |= 1 << cuePlace
		default:
			r.cues |= 1 << cueSmallPlace
		}
	}
}

// lexiconNames are what the lexicon knows by the name [first, end). The next call uses the memory again.
func (d *namingDoc) lexiconNames(first, end int) []int32 {
	d.namedBy = d.namedBy[:0]
	if d.toks[first].Upper && d.never[first] {
		return d.namedBy
	}
	d.namedBy = d.e.lex.NamedBy(d.namedBy, d.body, d.toks[first:end])
	return d.namedBy
}

// lowerRuns notes the names that are words of the text too.
func (d *namingDoc) lowerRuns() {
	if len(d.runs) == 0 {
		return
	}
	for i := range d.paras {
		p := &d.paras[i]
		for t := p.first; t < p.end; t++ {
			if d.toks[t].Upper || d.toks[t].Kind != word.Word || d.toks[t].End-d.toks[t].Start < 4 || d.known[t].id != 0 && d.known[t].common {
				continue
			}
			if at, ok := d.runAt[d.fold[t]]; ok {
				d.runs[at].cues |= 1 << cueLower
			}
		}
	}
}
