package frame

import (
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/word"
)

// VideoSurveillance is the capability of plain cameras.
const VideoSurveillance = "video-surveillance"

// capability claims are not frames: a capability named in a sentence is claimed of whatever the sentence is about,
// unless the words talk of law, or of nobody.

// Capabilities proposes the capabilities that a sentence names or says with verbs.
func (d *Doc) Capabilities(i int) {
	s := &d.Sentences[i]
	g := d.GrammarAt(s)
	for u := range s.Units {
		if m := s.Units[u].Mention; m != nil && s.Units[u].Kinds&grammar.CAP != 0 {
			d.capability(i, u, u+1, m.Capability, g.Prior("capability.name"), "capability.name."+g.Language)
		}
	}
	if s.SaysNone {
		d.anaphoricDenial(i)
		return
	}
	d.Matches(s, &g.Sayings, func(m *passage.Match) {
		y := m.Pattern.Say
		if y.Unless != grammar.NoClass && d.WordsNear(s, m.From-4, m.To+4, y.Unless) {
			return
		}
		d.capability(i, m.From, m.To, y.Capability, g.Prior("capability.say"), "capability.say."+g.Language)
	})
	d.anaphoricDenial(i)
}

// capability proposes one capability said in units [from, to).
func (d *Doc) capability(i, from, to int, id string, prior float64, ruleID string) {
	s := &d.Sentences[i]
	k := &d.GrammarAt(s).Known
	start, end := passage.Clause(s, from, to)
	for u := max(start, from-8); u < min(end, to+6); u++ {
		if s.Units[u].Mention == nil && d.In(s.Units[u].First, k.Law) {
			return
		}
	}
	about := d.Deployment(contrechamp.Capability, s, from, to)
	if len(about.Entities) == 0 {
		return
	}
	e := d.Knows.Capabilities[id]
	if e == nil {
		return
	}
	refused, asked := false, d.Asks(i)
	if !asked && d.AsksWhether(s, from) {
		if refused = d.Refuses(s, to); !refused { // "Asked whether the cameras recognise faces, the mayor said no."
			asked = true
		}
	}
	if asked {
		if refused = d.AnswersNo(i + 1); !refused && !d.AnswersYes(i+1) {
			return
		}
	}
	c := contrechamp.Claim{Predicate: contrechamp.Capability, Value: d.EntityValue(e), Rule: ruleID, Confidence: prior}
	c.Modality = d.Modality(s, from, to, nil)
	takenBack := d.TakenBack(i + 1)
	switch {
	case refused || takenBack:
		c.Modality = contrechamp.Denied
	case asked:
		c.Modality = contrechamp.Asserted
	}
	proposed := len(d.Claims)
	d.Propose(i, from, to, c, about, nil)
	if (asked || takenBack) && len(d.Claims) > proposed {
		// who answers says it, or who takes it back
		next := &d.Sentences[i+1]
		if v := d.VoiceAt(next, next.First); v != nil {
			sp := *v.Speaker
			d.Claims[proposed].Claim.Speaker, d.Claims[proposed].Said = &sp, true
		}
	}
	d.lastCapabilities = append(d.lastCapabilities, said{i, id})
}

// AsksWhether reports whether what stands before unit from in its clause asks about it: "she asked whether ...".
func (d *Doc) AsksWhether(s *passage.Sentence, from int) bool {
	return d.SaidIn(s, from-draft.NegationReach, from, d.GrammarAt(s).Known.AsksWhether)
}

// Untold reports whether what stands before unit from in its clause leaves open, unanswered, whether it is so: "refused to say whether ...".
func (d *Doc) Untold(s *passage.Sentence, from int) bool {
	return d.SaidIn(s, from-draft.NegationReach, from, d.GrammarAt(s).Known.Untold)
}

// Refuses reports whether a "no" stands behind unit to at the end of the sentence: "..., the mayor said no."
func (d *Doc) Refuses(s *passage.Sentence, to int) bool {
	return d.SaidIn(s, max(to, len(s.Units)-3), len(s.Units), d.GrammarAt(s).Known.No)
}

// AnswersNo reports whether sentence i begins with "no": it answers the question before it.
func (d *Doc) AnswersNo(i int) bool {
	if i >= len(d.Sentences) {
		return false
	}
	s := &d.Sentences[i]
	if i > 0 && d.Asks(i-1) && len(d.Sentences[i-1].Units) <= longestTopic && d.deniesFirst(s) {
		return true // "Face recognition? Has not been bought."
	}
	const short = 6 // tokens: "Laut Hersteller nein."
	for t := s.End - 1; s.End-s.First <= short && t >= s.First; t-- {
		if d.Tokens[t].Kind == word.Word {
			if d.In(t, d.GrammarAt(s).Known.No) {
				return true
			}
			break
		}
	}
	for t := s.First; t < s.End && t < s.First+3; t++ {
		if d.In(t, d.GrammarAt(s).Known.No) {
			return true
		}
		if d.Tokens[t].Kind == word.Word {
			return false
		}
	}
	return false
}

