package storetest

import (
	"testing"

	"contrechamp.org/contrechamp"
)

func testEntities(t *testing.T, open func(t *testing.T) Instance) {
	s := open(t).Store
	ctx := t.Context()
	record(t, s, 1, 2, 3, 4)
	save(t, s, sample(1), sample(2))
	x := text(3, "body fr Évreux, et Belgrade aussi, la reconnaissance faciale.")
	double := contrechamp.Entity{ID: "place-us-belgrade", Kind: contrechamp.KindPlace, Name: "Belgrade", Country: "US", Source: "lexicon"}
	save(t, s, contrechamp.Reading{Text: x, Entities: []contrechamp.Entity{evreux, faces, double}, Claims: []contrechamp.Claim{
		claim(x, evreux, contrechamp.Capability, entityValue(faces), "Évreux"),
		claim(x, double, contrechamp.Capability, entityValue(faces), "Belgrade"),
	}})
	line := func(e contrechamp.Entity, claims, documents int) contrechamp.EntityLine {
		return contrechamp.EntityLine{Entity: e, Claims: claims, Documents: documents}
	}
	t.Run("an entity comes back as it was", func(t *testing.T) {
		for _, want := range []contrechamp.Entity{belgrade, evreux, huawei, faces} {
			equal(t, want.ID, must(s.Entity(ctx, want.ID))(t), want)
		}
		_, err := s.Entity(ctx, "place-none")
		wantKind(t, "unknown", err, contrechamp.ErrNotFound)
	})
	t.Run("lists: those with claims about them, most first", func(t *testing.T) {
		equal(t, "all", must(s.EntityLines(ctx, contrechamp.EntityFilter{}))(t), []contrechamp.EntityLine{line(belgrade, 4, 2), line(evreux, 1, 1), line(double, 1, 1)})
		equal(t, "places, second and on", must(s.EntityLines(ctx, contrechamp.EntityFilter{Kind: contrechamp.KindPlace, Offset: 1, Limit: 1}))(t), []contrechamp.EntityLine{line(evreux, 1, 1)})
		equal(t, "companies", len(must(s.EntityLines(ctx, contrechamp.EntityFilter{Kind: contrechamp.KindCompany}))(t)), 0)
	})
	t.Run("by any name, folded", func(t *testing.T) {
		both := []contrechamp.EntityLine{line(belgrade, 4, 2), line(double, 1, 1)}
		vendor := []contrechamp.EntityLine{line(huawei, 0, 0)}
		for name, want := range map[string][]contrechamp.EntityLine{
			"Belgrade": both, "BELGRADE": both, " belgrade ": both, "place-rs-belgrade": both[:1], "Београд": both[:1], "beograd": both[:1],
			"evreux": {line(evreux, 1, 1)}, "ÉVREUX": {line(evreux, 1, 1)}, "huawei technologies co ltd": vendor, "华为": vendor,
			"Belgrad": nil, "": nil, "%": nil, "Bel": nil,
		} {
			equal(t, name, must(s.EntitiesNamed(ctx, name))(t), want)
		}
	})
	t.Run("what the lexicon says later takes its place, earlier names still find it", func(t *testing.T) {
		renamed := evreux
		renamed.Name, renamed.Names = "Ville d'Évreux", []contrechamp.Name{{Text: "Evreux City", Language: "en"}}
		x := text(4, "body fr La ville d'Évreux.")
		save(t, s, contrechamp.Reading{Text: x, Entities: []contrechamp.Entity{renamed}})
		equal(t, "entity", must(s.Entity(ctx, evreux.ID))(t), renamed)
		for _, name := range []string{"Évreux", "evreux city", "ville d'evreux"} {
			equal(t, name, must(s.EntitiesNamed(ctx, name))(t), []contrechamp.EntityLine{line(renamed, 1, 1)})
		}
	})
}

