package weigh

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
)

// TestTimeOf: where a date lies, as far as both are known.
func TestTimeOf(t *testing.T) {
	now := contrechamp.Date{Year: 2024, Month: 5, Day: 14}
	for _, tt := range []struct {
		date contrechamp.Date
		want uint8
	}{
		{contrechamp.Date{Year: 2024}, tenseThisYear},
		{contrechamp.Date{Year: 2024, Month: 5}, tenseThisYear},
		{contrechamp.Date{Year: 2024, Month: 5, Day: 13}, tenseDatePast},
		{contrechamp.Date{Year: 2024, Month: 6}, tenseDateToCome},
		{contrechamp.Date{Year: 2025}, tenseDateToCome},
		{contrechamp.Date{Year: 2019, Month: 12}, tenseDatePast},
	} {
		if got := timeOf(tt.date, now); got != tt.want {
			t.Errorf("timeOf(%v) = %b, want %b", tt.date, got, tt.want)
		}
	}
}
