package quantity

import "testing"

// TestDenomination: what words and marks say of figures that stand elsewhere.
func TestDenomination(t *testing.T) {
	for _, tt := range []struct {
		language, word, currency, symbol string
		scale                            float64
	}{
		{"fr", "€", "EUR", "€", 1}, {"fr", "euros", "EUR", "€", 1}, {"fr", "francs", "", "franc", 1}, {"fr", "milliers", "", "", 1000}, {"fr", "k", "", "", 1000},
		{"de", "chf", "CHF", "CHF", 1}, {"de", "mio", "", "", 1e6}, {"de", "tsd", "", "", 1000}, {"en", "crore", "", "", 1e7}, {"en", "usd", "USD", "$", 1}, {"es", "pesos", "", "peso", 1}, {"en", "$", "", "$", 1},
		{"en", "pounds", "", "", 1}, {"it", "telecamere", "", "", 1}, {"nl", "€", "EUR", "€", 1}, {"en", "", "", "", 1},
	} {
		if currency, symbol, scale := Denomination(tt.word, tt.language); currency != tt.currency || symbol != tt.symbol || scale != tt.scale {
			t.Errorf("%s %q: %q %q %v, want %q %q %v", tt.language, tt.word, currency, symbol, scale, tt.currency, tt.symbol, tt.scale)
		}
	}
}
