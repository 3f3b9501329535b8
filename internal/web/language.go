package web

import (
	"net/http"
	"strings"

	"golang.org/x/text/language"
)

// languages are those that the pages speak. The first is spoken to readers whose browser asks for none of them.
var languages = []string{"en", "fr"}

var matcher = language.NewMatcher([]language.Tag{language.English, language.French})

// preferred returns the language that a browser asks for.
func preferred(r *http.Request) string {
	// a header that cannot be read asks for nothing
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return languages[0]
	}
	_, i, _ := matcher.Match(tags...)
	return languages[i]
}

// chooseLanguage leads from "/" to the pages in the reader's language. Their choice after that is in the address.
func (s *site) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, "/"+preferred(r)+"/", http.StatusFound)
}

// languageOf returns the language of an address, or, for an address without one, that of the browser.
func languageOf(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	for _, l := range languages {
		if first == l {
			return l
		}
	}
	return preferred(r)
}
