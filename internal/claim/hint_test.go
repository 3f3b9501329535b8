package claim

import (
	"math"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/claim/passage"

	contrechamp "contrechamp.org/contrechamp"
)

// What is added up sentence by sentence is what the features of each mention and each sign, which the weights are fitted by, add up to.
func TestHintsAddUp(t *testing.T) {
	for _, text := range []contrechamp.Text{
		article("Malvoisie achète des caméras\n\nLa ville de Malvoisie a signé avec la société Orvalis un contrat de 40 000 euros pour 12 caméras. Elles lisent les plaques depuis mars 2024, et la police municipale les regarde.\n\nL'association Regards Libres demande leur retrait. Le fabricant chinois Dahua avait équipé la gare. Une borne compare les traits de qui entre à des portraits ; l'essai s'arrête en mai.", "fr"),
		article("Cameras in Malton\n\nMalton council signed a contract with Orvalis worth $40,000 for 12 cameras. They have read number plates since March 2024, and Malton Police watch them.\n\nPrivacy Watch wants them gone, and says one alert in five is false, or 20 percent. A kiosk compares portraits; its trial stopped in May.", "en"),
	} {
		e := engine(t)
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
		w, err := NewHintWeights(weights)
		if err != nil {
			t.Fatal(err)
		}
		sum := func(target string, names []string) (sum float64) {
			for _, name := range names {
				sum += weights[target+": "+name]
			}
			return sum
		}
		d, err := e.WithHints(noHints()).reading(t.Context(), &text)
		if err != nil {
			t.Fatal(err)
		}
		d.hintDoc.weights = w
		seen, signs := 0, 0
		d.eachHint(func(c *hintList, i, u, target int, odds float64) {
			seen++
			if want := sum(hintTargets[target].name, c.names(target, u)); math.Abs(odds-want) > 1e-4 {
				t.Errorf("%s in sentence %d, unit %d: %f, by its features %f", hintTargets[target].name, i, u, odds, want)
			}
		}, func(c *hintList, g grammar.Sign, unit int, odds float64) {
			signs++
			shared, own := c.signNames(g)
			if want := sum(hintTargets[signTarget(g)].name, shared) + sum(grammar.SignIDs[g], own); math.Abs(odds-want) > 1e-4 {
				t.Errorf("%s in sentence %d, unit %d: %f, by its features %f", grammar.SignIDs[g], c.sent, unit, odds, want)
			}
		})
		if seen < 30 || signs < 5 {
			t.Errorf("%d mentions and sentences and %d signs were looked at", seen, signs)
		}
		release(d)
	}
}

// What is fitted on outlives the memory of its text.
func TestHintsKeepTheirValues(t *testing.T) {
	hints, err := engine(t).Hints(t.Context(), article("Cameras in Malton\n\nMalton council signed a contract with Orvalis for 12 cameras. They went live in May.", "en"))
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
	e := engine(t)
	for _, g := range e.ByLanguage {
		g.Ready(e.Knowledge.Lexicon)
		most := 0
		h := e.hints.wordHints(g)
		for k := range h.rows {
			for target := range mostHintTargets {
				sum := h.line(int32(k), hintAny).of(target)
				most = max(most, sum, -sum)
			}
		}
		if most == 0 || most*passage.MaxSentence > sumBias/2 {
			t.Errorf("%s: a word adds up to %d hundredths", g.Language, most)
		}
	}
}

// Whatever the weights: hints find at most one stage in a sentence, and never what a rule claims already.
func TestHintsSayOneStage(t *testing.T) {
	e := engine(t)
	every := map[string]float64{}
	for i := range hintTargets {
		every[hintTargets[i].name+": text "+hintBias] = 3
	}
	w, err := NewHintWeights(every)
	if err != nil {
		t.Fatal(err)
	}
	text := article("Des caméras à Malvoisie\n\nLe banc d'essai de Malvoisie tourne depuis mai avec douze caméras, et on le rangera à l'automne.\n\nLa société Orvalis regarde les images du marché de Malvoisie.", "fr")
	candidates, err := e.WithHints(w).Candidates(t.Context(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	stages, said := map[int]int{}, map[string]bool{}
	hints := 0
	for _, c := range candidates {
		if strings.HasPrefix(c.Claim.Rule, hintPrefix) {
			hints++
			if c.Claim.Predicate == contrechamp.Status {
				if stages[c.Claim.Quote.Start]++; stages[c.Claim.Quote.Start] > 1 {
					t.Errorf("two stages in %q", c.Claim.Quote.Exact)
				}
			}
		}
		if key := string(c.Claim.Predicate) + " " + c.Claim.Value.Key(); said[key] && strings.HasPrefix(c.Claim.Rule, hintPrefix) {
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
	e := engine(t)
	text := article("Malvoisie achète des caméras\n\nLa ville de Malvoisie a signé avec Dahua un contrat pour 40 caméras. Dahua les avait posées à la gare en mars 2024.", "fr")
	text.Published.Date = contrechamp.Date{Year: 2026, Month: 3, Day: 2}
	d, err := e.WithHints(noHints()).reading(t.Context(), &text)
	if err != nil {
		t.Fatal(err)
	}
	defer release(d)
	seen := map[string]map[string]bool{}
	d.eachHint(func(c *hintList, i, u, _ int, _ float64) {
		if u < 0 {
			return
		}
		un := &d.Sentences[i].Units[u]
		words := d.Words(un.First, un.End)
		if seen[words] == nil {
			seen[words] = map[string]bool{}
		}
		c.eachOwnHint(u, func(h ownHint) { seen[words][ownHintNames[h]] = true })
	}, func(*hintList, grammar.Sign, int, float64) {})
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
