package passage_test

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// A compound is a device by its last part, unless its first says that it is of another sort.
func TestCompoundsAreDevices(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ text, want string }{
		{"In Ulm wurden neun Spezialkameras über dem Markt installiert.", "n:9 camera"},
		{"Ulm hat drei Polizeidrohnen gekauft, die Kameras tragen.", "n:3 drone"},
		{"Die Kameras von Ulm. In Ulm stehen vier Schalldruckmikrofone.", "n:4 microphone"},
		{"Die Kameras von Ulm. Ulm hat vier Digitalkameras gekauft.", ""},
		{"Die Drohnen von Ulm. Über Ulm flogen vier Kampfdrohnen.", ""},
	} {
		got := ""
		for _, c := range claimtest.Claims(t, e, claimtest.Article(tt.text+"\n", "de")) {
			if c.Predicate == contrechamp.DeviceCount && c.Rule == "count.noun.de" {
				got = c.Value.Key()
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}

// A full stop behind a word that is short before numbers only ends a sentence where no number follows.
func TestShortBeforeNumbers(t *testing.T) {
	for _, tt := range []struct {
		language, text string
		sentences      int
	}{
		{"en", "Motion No. 4 on the cameras of Leeds was carried.", 1},
		{"en", "Does Leeds have cameras? No. Forty were taken down.", 3},
		{"de", "In der Antwort auf Drs. 22/12180 nennt Hamburg die Kameras.", 1},
		{"fr", "Voir al. 3 de l'arrêté sur les caméras de Nancy.", 1},
	} {
		text := claimtest.Article(tt.text, tt.language)
		d := claimtest.Read(t, claimtest.Engine(t), text)
		if len(d.Sentences) != tt.sentences {
			t.Errorf("%s: %d sentences, want %d", tt.text, len(d.Sentences), tt.sentences)
		}
	}
}
