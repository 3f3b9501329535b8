package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/read"
)

// Training settings. The penalty keeps the weights of rare features near nothing: a rule that fired three times says little.
const (
	rounds = 600
	rate   = 0.3
	// seenDiscount is how much a claim of seeds, dev and the bulletins weighs against one of a lot: the rules were made
	// on them for longest.
	seenDiscount = 0.5
	// neutralDiscount is how much a claim of a neutral sentence weighs: there are many, of a few sentences with slots.
	neutralDiscount = 0.24
	// languagePenalty is how much more a language's weight is held down than others: a language has few documents, and what goes wrong in
	// one of them says little of the language.
	languagePenalty = 10
)

// train fits the weights of the confidence on all known sets, shows how they do on each lot when it is left out, and
// writes them.
func train(shared, looks, rulesFile, out, subjectsOut, placesOut, mainsOut string, quick, dry, fitOnly bool, swap string) error {
	e, sets, err := engineAndSets(shared, looks)
	if err != nil {
		return err
	}
	record, err := ruleRecord(rulesFile)
	if err != nil {
		return err
	}
	without := func(names ...string) []docSet {
		return slices.DeleteFunc(slices.Clone(sets), func(s docSet) bool { return slices.Contains(names, s.name) })
	}
	// what is measured on: the sets, or the same with other towns
	var tried [][]docSet
	if swap == "" {
		tried = append(tried, sets)
	} else if !dry {
		return fmt.Errorf("weights are fitted on the sets as they are: --swap wants --dry: %w", contrechamp.ErrInvalid)
	}
	for seed := uint64(1); swap != "" && seed <= swaps; seed++ {
		other, err := changed(sets, swap, seed)
		if err != nil {
			return err
		}
		tried = append(tried, other)
	}
	var pooled [len(levels)]tally
	leave := func(names ...string) error {
		m, err := fitAll(e, without(names...), record)
		if err != nil {
			return err
		}
		with := m.on(e)
		for i, sets := range tried {
			if i > 0 || swap != "" {
				t, err := tallyOf(with, sets, names)
				if err != nil {
					return err
				}
				for i := range t {
					pooled[i].add(t[i])
				}
				continue
			}
			if err := report(strings.Join(names, " ")+" left out", with, sets, names); err != nil {
				return err
			}
			t, err := tallyOf(with, sets, names)
			if err != nil {
				return err
			}
			for i := range t {
				pooled[i].add(t[i])
			}
		}
		return nil
	}
	if !quick && !fitOnly {
		for _, set := range sets {
			if strings.HasPrefix(set.name, "lot-") {
				if err := leave(set.name); err != nil {
					return err
				}
			}
		}
		fmt.Println("each lot left out once, all together:")
		for i, least := range levels {
			t := pooled[i]
			fmt.Printf("  from %.1f: precision %.3f recall %.3f (%d right, %d wrong of %d)\n", least, t.precision(), t.recall(), t.found, t.wrong, t.gold)
		}
	}
	if swap != "" {
		return nil
	}
	for _, names := range [][]string{{"lot-05", "lot-06", "lot-07"}, {"lot-01", "lot-02", "lot-03", "lot-04"}} {
		if fitOnly {
			break
		}
		if err := leave(names...); err != nil {
			return err
		}
	}
	if dry {
		return nil
	}
	m, err := fitAll(e, sets, record)
	if err != nil {
		return err
	}
	var names []string
	for _, set := range sets {
		names = append(names, set.name)
	}
	if err := report("all (seen)", m.on(e), sets, names); err != nil {
		return err
	}
	if err := writeWeights(subjectsOut, m.subjects); err != nil {
		return err
	}
	if err := writeWeights(placesOut, m.places); err != nil {
		return err
	}
	if err := writeWeights(mainsOut, m.mains); err != nil {
		return err
	}
	return writeWeights(out, m.confidence)
}

// swaps is how often the towns are drawn again.
const swaps = 3

// levels are the confidences from which claims are counted.
var levels = [...]float64{0.2, claim.Least, 0.4, 0.5, 0.6, claim.Sure}

