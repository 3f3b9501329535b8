package hint

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// Where no rule speaks, the words around a mention may still say that it is the value of a claim: "contract", "signed"
// and "for" around a firm. Each such word, each class of words that the rule files know, and each kind of mention is a hint: it adds
// to the log-odds of a predicate a weight that was fitted on documents with gold (hint.csv), apart for hints right before the
// mention, right behind it, anywhere in the sentence, and of the mention itself. What hints make likely enough is claimed
// like what rules find, and weighed with it.

// Target is a predicate whose values hints look for, or one value of a predicate whose values are no mentions.
type Target struct {
	Name    string           // in the file of weights
	kinds   grammar.Kind     // of the mention that may be the value; none where the sentence as a whole says it: then the rule has it
	Rule    *grammar.Rule    // as which it is proposed
	pattern *grammar.Pattern // of that rule
}

// Targets are all of them; those without a mention come last.
var Targets = func() []Target {
	var out []Target
	for _, t := range []struct {
		predicate contrechamp.Predicate
		kinds     grammar.Kind
		about     string
	}{
		{contrechamp.Vendor, grammar.CO | grammar.NAME, ""},
		{contrechamp.Product, grammar.PRD | grammar.NAME, ""},
		{contrechamp.Programme, grammar.PRG | grammar.NAME, ""},
		{contrechamp.Operator, grammar.POL | grammar.ORG | grammar.CO | grammar.AUT, ""},
		{contrechamp.Objection, grammar.ORG | grammar.AUT | grammar.POL | grammar.PER | grammar.NAME, ""},
		{contrechamp.Home, grammar.DEM | grammar.PLC, "company"},
		{contrechamp.Market, grammar.DEM | grammar.PLC, "company"},
		{contrechamp.Sanction, grammar.AUT | grammar.POL | grammar.PLC | grammar.ORG, "company"},
		{contrechamp.Founded, grammar.DAT, "company"},
		{contrechamp.Since, grammar.DAT, ""},
		{contrechamp.Cost, grammar.MON, ""},
		{contrechamp.Accuracy, grammar.PCT, ""},
		{contrechamp.PersonsTracked, grammar.NUM, ""},
		{contrechamp.DeviceCount, grammar.NUM, ""},
		{contrechamp.Capability, grammar.CAP, ""},
	} {
		r := &grammar.Rule{Id: draft.HintPrefix + string(t.predicate), Predicate: t.predicate, About: t.about}
		r.Country = t.predicate == contrechamp.Home || t.predicate == contrechamp.Market
		if !draft.MayBeDenied(t.predicate) {
			r.Negated = "keep"
		}
		out = append(out, Target{Name: string(t.predicate), kinds: t.kinds, Rule: r})
	}
	for _, stage := range grammar.StageIDs {
		out = append(out, Target{Name: "status " + stage, Rule: stageRule(draft.HintPrefix+string(contrechamp.Status), stage)})
	}
	out = append(out, Target{Name: signOfCapability, kinds: kSIGN, Rule: &grammar.Rule{Predicate: contrechamp.Capability}})
	out = append(out, Target{Name: signOfStage, kinds: kSIGN, Rule: &grammar.Rule{Predicate: contrechamp.Status}})
	for i := range out {
		out[i].pattern = &grammar.Pattern{Rule: out[i].Rule}
	}
	return out
}()

// stageRule is the rule as which a stage is proposed. What ends is often said by a negation ("not renewed"), which denies nothing; of the other stages a
// negation leaves nothing to claim.
func stageRule(id, stage string) *grammar.Rule {
	r := &grammar.Rule{Id: id, Predicate: contrechamp.Status, Constant: stage, Stage: grammar.StageOf(stage), Negated: "drop"}
	if stage == "suspended" || stage == "ended" {
		r.Negated = "keep"
	}
	return r
}

// leastHinted are the log-odds from which hints make a draft: what is less likely than three in ten is hardly ever right whatever else
// speaks for it.
const leastHinted = -0.8

// minHintUnits is how many units a sentence has that is no heading of a list or a name alone.
const minHintUnits = 4

