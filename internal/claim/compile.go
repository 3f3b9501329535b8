package claim

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// lists are the classes whose words are no words of a text, by the names that rule files give them.
func (g *grammar) lists() map[string]*[]string {
	return map[string]*[]string{
		"ending.future": &g.endings[futureEnding], "ending.hedge": &g.endings[hedgeEnding], "ending.participle": &g.endings[participleEnding],
		"ending.infinitive": &g.infinitives, "ending.inhabitant": &g.inhabitants, "ending.oblique": &g.oblique, "ending.weak": &g.weak, "ending.adjective": &g.adjectives,
		"prefix.marked": &g.marked.prefixes, "ending.marked": &g.marked.endings, "prefix.unmarked": &g.unmarked.prefixes, "ending.unmarked": &g.unmarked.endings, "ending.any-participle": &g.participles,
		"ending.device": &g.deviceHeads, "prefix.no-device": &g.noDevice, "ending.system": &g.systemEndings, "inhabitant-country": &g.inhabitantCountries, "inhabitant-before": &g.inhabitantBefore,
	}
}

// noteEndings notes the last bytes of words with one of these endings, in either case.
func (g *grammar) noteEndings(endings []string) {
	for c := utf8.RuneSelf; c < len(g.mayEnd); c++ {
		g.mayEnd[c] = true
	}
	for _, e := range endings {
		if c := e[len(e)-1]; c < utf8.RuneSelf {
			g.mayEnd[c], g.mayEnd[strings.ToUpper(string(c))[0]] = true, true
		}
	}
}

// stages are the entities of stages, by their IDs.
var stages sync.Map

// stageOf is the entity of a stage: the same each time.
func stageOf(id string) *contrechamp.Entity {
	e, _ := stages.LoadOrStore(id, &contrechamp.Entity{ID: id, Kind: contrechamp.KindStatus, Name: id, Source: "lexicon"})
	return e.(*contrechamp.Entity)
}

// priorNames are the ways to propose a claim that are no rules of a file; the file gives their priors.
var priorNames = []string{"capability.name", "capability.say", "capability.it", "capability.counted", "count.noun", "count.carry", "programme.system", "table"}

// speakerValue as value= stands for who says the sentence.
const speakerValue = "@speaker"

// companyValue makes the value of a rule the firm that the text speaks of where it stands.
const companyValue = "@company"

// noClass is the class of no word.
const noClass int32 = -1