// tallyOf counts what an engine proposes on some sets, from each level.
func tallyOf(e *claim.Engine, sets []docSet, on []string) (t [len(levels)]tally, err error) {
	for _, set := range sets {
		if !slices.Contains(on, set.name) {
			continue
		}
		js, err := judge(e, set, true)
		if err != nil {
			return t, err
		}
		for i, least := range levels {
			for _, g := range set.gold {
				if !g.Optional {
					t[i].gold++
				}
			}
			used := map[int]bool{}
			by := map[string]tally{}
			for _, j := range js {
				if j.Claim.Confidence >= least {
					j.verdict, j.gold = verdictOf(j.document, j.Claim, set.gold, used)
					t[i].add(j.tally(set))
					x := by[j.document]
					x.add(j.tally(set))
					by[j.document] = x
				}
			}
			if os.Getenv("DOCS") != "" && least == claim.Least {
				for _, n := range sortedKeys(by) {
					fmt.Printf("DOC %s %d %d\n", n, by[n].found, by[n].wrong)
				}
			}
		}
	}
	return t, nil
}

// models are the weights of both models.
type models struct{ confidence, subjects, places, mains map[string]float64 }

// on answers an engine that weighs by the models.
func (m models) on(e *claim.Engine) *claim.Engine {
	return e.WithPlaces(claim.NewModel(m.places)).WithMains(claim.NewModel(m.mains)).WithModels(claim.NewModel(m.confidence), claim.NewModel(m.subjects))
}

// fitAll fits the choice of subjects, then, with the claims that this gives, their confidence.
func fitAll(e *claim.Engine, sets []docSet, record map[string][2]float64) (models, error) {
	m, err := fitChoices(e, sets)
	if err != nil {
		return m, err
	}
	// what the choices of subjects are worth on a text that they were not fitted on is what the confidence must know: each
	// fold's claims are made by what was fitted on the others
	var all []judged
	for fold := range folds {
		var rest, held []docSet
		for i, set := range sets {
			if i%folds == fold {
				held = append(held, set)
			} else {
				rest = append(rest, set)
			}
		}
		with, err := fitChoices(e, rest)
		if err != nil {
			return m, err
		}
		js, err := judgeAll(with.on(e), held)
		if err != nil {
			return m, err
		}
		all = append(all, js...)
	}
	neutral, _, err := neutralJudged(m.on(e), neutralSeed, true)
	if err != nil {
		return m, err
	}
	m.confidence = fit(append(all, neutral...), unseenShift(all, record))
	return m, nil
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
	e = e.WithPlaces(claim.NewModel(m.places))
	if m.mains, err = fitMains(e, sets); err != nil {
		return m, err
	}
	// start from the chain alone, whatever the engine was fitted on; the same texts with towns that nobody knows are as
	// many texts more
	more, err := renamed(sets, "unknown", madeSeeds[1].seed)
	if err != nil {
		return m, err
	}
	more = append(slices.Clone(sets), more...)
	all, err := judgeAll(e.WithMains(claim.NewModel(m.mains)).WithModels(claim.NewModel(nil), claim.NewModel(map[string]float64{"chain": 4})), more)
	if err != nil {
		return m, err
	}
	m.subjects = fitSubjects(all, more)
	return m, nil
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

// subjectPenalty holds the weights of the choice of subjects down.
var subjectPenalty = 1.0

// fitSubjects fits the choice of subjects: among the choices of a claim whose value a gold claim has, those of the gold
// claim's subject should weigh most (a conditional logit).
func fitSubjects(js []judged, sets []docSet) map[string]float64 {
	gold := map[string][]goldClaim{}
	for _, s := range sets {
		for _, g := range s.gold {
			gold[s.name+"/"+g.Document] = append(gold[s.name+"/"+g.Document], g)
		}
	}
	index := map[string]int{}
	var names []string
	var claims [][]option
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
			o := option{good: meet(about, foldAll(append([]string{c.Entity.ID}, c.Entity.Names...)))}
			if o.good {
				good++
			}
			for _, f := range c.Features {
				k, ok := index[f.Feature]
				if !ok {
					k = len(names)
					index[f.Feature] = k
					names = append(names, f.Feature)
				}
				o.at, o.value = append(o.at, k), append(o.value, f.Value)
			}
			options = append(options, o)
		}
		if good > 0 && good < len(options) {
			claims = append(claims, options)
		}
	}
	return choiceWeights(claims, names, subjectPenalty)
}

// option is one of those that are chosen among: its features, and whether it is right.
type option struct {
	at    []int
	value []float64
	good  bool
}

