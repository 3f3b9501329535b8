package claim

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	contrechamp "contrechamp.org/contrechamp"
)

// Least is the confidence below which nothing is proposed: what is more likely wrong than right is no help to a reader.
const Least = 0.5

// Sure is the confidence from which a claim is called confident.
const Sure = 0.8

// weightsFile holds the weights of the model, one a line: feature, weight. `make train` writes it.
//
//go:embed confidence.csv
var weightsFile string

// Model says how likely a proposed claim is right by itself: a logistic regression over what is known of how it came about, and a second one over what is known of its
// subject (see combined). It is small enough to be read: every feature has a name, and Explain shows what each adds.
type Model struct {
	weights map[string]float64
	grouped []map[string]float64                // the same, by the group and by what follows it
	choices []choiceWeight                      // for the choice of subjects, by number
	kinds   map[contrechamp.Predicate][]float64 // by predicate and the number of a kind
	words   *aroundWeights                      // for the same, see choiceWords
	once    sync.Once
}

// feature is a feature of a draft before its name is written out.
type feature struct {
	group featureGroup
	name  string
	value float64
}

// featureGroup is what a feature's name begins with.
type featureGroup uint8

const (
	ofItself featureGroup = iota
	ofRule
	ofPredicate
	ofLanguage
	ofStep
	ofModality
	ofBeside // in a sentence beside words for surveillance: what a rule is worth there
	ofFar    // far from them
	ofValue
	ofSubject // what bears on whether the subject is right, see combined
)

var groupNames = []string{"", "rule=", "predicate=", "language=", "step=", "modality=", "beside: rule=", "far: rule=", "value=", SubjectPrefix}

// Unseen is the weight that every claim has: a new document is a first look, at which claims are right less often than on what the weights were fitted on.
const Unseen = "a text that nobody learnt from"

// SubjectPrefix opens the features of the subject.
const SubjectPrefix = "subject: "

// group cuts the name of a feature.
func group(name string) (featureGroup, string) {
	for g := 1; g < len(groupNames); g++ {
		if rest, ok := strings.CutPrefix(name, groupNames[g]); ok {
			return featureGroup(g), rest
		}
	}
	return ofItself, name
}

// named writes the names of features out.
func named(features []feature) []Term {
	out := make([]Term, len(features))
	for i, f := range features {
		out[i] = Term{Feature: groupNames[f.group] + f.name, Value: f.value}
	}
	return out
}

// Term is one feature of a proposed claim with what it adds to its log-odds.
type Term = contrechamp.Weight

// ParseModel reads weights: lines of feature and weight, a header first. Errors name the line.
func ParseModel(r io.Reader) (*Model, error) {
	m := &Model{weights: map[string]float64{}}
	err := readWeights(r, "weights", 1, func(f []string, w float64) error {
		if _, twice := m.weights[f[0]]; twice {
			return fmt.Errorf("the feature %q stands twice: %w", f[0], contrechamp.ErrInvalid)
		}
		m.weights[f[0]] = w
		return nil
	})
	if err != nil {
		return nil, err
	}
	m.regroup()
	return m, nil
}

// readWeights reads lines of so many columns and a weight behind them, a header first, and hands each on. Errors say what they are weights of, and name
// the line.
func readWeights(r io.Reader, what string, columns int, add func(columns []string, weight float64) error) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord = columns + 1
	for first := true; ; first = false {
		f, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w: %w", what, err, contrechamp.ErrInvalid)
		}
		if first {
			continue
		}
		line, _ := c.FieldPos(0)
		w, err := strconv.ParseFloat(f[columns], 64)
		if err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return fmt.Errorf("%s:%d: %q is no weight: %w", what, line, f[columns], contrechamp.ErrInvalid)
		}
		if err := add(f[:columns], w); err != nil {
			return fmt.Errorf("%s:%d: %w", what, line, err)
		}
	}
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
	m.numberChoices()
}

// Probability returns the probability of features, and their terms, the strongest first. Features that the model does not
// know add nothing. Those of the subject are one term together: by how much the doubt of it lowers the log-odds.
func (m *Model) Probability(features []Term) (float64, []Term) {
	odds, terms := m.terms(features)
	return Logistic(odds), terms
}

