package claim

import "testing"

// TestMatters: a text of a ministry speaks of a country's matters, one of a town hall of a town's, in every language.
func TestMatters(t *testing.T) {
	e := engine(t)
	for _, tt := range []struct {
		language, text string
		level          int
	}{
		{"fr", "Réponse du ministère\nLe ministre indique au Sénat que 12 caméras ont été posées.\n", ofCountry},
		{"fr", "Réponse de la mairie\nLe maire indique au conseil municipal que 12 caméras ont été posées.\n", ofTown},
		{"fr", "Rapport du canton\nLe Grand Conseil et la police cantonale ont 12 caméras.\n", ofRegion},
		{"en", "Ministry reply\nThe minister told Parliament that 12 cameras were put up.\n", ofCountry},
		{"en", "Council reply\nThe mayor told councillors that 12 cameras were put up.\n", ofTown},
		{"de", "Antwort des Bundesministeriums\nDie Bundesregierung nennt dem Bundestag 12 Kameras.\n", ofCountry},
		{"de", "Antwort des Rathauses\nDer Bürgermeister nennt dem Gemeinderat 12 Kameras.\n", ofTown},
		{"es", "Respuesta del Ministerio\nEl ministro informa al Congreso de 12 cámaras.\n", ofCountry},
		{"es", "Respuesta del Ayuntamiento\nEl alcalde informa a los concejales de 12 cámaras.\n", ofTown},
		{"it", "Risposta del Ministero\nIl ministro riferisce al Senato di 12 telecamere.\n", ofCountry},
		{"it", "Risposta del Comune\nIl sindaco riferisce agli assessori di 12 telecamere in piazza.\n", ofTown},
	} {
		text := article(tt.text, tt.language)
		d, err := e.read(t.Context(), &text)
		if err != nil {
			t.Fatal(err)
		}
		m := d.findMatters()
		d.release()
		for level := range m.whole {
			if level != tt.level && m.whole[level] >= m.whole[tt.level] {
				t.Errorf("%q: %v, want most at %d", tt.text, m.whole, tt.level)
			}
		}
	}
}
