package claim

import (
	"maps"
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
)

// The evidence layer reads what no rule says in one pattern. In a text about surveillance every mention that a predicate
// takes is a candidate for it: each firm for a vendor, each body for an operator, each date for a start. What speaks for
// and against it are the families of words around it (the classes of the rule files), wherever they stand: in its clause,
// its sentence, the sentence before. The model of confidence weighs them (confidence.go), and the least confidence
// decides. So a text that says it in words that no pattern foresaw is still heard, with a confidence that is lower.

// families are the classes whose words are evidence, by the name that features have for them. A language may lack some.
var families = []struct{ name, class string }{
	{"supply", "supply"}, {"supply", "supplied"}, {"supply", "buy"}, {"firm", "firm"}, {"label", "label"}, {"use", "user"}, {"runs", "runs"},
	{"object", "object"}, {"object", "contest"}, {"strong", "strong"}, {"ban", "ban"}, {"sells", "sells"}, {"owns", "owns"},
	{"start", "start"}, {"start", "set-go"}, {"nostart", "nostart"}, {"trial", "trial"}, {"trial", "set-test"}, {"launched", "launched"}, {"launched", "set-live"},
	{"stopped", "stopped"}, {"stopped", "set-hold"}, {"ended", "ended"}, {"ended", "set-off"}, {"costs", "costs"}, {"nocost", "nocost"},
	{"plan", "planning"}, {"plan", "set-plan"}, {"plan", "future"}, {"hedge", "hedge"}, {"system", "system"}, {"surveil", "surveil"}, {"said", "said"}, {"selon", "selon"},
	{"approves", "approves"}, {"law", "law"}, {"document", "document"}, {"product noun", "product-noun"}, {"programme noun", "programme-noun"}, {"named", "named"},
	{"negation", "negation"}, {"role", "role"}, {"person", "person"}, {"unplace", "unplace"}, {"founded", "founded-as"}, {"non-device", "non-device"}, {"town", "town"},
	{"police", "police"}, {"regulator", "regulator"}, {"court", "court"}, {"ngo", "ngo"}, {"press", "press"}, {"state", "state"}, {"more", "more"},
	{"recognise", "recognise"}, {"read", "read"}, {"follow", "follow"}, {"analyse", "analyse"}, {"picture", "picture"}, {"footage", "footage"}, {"deploy", "deploy"},
	{"~supply", "cue.supply"}, {"~operate", "cue.operate"}, {"~contest", "cue.contest"}, {"~begin", "cue.begin"}, {"~spend", "cue.spend"}, {"~grant", "cue.grant"},
	{"~trial", "cue.trial"}, {"~live", "cue.live"}, {"~halt", "cue.halt"}, {"~end", "cue.end"}, {"~plan", "cue.plan"}, {"~abroad", "cue.abroad"}, {"~punish", "cue.punish"},
	{"~origin", "cue.origin"}, {"~owner", "cue.owner"}, {"~precise", "cue.precise"}, {"~crowded", "cue.crowded"}, {"~named", "cue.named"}, {"~product", "cue.product"},
}

// familyNames are the names of the families by number.
var familyNames = func() []string {
	var out []string
	for _, f := range families {
		if !slices.Contains(out, f.name) {
			out = append(out, f.name)
		}
	}
	return out
}()

// Where a family's word may stand, as features say it.
const (
	standsBefore = iota
	standsBehind
	closeBefore
	closeBehind
	inSentence
	inSentenceBefore
	isAsked
	standings
)

// standing are the names of the features of each family.
var standing = func() [][standings]string {
	out := make([][standings]string, len(familyNames))
	for n, name := range familyNames {
		for i, where := range [standings]string{" before", " behind", " close before", " close behind", " in the sentence", " in the sentence before", " asked"} {
			out[n][i] = name + where
		}
	}
	return out
}()

// familySet is a set of families.
type familySet [2]uint64

func (f familySet) has(n int) bool { return f[n/64]&(1<<(n%64)) != 0 }

func (f *familySet) set(n int) { f[n/64] |= 1 << (n % 64) }

func (f familySet) with(o familySet) familySet { return familySet{f[0] | o[0], f[1] | o[1]} }

// only is f without those of the others.
func (f familySet) only(others ...familySet) familySet {
	for _, o := range others {
		f[0] &^= o[0]
		f[1] &^= o[1]
	}
	return f
}

