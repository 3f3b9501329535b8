package hint

import (
	"math/bits"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// List are the hints of a sentence: those of each unit, and what they add up to.
type List struct {
	*hintRoom
	d       *Doc
	w       *Weights
	g       *grammar.Grammar
	of      *WordHints // of its words
	Sent    int
	any     Sums   // of the whole sentence, what is said of the text included
	claimed uint32 // the targets whose predicates rules claim somewhere in the text

	here, said, named uint32 // signs whose capability or stage the sentence names or rules claim in it, rules claim, the text names
}

// hintRoom is memory that is used again.
type hintRoom struct {
	rules []ruled // where rules claim something, in the order of the sentences
	use   mentionUse
	asked uint64 // nothing: what was read so that it is near when it is wanted
	at    []unitHints
	rows  []int32 // of classes that words have by their phrases
	signs signList
}

func newHintRoom() hintRoom {
	return hintRoom{use: mentionUse{claimed: map[string]uint32{}, names: map[*contrechamp.Entity]nameUse{}}}
}

// forgotten is the memory without what it holds.
func (r *hintRoom) forgotten() hintRoom {
	clear(r.use.claimed)
	clear(r.use.names)
	return hintRoom{rules: r.rules[:0], use: mentionUse{claimed: r.use.claimed, names: r.use.names}, at: r.at[:0], rows: r.rows[:0], signs: r.signs}
}

// unitHints are the hints of a unit.
type unitHints struct {
	row      int32 // of the kind of a mention, or of a word that its grammar does not know
	known    int32 // in the grammar's hints: of its first word, or of that word's classes alone
	word     bool  // of the word
	from, to int32 // in rows: those of the classes that it has by its phrases
}

// listHints begins a list for a text whose rules are done.
func (d *Doc) listHints() *List {
	c := &List{hintRoom: &d.hintRoom, d: d, w: d.HintWeights}
	*c.hintRoom = c.forgotten()
	for _, x := range d.Claims {
		c.rules = append(c.rules, ruled{x.Sent, claimHint[x.Claim.Predicate], signBit(x)})
		c.said |= signBit(x)
		c.claimed |= targetsOf[x.Claim.Predicate]
	}
	d.devices = d.devices[:0]
	for i := range d.Sentences {
		c.named |= d.namedIn(i)
		if unit := d.lastDevice(&d.Sentences[i]); unit != "" {
			d.devices = append(d.devices, namedDevice{i, unit})
		}
	}
	slices.SortStableFunc(c.rules, func(a, b ruled) int { return a.sent - b.sent })
	c.count()
	return c
}

// ruled is that a rule claims something in a sentence: "claims vendor".
type ruled struct {
	sent int
	hint textHint
	sign uint32 // its bit
}

// namedDevice is that a sentence names devices, and of which unit the last ones are.
type namedDevice struct {
	sent int
	unit string
}

// lastDevice is the unit of the devices that a sentence names last, "" where it names none.
func (d *Doc) lastDevice(s *passage.Sentence) string {
	if s.Kinds&grammar.DEV == 0 {
		return ""
	}
	for u := len(s.Units) - 1; u >= 0; u-- {
		if s.Units[u].Kinds&grammar.DEV != 0 && s.Units[u].Mention.Unit != "" {
			return s.Units[u].Mention.Unit
		}
	}
	return ""
}

// deviceBefore are the devices named last before a sentence.
func (d *Doc) deviceBefore(sent int) (namedDevice, bool) {
	at, _ := slices.BinarySearchFunc(d.devices, sent, func(x namedDevice, sent int) int { return x.sent - sent })
	if at == 0 {
		return namedDevice{}, false
	}
	return d.devices[at-1], true
}

// EachHint calls f for each unit of each sentence that may be the value of a target, and for each sentence that may be one
// as a whole (with -1 for the unit), with the log-odds that its hints give. Sentences far from all surveillance say nothing of it.
func (d *Doc) EachHint(f func(c *List, i, u, t int, odds float64), says func(c *List, g grammar.Sign, unit int, odds float64)) {
	if !d.Topical && !d.Surveils {
		return
	}
	c := d.listHints()
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if s.Tabled || len(s.Units) < minHintUnits || d.Levels[i] == draft.LevelFar && d.DensityAt(i) == 0 || d.Asks(i) {
			continue
		}
		c.collect(i)
		for t := range Targets {
			if Targets[t].kinds == 0 {
				f(c, i, -1, t, logOdds(c.any.Of(t)))
			}
		}
		for u := range s.Units {
			if s.Units[u].Mention == nil || s.Units[u].Kinds&hintedKinds == 0 {
				continue
			}
			sums := c.sum(u)
			for t := range Targets {
				if s.Units[u].Kinds&Targets[t].kinds != 0 {
					f(c, i, u, t, logOdds(sums.Of(t)))
				}
			}
		}
		c.eachSign(says)
	}
}

// hintedKinds are the kinds of mention that some target's value may have.
var hintedKinds = func() (all grammar.Kind) {
	for _, t := range Targets {
		all |= t.kinds
	}
	return all
}()

