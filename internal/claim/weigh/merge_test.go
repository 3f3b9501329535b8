package weigh_test

import (
	"slices"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestOneHome: one word of nationality is the home of one firm. The texts are invented.
func TestOneHome(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		homes          []string
	}{
		{"it", "Telecamere a Lecco\nIl software, Vigilio, è della ditta giapponese NEC. Lecco ha dodici telecamere.\n", []string{"NEC"}},
		{"en", "Cameras in Leeds\nThe system at Leeds, supplied by the South African company Umbani Systems, is new.\n", []string{"Umbani Systems"}},
		{"fr", "Caméras à Lille\nHikvision et Dahua, deux fabricants chinois, équipent Lille.\n", []string{"Dahua Technology"}},
		{"fr", "Caméras à Lille\nHikvision, un fabricant chinois, équipe Lille, et la firme française Thales aussi.\n", []string{"Hikvision", "Thales"}},
	} {
		var got []string
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text, tt.language)) {
			if c.Predicate == contrechamp.Home {
				got = append(got, c.Main().Name())
			}
		}
		if slices.Sort(got); !slices.Equal(got, tt.homes) {
			t.Errorf("%q: homes of %q, want %q", tt.text, got, tt.homes)
		}
	}
}
