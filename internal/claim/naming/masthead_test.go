package naming_test

import (
	"slices"
	"testing"

	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestMastheadPlaces: a place within a name of the first lines is seen, a street's is not, nor one of running text.
func TestMastheadPlaces(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		want           []string
	}{
		{"fr", "TOULOUSE ENSEMBLE, le magazine\nLes 12 caméras du centre tournent.\n", []string{"Toulouse"}},
		{"en", "LEEDS SCRUTINY PANEL\nThe 12 cameras of the centre are running.\n", []string{"Leeds"}},
		{"es", "ZARAGOZA CONTIGO\nLas 12 cámaras del centro funcionan.\n", []string{"Zaragoza"}},
		{"it", "BOLOGNA INSIEME, il notiziario\nLe 12 telecamere del centro sono accese.\n", []string{"Bologna"}},
		{"fr", "Rendez-vous rue de Toulouse Prolongée\nLes 12 caméras du centre tournent.\n", nil},
		{"fr", "Douze caméras de plus\nLes caméras tournent.\nLe conseil a voté.\nElles coûtent cher.\nElles filment.\nLa nuit aussi.\nLe jour aussi.\nIl pleut.\nLe magazine Toulouse Ensemble en parle.\n", nil},
	} {
		text := claimtest.Article(tt.text, tt.language)
		d := claimtest.Read(t, e, text)
		var got []string
		for _, x := range d.MastheadPlaces() {
			got = append(got, x.Entity.Name)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
		}
	}
}
