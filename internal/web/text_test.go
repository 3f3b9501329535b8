package web

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

// placeholders returns the {places} of a text, sorted.
func placeholders(s string) []string {
	found := regexp.MustCompile(`\{[a-z]+\}`).FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestLanguagesAreComplete(t *testing.T) {
	all, err := loadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages {
		for _, other := range languages {
			for key, m := range all[other].texts {
				own, ok := all[lang].texts[key]
				switch {
				case !ok:
					t.Errorf("texts/%s.json has no %q", lang, key)
				case (m.one == "") != (own.one == ""):
					t.Errorf("%q counts in one language only", key)
				case !slices.Equal(placeholders(m.other), placeholders(own.other)):
					t.Errorf("%q: places %v in %s, %v in %s", key, placeholders(own.other), lang, placeholders(m.other), other)
				}
			}
		}
	}
}

func TestFrenchIsTypeset(t *testing.T) {
	all, err := loadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for key, m := range all["fr"].texts {
		for _, s := range []string{m.one, m.other} {
			for _, bad := range []string{" ;", " ?", " !", " :", " %", "« ", " »", "'", "..."} {
				if strings.Contains(s, bad) {
					t.Errorf("%s: %q in %q", key, bad, s)
				}
			}
			if regexp.MustCompile(`[\p{L}][;?!:]`).MatchString(s) && !strings.Contains(s, "?q=") {
				t.Errorf("%s: a sign without its space in %q", key, s)
			}
		}
	}
}

// TestTextsAreUsed: what no template and no line of Go asks for by name or by family is not in the catalogue, and
// what they ask for by name is.
func TestTextsAreUsed(t *testing.T) {
	var source strings.Builder
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "browsertest" {
			if err == nil {
				err = fs.SkipDir
			}
			return err
		}
		if strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			source.Write(b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := loadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`[.$ ](?:T|N) "([a-z_.0-9]+)"|\.(?:T|N)\("([a-z_.0-9]+)"[,)]`).FindAllStringSubmatch(source.String(), -1) {
		if key := m[1] + m[2]; !all["en"].Has(key) {
			t.Errorf("the pages ask for %q, which no catalogue has", key)
		}
	}
	families := []string{"capability.", "status.", "question.", "verdict.", "predicate.", "group.", "elsewhere.", "modality.", "state.", "kind.",
		"list.", "unit.", "large.", "month.", "language.", "qualifier.", "method.", "error.", "api.hint.", "role.", "dossier.kind.", "fact.",
		"dispute.side.", "document.date_from.", "nav.", "map.wind.", "map.supposed.", "map.field.", "map.direction.", "map.move.", "map.case.",
		"map.kind.", "map.setting.", "captured.why.", "why.step.", "why.slot.", "why.told.", "withheld.order", "withheld.request", "withheld.review", "contribute.step.", "look.side.", "look.wrong."}
	for key := range all["en"].texts {
		if strings.Contains(source.String(), `"`+key+`"`) {
			continue
		}
		if !slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(key, f) }) {
			t.Errorf("no page says %q", key)
		}
	}
	for _, p := range contrechamp.Predicates() {
		for _, key := range []string{"predicate." + string(p), "group." + string(p)} {
			if !all["en"].Has(key) {
				t.Errorf("no text for %s", key)
			}
		}
	}
	for _, k := range []contrechamp.EntityKind{contrechamp.KindPlace, contrechamp.KindCompany, contrechamp.KindProduct, contrechamp.KindProgramme, contrechamp.KindOrganisation} {
		for _, p := range headline(k) {
			if !all["en"].Has("fact." + string(p)) {
				t.Errorf("no text for the fact %s", p)
			}
		}
	}
}

