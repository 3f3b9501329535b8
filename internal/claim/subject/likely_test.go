package subject_test

import (
	"slices"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// TestLikelySubjects: what texts are about, by all that they name. The texts and the names are invented.
func TestLikelySubjects(t *testing.T) {
	aboutEach(t, []aboutCase{
		{"the town of a letterhead", "fr", "COMMUNE DE FAUQUEVAL\nDépartement de la Moselle\n\nLe conseil approuve l'achat de douze caméras pour 40 000 euros.\n", "Fauqueval"},
		{"a letterhead with its state", "en", "CITY OF ELDERVALE AZ\nMinutes of the council\n\nThe council approved twelve cameras for $40,000.\n", "Eldervale"},
		{"a name with an ampersand", "en", "MOOR & COAST TRANSIT AUTHORITY\nAnnual report\n\nOur control centre has 46 cameras. They are new.\n", "MOOR & COAST TRANSIT AUTHORITY"},
		{"a department called after a virtue", "en", "Cameras in Cork\nThe Minister for Justice spoke of justice. Justice has its price, the Department of Justice said. Forty cameras watch Cork.\n", "Cork"},
		{"an abbreviation", "fr", "Caméras au CHU de Lormont\nLe CHU exploite douze caméras à Lormont. Le CHU paie.\n", "Lormont"},
		{"another spelling", "fr", "Le Pays d'Auge en été\nÀ Honfleur, douze caméras filment la plage. La mairie de Honfleur paie.\n", "Honfleur"},
		{"where a firm sits", "en", "New cameras\nThe trams carry forty cameras, bought from the company Optivue of Leeds for £1.2 million.\n", "nothing"},
		{"a town before its country", "en", "Cameras in Serbia\nIn Belgrade, Serbia, forty cameras watch the square. Belgrade pays for them.\n", "Belgrade"},
	})
}

// TestPlainWords: words that are small places' names too name them behind a preposition of place only.
func TestPlainWords(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text, word string
		place                bool
	}{
		{"en", "The Department of Justice runs forty cameras.", "Justice", false},
		{"en", "Forty cameras hang in Justice.", "Justice", true},
		{"fr", "Le Salon de la sécurité montre des caméras.", "Salon", false},
		{"fr", "Douze caméras filment la place à Salon.", "Salon", true},
		{"fr", "La ville de Salon achète douze caméras.", "Salon", true},
	} {
		seen, err := e.See(t.Context(), claimtest.Article(tt.text+"\n", tt.language))
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(seen, func(x claim.Seen) bool { return x.Words == tt.word && slices.Contains(x.Kinds, "PLC") })
		if got != tt.place {
			t.Errorf("%s: %q is a place: %v, want %v", tt.text, tt.word, got, tt.place)
		}
	}
}

// TestAlongside: what stands beside the place lends its name to what is said of the place, and is not the place itself.
func TestAlongside(t *testing.T) {
	d := &subject.Doc{}
	d.Main.Entity = &contrechamp.Entity{ID: "x-place-lormont", Kind: contrechamp.KindPlace, Name: "Lormont", Source: "document"}
	tram := &contrechamp.Entity{ID: "x-organisation-tramlor", Kind: contrechamp.KindOrganisation, Name: "Tramlor", Source: "document"}
	d.Knows, d.Alongside = claimtest.Engine(t).Knowledge, []*contrechamp.Entity{tram}
	if got := d.About("main", d.Main.Entity, nil).Entities; !slices.Equal(got, []*contrechamp.Entity{d.Main.Entity, tram}) {
		t.Errorf("about the main place: %v", got)
	}
	other := &contrechamp.Entity{ID: "place-fr-bordeaux", Kind: contrechamp.KindPlace, Name: "Bordeaux", Country: "FR", Source: "lexicon"}
	if got := d.About("near", other, nil).Entities; !slices.Equal(got, []*contrechamp.Entity{other}) {
		t.Errorf("about another place: %v", got)
	}
}
