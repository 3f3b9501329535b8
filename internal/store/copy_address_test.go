package store

import (
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

// TestCopyOfExchanges: the records of visits, and of those that found a page gone, go where the rows go.
func TestCopyOfExchanges(t *testing.T) {
	from, to := inFolder(t), inFolder(t)
	old := from.open(t, false, false)
	put := func(text string) contrechamp.Digest {
		d, _, err := old.Blobs.Put(t.Context(), strings.NewReader(text), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	received, _ := article(1)
	put("article 1")
	const address = "https://example.org/page"
	received.Sighting.Path = address
	received.Sighting.Exchange = contrechamp.Exchange{Records: put("records"), Status: 200, Final: address, MediaType: "text/html", Truncated: contrechamp.TruncatedTime}
	if _, err := old.Store.RecordCaptures(t.Context(), []contrechamp.Received{received}); err != nil {
		t.Fatal(err)
	}
	absence := contrechamp.Absence{Address: address, At: received.Sighting.CapturedAt.Add(1e9), Kind: contrechamp.Gone, Status: 410, Final: address, Records: put("gone"), Length: 4}
	if err := old.Store.RecordAbsence(t.Context(), absence); err != nil {
		t.Fatal(err)
	}
	place := to.open(t, false, true)
	report, err := Copy(t.Context(), old, place, nil)
	if err != nil || report.Blobs != 3 || report.Written != 3 {
		t.Fatalf("got %+v, %v, want three blobs", report, err)
	}
	for _, d := range []contrechamp.Digest{received.Sighting.Exchange.Records, absence.Records} {
		if _, err := place.Blobs.Get(t.Context(), d); err != nil {
			t.Error(err)
		}
	}
	sightings, err := place.Store.SightingsAt(t.Context(), address)
	if err != nil || len(sightings) != 1 || sightings[0].Exchange != received.Sighting.Exchange {
		t.Errorf("sightings: got %+v, %v", sightings, err)
	}
	gone, err := place.Store.AbsencesOf(t.Context(), []contrechamp.Digest{received.Capture.Digest})
	if err != nil || len(gone[received.Capture.Digest]) != 1 || gone[received.Capture.Digest][0] != absence {
		t.Errorf("absences: got %+v, %v", gone, err)
	}
}
