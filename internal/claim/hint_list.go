package claim

import (
	"math/bits"

	contrechamp "contrechamp.org/contrechamp"
)

// hintList are the hints of a sentence: for each unit the rows of its word and its classes, and what they add up to.
type hintList struct {
	d    *doc
	w    *HintWeights
	sent int
	at   [][2]int32 // of units, in rows
	rows []int32
	any  hintSums                       // of the whole sentence, what is said of the text included
	seen map[contrechamp.Predicate]bool // what rules claim somewhere in the text
	said map[int][]string               // and in a sentence: "claims vendor"
}

// listHints begins a list for a text whose rules are done.
func (d *doc) listHints() *hintList {
	c := &hintList{d: d, w: d.e.hintWeights, seen: map[contrechamp.Predicate]bool{}, said: map[int][]string{}}
	for _, x := range d.claims {
		c.seen[x.claim.Predicate] = true
		c.said[x.sent] = append(c.said[x.sent], "claims "+string(x.claim.Predicate))
	}
	return c
}

// hintKey is a word as hints know it: its beginning, which inflection leaves alone; every figure is the same.
func hintKey(fold string) string {
	const long = 6
	if fold != "" && fold[0] >= '0' && fold[0] <= '9' {
		return "0"
	}
	n := 0
	for i := range fold {
		if n++; n > long {
			return fold[:i]
		}
	}
	return fold
}

// eachHint calls f for each unit of each sentence that may be the value of a target, and for each sentence that may be one
// as a whole (with -1 for the unit), with the log-odds that its hints give. Sentences far from all surveillance say nothing of it.
func (d *doc) eachHint(f func(c *hintList, i, u, t int, odds float64)) {
	if !d.topical && !d.surveils {
		return
	}
	c := d.listHints()
	for i := range d.sents {
		s := &d.sents[i]
		if len(s.units) < minHintUnits || d.levels[i] == levelFar && d.densityAt(i) == 0 || d.asks(i) {
			continue
		}
		c.collect(i)
		for t := range hintTargets {
			if hintTargets[t].kinds == 0 {
				f(c, i, -1, t, float64(c.any[t]))
			}
		}
		for u := range s.units {
			if s.units[u].mention == nil || s.units[u].kinds&hintedKinds == 0 {
				continue
			}
			sums := c.of(u)
			for t := range hintTargets {
				if s.units[u].kinds&hintTargets[t].kinds != 0 {
					f(c, i, u, t, float64(sums[t]))
				}
			}
		}
	}
}

// hintedKinds are the kinds of mention that some target's value may have.
var hintedKinds = func() (all kind) {
	for _, t := range hintTargets {
		all |= t.kinds
	}
	return all
}()

// collect takes the hints of sentence i.
func (c *hintList) collect(i int) {
	d, w := c.d, c.w
	s := &d.sents[i]
	c.sent, c.at, c.rows, c.any = i, c.at[:0], c.rows[:0], hintSums{}
	classes := w.classRows(d.grammarAt(s))
	for n := range s.units {
		from := len(c.rows)
		un := &s.units[n]
		k := int32(-1)
		if un.mention != nil && un.kinds&^kNUM != 0 {
			k = w.kinds[bits.TrailingZeros32(uint32(un.kinds&^kNUM))]
		} else {
			k = w.rowOf(hintKey(d.fold[un.first]))
		}
		if k >= 0 {
			c.rows = append(c.rows, k)
		}
		for _, h := range d.known[un.first].hits {
			if int(h.class) < len(classes) && classes[h.class] >= 0 {
				c.rows = append(c.rows, classes[h.class])
			}
		}
		for _, k := range c.rows[from:] {
			c.any.add(w.rows[k][hintAny])
		}
		c.at = append(c.at, [2]int32{int32(from), int32(len(c.rows))})
	}
	c.eachOfText(func(hint string) {
		if k := w.rowOf(hint); k >= 0 {
			c.any.add(w.rows[k][hintText])
		}
	})
	if k := w.rowOf(claimedElsewhere); k >= 0 {
		for _, p := range w.rows[k][hintText] {
			if c.seen[hintTargets[p.target].rule.predicate] {
				c.any[p.target] += p.weight
			}
		}
	}
}

