package weight

import (
	"errors"
	"maps"
	"strings"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
)

func TestParse(t *testing.T) {
	got, err := Parse(strings.NewReader("feature,weight\nbias,-0.5\n\"a, b\",2\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]float64{"bias": -0.5, "a, b": 2}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestParseNamesTheLine(t *testing.T) {
	for _, bad := range []struct{ file, names string }{
		{"feature,weight\nbias,much\n", "weights:2:"},
		{"feature,weight\nbias,1\nbias,2\n", "weights:3:"},
		{"feature,weight\nbias,NaN\n", "weights:2:"},
		{"feature,weight\nbias,+Inf\n", "weights:2:"},
		{"feature,weight\nbias\n", "line 2"},
	} {
		_, err := Parse(strings.NewReader(bad.file))
		if !errors.Is(err, contrechamp.ErrInvalid) || !strings.Contains(err.Error(), bad.names) {
			t.Errorf("%q: %v, want an error that names %q", bad.file, err, bad.names)
		}
	}
}
