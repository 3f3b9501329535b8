package weigh

import (
	_ "embed"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// Whether what is said stands there or is planned is weighed, as polarity is: a plan is told over sentences, and many of them have no verb in the
// future ("The council has chosen Axon. Forty cameras, at a cost of ..."). What the rules of draft.Doc.Modality find is one cue; the words around, the dates of the
// sentence, what the rules read in it, beside it and of the same subject, and the stages that the text names are others. Their weights are fitted (planned.csv).

// plannedFile holds the weights of whether something is planned: feature, weight. `make train` writes it.
//
//go:embed planned.csv
var plannedFile string

// readings counts what the rules read: asserted, and planned.
type readings [2]int

// Tellings are what the rules read of a text, where plans are weighed.
type Tellings struct {
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
func (t *Tellings) of(x *draft.Draft) *subjectTellings {
	id := x.Claim.About[0].ID
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

// WeighPlan decides whether the text only plans what a draft asserts. It is asked of those alone whose answer matters: a third of all drafts are repeats that
// go when they are merged.
func (d *Doc) WeighPlan(x *draft.Draft) {
	w := d.Weights.plans
	if x.PlanWeighed || w.empty() {
		return
	}
	x.PlanWeighed = true
	if d.plansRead == nil {
		d.plansRead = d.Tellings()
	}
	if !AssertedOrPlanned(x) || d.SurelyTold(x) {
		return
	}
	if d.Explained {
		d.explainTold(x, contrechamp.Planned, w, ReadOdds(x.ReadPlanned), d.PlanFacts(x, d.plansRead))
	}
	if odds := ReadOdds(x.ReadPlanned) + w.words(d, x) + w.facts.sum(d.PlanFacts(x, d.plansRead)); odds > 0 {
		x.Claim.Modality = contrechamp.Planned
	} else {
		x.Claim.Modality = contrechamp.Asserted
	}
}

// AssertedOrPlanned reports whether a draft is asserted or planned.
func AssertedOrPlanned(x *draft.Draft) bool {
	return x.Claim.Modality == contrechamp.Asserted || x.Claim.Modality == contrechamp.Planned
}

// SurelyTold reports whether the rules have the last word: what an act authorises is planned, and "six cameras whose report will be drawn up" are there.
func (d *Doc) SurelyTold(x *draft.Draft) bool {
	s := &d.Sentences[x.Sent]
	if s.Tabled {
		return true
	}
	from, to := x.Units[0], x.Units[1]
	if x.Claim.Modality == contrechamp.Planned && d.GivenUp(s, to) {
		return true
	}
	count := x.Claim.Predicate == contrechamp.DeviceCount
	if count && (x.Claim.Modality == contrechamp.Planned && d.renouncedBuying(s, from) || x.Claim.Modality == contrechamp.Asserted && d.already(s)) {
		return true
	}
	return (count || x.Claim.Predicate == contrechamp.Capability) && d.Enacted(s, from, to, count) || d.WillBeOf(s, from, to)
}

// renouncedBuying reports whether what stands at unit from is what somebody does without buying: "Lyon a renoncé à acheter 40 caméras". It was a plan; who
// "a renoncé à ses 40 caméras" had them.
func (d *Doc) renouncedBuying(s *passage.Sentence, from int) bool {
	const reach = 3 // units before: "à acheter"
	k := &d.GrammarAt(s).Known
	return k.Acquire != grammar.NoClass && d.WordsNear(s, from-reach, from, k.Acquire) && d.Renounced(s, from)
}

// already reports whether a sentence says that something is there by now, and has no word of a plan: "340 cameras already stand in the centre; 40 of them read
// plates".
func (d *Doc) already(s *passage.Sentence) bool {
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

// ReadOdds are the log-odds that something is planned, as far as the rules tell.
func ReadOdds(planned bool) float64 {
	if planned {
		return 1
	}
	return -1
}

// Tellings counts what the rules read.
func (d *Doc) Tellings() *Tellings {
	t := &Tellings{bySent: make([]readings, len(d.Sentences)), byPara: make([]readings, len(d.Paragraphs)), bySubject: map[string]*subjectTellings{}, tenses: make([]uint8, len(d.Sentences))}
	for _, x := range d.Claims {
		if x.Claim.Predicate == contrechamp.Status && x.Claim.Modality != contrechamp.Denied && x.Claim.Value.Entity != nil {
			if n := slices.Index(grammar.StageIDs, x.Claim.Value.Entity.ID); n >= 0 {
				t.of(x).stages |= 1 << n
			}
		}
		if AssertedOrPlanned(x) {
			x.ReadPlanned = x.Claim.Modality == contrechamp.Planned
			t.bySent[x.Sent].add(x)
			t.byPara[x.Para].add(x)
			t.of(x).read.add(x)
			t.overall.add(x)
		}
	}
	return t
}

// add counts a draft.
func (t *readings) add(x *draft.Draft) { t[x.Reading()]++ }

// but are those of all drafts but one of them.
func (t readings) but(x *draft.Draft) readings {
	t[x.Reading()]--
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
func (d *Doc) tenseOf(t *Tellings, i int) uint8 {
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

// PlanFacts are what bears on whether a draft is planned, besides words. The next call uses the memory again.
func (d *Doc) PlanFacts(x *draft.Draft, t *Tellings) []Feature {
	out := d.featureRoom[:0]
	s := &d.Sentences[x.Sent]
	from, to := x.Units[0], x.Units[1]
	g := d.GrammarAt(s)
	has := func(f fact, ok bool) {
		if ok {
			out = append(out, f.so())
		}
	}
	is := func(g featureGroup, name string) { out = append(out, Feature{group: g, name: name, value: 1}) }
	has(factBias, true)
	is(ofRule, g.RuleName(x.Claim.Rule))
	is(ofPredicate, string(x.Claim.Predicate))
	if e := x.Claim.Value.Entity; e != nil && (x.Claim.Predicate == contrechamp.Status || x.Claim.Predicate == contrechamp.Capability) {
		is(ofValue, e.ID)
	}
	if x.ReadPlanned {
		has(factReadAsPlanned, true)
		has(factPredicateAsPlanned[x.Claim.Predicate], true)
	}
	has(factAPlanInItsClause, d.Tensed(s, from, to))
	has(factWillBe, d.WillBe(s, from, to))
	has(factAPlanThatItIsPartOf, d.PartPlanned(s, from, to))
	has(factAPlanThatIntroducesIt, d.Introduced(s))
	has(factInAHeading, x.Heading)
	has(factWithinAQuotation, d.Quoted[s.First] > 0)
	for _, at := range [...]struct {
		sent  int
		facts []fact
	}{{x.Sent, factTenses}, {x.Sent - 1, factTensesBefore}, {x.Sent + 1, factTensesBehind}} {
		tense := d.tenseOf(t, at.sent)
		for n, f := range at.facts {
			has(f, tense>>(n+1)&1 != 0)
		}
	}
	has(factReadHere[t.bySent[x.Sent].but(x).share()], true)
	if x.Sent > 0 {
		has(factReadBefore[t.bySent[x.Sent-1].share()], true)
	}
	if x.Sent+1 < len(t.bySent) {
		has(factReadBehind[t.bySent[x.Sent+1].share()], true)
	}
	subject := t.of(x)
	has(factReadInParagraph[t.byPara[x.Para].but(x).share()], true)
	has(factReadOfSubject[subject.read.but(x).share()], true)
	has(factReadAll[t.overall.but(x).share()], true)
	for n, f := range factStages {
		has(f, subject.stages>>n&1 != 0)
	}
	d.featureRoom = out
	return out
}