// of adds up what the hints say of unit u for all targets.
func (c *hintList) of(u int) hintSums {
	sums := c.any
	for n := max(0, u-hintReach); n < min(len(c.at), u+hintReach+1); n++ {
		for _, k := range c.rows[c.at[n][0]:c.at[n][1]] {
			r := &c.w.rows[k]
			switch {
			case n < u:
				sums.add(r[hintBefore])
			case n > u:
				sums.add(r[hintAfter])
			default:
				sums.take(r[hintAny]) // a mention is no hint for itself
			}
		}
	}
	c.eachOwn(u, func(hint string) {
		if k := c.w.rowOf(hint); k >= 0 {
			sums.add(c.w.rows[k][hintOwn])
		}
	})
	return sums
}

// claimedElsewhere is the hint that a rule claims something else of that predicate.
const claimedElsewhere = "claimed elsewhere"

// eachOf names the hints of a unit: the kind of a mention or the word, and the classes that the word is in.
func (c *hintList) eachOf(n int, hint func(string)) {
	d := c.d
	s := &d.sents[c.sent]
	un := &s.units[n]
	if un.mention != nil && un.kinds&^kNUM != 0 {
		hint(kindHints[bits.TrailingZeros32(uint32(un.kinds&^kNUM))])
	} else {
		hint(hintKey(d.fold[un.first]))
	}
	g := d.grammarAt(s)
	for _, h := range d.known[un.first].hits {
		if int(h.class) < len(g.classHints) && g.classHints[h.class] != "" {
			hint(g.classHints[h.class])
		}
	}
}

// eachOfText names the hints of the sentence as a whole.
func (c *hintList) eachOfText(hint func(string)) {
	d := c.d
	if p := d.paras[d.sents[c.sent].para]; p.role == contrechamp.RoleTitle || p.role == contrechamp.RoleHeading {
		hint("in a heading")
	}
	if x := d.context(c.sent); x != "" {
		hint(x)
	}
	if c.sent < 3 {
		hint("opens the text")
	}
	if d.company != nil {
		hint("text is about a company")
	}
	hint(hintBias)
	for _, name := range c.said[c.sent] {
		hint(name)
	}
}

// eachOwn names the hints of a mention.
func (c *hintList) eachOwn(u int, hint func(string)) {
	d := c.d
	un := &d.sents[c.sent].units[u]
	for t := un.first; t < un.end; t++ {
		hint(hintKey(d.fold[t]))
	}
	m := un.mention
	if m.generic {
		hint("(generic)")
	}
	if m.entity != nil && m.entity.Source == "lexicon" {
		hint("(known)")
	}
	if un.kinds&kNAME != 0 {
		hint("(name)")
	}
}

// names answers the features of unit u, -1 for the sentence, as a value of target t, without its name: "before contract".
func (c *hintList) names(t, u int) []string {
	var out []string
	add := func(p hintPlace, hint string) { out = append(out, hintPlaceNames[p]+" "+hint) }
	for n := range c.d.sents[c.sent].units {
		if n == u {
			continue
		}
		c.eachOf(n, func(hint string) {
			add(hintAny, hint)
			switch {
			case u < 0:
			case n < u && u-n <= hintReach:
				add(hintBefore, hint)
			case n > u && n-u <= hintReach:
				add(hintAfter, hint)
			}
		})
	}
	if u >= 0 {
		c.eachOwn(u, func(hint string) { add(hintOwn, hint) })
	}
	c.eachOfText(func(hint string) { add(hintText, hint) })
	if c.seen[hintTargets[t].rule.predicate] {
		add(hintText, claimedElsewhere)
	}
	return out
}

// kindHints are the hints of the kinds of mention: "[PLC]".
var kindHints = func() (out [kindCount]string) {
	for name, k := range kindNames {
		out[bits.TrailingZeros32(uint32(k))] = "[" + name + "]"
	}
	return out
}()
