package web

import (
	"net/http"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

func TestWithheldDocument(t *testing.T) {
	s := newShelf(t)
	h := open(t, s)
	digest := withheldFixture.Capture.String()
	for lang, says := range map[string]string{"en": "Withheld on 2 November 2026, by an order of 30 October 2026.", "fr": "Retenu le 2 novembre 2026, sur une décision du 30 octobre 2026."} {
		address := "/" + lang + "/document/" + digest
		w := get(h, address)
		checkPage(t, address, w)
		if w.Code != http.StatusUnavailableForLegalReasons || !strings.Contains(w.Body.String(), says) || !strings.Contains(w.Body.String(), "26/1234") {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
		}
		if w := get(h, address+"/captured"); w.Header().Get("Location") != address {
			t.Errorf("captured: %d %v", w.Code, w.Header())
		}
		w = get(h, "/"+lang+"/dossier/place-fr-valmere")
		if !strings.Contains(w.Body.String(), strings.TrimSuffix(says, ".")) {
			t.Errorf("the dossier in %s does not say so", lang)
		}
	}
	s.captured[withheldFixture.Capture] = []byte("<p>still on the disk")
	for _, path := range []string{"/page", "/bytes"} {
		if w := get(h, "/captured/"+digest+path); w.Code != http.StatusUnavailableForLegalReasons || strings.Contains(w.Body.String(), "still on") {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := get(h, "/api/document/"+digest); !strings.Contains(w.Body.String(), `"state": "withheld"`) || !strings.Contains(w.Body.String(), `"text": null`) {
		t.Errorf("the API says %s", w.Body)
	}
	on := withheldFixture
	defer func() { withheldFixture = on }()
	withheldFixture.Ground, withheldFixture.Dated = contrechamp.OnRequest, contrechamp.Date{}
	if w := get(h, "/en/document/"+digest); w.Code != http.StatusGone || !strings.Contains(w.Body.String(), "on request.") {
		t.Errorf("on request: %d", w.Code)
	}
}
