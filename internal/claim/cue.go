package claim

import (
	"context"
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
)

// Where no rule speaks, the words around a mention may still say that it is the value of a claim: "the contract",
// "signed", "for" around a firm. Each such word is a cue: it adds to the log-odds of a predicate by a weight that was
// fitted on documents with gold (cue.csv), as many words do in a text classifier (multinomial logistic regression on a
// bag of words with places). A mention that cues make likely enough is claimed like any other, less surely.

// cueTarget is a predicate whose values cues look for.
type cueTarget struct {
	predicate contrechamp.Predicate
	kinds     kind   // of the mention that may be the value
	about     string // "company", "product" or "" for a deployment
	constant  string // of predicates whose value is no mention: the stage
	name      string // in the file of weights
	rule      *rule
}

var cueTargets = func() []cueTarget {
	targets := []cueTarget{
		{predicate: contrechamp.Vendor, kinds: kCO | kNAME},
		{predicate: contrechamp.Product, kinds: kPRD | kNAME},
		{predicate: contrechamp.Programme, kinds: kPRG | kNAME},
		{predicate: contrechamp.Operator, kinds: kPOL | kORG | kCO | kAUT},
		{predicate: contrechamp.Objection, kinds: kORG | kAUT | kPOL | kPER},
		{predicate: contrechamp.Home, kinds: kDEM | kPLC, about: "company"},
		{predicate: contrechamp.Market, kinds: kDEM | kPLC, about: "company"},
		{predicate: contrechamp.Sanction, kinds: kAUT | kPOL | kPLC | kORG, about: "company"},
		{predicate: contrechamp.Founded, kinds: kDAT, about: "company"},
		{predicate: contrechamp.Since, kinds: kDAT},
		{predicate: contrechamp.Cost, kinds: kMON},
		{predicate: contrechamp.Accuracy, kinds: kPCT},
		{predicate: contrechamp.PersonsTracked, kinds: kNUM},
		{predicate: contrechamp.DeviceCount, kinds: kNUM},
	}
	for _, stage := range []string{"planned", "trial", "operational", "suspended", "ended"} {
		targets = append(targets, cueTarget{predicate: contrechamp.Status, constant: stage})
	}
	for i := range targets {
		t := &targets[i]
		t.name = string(t.predicate)
		if t.constant != "" {
			t.name += "." + t.constant
		}
		t.rule = &rule{id: "cue." + t.name, predicate: t.predicate, about: t.about, constant: t.constant}
		if t.constant != "" {
			t.rule.stage = stageOf(t.constant)
		}
		if t.predicate == contrechamp.Home || t.predicate == contrechamp.Market {
			t.rule.country = true
		}
	}
	return targets
}()

