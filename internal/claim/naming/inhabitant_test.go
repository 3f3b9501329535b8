package naming_test

import (
	"testing"

	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

func TestTownsByTheirPeople(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, word, town string }{
		{"fr", "rouennaise", "place-fr-rouen"}, {"fr", "mulhousiens", "place-fr-mulhouse"}, {"fr", "havrais", "place-fr-le-havre"}, {"fr", "lyonnais", "place-fr-lyon"},
		{"fr", "nantaise", "place-fr-nantes"}, {"fr", "strasbourgeois", "place-fr-strasbourg"}, {"fr", "quotidiens", ""}, {"fr", "emplois", ""}, {"fr", "terrains", ""}, {"fr", "urbain", ""},
		{"de", "luzerner", "place-ch-luzern"}, {"de", "bremer", "place-de-bremen"}, {"de", "dresdner", "place-de-dresden"}, {"de", "sommer", ""}, {"de", "burger", ""},
		{"it", "genovese", "place-it-genoa"}, {"it", "milanese", "place-it-milan"}, {"it", "imprese", ""},
		{"es", "bogotana", "place-co-bogota"}, {"es", "semana", ""}, {"en", "londoner", ""},
	} {
		text := claimtest.Article("Titre\n\nMot.", tt.language)
		d := claimtest.Read(t, e, text)
		got := ""
		if town := d.TownOf(e.Knowledge.Grammars[tt.language], tt.word); town != nil {
			got = town.ID
		}
		if got != tt.town {
			t.Errorf("%s: %q is of %q, want %q", tt.language, tt.word, got, tt.town)
		}
	}
}

// TestAdjectivesOfTowns: what a town is said to run by the adjective of its people is the town's; an adjective of a country is not.
func TestAdjectivesOfTowns(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, about string }{
		{"fr", "Des caméras de plus\n\nLa police municipale rouennaise utilise quarante caméras depuis 2022.\n", "Rouen"},
		{"de", "Drohnen über der Altstadt\n\nDie Luzerner Polizei nutzt seit 2022 vier Drohnen.\n", "Luzern"},
		{"it", "Telecamere in centro\n\nLa polizia locale milanese usa 40 telecamere dal 2022.\n", "Milan"},
		{"fr", "Des caméras à Rouen\n\nUn fabricant tunisien a fourni quarante caméras à la ville de Rouen.\n", "Rouen"},
	} {
		found := false
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text, tt.language)) {
			if c.Predicate != "device_count" {
				continue
			}
			found = true
			if !claimtest.SameName(e, c.Main().Name(), tt.about) {
				t.Errorf("%q is about %q, want %q", tt.text, c.Main().Name(), tt.about)
			}
		}
		if !found {
			t.Errorf("%q: no number of devices", tt.text)
		}
	}
}
