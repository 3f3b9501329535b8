package grammar

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
	"contrechamp.org/contrechamp/internal/claim/rulefile"
	"contrechamp.org/contrechamp/internal/word"
)

// lists are the classes whose words are no words of a text, by the names that rule files give them.
func (g *Grammar) lists() map[string]*[]string {
	return map[string]*[]string{
		"ending.future": &g.Endings[FutureEnding], "ending.hedge": &g.Endings[HedgeEnding], "ending.participle": &g.Endings[ParticipleEnding],
		"ending.infinitive": &g.Infinitives, "ending.inhabitant": &g.Inhabitants, "ending.oblique": &g.oblique, "ending.weak": &g.weak, "ending.adjective": &g.Adjectives,
		"prefix.marked": &g.Marked.Prefixes, "ending.marked": &g.Marked.Endings, "prefix.unmarked": &g.Unmarked.Prefixes, "ending.unmarked": &g.Unmarked.Endings, "ending.any-participle": &g.Participles,
		"ending.device": &g.DeviceHeads, "prefix.no-device": &g.noDevice, "ending.system": &g.SystemEndings, "inhabitant-country": &g.InhabitantCountries, "inhabitant-before": &g.InhabitantBefore,
	}
}

// noteEndings notes the last bytes of words with one of these endings, in either case.
func (g *Grammar) noteEndings(endings []string) {
	for c := utf8.RuneSelf; c < len(g.MayEnd); c++ {
		g.MayEnd[c] = true
	}
	for _, e := range endings {
		if c := e[len(e)-1]; c < utf8.RuneSelf {
			g.MayEnd[c], g.MayEnd[strings.ToUpper(string(c))[0]] = true, true
		}
	}
}

// stages are the entities of stages, by their IDs.
var stages sync.Map

// StageOf is the entity of a stage: the same each time.
func StageOf(id string) *contrechamp.Entity {
	e, _ := stages.LoadOrStore(id, &contrechamp.Entity{ID: id, Kind: contrechamp.KindStatus, Name: id, Source: "lexicon"})
	return e.(*contrechamp.Entity)
}

// priorNames are the ways to propose a claim that are no rules of a file; the file gives their priors.
var priorNames = []string{"capability.name", "capability.say", "capability.it", "capability.counted", "count.noun", "count.carry", "programme.system", "table"}

// speakerValue as value= stands for who says the sentence.
const speakerValue = "@speaker"

// companyValue makes the value of a rule the firm that the text speaks of where it stands.
const companyValue = "@company"

// NoClass is the class of no word.
const NoClass int32 = -1

