package storetest

import (
	"fmt"
	"slices"
	"testing"

	"contrechamp.org/contrechamp"
)

func testClaims(t *testing.T, open func(t *testing.T) Instance) {
	t.Run("a claim comes back as it was", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		r := sample(1)
		full := &r.Claims[0]
		full.About = append(full.About, evreux.Ref())
		full.Share, full.Modality, full.Confidence = 39.59, contrechamp.Alleged, 0.1
		full.Speaker = &contrechamp.Speaker{Names: []string{"Jeanne Exemple", "le ministère « x »"}, ID: "x-ministere"}
		full.When = contrechamp.Date{Year: 2020, Month: 2}
		full.ID = contrechamp.ClaimID(*full)
		since := claim(r.Text, belgrade, contrechamp.Since, contrechamp.Value{Date: contrechamp.Date{Year: 2019}}, "Belgrade")
		r.Claims = append(r.Claims, since)
		r.Entities = append(r.Entities, evreux)
		save(t, s, r)
		for _, want := range r.Claims {
			got := must(s.Claim(t.Context(), want.ID))(t)
			sameClaim(t, string(want.Predicate), got, want)
			equal(t, "source", got.Source, must(s.Document(t.Context(), digest(1)))(t))
		}
	})
	t.Run("unknown", func(t *testing.T) {
		s := open(t).Store
		_, err := s.Claim(t.Context(), "c0000000000000000")
		wantKind(t, "claim", err, contrechamp.ErrNotFound)
		_, err = s.Decisions(t.Context(), "c0000000000000000")
		wantKind(t, "decisions", err, contrechamp.ErrNotFound)
		for _, f := range []contrechamp.ClaimFilter{{About: "nobody"}, {Names: "nobody"}, {Document: digest(3)}, {Offset: 9}} {
			if got := must(s.Claims(t.Context(), f))(t); len(got) != 0 {
				t.Errorf("%+v: got %v, want none", f, got)
			}
		}
	})
	t.Run("filters and order", func(t *testing.T) { testClaimFilters(t, open(t).Store) })
}