// choiceWeights fits a conditional logit: in each group those that are good should weigh most.
func choiceWeights(groups [][]option, names []string, penalty float64) map[string]float64 {
	w, gradient, squares := make([]float64, len(names)), make([]float64, len(names)), make([]float64, len(names))
	for round := 0; round < rounds; round++ {
		clear(gradient)
		for _, options := range groups {
			p := make([]float64, len(options))
			sum, right := 0.0, 0.0
			for i, o := range options {
				for x, k := range o.at {
					p[i] += w[k] * o.value[x]
				}
				p[i] = math.Exp(p[i])
				sum += p[i]
				if o.good {
					right += p[i]
				}
			}
			for i, o := range options {
				g := p[i] / sum
				if o.good {
					g -= p[i] / right
				}
				for x, k := range o.at {
					gradient[k] += g * o.value[x]
				}
			}
		}
		for k, g := range gradient {
			g += penalty * w[k]
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

// ruleRecord reads how often each rule was right and wrong on first looks.
func ruleRecord(file string) (map[string][2]float64, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	out := map[string][2]float64{}
	for _, r := range rows[min(1, len(rows)):] {
		if len(r) != 5 {
			return nil, fmt.Errorf("%s: a line has %d fields, not 5", file, len(r))
		}
		x := out[r[1]]
		for i, field := range [2]string{r[2], r[3]} {
			n, err := strconv.ParseFloat(field, 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %q is no count", file, field)
			}
			x[i] += n
		}
		out[r[1]] = x
	}
	return out, nil
}

// recordRules writes what each rule did on a lot behind the others in the record: to be called after its first look, before
// anything is learnt from it.
func recordRules(shared, looks, file, lot string) error {
	sets, err := knownDocs(shared, looks)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(sets, func(s docSet) bool { return s.name == lot })
	if i < 0 {
		return fmt.Errorf("%s has had no first look: %w", lot, contrechamp.ErrNotFound)
	}
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if bytes.Contains(old, []byte("\n"+lot+",")) {
		return fmt.Errorf("the record has %s already: %w", lot, contrechamp.ErrConflict)
	}
	e, err := newEngine()
	if err != nil {
		return err
	}
	js, err := judge(e, sets[i], false)
	if err != nil {
		return err
	}
	counts := map[string][3]int{}
	for _, j := range js {
		x := counts[j.Claim.Rule]
		switch j.verdict {
		case right:
			x[0]++
		case wrong:
			x[1]++
		case optional:
			x[2]++
		}
		counts[j.Claim.Rule] = x
	}
	for _, r := range sortedKeys(counts) {
		old = fmt.Appendf(old, "%s,%s,%d,%d,%d\n", lot, r, counts[r][0], counts[r][1], counts[r][2])
	}
	return os.WriteFile(file, old, 0o644)
}

// unseenShift is the difference of log-odds between how often claims of the lots were right at their first look and how
// often they are right now that the lots were learnt from. A new document is a first look.
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
	return math.Log(then[0]/then[1]) - math.Log(now[0]/now[1])
}

// fit is logistic regression by gradient descent, with the squares of the weights held down (but the bias's). The bias is
// moved by shift at the end.
func fit(js []judged, shift float64) map[string]float64 { return fitHeld(js, shift, penalty) }

// fitHeld is fit with another penalty.
func fitHeld(js []judged, shift, penalty float64) map[string]float64 {
	index := map[string]int{}
	var names []string
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
		if j.verdict == again {
			continue
		}
		r := row{weight: 1}
		switch {
		case j.set == "pages":
			r.weight = pagesDiscount
		case j.set == "neutral":
			r.weight = neutralDiscount
		case !strings.HasPrefix(j.set, "lot-"):
			r.weight = seenDiscount
		}
		if j.verdict != wrong {
			r.y = 1
		}
		for _, f := range j.Features {
			k, ok := index[f.Feature]
			if !ok {
				k = len(names)
				index[f.Feature] = k
				names = append(names, f.Feature)
			}
			r.at, r.value = append(r.at, k), append(r.value, f.Value)
		}
		rows = append(rows, r)
		n += r.weight
	}
	often := make([]int, len(names))
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
			sum := 0.0
			for x, k := range r.at {
				sum += w[k] * r.value[x]
			}
			miss := (claim.Logistic(sum) - r.y) * r.weight
			for x, k := range r.at {
				gradient[k] += miss * r.value[x]
			}
		}
		for k, g := range gradient {
			if often[k] < fewest {
				continue
			}
			if names[k] != "bias" && !strings.HasPrefix(names[k], "context: ") {
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
	out["bias"] += shift
	return out
}

// report prints how an engine does on some sets.
func report(name string, e *claim.Engine, sets []docSet, on []string) error {
	var t tally
	var brier, n float64
	curve := []float64{0.2, 0.3, 0.4, 0.5, 0.6, 0.7}
	curved := make([]tally, len(curve))
	by := map[string]tally{}
	var choice [3]int
	var fixed [2]int
	for _, set := range sets {
		if !slices.Contains(on, set.name) {
			continue
		}
		for _, g := range set.gold {
			if !g.Optional {
				t.gold++
			}
		}
		js, err := judge(e, set, true)
		if err != nil {
			return err
		}
		for i, least := range curve {
			used := map[int]bool{}
			for _, j := range js {
				if j.Claim.Confidence >= least {
					j.verdict, j.gold = verdictOf(j.document, j.Claim, set.gold, used)
					curved[i].add(j.tally(set))
				}
			}
		}
		js = judgedFrom(js, set)
		for _, g := range set.gold {
			if !g.Optional {
				x := by[g.Predicate]
				x.gold++
				by[g.Predicate] = x
			}
		}
		for _, j := range js {
			x := by[string(j.Claim.Predicate)]
			x.add(j.tally(set))
			by[string(j.Claim.Predicate)] = x
		}
		for _, j := range js {
			about := map[string]bool{}
			for _, g := range set.gold {
				if g.Document == j.document && g.Predicate == string(j.Claim.Predicate) && sameValue(g.Value, j.Claim.Value) {
					for n := range foldAll(g.About) {
						about[n] = true
					}
				}
			}
			if len(about) == 0 {
				continue
			}
			ok, can := meet(about, foldAll(aboutNames(j.Claim))), false
			for _, c := range j.Choices {
				can = can || meet(about, foldAll(append([]string{c.Entity.ID}, c.Entity.Names...)))
			}
			if len(j.Choices) > 0 {
				choice[0]++
				if can {
					choice[1]++
				}
				if ok {
					choice[2]++
				}
			} else {
				fixed[0]++
				if ok {
					fixed[1]++
				}
			}
		}
		for _, j := range js {
			t.add(j.tally(set))
			if j.verdict != again {
				y := 0.0
				if j.verdict != wrong {
					y = 1
				}
				brier += (j.Claim.Confidence - y) * (j.Claim.Confidence - y)
				n++
			}
		}
	}
	line, err := neutralLine(e)
	if err != nil {
		return err
	}
	fmt.Printf("%-40s precision %.3f recall %.3f (%d right, %d wrong of %d); speaker %.2f modality %.2f; confident %.2f at %.2f; Brier %.3f\n", name, t.precision(), t.recall(), t.found, t.wrong, t.gold,
		share(t.speaker, t.spoken), share(t.modality, t.matched), share(t.sureFound, t.sureFound+t.sureWrong), share(t.sureFound, t.gold), brier/max(n, 1))
	fmt.Print("  from a confidence of")
	for i, least := range curve {
		fmt.Printf(" | %.1f: %.2f/%.2f", least, curved[i].precision(), share(curved[i].found, t.gold))
	}
	fmt.Println()
	fmt.Print("  right of proposed, of gold:")
	for _, p := range sortedKeys(by) {
		fmt.Printf(" %s %d/%d/%d", p, by[p].found, by[p].found+by[p].wrong, by[p].gold)
	}
	fmt.Println()
	fmt.Println("  " + line)
	fmt.Printf("  subjects: of %d chosen %d could be right and %d were; of %d said by the words %d were right\n", choice[0], choice[1], choice[2], fixed[0], fixed[1])
	return nil
}

// writeWeights writes the weights, strongest groups together, for people to read.
func writeWeights(file string, w map[string]float64) error {
	names := make([]string, 0, len(w))
	for f, x := range w {
		if math.Abs(x) >= 0.005 {
			names = append(names, f)
		}
	}
	slices.Sort(names)
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	if err := c.Write([]string{"feature", "weight"}); err != nil {
		return err
	}
	for _, f := range names {
		if err := c.Write([]string{f, strconv.FormatFloat(w[f], 'f', 3, 64)}); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// smallPlacePrior is what it adds to the log-odds of a place that the lexicon knows a small place of that name. It is not
// fitted: whether such names are places is what nobody has labelled.
const smallPlacePrior = 1.2

// pagesDiscount is how much a name of a page about anything weighs against one of a lot.
const pagesDiscount = 0.3

// placePenalty holds the weights of places down.
const placePenalty = 1.0

// fitPlaces fits what tells that a name is a place's: those that the lexicon is sure of and those that the gold is about
// against all others.
func fitPlaces(e *claim.Engine, sets []docSet) (map[string]float64, error) {
	js, err := judgeRuns(e, sets)
	if err != nil {
		return nil, err
	}
	w := fitHeld(js, 0, placePenalty)
	w[claim.SmallPlace] = smallPlacePrior
	return w, nil
}

// judgeRuns are the names of sets, right where they name a place.
func judgeRuns(e *claim.Engine, sets []docSet) ([]judged, error) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	small := claim.SmallPlace
	var js []judged
	for _, set := range sets {
		for _, name := range sortedKeys(set.texts) {
			text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: set.texts[name], Now: now})
			if errors.Is(err, contrechamp.ErrInvalid) && set.name == "pages" {
				continue // a page without text
			}
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", name, err)
			}
			runs, err := e.Runs(context.Background(), text)
			if err != nil {
				return nil, fmt.Errorf("find the names of %s: %w", name, err)
			}
			about := map[string]bool{}
			for _, g := range set.gold {
				if g.Document != name || slices.Contains(aboutFirms, g.Predicate) {
					continue
				}
				for _, n := range g.About {
					for _, i := range lex.ByName(n) {
						if lex.Entity(i).Kind == contrechamp.KindPlace {
							about[foldName(n)] = true
						}
					}
				}
			}
			for _, r := range runs {
				j := judged{set: set.name, document: name}
				j.Claim.Rule = r.Words
				hasSmall := false
				for _, f := range r.Features {
					if f.Feature == small || f.Feature == claim.NounsPrefix+small {
						hasSmall = true
						continue
					}
					j.Features = append(j.Features, f)
				}
				switch gold := about[foldName(r.Words)]; {
				case r.Excluded:
					continue
				case gold || r.Place:
					j.verdict = right
				case hasSmall:
					continue // nobody knows
				}
				js = append(js, j)
			}
		}
	}
	return js, nil
}

