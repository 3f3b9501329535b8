package calendar

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// TestFurtherLanguages: Spanish, German and Italian, on 15 May 2024, a Wednesday.
func TestFurtherLanguages(t *testing.T) {
	reference := contrechamp.Date{Year: 2024, Month: 5, Day: 15}
	for _, c := range []struct{ language, text, want string }{
		{"es", "El sistema funciona desde marzo de 2019.", "2019-03"},
		{"es", "Se instaló el 3 de junio de 2021.", "2021-06-03"},
		{"es", "Entró en servicio en 2018.", "2018"},
		{"es", "El sistema funciona desde hace tres años.", "2021"},
		{"es", "Se aprobó el pasado enero.", "2024-01"},
		{"es", "Se aprobó ayer.", "2024-05-14"},
		{"de", "Die Anlage läuft seit März 2019.", "2019-03"},
		{"de", "Am 3. Juni 2021 ging sie in Betrieb.", "2021-06-03"},
		{"de", "Sie läuft seit 2018.", "2018"},
		{"de", "Sie läuft seit drei Jahren.", "2021"},
		{"de", "Im vergangenen Januar wurde sie gebaut.", "2024-01"},
		{"it", "Il sistema è attivo da marzo 2019.", "2019-03"},
		{"it", "È entrato in funzione il 3 giugno 2021.", "2021-06-03"},
		{"it", "È in funzione dal 2018.", "2018"},
		{"it", "È in funzione da tre anni.", "2021"},
		{"en", "It ran from 3 March last year.", "2023-03-03"},
		{"en", "It has run since January 6 this year.", "2024-01-06"},
		{"fr", "Il tourne depuis le 6 janvier de cette année.", "2024-01-06"},
		{"fr", "Le 3 mars de l'an dernier, il tournait.", "2023-03-03"},
		{"es", "Se instaló el 3 de marzo del año pasado.", "2023-03-03"},
		{"de", "Seit dem 6. Januar dieses Jahres läuft sie.", "2024-01-06"},
		{"de", "Am 3. März des vergangenen Jahres lief sie.", "2023-03-03"},
		{"it", "È in funzione dal 3 marzo dell'anno scorso.", "2023-03-03"},
		{"es", "Se hizo el año pasado.", "2023"},
		{"it", "Lo fece l'anno scorso.", "2023"},
		{"it", "Partirà l'anno prossimo.", "2025"},
		{"de", "Im Juni vergangenen Jahres lief sie.", "2023-06"},
		{"it", "Il comune lo ha acquistato lo scorso gennaio.", "2024-01"},
	} {
		found := Find(c.text, word.Cut(nil, c.text), c.language, reference)
		if len(found) != 1 || found[0].Date.String() != c.want {
			t.Errorf("%s: got %v, want %s", c.text, found, c.want)
		}
	}
}
