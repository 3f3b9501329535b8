package read

import (
	"strings"
	"testing"
)

// A message without a declared charset is read like a text that declares none; a declared one is believed.
func TestMailCharset(t *testing.T) {
	const head = "From: Information Compliance <foi@example.org>\nTo: applicant@example.org\nSubject: FOI 24-611\n"
	for _, c := range []struct{ name, raw, want string }{
		{"UTF-8 that says nothing", head + "\nThe licence cost £38,750 for three years.\n", "cost £38,750 for"},
		{"UTF-8 that says ASCII", head + "Content-Type: text/plain; charset=us-ascii\n\nLa vidéoprotection coûte 38 750 €.\n", "vidéoprotection coûte 38 750 €."},
		{"Latin that says nothing", head + "\nLa vid\xe9oprotection est install\xe9e \xe0 B\xe9ziers depuis l'\xe9t\xe9.\n", "vidéoprotection est installée à Béziers depuis l'été"},
		{"Latin that says so", head + "Content-Type: text/plain; charset=iso-8859-15\n\nLe march\xe9 co\xfbte 38 750 \xa4.\n", "marché coûte 38 750 €."},
		{"UTF-8 HTML that says nothing", head + "Content-Type: text/html\n\n<p>The licence cost £38,750 for three years, VAT not included, as agreed.</p>\n", "cost £38,750 for"},
	} {
		got, err := Read(t.Context(), Source{Name: "message.eml", Bytes: []byte(c.raw)})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if !strings.Contains(got.Body, c.want) {
			t.Errorf("%s: %q lacks %q", c.name, got.Body, c.want)
		}
	}
}
