package second

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/calendar"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/quantity"
	"contrechamp.org/contrechamp/internal/word"
)

// vetter checks the claims of a model against the text that they are about.
type vetter struct {
	engine *claim.Engine
	lex    *lexicon.Lexicon
	text   contrechamp.Text
	known  map[string]contrechamp.Entity // by ID: those that the rules found, and those met since
	keys   map[string]string             // name key -> ID of them
	rule   string
	now    time.Time
	claims []contrechamp.Claim
}

// The reasons for which a claim is dropped.
var (
	errForm    = errors.New("it is no claim of the specification")
	errQuote   = errors.New("its quote does not stand in the text")
	errValue   = errors.New("its value does not stand in its quote")
	errSubject = errors.New("its subject is unknown, or a person")
)

func newVetter(e *claim.Engine, lex *lexicon.Lexicon, text contrechamp.Text, entities []contrechamp.Entity, rule string, now time.Time) *vetter {
	v := &vetter{engine: e, lex: lex, text: text, known: map[string]contrechamp.Entity{}, keys: map[string]string{}, rule: rule, now: now}
	for _, ent := range entities {
		v.meet(ent)
	}
	return v
}

func (v *vetter) meet(e contrechamp.Entity) {
	v.known[e.ID] = e
	v.keys[word.Key(e.Name)] = e.ID
	for _, n := range e.Names {
		if _, ok := v.keys[word.Key(n.Text)]; !ok {
			v.keys[word.Key(n.Text)] = e.ID
		}
	}
}

// take keeps a claim that stands up, and says why not where it does not.
func (v *vetter) take(ctx context.Context, a asked, in chunk) error {
	predicate, err := contrechamp.ParsePredicate(a.Predicate)
	if err != nil {
		return errForm
	}
	modality := contrechamp.Modality(a.Modality)
	switch modality {
	case contrechamp.Asserted, contrechamp.Denied, contrechamp.Possible, contrechamp.Planned, contrechamp.Alleged:
	default:
		return errForm
	}
	span, ok := find(v.text.Body, in.start, in.end, a.Quote)
	if !ok || !v.speaks(span) {
		return errQuote
	}
	quote, err := contrechamp.QuoteAt(v.text.Body, span)
	if err != nil {
		return errQuote
	}
	c := contrechamp.Claim{Document: v.text.Capture, Predicate: predicate, Modality: modality, Quote: quote, Rule: v.rule, Confidence: Trust,
		State: contrechamp.Proposed, ProposedAt: v.now}
	if c.Value, ok = v.value(ctx, predicate, a, quote.Exact); !ok {
		return errValue
	}
	for _, name := range a.About {
		if e, ok := v.entity(name, contrechamp.KindPlace, contrechamp.KindProgramme, contrechamp.KindCompany, contrechamp.KindProduct, contrechamp.KindOrganisation, contrechamp.KindAuthority); ok &&
			!slices.ContainsFunc(c.About, func(r contrechamp.EntityRef) bool { return r.ID == e.ID }) && (c.Value.Entity == nil || c.Value.Entity.ID != e.ID) {
			c.About = append(c.About, e.Ref())
		}
	}
	if len(c.About) == 0 {
		return errSubject
	}
	if s := strings.TrimSpace(a.Speaker); s != "" && contains(v.text.Body, s) {
		c.Speaker = &contrechamp.Speaker{Names: []string{s}}
		if id, ok := v.keys[word.Key(s)]; ok && v.known[id].Kind != contrechamp.KindPerson {
			c.Speaker.ID = id
		}
	}
	c.ID = contrechamp.ClaimID(c)
	v.claims = append(v.claims, c)
	return nil
}

// speaks reports whether a span lies in one paragraph whose role speaks.
func (v *vetter) speaks(s contrechamp.Span) bool {
	for _, p := range v.text.Paragraphs {
		if s.Start >= p.Start && s.End <= p.End {
			return p.Role.Speaks()
		}
	}
	return false
}