// evident holds, for each class of a language, its family's number plus one; 0 for none. hints holds the capability that
// a class "hint.ID" stands for.
func (g *grammar) evident() ([]uint8, map[int32]string) {
	g.evidentOnce.Do(func() {
		g.evidence, g.hints = make([]uint8, g.next), map[int32]string{}
		for _, f := range families {
			if id, ok := g.classes[f.class]; ok {
				g.evidence[id] = uint8(slices.Index(familyNames, f.name) + 1)
			}
		}
		g.evidenceRules = map[contrechamp.Predicate]string{}
		for _, p := range contrechamp.Predicates() {
			g.evidenceRules[p] = "evidence." + string(p) + "." + g.language
		}
		for name, id := range g.classes {
			if capability, ok := strings.CutPrefix(name, "hint."); ok {
				g.hints[id] = capability
				g.hintSet.add(id)
			}
		}
	})
	return g.evidence, g.hints
}

// familiesIn collects the families of the words in units [from, to).
func (d *doc) familiesIn(s *sentence, from, to int) familySet {
	g := d.grammarAt(s)
	var out familySet
	for u := max(from, 0); u < min(to, len(s.units)); u++ {
		unit := &s.units[u]
		if unit.mention != nil && unit.kinds&(kDEV|kPOL|kAUT|kORG|kCAP) == 0 {
			continue
		}
		for t := unit.first; t < unit.end; t++ {
			e := d.known[t]
			out = out.with(g.entryFamilies[e.id])
			for _, h := range e.hits[e.known:] { // phrases
				if n := g.evidence[h.class]; n > 0 {
					out.set(int(n) - 1)
				}
			}
			if d.ends(g, t, g.futures) {
				out.set(planFamily)
			}
		}
	}
	return out
}

// planFamily is the family of words of a plan, to which future endings belong.
var planFamily, systemFamily = slices.Index(familyNames, "plan"), slices.Index(familyNames, "system")

// evidence proposes the candidates of all sentences.
func (d *doc) evidence() {
	if !d.topical && !d.surveils {
		return
	}
	d.settled = true
	w := &witness{d: d, seen: map[string]int{}, claimed: map[string]bool{}, modalOf: -1}
	for _, c := range d.claims {
		if e := c.claim.Value.Entity; e != nil {
			w.claimed[e.ID] = true
		}
	}
	for _, m := range d.mentions {
		if m.entity != nil {
			w.seen[m.entity.ID]++
		}
	}
	rules := slices.Clone(d.claims)
	slices.SortStableFunc(rules, func(a, b *draft) int { return a.sent - b.sent })
	d.findLevels()
	d.heard = sized(d.heard, len(d.sents)+1)
	for i := range d.sents {
		d.heard[i] = w.speaks(i)
	}
	for _, c := range d.claims {
		d.heard[c.sent] = true
	}
	for i := range d.sents {
		d.steps++
		if d.heard[i] || d.heard[i+1] {
			w.enter(i) // what a sentence says bears on the next one, too
		}
		for len(rules) > 0 && rules[0].sent == i {
			x := rules[0]
			rules = rules[1:]
			w.testify(x, w.features(x.claim.Predicate, x.at, x.claim.Value, ""))
		}
		if w.speaks(i) {
			w.sentence()
		}
	}
}

// witness collects the evidence of one text.
type witness struct {
	d                *doc
	seen             map[string]int  // how often an entity is named
	claimed          map[string]bool // values that rules claimed
	i                int             // the sentence
	s                *sentence
	all              familySet   // of the sentence
	before           familySet   // of the sentence before, in its paragraph
	asked            familySet   // of the question before
	kinds            kind        // of the mentions in the sentence
	unit             []familySet // of each unit of the sentence
	last             familySet   // of the sentence before, whatever its paragraph
	room             []feature
	hinted           []feature // of the capability that is hinted at
	modalOf, modalAt int       // whose modality is known: sentence and unit
	modal            [2]contrechamp.Modality
}

// families collects the families of the words in units [from, to) of the sentence.
func (w *witness) families(from, to int) (out familySet) {
	for _, f := range w.unit[max(from, 0):max(from, 0, min(to, len(w.unit)))] {
		out = out.with(f)
	}
	return out
}

// enter collects what the sentence as a whole says.
func (w *witness) enter(i int) {
	d := w.d
	s := &d.sents[i]
	w.asked = familySet{}
	w.last = w.all
	w.i, w.s, w.all, w.before, w.kinds = i, s, familySet{}, familySet{}, 0
	w.unit = w.unit[:0]
	for u := range s.units {
		f := d.familiesIn(s, u, u+1)
		w.unit = append(w.unit, f)
		w.all = w.all.with(f)
	}
	if i > 0 {
		if o := &d.sents[i-1]; o.para == s.para || d.asks(i-1) || d.paras[o.para].end-d.paras[o.para].first < shortPara {
			if d.asks(i - 1) {
				w.asked = w.last
			} else {
				w.before = w.last
			}
		}
	}
	for u := range s.units {
		w.kinds |= s.units[u].kinds
	}
}

