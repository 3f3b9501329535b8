package claim

import (
	"math/bits"

	contrechamp "contrechamp.org/contrechamp"
)

// hintList are the hints of a sentence: for each unit the rows of its word and its classes, and what they add up to.
type hintList struct {
	d    *doc
	sent int
	at   [][2]int32 // of units, in rows
	rows []int32
	any  [32]float64 // by target
	text [32]float64
	mine []int32 // memory of own

	seen map[contrechamp.Predicate]bool // what rules claim somewhere in the text
	said map[int][]string               // and in a sentence: hints "claims vendor"
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
// as a whole, with what score answers.
func (d *doc) eachHint(score func(c *hintList, t, u int) float64, f func(i, u, t int, p float64)) {
	c := hintList{d: d, seen: map[contrechamp.Predicate]bool{}, said: map[int][]string{}}
	for _, x := range d.claims {
		c.seen[x.claim.Predicate] = true
		c.said[x.sent] = append(c.said[x.sent], "claims "+string(x.claim.Predicate))
	}
	for i := range d.sents {
		s := &d.sents[i]
		if len(s.units) < minHintUnits || d.asks(i) {
			continue
		}
		c.collect(i)
		for t := range hintTargets {
			target := &hintTargets[t]
			if target.kinds == 0 {
				f(i, -1, t, score(&c, t, -1))
				continue
			}
			for u := range s.units {
				if s.units[u].mention != nil && s.units[u].kinds&target.kinds != 0 {
					f(i, u, t, score(&c, t, u))
				}
			}
		}
	}
}

// collect takes the hints of sentence i.
func (c *hintList) collect(i int) {
	d := c.d
	w := d.e.hintWeights
	s := &d.sents[i]
	c.sent, c.at, c.rows = i, c.at[:0], c.rows[:0]
	clear(c.any[:])
	clear(c.text[:])
	for n := range s.units {
		from := int32(len(c.rows))
		c.eachOf(n, func(hint string) {
			if k := w.cuesOf(hint); k >= 0 {
				c.rows = append(c.rows, k)
				for _, p := range w.rows[k] {
					if p.place == hintAny {
						c.any[p.target] += float64(p.weight)
					}
				}
			}
		})
		c.at = append(c.at, [2]int32{from, int32(len(c.rows))})
	}
	c.eachOfText(func(hint string) {
		if k := w.cuesOf(hint); k >= 0 {
			for _, p := range w.rows[k] {
				if p.place == hintText {
					c.text[p.target] += float64(p.weight)
				}
			}
		}
	})
	for t := range hintTargets {
		if c.seen[hintTargets[t].rule.predicate] {
			if k := w.cuesOf(claimedElsewhere); k >= 0 {
				for _, p := range w.rows[k] {
					if p.place == hintText && int(p.target) == t {
						c.text[t] += float64(p.weight)
					}
				}
			}
		}
	}
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

// own answers the rows of a mention.
func (c *hintList) own(u int) []int32 {
	c.mine = c.mine[:0]
	w := c.d.e.hintWeights
	c.eachOwn(u, func(hint string) {
		if k := w.cuesOf(hint); k >= 0 {
			c.mine = append(c.mine, k)
		}
	})
	return c.mine
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
	add(hintText, hintBias)
	return out
}

// kindHints are the hints of the kinds of mention: "[PLC]".
var kindHints = func() (out [kindCount]string) {
	for name, k := range kindNames {
		out[bits.TrailingZeros32(uint32(k))] = "[" + name + "]"
	}
	return out
}()
