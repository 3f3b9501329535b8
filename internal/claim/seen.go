package claim

import (
	"context"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/weigh"
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

// Read reads a text and answers what the rooms below find in it, before their proposals are weighed: for tests and measures of the rooms.
func (e *Engine) Read(ctx context.Context, text contrechamp.Text) (*weigh.Doc, error) {
	d, err := e.reading(ctx, &text)
	if err != nil {
		return nil, err
	}
	return d, nil // it is not given back: its memory is the caller's
}

// See answers the mentions of a text in their order, those within longer ones after them. A way to express a capability
// with verbs counts as a mention of it.
func (e *Engine) See(ctx context.Context, text contrechamp.Text) ([]Seen, error) {
	d, err := e.reading(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer release(d)
	var out []Seen
	see := func(m *passage.Mention) {
		x := Seen{Span: d.Span(m.First, m.End), Words: d.Words(m.First, m.End), Capability: m.Capability}
		for k := range grammar.KindCount {
			if m.Kinds&(1<<k) != 0 {
				x.Kinds = append(x.Kinds, kindName(1<<k))
			}
		}
		for _, ent := range append([]*contrechamp.Entity{m.Entity}, m.Others...) {
			if ent != nil {
				x.Names = append(append(x.Names, ent.ID), ent.Ref().Names...)
			}
		}
		if m.Quantity != nil {
			x.Number = m.Quantity.Number
		}
		if m.Date != nil {
			x.Date, x.Next = m.Date.Date, m.Date.Next
		}
		out = append(out, x)
	}
	for _, m := range d.Mentions {
		see(m)
	}
	for _, m := range d.Inner {
		see(m)
	}
	for i := range d.Sentences {
		s := &d.Sentences[i]
		d.Matches(s, &d.GrammarAt(s).Sayings, func(m *passage.Match) {
			first, end := s.Units[m.From].First, s.Units[m.To-1].End
			out = append(out, Seen{Span: d.Span(first, end), Words: d.Words(first, end), Kinds: []string{"CAP"}, Capability: m.Pattern.Say.Capability})
		})
	}
	return out, nil
}

// kindName is the name of one kind.
func kindName(k grammar.Kind) string {
	for name, of := range grammar.KindNames {
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
	d, err := e.reading(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer release(d)
	var out []Heard
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for t := s.First; t < s.End; t++ {
			v := d.VoiceAt(s, t)
			if v == nil || v.Speaker == nil {
				continue
			}
			if n := len(out) - 1; n >= 0 && out[n].Speaker == v.Speaker && t > s.First {
				out[n].End = d.Tokens[t].End
				continue
			}
			out = append(out, Heard{d.Span(t, t+1), v.Speaker})
		}
	}
	return out, nil
}