// speaks reports whether a sentence may have candidates: it asks nothing, and words of surveillance are near.
func (w *witness) speaks(i int) bool {
	d := w.d
	if d.asks(i) {
		return false
	}
	level, density := d.levels[i], d.densityAt(i)
	return !(level == levelFar && density < 2 || level == levelBeside && density == 0)
}

// sentence proposes the candidates of the sentence.
func (w *witness) sentence() {
	s := w.s
	for u := range s.units {
		if s.units[u].mention != nil {
			w.mention(u)
		}
	}
	w.stages()
	w.hints()
}

// mention proposes what the mention at unit u may be the value of.
func (w *witness) mention(u int) {
	d, s := w.d, w.s
	m, kinds := s.units[u].mention, s.units[u].kinds
	if m.entity != nil {
		if kinds&(kCO|kPRD) != 0 {
			w.propose(contrechamp.Vendor, u, d.makerOf(m))
		}
		if kinds&kPRD != 0 && m.entity.Kind == contrechamp.KindProduct {
			w.propose(contrechamp.Product, u, m.entity)
		}
		if kinds&kPRG != 0 {
			w.propose(contrechamp.Programme, u, m.entity)
		}
		if kinds&(kPOL|kORG|kCO|kAUT) != 0 {
			w.propose(contrechamp.Operator, u, m.entity)
		}
		if kinds&(kORG|kAUT|kPER|kPOL) != 0 {
			w.propose(contrechamp.Objection, u, m.entity)
		}
		if kinds&(kAUT|kPOL|kORG) != 0 || kinds&kPLC != 0 && (d.e.isCountry(m.entity) || d.e.isArea(m.entity)) {
			w.propose(contrechamp.Sanction, u, m.entity)
		}
		if kinds&(kPLC|kDEM) != 0 && d.e.isCountry(m.entity) {
			w.propose(contrechamp.Home, u, m.entity)
		}
		if kinds&kPLC != 0 {
			w.propose(contrechamp.Market, u, m.entity)
		}
		if kinds&kCO != 0 {
			w.propose(contrechamp.Owner, u, m.entity)
		}
	} else if kinds&kNAME != 0 {
		name := d.words(m.first, m.end)
		w.propose(contrechamp.Vendor, u, d.made(contrechamp.KindCompany, name))
		w.propose(contrechamp.Product, u, d.made(contrechamp.KindProduct, name))
		w.propose(contrechamp.Programme, u, d.made(contrechamp.KindProgramme, name))
		w.propose(contrechamp.Objection, u, d.made(contrechamp.KindOrganisation, name))
	}
	if m.quantity != nil {
		w.number(u, m, kinds)
	}
	if m.date != nil && m.date.Part != calendar.Now {
		date := m.date.Date
		if d.planned(s, u, u+1) || d.nearer(m.date) {
			date = m.date.Next
		}
		if !date.IsZero() {
			w.add(contrechamp.Since, u, contrechamp.Value{Date: date}, "")
			w.add(contrechamp.Founded, u, contrechamp.Value{Date: date}, "")
		}
	}
}

// makerOf is the firm of a mention that is a product's name and a firm's.
func (d *doc) makerOf(m *mention) *contrechamp.Entity {
	if m.entity.Kind == contrechamp.KindProduct {
		for _, o := range m.others {
			if o.Kind == contrechamp.KindCompany {
				return o
			}
		}
	}
	return m.entity
}

func (w *witness) number(u int, m *mention, kinds kind) {
	d, s := w.d, w.s
	q := m.quantity
	switch {
	case kinds&kMON != 0:
		if unit := d.currency(m); unit != "" {
			w.add(contrechamp.Cost, u, contrechamp.Value{Number: q.Number, Unit: unit, Qualifier: q.Qualifier}, "")
		}
	case kinds&kPCT != 0:
		w.add(contrechamp.Accuracy, u, contrechamp.Value{Number: q.Number, Unit: "percent", Qualifier: q.Qualifier}, "")
	case kinds&kNUM != 0 && q.Number >= 2 && q.Number == float64(int64(q.Number)):
		k := &d.grammarAt(s).known
		for n := u + 1; n < len(s.units) && n < u+5 && !s.units[n].stop; n++ {
			if d.is(s.units[n].first, k.personUnit) > 0 {
				w.add(contrechamp.PersonsTracked, u, contrechamp.Value{Number: q.Number, Unit: "person", Qualifier: q.Qualifier}, "")
				return
			}
		}
		if q.Number > mostCarried {
			return
		}
		if unit, why := w.counted(u); unit != "" {
			w.add(contrechamp.DeviceCount, u, contrechamp.Value{Number: q.Number, Unit: unit, Qualifier: q.Qualifier}, why)
		}
	}
}

