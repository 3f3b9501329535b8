package naming_test

import (
	"slices"
	"testing"

	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// TestSettleWithin: which of several towns is meant is said by what they lie in.
func TestSettleWithin(t *testing.T) {
	e := claimtest.Engine(t)
	for _, x := range []struct{ language, text, want string }{
		{"en", "London, Ontario has 40 cameras.", "place-ca-london"},
		{"en", "London has 40 cameras.", "place-gb-london"},
		{"en", "Birmingham, Alabama installed 200 plate readers.", "place-us-birmingham"},
		{"en", "The Cambridge, Massachusetts police use drones.", "place-us-cambridge"},
		{"en", "Newcastle, New South Wales, has 60 cameras.", "place-au-newcastle"},
		{"en", "Portland, Maine banned facial recognition.", "place-us-portland-4975802"},
		{"en", "Springfield, Mass. has 60 cameras.", "place-us-springfield-4951788"},
		{"en", "Columbus, GA bought 50 cameras.", "place-us-columbus-4188985"},
		{"en", "Kent, WA has 40 cameras.", "place-us-kent"},
		{"en", "Hull, Quebec has 30 cameras.", "x-place-hull"},
		{"en", "Offices in London, California and Texas use cameras.", "place-gb-london"},
		{"fr", "À Vienne, dans l'Isère, la ville compte 80 caméras.", "place-fr-vienne"},
		{"fr", "À Vienne (Isère), 60 caméras filment la ville.", "place-fr-vienne"},
		{"es", "En Mérida, Yucatán, hay 400 cámaras.", "place-mx-merida"},
		{"es", "En Córdoba (Argentina) hay 300 cámaras.", "place-ar-cordoba"},
	} {
		if ids := placesIn(t, e, x.language, x.text); !slices.Contains(ids, x.want) {
			t.Errorf("%s: %v, want %s", x.text, ids, x.want)
		}
	}
}

// TestMeansAlways: a town that the text tells from others at first is that town to its end, and in its title.
func TestMeansAlways(t *testing.T) {
	e := claimtest.Engine(t)
	for text, want := range map[string][]string{
		"Paris police buy drones\n\nPolice in Paris, Texas bought 4 drones. Paris has 24,000 people.":            {"place-us-paris"},
		"Cities\n\nLondon has 600,000 cameras. The other London, Ontario, has 40 cameras. London will buy more.": {"place-gb-london", "place-ca-london"},
		"Police\n\nIn Georgia, Atlanta police use 16,000 cameras.":                                               {"place-us-region-georgia", "place-us-atlanta"},
		"Police\n\nIn Georgia, Tbilisi police use 16,000 cameras.":                                               {"place-ge", "place-ge-tbilisi"},
	} {
		ids := placesIn(t, e, "en", text)
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			if !slices.Contains(want, id) && id != "place-ca-region-ontario" && id != "place-us-region-texas" {
				t.Errorf("%q: %s, want %v alone", text, id, want)
			}
		}
		for _, id := range want {
			if !slices.Contains(ids, id) {
				t.Errorf("%q: %v, want %s", text, ids, id)
			}
		}
	}
}

// placesIn are the places that a text names.
func placesIn(t *testing.T, e *claim.Engine, language, text string) []string {
	t.Helper()
	a := claimtest.Article(text+"\n", language)
	d := claimtest.Read(t, e, a)
	var out []string
	for _, list := range [][]*passage.Mention{d.Mentions, d.Inner} {
		for _, m := range list {
			if m.Kinds&grammar.PLC != 0 && m.Entity != nil {
				out = append(out, m.Entity.ID)
			}
		}
	}
	return out
}
