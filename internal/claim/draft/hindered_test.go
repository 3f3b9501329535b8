package draft_test

import (
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestWhatIsNotStopped: what is said not to have been stopped is there, and has neither ended nor been suspended; what is so no longer is not running.
func TestWhatIsNotStopped(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, absent string }{
		{"en", "Face recognition in Leeds\nThe protests have not stopped Leeds police from using facial recognition.", "denied ended suspended"},
		{"en", "Face recognition in Leeds\nThe court did not prevent Leeds council from buying cameras with number plate recognition.", "denied ended"},
		{"en", "Face recognition in Leeds\nLeeds has not suspended its facial recognition trial.", "denied suspended"},
		{"en", "Face recognition in Leeds\nThe use of facial recognition in Leeds was not suspended.", "denied suspended"},
		{"en", "Face recognition in Leeds\nLeeds never stopped using facial recognition.", "denied ended"},
		{"en", "Face recognition in Leeds\nThe cameras in Leeds are no longer in use.", "operational"},
		{"fr", "La reconnaissance faciale à Nice\nL'avis de la CNIL n'a pas empêché Nice de tester la reconnaissance faciale.", "denied ended"},
		{"fr", "La reconnaissance faciale à Nice\nL'usage de la reconnaissance faciale n'a pas été suspendu à Nice.", "denied suspended"},
		{"fr", "La reconnaissance faciale à Nice\nLes caméras de Nice ne sont plus en service.", "operational"},
		{"de", "Gesichtserkennung in Köln\nDas Urteil hat den Einsatz der Gesichtserkennung in Köln nicht gestoppt.", "denied ended suspended"},
		{"de", "Gesichtserkennung in Köln\nDer Protest konnte die Kennzeichenerkennung in Köln nicht verhindern.", "denied ended"},
		{"de", "Gesichtserkennung in Köln\nDie Kameras in Köln sind nicht mehr in Betrieb.", "operational"},
		{"es", "Reconocimiento facial en Madrid\nLas críticas no impidieron que Madrid usara el reconocimiento facial.", "denied ended"},
		{"es", "Reconocimiento facial en Madrid\nMadrid no ha suspendido el reconocimiento facial.", "denied suspended"},
		{"es", "Reconocimiento facial en Madrid\nLas cámaras de Madrid ya no están en servicio.", "operational"},
		{"it", "Riconoscimento facciale a Como\nLa sentenza non ha fermato il riconoscimento facciale a Como.", "denied suspended"},
		{"it", "Riconoscimento facciale a Como\nLe telecamere di Como non sono più in funzione.", "operational"},
	} {
		for _, c := range claimtest.Claims(t, e, claimtest.Article(tt.text+"\n", tt.language)) {
			if c.Confidence < claim.Least {
				continue
			}
			if c.Modality == contrechamp.Denied && strings.Contains(tt.absent, "denied") || c.Predicate == contrechamp.Status && strings.Contains(tt.absent, c.Value.Entity.ID) {
				t.Errorf("%s: %s", tt.text, claim.Describe(c))
			}
		}
	}
}

// TestWhatIsStopped: what is stopped beside something else that is negated has ended all the same.
func TestWhatIsStopped(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, stage string }{
		{"en", "Cameras in Leeds\nLeeds did not renew the contract and scrapped its cameras.", "ended"},
		{"en", "Cameras in Leeds\nThe cameras in Leeds, never popular, were removed in May.", "ended"},
		{"fr", "La vidéosurveillance à Nice\nLa reconnaissance faciale n'en a pas moins été suspendue à Nice.", "suspended"},
		{"de", "Kameras in Heilbronn\nDie Kameras in Heilbronn wurden 2015 abgebaut – niemand hat sie vermisst.", "ended"},
		{"it", "Telecamere a Pavia\nIl sistema di videosorveglianza di Pavia è sospeso: il Garante ne dispone la verifica.", "suspended"},
	} {
		claims, _, err := e.Propose(t.Context(), claimtest.Article(tt.text+"\n", tt.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, c := range claims {
			found = found || c.Predicate == contrechamp.Status && c.Value.Entity.ID == tt.stage
		}
		if !found {
			t.Errorf("%s: not %s", tt.text, tt.stage)
		}
	}
}

// TestPlansGivenUp: what was planned and given up was never there; what was there and given up was.
func TestPlansGivenUp(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		there          bool
	}{
		{"fr", "Les caméras de Lille\nLille envisageait la reconnaissance faciale, puis y a renoncé.", false},
		{"de", "Kameras in Köln\nKöln erwog Gesichtserkennung, verzichtete dann aber darauf.", false},
		{"es", "Cámaras en Madrid\nMadrid contemplaba el reconocimiento facial, pero renunció a él.", false},
		{"it", "Telecamere a Como\nComo valutava il riconoscimento facciale, poi ha rinunciato.", false},
		{"fr", "Les caméras de Lille\nLille a utilisé la reconnaissance faciale, puis y a renoncé.", true},
	} {
		there := false
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text+"\n", tt.language)) {
			there = there || c.Predicate == contrechamp.Capability && c.Value.Entity.ID == "face-recognition" && c.Modality == contrechamp.Asserted
		}
		if there != tt.there {
			t.Errorf("%s: asserted is %v", tt.text, there)
		}
	}
}

// TestSinceItStopped: the date from which something is out of order or suspended is not that of its beginning.
func TestSinceItStopped(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		since          bool
	}{
		{"en", "Cameras in Leeds\nThe cameras in Leeds have been out of order since May 2024.", false},
		{"en", "Cameras in Leeds\nThe cameras in Leeds have been in operation since May 2024.", true},
		{"fr", "Les caméras de Lille\nLes caméras de Lille sont en panne depuis mai 2024.", false},
		{"fr", "Les caméras de Lille\nDepuis 2019, Lille n'a plus de caméras.", false},
		{"fr", "Les caméras de Lille\nLes caméras de Lille sont en service depuis mai 2024.", true},
		{"de", "Kameras in Köln\nDie Kameras in Köln sind seit Mai 2024 defekt.", false},
		{"de", "Kameras in Köln\nDie Kameras in Köln sind seit Mai 2024 in Betrieb.", true},
		{"es", "Cámaras en Madrid\nEl reconocimiento facial está suspendido en Madrid desde mayo de 2024.", false},
		{"it", "Telecamere a Como\nLe telecamere di Como sono guaste da maggio 2024.", false},
	} {
		since := false
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text+"\n", tt.language)) {
			since = since || c.Predicate == contrechamp.Since
		}
		if since != tt.since {
			t.Errorf("%s: a beginning is claimed: %v", tt.text, since)
		}
	}
}