// compile checks a file and makes its grammar. Errors name the file and line.
func compile(f *File, capabilities map[string]bool) (*grammar, error) {
	g := &grammar{language: f.Language, frames: triggers{pass: framing}, sayings: triggers{pass: saying}, programmes: triggers{pass: programming}, classes: map[string]int32{}, exact: map[string][]int32{}, prefix: map[string][]int32{},
		phrases: map[string][]phrase{}, spellings: map[string]string{}, lengths: map[int32][]int{}, priors: f.Priors}
	bad := func(line int, format string, args ...any) error {
		return fmt.Errorf("%s:%d: %s: %w", f.Name, line, fmt.Sprintf(format, args...), contrechamp.ErrInvalid)
	}
	g.nounsCapital = slices.Contains(f.Traits, traitNounsCapital)
	g.adjectiveBefore = slices.Contains(f.Traits, traitAdjectiveBefore)
	g.ordinalPoint = slices.Contains(f.Traits, traitOrdinalPoint)
	g.placeBehind = slices.Contains(f.Traits, traitPlaceBehind)
	g.negationBehind = slices.Contains(f.Traits, traitNegationBehind)
	g.oneCounts = slices.Contains(f.Traits, traitOneCounts)
	g.nationalsPlain = slices.Contains(f.Traits, traitNationalsPlain)
	g.bareSpeech = slices.Contains(f.Traits, traitBareSpeech)
	byName := map[string]*Class{}
	for i := range f.Classes {
		c := &f.Classes[i]
		if byName[c.Name] != nil {
			return nil, bad(c.Line, "class %s is there twice", c.Name)
		}
		byName[c.Name] = c
	}
	for _, name := range askedClasses(f.Classes) {
		g.class(name)
	}
	if g.asked = g.next; g.asked > ownBits {
		return nil, fmt.Errorf("%s: the program asks for %d classes, more than have a bit of their own: %w", f.Name, g.asked, contrechamp.ErrInvalid)
	}
	for i := range f.Classes {
		g.class(f.Classes[i].Name)
	}
	if err := g.findSigns(f.Classes, bad); err != nil {
		return nil, err
	}
	lists := g.lists()
	compound := map[string]kind{"ending.ngo": kORG, "ending.public": kPOL, "ending.regulator": kAUT}
	for i := range f.Classes {
		c := &f.Classes[i]
		if list := lists[c.Name]; list != nil {
			*list = c.Words
			continue
		}
		if kinds := compound[c.Name]; kinds != 0 {
			g.compounds = append(g.compounds, compounds{kinds, c.Words})
			continue
		}
		if c.Name == "body-join" {
			g.bodyJoin = c.Words
		}
		if err := g.fill(byName, c, g.classes[c.Name], 0); err != nil {
			return nil, bad(c.Line, "class %s: %v", c.Name, err)
		}
	}
	for _, endings := range g.endings {
		if endings != nil {
			g.noteEndings(endings)
		}
	}
	for i := range f.Says {
		s := &f.Says[i]
		if !capabilities[s.Capability] {
			return nil, bad(s.Line, "no capability is called %q", s.Capability)
		}
		c := &say{capability: s.Capability, unless: noClass}
		if s.Unless != "" {
			id, ok := g.named(s.Unless)
			if !ok {
				return nil, bad(s.Line, "no class is called %q", s.Unless)
			}
			c.unless = id
		}
		p, err := g.pattern(s.Pattern)
		if err != nil {
			return nil, bad(s.Line, "%v", err)
		}
		p.say = c
		g.says = append(g.says, c)
		if err := g.index(p); err != nil {
			return nil, bad(s.Line, "%v", err)
		}
	}
	ids := map[string]bool{}
	for i := range f.Rules {
		r := &f.Rules[i]
		if ids[r.ID] {
			return nil, bad(r.Line, "rule %s is there twice", r.ID)
		}
		ids[r.ID] = true
		if err := g.rule(r, bad); err != nil {
			return nil, err
		}
	}
	for _, t := range []*triggers{&g.frames, &g.sayings, &g.programmes} {
		for len(t.byClass) < int(g.next) {
			t.byClass = append(t.byClass, nil)
		}
	}
	for _, name := range priorNames {
		if g.priors[name] == 0 {
			return nil, fmt.Errorf("%s: no prior is given for %s: %w", f.Name, name, contrechamp.ErrInvalid)
		}
	}
	if err := g.known.fill(g); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	g.classHints = make([]string, g.next)
	for i := range f.Classes {
		g.classHints[g.classes[f.Classes[i].Name]] = "{" + f.Classes[i].Name + "}"
	}
	g.signs = append(g.signs, slices.Repeat([]sign{noSign}, int(g.next)-len(g.signs))...) // the words of one rule are no signs
	g.sure, g.acts = append(g.sure, make([]bool, int(g.next)-len(g.sure))...), append(g.acts, make([]uint32, int(g.next)-len(g.acts))...)
	g.loose = append(g.loose, make([]bool, int(g.next)-len(g.loose))...)
	g.spellings, g.lengths = nil, nil
	return g, nil
}

func (g *grammar) rule(r *Rule, bad func(int, string, ...any) error) error {
	c := &rule{id: r.ID + "." + g.language, predicate: r.Predicate, prior: r.Prior, about: r.Options["about"], constant: r.Options["value"],
		modality: contrechamp.Modality(r.Options["modality"]), negated: r.Options["negated"], unless: noClass, needs: noClass, never: noClass,
		country: r.Options["kind"] == "country", past: r.Options["past"] == "yes", noPlace: r.Options["place"] == "no",
		speaks: r.Options["speaker"] == "value", near: r.Options["near"] == "paragraph", topic: r.Options["topic"] == "yes"}
	if c.constant == speakerValue {
		c.constant, c.voiced = "", true
	}
	if c.constant == companyValue {
		c.constant, c.firmed = "", true
	}
	if c.constant != "" {
		c.stage = stageOf(c.constant)
	}
	for option, into := range map[string]*int32{"unless": &c.unless, "needs": &c.needs, "never": &c.never} {
		name := strings.Trim(r.Options[option], "<>")
		if name == "" {
			continue
		}
		id, ok := g.named(name)
		if !ok {
			return bad(r.Line, "rule %s: %s: no class is called %q", r.ID, option, name)
		}
		*into = id
	}
	switch c.about {
	case "", "deployment", "company", "product":
	default:
		return bad(r.Line, "rule %s: about=%s: want deployment, company or product", r.ID, c.about)
	}
	switch c.modality {
	case "", contrechamp.Asserted, contrechamp.Denied, contrechamp.Possible, contrechamp.Planned, contrechamp.Alleged:
	default:
		return bad(r.Line, "rule %s: no modality is called %s", r.ID, c.modality)
	}
	if len(r.Patterns) == 0 {
		return bad(r.Line, "rule %s has no pattern", r.ID)
	}
	if c.constant != "" && r.Predicate.ValueKind() != contrechamp.EntityValue {
		return bad(r.Line, "rule %s: %s has no constant value", r.ID, r.Predicate)
	}
	fires := 0
	for _, e := range r.Examples {
		if e.Fires {
			fires++
		}
	}
	if fires < 2 || fires == len(r.Examples) {
		return bad(r.Line, "rule %s has %d examples that fire and %d that must not: want two and one at least", r.ID, fires, len(r.Examples)-fires)
	}
	for _, one := range r.Patterns {
		p, err := g.pattern(one)
		if err != nil {
			return bad(one.Line, "rule %s: %v", r.ID, err)
		}
		value := c.constant != "" || c.voiced || c.firmed
		for _, e := range p.elements {
			value = value || e.slot == valueSlot
		}
		if !value {
			return bad(one.Line, "rule %s: a pattern without a value", r.ID)
		}
		p.rule = c
		if err := g.index(p); err != nil {
			return bad(one.Line, "rule %s: %v", r.ID, err)
		}
	}
	g.rules = append(g.rules, c)
	return nil
}

