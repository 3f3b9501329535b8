package word

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Évreux": "evreux", "ŒUVRE": "oeuvre", "l’État": "l'etat", "Straße": "strasse", "Đorđe": "dorde",
		"ĽUBOŠ": "lubos", "vidéo‑protection": "video-protection", "Београд": "београд", "ａｂ": "ab",
		"e\u0301te\u0301": "ete", "": "", "ABC": "abc",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	for in, want := range map[string]string{
		"Hangzhou Hikvision Co., Ltd.": "hangzhou hikvision co ltd", "  Royaume-Uni ": "royaume uni", "L'Haÿ": "l hay", "«»": "",
	} {
		if got := Key(in); got != want {
			t.Errorf("Key(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for in, want := range map[string]string{
		"L'entreprise chinoise.":       "L'|entreprise|chinoise|.",
		"aujourd’hui, jusqu’à 39,59 %": "aujourd’hui|,|jusqu’|à|39,59|%",
		"the city's 1,100 cameras":     "the|city|'s|1,100|cameras",
		"Royaume-Uni":                  "Royaume|-|Uni",
		"176 millions.en Chine":        "176|millions|.|en|Chine",
		"O'Brien didn't":               "O'Brien|didn|'t",
		"天网 Skynet":                    "天|网|Skynet",
		"DS-2CD7A2XYZ":                 "DS|-|2|CD7A2XYZ",
		"cameras' use":                 "cameras|'|use",
		"« oui »":                      "«|oui|»",
		"en 2019.":                     "en|2019|.",
	} {
		var got []string
		for _, tok := range Cut(nil, in) {
			got = append(got, tok.Of(in))
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("Cut(%q) = %s, want %s", in, g, want)
		}
	}
}

func TestIndexAndForms(t *testing.T) {
	folded, stemmed := Index("Les caméras de l'État surveillent", "fr")
	if strings.Join(folded, " ") != "les cameras de l etat surveillent" {
		t.Errorf("folded %q", folded)
	}
	if len(folded) != len(stemmed) {
		t.Errorf("folded %q and stemmed %q differ in length", folded, stemmed)
	}
	if again, _ := Index("caméras d'état", "en"); strings.Join(again, " ") != "cameras d etat" {
		t.Errorf("folded %q by what is remembered", again)
	}
	word := stemmed[1]
	if !slices.Contains(Forms("caméra"), word) || !slices.Contains(Forms("Cameras"), word) {
		t.Errorf("forms %q and %q do not meet the stem %q", Forms("caméra"), Forms("Cameras"), word)
	}
}

func FuzzCut(f *testing.F) {
	for _, s := range []string{"L'été", "a\xff'b", "1.2.3,4", "天'网", "'", "’’’", "qu’", "\u00ad"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, tok := range Cut(nil, s) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("token %+v after %d of %q", tok, last, s)
			}
			last = tok.End
		}
		if utf8.ValidString(s) && !utf8.ValidString(Fold(s)) {
			t.Fatalf("Fold(%q) is not UTF-8", s)
		}
		folded, stemmed := Index(s, "fr")
		if len(folded) != len(stemmed) || strings.ContainsAny(strings.Join(folded, "")+strings.Join(stemmed, ""), " ") {
			t.Fatalf("Index(%q): %q and %q", s, folded, stemmed)
		}
	})
}
