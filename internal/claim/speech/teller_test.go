package speech_test

import (
	"slices"
	"strings"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/weight"
)

// tellersOf lists whose words some words of a text may be.
func tellersOf(t *testing.T, language, body, words string) []claim.Teller {
	t.Helper()
	at := strings.Index(body, words)
	if at < 0 {
		t.Fatalf("%q is not in %q", words, body)
	}
	out, err := claimtest.Engine(t).Tellers(t.Context(), textOf(language, body), []claim.Said{{Span: contrechamp.Span{Start: at, End: at + len(words)}, Predicate: contrechamp.DeviceCount}})
	if err != nil {
		t.Fatal(err)
	}
	return out[0]
}

// textOf is a text whose lines are its paragraphs.
func textOf(language, body string) contrechamp.Text {
	text := contrechamp.Text{Body: body, Language: language}
	at := 0
	for _, line := range strings.SplitAfter(body, "\n") {
		if end := at + len(strings.TrimSuffix(line, "\n")); end > at {
			text.Paragraphs = append(text.Paragraphs, contrechamp.Paragraph{Span: contrechamp.Span{Start: at, End: end}, Role: contrechamp.RoleBody, Language: language})
		}
		at += len(line)
	}
	return text
}

// TestTellers: whoever may say something is among those to be chosen, and how is told. The texts are invented.
func TestTellers(t *testing.T) {
	const letter = "Riverside Transparency League\n12 Mill Lane\n\nDear Ms Ruiz,\nWe counted the poles ourselves. There are now forty cameras on our streets.\nWith regards,\nJoan Field\n"
	for _, tt := range []struct{ name, language, text, words, who, feature string }{
		{"nobody", "en", "Forty cameras watch Harlow.", "Forty cameras", "", "nobody"},
		{"a verb", "en", "The mayor said that forty cameras watch Harlow.", "forty cameras", "mayor", "covers: a verb and that"},
		{"inverted", "fr", "Quarante caméras filment Brumeval, affirme le maire.", "Quarante caméras", "maire", "covers: a verb before its subject"},
		{"a source", "it", "Secondo il sindaco, quaranta telecamere riprendono Brumeval.", "quaranta telecamere", "sindaco", "covers: a source"},
		{"the last", "fr", "Le maire affirme que tout va bien. Quarante caméras filment Brumeval.", "Quarante caméras", "maire", "spoke last: in the sentence before"},
		{"the next", "en", "Forty cameras watch Harlow. All is well, said the mayor.", "Forty cameras", "mayor", "speaks in the next sentence"},
		{"the head", "en", "The guards at the depot recommended forty cameras.", "forty cameras", "guards", "opens the sentence"},
		{"the letterhead", "en", letter, "forty cameras", "Riverside Transparency League", "of the head, a letter"},
		{"whoever signs", "en", letter, "forty cameras", "Joan Field", "of the last line"},
	} {
		at := slices.IndexFunc(tellersOf(t, tt.language, tt.text, tt.words), func(o claim.Teller) bool {
			called := tt.who == "" && len(o.Names) == 0 || slices.ContainsFunc(o.Names, func(n string) bool { return strings.EqualFold(n, tt.who) })
			return called && slices.ContainsFunc(o.Features, func(f weight.Term) bool { return f.Feature == tt.feature })
		})
		if at < 0 {
			t.Errorf("%s: %q with %q is not among %+v", tt.name, tt.who, tt.feature, tellersOf(t, tt.language, tt.text, tt.words))
		}
	}
}

// TestToldByWeights: what the weights choose where nobody can doubt it.
func TestToldByWeights(t *testing.T) {
	for _, tt := range []struct{ language, text, words, who string }{
		{"en", "Forty cameras watch Harlow. They were bought in 2019.", "Forty cameras", ""},
		{"en", "The mayor said that forty cameras watch Harlow.", "forty cameras", "mayor"},
		{"fr", "« Quarante caméras filment la gare », affirme Ana Ruiz, adjointe au maire.", "Quarante caméras", "Ana Ruiz"},
		{"de", "Vierzig Kameras filmen den Platz, sagte die Sprecherin der Polizei.", "Vierzig Kameras", "Sprecherin"},
		{"es", "El alcalde aseguró que cuarenta cámaras graban la plaza.", "cuarenta cámaras", "alcalde"},
		{"it", "«Quaranta telecamere riprendono la piazza», ha detto il sindaco.", "Quaranta telecamere", "sindaco"},
	} {
		for _, o := range tellersOf(t, tt.language, tt.text, tt.words) {
			called := tt.who == "" && len(o.Names) == 0 || slices.ContainsFunc(o.Names, func(n string) bool { return strings.EqualFold(n, tt.who) })
			if o.Chosen && !called {
				t.Errorf("%q is said by %v, want %q", tt.text, o.Names, tt.who)
			}
		}
	}
}
