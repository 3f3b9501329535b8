package subject_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestHowAPlaceStands: what a sentence makes of the places that it names, whatever the weights say. The texts are invented.
func TestHowAPlaceStands(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ name, language, text, words, place, feature string }{
		{"fronted", "fr", "Caméras à Lille\nLille a posé douze caméras. À Anvers, la police prévoit quarante caméras.\n", "quarante caméras", "Antwerpen", "fronted"},
		{"fronted past an adjective", "es", "Cámaras en Toledo\nToledo tiene doce cámaras. En la vecina Getafe, la policía prueba dos drones.\n", "dos drones", "Getafe", "fronted"},
		{"a neighbour", "es", "Cámaras en Toledo\nToledo tiene doce cámaras. En la vecina Getafe, la policía prueba dos drones.\n", "dos drones", "Getafe", "a neighbour"},
		{"against the main place", "fr", "Caméras à Lille\nLille a posé douze caméras. À Anvers, la police prévoit quarante caméras.\n", "quarante caméras", "Lille", "main, another opens the sentence"},
		{"elsewhere", "it", "Telecamere a Lecco\nLecco ha dodici telecamere. A Como, invece, sono quaranta telecamere.\n", "quaranta telecamere", "Lecco", "main, elsewhere"},
		{"a question", "it", "Telecamere a Lugano\nLugano ha dodici telecamere.\nE a Chiasso, ne avete?\nSì, quaranta telecamere.\n", "quaranta telecamere", "Chiasso", "asked about"},
		{"the town named last", "fr", "Caméras à Lille\nLille a posé douze caméras. À Roubaix, on hésite. Quarante caméras filmaient la mairie.\n", "Quarante caméras", "Roubaix", "the town, the last place before"},
		{"the sentence before", "de", "Kameras in Kassel\nKassel hat zwölf Kameras. In Mannheim ist man weiter. Es sind vierzig Kameras.\n", "vierzig Kameras", "Mannheim", "sentence before, fronted"},
		{"a name that no gazetteer has", "en", "Cameras in Leeds\nLeeds has twelve cameras. Last year Harbledale saw forty cameras go up.\n", "forty cameras", "Harbledale", "another name acts"},
		{"acts", "en", "Cameras in Leeds\nLeeds has twelve cameras. Nothing keeps Bradford from announcing forty cameras.\n", "forty cameras", "Bradford", "acts"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list, err := e.Candidates(t.Context(), claimtest.Article(tt.text, tt.language), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			var seen []string
			for _, c := range list {
				if c.Claim.Predicate != contrechamp.DeviceCount || !strings.Contains(c.Claim.Quote.Exact, tt.words) {
					continue
				}
				for _, x := range c.Choices {
					if !claimtest.SameName(e, x.Entity.Name(), tt.place) {
						continue
					}
					for _, f := range x.Features {
						seen = append(seen, f.Feature)
					}
				}
			}
			if !slices.Contains(seen, tt.feature) {
				t.Errorf("%s has not %q, but %q", tt.place, tt.feature, seen)
			}
		})
	}
}