// Odds are the log-odds of features.
func (m *Model) Odds(features []Term) float64 {
	odds, _ := m.terms(features)
	return odds
}

// terms is Probability with log-odds.
func (m *Model) terms(features []Term) (float64, []Term) {
	value, subject, chosen := 0.0, 0.0, false
	terms := make([]Term, 0, len(features))
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
		terms = append(terms, Term{Feature: "doubt of the subject", Value: 1 - Logistic(subject), Adds: all - value})
	}
	slices.SortStableFunc(terms, strongestTerm)
	return all, terms
}

// sum returns the log-odds of features alone.
func (m *Model) sum(features []feature) float64 {
	value, subject, chosen := 0.0, 0.0, false
	for i := range features {
		f := &features[i]
		w, ok := m.grouped[f.group][f.name]
		if f.group == ofSubject {
			subject += w * f.value
			chosen = chosen || ok
		} else {
			value += w * f.value
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

// The features whose values are log-odds.
const (
	featurePrior       = "prior"
	featureWordsAround = "words around"
	featureWordsAlone  = "words around, and no rule"
	featureSigns       = "signs"
	featureSignsAlone  = "signs, and no rule"
	featurePolarity    = "odds of its polarity"
	featureContrary    = "odds of the contrary"
	featureOdds        = "odds"                   // of the subject
	featureMainOdds    = "odds of the main place" // the same
)

// mostOdds bounds what the words around add, and what is compared among peers: beyond it claims were hardly ever wrong, or right, anyway.
const mostOdds = 4

// features says what is known of how a draft came about. The memory is used again for the next text.
func (d *doc) features(c *draft) []feature {
	from := len(d.featureRoom)
	out := d.featureRoom
	has := func(name string) { out = append(out, feature{name: name, value: 1}) }
	is := func(g featureGroup, name string) { out = append(out, feature{group: g, name: name, value: 1}) }
	has("bias")
	rule, language := c.claim.Rule, ""
	if i := strings.LastIndexByte(rule, '.'); i > 0 {
		rule, language = rule[:i], rule[i+1:]
	}
	is(ofRule, rule)
	is(ofPredicate, string(c.claim.Predicate))
	is(ofLanguage, language)
	is(ofStep, c.step)
	is(ofModality, string(c.claim.Modality))
	prior := min(max(c.prior, 0.02), 0.98)
	out = append(out, feature{name: featurePrior, value: math.Log(prior / (1 - prior))})
	if odds, ok := d.hintOf(c); ok {
		name := featureWordsAround
		if strings.HasPrefix(c.claim.Rule, hintPrefix) {
			name = featureWordsAlone
		}
		out = append(out, feature{name: name, value: max(-mostOdds, min(odds, mostOdds))})
	}
	if odds, ok := d.signOf(c); ok {
		name := featureSigns
		if strings.HasPrefix(c.claim.Rule, hintPrefix) {
			name = featureSignsAlone
		}
		out = append(out, feature{name: name, value: max(-mostOdds, min(odds, mostOdds))})
	}
	if c.polarity != 0 {
		out = append(out, feature{name: featurePolarity, value: min(math.Abs(c.polarity), mostOdds)})
		if c.against != 0 {
			out = append(out, feature{name: "said otherwise too", value: 1}, feature{name: featureContrary, value: min(c.against, mostOdds)})
		}
	}
	if e := c.claim.Value.Entity; e != nil {
		if strings.HasPrefix(e.ID, "x-") {
			has("value found by shape")
			if x := d.entities[e.ID]; x != nil && d.commonlyNamed(x) {
				has("value called by common words")
			}
		} else {
			has("value in the lexicon")
		}
	}
	if c.claim.Predicate == contrechamp.Accuracy && d.ofOtherMatters(&d.sents[c.sent]) {
		has("a share of something else")
	}
	subject := c.claim.About[0].ID
	switch {
	case strings.HasPrefix(subject, "x-"):
		has("subject found by shape")
		if x := d.entities[subject]; x != nil && d.commonlyNamed(x) {
			has("subject called by common words")
		}
	case isCountryID(subject):
		has("subject is a country")
	case strings.HasPrefix(subject, "place-"):
		has("subject is a town")
	default:
		has("subject is a firm or body")
	}
	if c.odds != 0 {
		out = append(out, feature{ofSubject, "bias", 1}, feature{ofSubject, featureOdds, c.odds}, feature{ofSubject, "step=" + c.step, 1}, feature{ofSubject, d.placesAround(c, subject), 1})
		if d.main.entity != nil && subject == d.main.entity.ID {
			out = append(out, feature{ofSubject, featureMainOdds, d.mainOdds})
		}
	}
	has(d.placesAround(c, subject))
	if c.claim.Speaker != nil {
		has("somebody says it")
	}
	if d.quoted[d.sents[c.sent].first] > 0 {
		has("within a quotation")
	}
	if x := d.context(c.sent); x != "" {
		has(x)
		if d.levels[c.sent] == levelBeside {
			is(ofBeside, rule)
		} else {
			is(ofFar, rule)
		}
	}
	if d.strays(c.sent) {
		has("speaks of another matter")
	}
	if c.heading {
		has("in a heading")
	}
	if c.repeats > 1 {
		has("said again")
	}
	if c.agree {
		has("several rules agree")
	}
	if e := c.claim.Value.Entity; e != nil && c.claim.Predicate == contrechamp.Objection && e.Kind == contrechamp.KindOrganisation && !strings.HasPrefix(e.ID, "x-") {
		has("a known body objects")
	}
	switch width := c.units[1] - c.units[0]; {
	case width <= 4:
		has("words close together")
	case width > 12:
		has("words far apart")
	}
	switch n := len(d.places); {
	case n <= 1:
		has("one place in the text")
	case n > 4:
		has("many places in the text")
	}
	if d.topical {
		has("text is about surveillance")
	}
	if d.surveilled(c.para) {
		has("paragraph names devices")
	}
	if d.company != nil {
		has("text is about a company")
	}
	if d.main.entity != nil && subject == d.main.entity.ID {
		if d.titled(d.main.entity) {
			has("subject in the title")
		}
		if d.named(d.main.entity) >= 3 {
			has("subject named often")
		}
	}
	d.featureRoom = out
	return out[from:]
}

// placesAround says which places stand nearest to a claim that is about a town: another one in its sentence, or another
// one named since its own.
func (d *doc) placesAround(c *draft, subject string) string {
	const mostLooked = 40
	s := &d.sents[c.sent]
	list := d.byPara[s.para]
	at, _ := slices.BinarySearchFunc(list, s.end, func(m *mention, t int) int { return m.first - t })
	own, other := false, false
	for n := at - 1; n >= 0 && n >= at-mostLooked; n-- {
		m := list[n]
		if m.first < s.first && (own || other) {
			break
		}
		e := m.entity
		if m.kinds&kPLC == 0 {
			if m.within == nil || m.kinds&(kPOL|kAUT) == 0 {
				continue
			}
			e = m.within.entity
		}
		switch {
		case e == nil:
		case e.ID == subject:
			own = true
			if m.first < s.first {
				return "its place is the last named"
			}
		case m.first >= s.first:
			other = true
		default:
			return "another place is the last named"
		}
	}
	switch {
	case own && other:
		return "its place and another in the sentence"
	case own:
		return "its place in the sentence"
	case other:
		return "another place in the sentence"
	}
	return "no place in the paragraph"
}

// Candidate is a claim with how it came about.
type Candidate struct {
	Claim    contrechamp.Claim
	Features []Term
	Why      Explanation
	Choices  []Choice // the subjects that it was chosen among, nil where the words settled it
	Peer     Peer     // what the others want to know of it
}

// Explanation says how a claim came about: which rule, what its slots took, in which clause, which step found the
// subject, and what adds up to its confidence.
type Explanation = contrechamp.Explanation

// Slot is a slot of a rule with the words that filled it.
type Slot = contrechamp.Slot

// ofOtherMatters reports whether neither a sentence nor those beside it have a word of how often something is right: "70% of the town is covered".
func (d *doc) ofOtherMatters(s *sentence) bool {
	class := d.grammarAt(s).known.rightOrWrong
	if class == noClass {
		return false
	}
	at := d.sentenceAt(s.first)
	for i := max(0, at-2); i <= min(at+1, len(d.sents)-1); i++ {
		if d.sents[i].para >= s.para-1 && d.holds(&d.sents[i], class) {
			return false
		}
	}
	return true
}
