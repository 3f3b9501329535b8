package naming_test

import (
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// Nothing is claimed of a person because a nationality stands before the name; of a firm it is.
func TestNobodyIsAFirm(t *testing.T) {
	e := claimtest.Engine(t)
	for _, x := range []struct {
		language, text string
		home           bool
	}{
		{"fr", "Le milliardaire américain Rémi Boisard finance la vidéosurveillance de Nancy.", false},
		{"fr", "Le fondateur australien Hoan Verlet-That vend un logiciel de reconnaissance faciale.", false},
		{"en", "The Australian entrepreneur Josh Calloway sells facial recognition to the police.", false},
		{"en", "Josh Calloway, who founded the company, sells facial recognition to the Australian police.", false},
		{"es", "El australiano Ricardo Belmonte financia las cámaras de Sevilla.", false},
		{"it", "L'imprenditore israeliano Davide Merlon vende le telecamere di Torino.", false},
		{"de", "Der amerikanische Investor Peter Hollerbeck verkauft Gesichtserkennung an die Polizei.", false},
		{"fr", "La société israélienne Any Regard équipe Nancy en vidéosurveillance.", true},
		{"en", "The Australian company Blue Lantern sells facial recognition to the police.", true},
	} {
		list, err := e.Candidates(t.Context(), claimtest.Article(x.text+"\n", x.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		home := false
		for _, c := range list {
			home = home || c.Claim.Predicate == contrechamp.Home
		}
		if home != x.home {
			t.Errorf("%s: a home is claimed: %v", x.text, home)
		}
	}
}