// longestTopic is how many units a question has at most that only names what the next sentence speaks of.
const longestTopic = 6

// deniesFirst reports whether the first clause of a sentence is denied.
func (d *Doc) deniesFirst(s *passage.Sentence) bool {
	k := &d.GrammarAt(s).Known
	for u := 0; u < len(s.Units) && !s.Units[u].Stop && !s.Units[u].Comma; u++ {
		if s.Units[u].Mention != nil {
			continue
		}
		if d.In(s.Units[u].First, k.Undenied) {
			return false
		}
		if d.In(s.Units[u].First, k.Negation) {
			return true
		}
	}
	return false
}

// AnswersYes reports whether sentence i answers the question before it with "yes".
func (d *Doc) AnswersYes(i int) bool {
	if i >= len(d.Sentences) {
		return false
	}
	s := &d.Sentences[i]
	return d.Any(s.First, min(s.End, s.First+9), d.GrammarAt(s).Known.Yes) >= 0
}

// TakenBack reports whether sentence i says that the one before it is wrong.
func (d *Doc) TakenBack(i int) bool {
	if i >= len(d.Sentences) || d.Sentences[i].Para != d.Sentences[i-1].Para {
		return false
	}
	s := &d.Sentences[i]
	return d.Any(s.First, min(s.End, s.First+5), d.GrammarAt(s).Known.Untrue) >= 0
}

// ownWords is the subject of what a company says itself: its product named last, and the company.
func (d *Doc) ownWords(s *passage.Sentence, u int) subject.Subject {
	if u >= len(s.Units) {
		return subject.Subject{}
	}
	v := d.VoiceAt(s, s.Units[u].First)
	if v == nil || v.Entity == nil || v.Entity.Kind != contrechamp.KindCompany {
		return subject.Subject{}
	}
	out := subject.Subject{Step: "own words"}
	if m := d.LastOf(s.First, 600, grammar.PRD); m != nil {
		out.Entities = append(out.Entities, m.Entity)
	}
	if !slices.Contains(out.Entities, v.Entity) {
		out.Entities = append(out.Entities, v.Entity)
	}
	return out
}

// said is a capability that a sentence named.
type said struct {
	sent int
	id   string
}

// anaphoricDenial reads "ces deux fonctions ne sont pas utilisées", "that feature is switched off": it denies the
// capabilities named last.
func (d *Doc) anaphoricDenial(i int) {
	s := &d.Sentences[i]
	g := d.GrammarAt(s)
	if s.Lacks(g.Known.CapabilityIt) && s.Lacks(g.Known.Unused) {
		return
	}
	for u := range s.Units {
		n := d.Is(s.Units[u].First, g.Known.CapabilityIt)
		whole := d.Is(s.Units[u].First, g.Known.Unused)
		if n = max(n, whole); n == 0 {
			continue
		}
		to := min(d.UnitAt(s, s.Units[u].First+n), len(s.Units))
		end := to
		negated, used := whole > 0, whole > 0
		for ; end < len(s.Units) && end < to+10 && !s.Units[end].Stop && !s.Units[end].Comma; end++ {
			negated = negated || d.In(s.Units[end].First, g.Known.Negation)
			used = used || d.In(s.Units[end].First, g.Known.User)
		}
		if !negated || !used {
			continue
		}
		about := d.Deployment(contrechamp.Capability, s, u, end)
		if len(about.Entities) == 0 {
			return
		}
		sent := -1
		for j := len(d.lastCapabilities) - 1; j >= 0; j-- {
			c := d.lastCapabilities[j]
			if sent >= 0 && c.sent != sent || c.sent < i-2 {
				break
			}
			e := d.Knows.Capabilities[c.id]
			if e == nil || c.id == VideoSurveillance {
				continue
			}
			sent = c.sent
			if whole > 0 && d.takeBack(c, about) {
				continue
			}
			d.Propose(i, u, end, contrechamp.Claim{Predicate: contrechamp.Capability, Value: d.EntityValue(e), Modality: contrechamp.Denied,
				Rule: "capability.it." + g.Language, Confidence: g.Prior("capability.it")}, about, nil)
		}
		return
	}
}

// takeBack denies what a sentence named of a subject, where the words behind it say that it is not in use: "The contract includes face recognition. It has never
// been switched on." It answers false where nothing was said of that subject.
func (d *Doc) takeBack(c said, about subject.Subject) bool {
	found := false
	for n := len(d.Claims) - 1; n >= 0 && d.Claims[n].Sent >= c.sent-1; n-- { // an answer's claims come with its question's
		x := d.Claims[n]
		if x.Sent != c.sent || x.Claim.Predicate != contrechamp.Capability || x.Claim.Value.Entity.ID != c.id ||
			!slices.ContainsFunc(x.Claim.About, func(r contrechamp.EntityRef) bool { return r.ID == about.Entities[0].ID }) {
			continue
		}
		x.Claim.Modality = contrechamp.Denied
		found = true
	}
	return found
}
