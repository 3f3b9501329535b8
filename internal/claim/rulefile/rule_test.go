package rulefile

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
)

func TestParse(t *testing.T) {
	f, err := Parse("x.rules", strings.NewReader(`# a comment
language fr
trait place-behind
prior count.noun 0.85
class sell vendre/re "mettre en vente"
  <other> écoul*
say face-recognition <recognise> ~3 <face> unless=<not-people>
rule vendor.by vendor 0.8
  if (DEV|<sell>) ~8 ^2 par? {CO+:value:subject}
  with about=deployment unless=<rumour>
  fires "Les caméras ont été fournies par Huawei." -> Huawei | Lyon
  not "L'étude a été fournie par Huawei."
`))
	if err != nil {
		t.Fatal(err)
	}
	want := &File{
		Name: "x.rules", Language: "fr", Traits: []string{"place-behind"}, Priors: map[string]float64{"count.noun": 0.85},
		Classes: []Class{{Name: "sell", Words: []string{"vendre/re", "mettre en vente", "<other>", "écoul*"}, Line: 5}},
		Says: []Say{{Capability: "face-recognition", Unless: "not-people", Line: 7,
			Pattern: Pattern{Line: 7, Elements: []Element{{Classes: []string{"recognise"}}, {Gap: 3}, {Classes: []string{"face"}}}}}},
		Rules: []Rule{{ID: "vendor.by", Predicate: contrechamp.Vendor, Prior: 0.8, Line: 8,
			Options: map[string]string{"about": "deployment", "unless": "<rumour>"},
			Patterns: []Pattern{{Line: 9, Elements: []Element{{Kinds: []string{"DEV"}, Classes: []string{"sell"}}, {Gap: 8}, {Gap: 2, Strict: true},
				{Words: []string{"par"}, Optional: true}, {Kinds: []string{"CO"}, Slot: "value", Subject: true, List: true}}}},
			Examples: []Example{{Text: "Les caméras ont été fournies par Huawei.", Value: "Huawei", About: "Lyon", Fires: true, Line: 11},
				{Text: "L'étude a été fournie par Huawei.", Line: 12}}}},
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("read\n%+v\nwant\n%+v", f, want)
	}
}

func TestParseErrors(t *testing.T) {
	for rules, want := range map[string]string{
		"class a b\n":                                         "x.rules:1: no language line",
		"language fr\nlanguage en\n":                          "x.rules:2: want one language line",
		"language fr\nrule a vendor\n":                        "x.rules:2: want: rule ID PREDICATE PRIOR",
		"language fr\nrule a colour 0.5\n":                    "x.rules:2: rule a",
		"language fr\nrule a vendor 2\n":                      "x.rules:2: rule a: prior",
		"language fr\nrule a vendor 0.5\n  if ~3 CO\n":        "x.rules:3: a pattern neither starts",
		"language fr\nrule a vendor 0.5\n  if CO ~99 PLC\n":   "x.rules:3: gap",
		"language fr\nrule a vendor 0.5\n  if HOUSE\n":        "x.rules:3: no kind of mention is called HOUSE",
		"language fr\nrule a vendor 0.5\n  with colour=red\n": "x.rules:3: rule a has no option",
		"language fr\n  if CO\n":                              "x.rules:2: an indented line",
		"language fr\nclass a \"b\n":                          "x.rules:2: a phrase without its closing",
		"language fr\nhouse\n":                                "x.rules:2: \"house\"",
	} {
		_, err := Parse("x.rules", strings.NewReader(rules))
		if err == nil || !strings.HasPrefix(err.Error(), want) || !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("rules %q: got %v, want %q", rules, err, want)
		}
	}
}

func TestALongRuleFile(t *testing.T) {
	_, err := Parse("x.rules", strings.NewReader("language fr\n"+strings.Repeat("# "+strings.Repeat("x", 1000)+"\n", maxRuleFile/1000)))
	if err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("%v, want an error that names the limit", err)
	}
}

// FuzzParse: whatever a file holds, it is read or refused with its name and a line.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("../rules/*.rules")
	if err != nil || len(files) == 0 {
		f.Fatalf("no rule files: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data[len(data)-2000:]))
	}
	f.Add("language fr\nclass a b\nrule x vendor 0.5\n  if {CO:value} ~3 <a>\n  fires \"a b c\" -> d | e\n")
	f.Fuzz(func(t *testing.T, s string) {
		if _, err := Parse("x.rules", strings.NewReader(s)); err != nil && !strings.HasPrefix(err.Error(), "x.rules:") && !strings.HasPrefix(err.Error(), "read rule file") {
			t.Fatalf("an error without file and line: %v", err)
		}
	})
}
