package claim

import (
	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// Minutes report what is said one after the other, and do not say again who says it: "The Deputy Chief presented. Readers have been
// fitted to 42 cars." Whoever has the floor keeps it to the end of the paragraph, and beyond it where the next names nobody.

// nearVerb is how many tokens behind its subject the verb of a sentence stands at most.
const nearVerb = 3

// headLines is how many of a text's first paragraphs say what kind of text it is.
const headLines = 8

// minuted reports whether the head of the text says that it records a sitting: "Minutes of ...", "Extrait du registre des délibérations".
func (d *speechDoc) minuted() bool {
	return d.headSays(func(k *knownClasses) int32 { return k.proceedings })
}

// headSays reports whether a word of a class stands in the head of the text, and not in a sentence of its body.
func (d *speechDoc) headSays(class func(*knownClasses) int32) bool {
	for i := 0; i < min(len(d.paras), headLines); i++ {
		p := &d.paras[i]
		c := class(&p.g.known)
		if c == noClass || !p.set.has(c) || p.role == contrechamp.RoleBody && d.fullStop[p.end-1] {
			continue
		}
		if d.any(p.first, p.end, c) >= 0 {
			return true
		}
	}
	return false
}

// floor gives a sentence of minutes that says nothing of who speaks to whoever has the floor.
func (d *speechDoc) floor(s *sentence) {
	if s.para != d.floorPara {
		if point := d.floorPara >= 0 && d.listed(s.para) && (d.opensList(d.floorPara) || d.listed(d.floorPara)); !point {
			d.hasFloor = voice{}
			if role := d.paras[s.para].role; role == contrechamp.RoleHeading || role == contrechamp.RoleTitle {
				d.hasReported = voice{}
			}
		}
		d.floorPara = s.para
	}
	if len(s.voices) > 0 {
		if v := s.voices[len(s.voices)-1]; v.end == s.end && d.quoted[max(s.end-2, v.first)] == 0 || d.hasFloor.speaker == nil {
			d.hasFloor = v
			d.hasFloor.way = byFloor
		}
		return
	}
	if d.hasReported.speaker != nil && d.answersUnnamed(s) {
		d.hasFloor = d.hasReported
		s.voices = append(s.voices, d.hasFloor.over(s.first, s.end))
		return
	}
	if v, from, ok := d.takesFloor(s); ok {
		if d.hasReported.speaker == nil {
			d.hasReported = v
		}
		d.hasFloor, d.lastVoice, d.lastVoiceAt = v, v, s.first
		if k := &d.grammarAt(s).known; k.asksWhom != noClass && d.any(from, min(from+nearVerb, s.end), k.asksWhom) >= 0 {
			d.hasFloor = voice{} // who asks is answered
		}
		if from < s.end {
			s.voices = append(s.voices, v.over(from, s.end))
		}
		return
	}
	if d.hasFloor.speaker != nil && !d.asks(d.sentenceAt(s.first)) && !d.opensAnew(s) {
		s.voices = append(s.voices, d.hasFloor.over(s.first, s.end))
	}
}

// opensList reports whether a paragraph ends with a mark behind which a list follows: "Members were advised that –".
func (d *speechDoc) opensList(para int) bool {
	if para < 0 || d.paras[para].first >= d.paras[para].end {
		return false
	}
	last := d.paras[para].end - 1
	return d.fold[last] == ":" || d.dash(last)
}

// answersUnnamed reports whether a sentence says that something was explained, and not by whom: "It was explained that ...", "Members were
// advised that ...", "Il est répondu que". Whoever reported on the matter did.
func (d *speechDoc) answersUnnamed(s *sentence) bool {
	k := &d.grammarAt(s).known
	if s.lacks(k.said) {
		return false
	}
	const reach = 8 // units
	for u := 1; u < min(reach, len(s.units)); u++ {
		t := s.units[u].first
		if s.units[u].mention != nil || !d.in(t, k.said) || !d.passive(s, u) && !(k.unnamed != noClass && d.in(s.units[u-1].first, k.unnamed)) {
			continue
		}
		next := d.unitAt(s, t+d.is(t, k.said))
		return next < len(s.units) && (d.in(s.units[next].first, k.that) || d.in(t+d.is(t, k.said)-1, k.that))
	}
	return false
}

// opensAnew reports whether a sentence opens with a word in capitals ("MOVED", "APPROUVE") or with a vote: nobody says it.
func (d *speechDoc) opensAnew(s *sentence) bool {
	t := s.first
	for t < s.end && d.toks[t].Kind != word.Word {
		t++
	}
	if t >= s.end {
		return true
	}
	if k := &d.grammarAt(s).known; k.decides != noClass && d.holds(s, k.decides) {
		return true
	}
	w := d.toks[t].Of(d.body)
	return len(w) > 3 && allCapitals(w)
}

// takesFloor is who a sentence says to take the floor, with the token that the words begin with: "The Deputy Chief presented.", "Contesta el
// concejal de Seguridad.", "Mrs Ruiz, for the opposition, fears that ..." Whoever stands at the head of a sentence has it.
func (d *speechDoc) takesFloor(s *sentence) (voice, int, bool) {
	k := &d.grammarAt(s).known
	head := 0
	for head < len(s.units) && head < 3 && (s.units[head].mention == nil && d.in(s.units[head].first, k.article) || s.units[head].end-s.units[head].first == 1 && d.in(s.units[head].first, k.title) || head > 0 && d.fold[s.units[head].first] == ".") {
		head++ // "M. le Maire"
	}
	if head < len(s.units) {
		_, office := d.officeAt(s, head)
		if office > 0 || s.units[head].kinds&kPER != 0 || s.units[head].kinds&kAUT != 0 && d.in(s.units[head].first, k.role) {
			if v, end, ok := d.speakerFrom(s, head, 1, 0); ok && end < len(s.units) {
				if p, isNoun := d.nounFrom(s, head, end, true); isNoun && v.kinds&kPER == 0 {
					v.alsoCalled(d.nounVoice(s, p).speaker.Names...)
				}
				return v, s.units[end].first, true
			}
		}
	}
	const reach = 4 // units: "Seguidamente contesta el concejal"
	for u := 0; u < len(s.units) && u < reach; u++ {
		if !plain(s, u) {
			break
		}
		t := s.units[u].first
		n := d.is(t, k.presents)
		if n == 0 && u == 0 {
			n = d.is(t, k.said)
		}
		if n == 0 {
			continue
		}
		after := d.unitAt(s, t+n)
		if u > 0 {
			if v, at, ok := d.nounBefore(s, u); ok && at <= 1 {
				return v, d.tokenOf(s, after), true
			}
		}
		if v, end, ok := d.speakerFrom(s, after, 3, 0); ok {
			return v, d.tokenOf(s, end), true
		}
		if p, ok := d.nounPhraseAt(s, after, len(s.units)); ok {
			return d.nounVoice(s, p), d.tokenOf(s, p.end), true
		}
	}
	return voice{}, 0, false
}
