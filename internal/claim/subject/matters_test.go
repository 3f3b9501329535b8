package subject_test

import (
	"testing"

	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// TestMatters: a text of a ministry speaks of a country's matters, one of a town hall of a town's, in every language.
func TestMatters(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		level          int
	}{
		{"fr", "Réponse du ministère\nLe ministre indique au Sénat que 12 caméras ont été posées.\n", subject.OfCountry},
		{"fr", "Réponse de la mairie\nLe maire indique au conseil municipal que 12 caméras ont été posées.\n", subject.OfTown},
		{"fr", "Rapport du canton\nLe Grand Conseil et la police cantonale ont 12 caméras.\n", subject.OfRegion},
		{"en", "Ministry reply\nThe minister told Parliament that 12 cameras were put up.\n", subject.OfCountry},
		{"en", "Council reply\nThe mayor told councillors that 12 cameras were put up.\n", subject.OfTown},
		{"de", "Antwort des Bundesministeriums\nDie Bundesregierung nennt dem Bundestag 12 Kameras.\n", subject.OfCountry},
		{"de", "Antwort des Rathauses\nDer Bürgermeister nennt dem Gemeinderat 12 Kameras.\n", subject.OfTown},
		{"es", "Respuesta del Ministerio\nEl ministro informa al Congreso de 12 cámaras.\n", subject.OfCountry},
		{"es", "Respuesta del Ayuntamiento\nEl alcalde informa a los concejales de 12 cámaras.\n", subject.OfTown},
		{"it", "Risposta del Ministero\nIl ministro riferisce al Senato di 12 telecamere.\n", subject.OfCountry},
		{"it", "Risposta del Comune\nIl sindaco riferisce agli assessori di 12 telecamere in piazza.\n", subject.OfTown},
	} {
		text := claimtest.Article(tt.text, tt.language)
		d := claimtest.Read(t, e, text)
		m := d.FindMatters()
		for level := range m.Whole {
			if level != tt.level && m.Whole[level] >= m.Whole[tt.level] {
				t.Errorf("%q: %v, want most at %d", tt.text, m.Whole, tt.level)
			}
		}
	}
}
