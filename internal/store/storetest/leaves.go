package storetest

import (
	"errors"
	"fmt"
	"testing"

	"contrechamp.org/contrechamp"
)

// testLeaves asks that every event has its leaf, which can be checked against the row, and that leaves are logged once.
func testLeaves(t *testing.T, open func(t *testing.T) Instance) {
	t.Run("each sighting has a leaf that can be checked against it", func(t *testing.T) {
		s := open(t).Store
		again := received(1)
		again.Sighting.Path, again.Sighting.CapturedAt = "archive/\xE9.html", at(9)
		again.Sighting.Container, again.Sighting.Exchange.Records = digest(2), digest(77)
		if _, err := s.RecordCaptures(t.Context(), []contrechamp.Received{received(1), received(2), again, received(1)}); err != nil {
			t.Fatal(err)
		}
		sightings := must(s.Sightings(t.Context(), digest(1)))(t)
		leaves := must(s.LeavesOf(t.Context(), digest(1)))(t)
		equal(t, "leaves", len(leaves), len(sightings))
		for i, l := range leaves {
			exchange := contrechamp.Digest{}
			if i == 1 {
				exchange = digest(77)
			}
			equal(t, "leaf", l.Leaf, contrechamp.CaptureLeaf(sightings[i], received(1).Capture.Length, exchange, l.Salt))
			equal(t, "index", l.Index, contrechamp.NotLogged)
		}
		if leaves[0].Salt == leaves[1].Salt {
			t.Error("two leaves have one salt")
		}
		record(t, s, 1, 2) // met again
		equal(t, "pending", len(must(s.PendingLeaves(t.Context(), 100))(t)), 3)
	})
	t.Run("each decision has a leaf", func(t *testing.T) {
		s := open(t).Store
		record(t, s, 1)
		save(t, s, sample(1))
		id := sample(1).Claims[0].ID
		for i, state := range []contrechamp.State{contrechamp.Accepted, contrechamp.Withdrawn} {
			d := contrechamp.Decision{Claim: id, State: state, Note: "n", By: "a", At: at(i)}
			if err := s.Decide(t.Context(), []contrechamp.Decision{d}); err != nil {
				t.Fatal(err)
			}
			l := must(s.LeavesOf(t.Context(), contrechamp.ClaimDigest(id)))(t)[i]
			equal(t, "leaf", l.Leaf, contrechamp.DecisionLeaf(d, l.Salt))
			equal(t, "kind", l.Kind, []contrechamp.LeafKind{contrechamp.LeafDecision, contrechamp.LeafWithdrawal}[i])
		}
	})
	t.Run("pending in order, then logged", func(t *testing.T) {
		in := open(t)
		s := in.Store
		ctx := t.Context()
		for n := range 10 {
			record(t, s, (n*7)%10) // not in the order of time
		}
		pending := must(s.PendingLeaves(ctx, 6))(t)
		equal(t, "first", numbersOf(pending), []int{0, 1, 2, 3, 4, 5})
		for i := range pending {
			pending[i].Index = int64(i)
		}
		for range 2 { // twice changes nothing
			if err := s.PutIndexes(ctx, pending); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, "rest", numbersOf(must(s.PendingLeaves(ctx, 100))(t)), []int{6, 7, 8, 9})
		equal(t, "logged", must(s.LoggedLeaves(ctx, 2, 3))(t), pending[2:5])
		logged, waiting, err := s.CountLeaves(ctx)
		if err != nil || logged != 6 || waiting != 4 {
			t.Errorf("got %d, %d, %v", logged, waiting, err)
		}
		rest := must(s.PendingLeaves(ctx, 100))(t)
		moved, taken, unknown := pending[1], rest[1], rest[2]
		moved.Index, taken.Index, unknown.Index = 40, 3, 41
		unknown.Text = []byte("none")
		rest[0].Index = 6
		wantKind(t, "another index", s.PutIndexes(ctx, []contrechamp.KeptLeaf{rest[0], moved}), contrechamp.ErrConflict)
		wantKind(t, "an index twice", s.PutIndexes(ctx, []contrechamp.KeptLeaf{rest[0], taken}), contrechamp.ErrConflict)
		wantKind(t, "an unknown leaf", s.PutIndexes(ctx, []contrechamp.KeptLeaf{rest[0], unknown}), contrechamp.ErrNotFound)
		equal(t, "rest after what was refused", numbersOf(must(s.PendingLeaves(ctx, 100))(t)), []int{6, 7, 8, 9})
		again := in.Reopen(t)
		equal(t, "logged, after closing and opening", must(again.LoggedLeaves(ctx, 0, 100))(t), pending)
	})
	t.Run("a leaf of its own", func(t *testing.T) {
		s := open(t).Store
		salt := contrechamp.NewSalt()
		l := contrechamp.ExportLeaf(digest(3), 12, at(1), "dataset", "claims.csv", salt)
		for range 2 {
			if err := s.AddLeaf(t.Context(), l, salt); err != nil {
				t.Fatal(err)
			}
		}
		got := must(s.LeavesOf(t.Context(), digest(3)))(t)
		if len(got) != 1 || got[0].Leaf != l || got[0].Salt != salt {
			t.Errorf("got %+v", got)
		}
		wantKind(t, "no kind", s.AddLeaf(t.Context(), contrechamp.Leaf{}, salt), contrechamp.ErrInvalid)
	})
	t.Run("the key stands until it is replaced", func(t *testing.T) {
		s := open(t).Store
		ctx := t.Context()
		equal(t, "none", must(s.LedgerKey(ctx))(t), "")
		for _, step := range []struct {
			old, next string
			err       error
		}{{"", "a", nil}, {"", "a", nil}, {"", "b", contrechamp.ErrConflict}, {"x", "b", contrechamp.ErrConflict}, {"a", "b", nil}, {"", "", contrechamp.ErrInvalid}} {
			err := s.SetLedgerKey(ctx, step.old, step.next)
			if step.err == nil && err != nil {
				t.Errorf("%q to %q: %v", step.old, step.next, err)
			} else if step.err != nil {
				wantKind(t, fmt.Sprintf("%q to %q", step.old, step.next), err, step.err)
			}
		}
		equal(t, "the last", must(s.LedgerKey(ctx))(t), "b")
	})
}

