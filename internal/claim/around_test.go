package claim_test

import (
	"bytes"
	"math"
	"os"
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// aroundTexts name places in many ways: known and unknown, at the edges of paragraphs, behind capitals, in the languages that give every noun a capital.
var aroundTexts = []struct{ language, text string }{
	{"en", "Cameras in Leeds\n\nHarbledale has twelve cameras. In trials supervised by Heriot-Watt University they read plates in Harbledale. Last year Bradford, for its part, saw forty cameras go up near North Harbledale.\n"},
	{"fr", "Lescarolle\n\nÀ Lescarolle, la police utilise douze caméras. Comme à Saint-Ouen-du-Breuil, elles lisent les plaques. La ville voisine de Brivezac en a quarante.\n"},
	{"de", "Kameras in Wallenhagen\n\nIn Wallenhagen hängen zwölf Kameras. Am Bahnhof Altwallenhagen erkennen sie Gesichter. Die Stadt Kassel hat vierzig Kameras.\n"},
}

// TestPlaceWordsAddUp: what a name's words are weighed with is what their weights are fitted on.
func TestPlaceWordsAddUp(t *testing.T) {
	e := claimtest.Engine(t)
	found := false
	for _, x := range aroundTexts {
		text := claimtest.Article(x.text, x.language)
		d := claimtest.Read(t, e, text)
		w := d.PlaceWeights.Words
		for i := range d.Runs {
			r := &d.Runs[i]
			want := 0.0
			for name, share := range d.PlaceWordFeatures(r) {
				place, hint, ok := passage.CutAround(name, naming.PlaceWordPlaces)
				if !ok {
					t.Fatalf("the feature %q has no place", name)
				}
				sums := w.Sums(hint)
				want += share * float64(sums[place])
			}
			if got := d.PlaceWords(r); math.Abs(got-want) > 1e-4 {
				t.Errorf("%s: %q weighs %.4f by its words, its features %.4f", x.language, d.Words(r.First, r.End), got, want)
			}
			found = found || want != 0
		}
	}
	if !found {
		t.Error("no word around any name has a weight")
	}
}

// TestChoiceWordsAddUp: what a choice is weighed with is what its features' weights add up to.
func TestChoiceWordsAddUp(t *testing.T) {
	e := claimtest.Engine(t)
	file, err := os.ReadFile("subject/subject.csv")
	if err != nil {
		t.Fatal(err)
	}
	subjects, err := weight.Parse(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	words := 0
	for _, x := range aroundTexts {
		list, err := e.Candidates(t.Context(), claimtest.Article(x.text, x.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			best, top := -1, math.Inf(-1)
			for i, choice := range c.Choices {
				odds := 0.0
				for _, f := range choice.Features {
					odds += subjects[f.Feature] * f.Value
					if subject.IsChoiceWord(f.Feature) {
						words++
					}
				}
				if odds > top {
					best, top = i, odds
				}
			}
			if best >= 0 && !c.Choices[best].Chosen {
				t.Errorf("%s: of %q the features prefer %s, another was chosen", x.language, c.Claim.Quote.Exact, c.Choices[best].Entity.Name())
			}
		}
	}
	if words == 0 {
		t.Error("no choice has a word around its name")
	}
}

// TestCutAround: the places whose names begin alike are told apart.
func TestCutAround(t *testing.T) {
	for _, tt := range []struct {
		name, hint string
		place      int
		ok         bool
	}{
		{"left: {of}", "{of}", subject.ChoiceLeft, true},
		{"left before: in", "in", subject.ChoiceLeftBefore, true},
		{"between behind: [PLC]", "[PLC]", subject.ChoiceBetweenBehind, true},
		{"main, town", "", 0, false},
		{"left", "", 0, false},
	} {
		place, hint, ok := passage.CutAround(tt.name, subject.ChoiceWordPlaces)
		if place != tt.place || hint != tt.hint || ok != tt.ok {
			t.Errorf("cutAround(%q) = %d, %q, %v", tt.name, place, hint, ok)
		}
	}
}
