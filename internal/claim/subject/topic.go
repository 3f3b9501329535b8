package subject

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// topicShare is the share of sentences with devices or capabilities from which surveillance is the text's topic.
const topicShare = 0.12

// wordShare is the share of sentences with any word of the field from which two with devices or capabilities are enough.
const wordShare = 0.13

// says reports whether a sentence says a capability with verbs, and notes where none does.
func (d *Doc) says(s *passage.Sentence) bool {
	found := false
	d.Matches(s, &d.GrammarAt(s).Sayings, func(*passage.Match) { found = true })
	s.SaysNone = !found
	return found
}

// FindTopic decides whether the whole text is about surveillance. Where it is, a sum or a protest needs no further word
// that says so in its own sentence.
func (d *Doc) FindTopic() {
	with, titled, named, words := 0, false, 0, 0
	for i := range d.Sentences {
		s := &d.Sentences[i]
		k := &d.GrammarAt(s).Known
		if d.Holds(s, k.TopicWord) {
			words++
		}
		if d.Holds(s, k.Surveil) {
			named++
		}
		for u := range s.Units {
			d.Surveils = d.Surveils || s.Units[u].Kinds&grammar.CAP != 0
			if s.Units[u].Kinds&(grammar.DEV|grammar.CAP) != 0 {
				with++
				titled = titled || d.Paragraphs[s.Para].Role == contrechamp.RoleTitle
				break
			}
			if u == len(s.Units)-1 && d.says(s) {
				d.Surveils = true
				with++
			}
		}
	}
	// a masthead or the object of an act names it too
	for i := range d.Paragraphs {
		if !d.Paragraphs[i].Silent {
			break
		}
		for _, m := range d.ByPara[i] {
			titled = titled || m.Kinds&(grammar.DEV|grammar.CAP) != 0
		}
	}
	const short = 6 // a few sentences need one word only
	share := topicShare * float64(len(d.Sentences))
	spoken := wordShare * float64(len(d.Sentences)) // a lively text names things once and goes on with other words of the field
	d.Topical = with >= 2 && float64(words) >= spoken || with >= 1 && float64(words) >= 2*spoken ||
		with >= 2 && (titled || float64(with) >= share) || with >= 1 && len(d.Sentences) < short || with >= 1 && named >= 3 && float64(named) >= 2*share
}