// Hints proposes what the words around mentions make likely, where no rule claims the same of that value.
func (d *Doc) Hints() {
	if len(d.HintWeights.row) == 0 {
		return
	}
	d.hinted, d.signed = d.hinted[:0], d.signed[:0]
	best := d.bestRoom
	var taken map[ValueKey]bool
	d.EachHint(func(c *List, i, u, t int, odds float64) {
		at := hinted{i, u, t, odds}
		d.hinted = append(d.hinted, at)
		if odds < leastHinted {
			return
		}
		v, ok := d.ValueOf(&Targets[t], &d.Sentences[i], u)
		if !ok {
			return
		}
		if taken == nil { // most texts have nothing likely enough
			taken = d.takenValues()
		}
		key := d.keyOf(Targets[t].Rule.Predicate, v)
		old, seen := best[key]
		switch {
		case taken[key] || seen && old.odds >= odds, v.Unit != "" && taken[d.numberKey(Targets[t].Rule.Predicate, v)]:
			return
		case !seen:
			d.bestOrder = append(d.bestOrder, key)
		}
		best[key] = at
	}, func(c *List, g grammar.Sign, unit int, odds float64) {
		if c.w.knows[SignTarget(g)] {
			d.signed = append(d.signed, signed{sent: c.Sent, sign: g, unit: unit, odds: odds})
		}
	})
	stages := map[int]hinted{} // of sentences: one says one stage, the likeliest
	for _, at := range best {
		if old, seen := stages[at.sent]; at.unit < 0 && (!seen || at.odds > old.odds || at.odds == old.odds && at.target < old.target) {
			stages[at.sent] = at
		}
	}
	for _, key := range d.bestOrder {
		at := best[key]
		if at.unit < 0 && stages[at.sent] != at {
			continue
		}
		d.proposeHinted(at)
	}
	d.proposeSigns()
}

// hinted is what the hints of a unit of a sentence, -1 for all of it, add up to for a target, in log-odds.
type hinted struct {
	sent, unit, target int
	odds               float64
}

// Of answers the log-odds that hints give a draft; nothing is known of a value that no mention says.
func (d *Doc) Of(x *draft.Draft) (float64, bool) {
	from, _ := slices.BinarySearchFunc(d.hinted, x.Sent, func(h hinted, sent int) int { return h.sent - sent })
	for _, h := range d.hinted[from:] {
		if h.sent != x.Sent {
			break
		}
		t := &Targets[h.target]
		switch {
		case t.Rule.Predicate != x.Claim.Predicate:
		case h.unit >= 0 && h.unit == x.At, h.unit < 0 && x.Claim.Value.Entity != nil && x.Claim.Value.Entity.ID == t.Rule.Constant:
			return h.odds, true
		}
	}
	return 0, false
}

// proposeHinted proposes what hints make likely.
func (d *Doc) proposeHinted(at hinted) {
	t, u := &Targets[at.target], at.unit
	s := &d.Sentences[at.sent]
	m := passage.Match{Pattern: t.pattern, From: u, To: u + 1}
	for k := range m.Slots {
		m.Slots[k] = -1
	}
	if u < 0 {
		m.From, m.To = 0, len(s.Units)
	} else {
		m.Slots[grammar.ValueSlot] = u
		if in := s.Units[u].Mention; in.Entity == nil && s.Units[u].Kinds&grammar.NAME != 0 && d.NameAs(t.Rule.Predicate, in) == nil {
			return
		}
	}
	v, ok := d.ValueOf(t, s, u)
	if !ok {
		return
	}
	about, ok := d.SubjectFor(t.Rule, s, &m, u)
	if !ok || v.Entity != nil && about.Entities[0].ID == v.Entity.ID {
		return
	}
	g := d.GrammarAt(s)
	c := contrechamp.Claim{Predicate: t.Rule.Predicate, Value: v, Rule: t.Rule.Id + "." + g.Language, Confidence: 0.5}
	if d.Contradicts(s, m.From, m.To, t.Rule.Constant) || t.Rule.Predicate == contrechamp.Capability && d.Untold(s, m.From) || t.Rule.Predicate == contrechamp.Since && d.SinceNoMore(s, m.From) {
		return
	}
	if c.Modality = d.Modality(s, m.From, m.To, t.Rule); c.Modality == contrechamp.Denied && t.Rule.Negated == "drop" {
		return
	}
	disclaimed := d.Disclaimed(s, u, t.Rule.Predicate)
	if disclaimed >= 0 {
		c.Modality = contrechamp.Denied
	}
	before := len(d.Claims)
	d.proposeLikely(at.sent, &m, c, about, "hints", func() string { return d.strongestHints(at) })
	d.ExplainDisclaimed(before, s, u, disclaimed)
}

// proposeLikely proposes what the words around make likely, and shows those that spoke most under a name.
func (d *Doc) proposeLikely(sent int, m *passage.Match, c contrechamp.Claim, about subject.Subject, name string, strongest func() string) {
	before := len(d.Claims)
	d.Firing = m
	d.Propose(sent, m.From, m.To, c, about, nil)
	d.Firing = nil
	if d.Explained && len(d.Claims) > before {
		x := d.Claims[before].Why
		x.Clause = d.Claims[before].Claim.Quote.Exact
		if words := strongest(); words != "" {
			x.Slots = append(x.Slots, contrechamp.Slot{Name: name, Words: words})
		}
	}
}

// mostShownHints is how many words an explanation shows, leastShownHint what each adds at least, in hundredths.
const (
	mostShownHints = 6
	leastShownHint = 10
)

