package claim

import (
	"context"

	contrechamp "contrechamp.org/contrechamp"
)

// Seen is a mention as the rules see it: for measuring what a rule could have had.
type Seen struct {
	contrechamp.Span
	Words      string
	Kinds      []string // the names that patterns know: "CO", "PLC"
	Names      []string // of its entity, the ID first; empty for numbers, dates and devices
	Number     float64  // of NUM, MON and PCT
	Date, Next contrechamp.Date
	Capability string
}

// See answers the mentions of a text in their order, those within longer ones after them. A way to express a capability
// with verbs counts as a mention of it.
func (e *Engine) See(ctx context.Context, text contrechamp.Text) ([]Seen, error) {
	d, err := e.read(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer d.release()
	var out []Seen
	see := func(m *mention) {
		x := Seen{Span: d.span(m.first, m.end), Words: d.words(m.first, m.end), Capability: m.capability}
		for k := range kindCount {
			if m.kinds&(1<<k) != 0 {
				x.Kinds = append(x.Kinds, kindName(1<<k))
			}
		}
		for _, ent := range append([]*contrechamp.Entity{m.entity}, m.others...) {
			if ent != nil {
				x.Names = append(append(x.Names, ent.ID), ent.Ref().Names...)
			}
		}
		if m.quantity != nil {
			x.Number = m.quantity.Number
		}
		if m.date != nil {
			x.Date, x.Next = m.date.Date, m.date.Next
		}
		out = append(out, x)
	}
	for _, m := range d.mentions {
		see(m)
	}
	for _, m := range d.inner {
		see(m)
	}
	for i := range d.sents {
		s := &d.sents[i]
		d.matches(s, &d.grammarAt(s).sayings, func(m *match) {
			first, end := s.units[m.from].first, s.units[m.to-1].end
			out = append(out, Seen{Span: d.span(first, end), Words: d.words(first, end), Kinds: []string{"CAP"}, Capability: m.pattern.say.capability})
		})
	}
	return out, nil
}

// kindName is the name of one kind.
func kindName(k kind) string {
	for name, of := range kindNames {
		if of == k {
			return name
		}
	}
	return ""
}

// Heard is a passage that somebody is heard to say.
type Heard struct {
	contrechamp.Span
	Speaker *contrechamp.Speaker
}

// Hear answers who is heard in a text, passage by passage, for measuring: tokens that nobody is heard to say are in none.
func (e *Engine) Hear(ctx context.Context, text contrechamp.Text) ([]Heard, error) {
	d, err := e.read(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer d.release()
	var out []Heard
	for i := range d.sents {
		s := &d.sents[i]
		for t := s.first; t < s.end; t++ {
			v := d.voiceAt(s, t)
			if v == nil || v.speaker == nil {
				continue
			}
			if n := len(out) - 1; n >= 0 && out[n].Speaker == v.speaker && t > s.first {
				out[n].End = d.toks[t].End
				continue
			}
			out = append(out, Heard{d.span(t, t+1), v.speaker})
		}
	}
	return out, nil
}
