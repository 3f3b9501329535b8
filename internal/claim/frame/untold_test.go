package frame_test

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestWhatNobodySays: what is only asked, or left open, is not claimed, neither as so nor as not so.
func TestWhatNobodySays(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text string }{
		{"en", "Cameras in Leeds\nThe council would not say whether the cameras in Leeds use facial recognition."},
		{"en", "Cameras in Leeds\nIt is not known whether Leeds uses facial recognition."},
		{"fr", "Les caméras de Lille\nLa mairie de Lille refuse de dire si ses 200 caméras reconnaissent les visages."},
		{"fr", "Les caméras de Lille\nOn ignore si les caméras de Lille utilisent la reconnaissance faciale."},
		{"de", "Kameras in Köln\nDie Stadt wollte nicht sagen, ob die Kameras in Köln Gesichter erkennen."},
		{"es", "Cámaras en Madrid\nEl alcalde no quiso decir si Madrid usa el reconocimiento facial."},
		{"it", "Telecamere a Como\nIl sindaco non ha voluto dire se Como usa il riconoscimento facciale."},
	} {
		for _, c := range claimtest.Claims(t, e, claimtest.Article(tt.text+"\n", tt.language)) {
			if c.Predicate == contrechamp.Capability && c.Value.Entity.ID == "face-recognition" && c.Confidence >= claim.Least {
				t.Errorf("%s: %s", tt.text, claim.Describe(c))
			}
		}
	}
}

// TestWhatTheHeadDenies: "none of the thirty" denies what stands far behind it.
func TestWhatTheHeadDenies(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text string }{
		{"en", "Cameras in Leeds\nNone of the 30 cameras in Leeds reads number plates."},
		{"fr", "Les caméras de Lille\nAucune des 30 caméras de Lille ne lit les plaques."},
		{"de", "Kameras in Köln\nKeine der 30 Kameras in Köln liest Kennzeichen."},
		{"es", "Cámaras en Madrid\nNinguna de las 30 cámaras de Madrid lee matrículas."},
		{"it", "Telecamere a Como\nNessuna delle 30 telecamere di Como legge le targhe."},
	} {
		denied := false
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text+"\n", tt.language)) {
			if c.Predicate == contrechamp.Capability && c.Value.Entity.ID == "licence-plate-recognition" {
				if denied = c.Modality == contrechamp.Denied; !denied {
					t.Errorf("%s: %s", tt.text, claim.Describe(c))
				}
			}
		}
		if !denied {
			t.Errorf("%s: nothing is denied", tt.text)
		}
	}
}