func TestSpelling(t *testing.T) {
	all, err := loadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	fr, en := all["fr"], all["en"]
	for _, tt := range []struct{ got, want string }{
		{fr.Number(1234567.5), "1\u202f234\u202f567,5"}, {en.Number(1234567.5), "1,234,567.5"},
		{fr.Int(999), "999"}, {en.Int(1000), "1,000"}, {fr.Int(-1000), "−1\u202f000"},
		{fr.Percent(39.59), "39,59\u202f%"}, {en.Percent(39.59), "39.59%"},
		{fr.Date(contrechamp.Date{Year: 2021, Month: 6, Day: 1}), "1er juin 2021"}, {en.Date(contrechamp.Date{Year: 2021, Month: 6, Day: 1}), "1 June 2021"},
		{fr.Date(contrechamp.Date{Year: 2021, Month: 8}), "août 2021"}, {en.Date(contrechamp.Date{Year: 2019}), "2019"}, {fr.Date(contrechamp.Date{}), ""},
		{fr.Instant(fixtureTime), "2 novembre 2026 à 14:06 UTC"}, {en.Instant(fixtureTime), "2 November 2026 at 14:06 UTC"},
		{fr.Amount(number(1000, "camera", contrechamp.About)), "environ 1\u202f000\u00a0caméras"},
		{en.Amount(number(1, "camera", contrechamp.AtLeast)), "at least 1\u00a0camera"},
		{fr.Amount(number(2760000, "EUR", contrechamp.Exactly)), "2,76 millions\u00a0d’euros"},
		{fr.Amount(number(1e6, "camera", contrechamp.AtMost)), "au plus 1 million\u00a0de caméras"},
		{en.Amount(number(3.2e9, "USD", "")), "3.2 billion\u00a0US dollars"},
		{en.Amount(number(1e6, "person", "")), "1 million\u00a0persons"},
		{fr.Amount(number(2762345, "XTS", "")), "2\u202f762\u202f345\u00a0XTS"},
		{en.Amount(number(90, "percent", contrechamp.AtLeast)), "at least 90%"},
		{fr.Quoted("un  mot"), "«\u00a0un mot\u00a0»"}, {en.Quoted("a word"), "“a word”"}, {en.Quoted("« déjà »"), "« déjà »"},
		{en.Quoted("“a” or “b”"), "““a” or “b””"},
		{fr.N("count.claims", 0), "0 énoncé"}, {en.N("count.claims", 0), "0 claims"}, {fr.N("count.claims", 2), "2 énoncés"},
		{fr.Upper("émotions"), "Émotions"}, {fr.Upper(""), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

// write shows runs with their nesting: words [id: words].
func show(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Marked {
			b.WriteString("[" + r.ID + ":" + show(r.Inside) + "]")
		} else {
			b.WriteString(r.Words)
		}
	}
	return b.String()
}

func TestMarks(t *testing.T) {
	at := func(id string, from, to int) mark { return mark{Span: contrechamp.Span{Start: from, End: to}, ID: id} }
	const body = "0123456789"
	para := contrechamp.Span{Start: 1, End: 9}
	for _, tt := range []struct {
		marks []mark
		want  string
	}{
		{nil, "12345678"},
		{[]mark{at("a", 2, 4)}, "1[a:23]45678"},
		{[]mark{at("a", 2, 4), at("b", 4, 6)}, "1[a:23][b:45]678"},
		{[]mark{at("b", 3, 4), at("a", 2, 6)}, "1[a:2[b:3]45]678"},
		{[]mark{at("a", 2, 4), at("b", 2, 4)}, "1[a:[b:23]]45678"},
		{[]mark{at("a", 2, 5), at("b", 4, 7)}, "1[a:23[b:4]][:56]78"},
		{[]mark{at("a", 2, 5), at("b", 4, 7), at("c", 6, 8)}, "1[a:23[b:4]][:5[c:6]][:7]8"},
		{[]mark{at("a", 0, 3), at("b", 8, 10)}, "[:12]34567[b:8]"},
		{[]mark{at("a", 1, 9)}, "[a:12345678]"},
		{[]mark{at("a", 9, 10)}, "12345678"},
	} {
		if got := show(marked(body, para, tt.marks)); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.marks, got, tt.want)
		}
	}
}
