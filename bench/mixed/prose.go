package mixed

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
)

// prose makes sentences of one language for one document.
type prose struct {
	*rand.Rand
	language string
	town     string
	names    []string
	date     string // 2024-03-12
	topics   int    // sentences that are still to speak of surveillance
	neutral  []string
}

//go:embed prose.txt
var sentences string

// grammar is what prose.txt holds of a language: sentences with slots, and what fills the slots.
type grammar struct {
	slots map[string][]string // "topic", "other" and "title" are sentences
}

var grammars = func() map[string]grammar {
	all := map[string]grammar{}
	var g grammar
	slot := ""
	for i, line := range strings.Split(sentences, "\n") {
		name, rest, isSlot := strings.Cut(line, ":")
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "== "):
			g = grammar{map[string][]string{}}
			all[line[3:]] = g
		case line[0] == '\t':
			g.slots[slot] = append(g.slots[slot], strings.TrimSpace(line))
		case isSlot:
			slot = name
			for _, one := range strings.Split(rest, "|") {
				if one = strings.TrimSpace(one); one != "" {
					g.slots[slot] = append(g.slots[slot], one)
				}
			}
		default:
			panic(fmt.Sprintf("prose.txt:%d: %q", i+1, line))
		}
	}
	return all
}()

// languages are drawn from: half of the documents are French, a quarter English.
var languages = []string{"fr", "fr", "fr", "fr", "fr", "fr", "en", "en", "en", "de", "es", "it"}

func newProse(seed, number uint64) *prose {
	p := &prose{Rand: rand.New(rand.NewPCG(seed, 1000+number))}
	p.language = languages[p.IntN(len(languages))]
	p.town = p.name()
	for range 6 {
		p.names = append(p.names, p.name())
	}
	p.topics = 3 + p.IntN(8)
	p.date = fmt.Sprintf("%d-%02d-%02d", 2015+p.IntN(10), 1+p.IntN(12), 1+p.IntN(28))
	return p
}

var (
	onsets = strings.Fields("b br c ch cl cr d dr f fl fr g gr j l m n p pl pr r s st t tr v b d l m r s v")
	vowels = strings.Fields("a e i o u a e i o ai ou au an on en eau ié")
	codas  = strings.Fields("n r s l t x nt rd lle ville court mont gny zac sey")
)

// name makes a name that no place has, or few.
func (p *prose) name() string {
	var b strings.Builder
	for range 1 + p.IntN(3) {
		b.WriteString(onsets[p.IntN(len(onsets))] + vowels[p.IntN(len(vowels))])
	}
	s := b.String() + codas[p.IntN(len(codas))]
	return strings.ToUpper(s[:1]) + s[1:]
}

// fill draws from a slot and fills the slots within.
func (p *prose) fill(slot string) string {
	switch slot {
	case "town":
		return p.town
	case "name":
		return p.names[p.IntN(len(p.names))]
	case "new":
		return p.name()
	case "n":
		return fmt.Sprint(2 + p.IntN(400))
	case "few":
		return fmt.Sprint(2 + p.IntN(18))
	case "year":
		return fmt.Sprint(2009 + p.IntN(17))
	case "day":
		return fmt.Sprint(1 + p.IntN(28))
	case "thousand":
		return fmt.Sprintf("%d 000", 10+p.IntN(900))
	}
	of := grammars[p.language].slots[slot]
	if len(of) == 0 {
		panic(fmt.Sprintf("prose.txt: %s has no {%s}", p.language, slot))
	}
	s := of[p.IntN(len(of))]
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		inner, after, _ := strings.Cut(rest, "}")
		b.WriteString(p.fill(inner))
		s = after
	}
}

// realTowns are those that samples are about: what is learnt of a made name would be learnt of every name that the lexicon
// lacks.
var realTowns = map[string][]string{
	"fr": strings.Fields("Namur Lille Rennes Limoges Grenoble Brest Dijon Charleroi"),
	"en": strings.Fields("Leeds Bristol Norwich Sheffield Cardiff Leicester Portland Tucson"),
	"de": strings.Fields("Kassel Bremen Graz Mannheim Leipzig Bochum Linz Freiburg"),
	"es": strings.Fields("Burgos Murcia Gijón Córdoba Rosario Bilbao Valladolid Vigo"),
	"it": strings.Fields("Parma Trieste Bari Brescia Modena Cagliari Perugia Como"),
}

// Sample is the text of one made document, and those of its sentences that have nothing to do with surveillance.
func Sample(seed, number uint64) (text string, neutral []string) {
	p := newProse(seed, number)
	p.town = realTowns[p.language][number%8]
	p.neutral = []string{}
	parts := []string{p.title()}
	for range 4 + p.IntN(8) {
		parts = append(parts, p.paragraph())
	}
	return strings.Join(parts, "\n\n") + "\n", p.neutral
}

// sentence is one sentence. One in four speaks of surveillance, until the document has said what it has to say: some
// ten claims, as the articles and official acts of the corpora have, however long it is.
func (p *prose) sentence() string {
	slot := "other"
	if p.topics > 0 && p.IntN(4) == 0 {
		p.topics--
		slot = "topic"
	}
	s := p.fill(slot)
	r := []rune(s)
	s = strings.ToUpper(string(r[:1])) + string(r[1:])
	if p.neutral != nil && slot == "other" {
		p.neutral = append(p.neutral, s)
	}
	return s
}

// paragraph is some sentences.
func (p *prose) paragraph() string {
	var b strings.Builder
	for i := range 2 + p.IntN(5) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.sentence())
	}
	return b.String()
}

func (p *prose) title() string { return p.fill("title") }

// between draws a number, small ones more often than large ones.
func (p *prose) between(least, most int) int {
	x := p.Float64()
	return least + int(x*x*float64(most-least+1))
}
