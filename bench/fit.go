package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/claim/weigh"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// fitAll fits the choice of subjects, then, with the claims that this gives, their confidence.
func fitAll(e *claim.Engine, sets []docSet, record map[string][2]float64) (models, error) {
	m, err := fitChoices(e, sets)
	if err != nil {
		return m, err
	}
	said, err := saidIn(e, sets)
	if err != nil {
		return m, err
	}
	if m.speakers, err = fitSpeakers(said); err != nil {
		return m, err
	}
	// what the choices of subjects are worth on a text that they were not fitted on is what the confidence must know: each
	// fold's claims are made by what was fitted on the others
	var all []judged
	for fold := range folds {
		rest, held := partOf(sets, fold)
		with, err := fitChoices(e, rest)
		if err != nil {
			return m, err
		}
		with.speakers = m.speakers
		heldEngine, err := with.on(e)
		if err != nil {
			return m, err
		}
		js, err := judgeAll(heldEngine, held)
		if err != nil {
			return m, err
		}
		all = append(all, js...)
	}
	whole, err := m.on(e)
	if err != nil {
		return m, err
	}
	neutral, _, err := neutralJudged(whole, neutralSeed, true)
	if err != nil {
		return m, err
	}
	published, err := toPublished(worldConfidence)
	if err != nil {
		return m, err
	}
	shift := unseenShift(all, record) + published
	all = append(all, neutral...)
	m.confidence = fit(all)
	m.peers, err = fitPeers(all, shift)
	return m, err
}

// madeSeed is the draw of towns that weights are fitted on; others are measured.
const madeSeed = 101

// partOf parts the sets into those of a fold and the rest.
func partOf(sets []docSet, fold int) (rest, held []docSet) {
	for i, set := range sets {
		if i%folds == fold {
			held = append(held, set)
		} else {
			rest = append(rest, set)
		}
	}
	return rest, held
}

// folds is how many parts the sets are cut into.
const folds = 3

// fitChoices fits what tells places, what a text is about, and whose claims its sentences are.
func fitChoices(e *claim.Engine, sets []docSet) (models, error) {
	var m models
	var err error
	if m.places, err = fitPlaces(e, sets); err != nil {
		return m, err
	}
	e = e.WithPlaces(m.places)
	texts, err := mainTexts(e, sets)
	if err != nil {
		return m, err
	}
	if m.mains, err = fitMains(texts); err != nil {
		return m, err
	}
	m.alongside = fitAlongside(texts)
	if m.hints, err = fitHints(e.WithMains(m.mains, m.alongside), sets); err != nil {
		return m, err
	}
	if e, err = withHints(e, m.hints); err != nil {
		return m, err
	}
	// the same texts with towns that nobody knows are as many texts more
	more, err := renamed(sets, "unknown", madeSeed)
	if err != nil {
		return m, err
	}
	more = append(slices.Clone(sets), more...)
	all, err := choicesOf(e, more)
	if err != nil {
		return m, err
	}
	if m.subjects, err = fitSubjects(all, more); err != nil {
		return m, err
	}
	whole := e.WithMains(m.mains, m.alongside).WithConfidence(nil).WithSubjects(m.subjects)
	if m.polarity, err = fitPolarity(whole, sets); err != nil {
		return m, err
	}
	m.plans, err = fitPlans(whole.WithPolarity(m.polarity), sets)
	return m, err
}

// choicesOf are the claims of sets with what their subjects are chosen among. They start from the chain alone, whatever the engine
// was fitted on; and what each text is about is chosen by what was fitted on the others: the choice must know how far that is to be
// believed. Sets beyond the first half are the same with other towns.
func choicesOf(e *claim.Engine, sets []docSet) ([]judged, error) {
	own, others := sets[:len(sets)/2], sets[len(sets)/2:]
	var all []judged
	for fold := range folds {
		rest, held := partOf(own, fold)
		_, heldToo := partOf(others, fold)
		texts, err := mainTexts(e, rest)
		if err != nil {
			return nil, err
		}
		mains, err := fitMains(texts)
		if err != nil {
			return nil, err
		}
		with := e.WithMains(mains, fitAlongside(texts)).WithConfidence(nil).WithSubjects(map[string]float64{"chain": 4})
		js, err := judgeAll(with, append(held, heldToo...))
		if err != nil {
			return nil, err
		}
		all = append(all, js...)
	}
	return all, nil
}

func judgeAll(e *claim.Engine, sets []docSet) ([]judged, error) {
	var all []judged
	for _, set := range sets {
		js, err := judge(e, set, true)
		if err != nil {
			return nil, err
		}
		all = append(all, js...)
	}
	return all, nil
}

// penalty and fewest: see fit.
var penalty, fewest = 4.0, 4