// Compile checks a file and makes its grammar. Errors name the file and line.
func Compile(f *rulefile.File, capabilities map[string]bool) (*Grammar, error) {
	g := &Grammar{Language: f.Language, Frames: Triggers{Pass: Framing}, Sayings: Triggers{Pass: saying}, Programmes: Triggers{Pass: programming}, Classes: map[string]int32{}, Exact: map[string][]int32{}, Prefix: map[string][]int32{},
		phrases: map[string][]Phrase{}, spellings: map[string]string{}, lengths: map[int32][]int{}, priors: f.Priors}
	bad := func(line int, format string, args ...any) error {
		return fmt.Errorf("%s:%d: %s: %w", f.Name, line, fmt.Sprintf(format, args...), contrechamp.ErrInvalid)
	}
	g.NounsCapital = slices.Contains(f.Traits, rulefile.TraitNounsCapital)
	g.AdjectiveBefore = slices.Contains(f.Traits, rulefile.TraitAdjectiveBefore)
	g.OrdinalPoint = slices.Contains(f.Traits, rulefile.TraitOrdinalPoint)
	g.PlaceBehind = slices.Contains(f.Traits, rulefile.TraitPlaceBehind)
	g.NegationBehind = slices.Contains(f.Traits, rulefile.TraitNegationBehind)
	g.OneCounts = slices.Contains(f.Traits, rulefile.TraitOneCounts)
	g.NationalsPlain = slices.Contains(f.Traits, rulefile.TraitNationalsPlain)
	g.BareSpeech = slices.Contains(f.Traits, rulefile.TraitBareSpeech)
	byName := map[string]*rulefile.Class{}
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
	if g.asked = g.Next; g.asked > ownBits {
		return nil, fmt.Errorf("%s: the program asks for %d classes, more than have a bit of their own: %w", f.Name, g.asked, contrechamp.ErrInvalid)
	}
	for i := range f.Classes {
		g.class(f.Classes[i].Name)
	}
	if err := g.findSigns(f.Classes, bad); err != nil {
		return nil, err
	}
	lists := g.lists()
	compound := map[string]Kind{"ending.ngo": ORG, "ending.public": POL, "ending.regulator": AUT}
	for i := range f.Classes {
		c := &f.Classes[i]
		if list := lists[c.Name]; list != nil {
			*list = c.Words
			continue
		}
		if kinds := compound[c.Name]; kinds != 0 {
			g.Compounds = append(g.Compounds, Compounds{kinds, c.Words})
			continue
		}
		if c.Name == "body-join" {
			g.BodyJoin = c.Words
		}
		if err := g.fill(byName, c, g.Classes[c.Name], 0); err != nil {
			return nil, bad(c.Line, "class %s: %v", c.Name, err)
		}
	}
	for _, endings := range g.Endings {
		if endings != nil {
			g.noteEndings(endings)
		}
	}
	for i := range f.Says {
		s := &f.Says[i]
		if !capabilities[s.Capability] {
			return nil, bad(s.Line, "no capability is called %q", s.Capability)
		}
		c := &Say{Capability: s.Capability, Unless: NoClass}
		if s.Unless != "" {
			id, ok := g.named(s.Unless)
			if !ok {
				return nil, bad(s.Line, "no class is called %q", s.Unless)
			}
			c.Unless = id
		}
		p, err := g.pattern(s.Pattern)
		if err != nil {
			return nil, bad(s.Line, "%v", err)
		}
		p.Say = c
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
	for _, t := range []*Triggers{&g.Frames, &g.Sayings, &g.Programmes} {
		for len(t.ByClass) < int(g.Next) {
			t.ByClass = append(t.ByClass, nil)
		}
	}
	for _, name := range priorNames {
		if g.priors[name] == 0 {
			return nil, fmt.Errorf("%s: no prior is given for %s: %w", f.Name, name, contrechamp.ErrInvalid)
		}
	}
	if err := g.Known.fill(g); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	g.ClassHints = make([]string, g.Next)
	for i := range f.Classes {
		g.ClassHints[g.Classes[f.Classes[i].Name]] = "{" + f.Classes[i].Name + "}"
	}
	g.signs = append(g.signs, slices.Repeat([]Sign{noSign}, int(g.Next)-len(g.signs))...) // the words of one rule are no signs
	g.sure, g.acts = append(g.sure, make([]bool, int(g.Next)-len(g.sure))...), append(g.acts, make([]uint32, int(g.Next)-len(g.acts))...)
	g.Loose = append(g.Loose, make([]bool, int(g.Next)-len(g.Loose))...)
	g.spellings, g.lengths = nil, nil
	return g, nil
}

func (g *Grammar) rule(r *rulefile.Rule, bad func(int, string, ...any) error) error {
	c := &Rule{Id: r.ID + "." + g.Language, Predicate: r.Predicate, Prior: r.Prior, About: r.Options["about"], Constant: r.Options["value"],
		Modality: contrechamp.Modality(r.Options["modality"]), Negated: r.Options["negated"], Unless: NoClass, Needs: NoClass, Never: NoClass,
		Country: r.Options["kind"] == "country", Past: r.Options["past"] == "yes", noPlace: r.Options["place"] == "no",
		Speaks: r.Options["speaker"] == "value", Near: r.Options["near"] == "paragraph", Topic: r.Options["topic"] == "yes"}
	if c.Constant == speakerValue {
		c.Constant, c.Voiced = "", true
	}
	if c.Constant == companyValue {
		c.Constant, c.Firmed = "", true
	}
	if c.Constant != "" {
		c.Stage = StageOf(c.Constant)
	}
	for option, into := range map[string]*int32{"unless": &c.Unless, "needs": &c.Needs, "never": &c.Never} {
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
	switch c.About {
	case "", "deployment", "company", "product":
	default:
		return bad(r.Line, "rule %s: about=%s: want deployment, company or product", r.ID, c.About)
	}
	switch c.Modality {
	case "", contrechamp.Asserted, contrechamp.Denied, contrechamp.Possible, contrechamp.Planned, contrechamp.Alleged:
	default:
		return bad(r.Line, "rule %s: no modality is called %s", r.ID, c.Modality)
	}
	if len(r.Patterns) == 0 {
		return bad(r.Line, "rule %s has no pattern", r.ID)
	}
	if c.Constant != "" && r.Predicate.ValueKind() != contrechamp.EntityValue {
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
		value := c.Constant != "" || c.Voiced || c.Firmed
		for _, e := range p.Elements {
			value = value || e.Slot == ValueSlot
		}
		if !value {
			return bad(one.Line, "rule %s: a pattern without a value", r.ID)
		}
		p.Rule = c
		if err := g.index(p); err != nil {
			return bad(one.Line, "rule %s: %v", r.ID, err)
		}
	}
	g.rules = append(g.rules, c)
	return nil
}

func (g *Grammar) class(name string) int32 {
	if id, ok := g.Classes[name]; ok {
		return id
	}
	// the bits of the classes that the program asks for are theirs alone
	const bits = int32(len(ClassSet{}) * 64)
	if n := g.Next % bits; g.asked > 0 && n < ownBits {
		g.Next += ownBits - n
	}
	id := g.Next
	g.Classes[name] = id
	g.Next++
	return id
}

// named is the class of that name that a rule may ask for: those of signs are hints alone, and no token's set has them.
func (g *Grammar) named(name string) (int32, bool) {
	id, ok := g.Classes[name]
	return id, ok && !g.Loose[id]
}

// Prior is the confidence of what is proposed without a rule of its own.
func (g *Grammar) Prior(name string) float64 { return g.priors[name] }

// fill adds the words of c, and of the classes within it, to the class id.
func (g *Grammar) fill(byName map[string]*rulefile.Class, c *rulefile.Class, id int32, depth int) error {
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
func (g *Grammar) add(w string, id int32) error {
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
		g.Prefix[folded] = appendOnce(g.Prefix[folded], id)
	case isPrefix:
		return fmt.Errorf("%q: only a single word may end in *", w)
	case len(words) == 1:
		g.Exact[words[0]] = appendOnce(g.Exact[words[0]], id)
	default:
		for i, w := range words {
			words[i] = spelled(g.spellings, w)
		}
		g.phrases[words[0]] = append(g.phrases[words[0]], Phrase{words, SecondOf(words[1]), id})
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

func (g *Grammar) pattern(p rulefile.Pattern) (*Pattern, error) {
	out := &Pattern{Line: p.Line}
	if cap(g.elements)-len(g.elements) < len(p.Elements) {
		g.elements = make([]Element, 0, 1024)
	}
	from := len(g.elements)
	for _, e := range p.Elements {
		c := Element{Gap: e.Gap, Strict: e.Strict, Subject: e.Subject, List: e.List, Optional: e.Optional}
		switch e.Slot {
		case "value":
			c.Slot = ValueSlot
		case "about":
			c.Slot = AboutSlot
		case "share":
			c.Slot = ShareSlot
		}
		for _, k := range e.Kinds {
			c.Kinds |= KindNames[k]
		}
		for _, name := range e.Classes {
			id, ok := g.named(name)
			if !ok {
				return nil, fmt.Errorf("no class is called <%s>", name)
			}
			c.Classes = append(c.Classes, id)
		}
		for _, w := range e.Words {
			out.Asks = out.Asks || w == "?"
			id := g.class("=" + w)
			if len(g.Exact[w]) == 0 || !slices.Contains(g.Exact[w], id) {
				if err := g.add(w, id); err != nil {
					return nil, err
				}
			}
			c.Classes = append(c.Classes, id)
		}
		for _, id := range c.Classes {
			c.Set.Add(id)
		}
		g.elements = append(g.elements, c)
	}
	out.Elements = g.elements[from:len(g.elements):len(g.elements)]
	return out, nil
}

// mentions is how common the words of a pattern must be for it to be tried at its mentions rather: "de", "by".
const mentions = 0.3

// common is a guess how common the words of an element are: short words are. Mentions are as rare as long words.
func (g *Grammar) common(e *Element) float64 {
	const mention = 0.01
	sum := mention * float64(bits.OnesCount32(uint32(e.Kinds)))
	for _, id := range e.Classes {
		for _, n := range g.lengths[id] {
			sum += 1 / float64(n*n*n)
		}
	}
	return sum
}

// index files a pattern under the element that must stand there and is rarest, a word rather than a mention.
func (g *Grammar) index(p *Pattern) error {
	at, rarest := -1, math.Inf(1)
	for i, e := range p.Elements {
		if e.Gap > 0 || e.Optional {
			continue
		}
		common := g.common(&Element{Classes: e.Classes})
		if e.Kinds != 0 {
			common += mentions
		}
		if common < rarest {
			at, rarest = i, common
		}
	}
	if at < 0 {
		return fmt.Errorf("a pattern needs an element that is no gap and not optional")
	}
	e := p.Elements[at]
	by := &g.Frames
	switch {
	case p.Say != nil:
		by = &g.Sayings
	case p.Rule.Predicate == contrechamp.Programme:
		by = &g.Programmes
	}
	var others []int // elements without which the pattern is not there
	for i, e := range p.Elements {
		if i != at && e.Gap == 0 && !e.Optional {
			others = append(others, i)
		}
	}
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(g.common(&p.Elements[a]), g.common(&p.Elements[b])) })
	t := Trigger{Pattern: p, At: int32(at)}
	t.Musts[0] = int32(len(by.Musts))
	begin := Start{Trigger: int32(len(by.All))}
	for n := range begin.Needs {
		var set ClassSet
		kinds := AnyKind
		if n < len(others) {
			set, kinds = p.Elements[others[n]].Set, p.Elements[others[n]].Kinds
		}
		begin.Needs[n] = by.need(Need{set, kinds})
	}
	for _, i := range others {
		m := Must{Kinds: p.Elements[i].Kinds, Behind: i > at}
		m.Classes[0] = int32(len(by.Classes))
		by.Classes = append(by.Classes, p.Elements[i].Classes...)
		m.Classes[1] = int32(len(by.Classes))
		by.Musts = append(by.Musts, m)
	}
	t.Musts[1] = int32(len(by.Musts))
	by.All = append(by.All, t)
	for _, id := range e.Classes {
		for int(id) >= len(by.ByClass) {
			by.ByClass = append(by.ByClass, nil)
		}
		by.ByClass[id] = append(by.ByClass[id], begin)
	}
	if by != &g.Frames && e.Kinds != 0 {
		return fmt.Errorf("a way to say a capability or a programme needs a word or class")
	}
	for k := 0; k < KindCount; k++ {
		if e.Kinds&(1<<k) != 0 {
			by.ByKind[k] = append(by.ByKind[k], begin)
			by.Kinds |= 1 << k
		}
	}
	return nil
}

// need numbers what sentences must hold.
func (t *Triggers) need(n Need) uint16 {
	at := slices.Index(t.Needs, n)
	if at < 0 {
		at = len(t.Needs)
		t.Needs = append(t.Needs, n)
	}
	return uint16(at)
}
