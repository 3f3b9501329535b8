package frame

import (
	"cmp"
	"slices"
	"strings"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/lexicon"
)

// Frames tries all rules on a sentence.
func (d *Doc) Frames(i int) {
	s := &d.Sentences[i]
	g := d.GrammarAt(s)
	if d.Asks(i) {
		d.answeredBy(i)
		return
	}
	d.Matches(s, &g.Frames, func(m *passage.Match) { d.frame(i, s, m) })
}

// mostAnswered is how many units of the sentence behind a question may answer it.
const mostAnswered = 8

// answeredBy tries on a question and the sentence behind it the patterns that hold a question mark: "Who built it? Optivue." What they find
// is claimed of the answer's words.
func (d *Doc) answeredBy(i int) {
	if i+1 >= len(d.Sentences) || d.Sentences[i+1].Para > d.Sentences[i].Para+1 || d.Asks(i+1) || d.GrammarAt(&d.Sentences[i]) != d.GrammarAt(&d.Sentences[i+1]) {
		return
	}
	asked, said := &d.Sentences[i], &d.Sentences[i+1]
	n := len(asked.Units)
	both := passage.Sentence{First: asked.First, End: said.End, Para: said.Para, Set: asked.Set, Fires: asked.Fires | said.Fires, Kinds: asked.Kinds | said.Kinds}
	both.Set.Join(&said.Set)
	both.Units = append(append(make([]passage.Unit, 0, n+mostAnswered), asked.Units...), said.Units[:min(mostAnswered, len(said.Units))]...)
	var found []passage.Match
	d.Matches(&both, &d.GrammarAt(asked).Frames, func(m *passage.Match) {
		if m.Pattern.Asks && m.Slots[grammar.ValueSlot] >= n {
			found = append(found, *m)
		}
	})
	d.Matcher.Forget()
	for k := range found {
		m := &found[k]
		m.From, m.To = 0, m.To-n
		for x := range m.Slots {
			m.Slots[x] -= n
			if m.Slots[x] < 0 {
				m.Slots[x] = -1
			}
		}
		for x := range m.List {
			m.List[x] -= n
		}
		d.frame(i+1, said, m)
	}
}

// frame makes the claims of one match.
func (d *Doc) frame(i int, s *passage.Sentence, m *passage.Match) {
	r := m.Pattern.Rule
	if r.Unless != grammar.NoClass && d.WordsNear(s, m.From-3, m.To+1, r.Unless) || r.Never != grammar.NoClass && d.WordsNear(s, 0, len(s.Units), r.Never) {
		return
	}
	if r.Needs != grammar.NoClass && !d.WordsNear(s, 0, len(s.Units), r.Needs) && !d.waives(s, r, m) {
		return
	}
	if r.Topic && !d.Topical {
		return
	}
	if r.Near && !d.Surveilled(s.Para) {
		return
	}
	if r.Negated == "drop" && d.Denied(s, m.From, m.To) || r.Stage != nil && d.Contradicts(s, m.From, m.To, r.Constant) || r.Predicate == contrechamp.Since && m.Slots[grammar.ValueSlot] >= 0 && d.SinceNoMore(s, m.Slots[grammar.ValueSlot]) {
		return
	}
	if m.Listed == grammar.AboutSlot && len(m.List) > 0 {
		// "Bouaké, Korhogo et San-Pedro seront équipées": one claim for each
		more := m.List
		m.List, m.Listed = nil, grammar.NoSlot
		d.frame(i, s, m)
		for _, u := range more {
			one := *m
			one.Slots[grammar.AboutSlot] = u
			d.frame(i, s, &one)
		}
		return
	}
	values := []int{m.Slots[grammar.ValueSlot]}
	values = append(values, m.List...)
	for _, v := range values {
		value, ok := d.Value(r, s, v, m)
		if !ok {
			continue
		}
		about, ok := d.SubjectFor(r, s, m, v)
		if !ok {
			continue
		}
		if r.Predicate == contrechamp.Operator && v >= 0 {
			in := s.Units[v].Mention
			about = d.OfBody(about, in)
			if e := d.BodyAt(in, about); e != nil && value.Entity != nil && in.Entity != nil && value.Entity.ID == in.Entity.ID {
				value = d.EntityValue(e)
			}
		}
		if value.Entity != nil && r.Constant == "" {
			// nothing is its own operator or vendor
			itself := func(e *contrechamp.Entity) bool { return e.ID == value.Entity.ID }
			if slices.ContainsFunc(about.Entities, itself) {
				about.Entities = slices.DeleteFunc(slices.Clone(about.Entities), itself)
			}
			if len(about.Entities) == 0 {
				continue
			}
		}
		c := contrechamp.Claim{Predicate: r.Predicate, Value: value, Rule: r.Id, Confidence: r.Prior}
		c.Modality = d.Modality(s, m.From, m.To, r)
		if c.Modality == contrechamp.Asserted && (r.Predicate == contrechamp.Since || r.Predicate == contrechamp.Status) && d.ahead(s, m, value) {
			c.Modality = contrechamp.Planned
		}
		if c.Modality == contrechamp.Planned && r.Modality == "" && (r.Predicate == contrechamp.Since || r.Constant == "trial") && (d.bygone(s, m, value) || d.RunsOut(s)) {
			c.Modality = contrechamp.Asserted // "in service since 2017, will be replaced": it began
		}
		if c.Modality == contrechamp.Planned && r.Constant == "operational" {
			c.Value = d.EntityValue(grammar.StageOf("planned")) // "will go live in May" is a plan
		}
		disclaimed := d.Disclaimed(s, v, r.Predicate)
		if disclaimed >= 0 {
			c.Modality = contrechamp.Denied
		}
		if p := m.Slots[grammar.ShareSlot]; p >= 0 && s.Units[p].Mention != nil && s.Units[p].Mention.Quantity != nil {
			c.Share = s.Units[p].Mention.Quantity.Number
		}
		var own *contrechamp.Entity
		if r.Speaks && v >= 0 {
			own = s.Units[v].Mention.Entity
		}
		d.Firing = m
		before := len(d.Claims)
		d.Propose(i, m.From, m.To, c, about, own)
		d.Firing = nil
		d.ExplainDisclaimed(before, s, v, disclaimed)
	}
}

