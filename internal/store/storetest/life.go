package storetest

import (
	"errors"
	"sync"
	"testing"

	"contrechamp.org/contrechamp"
)

// testTransactions makes every step that writes fail in turn: what the call would have recorded is then not there,
// not in part, and the same call succeeds afterwards.
func testTransactions(t *testing.T, open func(t *testing.T) Instance) {
	saved := func(t *testing.T, s contrechamp.Store) {
		t.Helper()
		record(t, s, 1)
		save(t, s, sample(1))
	}
	fewer := sample(1)
	fewer.Claims = fewer.Claims[:1]
	fewer.Text.Reader = "plain/2"
	for name, tt := range map[string]struct {
		before func(*testing.T, contrechamp.Store)
		call   func(t *testing.T, s contrechamp.Store) error
	}{
		"captures": {func(*testing.T, contrechamp.Store) {}, func(t *testing.T, s contrechamp.Store) error {
			_, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received(5), received(6)})
			return err
		}},
		"a reading":       {func(t *testing.T, s contrechamp.Store) { record(t, s, 1) }, func(t *testing.T, s contrechamp.Store) error { return s.SaveReading(t.Context(), sample(1)) }},
		"another reading": {saved, func(t *testing.T, s contrechamp.Store) error { return s.SaveReading(t.Context(), fewer) }},
		"a reason": {func(t *testing.T, s contrechamp.Store) { record(t, s, 1) }, func(t *testing.T, s contrechamp.Store) error {
			return s.SaveReading(t.Context(), contrechamp.Reading{Text: contrechamp.Text{Capture: digest(1)}, Reason: "why"})
		}},
		"decisions": {saved, func(t *testing.T, s contrechamp.Store) error {
			return s.Decide(t.Context(), []contrechamp.Decision{{Claim: sample(1).Claims[0].ID, State: contrechamp.Accepted, By: "a", At: at(1)},
				{Claim: sample(1).Claims[1].ID, State: contrechamp.Rejected, By: "a", At: at(1)}})
		}},
		"a contribution": {saved, func(t *testing.T, s contrechamp.Store) error {
			return s.RecordContribution(t.Context(), 7, contrechamp.Contribution{Capture: digest(7), ReceivedAt: at(7)})
		}},
		"a withholding": {saved, func(t *testing.T, s contrechamp.Store) error {
			_, err := s.Withhold(t.Context(), order(1))
			return err
		}},
		"disagreements": {saved, func(t *testing.T, s contrechamp.Store) error {
			c := must(s.Claims(t.Context(), contrechamp.ClaimFilter{}))(t)
			return s.PutDisagreements(t.Context(), contrechamp.View{Subject: belgrade.ID, Found: []contrechamp.Disagreement{{ID: "d", Subject: belgrade.Ref(), Predicate: contrechamp.Vendor,
				Kind: contrechamp.AssertedDenied, Sides: []contrechamp.Side{{Claims: c[:1]}, {Claims: c[1:]}}}}})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			in := open(t)
			if in.FailAt == nil {
				missing(t, "way to make a step fail")
			}
			s := in.Store
			tt.before(t, s)
			before := everything(t, s)
			const tooMany = 500
			for n := 1; ; n++ {
				end := in.FailAt(n)
				err := tt.call(t, s)
				if met := end(); !met {
					if err != nil {
						t.Fatalf("with no step failing: %v", err)
					}
					if n == 1 {
						t.Fatal("the call wrote nothing that could fail")
					}
					break
				}
				if !errors.Is(err, contrechamp.ErrUnavailable) {
					t.Fatalf("step %d failed and the call says %v, want %v", n, err, contrechamp.ErrUnavailable)
				}
				equal(t, "what is kept after the failure", everything(t, s), before)
				if t.Failed() || n > tooMany {
					t.Fatalf("at step %d", n)
				}
			}
		})
	}
}

// whole is what a store answers to every question.
type whole struct {
	Documents     []contrechamp.Document
	Texts         []contrechamp.Text
	Claims        []contrechamp.Sourced
	Decisions     [][]contrechamp.Decision
	Lines         []contrechamp.EntityLine
	Named         []contrechamp.EntityLine
	Disagreements []contrechamp.Disagreement
	Stale         []string
	Figures       contrechamp.Figures
	Hits          []contrechamp.Hit
	Waiting       int
	Leaves        []contrechamp.KeptLeaf
}