// subjectPenalty holds the weights of the choice of subjects down, subjectWordPenalty those of the words around, of which there are thousands.
var subjectPenalty, subjectWordPenalty = 10.0, 60.0

// leastSubjectWords is how many options have a word at least, else it gets no weight.
const leastSubjectWords = 20

// subjectHeld is how much a weight of the choice of subjects is held down.
func subjectHeld(name string, options int) float64 {
	switch {
	case !subject.IsChoiceWord(name):
		return subjectPenalty
	case options < leastSubjectWords:
		return -1
	}
	return subjectWordPenalty
}

// fitSubjects fits the choice of subjects: among the choices of a claim whose value a gold claim has, those of the gold
// claim's subject should weigh most (a conditional logit).
func fitSubjects(js []judged, sets []docSet) (map[string]float64, error) {
	known := features{index: map[string]int{}}
	var claims [][]option
	for _, g := range choiceGroups(js, sets, &known) {
		claims = append(claims, g.options)
	}
	return choiceWeights(claims, known.names, subjectHeld)
}

// choiceGroup are the choices of a claim, of which some are right and some wrong.
type choiceGroup struct {
	of      *judged
	options []option
}

func choiceGroups(js []judged, sets []docSet, known *features) []choiceGroup {
	gold := map[string][]goldClaim{}
	for _, s := range sets {
		for _, g := range s.gold {
			gold[s.name+"/"+g.Document] = append(gold[s.name+"/"+g.Document], g)
		}
	}
	var groups []choiceGroup
	for i := range js {
		j := &js[i]
		if len(j.Choices) < 2 {
			continue
		}
		about := map[string]bool{}
		for _, g := range gold[j.set+"/"+j.document] {
			if g.Predicate == string(j.Claim.Predicate) && sameValue(g.Value, j.Claim.Value) {
				for n := range foldAll(g.About) {
					about[n] = true
				}
			}
		}
		var options []option
		good := 0
		for _, c := range j.Choices {
			var o option
			if meet(about, foldAll(append([]string{c.Entity.ID}, c.Entity.Names...))) {
				o.worth = 1
				good++
			}
			o.take(known, c.Features)
			options = append(options, o)
		}
		if good > 0 && good < len(options) {
			groups = append(groups, choiceGroup{j, options})
		}
	}
	return groups
}

// features numbers features in the order in which they are met.
type features struct {
	index map[string]int
	names []string
}

func (f *features) number(name string) int {
	k, ok := f.index[name]
	if !ok {
		k = len(f.names)
		f.index[name] = k
		f.names = append(f.names, name)
	}
	return k
}

// option is one of those that are chosen among: its features, and whether it is right.
type option struct {
	at    []int
	value []float64
	worth float64 // 0 for one that is wrong
}

// take adds the features of an option.
func (o *option) take(known *features, list []weight.Term) {
	for _, f := range list {
		o.at, o.value = append(o.at, known.number(f.Feature)), append(o.value, f.Value)
	}
}

// choiceWeights fits a conditional logit: in each group those that are good should weigh most. held says how much a weight is held down, less than nothing for what gets none.
func choiceWeights(groups [][]option, names []string, held func(name string, options int) float64) (map[string]float64, error) {
	often := make([]int, len(names))
	for _, options := range groups {
		for _, o := range options {
			for _, k := range o.at {
				often[k]++
			}
		}
	}
	penalty := make([]float64, len(names))
	for k, name := range names {
		penalty[k] = held(name, often[k])
	}
	// what gets no weight takes no time
	var kept [][]option
	for _, options := range groups {
		list := make([]option, len(options))
		for i, o := range options {
			list[i].worth = o.worth
			for x, k := range o.at {
				if penalty[k] >= 0 {
					list[i].at, list[i].value = append(list[i].at, k), append(list[i].value, o.value[x])
				}
			}
		}
		kept = append(kept, list)
	}
	var p []float64
	weights, err := descend("a choice", len(names), func(w, gradient []float64) float64 {
		value := 0.0
		for k, x := range w {
			h := max(0, penalty[k])
			gradient[k] = h * x
			value += h * x * x / 2
		}
		for _, options := range kept {
			p = p[:0]
			sum, right, most := 0.0, 0.0, math.Inf(-1)
			for _, o := range options {
				odds := 0.0
				for x, k := range o.at {
					odds += w[k] * o.value[x]
				}
				p = append(p, odds)
				most = max(most, odds)
			}
			for i, o := range options {
				p[i] = math.Exp(p[i] - most)
				sum += p[i]
				right += p[i] * o.worth
			}
			right = max(right, math.SmallestNonzeroFloat64)
			value += math.Log(sum) - math.Log(right)
			for i, o := range options {
				g := p[i]/sum - p[i]*o.worth/right
				for x, k := range o.at {
					gradient[k] += g * o.value[x]
				}
			}
		}
		return value
	})
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	for k, name := range names {
		if penalty[k] >= 0 {
			out[name] = weights[k]
		}
	}
	return out, nil
}

