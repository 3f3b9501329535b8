package naming_test

import (
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/word"
)

// TestTownsThatNoGazetteerHas: a town that only the text tells of is a place like another. The names are invented.
func TestTownsThatNoGazetteerHas(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ text, place, language string }{
		{"La ville de Valbrune a installé 48 caméras. À Valbrune, les caméras reconnaissent les visages.", "Valbrune", "fr"},
		{"Le maire de Brouillac-sur-Orne annonce que Brouillac-sur-Orne compte 12 caméras.", "Brouillac-sur-Orne", "fr"},
		{"Harrowmere Borough Council runs 96 cameras in the streets of Harrowmere.", "Harrowmere", "en"},
		{"Cameras stand in Harrowmere. Harrowmere Police has 96 cameras.", "Harrowmere", "en"},
		{"The mayor of Pellbridge said that the town has 40 cameras.", "Pellbridge", "en"},
		{"The Safe City project has 40 cameras.", "", "en"},
		{"The Transport Police has 40 cameras.", "", "en"},
		{"The Information Council has 40 cameras.", "", "en"},
		{"El Centro de Control tiene 40 cámaras.", "", "es"},
		{"La ville des Remparts compte 40 caméras.", "", "fr"},
	} {
		text := contrechamp.Text{Body: tt.text, Language: tt.language, Paragraphs: []contrechamp.Paragraph{
			{Span: contrechamp.Span{Start: 0, End: len(tt.text)}, Role: contrechamp.RoleBody, Language: tt.language}}}
		claims, _, err := e.Propose(t.Context(), text, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range claims {
			if c.Predicate == contrechamp.DeviceCount && c.Main().Kind == contrechamp.KindPlace {
				got = c.Main().Name()
				if want := "x-place-" + naming.Slug(tt.place); tt.place != "" && c.Main().ID != want {
					t.Errorf("%q: id %s, want %s", tt.text, c.Main().ID, want)
				}
			}
		}
		if word.Key(got) != word.Key(tt.place) {
			t.Errorf("%q: about %q, want %q", tt.text, got, tt.place)
		}
	}
}
