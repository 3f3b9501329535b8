package rulefile

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// maxRuleFile is how large a rule file may be; a file of thousands of rules stays far below.
const maxRuleFile = 4 << 20

// File is one language's rule file, read but not yet compiled.
type File struct {
	Name     string
	Language string
	Traits   []string
	Priors   map[string]float64
	Classes  []Class
	Says     []Say
	Rules    []Rule
}

// Compiled is what an engine keeps of a file: without words and patterns, which its grammar has in its own form.
func (f *File) Compiled() *File {
	out := *f
	out.Classes, out.Says, out.Rules = nil, slices.Clone(f.Says), slices.Clone(f.Rules)
	for i := range out.Says {
		out.Says[i].Pattern = Pattern{}
	}
	for i := range out.Rules {
		out.Rules[i].Patterns = nil
	}
	return &out
}

// Class is a named set of words and phrases.
type Class struct {
	Name  string
	Words []string // as written: "vend/re", "exploit*", "mis en service", "<other>"
	Line  int
}

// Say is a way to express a capability.
type Say struct {
	Capability string
	Pattern    Pattern
	Unless     string // a class whose words, near it, make it say something else
	Line       int
}

// Rule is a way to state a predicate.
type Rule struct {
	ID        string
	Predicate contrechamp.Predicate
	Prior     float64
	Patterns  []Pattern
	Options   map[string]string
	Examples  []Example
	Line      int
}

// Example is a sentence on which its rule must fire, or must not.
type Example struct {
	Text  string
	Value string // what the claim's value must be named, written or counted as; empty when any will do
	About string // a name that the claim's subject must have; empty when any will do
	Fires bool
	Line  int
}

// Pattern is a sequence of elements.
type Pattern struct {
	Elements []Element
	Line     int
}

// Element is one element of a pattern.
type Element struct {
	Gap      int      // up to so many tokens, when > 0; nothing else is set then
	Strict   bool     // the gap crosses no comma
	Words    []string // literal folded words, any of them
	Classes  []string // any word of these classes
	Kinds    []string // any mention of these kinds
	Slot     string   // "value", "about", "share" or ""
	Subject  bool     // refuses a mention behind a preposition
	List     bool     // takes the whole list
	Optional bool
}

