package speech_test

import (
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// Who wrote a comment is whoever the line above it names; the programme of a meeting names nobody.
func TestPosters(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ name, text, who string }{
		{"dots", "Des caméras à Sens ?\n\nRiverain89 · 11.09.2024 à 07:14\nEnfin, on attendait ça depuis longtemps.\n\nAda B. · 07:52\nSens a déjà 12 caméras à la gare depuis 2016.\n\nle_vieux · 08:30\nEt pour quoi faire, je vous le demande.\n", "Riverain89; Ada B.; le_vieux; "},
		{"posted", "Forum de Sens\n\nbidule42   posté le 29/06/2023 à 08:14\nSens a déjà 12 caméras à la gare.\n\nMomo   09:02\nEt pour quoi faire, je vous le demande.\n\nbidule42   09:15\nPour rien du tout, comme toujours.\n", "bidule42; Momo; bidule42; "},
		{"days", "Forum de Sens\n\nle_vieux » mar. 14 mai 2024 21:08\nQui sait ce que sont ces dômes ?\n\nAda Brun [vérifiée] » mer. 15 mai 2024 08:47\nSens a déjà 12 caméras à la gare.\n\nJean Marcel » 09:02\nEt pour quoi faire, je vous le demande.\n", "le_vieux; Ada Brun; Jean Marcel; "},
		{"two lines", "Forum de Sens\n\nbidule42\nPosté : ven. 7 juin 2024, 22:14\nSens a déjà 12 caméras à la gare.\n\nMomo\nPosté : ven. 7 juin 2024, 22:31\nEt pour quoi faire, je vous le demande.\n\nbidule42\nPosté : sam. 8 juin 2024, 08:02\nPour rien du tout, comme toujours.\n", "bidule42; Momo; bidule42; "},
		{"numbered", "Forum de Sens\n\n#1 bidule42, 14.10.2024, 21:06\nSens a déjà 12 caméras à la gare.\n\n#2 Mag. Brun, 14.10.2024, 21:31\nEt pour quoi faire, je vous le demande.\n\n#3 bidule42, 14.10.2024, 22:02\nPour rien du tout, comme toujours.\n", "bidule42; Mag. Brun; bidule42; "},
		{"facts", "Forum de Sens\n\nbidule_42 · Membre depuis 2015 · 812 messages\n#1 · 02.04.2023, 21:14\nSens a déjà 12 caméras à la gare.\n\nmimi.og · 2.310 messages\n#2 · 02.04.2023, 21:40\nEt pour quoi faire, je vous le demande.\n\nbidule_42\n#3 · 02.04.2023, 21:52\nPour rien du tout, comme toujours.\n", "bidule_42; mimi.og; bidule_42; "},
		{"a programme", "Rencontre de Sens\n\nAccueil – 08:30\nOn boit un café dans la cour.\n\nTable ronde – 09:30\nSens a déjà 12 caméras à la gare.\n\nRepas – 12:00\nOn mange dans la salle des fêtes.\n", ""},
	} {
		text := claimtest.Article(tt.text, "fr")
		d := claimtest.Read(t, e, text)
		got := ""
		lines := d.Posters()
		for i := range d.Paragraphs {
			if v, ok := lines[i]; ok {
				got += v.Speaker.Names[0] + "; "
			}
		}
		if got != tt.who {
			t.Errorf("%s: %q write, want %q", tt.name, got, tt.who)
		}
	}
}

// The labels of a transcript stand behind the time, whichever way that is written.
func TestLabelsBehindTimes(t *testing.T) {
	e := claimtest.Engine(t)
	for _, time := range []string{"[01:44:02] ", "[04:02] ", "01:44:02 ", "(01:44) "} {
		text := claimtest.Article("CONSIGLIO DI FAENZA\n"+time+"PRESIDENTE: Punto sette, le telecamere in piazza.\n"+time+"SAVORANI: Chiedo quante sono e chi le ha fornite.\n"+
			time+"ASSESSORA BENDANDI: Il Comune di Faenza ha 88 telecamere in centro.\n"+time+"SAVORANI: E dopo gennaio, che cosa succede?\n"+time+"PRESIDENTE: Punto otto, il bilancio.\n", "it")
		got := ""
		for _, c := range claimtest.Claims(t, e, text) {
			if c.Value.Key() == "n:88 camera" && c.Speaker != nil {
				got = c.Speaker.Names[0]
			}
		}
		if !strings.Contains(strings.ToLower(got), "bendandi") {
			t.Errorf("%q: said by %q", time, got)
		}
	}
}

// Whoever opens a list with a colon says its points, also those in which somebody else is named.
func TestListsOfWhatIsSaid(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, who string }{
		{"it", "Provvedimento\nCon nota del 22 maggio il Comune di Termoli ha dichiarato, in particolare, che:\n- l'impianto è attivo da maggio;\n- l'impianto è composto da 47 telecamere.\n", "Comune di Termoli"},
		{"de", "Kleine Anfrage\nDie Staatsregierung beantwortet die Anfrage mit Schreiben vom 5. März 2025 wie folgt:\nZu Frage 1 (Technik): In Zwickau stehen 47 Kameras am Hauptmarkt.\n", "Staatsregierung"},
	} {
		got := ""
		for _, c := range claimtest.Claims(t, e, claimtest.Article(tt.text, tt.language)) {
			if c.Value.Key() == "n:47 camera" && c.Speaker != nil {
				got = strings.Join(c.Speaker.Names, "; ")
			}
		}
		if !strings.Contains(strings.ToLower(got), strings.ToLower(tt.who)) {
			t.Errorf("%s: said by %q, want %q", tt.text, got, tt.who)
		}
	}
}
