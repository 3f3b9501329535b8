package camera

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"testing"

	"contrechamp.org/contrechamp/internal/testenv"
)

// TestAmericanPlateReaders reads the raw directions of 61,768 plate readers, as people wrote them.
func TestAmericanPlateReaders(t *testing.T) {
	file, err := os.Open(testenv.Shared(t, "data", "osm", "us-alpr-2026-04.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var readers []struct {
		Direction string `json:"directionCardinal"`
	}
	if err := json.NewDecoder(z).Decode(&readers); err != nil {
		t.Fatal(err)
	}
	var said, read, flagged, ranges, several int
	kept := map[string]int{}
	for _, r := range readers {
		if r.Direction == "" {
			continue
		}
		said++
		b := parseDirections(r.Direction)
		if len(b.views) > 0 {
			read++
		}
		if len(b.views) > 1 {
			several++
		}
		if len(b.views) > 0 && b.views[0].Width() > 0 {
			ranges++
		}
		if len(b.flags) > 0 {
			flagged++
		}
		for _, part := range b.unknown {
			kept[part]++
		}
	}
	t.Logf("%d of %d say a direction: %d read, of them %d several, %d ranges, %d flagged; kept raw: %v", said, len(readers), read, several,
		ranges, flagged, kept)
	if len(readers) != 61_768 || said != 60_101 || said-read > 200 {
		t.Errorf("%d readers, %d with a direction, %d of them not read: want 61768, 60101, at most 200", len(readers), said, said-read)
	}
	for _, part := range []string{"NB", "SB", "EB", "WB", "forward", "backward"} {
		if kept[part] == 0 {
			t.Errorf("%q is no bearing, and must be kept raw", part)
		}
	}
}