// Parse reads a rule file. The format, line by line ("#" starts a comment line):
//
//	language fr
//	trait nouns-capital                                           what the language is like: see knownTraits
//	prior count.noun 0.85                                         confidence of what is proposed without a rule
//	class sell vendre/re export/er "mettre en vente" <other>     further words on indented lines
//	say face-recognition <recognise> ~3 <face> unless=<not-people>
//	rule vendor.by vendor 0.8
//	  if (DEV|CAP|<system>) ~8 <supplied> ^2 par ~6 {CO:value}
//	  with about=deployment unless=<rumour>
//	  fires "Les caméras ont été fournies par Huawei." -> Huawei
//	  not "L'étude a été fournie par Huawei."
//
// A word may end in "*" (any ending), "/er", "/ir", "/re" (French verbs), "/v" (English verbs), "/n" (singular and
// plural) or "/a" (French adjectives). In a pattern, a lower-case word is itself; <class> any word of that class;
// CAPITALS a mention of that kind; (a|b) either; {KIND:value} a mention that fills a slot, with ":subject" not
// behind a preposition, and {KIND+:value} each of a list; "?" makes an element optional; ~n skips up to n tokens
// within the sentence, ^n up to n without a comma.
//
// Errors name the file and line.
func Parse(name string, r io.Reader) (*File, error) {
	f := &File{Name: name, Priors: map[string]float64{}}
	s := bufio.NewScanner(io.LimitReader(r, maxRuleFile+1))
	s.Buffer(make([]byte, 0, 64<<10), 1<<20)
	p := parser{file: f}
	size := 0
	for s.Scan() {
		p.line++
		if size += len(s.Bytes()) + 1; size > maxRuleFile {
			return nil, p.bad("rule file longer than %d bytes", maxRuleFile)
		}
		if err := p.take(s.Text()); err != nil {
			return nil, err
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read rule file %s: %w", name, err)
	}
	if f.Language == "" {
		return nil, p.bad("no language line")
	}
	return f, nil
}

type parser struct {
	file *File
	line int
	in   string // the block that indented lines belong to
}

func (p *parser) bad(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %w", p.file.Name, p.line, fmt.Sprintf(format, args...), contrechamp.ErrInvalid)
}

func (p *parser) take(line string) error {
	trimmed := strings.TrimSpace(line)
	if trimmed == "" || trimmed[0] == '#' {
		return nil
	}
	indented := line[0] == ' ' || line[0] == '\t'
	key, rest, _ := strings.Cut(trimmed, " ")
	rest = strings.TrimSpace(rest)
	if indented {
		switch p.in {
		case "class":
			return p.words(trimmed)
		case "rule":
			return p.ruleLine(key, rest)
		}
		return p.bad("an indented line belongs to no class and no rule")
	}
	p.in = ""
	switch key {
	case "language":
		if rest == "" || p.file.Language != "" {
			return p.bad("want one language line: language fr")
		}
		p.file.Language = rest
	case "trait":
		if !knownTraits[rest] {
			return p.bad("no trait of a language is called %q", rest)
		}
		p.file.Traits = append(p.file.Traits, rest)
	case "class":
		name, words, _ := strings.Cut(rest, " ")
		if name == "" {
			return p.bad("a class needs a name")
		}
		p.file.Classes = append(p.file.Classes, Class{Name: name, Line: p.line})
		p.in = "class"
		return p.words(words)
	case "prior":
		name, value, _ := strings.Cut(rest, " ")
		n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(n > 0 && n <= 1) {
			return p.bad("prior %s: %q is not above 0 and at most 1", name, value)
		}
		p.file.Priors[name] = n
	case "say":
		return p.say(rest)
	case "rule":
		return p.rule(rest)
	default:
		return p.bad("%q: want language, class, say or rule", key)
	}
	return nil
}

// words reads words, "quoted phrases" and <classes> into the last class.
func (p *parser) words(s string) error {
	c := &p.file.Classes[len(p.file.Classes)-1]
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		var w string
		if s[0] == '"' {
			end := strings.IndexByte(s[1:], '"')
			if end < 0 {
				return p.bad("a phrase without its closing quotation mark")
			}
			w, s = s[1:1+end], s[end+2:]
		} else {
			w, s, _ = strings.Cut(s, " ")
		}
		if w = strings.TrimSpace(w); w == "" || w == "*" || w[0] == '/' {
			return p.bad("an empty word in class %s", c.Name)
		}
		c.Words = append(c.Words, w)
	}
	return nil
}

func (p *parser) say(rest string) error {
	id, pattern, ok := strings.Cut(rest, " ")
	if !ok {
		return p.bad("want: say CAPABILITY PATTERN")
	}
	s := Say{Capability: id, Line: p.line}
	if before, after, found := strings.Cut(pattern, " unless="); found {
		pattern, s.Unless = before, strings.Trim(after, "<> ")
	}
	var err error
	if s.Pattern, err = p.pattern(pattern); err != nil {
		return err
	}
	p.file.Says = append(p.file.Says, s)
	return nil
}

func (p *parser) rule(rest string) error {
	fields := strings.Fields(rest)
	if len(fields) != 3 {
		return p.bad("want: rule ID PREDICATE PRIOR")
	}
	predicate, err := contrechamp.ParsePredicate(fields[1])
	if err != nil {
		return p.bad("rule %s: %v", fields[0], err)
	}
	prior, err := strconv.ParseFloat(fields[2], 64)
	if err != nil || !(prior > 0 && prior <= 1) {
		return p.bad("rule %s: prior %q is not above 0 and at most 1", fields[0], fields[2])
	}
	p.file.Rules = append(p.file.Rules, Rule{ID: fields[0], Predicate: predicate, Prior: prior, Line: p.line, Options: map[string]string{}})
	p.in = "rule"
	return nil
}