// cueKey is a word as cues know it: its beginning, which inflection leaves alone; every figure is the same.
func cueKey(fold string) string {
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

// Cue is a mention, or a sentence, that may make a claim of a predicate, with the cues around it: for fitting their weights.
type Cue struct {
	Target    string
	Predicate contrechamp.Predicate
	Value     contrechamp.Value
	Sentence  string
	Cues      []string
	ByRule    bool // a rule proposes the value already
}

// Cues answers all of a text.
func (e *Engine) Cues(ctx context.Context, text contrechamp.Text) ([]Cue, error) {
	d, err := e.read(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer d.release()
	taken := d.takenValues()
	var out []Cue
	d.eachCue(func(t *cueTarget, i, u int) {
		s := &d.sents[i]
		v, ok := d.cueValue(t, s, u)
		if !ok {
			return
		}
		c := Cue{Target: t.name, Predicate: t.predicate, Value: v, Sentence: d.words(s.first, s.end), ByRule: taken[string(t.predicate)+" "+v.Key()]}
		d.cuesAt(t, i, u, func(name string) { c.Cues = append(c.Cues, name) })
		out = append(out, c)
	})
	return out, nil
}

// takenValues are the predicates with values that rules propose.
func (d *doc) takenValues() map[string]bool {
	taken := map[string]bool{}
	for _, c := range d.claims {
		if !strings.HasPrefix(c.claim.Rule, "cue.") {
			taken[string(c.claim.Predicate)+" "+c.claim.Value.Key()] = true
		}
	}
	return taken
}

// eachCue calls f for each target and unit of a sentence that may be its value; u is -1 where the sentence as a whole is.
func (d *doc) eachCue(f func(t *cueTarget, i, u int)) {
	if !d.topical && !d.surveils {
		return
	}
	for i := range d.sents {
		if d.asks(i) {
			continue
		}
		s := &d.sents[i]
		if len(s.units) < 4 {
			continue
		}
		for k := range cueTargets {
			t := &cueTargets[k]
			if t.constant != "" {
				f(t, i, -1)
				continue
			}
			for u := range s.units {
				m := s.units[u].mention
				if m == nil || s.units[u].kinds&t.kinds == 0 {
					continue
				}
				f(t, i, u)
			}
		}
	}
}

// cueValue is the value that a unit would be.
func (d *doc) cueValue(t *cueTarget, s *sentence, u int) (contrechamp.Value, bool) {
	if t.predicate == contrechamp.DeviceCount {
		m := s.units[u].mention
		if m.quantity == nil || m.quantity.Number < 1 || m.quantity.Number != float64(int64(m.quantity.Number)) {
			return contrechamp.Value{}, false
		}
		unit := "camera"
		best := len(s.units)
		for n := range s.units {
			if s.units[n].kinds&kDEV != 0 && s.units[n].mention.unit != "" {
				if far := max(n-u, u-n); far < best {
					best, unit = far, s.units[n].mention.unit
				}
			}
		}
		return contrechamp.Value{Number: m.quantity.Number, Unit: unit, Qualifier: m.quantity.Qualifier}, true
	}
	if u >= 0 && s.units[u].mention.entity == nil && s.units[u].kinds&kNAME != 0 && s.units[u].kinds&(kCO|kPRD|kPRG) == 0 {
		// a name that nobody knows becomes an entity only when it is claimed
		name := d.words(s.units[u].mention.first, s.units[u].mention.end)
		return contrechamp.Value{Entity: &contrechamp.EntityRef{ID: "x-name-" + slug(name), Names: []string{name}}}, true
	}
	m := match{from: max(u, 0), to: max(u, 0) + 1}
	return d.value(t.rule, s, u, &m)
}

// cuesAt names the cues of a unit as a value of a target.
func (d *doc) cuesAt(t *cueTarget, i, u int, cue func(string)) {
	const near = 3
	s := &d.sents[i]
	for n := range s.units {
		un := &s.units[n]
		if n == u {
			for tok := un.first; tok < un.end; tok++ {
				cue("= " + cueKey(d.fold[tok]))
			}
			if m := un.mention; m != nil {
				if m.generic {
					cue("= generic")
				}
				if m.entity != nil && m.entity.Source == "lexicon" {
					cue("= known")
				}
				if un.kinds&kNAME != 0 {
					cue("= name")
				}
			}
			continue
		}
		word := ""
		if un.mention != nil && un.kinds&^kNUM != 0 {
			word = "[" + kindWord(un.kinds) + "]"
		} else {
			word = cueKey(d.fold[un.first])
		}
		cue("~ " + word)
		if u < 0 {
			continue
		}
		switch {
		case n < u && u-n <= near:
			cue("< " + word)
		case n > u && n-u <= near:
			cue("> " + word)
		}
	}
	if p := d.paras[s.para]; p.role == contrechamp.RoleTitle || p.role == contrechamp.RoleHeading {
		cue("in a heading")
	}
	if x := d.context(i); x != "" {
		cue(x)
	}
	if i < 3 {
		cue("opens the text")
	}
	if d.company != nil {
		cue("text is about a company")
	}
	for _, p := range d.cueClaimed(i, t) {
		cue(p)
	}
}

// cueClaimed says what rules claim in the sentence and of the predicate in the text.
func (d *doc) cueClaimed(i int, t *cueTarget) []string {
	var out []string
	claimed := false
	for _, c := range d.claims {
		if strings.HasPrefix(c.claim.Rule, "cue.") {
			continue
		}
		if c.sent == i {
			if name := "claims " + string(c.claim.Predicate); !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		claimed = claimed || c.claim.Predicate == t.predicate
	}
	if claimed {
		out = append(out, "claimed elsewhere")
	}
	return out
}

// kindWord is the name of the first kind.
func kindWord(k kind) string {
	for i := range kindCount {
		if k&(1<<i) != 0 {
			return kindName(1 << i)
		}
	}
	return ""
}
