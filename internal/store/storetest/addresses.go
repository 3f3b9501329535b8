package storetest

import (
	"fmt"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

const page = "https://example.org/cameras?ville=%C3%89vreux"

// fetched is document n as it was fetched from the page at minute m.
func fetched(n, m int) contrechamp.Received {
	r := received(n)
	r.Capture.CapturedAt = at(m)
	r.Sighting = contrechamp.Sighting{Capture: digest(n), Name: "cameras", Path: page, CapturedAt: at(m), Exchange: contrechamp.Exchange{
		Records: contrechamp.Sum(fmt.Appendf(nil, "records of minute %d", m)), Status: 200, Final: page + "&lang=fr", MediaType: "text/html; charset=iso-8859-1"}}
	return r
}

func testAddresses(t *testing.T, open func(t *testing.T) Instance) {
	ctx := t.Context()
	s := open(t).Store
	part := fetched(3, 7)
	part.Sighting.Exchange.Truncated = contrechamp.TruncatedDisconnect
	all := []contrechamp.Received{fetched(1, 1), fetched(1, 4), part, received(2)}
	equal(t, "fresh", must(s.RecordCaptures(ctx, all))(t), []bool{true, false, true, true})

	t.Run("the same bytes at another moment are a further sighting", func(t *testing.T) {
		equal(t, "sightings", must(s.Sightings(ctx, digest(1)))(t), []contrechamp.Sighting{all[0].Sighting, all[1].Sighting})
		equal(t, "count", must(s.Document(ctx, digest(1)))(t).Sightings, 2)
		must(s.RecordCaptures(ctx, all[:1]))(t)
		equal(t, "count after the same exchange", must(s.Document(ctx, digest(1)))(t).Sightings, 2)
	})
	t.Run("what was met at an address", func(t *testing.T) {
		equal(t, "sightings", must(s.SightingsAt(ctx, page))(t), []contrechamp.Sighting{all[0].Sighting, all[1].Sighting, part.Sighting})
		equal(t, "a file's path", len(must(s.SightingsAt(ctx, received(2).Sighting.Path))(t)), 0)
	})
	absence := contrechamp.Absence{Address: page, At: at(5), Kind: contrechamp.Gone, Status: 404, Final: page, Records: contrechamp.Sum([]byte("404")), Length: 44}
	last := contrechamp.Absence{Address: page, At: at(9), Kind: contrechamp.NoHost, Records: contrechamp.Sum([]byte("no host"))}
	t.Run("an absence is kept once, with what came after it", func(t *testing.T) {
		for _, a := range []contrechamp.Absence{last, absence, absence} {
			if err := s.RecordAbsence(ctx, a); err != nil {
				t.Fatal(err)
			}
		}
		returned := absence
		returned.Returned = at(7)
		want := []contrechamp.Absence{returned, last}
		got := must(s.AbsencesOf(ctx, []contrechamp.Digest{digest(1), digest(2), digest(3), digest(99)}))(t)
		equal(t, "absences", got, map[contrechamp.Digest][]contrechamp.Absence{digest(1): want, digest(3): want})
		leaves := must(s.LeavesOf(ctx, absence.Records))(t)
		if len(leaves) != 1 {
			t.Fatalf("got %d leaves, want one", len(leaves))
		}
		equal(t, "leaf", leaves[0].Leaf, contrechamp.AbsenceLeaf(absence, leaves[0].Salt))
		none := must(s.AbsencesOf(ctx, nil))(t)
		equal(t, "absences of nothing", len(none), 0)
	})
	t.Run("refused", func(t *testing.T) {
		elsewhere := absence
		elsewhere.Address = "https://example.org/other"
		wantKind(t, "an address never captured", s.RecordAbsence(ctx, elsewhere), contrechamp.ErrNotFound)
		file := absence
		file.Address = received(2).Sighting.Path
		wantKind(t, "a file", s.RecordAbsence(ctx, file), contrechamp.ErrNotFound)
		for name, change := range map[string]func(*contrechamp.Absence){
			"no records":   func(a *contrechamp.Absence) { a.Records = contrechamp.Digest{} },
			"another kind": func(a *contrechamp.Absence) { a.Kind = "asleep" },
			"no time":      func(a *contrechamp.Absence) { a.At = time.Time{} },
		} {
			bad := absence
			change(&bad)
			wantKind(t, name, s.RecordAbsence(ctx, bad), contrechamp.ErrInvalid)
		}
	})
}
