package examples_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/read"
)

// now is when the samples are read in tests: after the last date that they say.
var now = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

func reading(t *testing.T, name string) contrechamp.Text {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	text, err := read.Read(t.Context(), read.Source{Bytes: raw, Name: name, Digest: contrechamp.Sum(raw), Now: now})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return text
}

// spoken joins what a text's own voice says, and the rest.
func spoken(text contrechamp.Text) (says, silent string) {
	var yes, no []string
	for _, p := range text.Paragraphs {
		if p.Role.Speaks() {
			yes = append(yes, p.Of(text.Body))
		} else {
			no = append(no, p.Of(text.Body))
		}
	}
	return strings.Join(yes, "\n"), strings.Join(no, "\n")
}

func TestEveryDocumentIsReadWithItsDateAndLanguage(t *testing.T) {
	want := map[string]struct{ date, language string }{
		"belgrade-revue-de-presse.html":        {"2023-03-06", "fr"},
		"dunslow-port-authority-statement.txt": {"2025-08-14", "en"},
		"harrowmere-committee-report.txt":      {"2025-12-09", "en"},
		"harrowmere-herald-trial.html":         {"2025-05-21", "en"},
		"lists-and-bans.txt":                   {"2024-11-18", "en"},
		"london-and-cardiff-figures.html":      {"2025-11-28", "en"},
		"montfaurel-conseil-municipal.txt":     {"2025-06-17", "fr"},
		"nice-ce-que-disent-les-juges.txt":     {"2026-03-12", "fr"},
		"pellbridge-register-of-systems.html":  {"2026-02-02", "en"},
		"sarvigny-page-presque-vide.html":      {"2025-11-05", "fr"},
		"tessavue-qui-sommes-nous.html":        {"2025-01-15", "fr"},
		"valbrune-collectif-communique.txt":    {"2025-02-03", "fr"},
		"valbrune-gazette-64-cameras.html":     {"2024-10-08", "fr"},
		"valbrune-mairie-reponse.html":         {"2024-10-10", "fr"},
	}
	for _, name := range names(t) {
		text := reading(t, name)
		if got := text.Published.Date.String(); got != want[name].date {
			t.Errorf("%s: date %q from %q, want %q", name, got, text.Published.From, want[name].date)
		}
		if text.Language != want[name].language {
			t.Errorf("%s: language %q, want %q", name, text.Language, want[name].language)
		}
		if text.Title == "" {
			t.Errorf("%s has no title", name)
		}
	}
}

// What stands around an article must not speak, and what it says must.
func TestFurnitureDoesNotSpeak(t *testing.T) {
	for _, c := range []struct{ name, says, silent string }{
		{"valbrune-gazette-64-cameras.html", "a installé 64 caméras", "300 caméras"},
		{"valbrune-gazette-64-cameras.html", "dénonce un système", "Le pont de la Brune"},
		{"valbrune-mairie-reponse.html", "dispose de 48 caméras en 2024", "Vos démarches"},
		{"valbrune-collectif-communique.txt", "a saisi le tribunal administratif", "Faites un don"},
		{"sarvigny-page-presque-vide.html", "a installé neuf caméras", "30 recrues"},
		{"harrowmere-herald-trial.html", "Fourteen cameras on Corn Street", "They had 500 of these"},
		{"pellbridge-register-of-systems.html", "40 plate readers", "Accessibility statement"},
		{"dunslow-port-authority-statement.txt", "will buy six drones", "Subscribe to our press releases"},
	} {
		says, silent := spoken(reading(t, c.name))
		if !strings.Contains(says, c.says) {
			t.Errorf("%s does not say %q", c.name, c.says)
		}
		if strings.Contains(says, c.silent) || !strings.Contains(silent, c.silent) {
			t.Errorf("%s: %q must stay in the text and say nothing", c.name, c.silent)
		}
	}
}

func TestTheTextSavedTwiceSpeaksOnce(t *testing.T) {
	says, _ := spoken(reading(t, "valbrune-collectif-communique.txt"))
	if got := strings.Count(says, "a saisi le tribunal administratif"); got != 1 {
		t.Errorf("the collective's text speaks %d times, want once", got)
	}
}

// engine is made once: the lexicon and the rules take longer to load than the samples to read.
var engine = sync.OnceValues(func() (*claim.Engine, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	return claim.New(lex)
})

func claims(t *testing.T, name string) []contrechamp.Claim {
	t.Helper()
	engine, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	found, _, err := engine.Propose(t.Context(), reading(t, name), now)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestTheFirstMinuteShowsDisagreements keeps the promise of README.md: in Belgrade one voice says it and another denies
// it; in Valbrune the newspaper counts 64 cameras that recognise faces, and the mayor 48 that do not.
func TestTheFirstMinuteShowsDisagreements(t *testing.T) {
	const asserted, denied = contrechamp.Asserted, contrechamp.Denied
	for _, c := range []struct {
		name     string
		place    string
		modality contrechamp.Modality
		cameras  float64 // 0 where that is not the point
	}{
		{"belgrade-revue-de-presse.html", "Belgrade", asserted, 1000},
		{"belgrade-revue-de-presse.html", "Belgrade", denied, 0},
		{"valbrune-gazette-64-cameras.html", "Valbrune", asserted, 64},
		{"valbrune-mairie-reponse.html", "Valbrune", denied, 48},
	} {
		found := claims(t, c.name)
		if !slices.ContainsFunc(found, func(f contrechamp.Claim) bool {
			return f.Predicate == contrechamp.Capability && f.Modality == c.modality && isAbout(f, c.place) &&
				f.Value.Entity.ID == "face-recognition"
		}) {
			t.Errorf("%s: none of %d claims says that face recognition in %s is %s", c.name, len(found), c.place, c.modality)
		}
		if c.cameras > 0 && !slices.ContainsFunc(found, func(f contrechamp.Claim) bool {
			return f.Predicate == contrechamp.DeviceCount && f.Modality == asserted && isAbout(f, c.place) && f.Value.Number == c.cameras
		}) {
			t.Errorf("%s: none of %d claims counts %v cameras in %s", c.name, len(found), c.cameras, c.place)
		}
	}
}

// isAbout reports whether a claim is about something of that name.
func isAbout(c contrechamp.Claim, name string) bool {
	return slices.ContainsFunc(c.About, func(a contrechamp.EntityRef) bool { return slices.Contains(a.Names, name) })
}

// TestEveryPredicateIsFoundInTheSamples keeps what README.md says of them: one claim of each predicate at least.
func TestEveryPredicateIsFoundInTheSamples(t *testing.T) {
	found := map[contrechamp.Predicate]int{}
	for _, name := range names(t) {
		for _, c := range claims(t, name) {
			found[c.Predicate]++
		}
	}
	for _, p := range contrechamp.Predicates() {
		if found[p] == 0 {
			t.Errorf("no sample document yields a claim of predicate %s", p)
		}
	}
}
