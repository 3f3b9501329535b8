package claim

import contrechamp "contrechamp.org/contrechamp"

// topicShare is the share of sentences with devices or capabilities from which surveillance is the text's topic.
const topicShare = 0.12

// wordShare is the share of sentences with any word of the field from which two with devices or capabilities are enough.
const wordShare = 0.13

// says reports whether a sentence says a capability with verbs, and notes where none does.
func (d *subjectDoc) says(s *sentence) bool {
	found := false
	d.matches(s, &d.grammarAt(s).sayings, func(*match) { found = true })
	s.saysNone = !found
	return found
}

// findTopic decides whether the whole text is about surveillance. Where it is, a sum or a protest needs no further word
// that says so in its own sentence.
func (d *subjectDoc) findTopic() {
	with, titled, named, words := 0, false, 0, 0
	for i := range d.sents {
		s := &d.sents[i]
		k := &d.grammarAt(s).known
		if d.holds(s, k.topicWord) {
			words++
		}
		if d.holds(s, k.surveil) {
			named++
		}
		for u := range s.units {
			d.surveils = d.surveils || s.units[u].kinds&kCAP != 0
			if s.units[u].kinds&(kDEV|kCAP) != 0 {
				with++
				titled = titled || d.paras[s.para].role == contrechamp.RoleTitle
				break
			}
			if u == len(s.units)-1 && d.says(s) {
				d.surveils = true
				with++
			}
		}
	}
	// a masthead or the object of an act names it too
	for i := range d.paras {
		if !d.paras[i].silent {
			break
		}
		for _, m := range d.byPara[i] {
			titled = titled || m.kinds&(kDEV|kCAP) != 0
		}
	}
	const short = 6 // a few sentences need one word only
	share := topicShare * float64(len(d.sents))
	spoken := wordShare * float64(len(d.sents)) // a lively text names things once and goes on with other words of the field
	d.topical = with >= 2 && float64(words) >= spoken || with >= 1 && float64(words) >= 2*spoken ||
		with >= 2 && (titled || float64(with) >= share) || with >= 1 && len(d.sents) < short || with >= 1 && named >= 3 && float64(named) >= 2*share
}