// strongestHints are the words that speak most for what hints make likely, in the order of the text. Articles and the like add
// something too, and tell a reader nothing.
func (d *Doc) strongestHints(at hinted) string {
	c := d.listHints()
	c.collect(at.sent)
	adds := make([]int, len(c.at))
	for n := range c.at {
		var sums Sums
		c.unit(n, at.unit, &sums)
		adds[n] = sums.Of(at.target)
	}
	return d.strongest(at.sent, at.unit, adds)
}

// strongest are the words of a sentence's units that add most, but for the unit that they speak for, in the order of the text.
func (d *Doc) strongest(sent, unit int, adds []int) string {
	s := &d.Sentences[sent]
	var list []int
	for n := range s.Units {
		un := &s.Units[n]
		if n != unit && adds[n] >= leastShownHint && (un.Mention != nil || utf8.RuneCountInString(d.Fold[un.First]) > 3) {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(adds[b], adds[a]) })
	list = list[:min(len(list), mostShownHints)]
	slices.Sort(list)
	var words []string
	for _, n := range list {
		un := s.Units[n]
		words = append(words, d.Words(un.First, un.End))
	}
	return strings.Join(words, " … ")
}

// ValueKey is a predicate with a value.
type ValueKey struct {
	predicate contrechamp.Predicate
	Value     string
}

// keyOf is the key of a predicate with a value, in the memory of the document.
func (d *Doc) keyOf(p contrechamp.Predicate, v contrechamp.Value) ValueKey {
	d.Folding = v.AppendKey(d.Folding[:0])
	return ValueKey{p, d.Written(d.Folding)}
}

// KeyOfDraft is the key of what a draft claims, which is written once.
func (d *Doc) KeyOfDraft(c *draft.Draft) ValueKey {
	if c.Value == "" {
		c.Value = d.keyOf(c.Claim.Predicate, c.Claim.Value).Value
	}
	return ValueKey{c.Claim.Predicate, c.Value}
}

// numberKey is the key of a number whatever it counts: what a rule counts as readers is not to be counted as cameras too.
func (d *Doc) numberKey(p contrechamp.Predicate, v contrechamp.Value) ValueKey {
	v.Unit = ""
	return d.keyOf(p, v)
}

// takenValues are the predicates with the values that rules propose, and the numbers of devices that they count.
func (d *Doc) takenValues() map[ValueKey]bool {
	clear(d.takenRoom)
	for _, c := range d.Claims {
		d.takenRoom[d.KeyOfDraft(c)] = true
		if c.Claim.Predicate == contrechamp.DeviceCount {
			d.takenRoom[d.numberKey(c.Claim.Predicate, c.Claim.Value)] = true
		}
	}
	return d.takenRoom
}

// ValueOf is the value that a unit would be, or the target's own.
func (d *Doc) ValueOf(t *Target, s *passage.Sentence, u int) (contrechamp.Value, bool) {
	if u >= 0 {
		m := s.Units[u].Mention
		switch {
		case t.Rule.Predicate == contrechamp.DeviceCount:
			if m.Quantity == nil || m.Quantity.Number < 1 || m.Quantity.Number != float64(int64(m.Quantity.Number)) {
				return contrechamp.Value{}, false
			}
			return contrechamp.Value{Number: m.Quantity.Number, Unit: d.nearestDevice(s, u), Qualifier: m.Quantity.Qualifier}, true
		case m.Entity == nil && s.Units[u].Kinds&grammar.NAME != 0:
			// a name that nobody knows becomes an entity when it is claimed
			name := d.Words(m.First, m.End)
			return contrechamp.Value{Entity: &contrechamp.EntityRef{ID: "x-name-" + naming.Slug(name), Names: []string{name}}}, true
		}
	}
	m := passage.Match{From: max(u, 0), To: max(u, 0) + 1}
	return d.Value(t.Rule, s, u, &m)
}

// nearestDevice is the unit of the devices named next to unit u in its sentence, else of those named last before it, else cameras.
func (d *Doc) nearestDevice(s *passage.Sentence, u int) string {
	unit, best := "camera", len(s.Units)
	if before, ok := d.deviceBefore(d.SentenceAt(s.First)); ok {
		unit = before.unit
	}
	for n := range s.Units {
		if s.Units[n].Kinds&grammar.DEV != 0 && s.Units[n].Mention.Unit != "" {
			if far := max(n-u, u-n); far < best {
				best, unit = far, s.Units[n].Mention.Unit
			}
		}
	}
	return unit
}

// Hint is a mention, or a sentence, that may be the value of a target, with its hints: for fitting their weights.
type Hint struct {
	Target    string
	Predicate contrechamp.Predicate
	Value     contrechamp.Value
	Sentence  string
	Hints     []string // "before contract": a place and a hint
	Sign      string   // "" where it is no sign
	OfSign    []string // what speaks for that sign alone
	Claimed   bool     // a rule claims it in the same sentence
}
