package read

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
)

// TestSheetOfFacts: labelled lines one below the other are items, two of them or a dialogue are not. The texts are invented.
func TestSheetOfFacts(t *testing.T) {
	const prose = "The council chose the system after a trial of eight weeks, and says that the number of thefts has gone down since then.\n"
	for _, tt := range []struct {
		name, text string
		items      int
	}{
		{"case study", "How Ballina saves time\n\nAT A GLANCE\nCustomer: Ballina Council\nCameras: 418 at 37 sites\nLive since: February 2023\n\n" + prose, 3},
		{"French colons", "Voiron gagne du temps\n\nPopulation : 20 000 habitants\nCaméras : 64\nIntégrateur : Alpes Réseaux\n\n" + prose, 3},
		{"two lines only", "How Ballina saves time\n\nCustomer: Ballina Council\nCameras: 418\n\n" + prose, 0},
		{"dialogue", "A talk in Ballina\n\n" + prose + "\nReporter: How many are there?\nMayor: There are forty.\nReporter: Who watches them?\nMayor: The police do.\n\n" + prose, 0},
	} {
		p, err := readPlain(t.Context(), Source{Bytes: []byte(tt.text), MediaType: "text/plain"})
		if err != nil {
			t.Fatal(err)
		}
		items := 0
		for _, x := range p.paragraphs {
			if x.Role == contrechamp.RoleItem {
				items++
			}
		}
		if items != tt.items {
			t.Errorf("%s: %d items, want %d", tt.name, items, tt.items)
		}
	}
}
