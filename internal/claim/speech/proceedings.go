package speech

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/word"
)

// Minutes report what is said one after the other, and do not say again who says it: "The Deputy Chief presented. Readers have been
// fitted to 42 cars." Whoever has the floor keeps it to the end of the paragraph, and beyond it where the next names nobody.

// nearVerb is how many tokens behind its subject the verb of a sentence stands at most.
const nearVerb = 3

// headLines is how many of a text's first paragraphs say what kind of text it is.
const headLines = 8

// minuted reports whether the head of the text says that it records a sitting: "Minutes of ...", "Extrait du registre des délibérations".
func (d *Doc) minuted() bool {
	return d.HeadSays(func(k *grammar.KnownClasses) int32 { return k.Proceedings })
}

// HeadSays reports whether a word of a class stands in the head of the text, and not in a sentence of its body.
func (d *Doc) HeadSays(class func(*grammar.KnownClasses) int32) bool {
	for i := 0; i < min(len(d.Paragraphs), headLines); i++ {
		p := &d.Paragraphs[i]
		c := class(&p.Grammar.Known)
		if c == grammar.NoClass || !p.Set.Has(c) || p.Role == contrechamp.RoleBody && d.FullStop[p.End-1] {
			continue
		}
		if d.Any(p.First, p.End, c) >= 0 {
			return true
		}
	}
	return false
}

// floor gives a sentence of minutes that says nothing of who speaks to whoever has the floor.
func (d *Doc) floor(s *passage.Sentence) {
	if s.Para != d.floorPara {
		if point := d.floorPara >= 0 && d.Listed(s.Para) && (d.opensList(d.floorPara) || d.Listed(d.floorPara)); !point {
			d.hasFloor = passage.Voice{}
			if role := d.Paragraphs[s.Para].Role; role == contrechamp.RoleHeading || role == contrechamp.RoleTitle {
				d.hasReported = passage.Voice{}
			}
		}
		d.floorPara = s.Para
	}
	if len(s.Voices) > 0 {
		if v := s.Voices[len(s.Voices)-1]; v.End == s.End && d.Quoted[max(s.End-2, v.First)] == 0 || d.hasFloor.Speaker == nil {
			d.hasFloor = v
			d.hasFloor.Way = passage.ByFloor
		}
		return
	}
	if d.hasReported.Speaker != nil && d.answersUnnamed(s) {
		d.hasFloor = d.hasReported
		s.Voices = append(s.Voices, d.hasFloor.Over(s.First, s.End))
		return
	}
	if v, from, ok := d.takesFloor(s); ok {
		if d.hasReported.Speaker == nil {
			d.hasReported = v
		}
		d.hasFloor, d.lastVoice, d.lastVoiceAt = v, v, s.First
		if k := &d.GrammarAt(s).Known; k.AsksWhom != grammar.NoClass && d.Any(from, min(from+nearVerb, s.End), k.AsksWhom) >= 0 {
			d.hasFloor = passage.Voice{} // who asks is answered
		}
		if from < s.End {
			s.Voices = append(s.Voices, v.Over(from, s.End))
		}
		return
	}
	if d.hasFloor.Speaker != nil && !d.Asks(d.SentenceAt(s.First)) && !d.opensAnew(s) {
		s.Voices = append(s.Voices, d.hasFloor.Over(s.First, s.End))
	}
}

// opensList reports whether a paragraph ends with a mark behind which a list follows: "Members were advised that –".
func (d *Doc) opensList(para int) bool {
	if para < 0 || d.Paragraphs[para].First >= d.Paragraphs[para].End {
		return false
	}
	last := d.Paragraphs[para].End - 1
	return d.Fold[last] == ":" || d.dash(last)
}

// answersUnnamed reports whether a sentence says that something was explained, and not by whom: "It was explained that ...", "Members were
// advised that ...", "Il est répondu que". Whoever reported on the matter did.
func (d *Doc) answersUnnamed(s *passage.Sentence) bool {
	k := &d.GrammarAt(s).Known
	if s.Lacks(k.Said) {
		return false
	}
	const reach = 8 // units
	for u := 1; u < min(reach, len(s.Units)); u++ {
		t := s.Units[u].First
		if s.Units[u].Mention != nil || !d.In(t, k.Said) || !d.passive(s, u) && !(k.Unnamed != grammar.NoClass && d.In(s.Units[u-1].First, k.Unnamed)) {
			continue
		}
		next := d.UnitAt(s, t+d.Is(t, k.Said))
		return next < len(s.Units) && (d.In(s.Units[next].First, k.That) || d.In(t+d.Is(t, k.Said)-1, k.That))
	}
	return false
}

// opensAnew reports whether a sentence opens with a word in capitals ("MOVED", "APPROUVE") or with a vote: nobody says it.
func (d *Doc) opensAnew(s *passage.Sentence) bool {
	t := s.First
	for t < s.End && d.Tokens[t].Kind != word.Word {
		t++
	}
	if t >= s.End {
		return true
	}
	if k := &d.GrammarAt(s).Known; k.Decides != grammar.NoClass && d.Holds(s, k.Decides) {
		return true
	}
	w := d.Tokens[t].Of(d.Body)
	return len(w) > 3 && naming.AllCapitals(w)
}

// takesFloor is who a sentence says to take the floor, with the token that the words begin with: "The Deputy Chief presented.", "Contesta el
// concejal de Seguridad.", "Mrs Ruiz, for the opposition, fears that ..." Whoever stands at the head of a sentence has it.
func (d *Doc) takesFloor(s *passage.Sentence) (passage.Voice, int, bool) {
	k := &d.GrammarAt(s).Known
	head := 0
	for head < len(s.Units) && head < 3 && (s.Units[head].Mention == nil && d.In(s.Units[head].First, k.Article) || s.Units[head].End-s.Units[head].First == 1 && d.In(s.Units[head].First, k.Title) || head > 0 && d.Fold[s.Units[head].First] == ".") {
		head++ // "M. le Maire"
	}
	if head < len(s.Units) {
		_, office := d.officeAt(s, head)
		if office > 0 || s.Units[head].Kinds&grammar.PER != 0 || s.Units[head].Kinds&grammar.AUT != 0 && d.In(s.Units[head].First, k.Role) {
			if v, end, ok := d.speakerFrom(s, head, 1, 0); ok && end < len(s.Units) {
				if p, isNoun := d.nounFrom(s, head, end, true); isNoun && v.Kinds&grammar.PER == 0 {
					v.AlsoCalled(d.nounVoice(s, p).Speaker.Names...)
				}
				return v, s.Units[end].First, true
			}
		}
	}
	const reach = 4 // units: "Seguidamente contesta el concejal"
	for u := 0; u < len(s.Units) && u < reach; u++ {
		if !plain(s, u) {
			break
		}
		t := s.Units[u].First
		n := d.Is(t, k.Presents)
		if n == 0 && u == 0 {
			n = d.Is(t, k.Said)
		}
		if n == 0 {
			continue
		}
		after := d.UnitAt(s, t+n)
		if u > 0 {
			if v, at, ok := d.NounBefore(s, u); ok && at <= 1 {
				return v, d.TokenOf(s, after), true
			}
		}
		if v, end, ok := d.speakerFrom(s, after, 3, 0); ok {
			return v, d.TokenOf(s, end), true
		}
		if p, ok := d.nounPhraseAt(s, after, len(s.Units)); ok {
			return d.nounVoice(s, p), d.TokenOf(s, p.end), true
		}
	}
	return passage.Voice{}, 0, false
}
