package subject_test

import (
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestNationalBodies: a body that many countries call the same is that of the text's country, the lexicon's where it knows it.
func TestNationalBodies(t *testing.T) {
	e := claimtest.Engine(t)
	for _, x := range []struct{ language, text, want, country string }{
		{"fr", "À Dakar, la Gendarmerie nationale utilise des drones.", "x-organisation-gendarmerie-nationale-senegal", "SN"},
		{"fr", "À Rennes, la Gendarmerie nationale utilise des drones.", "o-gn", "FR"},
		{"es", "En Bogotá, la Policía Nacional opera 300 cámaras.", "x-organisation-policia-nacional-colombia", "CO"},
		{"es", "En Sevilla, la Policía Nacional opera 300 cámaras.", "o-policianac", "ES"},
		{"es", "La Policía Federal usa el reconocimiento facial en Buenos Aires.", "x-organisation-policia-federal-argentina", "AR"},
		{"de", "In Wien setzt die Bundespolizei Drohnen ein.", "x-organisation-bundespolizei-osterreich", "AT"},
		{"de", "In Hamburg setzt die Bundespolizei Drohnen ein.", "o-bpol", "DE"},
	} {
		claims, entities, err := e.Propose(t.Context(), claimtest.Article(x.text+"\n", x.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		found := ""
		for _, c := range claims {
			if c.Predicate == contrechamp.Operator {
				found = c.Value.Entity.ID
			}
		}
		if found != x.want {
			t.Errorf("%s: run by %q, want %q", x.text, found, x.want)
		}
		for _, ent := range entities {
			if ent.ID == found && ent.Country != x.country {
				t.Errorf("%s: %s is of %q, want %q", x.text, found, ent.Country, x.country)
			}
		}
	}
}
