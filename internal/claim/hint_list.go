package claim

import (
	"math/bits"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
)

// hintList are the hints of a sentence: for each unit the rows of its word and its classes, and what they add up to.
type hintList struct {
	*hintRoom
	d     *doc
	w     *HintWeights
	sent  int
	words []int32                 // the rows of the words of its language
	any   hintSums                // of the whole sentence, what is said of the text included
	seen  []contrechamp.Predicate // what rules claim somewhere in the text
	rules []ruled                 // and where, in the order of the sentences

	here, said, named uint32 // signs whose capability or stage the sentence names or rules claim in it, rules claim, the text names
}

// hintRoom is memory that is used again.
type hintRoom struct {
	at    [][2]int32 // of units, in rows
	rows  []int32
	signs signList
}

// listHints begins a list for a text whose rules are done.
func (d *doc) listHints() *hintList {
	c := &hintList{hintRoom: &d.hintRoom, d: d, w: d.e.hintWeights, rules: make([]ruled, 0, len(d.claims))}
	for _, x := range d.claims {
		c.rules = append(c.rules, ruled{x.sent, x.claim.Predicate, signBit(x)})
		c.said |= signBit(x)
		if !slices.Contains(c.seen, x.claim.Predicate) {
			c.seen = append(c.seen, x.claim.Predicate)
		}
	}
	for i := range d.sents {
		c.named |= d.namedIn(i)
	}
	slices.SortStableFunc(c.rules, func(a, b ruled) int { return a.sent - b.sent })
	return c
}

// ruled is that a rule claims something of a predicate in a sentence.
type ruled struct {
	sent      int
	predicate contrechamp.Predicate
	sign      uint32 // its bit
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
func (d *doc) eachHint(f func(c *hintList, i, u, t int, odds float64), says func(c *hintList, g sign, unit int, odds float64)) {
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
		c.eachSign(says)
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
	c.words = w.wordRows(d.grammarAt(s))
	for n := range s.units {
		from := len(c.rows)
		un := &s.units[n]
		k := int32(-1)
		if un.mention != nil && un.kinds&^kNUM != 0 {
			k = w.kinds[bits.TrailingZeros32(uint32(un.kinds&^kNUM))]
		} else {
			k = c.wordRow(un.first)
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
			c.any.add(w.list(k, hintAny))
		}
		c.at = append(c.at, [2]int32{int32(from), int32(len(c.rows))})
	}
	c.eachOfText(func(hint string) {
		if k := w.rowOf(hint); k >= 0 {
			c.any.add(w.list(k, hintText))
		}
	})
	if k := w.rowOf(claimedElsewhere); k >= 0 {
		for _, p := range w.list(k, hintText) {
			if slices.Contains(c.seen, hintTargets[p.target].rule.predicate) {
				c.any[p.target] += p.weight
			}
		}
	}
}

// wordRow is the row of the word at token t.
func (c *hintList) wordRow(t int) int32 {
	if e := c.d.known[t]; e.id > 0 && e.word != "" {
		return c.words[e.id]
	}
	return c.w.rowOf(hintKey(c.d.fold[t]))
}

// of adds up what the hints say of unit u for all targets.
func (c *hintList) of(u int) hintSums {
	sums := c.any
	for _, k := range c.rows[c.at[u][0]:c.at[u][1]] {
		sums.take(c.w.list(k, hintAny)) // a mention is no hint for itself
	}
	for n := max(0, u-hintReach); n < min(len(c.at), u+hintReach+1); n++ {
		c.beside(n, u, &sums)
	}
	own := func(k int32) {
		if k >= 0 {
			sums.add(c.w.list(k, hintOwn))
		}
	}
	un := &c.d.sents[c.sent].units[u]
	for t := un.first; t < un.end; t++ {
		own(c.wordRow(t))
	}
	eachOwnSign(un, func(sign string) { own(c.w.rowOf(sign)) })
	return sums
}

// beside adds what unit n says of unit u, -1 for none, by standing right before or behind it.
func (c *hintList) beside(n, u int, sums *hintSums) {
	place := hintBefore
	switch {
	case u < 0 || n == u || n < u-hintReach || n > u+hintReach:
		return
	case n > u:
		place = hintAfter
	}
	for _, k := range c.rows[c.at[n][0]:c.at[n][1]] {
		sums.add(c.w.list(k, place))
	}
}

// unit adds all that unit n says of unit u, or of the sentence where u is -1.
func (c *hintList) unit(n, u int, sums *hintSums) {
	for _, k := range c.rows[c.at[n][0]:c.at[n][1]] {
		sums.add(c.w.list(k, hintAny))
	}
	c.beside(n, u, sums)
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
	from, _ := slices.BinarySearchFunc(c.rules, c.sent, func(r ruled, sent int) int { return r.sent - sent })
	for _, r := range c.rules[from:] {
		if r.sent != c.sent {
			break
		}
		hint(claimHint[r.predicate])
	}
}

// eachOwn names the hints of a mention.
func (c *hintList) eachOwn(u int, hint func(string)) {
	d := c.d
	un := &d.sents[c.sent].units[u]
	for t := un.first; t < un.end; t++ {
		hint(hintKey(d.fold[t]))
	}
	eachOwnSign(un, hint)
}

// eachOwnSign names what is known of a mention besides its words.
func eachOwnSign(un *unit, hint func(string)) {
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
	if slices.Contains(c.seen, hintTargets[t].rule.predicate) {
		add(hintText, claimedElsewhere)
	}
	return out
}

// claimHint are the hints that a rule claims something in the same sentence.
var claimHint = func() map[contrechamp.Predicate]string {
	out := map[contrechamp.Predicate]string{}
	for _, p := range contrechamp.Predicates() {
		out[p] = "claims " + string(p)
	}
	return out
}()

// kindHints are the hints of the kinds of mention: "[PLC]".
var kindHints = func() (out [kindCount]string) {
	for name, k := range kindNames {
		out[bits.TrailingZeros32(uint32(k))] = "[" + name + "]"
	}
	return out
}()
