package weigh

import (
	_ "embed"
	"math"
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// weightsFile holds the weights of the model, one a line: feature, weight. `make train` writes it.
//
//go:embed confidence.csv
var weightsFile string

// Model says how likely a proposed claim is right by itself: a logistic regression over what is known of how it came about, and a second one over what is known of its
// subject (see combined). It is small enough to be read: every feature has a name, and Explain shows what each adds.
type Model struct {
	weights map[string]float64
	grouped []map[string]float64 // the same, by the group and by what follows it
	facts   []weight.Known       // the same of facts, by number
}

// Unseen is the weight that every claim has: a new document is a first look, at which claims are right less often than on what the weights were fitted on.
const Unseen = "a text that nobody learnt from"

// NewModel makes a model of weights by feature.
func NewModel(weights map[string]float64) *Model {
	m := &Model{weights: weights}
	m.regroup()
	return m
}

// regroup fills grouped.
func (m *Model) regroup() {
	m.grouped = make([]map[string]float64, len(groupNames))
	for g := range m.grouped {
		m.grouped[g] = map[string]float64{}
	}
	for name, w := range m.weights {
		g, rest := group(name)
		m.grouped[g][rest] = w
	}
	m.facts = make([]weight.Known, len(factNames))
	for f, name := range factNames {
		m.facts[f].Weight, m.facts[f].Known = m.weights[name]
	}
}

// of is the weight of a feature.
func (m *Model) of(f *Feature) weight.Known {
	if f.fact != 0 {
		return m.facts[f.fact]
	}
	w, ok := m.grouped[f.group][f.name]
	return weight.Known{Weight: w, Known: ok}
}

// Probability returns the probability of features, and their terms, the strongest first. Features that the model does not
// know add nothing. Those of the subject are one term together: by how much the doubt of it lowers the log-odds.
func (m *Model) Probability(features []weight.Term) (float64, []weight.Term) {
	odds, terms := m.terms(features)
	return Logistic(odds), terms
}

// Odds are the log-odds of features.
func (m *Model) Odds(features []weight.Term) float64 {
	odds, _ := m.terms(features)
	return odds
}

// terms is Probability with log-odds.
func (m *Model) terms(features []weight.Term) (float64, []weight.Term) {
	value, subject, chosen := 0.0, 0.0, false
	terms := make([]weight.Term, 0, len(features))
	for _, f := range features {
		w, ok := m.weights[f.Feature]
		if strings.HasPrefix(f.Feature, SubjectPrefix) {
			subject += w * f.Value
			chosen = chosen || ok
			continue
		}
		if !ok {
			continue
		}
		f.Adds = w * f.Value
		value += f.Adds
		terms = append(terms, f)
	}
	all := value
	if chosen {
		all = combined(value, subject)
		terms = append(terms, weight.Term{Feature: "doubt of the subject", Value: 1 - Logistic(subject), Adds: all - value})
	}
	slices.SortStableFunc(terms, strongestTerm)
	return all, terms
}

// sum returns the log-odds of features alone.
func (m *Model) sum(features []Feature) float64 {
	value, subject, chosen := 0.0, 0.0, false
	for i := range features {
		f := &features[i]
		w := m.of(f)
		if f.group == ofSubject || f.group == ofSubjectStep {
			subject += w.Weight * f.value
			chosen = chosen || w.Known
		} else {
			value += w.Weight * f.value
		}
	}
	if chosen {
		value = combined(value, subject)
	}
	return value
}

// combined returns the log-odds that both a value and a subject are right, from the log-odds of either: p = p(value) p(subject). A claim whose value nobody
// can doubt is no surer than its subject.
func combined(value, subject float64) float64 {
	p := Logistic(value) * Logistic(subject)
	return max(-surest, min(surest, math.Log(p/(1-p))))
}

// surest bounds log-odds: of more than this a probability has no digits left.
const surest = 30

// Logistic is the logistic function.
func Logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// features says what is known of how a draft came about. The memory is used again for the next text.
func (d *Doc) features(c *draft.Draft) []Feature {
	from := len(d.featureRoom)
	out := d.featureRoom
	has := func(f fact) { out = append(out, f.so()) }
	is := func(g featureGroup, name string) { out = append(out, Feature{group: g, name: name, value: 1}) }
	has(factBias)
	rule, language := c.Claim.Rule, ""
	if i := strings.LastIndexByte(rule, '.'); i > 0 {
		rule, language = rule[:i], rule[i+1:]
	}
	is(ofRule, rule)
	is(ofPredicate, string(c.Claim.Predicate))
	is(ofLanguage, language)
	is(ofStep, c.Step)
	is(ofModality, string(c.Claim.Modality))
	prior := min(max(c.Prior, 0.02), 0.98)
	out = append(out, factPrior.worth(math.Log(prior/(1-prior))))
	ruled := !strings.HasPrefix(c.Claim.Rule, draft.HintPrefix)
	if odds, ok := d.Of(c); ok {
		f := factWordsAroundAlone
		if ruled {
			f = factWordsAround
		}
		out = append(out, f.worth(max(-subject.MostOdds, min(odds, subject.MostOdds))))
	}
	if odds, ok := d.SignOf(c); ok {
		f := factSignsAlone
		if ruled {
			f = factSigns
		}
		out = append(out, f.worth(max(-subject.MostOdds, min(odds, subject.MostOdds))))
	}
	if c.Polarity != 0 {
		out = append(out, factPolarity.worth(min(math.Abs(c.Polarity), subject.MostOdds)))
		if c.Against != 0 {
			out = append(out, factSaidOtherwiseToo.so(), factContrary.worth(min(c.Against, subject.MostOdds)))
		}
	}
	if e := c.Claim.Value.Entity; e != nil {
		if strings.HasPrefix(e.ID, "x-") {
			has(factValueFoundByShape)
			if x := d.Entities[e.ID]; x != nil && d.CommonlyNamed(x) {
				has(factValueCalledByCommonWords)
			}
		} else {
			has(factValueInTheLexicon)
		}
	}
	if c.Claim.Predicate == contrechamp.Accuracy && d.ofOtherMatters(&d.Sentences[c.Sent]) {
		has(factAShareOfSomethingElse)
	}
	subject := c.Claim.About[0].ID
	switch {
	case strings.HasPrefix(subject, "x-"):
		has(factSubjectFoundByShape)
		if x := d.Entities[subject]; x != nil && d.CommonlyNamed(x) {
			has(factSubjectCalledByCommonWords)
		}
	case passage.IsCountryID(subject):
		has(factSubjectIsACountry)
	case strings.HasPrefix(subject, "place-"):
		has(factSubjectIsATown)
	default:
		has(factSubjectIsAFirmOrBody)
	}
	around := d.placesAround(c, subject)
	if c.Odds != 0 {
		of := func(f fact, x float64) { out = append(out, Feature{group: ofSubject, fact: f, value: x}) }
		of(factSubjectBias, 1)
		of(factSubjectOdds, c.Odds)
		is(ofSubjectStep, c.Step)
		of(factSubjectPlaces[around], 1)
		if d.Main.Entity != nil && subject == d.Main.Entity.ID {
			of(factSubjectMainOdds, d.MainOdds)
		}
	}
	has(factPlaces[around])
	if c.Claim.Speaker != nil {
		has(factSomebodySaysIt)
	}
	if d.Quoted[d.Sentences[c.Sent].First] > 0 {
		has(factWithinAQuotation)
	}
	if level, density := d.Nearness(c.Sent); level != draft.LevelHere {
		has(factContexts[level][density])
		if level == draft.LevelBeside {
			is(ofBeside, rule)
		} else {
			is(ofFar, rule)
		}
	}
	if d.Strays(c.Sent) {
		has(factSpeaksOfAnotherMatter)
	}
	if c.Heading {
		has(factInAHeading)
	}
	if c.Repeats > 1 {
		has(factSaidAgain)
	}
	if c.Agree {
		has(factSeveralRulesAgree)
	}
	if e := c.Claim.Value.Entity; e != nil && c.Claim.Predicate == contrechamp.Objection && e.Kind == contrechamp.KindOrganisation && !strings.HasPrefix(e.ID, "x-") {
		has(factAKnownBodyObjects)
	}
	switch width := c.Units[1] - c.Units[0]; {
	case width <= 4:
		has(factWordsCloseTogether)
	case width > 12:
		has(factWordsFarApart)
	}
	switch n := len(d.Places); {
	case n <= 1:
		has(factOnePlaceInTheText)
	case n > 4:
		has(factManyPlacesInTheText)
	}
	if d.Topical {
		has(factTextIsAboutSurveillance)
	}
	if d.Surveilled(c.Para) {
		has(factParagraphNamesDevices)
	}
	if d.Company != nil {
		has(factTextIsAboutACompany)
	}
	if d.Main.Entity != nil && subject == d.Main.Entity.ID {
		if d.Titled(d.Main.Entity) {
			has(factSubjectInTheTitle)
		}
		if d.Named(d.Main.Entity) >= 3 {
			has(factSubjectNamedOften)
		}
	}
	d.featureRoom = out
	return out[from:]
}

// placesNear are the places around a claim.
type placesNear uint8

const (
	noPlaceNear placesNear = iota
	ownPlace
	otherPlace
	ownAndOtherPlace
	ownPlaceLast
	otherPlaceLast
)

var placesNames = [...]string{
	noPlaceNear: "no place in the paragraph", ownPlace: "its place in the sentence", otherPlace: "another place in the sentence", ownAndOtherPlace: "its place and another in the sentence",
	ownPlaceLast: "its place is the last named", otherPlaceLast: "another place is the last named",
}

// placesAround says which places stand nearest to a claim that is about a town: another one in its sentence, or another
// one named since its own.
func (d *Doc) placesAround(c *draft.Draft, subject string) placesNear {
	const mostLooked = 40
	s := &d.Sentences[c.Sent]
	list := d.ByPara[s.Para]
	at, _ := slices.BinarySearchFunc(list, s.End, func(m *passage.Mention, t int) int { return m.First - t })
	own, other := false, false
	for n := at - 1; n >= 0 && n >= at-mostLooked; n-- {
		m := list[n]
		if m.First < s.First && (own || other) {
			break
		}
		e := m.Entity
		if m.Kinds&grammar.PLC == 0 {
			if m.Within == nil || m.Kinds&(grammar.POL|grammar.AUT) == 0 {
				continue
			}
			e = m.Within.Entity
		}
		switch {
		case e == nil:
		case e.ID == subject:
			own = true
			if m.First < s.First {
				return ownPlaceLast
			}
		case m.First >= s.First:
			other = true
		default:
			return otherPlaceLast
		}
	}
	switch {
	case own && other:
		return ownAndOtherPlace
	case own:
		return ownPlace
	case other:
		return otherPlace
	}
	return noPlaceNear
}

// ofOtherMatters reports whether neither a sentence nor those beside it have a word of how often something is right: "70% of the town is covered".
func (d *Doc) ofOtherMatters(s *passage.Sentence) bool {
	class := d.GrammarAt(s).Known.RightOrWrong
	if class == grammar.NoClass {
		return false
	}
	at := d.SentenceAt(s.First)
	for i := max(0, at-2); i <= min(at+1, len(d.Sentences)-1); i++ {
		if d.Sentences[i].Para >= s.Para-1 && d.Holds(&d.Sentences[i], class) {
			return false
		}
	}
	return true
}