// counted guesses which devices the number at unit u counts: those named in its sentence, then those named before.
func (w *witness) counted(u int) (string, string) {
	d, s := w.d, w.s
	unit, best := "", 100
	for n := range s.units {
		if s.units[n].kinds&kDEV == 0 {
			continue
		}
		if far := max(n-u, u-n); far < best {
			unit, best = s.units[n].mention.unit, far
		}
	}
	switch {
	case unit != "" && best <= 4:
		return unit, "devices close"
	case unit != "":
		return unit, "devices in the sentence"
	}
	for i := w.i - 1; i >= 0 && i >= w.i-3; i-- {
		o := &d.sents[i]
		for n := len(o.units) - 1; n >= 0; n-- {
			if o.units[n].kinds&kDEV != 0 {
				if o.para == s.para {
					return o.units[n].mention.unit, "devices before"
				}
				return o.units[n].mention.unit, "devices in another paragraph"
			}
		}
	}
	return "", ""
}

// stages proposes what the words of a sentence say of how far a deployment is.
func (w *witness) stages() {
	for i := range stageWords {
		st := &stageWords[i]
		if u := w.firstOf(st.families[:]); u >= 0 {
			w.add(contrechamp.Status, u, w.d.entityValue(stageOf(st.id)), st.note)
		}
	}
}

// stageWords are the families whose words say how far a deployment is.
var stageWords = func() (out []stageWord) {
	for _, st := range [][3]string{
		{"planned", "plan", "~plan"}, {"trial", "trial", "~trial"}, {"operational", "launched", "~live"}, {"suspended", "stopped", "~halt"}, {"ended", "ended", "~end"},
	} {
		out = append(out, stageWord{st[0], "stage " + st[0], [2]int{slices.Index(familyNames, st[1]), slices.Index(familyNames, st[2])}})
	}
	return out
}()

type stageWord struct {
	id, note string
	families [2]int
}

// firstOf is the first unit of the sentence with a word of the first family, or else of the next, -1 for none.
func (w *witness) firstOf(families []int) int {
	for _, n := range families {
		if !w.all.has(n) {
			continue
		}
		for u := range w.s.units {
			if w.unit[u].has(n) {
				return u
			}
		}
	}
	return -1
}

