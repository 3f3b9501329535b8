package claim

import (
	"context"
	"slices"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/hint"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/speech"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/claim/weigh"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// Hints answers all of a text. What the engine's own weights would propose has no part in it.
func (e *Engine) Hints(ctx context.Context, text contrechamp.Text) ([]hint.Hint, error) {
	d, err := e.WithHints(hint.NoHints()).reading(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer release(d)
	var out []hint.Hint
	d.EachHint(func(hints *hint.List, i, u, t int, _ float64) {
		s := &d.Sentences[i]
		target := &hint.Targets[t]
		v, ok := d.ValueOf(target, s, u)
		if !ok {
			return
		}
		out = append(out, hint.Hint{Target: target.Name, Predicate: target.Rule.Predicate, Value: draft.Owned(v), Sentence: d.Words(s.First, s.End), Hints: hints.Names(t, u)})
	}, func(hints *hint.List, g grammar.Sign, _ int, _ float64) {
		s := &d.Sentences[hints.Sent]
		v, ok := d.Value(hint.SignRules[g], s, -1, &passage.Match{})
		if !ok {
			return
		}
		t := &hint.Targets[hint.SignTarget(g)]
		out = append(out, hint.Hint{Target: t.Name, Predicate: t.Rule.Predicate, Value: draft.Owned(v), Sentence: d.Words(s.First, s.End), Claimed: hints.RuledIn(hints.Sent)>>g&1 != 0})
		x := &out[len(out)-1]
		x.Sign = grammar.SignIDs[g]
		x.Hints, x.OfSign = hints.SignNames(g)
	})
	return out, nil
}

// Plans answers what a text asserts or plans.
func (e *Engine) Plans(ctx context.Context, text contrechamp.Text) ([]weigh.Manner, error) {
	d, err := e.WithPlans(nil).reading(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer release(d)
	t := d.Tellings()
	var out []weigh.Manner
	for _, x := range d.Claims {
		if weigh.AssertedOrPlanned(x) && !d.SurelyTold(x) {
			out = append(out, d.Manner(x, d.PlanFacts(x, t), weigh.ReadOdds(x.ReadPlanned)))
		}
	}
	return out, nil
}

// Polarities answers the capabilities that a text may say or deny.
func (e *Engine) Polarities(ctx context.Context, text contrechamp.Text) ([]weigh.Manner, error) {
	d, err := e.WithPolarity(nil).reading(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer release(d)
	var out []weigh.Manner
	for _, x := range d.Claims {
		if x.Claim.Predicate == contrechamp.Capability {
			out = append(out, d.Manner(x, d.PolarFacts(x), weigh.RuledOdds(x)))
		}
	}
	return out, nil
}

// Mains answers what a text may be about: for fitting the weights of that choice.
func (e *Engine) Mains(ctx context.Context, text contrechamp.Text) ([]subject.MainCandidate, error) {
	d, err := e.readFor(ctx, &text, true)
	if err != nil {
		return nil, err
	}
	defer release(d)
	return d.MainsSeen(d.CandidateRoom), nil
}

// Runs answers the names of a text by their capitals with what it says of them: for fitting the weights of places.
func (e *Engine) Runs(ctx context.Context, text contrechamp.Text) ([]naming.SeenRun, error) {
	d, err := e.reading(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer release(d)
	return d.RunsSeen(), nil
}

// Tellers answers, for passages of a text, whose words each may be: for fitting the weights of that choice, and for measuring it.
func (e *Engine) Tellers(ctx context.Context, text contrechamp.Text, passages []Said) ([][]Teller, error) {
	d, err := e.reading(ctx, &text)
	if err != nil {
		return nil, err
	}
	defer release(d)
	out := make([][]Teller, len(passages))
	for i, p := range passages {
		s, from, to := sentenceWith(d.Passage(), p.Span)
		if s == nil {
			continue
		}
		x := speech.Told{Predicate: p.Predicate, Sentence: s, From: from, To: to, Value: &contrechamp.EntityRef{Names: p.Values}}
		list := d.Tellers(x)
		best := d.BestTeller(list)
		heard := d.VoiceAt(s, s.Units[to-1].First)
		for j := range list {
			t := &list[j]
			o := Teller{Chosen: j == best, Heard: t.Voice == nil && j == 0 && heard == nil || t.Voice != nil && heard != nil && t.Voice.Speaker == heard.Speaker}
			if sp := d.SpeakerOf(s, t); sp != nil {
				o.Names = append([]string{sp.ID}, slices.Clone(sp.Names)...)
			}
			switch {
			case t.Voice != nil:
				o.Way = passage.WayNames[t.Voice.Way]
			case t.Unit >= 0:
				o.Way = "named in the sentence"
			case t.Page != nil:
				o.Way = "named at the head or the foot"
			default:
				o.Way = "nobody"
			}
			for _, f := range t.Feats {
				o.Features = append(o.Features, weight.Term{Feature: speech.TellerNames[f], Value: 1})
			}
			if t.Verb > 0 {
				o.Features = append(o.Features, weight.Term{Feature: d.Language(t.Verb) + speech.WordSays + d.Stem(t.Verb), Value: 1})
			}
			for _, at := range t.Words {
				if at > 0 {
					o.Features = append(o.Features, weight.Term{Feature: d.Language(at) + speech.WordDoes + d.Stem(at), Value: 1})
				}
			}
			out[i] = append(out[i], o)
		}
	}
	return out, nil
}