func (p *parser) ruleLine(key, rest string) error {
	r := &p.file.Rules[len(p.file.Rules)-1]
	switch key {
	case "if":
		pattern, err := p.pattern(rest)
		if err != nil {
			return err
		}
		r.Patterns = append(r.Patterns, pattern)
	case "with":
		for _, option := range strings.Fields(rest) {
			name, value, ok := strings.Cut(option, "=")
			if !ok || value == "" {
				return p.bad("option %q: want name=value", option)
			}
			if !knownOptions[name] {
				return p.bad("rule %s has no option %q", r.ID, name)
			}
			r.Options[name] = value
		}
	case "fires", "not":
		e := Example{Fires: key == "fires", Line: p.line}
		text, want, _ := strings.Cut(rest, " -> ")
		text = strings.TrimSpace(text)
		if len(text) < 3 || text[0] != '"' || text[len(text)-1] != '"' {
			return p.bad("an example stands between quotation marks")
		}
		e.Text = text[1 : len(text)-1]
		e.Value, e.About, _ = strings.Cut(want, " | ")
		e.Value, e.About = strings.TrimSpace(e.Value), strings.TrimSpace(e.About)
		r.Examples = append(r.Examples, e)
	default:
		return p.bad("%q: want if, with, fires or not", key)
	}
	return nil
}

// knownTraits are what a language may be like beyond its words.
var knownTraits = map[string]bool{
	TraitNounsCapital:    true,
	TraitAdjectiveBefore: true,
	TraitOrdinalPoint:    true,
	TraitPlaceBehind:     true,
	TraitBareSpeech:      true,
	TraitNegationBehind:  true,
	TraitOneCounts:       true,
	TraitNationalsPlain:  true,
}

// The traits of languages.
const (
	TraitNounsCapital    = "nouns-capital"    // every noun has a capital, so a capital is no sign of a name
	TraitAdjectiveBefore = "adjective-before" // adjectives and places stand before what a body or firm is: "Leeds police"
	TraitOrdinalPoint    = "ordinal-point"    // a point behind digits makes an ordinal: "3. März"
	TraitPlaceBehind     = "place-behind"     // a place follows a body without a preposition: "Polizei Hamburg"
	TraitNegationBehind  = "negation-behind"  // a negation stands behind what it denies: "nutzt sie nicht"
	TraitNationalsPlain  = "nationals-plain"  // people by their nationality have no capital: "el australiano"
	TraitOneCounts       = "one-counts"       // "one" is no article: "one camera" is a count
	TraitBareSpeech      = "bare-speech"      // what is said follows its verb without a conjunction: "he said it works"
)

// knownOptions are what "with" may say.
var knownOptions = map[string]bool{
	"about":    true, // deployment (as when not said), company, product
	"value":    true, // a constant value: a status; "@speaker": who says the sentence; "@company": the firm that the text speaks of there
	"never":    true, // class: the rule is silent when one of its words stands in the sentence
	"unless":   true, // class: the rule is silent when its words stand in the match or close to it
	"needs":    true, // class: the rule is silent when none of its words stands in the sentence
	"kind":     true, // country: value must be one
	"modality": true, // sets it
	"negated":  true, // "drop": silent in a negated clause; "deny": denied there (as when not said); "keep": asserted
	"past":     true, // "yes": the clause's plan words do not make it planned
	"topic":    true, // "yes": only in a text that is about surveillance as a whole
	"near":     true, // "paragraph": silent where the paragraph names no device and no capability
	"place":    true, // "no": a place in the value's neighbourhood is no subject
	"speaker":  true, // "value": the value is who speaks here
}

