package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed texts
var textFiles embed.FS

// voice says things in one language: the texts of its catalogue, and numbers, dates and values in its spelling.
type voice struct {
	Lang  string
	texts map[string]message
}

// message is a text of the catalogue, with its form for one thing and for several where it counts.
type message struct {
	one   string // "" where the text does not count
	other string
}

// UnmarshalJSON reads "text" or {"one": "...", "other": "..."}.
func (m *message) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &m.other)
	}
	var forms struct{ One, Other string }
	if err := json.Unmarshal(b, &forms); err != nil {
		return err
	}
	m.one, m.other = forms.One, forms.Other
	if m.one == "" || m.other == "" {
		return fmt.Errorf("a text that counts needs the forms one and other")
	}
	return nil
}

// loadCatalogue reads texts/LANGUAGE.json for every language.
func loadCatalogue() (map[string]*voice, error) {
	all := map[string]*voice{}
	for _, lang := range languages {
		b, err := textFiles.ReadFile("texts/" + lang + ".json")
		if err != nil {
			return nil, fmt.Errorf("texts: %w", err)
		}
		v := &voice{Lang: lang}
		if err := json.Unmarshal(b, &v.texts); err != nil {
			return nil, fmt.Errorf("texts/%s.json: %w", lang, err)
		}
		if lang == "fr" {
			for k, m := range v.texts {
				v.texts[k] = message{frenchSpaces(m.one), frenchSpaces(m.other)}
			}
		}
		all[lang] = v
	}
	return all, nil
}

// Has reports whether the catalogue has a text: for things that come from documents and may be unknown to it.
func (v *voice) Has(key string) bool {
	_, ok := v.texts[key]
	return ok
}

// T returns a text with its {places} filled from pairs of name and value: T("found", "query", q). It panics for a
// text that the catalogue lacks: a defect of the program that tests find, never a matter of input.
func (v *voice) T(key string, pairs ...any) string {
	m, ok := v.texts[key]
	if !ok {
		panic(fmt.Sprintf("texts/%s.json has no %q", v.Lang, key))
	}
	return v.fill(m.other, pairs)
}

// N returns a text that counts n, which fills {n}.
func (v *voice) N(key string, n int, pairs ...any) string {
	m, ok := v.texts[key]
	if !ok || m.one == "" {
		panic(fmt.Sprintf("texts/%s.json has no counting text %q", v.Lang, key))
	}
	text := m.other
	// French counts 0 and 1 in the singular, English 1 alone (CLDR plural rules)
	if n == 1 || n == 0 && v.Lang == "fr" {
		text = m.one
	}
	return v.fill(text, append([]any{"n", n}, pairs...))
}

func (v *voice) fill(text string, pairs []any) string {
	if len(pairs) == 0 {
		return text
	}
	if len(pairs)%2 != 0 {
		panic(fmt.Sprintf("text %q: odd number of arguments", text))
	}
	var swaps []string
	for i := 0; i < len(pairs); i += 2 {
		value := ""
		switch x := pairs[i+1].(type) {
		case int:
			value = v.Int(x)
		case string:
			value = x
		default:
			value = fmt.Sprint(x)
		}
		swaps = append(swaps, "{"+pairs[i].(string)+"}", value)
	}
	return strings.NewReplacer(swaps...).Replace(text)
}