// numbersOf tells which documents leaves are about.
func numbersOf(leaves []contrechamp.KeptLeaf) []int {
	var out []int
	for _, l := range leaves {
		for n := range 200 {
			if digest(n) == l.Digest {
				out = append(out, n)
			}
		}
	}
	return out
}

// testInspect asks that all that is kept is handed out, each capture once, more than a page of them.
func testInspect(t *testing.T, open func(t *testing.T) Instance) {
	s := open(t).Store
	ctx := t.Context()
	const captures = 230
	for n := range captures {
		record(t, s, n)
	}
	save(t, s, sample(1), sample(7))
	if err := s.Decide(ctx, []contrechamp.Decision{{Claim: sample(1).Claims[0].ID, State: contrechamp.Accepted, Note: "n", By: "a", At: at(3)}}); err != nil {
		t.Fatal(err)
	}
	salt := contrechamp.NewSalt()
	if err := s.AddLeaf(ctx, contrechamp.ExportLeaf(digest(300), 12, at(1), "dataset", "claims.csv", salt), salt); err != nil {
		t.Fatal(err)
	}
	before := ""
	var all, ends int
	err := s.Inspect(ctx, func(in contrechamp.Inspected) error {
		if len(in.Damaged) > 0 {
			t.Errorf("damaged: %v", in.Damaged)
		}
		if in.Digest.IsZero() {
			ends++
			equal(t, "leaves of an export and of a decision", len(in.Strays), 2)
			return nil
		}
		all++
		if in.Digest.String() <= before || ends > 0 {
			t.Errorf("%s comes after %s", in.Digest.Short(), before)
		}
		before = in.Digest.String()
		equal(t, "sightings", in.Sightings, must(s.Sightings(ctx, in.Digest))(t))
		equal(t, "leaves", in.Leaves, must(s.LeavesOf(ctx, in.Digest))(t))
		doc := must(s.Document(ctx, in.Digest))(t)
		equal(t, "capture", in.Capture, doc.Capture)
		if in.Name != doc.Name || in.Path != doc.Path || in.Met != doc.Sightings || len(in.Claims) != doc.Claims {
			t.Errorf("got %+v, want %+v", in, doc)
		}
		for _, c := range in.Claims {
			equal(t, "claim", c.Claim, must(s.Claim(ctx, c.ID))(t).Claim)
			equal(t, "decisions", len(c.Decisions), len(must(s.Decisions(ctx, c.ID))(t)))
		}
		if len(in.Texts) > 0 {
			equal(t, "text", in.Texts[0].Body, must(s.Text(ctx, in.Digest))(t).Body)
		}
		return nil
	})
	if err != nil || all != captures || ends != 1 {
		t.Errorf("%d captures, the end %d times, %v", all, ends, err)
	}
	stop := errors.New("enough")
	if err := s.Inspect(ctx, func(contrechamp.Inspected) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped: %v", err)
	}
}
