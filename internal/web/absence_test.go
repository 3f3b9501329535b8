package web

import (
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// vanish lets a paper of the shelf come from an address that gives it no more, and answers its digest.
func (s *shelf) vanish() contrechamp.Digest {
	digest := contrechamp.Sum([]byte("courrier.html"))
	const address = "https://courrier.example/cam%C3%A9ras?a=1&b=<script>"
	at := func(day int) time.Time { return time.Date(2026, 11, day, 9, 30, 0, 0, time.UTC) }
	s.fetched = map[contrechamp.Digest]contrechamp.Sighting{digest: {Path: address, Exchange: contrechamp.Exchange{Records: contrechamp.Sum([]byte("visit")), Status: 200,
		Final: "https://courrier.example/moved", MediaType: "text/html"}}}
	absence := func(day int, k contrechamp.AbsenceKind, status int) contrechamp.Absence {
		return contrechamp.Absence{Address: address, At: at(day), Kind: k, Status: status, Records: contrechamp.Sum([]byte("gone"))}
	}
	back := absence(2, contrechamp.Gone, 410)
	back.Returned = at(3)
	s.absences = map[contrechamp.Digest][]contrechamp.Absence{digest: {back, absence(5, contrechamp.Gone, 404), absence(6, contrechamp.Gone, 404), absence(7, contrechamp.Gone, 404),
		absence(8, contrechamp.Redirected, 200), absence(9, contrechamp.Barred, 451), absence(10, contrechamp.NoHost, 0)}}
	return digest
}

// TestNotAtItsAddress: a page that vanished is told wherever its claims or its text stand, in both languages.
func TestNotAtItsAddress(t *testing.T) {
	s := newShelf(t)
	digest := s.vanish()
	h := open(t, s)
	told := map[string][]string{
		"en": {"The page answered 410 on 2 November 2026. It was there again on 3 November 2026.", "The page answered 404 on 5 November 2026.", "The page answered 404 on 7 November 2026.",
			"On 8 November 2026 the address led to the site’s first page instead.", "The page was kept back for legal reasons (451) on 9 November 2026.", "No server of that name was known any more on 10 November 2026."},
		"fr": {"La page a répondu 410 le 2 novembre 2026. Elle était de nouveau là le 3 novembre 2026.", "La page a répondu 404 le 5 novembre 2026.", "La page a répondu 404 le 7 novembre 2026.",
			"Le 8 novembre 2026, l’adresse menait à la page d’accueil du site.", "La page était retenue pour des raisons légales (451) le 9 novembre 2026.", "Aucun serveur de ce nom n’était plus connu le 10 novembre 2026."},
	}
	for lang, want := range told {
		for _, page := range []string{"/dossier/place-fr-valmere", "/document/" + digest.String()} {
			body := words(get(h, "/"+lang+page).Body.String())
			for _, w := range want {
				if !strings.Contains(body, words(w)) {
					t.Errorf("/%s%s does not say %q", lang, page, w)
				}
			}
			if strings.Contains(body, "404 on 6") || strings.Contains(body, "404 le 6") {
				t.Errorf("/%s%s says each day of a run", lang, page)
			}
		}
		if body := words(get(h, "/"+lang+"/documents").Body.String()); !strings.Contains(body, words(want[5])) || strings.Contains(body, words(want[1])) {
			t.Errorf("the list in %s does not say the last alone", lang)
		}
	}
	body := get(h, "/en/document/"+digest.String()).Body.String()
	for _, want := range []string{`href="https://courrier.example/cam%C3%A9ras?a=1&amp;b=%3cscript%3e"`, `rel="noreferrer nofollow"`, "https://courrier.example/moved"} {
		if !strings.Contains(body, want) {
			t.Errorf("the document's page lacks %s", want)
		}
	}
	if strings.Contains(body, "<script>\"") || strings.Contains(body, "b=<script>") {
		t.Error("an address is not escaped")
	}
	api := get(h, "/api/dossier/place-fr-valmere").Body.String()
	if !strings.Contains(api, `"kind": "no host"`) || !strings.Contains(api, `"returned": "2026-11-03T09:30:00Z"`) {
		t.Errorf("the API does not list the absences: %s", api)
	}
	if doc := get(h, "/api/document/"+digest.String()).Body.String(); !strings.Contains(doc, `"final": "https://courrier.example/moved"`) {
		t.Errorf("the API does not say how the document came: %s", doc)
	}
}

// words makes every kind of blank one.
func words(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "&#39;", "'").Replace(s)), " ")
}