// testClaimFilters keeps four documents: 2021-06-23, 2021, one undated, and a second of 2021-06-23.
func testClaimFilters(t *testing.T, s contrechamp.Store) {
	ctx := t.Context()
	record(t, s, 1, 2, 3, 4)
	var all []contrechamp.Claim
	for n, date := range map[int]string{1: "2021-06-23", 2: "2021", 3: "", 4: "2021-06-23"} {
		x := text(n, "body fr Huawei équipe Belgrade et Évreux.")
		if date != "" {
			x = dated(x, date)
		}
		both := claim(x, belgrade, contrechamp.DeviceCount, cameras(10), "Belgrade et Évreux")
		both.About = append(both.About, evreux.Ref())
		both.ID = contrechamp.ClaimID(both)
		r := contrechamp.Reading{Text: x, Entities: []contrechamp.Entity{belgrade, evreux, huawei}, Claims: []contrechamp.Claim{
			both,
			claim(x, belgrade, contrechamp.Vendor, entityValue(huawei), "Huawei équipe Belgrade"),
			claim(x, huawei, contrechamp.Market, entityValue(evreux), "Huawei équipe Belgrade et Évreux"),
		}}
		save(t, s, r)
		all = append(all, r.Claims...)
	}
	accepted := all[4]
	if err := s.Decide(ctx, []contrechamp.Decision{{Claim: accepted.ID, State: contrechamp.Accepted, By: "a", At: at(1)}}); err != nil {
		t.Fatal(err)
	}
	// newest document first and undated last, then by document, then by place, then by ID
	date := map[contrechamp.Digest]string{digest(1): "2021-06-23", digest(2): "2021", digest(3): "", digest(4): "2021-06-23"}
	slices.SortFunc(all, func(a, b contrechamp.Claim) int {
		for _, by := range [][2]string{{date[b.Document], date[a.Document]}, {a.Document.String(), b.Document.String()},
			{fmt.Sprintf("%06d", a.Quote.Start), fmt.Sprintf("%06d", b.Quote.Start)}, {a.ID, b.ID}} {
			if by[0] != by[1] {
				if by[0] < by[1] {
					return -1
				}
				return 1
			}
		}
		return 0
	})
	choose := func(f func(c contrechamp.Claim) bool) []string {
		out := []string{}
		for _, c := range all {
			if f(c) {
				out = append(out, c.ID)
			}
		}
		return out
	}
	about := func(c contrechamp.Claim, id string) bool {
		return slices.ContainsFunc(c.About, func(r contrechamp.EntityRef) bool { return r.ID == id })
	}
	value := func(c contrechamp.Claim, id string) bool { return c.Value.Entity != nil && c.Value.Entity.ID == id }
	every := choose(func(contrechamp.Claim) bool { return true })
	for name, tt := range map[string]struct {
		filter contrechamp.ClaimFilter
		want   []string
	}{
		"all":               {contrechamp.ClaimFilter{}, every},
		"the first five":    {contrechamp.ClaimFilter{Limit: 5}, every[:5]},
		"the next five":     {contrechamp.ClaimFilter{Limit: 5, Offset: 5}, every[5:10]},
		"all but the first": {contrechamp.ClaimFilter{Offset: 1}, every[1:]},
		"about":             {contrechamp.ClaimFilter{About: evreux.ID}, choose(func(c contrechamp.Claim) bool { return about(c, evreux.ID) })},
		"about a company":   {contrechamp.ClaimFilter{About: huawei.ID}, choose(func(c contrechamp.Claim) bool { return about(c, huawei.ID) })},
		"names": {contrechamp.ClaimFilter{Names: evreux.ID}, choose(func(c contrechamp.Claim) bool {
			return about(c, evreux.ID) || value(c, evreux.ID)
		})},
		"predicate": {contrechamp.ClaimFilter{Predicate: contrechamp.Vendor}, choose(func(c contrechamp.Claim) bool { return c.Predicate == contrechamp.Vendor })},
		"accepted":  {contrechamp.ClaimFilter{State: contrechamp.Accepted}, []string{accepted.ID}},
		"proposed":  {contrechamp.ClaimFilter{State: contrechamp.Proposed}, choose(func(c contrechamp.Claim) bool { return c.ID != accepted.ID })},
		"document":  {contrechamp.ClaimFilter{Document: digest(3)}, choose(func(c contrechamp.Claim) bool { return c.Document == digest(3) })},
		"together": {contrechamp.ClaimFilter{About: belgrade.ID, Predicate: contrechamp.Vendor, Document: digest(4), Names: huawei.ID, Limit: 1},
			choose(func(c contrechamp.Claim) bool { return c.Predicate == contrechamp.Vendor && c.Document == digest(4) })},
	} {
		equal(t, name, ids(must(s.Claims(ctx, tt.filter))(t)), tt.want)
	}
	// what may be disagreed about
	record(t, s, 6)
	denial := dated(text(6, "body fr Belgrade sans Huawei. 40 caméras. Évreux par Huawei."), "2020")
	deny := claim(denial, belgrade, contrechamp.Vendor, entityValue(huawei), "Belgrade sans Huawei")
	deny.Modality = contrechamp.Denied
	count := claim(denial, evreux, contrechamp.DeviceCount, contrechamp.Value{Number: 40, Unit: "camera"}, "40 caméras")
	only := claim(denial, evreux, contrechamp.Vendor, entityValue(huawei), "Évreux par Huawei")
	save(t, s, contrechamp.Reading{Text: denial, Entities: []contrechamp.Entity{belgrade, evreux, huawei}, Claims: []contrechamp.Claim{deny, count, only}})
	for _, c := range must(s.Claims(ctx, contrechamp.ClaimFilter{About: belgrade.ID, Contested: true}))(t) {
		if c.Predicate != contrechamp.Vendor && !slices.Contains(contrechamp.SingleValued(), c.Predicate) {
			t.Errorf("%s of Belgrade is answered as contested", c.Predicate)
		}
	}
	if got := ids(must(s.Claims(ctx, contrechamp.ClaimFilter{About: belgrade.ID, Predicate: contrechamp.Vendor, Contested: true}))(t)); !slices.Contains(got, deny.ID) || len(got) < 2 {
		t.Errorf("contested vendors of Belgrade: %v, want the denied one and those it is denied against", got)
	}
	for subject, want := range map[string]bool{belgrade.ID: true, huawei.ID: false} {
		equal(t, subject+" may have disagreements", must(s.Contested(ctx, []string{belgrade.ID, evreux.ID, huawei.ID, "nobody"}))(t)[subject], want)
	}
	contested := ids(must(s.Claims(ctx, contrechamp.ClaimFilter{About: evreux.ID, Contested: true}))(t))
	if !slices.Contains(contested, count.ID) || slices.Contains(contested, only.ID) {
		t.Errorf("contested about Évreux: %v, want its number and not the vendor that nobody denies", contested)
	}
	// a document whose date is found out moves with its claims
	x := dated(text(3, "body fr Huawei équipe Belgrade et Évreux."), "2022-01")
	save(t, s, contrechamp.Reading{Text: x, Entities: []contrechamp.Entity{belgrade, huawei},
		Claims: []contrechamp.Claim{claim(x, belgrade, contrechamp.Vendor, entityValue(huawei), "Huawei équipe Belgrade")}})
	if got := must(s.Claims(ctx, contrechamp.ClaimFilter{Limit: 1}))(t); got[0].Document != digest(3) {
		t.Errorf("the first claim is of %s, want the document dated 2022", got[0].Source.Published)
	}
}