// units are the units that a predicate may have; cost has currency codes.
var units = map[contrechamp.Predicate][]string{
	contrechamp.DeviceCount:    {"camera", "microphone", "drone", "reader", "bracelet", "licence"},
	contrechamp.PersonsTracked: {"person"}, contrechamp.Accuracy: {"percent"},
}

// value reads the value and checks that it stands in the quote.
func (v *vetter) value(ctx context.Context, p contrechamp.Predicate, a asked, quote string) (contrechamp.Value, bool) {
	language := v.text.Language
	toks := word.Cut(nil, quote)
	switch p.ValueKind() {
	case contrechamp.NumberValue:
		if list, ok := units[p]; ok && !slices.Contains(list, a.Unit) || p == contrechamp.Cost && !currency(a.Unit) {
			return contrechamp.Value{}, false
		}
		for _, q := range quantity.Find(quote, toks, language) {
			if math.Abs(q.Number-a.Number) <= 0.01*math.Abs(a.Number) && a.Number != 0 {
				return contrechamp.Value{Number: q.Number, Unit: a.Unit, Qualifier: q.Qualifier}, true
			}
		}
		return contrechamp.Value{}, false
	case contrechamp.DateValue:
		want, err := contrechamp.ParseDate(a.Value)
		if err != nil {
			return contrechamp.Value{}, false
		}
		for _, f := range calendar.Find(quote, toks, language, v.text.Published.Date) {
			for _, d := range []contrechamp.Date{f.Date, f.Next} {
				if strings.HasPrefix(d.String(), want.String()) {
					return contrechamp.Value{Date: want}, true
				}
			}
		}
		return contrechamp.Value{}, false
	}
	switch p {
	case contrechamp.Capability, contrechamp.Status:
		// the rules must find it in these words
		text := contrechamp.Text{Body: quote, Language: language, Published: v.text.Published, Paragraphs: []contrechamp.Paragraph{
			{Span: contrechamp.Span{Start: 0, End: len(quote)}, Role: contrechamp.RoleBody, Language: language}}}
		found, e, err := v.engine.Says(ctx, text, p, a.Value)
		if err != nil || !found {
			return contrechamp.Value{}, false
		}
		v.meet(e)
		ref := e.Ref()
		return contrechamp.Value{Entity: &ref}, true
	}
	if !contains(quote, a.Value) {
		return contrechamp.Value{}, false
	}
	kinds := map[contrechamp.Predicate][]contrechamp.EntityKind{
		contrechamp.Vendor: {contrechamp.KindCompany}, contrechamp.Owner: {contrechamp.KindCompany}, contrechamp.Product: {contrechamp.KindProduct},
		contrechamp.Programme: {contrechamp.KindProgramme}, contrechamp.Home: {contrechamp.KindPlace}, contrechamp.Market: {contrechamp.KindPlace},
		contrechamp.Operator:  {contrechamp.KindOrganisation, contrechamp.KindAuthority, contrechamp.KindCompany},
		contrechamp.Objection: {contrechamp.KindOrganisation, contrechamp.KindAuthority},
		contrechamp.Sanction:  {contrechamp.KindAuthority, contrechamp.KindPlace, contrechamp.KindOrganisation},
	}[p]
	e, ok := v.entity(a.Value, kinds...)
	if !ok {
		if p == contrechamp.Home || p == contrechamp.Market || len(kinds) == 0 {
			return contrechamp.Value{}, false // a place must be one that is known
		}
		if id, ok := v.keys[word.Key(a.Value)]; ok && v.known[id].Kind == contrechamp.KindPerson {
			return contrechamp.Value{}, false
		}
		e = claim.NewEntity(kinds[0], strings.TrimSpace(a.Value))
		v.meet(e)
	}
	ref := e.Ref()
	return contrechamp.Value{Entity: &ref}, true
}