// mainPenalty holds the weights of the choice of what a text is about down.
const mainPenalty = 6.0

// fitMains fits the choice of what a text is about: the candidates that most of its gold's deployments are about should
// weigh most. The same texts with other towns and with towns that nobody knows are as many texts more.
func fitMains(e *claim.Engine, sets []docSet) (map[string]float64, error) {
	groups, names, err := mainOptions(e, sets)
	if err != nil {
		return nil, err
	}
	return choiceWeights(groups, names, mainPenalty), nil
}

// madeSeeds are the draws of towns that weights are fitted on; others are measured.
var madeSeeds = []struct {
	swap string
	seed uint64
}{{"", 0}, {"unknown", 101}, {"others", 103}}

// mainOptions are the candidates of each text that has a right one.
func mainOptions(e *claim.Engine, sets []docSet) (groups [][]option, names []string, err error) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	index := map[string]int{}
	for _, made := range madeSeeds {
		changed, err := changed(sets, made.swap, made.seed)
		if err != nil {
			return nil, nil, err
		}
		for _, set := range changed {
			for _, name := range sortedKeys(set.texts) {
				text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: set.texts[name], Now: now})
				if err != nil {
					return nil, nil, fmt.Errorf("read %s: %w", name, err)
				}
				candidates, err := e.Mains(context.Background(), text)
				if err != nil {
					return nil, nil, fmt.Errorf("find what %s is about: %w", name, err)
				}
				support := make([]int, len(candidates))
				most := 0
				for i, c := range candidates {
					support[i] = aboutShared(set, name, c.Names)
					most = max(most, support[i])
				}
				if most == 0 {
					continue
				}
				var options []option
				good := 0
				for i, c := range candidates {
					o := option{good: support[i] == most}
					if o.good {
						good++
					}
					for _, f := range c.Features {
						k, ok := index[f.Feature]
						if !ok {
							k = len(names)
							index[f.Feature] = k
							names = append(names, f.Feature)
						}
						o.at, o.value = append(o.at, k), append(o.value, f.Value)
					}
					options = append(options, o)
				}
				if good < len(options) {
					groups = append(groups, options)
				}
			}
		}
	}
	return groups, names, nil
}
