package naming

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// The runs of capitals of a text are the names that nobody may know: each with all its occurrences, and the cues that they add up to.

// Run is a name by its capitals, with all that the text says of it.
type Run struct {
	First, End int // its first occurrence
	Paragraph  *passage.Paragraph
	count      int
	opens      int   // paragraphs
	inside     bool  // a sentence
	firm       bool  // it stands somewhere with a last word of firms
	last       int32 // its last occurrence, counted from 1
	Cues       CueSet
	words      float64 // what the words in and around it add, see PlaceWords
	worded     bool
}

// Occurrence is where a run stands.
type Occurrence struct {
	First, End int
	Run        int32
	before     int32 // the run's occurrence before it, counted from 1, 0 for none
}

// collectRuns finds the runs of capitals of a text and how it speaks of them.
func (d *Doc) collectRuns() {
	spoken := false
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		spoken = spoken || !p.Silent
		shouts := d.Shouts(i)
		for t := p.First; t < p.End; t++ {
			if !d.Tokens[t].Upper || !d.Capital(p, t) {
				continue
			}
			d.Steps++
			if d.In(t, p.Grammar.Known.Title) {
				continue // "Mme X"
			}
			if n := d.bodyWord(p, t); n > 0 {
				t += n - 1
				continue
			}
			end := d.townEnd(p, t)
			if shouts && end-t > 2 || d.headline(p) && d.OfCommonWords(t, end) || d.portfolio(p, t) {
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
func (d *Doc) meetRun(p *passage.Paragraph, t, end int, masthead, shouts bool) {
	at, ok := d.RunNamed(t, end)
	if !ok {
		at = int32(len(d.Runs))
		d.Runs = append(d.Runs, Run{First: t, End: end, Paragraph: p})
		key := d.Fold[t]
		if end-t > 1 {
			key = string(d.Folding) // as RunNamed left it
		}
		d.runAt[key] = at
	}
	r := &d.Runs[at]
	d.Met = append(d.Met, Occurrence{First: t, End: end, Run: at, before: r.last})
	r.last = int32(len(d.Met))
	r.count++
	if t == p.First && p.Role != contrechamp.RoleTitle {
		r.opens++
	}
	d.cues(r, p, t, end, masthead, shouts)
}

// RunNamed is the run of those words. The key of several stays in d.folding.
func (d *Doc) RunNamed(first, end int) (int32, bool) {
	if end-first == 1 {
		at, ok := d.runAt[d.Fold[first]]
		return at, ok
	}
	d.Folding = d.Folding[:0]
	for x := first; x < end; x++ {
		d.Folding = append(append(d.Folding, d.Fold[x]...), ' ')
	}
	at, ok := d.runAt[string(d.Folding)]
	return at, ok
}

// Labels reports whether a name only ever opens paragraphs: "Question 1", "Question 2".
func (r *Run) Labels() bool {
	const often = 3
	return r.count >= often && r.opens == r.count
}

// listRuns notes the names that stand in a list with a place: "Dreux, Chartres, Lucé et Mainvilliers".
func (d *Doc) listRuns() {
	const most = 3 // tokens between: a comma, "et", "à"
	for i := 1; i < len(d.Met); i++ {
		a, b := &d.Met[i-1], &d.Met[i]
		if b.First-a.End > most || b.First == a.End || d.Runs[a.Run].Paragraph != d.Runs[b.Run].Paragraph && d.ParaOf(a.First) != d.ParaOf(b.First) {
			continue
		}
		k := &d.Runs[b.Run].Paragraph.Grammar.Known
		joined := false
		for t := a.End; t < b.First; t++ {
			switch {
			case d.Fold[t] == ",", d.Fold[t] == "/", d.In(t, k.Conjunction):
				joined = true
			case d.In(t, k.Locative), d.In(t, k.Of), d.In(t, k.Article):
			default:
				joined = false
				t = b.First
			}
		}
		if !joined {
			continue
		}
		x, y := &d.Runs[a.Run], &d.Runs[b.Run]
		if x.Cues.Has(CueInList) && y.Cues.Has(CueInList) {
			continue
		}
		if d.surePlace(x) {
			y.Cues |= 1 << CueInList
		}
		if d.surePlace(y) {
			x.Cues |= 1 << CueInList
		}
	}
}

// surePlace reports whether the lexicon knows a run as a place of some size.
func (d *Doc) surePlace(r *Run) bool {
	d.Know(r)
	return r.Cues.Has(CuePlace)
}

// Know notes what the lexicon knows by a run's name. It is asked once.
func (d *Doc) Know(r *Run) {
	const asked = CueSet(1)<<CueSmallPlace | 1<<CuePlace | 1<<CueOther | 1<<63
	if r.Cues&asked != 0 {
		return
	}
	r.Cues |= 1 << 63
	for n, i := range d.lexiconNames(r.First, r.End) {
		e := d.Knows.Lexicon.Entity(i)
		switch {
		case e.Kind != contrechamp.KindPlace:
			if n == 0 {
				r.Cues |= 1 << CueOther
			}
		case d.Knows.IsCountry(e) || IsRegionID(e.ID) || d.Knows.Lexicon.Population(i) >= smallTown:
			r.Cues |= 1 << CuePlace
		default:
			r.Cues |= 1 << CueSmallPlace
		}
	}
}

// lexiconNames are what the lexicon knows by the name [first, end). The next call uses the memory again.
func (d *Doc) lexiconNames(first, end int) []int32 {
	d.namedBy = d.namedBy[:0]
	if d.Tokens[first].Upper && d.Never[first] {
		return d.namedBy
	}
	d.namedBy = d.Knows.Lexicon.NamedBy(d.namedBy, d.Body, d.Tokens[first:end])
	return d.namedBy
}

// lowerRuns notes the names that are words of the text too.
func (d *Doc) lowerRuns() {
	if len(d.Runs) == 0 {
		return
	}
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		for t := p.First; t < p.End; t++ {
			if d.Tokens[t].Upper || d.Tokens[t].Kind != word.Word || d.Tokens[t].End-d.Tokens[t].Start < 4 || d.Known[t].Id != 0 && d.Known[t].Common {
				continue
			}
			if at, ok := d.runAt[d.Fold[t]]; ok {
				d.Runs[at].Cues |= 1 << cueLower
			}
		}
	}
}
