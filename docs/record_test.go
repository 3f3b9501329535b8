package docs_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/rulefile"
)

// cells answers the first cell of each row of the table that follows a heading, without its back quotes.
func cells(t *testing.T, page, heading string) []string {
	t.Helper()
	_, after, ok := strings.Cut(contents(t, page), "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("%s has no heading %q", page, heading)
	}
	after, _, _ = strings.Cut(after, "\n## ")
	var found []string
	for _, line := range strings.Split(after, "\n") {
		if strings.HasPrefix(line, "| `") {
			found = append(found, strings.Split(line, "`")[1])
		}
	}
	if len(found) == 0 {
		t.Fatalf("%s: no table under %q", page, heading)
	}
	return found
}

func TestClaimsPageListsThePredicatesInTheirOrder(t *testing.T) {
	var want []string
	for _, p := range contrechamp.Predicates() {
		want = append(want, string(p))
	}
	if got := cells(t, "docs/claims.md", "The predicates"); !slices.Equal(got, want) {
		t.Errorf("docs/claims.md lists %v, the program %v", got, want)
	}
}

func TestClaimsPageListsTheFieldsOfTheRecord(t *testing.T) {
	var want []string
	record := reflect.TypeOf(contrechamp.Record{})
	for i := range record.NumField() {
		name, _, _ := strings.Cut(record.Field(i).Tag.Get("json"), ",")
		want = append(want, name)
	}
	if got := cells(t, "docs/claims.md", "The record"); !slices.Equal(got, want) {
		t.Errorf("docs/claims.md lists %v, the record has %v", got, want)
	}
}

func TestClaimsPageListsTheModalities(t *testing.T) {
	want := []string{string(contrechamp.Asserted), string(contrechamp.Denied), string(contrechamp.Possible),
		string(contrechamp.Planned), string(contrechamp.Alleged)}
	if got := cells(t, "docs/claims.md", "Modality"); !slices.Equal(got, want) {
		t.Errorf("docs/claims.md lists %v, the program has %v", got, want)
	}
}

// between answers what a pattern's group finds in the declaration of a source file that starts with a line.
func between(t *testing.T, file, start string, find *regexp.Regexp) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "internal", "claim", file))
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(b), start)
	if !ok {
		t.Fatalf("%s has no line %q: mend this test", file, start)
	}
	declaration, _, _ := strings.Cut(after, "\n}\n")
	var found []string
	for _, m := range find.FindAllStringSubmatch(declaration, -1) {
		found = append(found, m[1])
	}
	if len(found) == 0 {
		t.Fatalf("%s: found nothing after %q: mend this test", file, start)
	}
	slices.Sort(found)
	return found
}

func TestRulesPageListsKindsAndOptions(t *testing.T) {
	kinds := slices.Sorted(slices.Values(rulefile.Kinds))
	options := between(t, "rulefile/rule.go", "var knownOptions = map[string]bool{", regexp.MustCompile(`(?m)"([A-Za-z]+)": +true`))
	for heading, want := range map[string][]string{"Kinds": kinds, "Options": options} {
		got := cells(t, "docs/rules.md", heading)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("docs/rules.md lists under %q %v, the program has %v", heading, got, want)
		}
	}
}

// TestRulesPageExampleIsARuleFile reads the example of the page with the parser that the program uses.
func TestRulesPageExampleIsARuleFile(t *testing.T) {
	_, after, ok := strings.Cut(contents(t, "docs/rules.md"), "```rules\n")
	if !ok {
		t.Fatal("docs/rules.md has no example between ```rules and ```")
	}
	example, _, _ := strings.Cut(after, "\n```")
	f, err := rulefile.Parse("docs/rules.md", strings.NewReader(example))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Rules) != 1 || len(f.Says) != 1 || len(f.Rules[0].Examples) != 3 {
		t.Errorf("the example holds %d rules, %d says: want one each, with three examples", len(f.Rules), len(f.Says))
	}
}