// collect takes the hints of sentence i.
func (c *List) collect(i int) {
	d, w := c.d, c.w
	s := &d.Sentences[i]
	if g := d.GrammarAt(s); c.g != g {
		c.g, c.of = g, w.WordHints(g)
	}
	c.Sent, c.at, c.rows, c.any = i, c.at[:0], c.rows[:0], Sums{}
	for n := range s.Units {
		un := &s.Units[n]
		e := d.Known[un.First]
		of := c.of.words[e.Id]
		x := unitHints{known: of.classes, from: int32(len(c.rows))}
		switch {
		case un.Mention != nil && un.Kinds&^grammar.NUM != 0:
			x.row = w.kinds[bits.TrailingZeros32(uint32(un.Kinds&^grammar.NUM))]
		case e.Id > 0 && e.Word != "":
			x.known, x.word = of.word, true
		default:
			x.row = w.rowOf(d.Fold[un.First])
		}
		if len(e.Hits) > int(e.Known) {
			c.rows = c.of.rowsOf(c.rows, e.Hits[e.Known:])
		}
		x.to = int32(len(c.rows))
		c.at = append(c.at, x)
	}
	// far memory is asked for all units at once; what is added up waits for it, so it has a loop of its own
	for n := range c.at {
		c.asked ^= c.of.Line(c.at[n].known, Any)[0]
	}
	for n := range c.at {
		c.add(n, Any, &c.any)
	}
	c.eachOfText(func(h textHint) { c.any.add(w.Line(w.text[h], hintText)) })
	elsewhere := w.Line(w.text[claimedElsewhere], hintText)
	for on := c.claimed; on != 0; on &= on - 1 {
		t := bits.TrailingZeros32(on)
		c.any.put(t, elsewhere.Of(t))
	}
}

// add adds what unit n says in a place: any, before or after.
func (c *List) add(n int, p Place, sums *Sums) {
	x := &c.at[n]
	sums.add(c.of.Line(x.known, p))
	if x.row > 0 {
		sums.add(c.w.Line(x.row, p))
	}
	for _, k := range c.rows[x.from:x.to] {
		sums.add(c.w.Line(k, p))
	}
}

// sum adds up what the hints say of unit u for all targets.
func (c *List) sum(u int) Sums {
	var itself Sums
	c.add(u, Any, &itself) // a mention is no hint for itself
	sums := c.any
	sums.take(&itself)
	for n := max(0, u-hintReach); n < min(len(c.at), u+hintReach+1); n++ {
		c.beside(n, u, &sums)
	}
	un := &c.d.Sentences[c.Sent].Units[u]
	for t := un.First; t < un.End; t++ {
		if e := c.d.Known[t]; e.Id > 0 && e.Word != "" {
			sums.add(c.of.Line(c.of.words[e.Id].word, hintOwn))
		} else {
			sums.add(c.w.Line(c.w.rowOf(c.d.Fold[t]), hintOwn))
		}
	}
	c.EachOwnHint(u, func(h OwnHint) { sums.add(c.w.Line(c.w.own[h], hintOwn)) })
	return sums
}

// beside adds what unit n says of unit u, -1 for none, by standing right before or behind it.
func (c *List) beside(n, u int, sums *Sums) {
	switch {
	case u < 0 || n == u || n < u-hintReach || n > u+hintReach:
	case n > u:
		c.add(n, hintAfter, sums)
	default:
		c.add(n, hintBefore, sums)
	}
}

// unit adds all that unit n says of unit u, or of the sentence where u is -1.
func (c *List) unit(n, u int, sums *Sums) {
	c.add(n, Any, sums)
	c.beside(n, u, sums)
}

// eachOf names the hints of a unit: the kind of a mention or the word, and the classes that the word is in.
func (c *List) eachOf(n int, hint func(string)) {
	d := c.d
	s := &d.Sentences[c.Sent]
	un := &s.Units[n]
	if un.Mention != nil && un.Kinds&^grammar.NUM != 0 {
		hint(subject.KindHint(un))
	} else {
		hint(passage.HintKey(d.Fold[un.First]))
	}
	d.EachClassAt(d.GrammarAt(s), un.First, hint)
}

// eachOfText names the hints of the sentence as a whole.
func (c *List) eachOfText(hint func(textHint)) {
	d := c.d
	if p := &d.Paragraphs[d.Sentences[c.Sent].Para]; p.Role == contrechamp.RoleTitle || p.Role == contrechamp.RoleHeading {
		hint(textHeading)
	}
	if level, density := d.Nearness(c.Sent); level != draft.LevelHere {
		hint(textContext + textHint(level*draft.Densities+density))
	}
	if c.Sent < 3 {
		hint(textOpening)
	}
	if d.Company != nil {
		hint(textOfCompany)
	}
	hint(textAlways)
	from, _ := slices.BinarySearchFunc(c.rules, c.Sent, func(r ruled, sent int) int { return r.sent - sent })
	for _, r := range c.rules[from:] {
		if r.sent != c.Sent {
			break
		}
		hint(r.hint)
	}
}

// eachOwn names the hints of a mention.
func (c *List) eachOwn(u int, hint func(string)) {
	d := c.d
	un := &d.Sentences[c.Sent].Units[u]
	for t := un.First; t < un.End; t++ {
		hint(passage.HintKey(d.Fold[t]))
	}
	c.EachOwnHint(u, func(h OwnHint) { hint(OwnHintNames[h]) })
}

// Names answers the features of unit u, -1 for the sentence, as a value of target t, without its name: "before contract".
func (c *List) Names(t, u int) []string {
	var out []string
	add := func(p Place, hint string) { out = append(out, hintPlaceNames[p]+" "+hint) }
	for n := range c.d.Sentences[c.Sent].Units {
		if n == u {
			continue
		}
		c.eachOf(n, func(hint string) {
			add(Any, hint)
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
	c.eachOfText(func(h textHint) { add(hintText, textHintNames[h]) })
	if c.claimed>>t&1 != 0 {
		add(hintText, textHintNames[claimedElsewhere])
	}
	return out
}
