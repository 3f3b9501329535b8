package claim_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/lexicon"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares texts of our own, testdata/NAME.LANGUAGE.txt, with the claims in NAME.LANGUAGE.claims.
func TestGolden(t *testing.T) {
	e := claimtest.Engine(t)
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden texts: %v", err)
	}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		base := strings.TrimSuffix(f, ".txt")
		var b strings.Builder
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(string(body), base[len(base)-2:])) {
			b.WriteString(claim.Describe(c) + "\n  " + c.Quote.Exact + "\n")
		}
		if *update {
			if err := os.WriteFile(base+".claims", []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(base + ".claims")
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s (renew with -update, then read what changed):\ngot\n%swant\n%s", f, b.String(), want)
		}
	}
}

// sound checks what every claim must be, whatever the text.
func sound(t testing.TB, text contrechamp.Text, claims []contrechamp.Claim, entities []contrechamp.Entity) {
	t.Helper()
	known := map[string]contrechamp.Entity{}
	for _, e := range entities {
		known[e.ID] = e
	}
	for _, c := range claims {
		if !c.Quote.FoundIn(text.Body) {
			t.Errorf("%s: the quote %q is not in the text", claim.Describe(c), c.Quote.Exact)
		}
		if len(c.About) == 0 {
			t.Fatalf("%s claim about nothing", c.Predicate)
		}
		for _, a := range c.About {
			if a.Kind == contrechamp.KindPerson {
				t.Errorf("%s: about a person", claim.Describe(c))
			}
			if _, ok := known[a.ID]; !ok {
				t.Errorf("%s: its subject %s is not among the entities", claim.Describe(c), a.ID)
			}
		}
		switch c.Predicate.ValueKind() {
		case contrechamp.EntityValue:
			if c.Value.Entity == nil || c.Value.Entity.ID == "" {
				t.Errorf("%s: no entity as its value", claim.Describe(c))
			} else if _, ok := known[c.Value.Entity.ID]; !ok {
				t.Errorf("%s: its value is not among the entities", claim.Describe(c))
			}
		case contrechamp.NumberValue:
			if c.Value.Unit == "" || c.Value.Qualifier == "" || c.Value.Entity != nil {
				t.Errorf("%s: value %+v is no number with unit and qualifier", claim.Describe(c), c.Value)
			}
		case contrechamp.DateValue:
			if !c.Value.Date.Valid() {
				t.Errorf("%s: date %v does not exist", claim.Describe(c), c.Value.Date)
			}
		}
		if c.ID != contrechamp.ClaimID(c) || c.Confidence <= 0 || c.Confidence > 1 || c.Rule == "" || c.State != contrechamp.Proposed || c.Modality == "" {
			t.Errorf("%s: incomplete: %+v", claim.Describe(c), c)
		}
	}
}

func TestSameTextSameClaims(t *testing.T) {
	e := claimtest.Engine(t)
	body, err := os.ReadFile("testdata/harbour.en.txt")
	if err != nil {
		t.Fatal(err)
	}
	text := claimtest.Article(string(body), "en")
	first, entities, err := e.Propose(context.Background(), text, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, text, first, entities)
	if len(first) == 0 {
		t.Fatal("no claims")
	}
	done := make(chan []contrechamp.Claim)
	for i := 0; i < 4; i++ {
		go func() {
			claims, _, err := e.Propose(context.Background(), text, time.Time{})
			if err != nil {
				claims = nil
			}
			done <- claims
		}()
	}
	for i := 0; i < 4; i++ {
		if again := <-done; !reflect.DeepEqual(first, again) {
			t.Errorf("the second reading proposes other claims: %v, then %v", first, again)
		}
	}
}

// TestOnlySpeakingParagraphs: menus and repeats propose nothing.
func TestOnlySpeakingParagraphs(t *testing.T) {
	e := claimtest.Engine(t)
	for role, want := range map[contrechamp.Role]bool{
		contrechamp.RoleBody: true, contrechamp.RoleItem: true, contrechamp.RoleTitle: true,
		contrechamp.RoleMeta: true, contrechamp.RoleFurniture: false, contrechamp.RoleRepeat: false,
	} {
		text := sample("Thales installe un dispositif de lecture des plaques en Autriche.", "fr")
		text.Paragraphs[0].Role = role
		if got := len(claimtest.Proposed(t, e, text)) > 0; got != want {
			t.Errorf("a %s paragraph proposes claims: %v, want %v", role, got, want)
		}
	}
	text := sample("Huawei instala um sistema de reconhecimento facial na Sérvia.", "pt")
	if got := claimtest.Proposed(t, e, text); len(got) > 0 {
		t.Errorf("a language without rules proposes %v", got)
	}
}

// TestNamesakes: Cambridge is the one in the country that the text names.
func TestNamesakes(t *testing.T) {
	e := claimtest.Engine(t)
	for body, want := range map[string]string{
		"The police in Cambridge, Massachusetts, in the United States, installed 12 cameras.": "US",
		"The police in Cambridge, in the United Kingdom, installed 12 cameras.":               "GB",
	} {
		text := sample(body, "en")
		_, entities, err := e.Propose(context.Background(), text, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, x := range entities {
			if x.Kind == contrechamp.KindPlace {
				found = true
				if x.Country != want {
					t.Errorf("%q: %s lies in %s, want %s", body, x.ID, x.Country, want)
				}
			}
		}
		if !found {
			t.Errorf("%q: no place", body)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := claimtest.Engine(t).Propose(ctx, sample("Huawei installe des caméras.", "fr"), time.Time{}); err == nil {
		t.Error("a cancelled reading answers no error")
	}
}

func TestNoRuleFiles(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := claim.NewWithRules(lex, fstest.MapFS{}); !errors.Is(err, contrechamp.ErrNotFound) {
		t.Errorf("no rule files at all: %v, want ErrNotFound", err)
	}
	twice := fstest.MapFS{}
	for _, name := range []string{"a.rules", "b.rules"} {
		data, err := os.ReadFile("rules/it.rules")
		if err != nil {
			t.Fatal(err)
		}
		twice[name] = &fstest.MapFile{Data: data}
	}
	if _, err := claim.NewWithRules(lex, twice); !errors.Is(err, contrechamp.ErrConflict) {
		t.Errorf("two files for Italian: %v, want ErrConflict", err)
	}
}

func FuzzPropose(f *testing.F) {
	e := claimtest.Engine(f)
	for _, name := range []string{"testdata/harbour.en.txt", "testdata/rivage.fr.txt"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), strings.Contains(name, ".fr."))
	}
	f.Add("| Ville | Caméras | Fournisseur | État |\n|---|---|---|---|\n| Lyon | 570 | Hikvision | en service |\n| Total | 570 | | |\n", true)
	f.Add("Caméras\n\nVille\tCaméras\tCoût (k€)\nLyon\t570\t41\nDijon\t-\n", true)
	for _, g := range e.Rules() {
		for _, r := range g.Rules {
			f.Add(r.Examples[0].Text, g.Language == "fr")
		}
	}
	f.Fuzz(func(t *testing.T, s string, french bool) {
		language := "en"
		if french {
			language = "fr"
		}
		text := claimtest.Article(strings.ToValidUTF8(s, ""), language)
		claims, entities, err := e.Propose(context.Background(), text, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, text, claims, entities)
		for _, c := range claims {
			if _, err := json.Marshal(contrechamp.RecordOf(c, "x")); err != nil {
				t.Fatal(err)
			}
		}
	})
}
