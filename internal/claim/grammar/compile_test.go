package grammar

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/claim/rulefile"
)

var faces = map[string]bool{"face-recognition": true}

func TestCompileErrors(t *testing.T) {
	for rules, want := range map[string]string{
		"language fr\nsay face-recognition <x> y\n":         "x.rules:2: no class is called <x>",
		"language fr\nsay colour y\n":                       "x.rules:2: no capability is called",
		"language fr\nclass a <b>\n":                        "x.rules:2: class a: no class is called <b>",
		"language fr\nclass a <a>\n":                        "x.rules:2: class a: classes within classes",
		"language fr\nclass sign.colour rouge\n":            "x.rules:2: class sign.colour: \"colour\" is no capability",
		"language fr\nrule a vendor 0.5\n  if {CO:value}\n": "x.rules:2: rule a has 0 examples",
		"language fr\nclass a b\n":                          "x.rules: no prior is given for",
	} {
		file, err := rulefile.Parse("x.rules", strings.NewReader(rules))
		if err != nil {
			t.Fatalf("rules %q: %v", rules, err)
		}
		if _, err := Compile(file, faces); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("rules %q: got %v, want %q", rules, err, want)
		}
	}
}

func TestKindsHaveABitEach(t *testing.T) {
	if len(rulefile.Kinds) != KindCount {
		t.Fatalf("rule files know %d kinds, patterns %d", len(rulefile.Kinds), KindCount)
	}
	for name, want := range map[string]Kind{"CO": CO, "PLC": PLC, "PER": PER, "CAP": CAP, "NUM": NUM, "DAT": DAT, "NAME": NAME} {
		if KindNames[name] != want {
			t.Errorf("%s is %b, want %b", name, KindNames[name], want)
		}
	}
}

func TestInflect(t *testing.T) {
	for word, want := range map[string][]string{
		"caméra/n":  {"caméra", "caméras"},
		"signal/n":  {"signal", "signals", "signaux"},
		"city/n":    {"city", "cities"},
		"equip/v":   {"equip", "equips", "equiped", "equiping", "equipped", "equipping"},
		"install/v": {"install", "installs", "installed", "installing", "installled", "installling"},
		"deploy/v":  {"deploy", "deploys", "deployed", "deploying", "deployyed", "deployying"},
		"supply/v":  {"supply", "supplies", "supplied", "supplying"},
		"bruyant/a": {"bruyant", "bruyants", "bruyante", "bruyantes"},
		"mis en":    {"mis en"},
		"et/ou":     {"et/ou"},
	} {
		if got := inflect(word); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
	for word, some := range map[string][]string{
		"vendre/re":    {"vendre", "vend", "vendu", "vendues", "vendra", "vendant"},
		"exploiter/er": {"exploiter", "exploite", "exploitées", "exploitera", "exploitant"},
		"partager/er":  {"partage", "partageons", "partageant", "partageait"},
		"fournir/ir":   {"fournir", "fournit", "fournissent", "fournies", "fournissait"},
	} {
		for _, form := range some {
			if !slices.Contains(inflect(word), form) {
				t.Errorf("%s: %q has no %q", word, inflect(word), form)
			}
		}
	}
}

// FuzzCompile: whatever a rule file says, it is compiled or refused with its name.
func FuzzCompile(f *testing.F) {
	files, err := filepath.Glob("../rules/*.rules")
	if err != nil || len(files) == 0 {
		f.Fatalf("no rule files: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("language fr\nclass a b\nrule x vendor 0.5\n  if {CO:value} ~3 <a>\n  fires \"a b c\" -> d | e\n")
	f.Fuzz(func(t *testing.T, s string) {
		file, err := rulefile.Parse("x.rules", strings.NewReader(s))
		if err != nil {
			return
		}
		if _, err := Compile(file, faces); err != nil && !strings.HasPrefix(err.Error(), "x.rules") {
			t.Fatalf("an error without file: %v", err)
		}
	})
}
