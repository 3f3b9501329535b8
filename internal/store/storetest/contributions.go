package storetest

import (
	"testing"

	"contrechamp.org/contrechamp"
)

func testContributions(t *testing.T, open func(t *testing.T) Instance) {
	looked := 135.5
	sent := func(n int) contrechamp.Contribution {
		return contrechamp.Contribution{Capture: digest(n), ReceivedAt: at(n), HasPlace: true, Lat: 48.85824, Lon: -2.3515, Direction: &looked,
			Taken: contrechamp.Date{Year: 2026, Month: 5, Day: 4}, Note: "on the corner, « à deux mètres »", Faces: 2, Boxes: 1, State: contrechamp.ContributionWaiting}
	}
	t.Run("it waits unseen until it is accepted", func(t *testing.T) {
		in := open(t)
		s, ctx := in.Store, t.Context()
		record(t, s, 1)
		for _, n := range []int{5, 4} {
			if err := s.RecordContribution(ctx, 77, sent(n)); err != nil {
				t.Fatal(err)
			}
		}
		wantKind(t, "twice", s.RecordContribution(ctx, 77, sent(5)), contrechamp.ErrConflict)
		wantKind(t, "a picture that is known", s.RecordContribution(ctx, 77, sent(1)), contrechamp.ErrConflict)
		s = in.Reopen(t)
		equal(t, "waiting", must(s.Contributions(ctx, true))(t), []contrechamp.Contribution{sent(4), sent(5)})
		equal(t, "documents", len(must(s.Documents(ctx, contrechamp.DocumentFilter{}))(t)), 1)
		equal(t, "figures", must(s.Figures(ctx))(t).Documents, 1)
		equal(t, "to be read", must(s.Waiting(ctx))(t), 1)
		d := must(s.Document(ctx, digest(5)))(t)
		equal(t, "its state", d.State, contrechamp.StateAwaiting)
		equal(t, "leaves", len(must(s.LeavesOf(ctx, digest(5)))(t)), 1)
		sightings := must(s.Sightings(ctx, digest(5)))(t)
		if len(sightings) != 1 || sightings[0].Path != contrechamp.ContributionPath {
			t.Errorf("met at %+v", sightings)
		}
		equal(t, "its leaf", must(s.LeavesOf(ctx, digest(5)))(t)[0].Leaf, contrechamp.CaptureLeaf(sightings[0], 77, contrechamp.Digest{}, must(s.LeavesOf(ctx, digest(5)))(t)[0].Salt))

		if err := s.AcceptContribution(ctx, digest(5), "lise", at(60)); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "accepted twice", s.AcceptContribution(ctx, digest(5), "lise", at(61)), contrechamp.ErrConflict)
		wantKind(t, "what was never sent", s.AcceptContribution(ctx, digest(1), "lise", at(61)), contrechamp.ErrNotFound)
		want := sent(5)
		want.State, want.By, want.DecidedAt = contrechamp.ContributionAccepted, "lise", at(60)
		equal(t, "accepted", must(s.Contribution(ctx, digest(5)))(t), want)
		equal(t, "to be read", must(s.Waiting(ctx))(t), 2)
		equal(t, "documents", len(must(s.Documents(ctx, contrechamp.DocumentFilter{}))(t)), 2)
		_, err := s.Contribution(ctx, digest(1))
		wantKind(t, "no contribution", err, contrechamp.ErrNotFound)
	})
	t.Run("refused, it is withheld", func(t *testing.T) {
		s, ctx := open(t).Store, t.Context()
		if err := s.RecordContribution(ctx, 77, sent(5)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Withhold(ctx, order(5)); err != nil {
			t.Fatal(err)
		}
		equal(t, "contributions", len(must(s.Contributions(ctx, false))(t)), 0)
		wantKind(t, "sent again", s.RecordContribution(ctx, 77, sent(5)), contrechamp.ErrConflict)
		equal(t, "its state", must(s.Document(ctx, digest(5)))(t).State, contrechamp.StateWithheld)
	})
	t.Run("what no contribution can say", func(t *testing.T) {
		s := open(t).Store
		for name, change := range map[string]func(*contrechamp.Contribution){
			"no place on Earth": func(c *contrechamp.Contribution) { c.Lat = 91 }, "no direction": func(c *contrechamp.Contribution) { d := 360.0; c.Direction = &d },
			"no picture": func(c *contrechamp.Contribution) { c.Capture = contrechamp.Digest{} }, "a long note": func(c *contrechamp.Contribution) { c.Note = string(make([]byte, 1001)) }} {
			c := sent(1)
			change(&c)
			wantKind(t, name, s.RecordContribution(t.Context(), 1, c), contrechamp.ErrInvalid)
		}
	})
}
