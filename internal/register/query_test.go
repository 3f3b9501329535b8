package register

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

// render writes a search so that a table can be read: forms joined by "/", words by space.
func render(s Search) string {
	var parts []string
	for _, t := range s.Terms {
		var words []string
		for _, forms := range t.Words {
			words = append(words, strings.Join(forms, "/"))
		}
		w := strings.Join(words, " ")
		if len(t.Words) > 1 {
			w = "(" + w + ")"
		}
		if t.Prefix {
			w += "*"
		}
		if t.Not {
			w = "-" + w
		}
		parts = append(parts, w)
	}
	for _, f := range s.Filters {
		parts = append(parts, f.Key+"="+f.Name)
	}
	if !s.From.IsZero() || !s.To.IsZero() {
		parts = append(parts, fmt.Sprintf("%s..%s", s.From, s.To))
	}
	return strings.Join(parts, " ")
}

func TestParseSearch(t *testing.T) {
	for in, want := range map[string]string{
		"nice":                             "nice/nic",
		"NICE":                             "nice/nic",
		"vidéo*":                           "video*",
		"police -drone":                    "police/polic -drone/dron",
		`"caméras augmentées"`:             "(cameras/cam/camera augmentees/augmente)",
		"« Safe City »":                    "(safe/saf city/citi)",
		"Royaume-Uni":                      "(royaume/royaum uni)",
		"l'État":                           "(l etat)",
		"about:Belgrade":                   "about=Belgrade",
		`place:"Saint-Maur" vendor:Huawei`: "place=Saint-Maur vendor=Huawei",
		"PLACE:Nice":                       "place=Nice",
		"date:2021":                        "2021..2021",
		"nice date:2019..2021-06":          "nice/nic 2019..2021-06",
		"nice date:2019..":                 "nice/nic 2019..",
		"nice date:..2019":                 "nice/nic ..2019",
		"http://a":                         "(http a)",
		`nice "unclosed`:                   "nice/nic unclosed/unclos",
		"nice - police":                    "nice/nic police/polic",
		"nice !!!":                         "nice/nic",
	} {
		s, err := ParseSearch(in)
		if err != nil {
			t.Errorf("ParseSearch(%q): %v", in, err)
			continue
		}
		if got := render(s); got != want {
			t.Errorf("ParseSearch(%q) = %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{"", "   ", "-drone", "!!", `""`, "date:soon", "date:", "date:2021-13", "nice date:..",
		strings.Repeat("a", MaxQueryBytes+1), strings.Repeat("a ", maxQueryTerms+1)} {
		_, err := ParseSearch(in)
		if !errors.Is(err, contrechamp.ErrInvalid) || contrechamp.Hint(err) == "" {
			t.Errorf("ParseSearch(%.40q): %v with hint %q, want ErrInvalid with a hint", in, err, contrechamp.Hint(err))
		}
	}
}

func TestHighlight(t *testing.T) {
	for _, tt := range []struct{ query, text, want string }{
		{"camera", "Une caméra, des Caméras.", "caméra|Caméras"},
		{`"reconnaissance faciale"`, "La reconnaissance faciale et la reconnaissance.", "reconnaissance faciale"},
		{"vidéos*", "Vidéosurveillance et vidéo.", "Vidéosurveillance"},
		{"police -drone", "La police et son drone.", "police"},
		{"royaume-uni", "Au Royaume-Uni.", "Royaume-Uni"},
		{"absent", "Rien.", ""},
	} {
		s, err := ParseSearch(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range Highlight(tt.text, "fr", s.Terms) {
			got = append(got, tt.text[h.Start:h.End])
		}
		if g := strings.Join(got, "|"); g != tt.want {
			t.Errorf("%q in %q: got %s, want %s", tt.query, tt.text, g, tt.want)
		}
	}
}

func TestExcerptKeepsTheHighlight(t *testing.T) {
	words := strings.Repeat("éà ", 300) + "caméra" + strings.Repeat(" ùî", 300)
	at := strings.Index(words, "caméra")
	r := Result{Highlights: []contrechamp.Span{{Start: at, End: at + len("caméra")}}}
	r.Words = words
	s := Excerpt(r, 200)
	if !s.Contains(r.Highlights[0]) || s.Len() > 220 || strings.ContainsRune(words[s.Start:s.End], '�') {
		t.Errorf("got %v: %q", s, words[s.Start:s.End])
	}
}

func FuzzParseSearch(f *testing.F) {
	for _, s := range []string{"a", `"a b" -c d*`, "about:", `place:"x`, "date:2019..2020", "-", "-\"x\"", "«»", "*", "a:b:c", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		s, err := ParseSearch(in)
		if err != nil {
			if !errors.Is(err, contrechamp.ErrInvalid) {
				t.Fatalf("%q: %v is not ErrInvalid", in, err)
			}
			return
		}
		for _, term := range s.Terms {
			if len(term.Words) == 0 || slices.ContainsFunc(term.Words, func(f []string) bool { return len(f) == 0 || f[0] == "" }) {
				t.Fatalf("%q has an empty term: %+v", in, term)
			}
		}
		last := 0
		for _, h := range Highlight(in, "fr", s.Terms) {
			if h.Start < last || h.End > len(in) || h.Start >= h.End {
				t.Fatalf("%q: highlight %v after %d", in, h, last)
			}
			last = h.End
		}
	})
}
