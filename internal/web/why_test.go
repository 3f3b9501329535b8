package web

import (
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

// TestDocumentSaysHowClaimsCameAbout: rule, words, slots, step, confidence and terms, in both languages and without script.
func TestDocumentSaysHowClaimsCameAbout(t *testing.T) {
	h := open(t, newShelf(t))
	address := "/document/" + contrechamp.Sum([]byte("courrier.html")).String()
	for lang, wants := range map[string][]string{
		"en": {"How it was found", "device_count.rule.fr", "pattern on line 12", "the nearest place where something stands", "83%", "#43;1.25", "\u22120.25", "and 2 more",
			"The rules of this version do not", "feature &lt;0&gt;", "&lt;i&gt;slot&lt;/i&gt;", "What says that it is planned (&#43;) or that it is there", "words &lt;of it&gt;"},
		"fr": {"Comment elle a été trouvée", "motif à la ligne 12", "le lieu le plus proche", "#43;1,25", "\u22120,25", "et 2 autres"},
	} {
		body := get(h, "/"+lang+address).Body.String()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("/%s%s does not say %q", lang, address, want)
			}
		}
		if got, want := strings.Count(body, `<details class="why`), len(papers[0].said); got != want {
			t.Errorf("%s: %d claims are explained, want %d", lang, got, want)
		}
		if strings.Contains(body, "feature <0>") || strings.Contains(body, "<i>slot") {
			t.Errorf("%s: what a text says stands in the page unescaped", lang)
		}
	}
}

// TestLongTextIsNotReadAgain: a page says where else the explanation is.
func TestLongTextIsNotReadAgain(t *testing.T) {
	s := newShelf(t)
	d := contrechamp.Sum([]byte("courrier.html"))
	text := s.texts[d]
	text.Body += strings.Repeat(" ", maxExplained)
	s.texts[d] = text
	body := get(open(t, s), "/en/document/"+d.String()).Body.String()
	if strings.Contains(body, `<details class="why`) || !strings.Contains(body, "claims --explain") {
		t.Error("a long text is read again for its page, or the page does not say where the explanation is")
	}
}
