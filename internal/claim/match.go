package claim

import "math/bits"

// maxSteps bounds the work that one trigger may cause. Gaps are short, so that real sentences stay far below.
const maxSteps = 4000

// match is a pattern found in a sentence.
type match struct {
	pattern  *pattern
	from, to int            // units [from, to)
	slots    [slotCount]int // unit of each slot, -1 when not filled
	list     []int          // the further units of a list slot
	listed   slot           // which slot that is
}

// matcher finds one pattern around one trigger.
type matcher struct {
	d     *passageDoc
	s     *sentence
	p     *pattern
	m     match
	steps int

	noted      bool // what stands where
	base, next int32
	classAt    []extent
	kindAt     [kindCount]extent
}

// matches calls found for each pattern that the sentence matches: at most one match for each trigger and pattern.
// What classes and kinds the sentence holds must be known.
func (d *passageDoc) matches(s *sentence, of *triggers, found func(*match)) {
	x := &d.matcher // found looks for no further matches
	if x.s != s {
		x.d, x.s, x.noted = d, s, false
	}
	fires, framing := passes(1)<<of.pass, of.pass == framing
	if !framing && s.fires&fires == 0 {
		return
	}
	fired := d.fires
	for u := range s.units {
		unit := &s.units[u]
		if fired[unit.first]&fires != 0 {
			e := d.known[unit.first]
			if starts := of.starts[of.ofEntry[e.id]:of.ofEntry[e.id+1]]; len(starts) > 0 {
				x.tryAll(of, starts, u, found)
			}
			for _, h := range e.hits[e.known:] { // phrases
				if starts := of.byClass[h.class]; len(starts) > 0 {
					x.tryAll(of, starts, u, found)
				}
			}
		}
		if unit.kinds&of.kinds == 0 || !framing {
			continue
		}
		for kinds := unit.kinds & of.kinds; kinds != 0; kinds &= kinds - 1 {
			x.tryAll(of, of.byKind[bits.TrailingZeros32(uint32(kinds))], u, found)
		}
	}
}

// forget makes the matcher look at its sentence anew, when its units changed.
func (x *matcher) forget() { x.s = nil }

// extent says in which units of a sentence a class or kind stands first and last, counted from base.
type extent struct{ first, last int32 }