// waives reports whether a rule may do without the words that it needs in its sentence: in a text about surveillance a sum
// is what it costs and a protest is against it, and a known association hardly speaks of anything else.
func (d *Doc) waives(s *passage.Sentence, r *grammar.Rule, m *passage.Match) bool {
	switch r.Predicate {
	case contrechamp.Cost:
		return d.Topical
	case contrechamp.Objection:
		if d.Topical {
			return true
		}
		v := m.Slots[grammar.ValueSlot]
		return d.Surveils && v >= 0 && s.Units[v].Mention != nil && s.Units[v].Kinds&grammar.ORG != 0 && s.Units[v].Mention.Entity != nil &&
			s.Units[v].Mention.Entity.Source == "lexicon" && d.campaigns(s.Units[v].Mention)
	}
	return false
}

// campaigns reports whether an organisation is one that takes a stand: an association, a union, a party, not a newspaper.
func (d *Doc) campaigns(m *passage.Mention) bool {
	if m.Generic || d.Knows.Lexicon.Role(m.Entity.ID) == lexicon.RolePress {
		return false
	}
	p := &d.Paragraphs[d.ParaOf(m.First)]
	return d.Any(m.First, m.End, p.Grammar.Known.Press) < 0
}

// Surveilled reports whether a paragraph names devices or a capability.
func (d *Doc) Surveilled(para int) bool {
	p := &d.Paragraphs[para]
	if p.Surveilled == passage.Unknown {
		p.Surveilled = passage.No
		for _, m := range d.ByPara[para] {
			if m.Kinds&(grammar.DEV|grammar.CAP) != 0 {
				p.Surveilled = passage.Yes
				break
			}
		}
		if p.End-p.First < draft.ShortPara {
			p.Surveilled = passage.Yes
		}
	}
	return p.Surveilled == passage.Yes
}

// WordsNear reports whether a word of the class starts in units [from, to).
func (d *Doc) WordsNear(s *passage.Sentence, from, to int, class int32) bool {
	if s.Lacks(class) {
		return false
	}
	for u := max(from, 0); u < min(to, len(s.Units)); u++ {
		if s.Units[u].Mention == nil || s.Units[u].Kinds&(grammar.DEV|grammar.CAP) != 0 {
			if d.In(s.Units[u].First, class) {
				return true
			}
		}
	}
	return false
}

