package quantity

import (
	"testing"

	"contrechamp.org/contrechamp/internal/word"
)

// TestFurtherLanguages: Spanish, German and Italian, whose compounds are one word.
func TestFurtherLanguages(t *testing.T) {
	for _, c := range []struct {
		language, text string
		want           []float64
	}{
		{"es", "Unas treinta y cinco cámaras y doscientas cincuenta farolas.", []float64{35, 250}},
		{"es", "El contrato asciende a 2,4 millones de euros para mil doscientas cámaras.", []float64{2.4e6, 1200}},
		{"es", "Hay 1.250 cámaras, más de dos mil micrófonos.", []float64{1250, 2000}},
		{"de", "Fünfunddreißig Kameras und zweihundertfünfzig Mikrofone.", []float64{35, 250}},
		{"de", "Rund 1.250 Kameras kosten 2,4 Millionen Euro, dreitausend Lampen nicht.", []float64{1250, 2.4e6, 3000}},
		{"de", "Die Stadt gab 3,2 Mio. Euro aus.", []float64{3.2e6}},
		{"it", "Trentacinque telecamere e duecentocinquanta lampioni, ventimila persone.", []float64{35, 250, 20000}},
		{"it", "Oltre 1.250 telecamere per 2,4 milioni di euro.", []float64{1250, 2.4e6}},
		{"es", "Son mil 250 cámaras y mil micrófonos.", []float64{1250, 1000}},
		{"es", "Con apenas 4 mil 791 de las 10 mil 460 cámaras, por 4 mil 200 millones de pesos.", []float64{4791, 10460, 4.2e9}},
		{"es", "Sesenta y cuatro cámaras y sesenta y un micrófonos.", []float64{64, 61}},
		{"es", "Hay 1,282 en todo el estado, y 1,5 millones de pesos.", []float64{1282, 1.5e6}},
		{"de", "Die Polizei Wien betreibt in sieben Garagen 214 Kameras, in Bussen rund 2100 Kameras.", []float64{7, 214, 2100}},
		{"de", "Wien stellte 2018 Kameras auf, Graz 29 Drohnen.", []float64{2018, 29}},
		{"it", "Un milione e centomila euro.", []float64{1.1e6}},
		{"it", "Duecentoventimila euro per n. 47 telecamere, delibera n. 12 del 2021, art. n. 5 comma 2.", []float64{220000, 47, 2021}},
		{"fr", "Un marché portant sur trente drones, une caméra sur dix.", []float64{30}},
		{"en", "Another dozen cameras, and 63 out of one hundred and twenty cameras; nine out of ten people.", []float64{12, 63, 120}},
		{"en", "A Rs 410-cr project.", []float64{4.1e9}},
		{"it", "Un centinaio di telecamere e ventotto droni.", []float64{100, 28}},
	} {
		var got []float64
		for _, f := range Find(c.text, word.Cut(nil, c.text), c.language) {
			got = append(got, f.Number)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: got %v, want %v", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: got %v, want %v", c.text, got, c.want)
			}
		}
	}
}
