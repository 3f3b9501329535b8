package passage

import (
	"math/bits"

	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// maxSteps bounds the work that one trigger may cause. Gaps are short, so that real sentences stay far below.
const maxSteps = 4000

// Match is a pattern found in a sentence.
type Match struct {
	Pattern  *grammar.Pattern
	From, To int                    // units [from, to)
	Slots    [grammar.SlotCount]int // unit of each slot, -1 when not filled
	List     []int                  // the further units of a list slot
	Listed   grammar.Slot           // which slot that is
}

// Matcher finds one pattern around one trigger.
type Matcher struct {
	d     *Doc
	s     *Sentence
	p     *grammar.Pattern
	m     Match
	steps int

	noted      bool // what stands where
	base, next int32
	classAt    []extent
	kindAt     [grammar.KindCount]extent
}

// Matches calls found for each pattern that the sentence matches: at most one match for each trigger and pattern.
// What classes and kinds the sentence holds must be known.
func (d *Doc) Matches(s *Sentence, of *grammar.Triggers, found func(*Match)) {
	x := &d.Matcher // found looks for no further matches
	if x.s != s {
		x.d, x.s, x.noted = d, s, false
	}
	fires, framing := grammar.Passes(1)<<of.Pass, of.Pass == grammar.Framing
	if !framing && s.Fires&fires == 0 {
		return
	}
	fired := d.fires
	for u := range s.Units {
		unit := &s.Units[u]
		if fired[unit.First]&fires != 0 {
			e := d.Known[unit.First]
			if starts := of.Starts[of.OfEntry[e.Id]:of.OfEntry[e.Id+1]]; len(starts) > 0 {
				x.tryAll(of, starts, u, found)
			}
			for _, h := range e.Hits[e.Known:] { // phrases
				if starts := of.ByClass[h.Class]; len(starts) > 0 {
					x.tryAll(of, starts, u, found)
				}
			}
		}
		if unit.Kinds&of.Kinds == 0 || !framing {
			continue
		}
		for kinds := unit.Kinds & of.Kinds; kinds != 0; kinds &= kinds - 1 {
			x.tryAll(of, of.ByKind[bits.TrailingZeros32(uint32(kinds))], u, found)
		}
	}
}

// Forget makes the matcher look at its sentence anew, when its units changed.
func (x *Matcher) Forget() { x.s = nil }

// extent says in which units of a sentence a class or kind stands first and last, counted from base.
type extent struct{ first, last int32 }

// note notes what stands where in the sentence, when the first pattern is tried on it. Units are counted on from sentence
// to sentence, so that what was noted of another one is behind.
func (x *Matcher) note() {
	x.noted = true
	g := x.d.GrammarAt(x.s)
	x.base = x.next
	x.next += int32(len(x.s.Units))
	const most = 1 << 30
	if n := int(g.Next); len(x.classAt) < n || x.next > most {
		x.classAt, x.kindAt = make([]extent, n), [grammar.KindCount]extent{}
		x.base, x.next = 1, 1+int32(len(x.s.Units))
	}
	for u := range x.s.Units {
		unit := &x.s.Units[u]
		now := x.base + int32(u)
		for _, h := range x.d.Known[unit.First].Hits {
			x.classAt[h.Class].add(x.base, now)
		}
		for kinds := unit.Kinds; kinds != 0; kinds &= kinds - 1 {
			x.kindAt[bits.TrailingZeros32(uint32(kinds))].add(x.base, now)
		}
	}
}

func (p *extent) add(base, now int32) {
	if p.last < base {
		p.first = now
	}
	p.last = now
}

// stands reports whether what a pattern must have besides its trigger stands on the right side of unit u.
func (x *Matcher) stands(of *grammar.Triggers, m *grammar.Must, u int) bool {
	now := x.base + int32(u)
	for _, id := range of.Classes[m.Classes[0]:m.Classes[1]] {
		if p := &x.classAt[id]; p.last >= x.base && (m.Behind && p.last > now || !m.Behind && p.first < now) {
			return true
		}
	}
	for kinds := m.Kinds; kinds != 0; kinds &= kinds - 1 {
		if p := &x.kindAt[bits.TrailingZeros32(uint32(kinds))]; p.last >= x.base && (m.Behind && p.last > now || !m.Behind && p.first < now) {
			return true
		}
	}
	return false
}

// tryAll tries the patterns of some triggers at unit u. Most sentences do not have at all what the pattern needs.
func (x *Matcher) tryAll(of *grammar.Triggers, starts []grammar.Start, u int, found func(*Match)) {
	x.d.Steps += len(starts)
	set, kinds := &x.s.Set, x.s.Kinds|grammar.AnyKind
	last, holds := [2]uint16{0xFFFF, 0xFFFF}, false
	for i := range starts {
		if needs := starts[i].Needs; needs != last { // patterns of one rule mostly need the same
			last = needs
			n, m := &of.Needs[needs[0]], &of.Needs[needs[1]]
			holds = (n.Kinds&kinds != 0 || n.Set.Meets(set)) && (m.Kinds&kinds != 0 || m.Set.Meets(set))
		}
		if holds {
			x.try(of, &of.All[starts[i].Trigger], u, found)
		}
	}
}

func (x *Matcher) try(of *grammar.Triggers, t *grammar.Trigger, u int, found func(*Match)) {
	if !x.noted {
		x.note()
	}
	musts := of.Musts[t.Musts[0]:t.Musts[1]]
	for i := range musts {
		if !x.stands(of, &musts[i], u) {
			return
		}
	}
	x.p, x.steps = t.Pattern, 0
	x.m = Match{Pattern: t.Pattern, From: u, Slots: [grammar.SlotCount]int{-1, -1, -1, -1}}
	if x.right(int(t.At), u, int(t.At)) {
		found(&x.m)
	}
	x.d.Steps += x.steps
}

// may reports whether an element may stand at unit u.
func (x *Matcher) may(el *grammar.Element, u int) bool {
	unit := &x.s.Units[u]
	return unit.Kinds&el.Kinds != 0 || x.d.Sets[unit.First].Meets(&el.Set)
}

// right matches elements[e:] at unit u, then the elements left of the trigger.
func (x *Matcher) right(e, u, at int) bool {
	if x.steps++; x.steps > maxSteps {
		return false
	}
	if e == len(x.p.Elements) {
		x.m.To = u
		return x.left(at-1, x.m.From)
	}
	el := &x.p.Elements[e]
	if el.Gap > 0 {
		next := &x.p.Elements[e+1]
		must := next.Gap == 0 && !next.Optional
		for n := 0; n <= el.Gap && u+n <= len(x.s.Units); n++ {
			if must && (u+n == len(x.s.Units) || !x.may(next, u+n)) {
				x.steps++
			} else if x.right(e+1, u+n, at) {
				return true
			}
			if u+n < len(x.s.Units) && blocked(&x.s.Units[u+n], el.Strict) {
				return false
			}
		}
		return false
	}
	if u < len(x.s.Units) && x.may(el, u) {
		for _, n := range x.lengths(el, u) {
			if n == 0 {
				continue
			}
			saved, list := x.m.Slots, x.m.List
			width := n
			if el.Slot != grammar.NoSlot {
				x.m.Slots[el.Slot] = u
				if el.List {
					x.m.List, width = x.listFrom(el, u)
					x.m.Listed = el.Slot
				}
			}
			if x.right(e+1, u+width, at) {
				return true
			}
			x.m.Slots, x.m.List = saved, list
		}
	}
	return el.Optional && x.right(e+1, u, at)
}

// left matches elements[:e+1] ending before unit u.
func (x *Matcher) left(e, u int) bool {
	if x.steps++; x.steps > maxSteps {
		return false
	}
	if e < 0 {
		x.m.From = u
		return true
	}
	el := &x.p.Elements[e]
	if el.Gap > 0 {
		for n := 0; n <= el.Gap && u-n >= 0; n++ {
			if x.left(e-1, u-n) {
				return true
			}
			if u-n-1 >= 0 && blocked(&x.s.Units[u-n-1], el.Strict) {
				return false
			}
		}
		return false
	}
	for start := u - 1; start >= 0 && start >= u-maxPhrase; start-- {
		if !x.may(el, start) {
			continue
		}
		for _, n := range x.lengths(el, start) {
			if n == 0 || start+n != u {
				continue
			}
			saved, list := x.m.Slots, x.m.List
			if el.Slot != grammar.NoSlot {
				x.m.Slots[el.Slot] = start
				if el.List {
					x.m.List = x.listBack(el, start)
					x.m.Listed = el.Slot
				}
			}
			if x.left(e-1, start) {
				return true
			}
			x.m.Slots, x.m.List = saved, list
		}
	}
	return el.Optional && x.left(e-1, u)
}

// maxPhrase is how many units a phrase of a class may have.
const maxPhrase = 6

func blocked(u *Unit, strict bool) bool { return u.Stop || strict && u.Comma }

// lengths returns how many units el takes at u: as a mention, and as the words of a class.
func (x *Matcher) lengths(el *grammar.Element, u int) (out [2]int) {
	unit := &x.s.Units[u]
	if el.Kinds != 0 && unit.Kinds&el.Kinds != 0 && (!el.Subject || !x.d.BehindPreposition(x.s, u) && (unit.Mention == nil || !x.d.Bracketed(unit.Mention))) {
		out[0] = 1
	}
	if len(el.Classes) == 0 {
		return out
	}
	for _, h := range x.d.Known[unit.First].Hits {
		for _, id := range el.Classes {
			if h.Class != id {
				continue
			}
			end := unit.First + int(h.N)
			n := 1
			for u+n < len(x.s.Units) && x.s.Units[u+n].First < end {
				n++
			}
			if x.s.Units[u+n-1].End <= end || h.N > 1 {
				out[1] = max(out[1], n)
			} else if unit.Mention == nil || unit.End == end {
				out[1] = max(out[1], n)
			}
		}
	}
	return out
}

// listFrom returns the units of the list that starts at u and its width: "A, B, C et D", with articles and
// prepositions between.
func (x *Matcher) listFrom(el *grammar.Element, u int) ([]int, int) {
	var out []int
	last := u
	for n := u + 1; n < len(x.s.Units) && n <= last+4; n++ {
		unit := &x.s.Units[n]
		if unit.Kinds&el.Kinds != 0 {
			out = append(out, n)
			last = n
			continue
		}
		if unit.Stop || unit.Mention != nil || !unit.Comma && !x.d.In(unit.First, x.d.GrammarAt(x.s).Known.Link) {
			break
		}
	}
	return out, last - u + 1
}

func (x *Matcher) listBack(el *grammar.Element, u int) []int {
	var out []int
	last := u
	for n := u - 1; n >= 0 && n >= last-4; n-- {
		unit := &x.s.Units[n]
		if unit.Kinds&el.Kinds != 0 {
			out = append(out, n)
			last = n
			continue
		}
		if unit.Stop || unit.Mention != nil || !unit.Comma && !x.d.In(unit.First, x.d.GrammarAt(x.s).Known.Link) {
			break
		}
	}
	return out
}

// GrammarAt is the grammar of a sentence's language.
func (d *Doc) GrammarAt(s *Sentence) *grammar.Grammar { return d.Paragraphs[s.Para].Grammar }

// BehindPreposition reports whether the mention at unit u is governed by a preposition, past articles and adjectives.
func (d *Doc) BehindPreposition(s *Sentence, u int) bool {
	known := &d.GrammarAt(s).Known
	for n := u - 1; n >= 0 && n >= u-3; n-- {
		unit := &s.Units[n]
		if unit.Kinds == grammar.DEM {
			continue // "au groupe belge X"
		}
		if unit.Mention != nil || unit.Stop || unit.Comma {
			return false
		}
		if d.In(unit.First, known.Preposition) {
			return true
		}
		if !d.In(unit.First, known.Article) && !d.In(unit.First, known.Firm) {
			return false
		}
	}
	return false
}