// SubjectFor resolves what a match is about.
func (d *Doc) SubjectFor(r *grammar.Rule, s *passage.Sentence, m *passage.Match, v int) (subject.Subject, bool) {
	if a := m.Slots[grammar.AboutSlot]; a >= 0 {
		in := s.Units[a].Mention
		if in == nil {
			return subject.Subject{}, false
		}
		e := in.Entity
		if e == nil && in.Kinds&grammar.NAME != 0 && r.About == "company" {
			if p := &d.Paragraphs[s.Para]; d.MaybePerson(p, in) || d.BehindNationality(p, in) {
				return subject.Subject{}, false
			}
			e = d.NameAs(contrechamp.Owner, in)
		}
		if e == nil {
			return subject.Subject{}, false
		}
		if in.Kinds&(grammar.POL|grammar.AUT) != 0 {
			if p := d.PlaceOf(in); p != nil {
				return d.About("slot", p, e), true
			}
			if in.Generic {
				// "le gouvernement prévoit ...": that of the place that the words are about
				out := d.Deployment(r.Predicate, s, m.From, m.To)
				return out, len(out.Entities) > 0
			}
		}
		if e.Kind == contrechamp.KindPerson {
			return subject.Subject{}, false
		}
		if e.Kind == contrechamp.KindPlace {
			return d.About("slot", e, nil), true
		}
		return d.One(e, "slot"), true
	}
	switch r.About {
	case "company":
		t := d.TokenOf(s, m.From)
		if m.Slots[grammar.ValueSlot] >= 0 && m.Slots[grammar.ValueSlot] > m.From {
			t = d.TokenOf(s, m.Slots[grammar.ValueSlot])
		}
		if r.Predicate == contrechamp.Home && v >= 0 && v+1 < len(s.Units) && s.Units[v+1].Kinds&grammar.CO != 0 {
			return subject.Subject{}, false // "le groupe belge X": of X, as other patterns say
		}
		e := d.companyBefore(s, t)
		if e == nil {
			return subject.Subject{}, false
		}
		if v >= 0 && r.Predicate == contrechamp.Home && s.Units[v].Mention != nil && s.Units[v].Mention.Entity != nil {
			// "the Chinese group" is the last company of that country
			country := s.Units[v].Mention.Entity.Country
			if e.Country != "" && e.Country != country {
				if e = d.LastCompanyOf(t, country); e == nil {
					return subject.Subject{}, false
				}
			}
		}
		return d.One(e, "company"), true
	case "product":
		if e := d.ProductAt(s, m.To, m.To); e != nil {
			return d.One(e, "product"), true
		}
		if out := d.ownWords(s, m.From); len(out.Entities) > 0 {
			return out, true
		}
		if d.Product != nil {
			return d.One(d.Product, "product"), true
		}
	}
	if r.Predicate == contrechamp.Objection && r.Voiced {
		// "Hikvision is complicit", they said: against the firm that the words accuse
		for u := range s.Units {
			if s.Units[u].Kinds&grammar.CO != 0 && s.Units[u].Mention.Entity != nil && !d.BehindPreposition(s, u) && u < m.From {
				return d.One(s.Units[u].Mention.Entity, "subject"), true
			}
		}
	}
	out := d.Deployment(r.Predicate, s, m.From, m.To)
	return out, len(out.Entities) > 0
}

// companyBefore is the firm that the text speaks of at token t of a sentence: the last one before it, the subject of the sentence before, the
// section's or the document's.
func (d *Doc) companyBefore(s *passage.Sentence, t int) *contrechamp.Entity {
	if e := d.LastCompany(t, s.First); e != nil {
		return e
	}
	if d.Holds(s, d.GrammarAt(s).Known.Ourselves) { // "we have offices in Ireland": whoever's page it is, not whom it named last
		if e := cmp.Or(d.Portrait, d.CompanyAt(s)); e != nil {
			return e
		}
	}
	if e := d.PreviousSubject(s); e != nil {
		return e
	}
	if e := d.LastCompany(s.First, d.Paragraphs[s.Para].First); e != nil {
		return e
	}
	if e := d.Sections[s.Para].Company; e != nil {
		return e
	}
	if e := d.CompanyAt(s); e != nil {
		return e
	}
	return d.Portrait
}

// beside are the steps that find a claim's subject beside its words.
var beside = []string{"slot", "own words", "user", "fronted", "near", "headed", "subject", "product", "company"}

// reports reports whether a claim says of a newspaper or a broadcaster what those only report: that it objects, runs a system or sells one.
func (d *Doc) reports(c *contrechamp.Claim) bool {
	switch c.Predicate {
	case contrechamp.Objection, contrechamp.Operator, contrechamp.Vendor:
		return c.Value.Entity != nil && d.Knows.Lexicon.Role(c.Value.Entity.ID) == lexicon.RolePress
	}
	return false
}