// unseenShift is the difference of log-odds between how often claims of the lots were right at their first look and how
// often they are right now that the lots were learnt from. A new document is a first look. It is never above nothing: what was counted at first looks was sure
// enough to be proposed, all candidates are counted now.
func unseenShift(all []judged, record map[string][2]float64) float64 {
	var then, now [2]float64
	for _, x := range record {
		then[0] += x[0]
		then[1] += x[1]
	}
	for _, j := range all {
		if !strings.HasPrefix(j.set, "lot-") {
			continue
		}
		switch j.verdict {
		case right:
			now[0]++
		case wrong:
			now[1]++
		}
	}
	if then[0] == 0 || then[1] == 0 || now[0] == 0 || now[1] == 0 {
		return 0
	}
	return min(0, math.Log(then[0]/then[1])-math.Log(now[0]/now[1]))
}

// judgedWeight is how much a claim weighs in a fit.
func judgedWeight(j *judged) float64 {
	switch {
	case j.set == "pages":
		return pagesDiscount
	case j.set == "neutral":
		return neutralDiscount
	case counterparts[j.set]:
		return countsAs(j.set)
	}
	return 1
}

// countsAs is how much what a set's texts say counts against another's: see counterpartWeight.
func countsAs(set string) float64 {
	if counterparts[set] {
		return counterpartWeight
	}
	return 1
}

// counterparts are the lots whose texts were written after real ones, as sparse as those (testdata/lots/README.md).
var counterparts = func() map[string]bool {
	const first, last = 164, 213
	out := map[string]bool{}
	for n := first; n <= last; n++ {
		out[fmt.Sprintf("lot-%d", n)] = true
	}
	return out
}()

// fit is logistic regression by gradient descent, with the squares of the weights held down (but the bias's).
func fit(js []judged) map[string]float64 { return fitHeld(js, penalty) }

// fitHeld is fit with another penalty.
func fitHeld(js []judged, penalty float64) map[string]float64 {
	known := features{index: map[string]int{}}
	type row struct {
		at     []int
		value  []float64
		y      float64
		weight float64
	}
	var rows []row
	var n float64
	for i := range js {
		j := &js[i]
		if !j.verdict.counts() {
			continue
		}
		r := row{weight: judgedWeight(j)}
		if j.verdict != wrong {
			r.y = 1
		}
		for _, f := range j.Features {
			r.at, r.value = append(r.at, known.number(f.Feature)), append(r.value, f.Value)
		}
		rows = append(rows, r)
		n += r.weight
	}
	names := known.names
	often := make([]int, len(names))
	ofSubject := make([]bool, len(names))
	for k, name := range names {
		ofSubject[k] = strings.HasPrefix(name, weigh.SubjectPrefix)
	}
	for i := range rows {
		for _, k := range rows[i].at {
			often[k]++
		}
	}
	w, gradient := make([]float64, len(names)), make([]float64, len(names))
	squares := make([]float64, len(names)) // of the gradients: each weight has a pace of its own (Adagrad)
	for round := 0; round < rounds; round++ {
		clear(gradient)
		for i := range rows {
			r := &rows[i]
			value, subject, chosen := 0.0, 0.0, false
			for x, k := range r.at {
				if ofSubject[k] {
					subject += w[k] * r.value[x]
					chosen = true
				} else {
					value += w[k] * r.value[x]
				}
			}
			miss, subjectMiss := weigh.Logistic(value)-r.y, 0.0
			if chosen { // p = p(value) p(subject)
				v, s := weigh.Logistic(value), weigh.Logistic(subject)
				rest := (v*s - r.y) / (1 - v*s)
				miss, subjectMiss = rest*(1-v), rest*(1-s)
			}
			for x, k := range r.at {
				if ofSubject[k] {
					gradient[k] += subjectMiss * r.weight * r.value[x]
				} else {
					gradient[k] += miss * r.weight * r.value[x]
				}
			}
		}
		for k, g := range gradient {
			if often[k] < fewest {
				continue
			}
			if names[k] != "bias" && names[k] != weigh.SubjectPrefix+"bias" && !strings.HasPrefix(names[k], "context: ") {
				held := penalty
				if strings.HasPrefix(names[k], "language=") {
					held *= languagePenalty
				}
				g += held * w[k]
			}
			squares[k] += g * g
			if squares[k] > 0 {
				w[k] -= rate * g / math.Sqrt(squares[k])
			}
		}
	}
	out := map[string]float64{}
	for k, name := range names {
		out[name] = w[k]
	}
	return out
}
