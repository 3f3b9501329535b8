package claim

import (
	_ "embed"
	"slices"

	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"

	contrechamp "contrechamp.org/contrechamp"
)

// Whether what is said stands there or is planned is weighed, as polarity is: a plan is told over sentences, and many of them have no verb in the
// future ("The council has chosen Axon. Forty cameras, at a cost of ..."). What the rules of modality.go find is one cue; the words around, the dates of the
// sentence, what the rules read in it, beside it and of the same subject, and the stages that the text names are others. Their weights are fitted (planned.csv).

// plannedFile holds the weights of whether something is planned: feature, weight. `make train` writes it.
//
//go:embed planned.csv
var plannedFile string

// readings counts what the rules read: asserted, and planned.
type readings [2]int

// tellings are what the rules read of a text, where plans are weighed.
type tellings struct {
	bySent    []readings
	byPara    []readings
	bySubject map[string]*subjectTellings
	tenses    []uint8 // of sentences, see tenseOf
	overall   readings
}

// subjectTellings are what the rules read of a subject, and its stages, a bit each.
type subjectTellings struct {
	read   readings
	stages uint8
}

// of is what is read of the subject of a draft.
func (t *tellings) of(x *draft) *subjectTellings {
	id := x.claim.About[0].ID
	s := t.bySubject[id]
	if s == nil {
		s = &subjectTellings{}
		t.bySubject[id] = s
	}
	return s
}

// Tenses of a sentence.
const (
	tenseSeen uint8 = 1 << iota
	tenseFuture
	tensePast
	tenseDateToCome
	tenseDatePast
	tenseThisYear
)

// weighPlan decides whether the text only plans what a draft asserts. It is asked of those alone whose answer matters: a third of all drafts are repeats that
// go when they are merged.
func (d *weighDoc) weighPlan(x *draft) {
	w := d.weights.plans
	if x.planWeighed || w.empty() {
		return
	}
	x.planWeighed = true
	if d.plansRead == nil {
		d.plansRead = d.tellings()
	}
	if !assertedOrPlanned(x) || d.surelyTold(x) {
		return
	}
	if d.Explained {
		d.explainTold(x, contrechamp.Planned, w, readOdds(x.readPlanned), d.planFacts(x, d.plansRead))
	}
	if odds := readOdds(x.readPlanned) + w.words(d, x) + w.facts.sum(d.planFacts(x, d.plansRead)); odds > 0 {
		x.claim.Modality = contrechamp.Planned
	} else {
		x.claim.Modality = contrechamp.Asserted
	}
}

// assertedOrPlanned reports whether a draft is asserted or planned.
func assertedOrPlanned(x *draft) bool {
	return x.claim.Modality == contrechamp.Asserted || x.claim.Modality == contrechamp.Planned
}

// surelyTold reports whether the rules have the last word: what an act authorises is planned, and "six cameras whose report will be drawn up" are there.
func (d *weighDoc) surelyTold(x *draft) bool {
	s := &d.Sentences[x.sent]
	if s.Tabled {
		return true
	}
	from, to := x.units[0], x.units[1]
	count := x.claim.Predicate == contrechamp.DeviceCount
	if count && (x.claim.Modality == contrechamp.Planned && d.renouncedBuying(s, from) || x.claim.Modality == contrechamp.Asserted && d.already(s)) {
		return true
	}
	return (count || x.claim.Predicate == contrechamp.Capability) && d.enacted(s, from, to, count) || d.willBeOf(s, from, to)
}

// renouncedBuying reports whether what stands at unit from is what somebody does without buying: "Lyon a renoncé à acheter 40 caméras". It was a plan; who
// "a renoncé à ses 40 caméras" had them.
func (d *weighDoc) renouncedBuying(s *passage.Sentence, from int) bool {
	const reach = 3 // units before: "à acheter"
	k := &d.GrammarAt(s).Known
	return k.Acquire != grammar.NoClass && d.wordsNear(s, from-reach, from, k.Acquire) && d.renounced(s, from)
}

// already reports whether a sentence says that something is there by now, and has no word of a plan: "340 cameras already stand in the centre; 40 of them read
// plates".
func (d *weighDoc) already(s *passage.Sentence) bool {
	g := d.GrammarAt(s)
	if g.Known.Already == grammar.NoClass || !d.Holds(s, g.Known.Already) {
		return false
	}
	for u := range s.Units {
		if s.Units[u].Mention == nil && d.Future(g, s.Units[u].First) {
			return false
		}
	}
	return true
}

// readOdds are the log-odds that something is planned, as far as the rules tell.
func readOdds(planned bool) float64 {
	if planned {
		return 1
	}
	return -1
}

// tellings counts what the rules read.
func (d *weighDoc) tellings() *tellings {
	t := &tellings{bySent: make([]readings, len(d.Sentences)), byPara: make([]readings, len(d.Paragraphs)), bySubject: map[string]*subjectTellings{}, tenses: make([]uint8, len(d.Sentences))}
	for _, x := range d.claims {
		if x.claim.Predicate == contrechamp.Status && x.claim.Modality != contrechamp.Denied && x.claim.Value.Entity != nil {
			if n := slices.Index(grammar.StageIDs, x.claim.Value.Entity.ID); n >= 0 {
				t.of(x).stages |= 1 << n
			}
		}
		if assertedOrPlanned(x) {
			x.readPlanned = x.claim.Modality == contrechamp.Planned
			t.bySent[x.sent].add(x)
			t.byPara[x.para].add(x)
			t.of(x).read.add(x)
			t.overall.add(x)
		}
	}
	return t
}

