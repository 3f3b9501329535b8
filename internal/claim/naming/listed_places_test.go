package naming_test

import (
	"slices"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestOfEachPlaceOfAList: what stands in several towns stands in each of them; a town and its region are no list. The texts are invented.
func TestOfEachPlaceOfAList(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		want           []string // of which places face recognition is claimed
	}{
		{"en", "Cameras\nFace recognition cameras were installed in Leeds, York and Hull.\n", []string{"Kingston upon Hull", "Leeds", "York"}},
		{"fr", "Caméras\nDes caméras à reconnaissance faciale sont installées à Lille, à Lens et à Arras.\n", []string{"Arras", "Lens", "Lille"}},
		{"en", "Cameras\nFace recognition cameras were installed in Leeds, England.\n", []string{"Leeds"}},
	} {
		var got []string
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text, tt.language)) {
			if c.Predicate == contrechamp.Capability && c.Value.Entity.ID == "face-recognition" {
				got = append(got, c.Main().Name())
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q: got %q, want %q", tt.language, tt.text, got, tt.want)
		}
	}
}

// TestNameSaysWhatItDoes: the name of a programme may hold a capability.
func TestNameSaysWhatItDoes(t *testing.T) {
	const text = "Buenos Aires\nLos vecinos preguntan a la CABA cuánto cuesta su Sistema de Reconocimiento Facial de Prófugos.\n"
	found := false
	for _, c := range claimtest.Proposed(t, claimtest.Engine(t), claimtest.Article(text, "es")) {
		found = found || c.Predicate == contrechamp.Capability && c.Value.Entity.ID == "face-recognition" && c.Main().Name() == "Buenos Aires"
	}
	if !found {
		t.Error("no face recognition in Buenos Aires")
	}
}

// TestPresentPassive: "wird eingesetzt" is so today, "wird kommen" and "wird eingesetzt werden" are to come.
func TestPresentPassive(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"Die Anlage wird in Ulm seit Jahren genutzt.", true},
		{"Die Anlage wird von der Polizei betrieben, die sie bald erneuert.", true},
		{"Die Bilder werden 48 Stunden gespeichert und gelöscht.", true},
		{"Das System wird in Ulm erst 2031 kommen.", false},
		{"Das System wird in Ulm eingesetzt werden.", false},
		{"Die Stadt wird sechs Kameras kaufen.", false},
	} {
		text := claimtest.Article("Ulm\n"+tt.text+"\n", "de")
		d := claimtest.Read(t, claimtest.Engine(t), text)
		got := false
		for i := range d.Tokens {
			got = got || d.PresentPassive(d.Paragraphs[d.ParaOf(i)].Grammar, i)
		}
		if got != tt.want {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
		}
	}
}