// Propose adds a claim with the words of units [from, to) as its quote. own is the speaker that the rule found.
func (d *Doc) Propose(i, from, to int, c contrechamp.Claim, about subject.Subject, own *contrechamp.Entity) {
	s := &d.Sentences[i]
	if to <= from || to > len(s.Units) || len(about.Entities) == 0 || d.reports(&c) {
		return
	}
	again := c // for the other places of a list
	c.About = d.Refs(len(about.Entities))
	for _, e := range about.Entities {
		if e.Kind == contrechamp.KindPerson {
			return
		}
		c.About = append(c.About, d.Ref(d.Keep(e)))
	}
	first, end := d.quoteTokens(s, from, to)
	q, err := contrechamp.QuoteAt(d.Body, d.Span(first, end))
	if err != nil {
		return // an empty span: there are no words that say it
	}
	c.Quote = q
	said := false // its rule knows who says it
	if v := d.VoiceAt(s, s.Units[to-1].First); v != nil {
		sp := *v.Speaker
		c.Speaker = &sp
	}
	if v, denied := d.Disputed(i, to); denied && c.Modality != contrechamp.Denied && c.Predicate != contrechamp.Objection {
		c.Modality = contrechamp.Denied
		if v != nil {
			sp := *v.Speaker
			c.Speaker, said = &sp, true
		}
	}
	if own != nil {
		ref := d.Ref(own)
		sp := contrechamp.Speaker{Names: ref.Names}
		if own.Kind != contrechamp.KindPerson {
			sp.ID = own.ID
		}
		if d.QuotedIn(s) || c.Speaker != nil {
			c.Speaker, said = &sp, true
		}
	}
	if c.Modality == "" {
		c.Modality = contrechamp.Asserted
	}
	var choices []subject.Choice
	for _, x := range d.Choices {
		if x.Chosen && x.Entity.ID == c.About[0].ID {
			choices = d.Choices
		}
	}
	odds := 0.0
	if d.Chosen == about.Entities[0] {
		odds = d.ChosenOdds
	}
	d.Choices, d.Chosen = nil, nil
	value := from
	if m := d.Firing; m != nil && m.Slots[grammar.ValueSlot] >= 0 {
		value = m.Slots[grammar.ValueSlot]
	}
	x := draft.Draft{Claim: c, Said: said, At: value, Odds: odds, Choices: choices, Para: s.Para, Sent: i, Placed: slices.Contains(beside, about.Step), Heading: d.Paragraphs[s.Para].Role != contrechamp.RoleBody && d.Paragraphs[s.Para].Role != contrechamp.RoleItem,
		Units: [2]int{from, to}, Step: about.Step, Prior: c.Confidence, Repeats: 1}
	if d.Explained {
		x.Why = d.why(s, from, to, c.Rule, about.Step)
	}
	d.Claims = append(d.Claims, d.draft(x))
	if about.Step != naming.StepListed && naming.OfEach(c.Predicate) && !strings.HasPrefix(c.Rule, draft.HintPrefix) && c.Modality != contrechamp.Denied {
		for _, other := range d.AlsoListed(s, about.Entities[0]) {
			d.Propose(i, from, to, again, subject.Subject{Entities: []*contrechamp.Entity{other}, Step: naming.StepListed}, own)
		}
	}
}

// ExplainDisclaimed shows in the explanations of the drafts from a number on the words between the value at unit v and what says that it is not so.
func (d *Doc) ExplainDisclaimed(from int, s *passage.Sentence, v, disclaimed int) {
	if disclaimed < 0 || !d.Explained {
		return
	}
	first, last := min(v, disclaimed), max(v, disclaimed)
	for _, x := range d.Claims[from:] {
		x.Why.Slots = append(x.Why.Slots, contrechamp.Slot{Name: "denied", Words: d.Words(s.Units[first].First, s.Units[last].End)})
	}
}

// why notes how a claim came about.
func (d *Doc) why(s *passage.Sentence, from, to int, rule, step string) *contrechamp.Explanation {
	x := &contrechamp.Explanation{Rule: rule, Step: step, Clause: d.Words(s.Units[from].First, s.Units[to-1].End)}
	if m := d.Firing; m != nil && m.Pattern.Rule != nil && m.Pattern.Rule.Id == rule {
		x.Line = m.Pattern.Line
		for i, name := range [...]string{grammar.ValueSlot: "value", grammar.AboutSlot: "about", grammar.ShareSlot: "share"} {
			if u := m.Slots[i]; i > 0 && u >= 0 && u < len(s.Units) {
				x.Slots = append(x.Slots, contrechamp.Slot{Name: name, Words: d.Words(s.Units[u].First, s.Units[u].End)})
			}
		}
	}
	return x
}

// maxQuote is how many tokens a quote may have; a longer sentence is cut to the clause around the match.
const maxQuote = 45

// quoteTokens widens the match to its sentence where that is short, else to its clause: a quote should say the
// claim to someone who reads nothing else.
func (d *Doc) quoteTokens(s *passage.Sentence, from, to int) (int, int) {
	if s.End-s.First <= maxQuote {
		return s.First, s.End
	}
	a, b := passage.Clause(s, from, to)
	first, end := s.Units[a].First, s.Units[min(b, len(s.Units))-1].End
	return first, end
}

// draft keeps a draft.
func (d *Doc) draft(x draft.Draft) *draft.Draft {
	if len(d.drafts) == cap(d.drafts) {
		d.drafts = make([]draft.Draft, 0, draftsAtOnce) // those before keep their memory
	}
	d.drafts = append(d.drafts, x)
	return &d.drafts[len(d.drafts)-1]
}

// draftsAtOnce is how many drafts are made at once.
const draftsAtOnce = 64