// pattern reads a pattern.
func (p *parser) pattern(s string) (Pattern, error) {
	out := Pattern{Line: p.line}
	for _, field := range strings.Fields(s) {
		e, err := p.element(field)
		if err != nil {
			return Pattern{}, err
		}
		out.Elements = append(out.Elements, e)
	}
	if len(out.Elements) == 0 {
		return out, p.bad("an empty pattern")
	}
	if out.Elements[0].Gap > 0 || out.Elements[len(out.Elements)-1].Gap > 0 {
		return out, p.bad("a pattern neither starts nor ends with a gap")
	}
	return out, nil
}

// maxGap bounds a gap, and with it the work of a pattern.
const maxGap = 25

func (p *parser) element(field string) (Element, error) {
	var e Element
	if (field[0] == '~' || field[0] == '^') && len(field) > 1 {
		n, err := strconv.Atoi(field[1:])
		if err != nil || n < 1 || n > maxGap {
			return e, p.bad("gap %q: want a number from 1 to %d", field, maxGap)
		}
		return Element{Gap: n, Strict: field[0] == '^'}, nil
	}
	if strings.HasSuffix(field, "?") && len(field) > 1 {
		e.Optional = true
		field = field[:len(field)-1]
	}
	switch {
	case len(field) == 1:
		e.Words = []string{word.Fold(field)} // a mark: "(" or ":"
		return e, nil
	case strings.HasPrefix(field, "{"):
		if !strings.HasSuffix(field, "}") {
			return e, p.bad("%q has no closing brace", field)
		}
		parts := strings.Split(field[1:len(field)-1], ":")
		if len(parts) < 2 {
			return e, p.bad("%q: want {KIND:slot}", field)
		}
		if strings.HasSuffix(parts[0], "+") {
			e.List = true
			parts[0] = parts[0][:len(parts[0])-1]
		}
		if e.Slot = parts[1]; e.Slot != "value" && e.Slot != "about" && e.Slot != "share" {
			return e, p.bad("slot %q: want value, about or share", e.Slot)
		}
		for _, flag := range parts[2:] {
			if flag != "subject" {
				return e, p.bad("slot flag %q: want subject", flag)
			}
			e.Subject = true
		}
		err := p.alternatives(&e, parts[0])
		return e, err
	case strings.HasPrefix(field, "("):
		if !strings.HasSuffix(field, ")") {
			return e, p.bad("%q has no closing bracket", field)
		}
		err := p.alternatives(&e, field[1:len(field)-1])
		return e, err
	}
	err := p.alternatives(&e, field)
	return e, err
}

// alternatives reads "a|<b>|KIND".
func (p *parser) alternatives(e *Element, s string) error {
	for _, one := range strings.Split(s, "|") {
		switch {
		case one == "":
			return p.bad("an empty alternative in %q", s)
		case one[0] == '<':
			if len(one) < 3 || one[len(one)-1] != '>' {
				return p.bad("class %q: want <name>", one)
			}
			e.Classes = append(e.Classes, one[1:len(one)-1])
		case isKind(one):
			if !slices.Contains(Kinds, one) {
				return p.bad("no kind of mention is called %s", one)
			}
			e.Kinds = append(e.Kinds, one)
		default:
			e.Words = append(e.Words, word.Fold(one))
		}
	}
	if e.Slot != "" && (len(e.Words) > 0 || len(e.Classes) > 0) {
		return p.bad("a slot takes mentions only, not %q", s)
	}
	return nil
}

// Kinds are the kinds of mention that patterns may name: of a company, a product, a programme, a place, the adjective of a country, a body that runs
// systems, a regulator or court, another organisation, a person, a capability, devices, a number, a sum of money, a percentage, a date, a name of
// unknown kind.
var Kinds = []string{"CO", "PRD", "PRG", "PLC", "DEM", "POL", "AUT", "ORG", "PER", "CAP", "DEV", "NUM", "MON", "PCT", "DAT", "NAME"}

func isKind(s string) bool {
	for _, c := range s {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return len(s) > 1
}
