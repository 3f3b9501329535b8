package frame_test

import (
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// A word that devices of all sorts have in common takes its unit from what they can do, else from the devices named before it.
func TestUnitOfWeakWordsForDevices(t *testing.T) {
	e := claimtest.Engine(t)
	for _, c := range []struct{ language, text, want string }{
		{"fr", "Des caméras à Lyon\n\nLa ville de Lyon a acheté vingt équipements de lecture de plaques.", "n:20 reader"},
		{"fr", "Des drones à Lyon\n\nLa ville de Lyon a des drones. Elle a acheté vingt appareils.", "n:20 drone"},
		{"es", "Cámaras en Vigo\n\nVigo paga sesenta y cuatro cámaras en el centro.", "n:64 camera"},
	} {
		candidates, err := e.Candidates(t.Context(), claimtest.Article(c.text, c.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, x := range candidates {
			if x.Claim.Predicate == contrechamp.DeviceCount {
				got[x.Claim.Value.Key()] = true
			}
		}
		if !got[c.want] || len(got) != 1 {
			t.Errorf("%s: %v, want %s", c.text, got, c.want)
		}
	}
}

// TestOneMoreDevice: one camera behind others that were counted is a count, a camera alone is none.
func TestOneMoreDevice(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		one            bool
	}{
		{"fr", "Caméras\nLa gare de Sens a trois caméras sur les quais et une caméra au guichet.\n", true},
		{"en", "Cameras\nThe library of Leeds has four indoor cameras and one outdoor camera.\n", false}, // an adjective stands between
		{"en", "Cameras\nThe library of Leeds has four drones and one camera.\n", true},
		{"de", "Kameras\nIn Ulm hängen vier Kameras am Rathaus und eine Kamera am Bahnhof.\n", true},
		{"fr", "Caméras\nSens a une caméra.\n", false},
	} {
		found := false
		for _, c := range claimtest.Claims(t, e, claimtest.Article(tt.text, tt.language)) {
			found = found || claimtest.ValueOf(c) == "n:1 camera"
		}
		if found != tt.one {
			t.Errorf("%s: %q: one camera counted: %v, want %v", tt.language, tt.text, found, tt.one)
		}
	}
}

// The lower end of a range of money counts no devices, whatever was counted before it.
func TestLowerEndOfASum(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		counts         bool
	}{
		{"fr", "Les caméras de Sens\nLe prix des caméras de Sens va de 12 000 à plusieurs centaines de milliers d'euros.\n", false},
		{"en", "Cameras in Leeds\nThe cameras in Leeds cost between 3,000 and several tens of thousands of pounds.\n", false},
		{"fr", "Les caméras de Sens\nSens est passée de 12 à 40 caméras pour des milliers d'euros.\n", true},
	} {
		counts := false
		for _, c := range claimtest.Claims(t, e, claimtest.Article(tt.text, tt.language)) {
			counts = counts || c.Predicate == contrechamp.DeviceCount
		}
		if counts != tt.counts {
			t.Errorf("%s: counted: %v", tt.text, counts)
		}
	}
}

// What is counted in brackets is the place's that stands before them.
func TestCountsInBrackets(t *testing.T) {
	e := claimtest.Engine(t)
	got := map[string]string{}
	for _, c := range claimtest.Claims(t, e, claimtest.Article("Des caméras\n\nDes caméras existent à Nancy (6 caméras), Metz (9 caméras) et Épinal (37 caméras).\n", "fr")) {
		if c.Predicate == contrechamp.DeviceCount {
			got[c.About[0].Name()] += claimtest.ValueOf(c)
		}
	}
	for place, want := range map[string]string{"Nancy": "n:6 camera", "Metz": "n:9 camera", "Épinal": "n:37 camera"} {
		if got[place] != want {
			t.Errorf("%s: %q, want %q", place, got[place], want)
		}
	}
}