// entity is the one of that name that the rules found in the text, or else the lexicon's, of one of those kinds.
func (v *vetter) entity(name string, kinds ...contrechamp.EntityKind) (contrechamp.Entity, bool) {
	key := word.Key(name)
	if key == "" || !contains(v.text.Body, name) {
		return contrechamp.Entity{}, false
	}
	if id, ok := v.keys[key]; ok && slices.Contains(kinds, v.known[id].Kind) {
		return v.known[id], true
	}
	for _, i := range v.lex.ByName(name) {
		if e := v.lex.Entity(i); slices.Contains(kinds, e.Kind) {
			v.meet(*e)
			return *e, true
		}
	}
	return contrechamp.Entity{}, false
}

// entities are those that claims name.
func (v *vetter) entities(claims []contrechamp.Claim) []contrechamp.Entity {
	seen := map[string]bool{}
	var out []contrechamp.Entity
	add := func(id string) {
		if e, ok := v.known[id]; ok && !seen[id] {
			seen[id] = true
			out = append(out, e)
		}
	}
	for _, c := range claims {
		for _, a := range c.About {
			add(a.ID)
		}
		if c.Value.Entity != nil {
			add(c.Value.Entity.ID)
		}
		if c.Speaker != nil {
			add(c.Speaker.ID)
		}
	}
	slices.SortFunc(out, func(a, b contrechamp.Entity) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// join puts the model's claims to the rules'. Where both say the same, the rules' stays and is surer: both would have to be
// wrong.
func join(rules, model []contrechamp.Claim) []contrechamp.Claim {
	out := slices.Clone(rules)
	ids := map[string]bool{}
	for _, c := range out {
		ids[c.ID] = true
	}
	agreed := make([]bool, len(out))
next:
	for _, m := range model {
		for i := range rules {
			if same(out[i], m) {
				if !agreed[i] {
					agreed[i] = true
					out[i].Confidence = math.Round((1-(1-out[i].Confidence)*(1-Trust))*1000) / 1000
				}
				continue next
			}
		}
		if !ids[m.ID] {
			ids[m.ID] = true
			out = append(out, m)
		}
	}
	return out
}

// same reports whether two claims say the same of one subject.
func same(a, b contrechamp.Claim) bool {
	if a.Predicate != b.Predicate || a.Value.Key() != b.Value.Key() || (a.Modality == contrechamp.Denied) != (b.Modality == contrechamp.Denied) {
		return false
	}
	for _, x := range a.About {
		for _, y := range b.About {
			if x.ID == y.ID {
				return true
			}
		}
	}
	return false
}

// contains reports whether a name stands in a text as whole words, case and accents apart.
func contains(text, name string) bool {
	key := word.Key(name)
	return key != "" && strings.Contains(" "+word.Key(text)+" ", " "+key+" ")
}

func currency(s string) bool {
	if len(s) != 3 && s != "FCFA" {
		return false
	}
	for _, r := range s {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// find finds a quote in body[from:to], white space apart: models join lines.
func find(body string, from, to int, quote string) (contrechamp.Span, bool) {
	quote = strings.TrimSpace(quote)
	if quote == "" || from < 0 || to > len(body) || from >= to {
		return contrechamp.Span{}, false
	}
	if i := strings.Index(body[from:to], quote); i >= 0 {
		return contrechamp.Span{Start: from + i, End: from + i + len(quote)}, true
	}
	words := strings.Fields(quote)
	in := body[from:to]
	for at := 0; ; {
		i := strings.Index(in[at:], words[0])
		if i < 0 {
			return contrechamp.Span{}, false
		}
		start := at + i
		end := start + len(words[0])
		ok := true
		for _, w := range words[1:] {
			rest := strings.TrimLeftFunc(in[end:], unicode.IsSpace)
			if len(rest) == len(in[end:]) || !strings.HasPrefix(rest, w) {
				ok = false
				break
			}
			end = len(in) - len(rest) + len(w)
		}
		if ok {
			return contrechamp.Span{Start: from + start, End: from + end}, true
		}
		at = start + len(words[0])
	}
}
