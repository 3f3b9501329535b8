package naming_test

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// Without a date of its own, a text's days are reckoned from the season or the year that its head names.
func TestDaysAreReckonedFromTheEdition(t *testing.T) {
	e := claimtest.Engine(t)
	for _, c := range []struct{ language, text, want string }{
		{"fr", "Police de Lyon - Rapport d'activité 2018\n\nDepuis le 23 octobre, la police municipale de Lyon utilise quarante caméras.", "2018-10-23"},
		{"fr", "Le Bulletin de Lyon - printemps 2023\n\nDepuis le 6 mars, la police municipale de Lyon utilise quarante caméras.", "2023-03-06"},
		{"fr", "Le Bulletin de Lyon - hiver 2024-2025\n\nDepuis le 6 janvier, la police municipale de Lyon utilise quarante caméras.", "2025-01-06"},
		{"de", "Polizei Ulm - Jahresbericht 2024\n\nSeit dem 10. Juli betreibt die Polizei Ulm vierzig Kameras.", "2024-07-10"},
		{"fr", "Le Bulletin de Lyon\n\nDepuis le 6 mars, la police municipale de Lyon utilise quarante caméras.", ""},
	} {
		text := claimtest.Article(c.text, c.language)
		text.Published = contrechamp.Published{}
		seen, err := e.See(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, m := range seen {
			if m.Date.Day != 0 {
				got = m.Date.String()
			}
		}
		if got != c.want {
			t.Errorf("%.50s: %q, want %q", c.text, got, c.want)
		}
	}
}