// hints proposes the capabilities that the words of a sentence hint at, where no word and no verb says them outright: a
// face, a plate, a crowd beside devices and words for watching.
func (w *witness) hints() {
	d, s := w.d, w.s
	g := d.grammarAt(s)
	_, hints := g.evident()
	var first, count map[string]int
	for u := range s.units {
		unit := &s.units[u]
		if unit.mention != nil && unit.kinds&(kDEV|kCAP) == 0 {
			continue
		}
		for t := unit.first; t < unit.end; t++ {
			if !d.sets[t].meets(&g.hintSet) {
				continue
			}
			for _, h := range d.known[t].hits {
				if id, ok := hints[h.class]; ok {
					if first == nil {
						first, count = map[string]int{}, map[string]int{}
					}
					if _, old := first[id]; !old {
						first[id] = u
					}
					count[id]++
				}
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(first)) {
		if e := d.e.capabilities[id]; e != nil {
			u := first[id]
			note := "hint of " + id
			w.hinted = w.hinted[:0]
			has := func(f string) {
				w.hinted = append(w.hinted, feature{group: evidenceOf(contrechamp.Capability), name: id + ", " + f, value: 1})
			}
			for _, verb := range hintVerbs {
				if w.all.has(verb) {
					has(familyNames[verb])
				}
			}
			if w.kinds&kDEV != 0 {
				has("devices")
			}
			if w.kinds&kCAP != 0 {
				has("another capability")
			}
			if count[id] > 1 {
				has("hinted twice")
			}
			w.add(contrechamp.Capability, u, d.entityValue(e), note)
			w.hinted = w.hinted[:0]
		}
	}
}

// hintVerbs are the families that a hint is weighed with.
var hintVerbs = func() (out []int) {
	for _, name := range []string{"recognise", "read", "follow", "analyse", "use", "~operate", "picture"} {
		out = append(out, slices.Index(familyNames, name))
	}
	return out
}()

func (w *witness) propose(p contrechamp.Predicate, u int, e *contrechamp.Entity) {
	if e == nil || e.Kind == contrechamp.KindCapability {
		return
	}
	if p == contrechamp.Market && w.d.company == nil && w.d.product == nil && !w.all.has(sellFamily) && !w.all.has(abroadFamily) {
		return
	}
	w.add(p, u, w.d.entityValue(e), "")
}

// words of selling
var sellFamily, abroadFamily = slices.Index(familyNames, "sells"), slices.Index(familyNames, "~abroad")

// add makes one candidate, with its evidence, unless it could not come to the least confidence whatever its subject: most
// cannot, and finding a subject is most of the work.
func (w *witness) add(p contrechamp.Predicate, u int, value contrechamp.Value, note string) {
	d := w.d
	evidence := append(w.features(p, u, value, note), w.hinted...)
	w.room = evidence
	if !d.explained && Logistic(d.e.model.atMost(p, d.e.model.sum(evidence))) < d.e.leastOf("evidence.") {
		return
	}
	about, ok := w.subject(p, u, value)
	if !ok {
		return
	}
	w.claim(p, u, value, evidence, about)
	if p == contrechamp.Sanction || p == contrechamp.Home {
		w.others(p, u, value, evidence, about)
	}
}

// evidenceAtOnce is for how many features room is made at once.
const evidenceAtOnce = 1024

// testify gives a draft its evidence.
func (w *witness) testify(x *draft, evidence []feature) {
	d := w.d
	if n := len(evidence) + 1; cap(d.evidenceRoom)-len(d.evidenceRoom) < n {
		d.evidenceRoom = make([]feature, 0, max(evidenceAtOnce, n)) // that of the drafts before keeps its memory
	}
	from := len(d.evidenceRoom)
	d.evidenceRoom = append(d.evidenceRoom, evidence...)
	d.evidenceRoom = append(d.evidenceRoom, feature{group: evidenceOf(x.claim.Predicate), name: stepText(x.step), value: 1})
	x.evidence = d.evidenceRoom[from:len(d.evidenceRoom):len(d.evidenceRoom)]
	x.score = w.d.e.model.sum(x.evidence)
}

// others makes the same claim of the other firms of a list: "Hikvision, Dahua and Megvii are among them".
func (w *witness) others(p contrechamp.Predicate, u int, value contrechamp.Value, evidence []feature, about subjectOf) {
	s := w.s
	for n := range s.units {
		m := s.units[n].mention
		if m == nil || s.units[n].kinds&(kCO|kPRD) == 0 || m.entity == nil || m.entity == about.entities[0] || value.Entity != nil && value.Entity.ID == m.entity.ID {
			continue
		}
		if p == contrechamp.Home && (m.entity.Country == "" || value.Entity.ID != "place-"+strings.ToLower(m.entity.Country)) {
			continue // the lexicon knows better whose country it is
		}
		w.claim(p, u, value, evidence, subjectOf{[]*contrechamp.Entity{m.entity}, "another firm"})
	}
}

// modality is the document's, asked once for all predicates of a mention.
func (w *witness) modality(u int, r *rule) contrechamp.Modality {
	if w.modalOf != w.i || w.modalAt != u {
		w.modalOf, w.modalAt, w.modal = w.i, u, [2]contrechamp.Modality{}
	}
	known := &w.modal[0]
	if r != nil {
		known = &w.modal[1]
	}
	if *known == "" {
		*known = w.d.modality(w.s, u, u+1, r)
	}
	return *known
}

// claim proposes a candidate of a subject.
func (w *witness) claim(p contrechamp.Predicate, u int, value contrechamp.Value, evidence []feature, about subjectOf) {
	d, s := w.d, w.s
	r := evidenceRule
	if p == contrechamp.Market || p == contrechamp.Sanction || p == contrechamp.Vendor || p == contrechamp.Capability {
		r = nil // what is denied of a firm is said of it
	}
	c := contrechamp.Claim{Predicate: p, Value: value, Rule: d.grammarAt(s).evidenceRules[p], Confidence: 0.5}
	c.Modality = w.modality(u, r)
	if p == contrechamp.Status {
		c.Modality = contrechamp.Asserted
		if value.Entity.ID == "planned" {
			c.Modality = contrechamp.Planned
		}
	}
	before := len(d.claims)
	d.propose(w.i, u, u+1, c, about, nil)
	if len(d.claims) > before {
		x := d.claims[before]
		x.candidate = true
		w.testify(x, evidence)
	}
}

// Levels of a sentence: how near the words for surveillance are.
const (
	levelFar    = iota // in no sentence beside it
	levelBeside        // in the sentence before it or behind it, in its paragraph or beside it among short ones
	levelHere
)

// findLevels decides for each sentence how near it is to words for surveillance: devices, capabilities, products, named
// systems. A sentence of something else in such a text claims nothing, however well its words would fit.
func (d *doc) findLevels() {
	d.levels = sized(d.levels, len(d.sents))
	here := 0
	for _, c := range d.claims {
		if c.claim.Predicate == contrechamp.Capability {
			d.levels[c.sent] = levelHere
		}
	}
	for i := range d.sents {
		s := &d.sents[i]
		for u := range s.units {
			m := s.units[u].mention
			if m != nil && (m.kinds&(kDEV|kCAP|kPRG) != 0 || m.kinds&kPRD != 0 && m.entity != nil && m.entity.Kind == contrechamp.KindProduct) {
				d.levels[i] = levelHere
				break
			}
		}
		if class, ok := d.grammarAt(s).classes["cue.here"]; ok && d.levels[i] != levelHere && d.any(s.first, s.end, class) >= 0 {
			d.levels[i] = levelHere
		}
		if d.levels[i] == levelHere {
			here++
		}
	}
	for i := range d.sents {
		if d.levels[i] == levelHere {
			continue
		}
		for _, j := range [2]int{i - 1, i + 1} {
			if j < 0 || j >= len(d.sents) || d.levels[j] != levelHere {
				continue
			}
			if p, q := d.sents[i].para, d.sents[j].para; p == q || max(p-q, q-p) == 1 && (d.short(p) || d.short(q)) {
				d.levels[i] = levelBeside
			}
		}
	}
	if len(d.sents) > 0 {
		d.density = float64(here) / float64(len(d.sents))
	}
}

func (d *doc) short(para int) bool { return d.paras[para].end-d.paras[para].first < shortPara }

// Shares of sentences that speak of surveillance: below thin it is one topic among others, from dense on the text has no
// other.
const (
	thin  = 0.3
	dense = 0.45
)

// contexts are the features that say how near the words for surveillance are, by level and by density.
var contexts = [2][3]string{
	levelFar:    {"context: far in a thin text", "context: far", "context: far in a dense text"},
	levelBeside: {"context: beside in a thin text", "context: beside", "context: beside in a dense text"},
}

// context is the feature of a sentence, "" where it speaks of surveillance itself.
func (d *doc) context(sent int) string {
	if sent >= len(d.levels) || d.levels[sent] == levelHere {
		return ""
	}
	return contexts[d.levels[sent]][d.densityAt(sent)]
}

// densityAt tells how dense the text is around a sentence: 0 for thin, 2 for dense.
func (d *doc) densityAt(sent int) int {
	const window = 6
	from, to := max(0, sent-window), min(len(d.levels), sent+window+1)
	here := 0
	for _, l := range d.levels[from:to] {
		if l == levelHere {
			here++
		}
	}
	// of the whole text, and of what stands around
	switch density := (float64(here)/float64(to-from) + d.density) / 2; {
	case density < thin:
		return 0
	case density < dense:
		return 1
	}
	return 2
}

// evidenceRule says how negations bear on a candidate: not at all, as most of them belong to another verb.
var evidenceRule = &rule{negated: "keep"}

// subject resolves what a candidate is about.
func (w *witness) subject(p contrechamp.Predicate, u int, value contrechamp.Value) (subjectOf, bool) {
	d, s := w.d, w.s
	switch p {
	case contrechamp.Capability:
		out := d.capabilitySubject(s, u, u+1)
		return out, len(out.entities) > 0
	case contrechamp.Home, contrechamp.Market, contrechamp.Owner, contrechamp.Founded, contrechamp.Sanction:
		e, step := w.firmNear(u, value)
		if e == nil {
			return subjectOf{}, false
		}
		return subjectOf{[]*contrechamp.Entity{e}, step}, true
	case contrechamp.Accuracy:
		if e := d.productAt(s, u, u+1); e != nil {
			return subjectOf{[]*contrechamp.Entity{e}, "product"}, true
		}
		if d.product != nil {
			return subjectOf{[]*contrechamp.Entity{d.product}, "product"}, true
		}
	}
	var out subjectOf
	if m := s.units[u].mention; m != nil && p == contrechamp.Operator && m.entity != nil {
		if place := d.placeOf(m); place != nil {
			out = d.about("slot", place, nil)
		}
	}
	if len(out.entities) == 0 {
		out = d.deployment(p, s, u, u+1)
	}
	if p == contrechamp.Objection && d.company != nil && (d.main.entity == nil || !d.titled(d.main.entity)) {
		out = subjectOf{[]*contrechamp.Entity{d.companyAt(s)}, "company"}
	}
	if p == contrechamp.Vendor {
		// who makes a product is said of the product too
		for n := range s.units {
			m := s.units[n].mention
			if m != nil && s.units[n].kinds&kPRD != 0 && m.entity != nil && m.entity.Kind == contrechamp.KindProduct && !slices.Contains(out.entities, m.entity) {
				out.entities = append(slices.Clone(out.entities), m.entity)
				break
			}
		}
	}
	if e := value.Entity; e != nil && p != contrechamp.Status {
		out.entities = slices.DeleteFunc(slices.Clone(out.entities), func(x *contrechamp.Entity) bool { return x.ID == e.ID })
	}
	return out, len(out.entities) > 0
}

// firmNear is the firm that a mention stands beside: before it in its sentence, then behind it, then the last one.
func (w *witness) firmNear(u int, value contrechamp.Value) (*contrechamp.Entity, string) {
	d, s := w.d, w.s
	fits := func(n int) *contrechamp.Entity {
		m := s.units[n].mention
		if m == nil || s.units[n].kinds&(kCO|kPRD) == 0 || m.entity == nil || n == u {
			return nil
		}
		e := d.makerOf(m)
		if value.Entity != nil && e.ID == value.Entity.ID {
			return nil
		}
		return e
	}
	const close = 3 // "the Chinese firm X"
	for n := u + 1; n < len(s.units) && n <= u+close && !s.units[n].stop && !s.units[n].comma; n++ {
		if e := fits(n); e != nil {
			return e, "firm right behind"
		}
	}
	for n := u - 1; n >= 0; n-- {
		if e := fits(n); e != nil {
			return e, "firm before"
		}
	}
	for n := u + 1; n < len(s.units); n++ {
		if e := fits(n); e != nil {
			return e, "firm behind"
		}
	}
	if e := d.sections[s.para].company; e != nil {
		return e, "section"
	}
	if e := d.previousSubject(s); e != nil {
		return e, "previous subject"
	}
	if d.company != nil {
		return d.companyAt(s), "company"
	}
	return nil, ""
}

// features says what speaks for and against a candidate.
func (w *witness) features(p contrechamp.Predicate, u int, value contrechamp.Value, note string) []feature {
	d, s := w.d, w.s
	out := w.room[:0]
	group := evidenceOf(p)
	weights := d.e.model.grouped[group]
	has := func(name string) { out = append(out, feature{group, true, name, weights[name]}) }
	stands := func(n, where int) {
		out = append(out, feature{group, true, standing[n][where], d.e.model.standing[group][n][where]})
	}
	kindly := func(k, where int) {
		out = append(out, feature{group, true, kindFeatures[k][where], d.e.model.kindWeight[group][k][where]})
	}
	start, end := clause(s, u, u+1)
	left, right := w.families(start, u), w.families(u+1, end)
	rest := w.all.only(left, right)
	before := w.before.only(w.all)
	const close = 5
	leftClose, rightClose := w.families(max(start, u-close), u), w.families(u+1, min(end, u+1+close))
	any := left.with(right).with(rest).with(before).with(w.asked)
	for n := range familyNames {
		if !any.has(n) {
			continue
		}
		if leftClose.has(n) {
			stands(n, closeBefore)
		}
		if rightClose.has(n) {
			stands(n, closeBehind)
		}
		switch {
		case left.has(n):
			stands(n, standsBefore)
			if right.has(n) {
				stands(n, standsBehind)
			}
		case right.has(n):
			stands(n, standsBehind)
		case rest.has(n):
			stands(n, inSentence)
		case before.has(n):
			stands(n, inSentenceBefore)
		}
		if w.asked.has(n) {
			stands(n, isAsked)
		}
	}
	m := s.units[u].mention
	switch {
	case p == contrechamp.Status || p == contrechamp.Capability:
	case d.behindPreposition(s, u):
		has("behind a preposition")
		for n := u - 1; n >= 0 && n >= u-3; n-- {
			if d.is(s.units[n].first, d.grammarAt(s).known.preposition) > 0 {
				has(prepositionFamily(d.fold[s.units[n].first]))
				break
			}
		}
	case u == 0 || u == 1 && s.units[0].mention == nil:
		has("at the head")
	}
	if u > 0 {
		switch mark := d.fold[s.units[u-1].first]; mark {
		case ":", "|":
			has("behind a label")
		case ",", "(":
			has("behind a comma")
		}
	}
	if u+1 < len(s.units) && s.units[u+1].comma {
		has("before a comma")
	}
	near := kind(0)
	for n := start; n < end; n++ {
		if n != u {
			near |= s.units[n].kinds
		}
	}
	for k := range kindCount {
		bit := kind(1 << k)
		switch {
		case near&bit != 0:
			kindly(k, 0)
		case w.kinds&bit != 0 && s.units[u].kinds&bit == 0:
			kindly(k, 1)
		}
	}
	deployed := near&(kDEV|kCAP|kPRD|kPRG) != 0
	if deployed {
		has("devices in the clause")
	}
	if left.has(systemFamily) || right.has(systemFamily) {
		has("a system in the clause")
		deployed = true
	}
	if note != "" {
		has(note)
		switch {
		case deployed:
			has(note + ", devices in the clause")
		case w.kinds&(kDEV|kCAP|kPRD|kPRG) != 0:
			has(note + ", devices in the sentence")
		}
	}
	if !d.surveilled(s.para) {
		has("no device in the paragraph")
	}
	if d.company != nil {
		has("text about a company")
	}
	if d.product != nil {
		has("text about a product")
	}
	if d.quoted[s.units[u].first] > 0 {
		has("quoted")
	}
	if v := d.voiceAt(s, s.units[u].first); v != nil {
		has("somebody speaks")
		if m != nil && m.entity != nil && v.entity == m.entity {
			has("the speaker")
		}
	} else {
		for i := range s.voices {
			if m != nil && m.entity != nil && s.voices[i].entity == m.entity {
				has("the speaker")
				break
			}
		}
	}
	switch d.paras[s.para].role {
	case contrechamp.RoleTitle:
		has("in a title")
	case contrechamp.RoleHeading:
		has("in a heading")
	case contrechamp.RoleItem:
		has("in an item")
	case contrechamp.RoleMeta:
		has("in a meta line")
	}
	if s.para <= 3 {
		has("early")
	}
	if value.Entity != nil && m != nil && p != contrechamp.Status && p != contrechamp.Capability {
		w.nameFeatures(p, u, m, value, has)
	}
	if m != nil && m.date != nil {
		switch {
		case value.Date.Day > 0:
			has("day")
		case value.Date.Month > 0:
			has("month")
		default:
			has("year")
		}
		if m.date.Relative {
			has("reckoned")
		}
		if now := d.text.Published.Date; !now.IsZero() && later(value.Date, now) {
			has("to come")
		}
	}
	if m != nil && m.quantity != nil {
		switch n := value.Number; {
		case n < 10:
			has("small number")
		case n >= 1000:
			has("large number")
		}
		if d.countsOther(s, u) {
			has("something else counted")
		}
	}
	w.room = out
	return out
}

// kindFeatures are the names of what a kind of mention says in the clause, in the sentence, and of the value itself.
var kindFeatures = func() (out [kindCount][3]string) {
	for k := range kindCount {
		name := kindName(1 << k)
		out[k] = [3]string{name + " in the clause", name + " in the sentence", "is " + name}
	}
	return out
}()

// nameFeatures says what is known of a name.
func (w *witness) nameFeatures(p contrechamp.Predicate, u int, m *mention, value contrechamp.Value, has func(string)) {
	d := w.d
	kinds := w.s.units[u].kinds
	for k := range kindCount {
		if kinds&(1<<k) != 0 {
			has(kindFeatures[k][2])
		}
	}
	switch {
	case m.generic:
		has("generic")
	case strings.HasPrefix(value.Entity.ID, "x-"):
		has("by shape")
	default:
		has("known")
	}
	if m.weak {
		has("weak")
	}
	switch n := w.seen[value.Entity.ID]; {
	case n >= 3:
		has("named often")
	case n == 2:
		has("named twice")
	}
	if w.claimed[value.Entity.ID] {
		has("claimed by a rule")
	}
	if e := m.entity; e != nil {
		if d.titled(e) {
			has("in the title")
		}
		if e == d.company {
			has("the text's company")
		}
		if place := d.placeOf(m); place != nil && d.main.entity != nil {
			if place == d.main.entity {
				has("of the main place")
			} else {
				has("of another place")
			}
		}
	}
	if p == contrechamp.Home {
		if e, _ := w.firmNear(u, value); e != nil && e.Country != "" {
			if c := d.e.country(e.Country); c != nil && c.ID == value.Entity.ID {
				has("as the lexicon says")
			} else {
				has("not as the lexicon says")
			}
		}
	}
	if m.end-m.first > 1 {
		has("several words")
	}
	if allCapitals(d.words(m.first, m.end)) {
		has("capitals")
	}
}

// prepositionFamily is what a preposition says in any of the languages.
func prepositionFamily(w string) string {
	switch w {
	case "par", "by", "von", "vom", "por", "da", "dal", "dalla", "dai":
		return "behind by"
	case "avec", "with", "mit", "con":
		return "behind with"
	case "de", "du", "des", "d'", "of", "der", "del", "di", "della", "dello":
		return "behind of"
	case "pour", "for", "fur", "para", "per":
		return "behind for"
	case "contre", "against", "gegen", "contra", "contro":
		return "behind against"
	case "a", "au", "aux", "to", "an", "al", "zu", "zum", "zur":
		return "behind to"
	case "chez", "from", "aus", "bei", "desde":
		return "behind from"
	case "en", "in", "dans", "im", "at", "sur", "nel", "nella":
		return "behind in"
	case "depuis", "since", "seit", "dal ", "dès":
		return "behind since"
	}
	return "behind another"
}