// note notes what stands where in the sentence, when the first pattern is tried on it. Units are counted on from sentence
// to sentence, so that what was noted of another one is behind.
func (x *matcher) note() {
	x.noted = true
	g := x.d.grammarAt(x.s)
	x.base = x.next
	x.next += int32(len(x.s.units))
	const most = 1 << 30
	if n := int(g.next); len(x.classAt) < n || x.next > most {
		x.classAt, x.kindAt = make([]extent, n), [kindCount]extent{}
		x.base, x.next = 1, 1+int32(len(x.s.units))
	}
	for u := range x.s.units {
		unit := &x.s.units[u]
		now := x.base + int32(u)
		for _, h := range x.d.known[unit.first].hits {
			x.classAt[h.class].add(x.base, now)
		}
		for kinds := unit.kinds; kinds != 0; kinds &= kinds - 1 {
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
func (x *matcher) stands(of *triggers, m *must, u int) bool {
	now := x.base + int32(u)
	for _, id := range of.classes[m.classes[0]:m.classes[1]] {
		if p := &x.classAt[id]; p.last >= x.base && (m.behind && p.last > now || !m.behind && p.first < now) {
			return true
		}
	}
	for kinds := m.kinds; kinds != 0; kinds &= kinds - 1 {
		if p := &x.kindAt[bits.TrailingZeros32(uint32(kinds))]; p.last >= x.base && (m.behind && p.last > now || !m.behind && p.first < now) {
			return true
		}
	}
	return false
}

// tryAll tries the patterns of some triggers at unit u. Most sentences do not have at all what the pattern needs.
func (x *matcher) tryAll(of *triggers, starts []start, u int, found func(*match)) {
	x.d.steps += len(starts)
	set, kinds := &x.s.set, x.s.kinds|anyKind
	last, holds := [2]uint16{0xFFFF, 0xFFFF}, false
	for i := range starts {
		if needs := starts[i].needs; needs != last { // patterns of one rule mostly need the same
			last = needs
			n, m := &of.needs[needs[0]], &of.needs[needs[1]]
			holds = (n.kinds&kinds != 0 || n.set.meets(set)) && (m.kinds&kinds != 0 || m.set.meets(set))
		}
		if holds {
			x.try(of, &of.all[starts[i].trigger], u, found)
		}
	}
}

func (x *matcher) try(of *triggers, t *trigger, u int, found func(*match)) {
	if !x.noted {
		x.note()
	}
	musts := of.musts[t.musts[0]:t.musts[1]]
	for i := range musts {
		if !x.stands(of, &musts[i], u) {
			return
		}
	}
	x.p, x.steps = t.pattern, 0
	x.m = match{pattern: t.pattern, from: u, slots: [slotCount]int{-1, -1, -1, -1}}
	if x.right(int(t.at), u, int(t.at)) {
		found(&x.m)
	}
	x.d.steps += x.steps
}

// may reports whether an element may stand at unit u.
func (x *matcher) may(el *element, u int) bool {
	unit := &x.s.units[u]
	return unit.kinds&el.kinds != 0 || x.d.sets[unit.first].meets(&el.set)
}

// right matches elements[e:] at unit u, then the elements left of the trigger.
func (x *matcher) right(e, u, at int) bool {
	if x.steps++; x.steps > maxSteps {
		return false
	}
	if e == len(x.p.elements) {
		x.m.to = u
		return x.left(at-1, x.m.from)
	}
	el := &x.p.elements[e]
	if el.gap > 0 {
		next := &x.p.elements[e+1]
		must := next.gap == 0 && !next.optional
		for n := 0; n <= el.gap && u+n <= len(x.s.units); n++ {
			if must && (u+n == len(x.s.units) || !x.may(next, u+n)) {
				x.steps++
			} else if x.right(e+1, u+n, at) {
				return true
			}
			if u+n < len(x.s.units) && blocked(&x.s.units[u+n], el.strict) {
				return false
			}
		}
		return false
	}
	if u < len(x.s.units) && x.may(el, u) {
		for _, n := range x.lengths(el, u) {
			if n == 0 {
				continue
			}
			saved, list := x.m.slots, x.m.list
			width := n
			if el.slot != noSlot {
				x.m.slots[el.slot] = u
				if el.list {
					x.m.list, width = x.listFrom(el, u)
					x.m.listed = el.slot
				}
			}
			if x.right(e+1, u+width, at) {
				return true
			}
			x.m.slots, x.m.list = saved, list
		}
	}
	return el.optional && x.right(e+1, u, at)
}

// left matches elements[:e+1] ending before unit u.
func (x *matcher) left(e, u int) bool {
	if x.steps++; x.steps > maxSteps {
		return false
	}
	if e < 0 {
		x.m.from = u
		return true
	}
	el := &x.p.elements[e]
	if el.gap > 0 {
		for n := 0; n <= el.gap && u-n >= 0; n++ {
			if x.left(e-1, u-n) {
				return true
			}
			if u-n-1 >= 0 && blocked(&x.s.units[u-n-1], el.strict) {
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
			saved, list := x.m.slots, x.m.list
			if el.slot != noSlot {
				x.m.slots[el.slot] = start
				if el.list {
					x.m.list = x.listBack(el, start)
					x.m.listed = el.slot
				}
			}
			if x.left(e-1, start) {
				return true
			}
			x.m.slots, x.m.list = saved, list
		}
	}
	return el.optional && x.left(e-1, u)
}

// maxPhrase is how many units a phrase of a class may have.
const maxPhrase = 6

func blocked(u *unit, strict bool) bool { return u.stop || strict && u.comma }

// lengths returns how many units el takes at u: as a mention, and as the words of a class.
func (x *matcher) lengths(el *element, u int) (out [2]int) {
	unit := &x.s.units[u]
	if el.kinds != 0 && unit.kinds&el.kinds != 0 && (!el.subject || !x.d.behindPreposition(x.s, u) && (unit.mention == nil || !x.d.bracketed(unit.mention))) {
		out[0] = 1
	}
	if len(el.classes) == 0 {
		return out
	}
	for _, h := range x.d.known[unit.first].hits {
		for _, id := range el.classes {
			if h.class != id {
				continue
			}
			end := unit.first + int(h.n)
			n := 1
			for u+n < len(x.s.units) && x.s.units[u+n].first < end {
				n++
			}
			if x.s.units[u+n-1].end <= end || h.n > 1 {
				out[1] = max(out[1], n)
			} else if unit.mention == nil || unit.end == end {
				out[1] = max(out[1], n)
			}
		}
	}
	return out
}

// listFrom returns the units of the list that starts at u and its width: "A, B, C et D", with articles and
// prepositions between.
func (x *matcher) listFrom(el *element, u int) ([]int, int) {
	var out []int
	last := u
	for n := u + 1; n < len(x.s.units) && n <= last+4; n++ {
		unit := &x.s.units[n]
		if unit.kinds&el.kinds != 0 {
			out = append(out, n)
			last = n
			continue
		}
		if unit.stop || unit.mention != nil || !unit.comma && !x.d.in(unit.first, x.d.grammarAt(x.s).known.link) {
			break
		}
	}
	return out, last - u + 1
}

func (x *matcher) listBack(el *element, u int) []int {
	var out []int
	last := u
	for n := u - 1; n >= 0 && n >= last-4; n-- {
		unit := &x.s.units[n]
		if unit.kinds&el.kinds != 0 {
			out = append(out, n)
			last = n
			continue
		}
		if unit.stop || unit.mention != nil || !unit.comma && !x.d.in(unit.first, x.d.grammarAt(x.s).known.link) {
			break
		}
	}
	return out
}

func (d *passageDoc) grammarAt(s *sentence) *grammar { return d.paras[s.para].g }

// behindPreposition reports whether the mention at unit u is governed by a preposition, past articles and adjectives.
func (d *passageDoc) behindPreposition(s *sentence, u int) bool {
	known := &d.grammarAt(s).known
	for n := u - 1; n >= 0 && n >= u-3; n-- {
		unit := &s.units[n]
		if unit.kinds == kDEM {
			continue // "au groupe belge X"
		}
		if unit.mention != nil || unit.stop || unit.comma {
			return false
		}
		if d.in(unit.first, known.preposition) {
			return true
		}
		if !d.in(unit.first, known.article) && !d.in(unit.first, known.firm) {
			return false
		}
	}
	return false
}
