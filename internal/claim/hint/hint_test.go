package hint_test

import (
	"math"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/draft"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/hint"
	"contrechamp.org/contrechamp/internal/claim/passage"
)

// What is added up sentence by sentence is what the features of each mention and each sign, which the weights are fitted by, add up to.
func TestHintsAddUp(t *testing.T) {
	for _, text := range []contrechamp.Text{
		claimtest.Article("Malvoisie achète des caméras\n\nLa ville de Malvoisie a signé avec la société Orvalis un contrat de 40 000 euros pour 12 caméras. Elles lisent les plaques depuis mars 2024, et la police municipale les regarde.\n\nL'association Regards Libres demande leur retrait. Le fabricant chinois Dahua avait équipé la gare. Une borne compare les traits de qui entre à des portraits ; l'essai s'arrête en mai.", "fr"),
		claimtest.Article("Cameras in Malton\n\nMalton council signed a contract with Orvalis worth $40,000 for 12 cameras. They have read number plates since March 2024, and Malton Police watch them.\n\nPrivacy Watch wants them gone, and says one alert in five is false, or 20 percent. A kiosk compares portraits; its trial stopped in May.", "en"),
	} {
		e := claimtest.Engine(t)
		hints, err := e.Hints(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		weights := map[string]float64{} // a weight for everything
		weigh := func(target string, names []string) {
			for _, name := range names {
				weights[target+": "+name] = float64(len(weights)%17-8) / 20
			}
		}
		for _, h := range hints {
			weigh(h.Target, h.Hints)
			weigh(h.Sign, h.OfSign)
		}
		w, err := hint.NewWeights(weights)
		if err != nil {
			t.Fatal(err)
		}
		sum := func(target string, names []string) (sum float64) {
			for _, name := range names {
				sum += weights[target+": "+name]
			}
			return sum
		}
		d := claimtest.Read(t, e.WithHints(hint.NoHints()), text)
		d.HintWeights = w
		seen, signs := 0, 0
		d.EachHint(func(c *hint.List, i, u, target int, odds float64) {
			seen++
			if want := sum(hint.Targets[target].Name, c.Names(target, u)); math.Abs(odds-want) > 1e-4 {
				t.Errorf("%s in sentence %d, unit %d: %f, by its features %f", hint.Targets[target].Name, i, u, odds, want)
			}
		}, func(c *hint.List, g grammar.Sign, unit int, odds float64) {
			signs++
			shared, own := c.SignNames(g)
			if want := sum(hint.Targets[hint.SignTarget(g)].Name, shared) + sum(grammar.SignIDs[g], own); math.Abs(odds-want) > 1e-4 {
				t.Errorf("%s in sentence %d, unit %d: %f, by its features %f", grammar.SignIDs[g], c.Sent, unit, odds, want)
			}
		})
		if seen < 30 || signs < 5 {
			t.Errorf("%d mentions and sentences and %d signs were looked at", seen, signs)
		}
	}
}

// What is fitted on outlives the memory of its text.
func TestHintsKeepTheirValues(t *testing.T) {
	hints, err := claimtest.Engine(t).Hints(t.Context(), claimtest.Article("Cameras in Malton\n\nMalton council signed a contract with Orvalis for 12 cameras. They went live in May.", "en"))
	if err != nil {
		t.Fatal(err)
	}
	stages := 0
	for _, h := range hints {
		if h.Predicate == contrechamp.Status {
			stages++
			if h.Target != "status "+h.Value.Entity.ID && h.Sign != h.Value.Entity.ID {
				t.Errorf("a hint at %q has the value %q", h.Target, h.Value.Entity.ID)
			}
		}
	}
	if stages == 0 {
		t.Error("no hint at a stage")
	}
}

// However long a sentence, no sum reaches the bits of the next one: with half of them left for phrases and what stands beside a mention.
func TestHintSumsHaveRoom(t *testing.T) {
	e := claimtest.Engine(t)
	weights, err := hint.EmbeddedWeights()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range e.ByLanguage {
		g.Ready(e.Knowledge.Lexicon)
		most := 0
		h := weights.WordHints(g)
		for k := range h.Rows {
			for target := range hint.MostHintTargets {
				sum := h.Line(int32(k), hint.Any).Of(target)
				most = max(most, sum, -sum)
			}
		}
		if most == 0 || most*passage.MaxSentence > hint.SumBias/2 {
			t.Errorf("%s: a word adds up to %d hundredths", g.Language, most)
		}
	}
}

// Whatever the weights: hints find at most one stage in a sentence, and never what a rule claims already.
func TestHintsSayOneStage(t *testing.T) {
	e := claimtest.Engine(t)
	every := map[string]float64{}
	for i := range hint.Targets {
		every[hint.Targets[i].Name+": text "+hint.Bias] = 3
	}
	w, err := hint.NewWeights(every)
	if err != nil {
		t.Fatal(err)
	}
	text := claimtest.Article("Des caméras à Malvoisie\n\nLe banc d'essai de Malvoisie tourne depuis mai avec douze caméras, et on le rangera à l'automne.\n\nLa société Orvalis regarde les images du marché de Malvoisie.", "fr")
	candidates, err := e.WithHints(w).Candidates(t.Context(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	stages, said := map[int]int{}, map[string]bool{}
	hints := 0
	for _, c := range candidates {
		if strings.HasPrefix(c.Claim.Rule, draft.HintPrefix) {
			hints++
			if c.Claim.Predicate == contrechamp.Status {
				if stages[c.Claim.Quote.Start]++; stages[c.Claim.Quote.Start] > 1 {
					t.Errorf("two stages in %q", c.Claim.Quote.Exact)
				}
			}
		}
		if key := string(c.Claim.Predicate) + " " + c.Claim.Value.Key(); said[key] && strings.HasPrefix(c.Claim.Rule, draft.HintPrefix) {
			t.Errorf("%s is claimed by a hint too", key)
		} else {
			said[key] = true
		}
	}
	if hints == 0 {
		t.Error("no hint claims anything")
	}
}

// What a text does with a name, and what sort of number or date it says, are hints in every language.
func TestOwnHints(t *testing.T) {
	e := claimtest.Engine(t)
	text := claimtest.Article("Malvoisie achète des caméras\n\nLa ville de Malvoisie a signé avec Dahua un contrat pour 40 caméras. Dahua les avait posées à la gare en mars 2024.", "fr")
	text.Published.Date = contrechamp.Date{Year: 2026, Month: 3, Day: 2}
	d := claimtest.Read(t, e.WithHints(hint.NoHints()), text)
	seen := map[string]map[string]bool{}
	d.EachHint(func(c *hint.List, i, u, _ int, _ float64) {
		if u < 0 {
			return
		}
		un := &d.Sentences[i].Units[u]
		words := d.Words(un.First, un.End)
		if seen[words] == nil {
			seen[words] = map[string]bool{}
		}
		c.EachOwnHint(u, func(h hint.OwnHint) { seen[words][hint.OwnHintNames[h]] = true })
	}, func(*hint.List, grammar.Sign, int, float64) {})
	for words, hints := range map[string][]string{
		"Dahua":     {"(a [CO])", "(the only one of its kind)", "(named often: 2)", "(in the lead)", "(known)"},
		"40":        {"(round)", "(digits: 2)", "(exactly)", "(before a [DEV])"},
		"mars 2024": {"(a month)", "(years ago: 2)"},
	} {
		for _, h := range hints {
			if !seen[words][h] {
				t.Errorf("%s has no %s: %v", words, h, seen[words])
			}
		}
	}
}