func testDisagreements(t *testing.T, open func(t *testing.T) Instance) {
	// disagree reads two documents that count differently, and one that counts a third time
	disagree := func(t *testing.T, s contrechamp.Store) (contrechamp.Disagreement, []contrechamp.Sourced) {
		t.Helper()
		record(t, s, 1, 2, 3)
		save(t, s, sample(1), sample(2), sample(3))
		var sides []contrechamp.Side
		var all []contrechamp.Sourced
		for _, n := range []int{3, 2, 1} {
			c := must(s.Claim(t.Context(), sample(n).Claims[0].ID))(t)
			all = append(all, c)
			sides = append(sides, contrechamp.Side{Value: c.Value, Claims: []contrechamp.Sourced{c}})
		}
		sides[1].Claims = append(sides[1].Claims, sides[2].Claims...)
		return contrechamp.Disagreement{ID: "device_count-1", Subject: belgrade.Ref(), Predicate: contrechamp.DeviceCount,
			Kind: contrechamp.DifferentValues, Sides: sides[:2]}, all
	}
	t.Run("kept, with claims as they are now", func(t *testing.T) {
		s, ctx := open(t).Store, t.Context()
		d, all := disagree(t, s)
		older := d
		older.ID, older.Sides = "a-older", []contrechamp.Side{{Value: all[1].Value, Claims: all[1:2]}, {Value: all[2].Value, Claims: all[2:3]}}
		if err := s.PutDisagreements(ctx, contrechamp.View{Subject: belgrade.ID, Found: []contrechamp.Disagreement{older, d}}); err != nil {
			t.Fatal(err)
		}
		equal(t, "all, newest claim first", must(s.Disagreements(ctx, "", 0))(t), []contrechamp.Disagreement{d, older})
		equal(t, "the first", must(s.Disagreements(ctx, "", 1))(t), []contrechamp.Disagreement{d})
		equal(t, "the subject's", must(s.Disagreements(ctx, belgrade.ID, 0))(t), []contrechamp.Disagreement{d, older})
		equal(t, "another's", len(must(s.Disagreements(ctx, huawei.ID, 0))(t)), 0)
		equal(t, "counted", must(s.Figures(ctx))(t).Disagreements, 2)
		equal(t, "in the line", must(s.EntityLines(ctx, contrechamp.EntityFilter{Limit: 1}))(t)[0].Disagreements, 2)

		if err := s.Decide(ctx, []contrechamp.Decision{{Claim: all[0].ID, State: contrechamp.Accepted, Note: "seen", By: "a", At: at(1)}}); err != nil {
			t.Fatal(err)
		}
		if got := must(s.Disagreements(ctx, "", 1))(t)[0].Sides[0].Claims[0]; got.State != contrechamp.Accepted || got.Note != "seen" {
			t.Errorf("the side shows %s %q, want accepted, seen", got.State, got.Note)
		}
		if err := s.Decide(ctx, []contrechamp.Decision{{Claim: all[0].ID, State: contrechamp.Rejected, By: "a", At: at(2)}}); err != nil {
			t.Fatal(err)
		}
		equal(t, "when a side has no claim left", must(s.Disagreements(ctx, "", 1))(t), []contrechamp.Disagreement{older})
		if err := s.PutDisagreements(ctx, contrechamp.View{Subject: belgrade.ID}); err != nil {
			t.Fatal(err)
		}
		equal(t, "replaced by none", len(must(s.Disagreements(ctx, "", 0))(t)), 0)
	})
	t.Run("subjects are stale when their claims change", func(t *testing.T) {
		s, ctx := open(t).Store, t.Context()
		stale := func(want ...string) {
			t.Helper()
			if got := must(s.StaleSubjects(ctx, 10))(t); len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
				t.Errorf("stale subjects %v, want %v", got, want)
			}
		}
		settle := func() {
			t.Helper()
			for _, id := range must(s.StaleSubjects(ctx, 10))(t) {
				if err := s.PutDisagreements(ctx, contrechamp.View{Subject: id}); err != nil {
					t.Fatal(err)
				}
			}
		}
		stale()
		record(t, s, 1, 2)
		save(t, s, sample(1))
		stale(belgrade.ID)
		settle()
		stale()
		if err := s.Decide(ctx, []contrechamp.Decision{{Claim: sample(1).Claims[0].ID, State: contrechamp.Rejected, By: "a", At: at(1)}}); err != nil {
			t.Fatal(err)
		}
		stale(belgrade.ID)
		settle()
		gone := sample(1)
		gone.Claims = gone.Claims[:1]
		save(t, s, gone) // the second claim goes
		stale(belgrade.ID)
		// a claim that comes while somebody looks keeps the subject stale
		save(t, s, sample(2))
		if err := s.PutDisagreements(ctx, contrechamp.View{Subject: belgrade.ID}); err != nil {
			t.Fatal(err)
		}
		stale(belgrade.ID)
		settle()
		stale()
	})
	t.Run("limits", func(t *testing.T) {
		s, ctx := open(t).Store, t.Context()
		record(t, s, 1)
		x := text(1, "body fr Évreux et Belgrade.")
		save(t, s, contrechamp.Reading{Text: x, Entities: []contrechamp.Entity{evreux, belgrade, faces}, Claims: []contrechamp.Claim{
			claim(x, evreux, contrechamp.Capability, entityValue(faces), "Évreux"), claim(x, belgrade, contrechamp.Capability, entityValue(faces), "Belgrade")}})
		equal(t, "one at a time", len(must(s.StaleSubjects(ctx, 1))(t)), 1)
		equal(t, "all", len(must(s.StaleSubjects(ctx, 10))(t)), 2)
	})
}
