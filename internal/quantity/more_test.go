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