func (g *grammar) class(name string) int32 {
	if id, ok := g.classes[name]; ok {
		return id
	}
	// the bits of the classes that the program asks for are theirs alone
	const bits = int32(len(classSet{}) * 64)
	if n := g.next % bits; g.asked > 0 && n < ownBits {
		g.next += ownBits - n
	}
	id := g.next
	g.classes[name] = id
	g.next++
	return id
}

// named is the class of that name that a rule may ask for: those of signs are hints alone, and no token's set has them.
func (g *grammar) named(name string) (int32, bool) {
	id, ok := g.classes[name]
	return id, ok && !g.loose[id]
}

// prior is the confidence of what is proposed without a rule of its own.
func (g *grammar) prior(name string) float64 { return g.priors[name] }

// fill adds the words of c, and of the classes within it, to the class id.
func (g *grammar) fill(byName map[string]*Class, c *Class, id int32, depth int) error {
	if depth > 8 {
		return fmt.Errorf("classes within classes more than 8 deep, or in a circle")
	}
	for _, w := range c.Words {
		if strings.HasPrefix(w, "<") && strings.HasSuffix(w, ">") {
			other := byName[w[1:len(w)-1]]
			if other == nil {
				return fmt.Errorf("no class is called %s", w)
			}
			if err := g.fill(byName, other, id, depth+1); err != nil {
				return err
			}
			continue
		}
		for _, form := range inflect(w) {
			if err := g.add(form, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// add puts a word, a prefix or a phrase into a class.
func (g *grammar) add(w string, id int32) error {
	stem, isPrefix := strings.CutSuffix(w, "*")
	folded := word.Fold(stem)
	var words []string
	for _, t := range word.Cut(nil, folded) {
		words = append(words, t.Of(folded))
	}
	if len(words) == 2 && words[0] == "'" {
		words = []string{folded} // an English ending, "'s", is one token behind its word
	}
	if n := len(words); n >= 2 && words[n-1] == "'" {
		words = append(words[:n-2], words[n-2]+"'") // an elision, "d'", is one token before its word
	}
	g.lengths[id] = append(g.lengths[id], max(len(folded), 1))
	switch {
	case len(words) == 0:
		return fmt.Errorf("%q has no word", w)
	case len(words) == 1 && isPrefix:
		if len(folded) < 3 {
			return fmt.Errorf("%q: a beginning has at least three letters", w)
		}
		g.prefix[folded] = appendOnce(g.prefix[folded], id)
	case isPrefix:
		return fmt.Errorf("%q: only a single word may end in *", w)
	case len(words) == 1:
		g.exact[words[0]] = appendOnce(g.exact[words[0]], id)
	default:
		for i, w := range words {
			words[i] = spelled(g.spellings, w)
		}
		g.phrases[words[0]] = append(g.phrases[words[0]], phrase{words, secondOf(words[1]), id})
	}
	return nil
}

// spelled is a word in the memory that it has among others: those that share it are the same without a look at their letters.
func spelled(among map[string]string, w string) string {
	same, ok := among[w]
	if !ok {
		same = w
		among[w] = w
	}
	return same
}

func appendOnce(ids []int32, id int32) []int32 {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func (g *grammar) pattern(p Pattern) (*pattern, error) {
	out := &pattern{line: p.Line}
	if cap(g.elements)-len(g.elements) < len(p.Elements) {
		g.elements = make([]element, 0, 1024)
	}
	from := len(g.elements)
	for _, e := range p.Elements {
		c := element{gap: e.Gap, strict: e.Strict, subject: e.Subject, list: e.List, optional: e.Optional}
		switch e.Slot {
		case "value":
			c.slot = valueSlot
		case "about":
			c.slot = aboutSlot
		case "share":
			c.slot = shareSlot
		}
		for _, k := range e.Kinds {
			c.kinds |= kindNames[k]
		}
		for _, name := range e.Classes {
			id, ok := g.named(name)
			if !ok {
				return nil, fmt.Errorf("no class is called <%s>", name)
			}
			c.classes = append(c.classes, id)
		}
		for _, w := range e.Words {
			out.asks = out.asks || w == "?"
			id := g.class("=" + w)
			if len(g.exact[w]) == 0 || !slices.Contains(g.exact[w], id) {
				if err := g.add(w, id); err != nil {
					return nil, err
				}
			}
			c.classes = append(c.classes, id)
		}
		for _, id := range c.classes {
			c.set.add(id)
		}
		g.elements = append(g.elements, c)
	}
	out.elements = g.elements[from:len(g.elements):len(g.elements)]
	return out, nil
}

// mentions is how common the words of a pattern must be for it to be tried at its mentions rather: "de", "by".
const mentions = 0.3

// common is a guess how common the words of an element are: short words are. Mentions are as rare as long words.
func (g *grammar) common(e *element) float64 {
	const mention = 0.01
	sum := mention * float64(bits.OnesCount32(uint32(e.kinds)))
	for _, id := range e.classes {
		for _, n := range g.lengths[id] {
			sum += 1 / float64(n*n*n)
		}
	}
	return sum
}

// index files a pattern under the element that must stand there and is rarest, a word rather than a mention.
func (g *grammar) index(p *pattern) error {
	at, rarest := -1, math.Inf(1)
	for i, e := range p.elements {
		if e.gap > 0 || e.optional {
			continue
		}
		common := g.common(&element{classes: e.classes})
		if e.kinds != 0 {
			common += mentions
		}
		if common < rarest {
			at, rarest = i, common
		}
	}
	if at < 0 {
		return fmt.Errorf("a pattern needs an element that is no gap and not optional")
	}
	e := p.elements[at]
	by := &g.frames
	switch {
	case p.say != nil:
		by = &g.sayings
	case p.rule.predicate == contrechamp.Programme:
		by = &g.programmes
	}
	var others []int // elements without which the pattern is not there
	for i, e := range p.elements {
		if i != at && e.gap == 0 && !e.optional {
			others = append(others, i)
		}
	}
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(g.common(&p.elements[a]), g.common(&p.elements[b])) })
	t := trigger{pattern: p, at: int32(at)}
	t.musts[0] = int32(len(by.musts))
	begin := start{trigger: int32(len(by.all))}
	for n := range begin.needs {
		var set classSet
		kinds := anyKind
		if n < len(others) {
			set, kinds = p.elements[others[n]].set, p.elements[others[n]].kinds
		}
		begin.needs[n] = by.need(need{set, kinds})
	}
	for _, i := range others {
		m := must{kinds: p.elements[i].kinds, behind: i > at}
		m.classes[0] = int32(len(by.classes))
		by.classes = append(by.classes, p.elements[i].classes...)
		m.classes[1] = int32(len(by.classes))
		by.musts = append(by.musts, m)
	}
	t.musts[1] = int32(len(by.musts))
	by.all = append(by.all, t)
	for _, id := range e.classes {
		for int(id) >= len(by.byClass) {
			by.byClass = append(by.byClass, nil)
		}
		by.byClass[id] = append(by.byClass[id], begin)
	}
	if by != &g.frames && e.kinds != 0 {
		return fmt.Errorf("a way to say a capability or a programme needs a word or class")
	}
	for k := 0; k < kindCount; k++ {
		if e.kinds&(1<<k) != 0 {
			by.byKind[k] = append(by.byKind[k], begin)
			by.kinds |= 1 << k
		}
	}
	return nil
}

// need numbers what sentences must hold.
func (t *triggers) need(n need) uint16 {
	at := slices.Index(t.needs, n)
	if at < 0 {
		at = len(t.needs)
		t.needs = append(t.needs, n)
	}
	return uint16(at)
}