// add counts a draft.
func (t *readings) add(x *draft) { t[x.reading()]++ }

// but are those of all drafts but one of them.
func (t readings) but(x *draft) readings {
	t[x.reading()]--
	return t
}

// Shares of what the rules read.
const (
	noneRead = iota
	allAsserted
	allPlanned
	mostlyPlanned
	mostlyAsserted
)

var shareNames = [...]string{noneRead: "none read", allAsserted: "asserted", allPlanned: "planned", mostlyPlanned: "mostly planned", mostlyAsserted: "mostly asserted"}

// share says how much of what the rules read is planned.
func (t readings) share() int {
	switch {
	case t[0]+t[1] == 0:
		return noneRead
	case t[1] == 0:
		return allAsserted
	case t[0] == 0:
		return allPlanned
	case t[1] >= t[0]:
		return mostlyPlanned
	}
	return mostlyAsserted
}

// tenseOf is what the verbs and dates of a sentence say of its time.
func (d *weighDoc) tenseOf(t *tellings, i int) uint8 {
	if i < 0 || i >= len(d.Sentences) {
		return 0
	}
	if t.tenses[i] != 0 {
		return t.tenses[i]
	}
	s := &d.Sentences[i]
	g := d.GrammarAt(s)
	out := tenseSeen
	for u := range s.Units {
		m := s.Units[u].Mention
		switch {
		case m == nil:
			if d.Future(g, s.Units[u].First) {
				out |= tenseFuture
			}
			if d.In(s.Units[u].First, g.Known.Past) {
				out |= tensePast
			}
		case m.Date != nil && d.Day.Year > 0 && m.Date.Date.Year > 0:
			out |= timeOf(m.Date.Date, d.Day)
		}
	}
	t.tenses[i] = out
	return out
}

// timeOf is where a date lies, seen from another.
func timeOf(date, now contrechamp.Date) uint8 {
	switch {
	case date.Year == now.Year && (date.Month == 0 || now.Month == 0 || date.Month == now.Month && (date.Day == 0 || now.Day == 0)):
		return tenseThisYear
	case date.Compare(now) > 0:
		return tenseDateToCome
	}
	return tenseDatePast
}

var tenseNames = [...]string{"a verb of plans", "a verb of the past", "a date to come", "a date past", "a date of these days"}

// planFacts are what bears on whether a draft is planned, besides words. The next call uses the memory again.
func (d *weighDoc) planFacts(x *draft, t *tellings) []feature {
	out := d.featureRoom[:0]
	s := &d.Sentences[x.sent]
	from, to := x.units[0], x.units[1]
	g := d.GrammarAt(s)
	has := func(f fact, ok bool) {
		if ok {
			out = append(out, f.so())
		}
	}
	is := func(g featureGroup, name string) { out = append(out, feature{group: g, name: name, value: 1}) }
	has(factBias, true)
	is(ofRule, g.RuleName(x.claim.Rule))
	is(ofPredicate, string(x.claim.Predicate))
	if e := x.claim.Value.Entity; e != nil && (x.claim.Predicate == contrechamp.Status || x.claim.Predicate == contrechamp.Capability) {
		is(ofValue, e.ID)
	}
	if x.readPlanned {
		has(factReadAsPlanned, true)
		has(factPredicateAsPlanned[x.claim.Predicate], true)
	}
	has(factAPlanInItsClause, d.tensed(s, from, to))
	has(factWillBe, d.willBe(s, from, to))
	has(factAPlanThatItIsPartOf, d.partPlanned(s, from, to))
	has(factAPlanThatIntroducesIt, d.introduced(s))
	has(factInAHeading, x.heading)
	has(factWithinAQuotation, d.Quoted[s.First] > 0)
	for _, at := range [...]struct {
		sent  int
		facts []fact
	}{{x.sent, factTenses}, {x.sent - 1, factTensesBefore}, {x.sent + 1, factTensesBehind}} {
		tense := d.tenseOf(t, at.sent)
		for n, f := range at.facts {
			has(f, tense>>(n+1)&1 != 0)
		}
	}
	has(factReadHere[t.bySent[x.sent].but(x).share()], true)
	if x.sent > 0 {
		has(factReadBefore[t.bySent[x.sent-1].share()], true)
	}
	if x.sent+1 < len(t.bySent) {
		has(factReadBehind[t.bySent[x.sent+1].share()], true)
	}
	subject := t.of(x)
	has(factReadInParagraph[t.byPara[x.para].but(x).share()], true)
	has(factReadOfSubject[subject.read.but(x).share()], true)
	has(factReadAll[t.overall.but(x).share()], true)
	for n, f := range factStages {
		has(f, subject.stages>>n&1 != 0)
	}
	d.featureRoom = out
	return out
}