func testReview(t *testing.T, open func(t *testing.T) Instance) {
	decision := func(c contrechamp.Claim, s contrechamp.State, note string, n int) contrechamp.Decision {
		return contrechamp.Decision{Claim: c.ID, State: s, Note: note, By: "reviewer é", At: at(n)}
	}
	t.Run("decisions are added, the last one holds", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sample(1))
		c, ctx := sample(1).Claims[0], t.Context()
		equal(t, "before", len(must(s.Decisions(ctx, c.ID))(t)), 0)
		all := []contrechamp.Decision{decision(c, contrechamp.Accepted, "seen", 1), decision(c, contrechamp.Withdrawn, "the town says otherwise", 2),
			decision(c, contrechamp.Proposed, "", 3), decision(c, contrechamp.Rejected, "a joke", 0)}
		if err := s.Decide(ctx, all[:3]); err != nil {
			t.Fatal(err)
		}
		if err := s.Decide(ctx, all[3:]); err != nil {
			t.Fatal(err)
		}
		equal(t, "decisions", must(s.Decisions(ctx, c.ID))(t), all)
		got := must(s.Claim(ctx, c.ID))(t)
		if got.State != contrechamp.Rejected || got.Note != "a joke" {
			t.Errorf("got %s %q, want rejected, a joke", got.State, got.Note)
		}
	})
	t.Run("all or none", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sample(1))
		c, ctx := sample(1).Claims[0], t.Context()
		unknown := contrechamp.Claim{ID: "c0000000000000000"}
		wantKind(t, "an unknown claim", s.Decide(ctx, []contrechamp.Decision{decision(c, contrechamp.Accepted, "", 1), decision(unknown, contrechamp.Accepted, "", 1)}), contrechamp.ErrNotFound)
		wantKind(t, "an unknown state", s.Decide(ctx, []contrechamp.Decision{decision(c, contrechamp.Accepted, "", 1), decision(c, "perhaps", "", 1)}), contrechamp.ErrInvalid)
		equal(t, "state", must(s.Claim(ctx, c.ID))(t).State, contrechamp.Proposed)
		equal(t, "decisions", len(must(s.Decisions(ctx, c.ID))(t)), 0)
		if err := s.Decide(ctx, nil); err != nil {
			t.Errorf("nothing: %v", err)
		}
	})
	t.Run("decisions survive another reading", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		r, ctx := sample(1), t.Context()
		other := claim(r.Text, huawei, contrechamp.Market, entityValue(belgrade), "à Belgrade")
		back := claim(r.Text, huawei, contrechamp.Home, entityValue(belgrade), "Huawei")
		r.Claims = append(r.Claims, other, back)
		save(t, s, r)
		if err := s.Decide(ctx, []contrechamp.Decision{decision(r.Claims[0], contrechamp.Rejected, "no", 1), decision(other, contrechamp.Accepted, "yes", 2),
			decision(back, contrechamp.Accepted, "", 3), decision(back, contrechamp.Proposed, "unsure", 4)}); err != nil {
			t.Fatal(err)
		}
		// the next reading proposes the first again, surer of it, and none of the others
		again := sample(1)
		again.Text.Reader = "plain/2"
		again.Claims = again.Claims[:1]
		again.Claims[0].Confidence = 0.99
		save(t, s, again)
		want := map[string]contrechamp.State{r.Claims[0].ID: contrechamp.Rejected, other.ID: contrechamp.Accepted, back.ID: contrechamp.Proposed}
		got := map[string]contrechamp.State{}
		for _, c := range must(s.Claims(ctx, contrechamp.ClaimFilter{}))(t) {
			got[c.ID] = c.State
		}
		equal(t, "claims: decided ones stay, the proposed one goes", got, want)
		equal(t, "note", must(s.Claim(ctx, r.Claims[0].ID))(t).Note, "no")
		equal(t, "decisions", len(must(s.Decisions(ctx, back.ID))(t)), 2)
		_, err := s.Claim(ctx, r.Claims[1].ID)
		wantKind(t, "the claim not proposed any more", err, contrechamp.ErrNotFound)
	})
	t.Run("an undecided claim takes what a better rule says of it", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sample(1))
		again := sample(1)
		again.Claims[0].Confidence, again.Claims[0].Rule = 0.99, "sample-2"
		save(t, s, again)
		sameClaim(t, "claim", must(s.Claim(t.Context(), again.Claims[0].ID))(t), again.Claims[0])
	})
	t.Run("figures follow decisions", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1, 2, 3)
		save(t, s, sample(1), sample(2))
		ctx := t.Context()
		equal(t, "figures", must(s.Figures(ctx))(t), contrechamp.Figures{Documents: 3, Waiting: 1, Claims: 4, Dossiers: 1})
		decide := func(n int, states ...contrechamp.State) {
			t.Helper()
			var all []contrechamp.Decision
			for i, st := range states {
				all = append(all, decision(sample(n).Claims[i], st, "", 1))
			}
			if err := s.Decide(ctx, all); err != nil {
				t.Fatal(err)
			}
		}
		decide(1, contrechamp.Accepted, contrechamp.Rejected)
		equal(t, "figures", must(s.Figures(ctx))(t), contrechamp.Figures{Documents: 3, Waiting: 1, Claims: 3, Accepted: 1, Rejected: 1, Dossiers: 1})
		decide(2, contrechamp.Withdrawn, contrechamp.Rejected)
		line := must(s.EntityLines(ctx, contrechamp.EntityFilter{}))(t)[0]
		if line.Claims != 1 || line.Documents != 1 {
			t.Errorf("the line has %d claims of %d documents, want 1 of 1", line.Claims, line.Documents)
		}
		equal(t, "the document's claims", must(s.Document(ctx, digest(2)))(t).Claims, 0)
		decide(1, contrechamp.Rejected)
		equal(t, "figures", must(s.Figures(ctx))(t), contrechamp.Figures{Documents: 3, Waiting: 1, Rejected: 3})
		equal(t, "lines", len(must(s.EntityLines(ctx, contrechamp.EntityFilter{}))(t)), 0)
		decide(1, contrechamp.Proposed, contrechamp.Proposed)
		line = must(s.EntityLines(ctx, contrechamp.EntityFilter{}))(t)[0]
		if line.Claims != 2 || line.Documents != 1 {
			t.Errorf("taken back: the line has %d claims of %d documents, want 2 of 1", line.Claims, line.Documents)
		}
	})
}
