package speech_test

import (
	"context"
	"slices"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestIssuer asks who is taken to contest what a decision finds: the authority of its masthead, and nobody where there is none.
func TestIssuer(t *testing.T) {
	e := claimtest.Engine(t)
	for _, c := range []struct{ language, text, want string }{
		{"fr", "Commission d'accès à l'information\nDécision du 4 mai 2024\nLes caméras de Namur filment la place. Leur usage est illégal, car rien ne le permet.", "Commission d'accès à l'information"},
		{"en", "Information Commissioner's Office\nDecision notice, 4 May 2024\nThe cameras of Leeds film the square. The processing was unlawful, since nothing allowed it.", "Information Commissioner's Office"},
		{"fr", "Le Courrier de Namur\nArticle du 4 mai 2024\nLes caméras de Namur filment la place. Leur usage est illégal, car rien ne le permet.", ""},
	} {
		text := claimtest.Article(c.text, c.language)
		found, err := e.Candidates(context.Background(), text, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range found {
			if f.Claim.Predicate == contrechamp.Objection && f.Claim.Value.Entity != nil {
				names = append(names, f.Claim.Value.Entity.Names...)
			}
		}
		if c.want == "" && len(names) > 0 || c.want != "" && !slices.Contains(names, c.want) {
			t.Errorf("%s: contested by %q, want %q in %q", c.language, names, c.want, c.text)
		}
	}
}