func everything(t *testing.T, s contrechamp.Store) whole {
	t.Helper()
	ctx := t.Context()
	w := whole{
		Documents: must(s.Documents(ctx, contrechamp.DocumentFilter{}))(t), Claims: must(s.Claims(ctx, contrechamp.ClaimFilter{}))(t),
		Lines: must(s.EntityLines(ctx, contrechamp.EntityFilter{}))(t), Named: must(s.EntitiesNamed(ctx, "huawei"))(t),
		Disagreements: must(s.Disagreements(ctx, "", 0))(t), Stale: must(s.StaleSubjects(ctx, 100))(t),
		Figures: must(s.Figures(ctx))(t), Waiting: must(s.Waiting(ctx))(t),
		Leaves: must(s.PendingLeaves(ctx, 1000))(t),
	}
	for _, d := range w.Documents {
		if x, err := s.Text(ctx, d.Digest); err == nil {
			w.Texts = append(w.Texts, x)
		}
	}
	for _, c := range w.Claims {
		w.Decisions = append(w.Decisions, must(s.Decisions(ctx, c.ID))(t))
	}
	var err error
	if w.Hits, _, err = s.Find(ctx, contrechamp.Query{Terms: terms("belgrade")}); err != nil {
		t.Fatal(err)
	}
	return w
}

func testLife(t *testing.T, open func(t *testing.T) Instance) {
	fill := func(t *testing.T, s contrechamp.Store) {
		t.Helper()
		record(t, s, 1, 2, 3, 4)
		save(t, s, sample(1), sample(2), contrechamp.Reading{Text: contrechamp.Text{Capture: digest(3)}, Reason: "why"})
		if err := s.Decide(t.Context(), []contrechamp.Decision{{Claim: sample(1).Claims[0].ID, State: contrechamp.Accepted, Note: "n", By: "a", At: at(7)}}); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("all is there after closing and opening", func(t *testing.T) {
		in := open(t)
		fill(t, in.Store)
		before := everything(t, in.Store)
		equal(t, "what is kept", everything(t, in.Reopen(t)), before)
	})
	t.Run("all is there after a crash", func(t *testing.T) {
		in := open(t)
		if in.Crash == nil {
			missing(t, "way to crash in one process")
		}
		fill(t, in.Store)
		before := everything(t, in.Store)
		equal(t, "what is kept", everything(t, in.Crash(t)), before)
	})
	t.Run("a reader beside the writer sees what was acknowledged, and writes nothing", func(t *testing.T) {
		in := open(t)
		if in.Beside == nil {
			missing(t, "reader beside the writer")
		}
		fill(t, in.Store)
		reader := in.Beside(t)
		equal(t, "what is kept", everything(t, reader), everything(t, in.Store))
		record(t, in.Store, 9)
		if _, err := reader.Document(t.Context(), digest(9)); err != nil {
			t.Errorf("a capture acknowledged since: %v", err)
		}
		ctx := t.Context()
		_, err := reader.RecordCaptures(ctx, []contrechamp.Received{received(8)})
		wantKind(t, "record", err, contrechamp.ErrConflict)
		wantKind(t, "save", reader.SaveReading(ctx, sample(4)), contrechamp.ErrConflict)
		wantKind(t, "decide", reader.Decide(ctx, []contrechamp.Decision{{Claim: sample(1).Claims[0].ID, State: contrechamp.Rejected}}), contrechamp.ErrConflict)
		wantKind(t, "put", reader.PutDisagreements(ctx, contrechamp.View{Subject: belgrade.ID}), contrechamp.ErrConflict)
		wantKind(t, "work", reader.Work(ctx, 1, true, nil, nil), contrechamp.ErrConflict)
	})
	t.Run("many at once", func(t *testing.T) {
		s := open(t).Store
		const writers, each = 4, 15
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					n := w*each + i
					if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received(n), received(0)}); err != nil {
						t.Errorf("record %d: %v", n, err)
					}
					if err := s.SaveReading(t.Context(), sample(n)); err != nil {
						t.Errorf("save %d: %v", n, err)
					}
				}
			})
		}
		for range writers {
			all.Go(func() {
				for range each {
					for _, c := range must(s.Claims(t.Context(), contrechamp.ClaimFilter{About: belgrade.ID}))(t) {
						if c.Source.Digest != c.Document {
							t.Errorf("claim %s has the source %s, want %s", c.ID, c.Source.Digest, c.Document)
						}
					}
					if _, _, err := s.Find(t.Context(), contrechamp.Query{Terms: terms("belgrade")}); err != nil {
						t.Errorf("find: %v", err)
					}
				}
			})
		}
		all.Wait()
		equal(t, "figures", must(s.Figures(t.Context()))(t), contrechamp.Figures{Documents: writers * each, Claims: 2 * writers * each, Dossiers: 1})
		line := must(s.EntityLines(t.Context(), contrechamp.EntityFilter{}))(t)[0]
		if line.Claims != 2*writers*each || line.Documents != writers*each {
			t.Errorf("the line has %d claims of %d documents, want %d of %d", line.Claims, line.Documents, 2*writers*each, writers*each)
		}
	})
}
