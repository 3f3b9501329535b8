package subject_test

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/naming"
	"contrechamp.org/contrechamp/internal/word"
)

// TestWhatATextIsAbout: the town that a text is about is found although no gazetteer has it, and although the seat of a firm,
// a region or a neighbour is a town that everybody knows. The texts and the names are invented.
func TestWhatATextIsAbout(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, about string }{
		{"fr", "À Orvillac, douze caméras pour le centre\n" +
			"Le conseil municipal d'Orvillac a voté jeudi l'achat de 12 caméras. La société Optivue, basée à Toulouse, les installera.\n" +
			"Orvillac comptait déjà 8 caméras depuis 2019.\n", "Orvillac"},
		{"en", "Cameras for Harrowmere\n" +
			"Harrowmere council voted on Thursday to buy 12 cameras. They will be supplied by Optivue, of Manchester.\n" +
			"Harrowmere already has 8 cameras in its streets, and neighbouring Leeds is watching.\n", "Harrowmere"},
		{"de", "Zwölf Kameras für Quellstedt\n" +
			"Der Stadtrat von Quellstedt hat am Donnerstag den Kauf von 12 Kameras beschlossen. Die Firma Optivue mit Sitz in Hamburg liefert sie.\n" +
			"In Quellstedt hängen schon 8 Kameras.\n", "Quellstedt"},
		{"es", "Doce cámaras para Valdecorra\n" +
			"El Ayuntamiento de Valdecorra ha aprobado la compra de 12 cámaras. Las instalará la empresa Optivue, con sede en Madrid.\n" +
			"En Valdecorra ya hay 8 cámaras.\n", "Valdecorra"},
		{"it", "Dodici telecamere a Borgalto\n" +
			"Il Comune di Borgalto ha approvato l'acquisto di 12 telecamere. Le installerà l'azienda Optivue, con sede a Milano.\n" +
			"A Borgalto ci sono già 8 telecamere.\n", "Borgalto"},
		// a town that everybody knows is not pushed aside by names that nobody knows
		{"fr", "Douze caméras de plus à Toulouse\n" +
			"Toulouse aura 12 caméras de plus, dit la mairie. Le collectif Regard Libre s'y oppose.\n", "Toulouse"},
		{"en", "Leeds adds cameras\n" +
			"Leeds has bought 12 cameras, the council said. Civic group Open Street opposes them.\n", "Leeds"},
	} {
		s, err := e.Subjects(t.Context(), claimtest.Article(tt.text, tt.language))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if s.Main != nil {
			got = s.Main.Name
		}
		if word.Key(got) != word.Key(tt.about) {
			t.Errorf("%s: about %q, want %q", tt.text, got, tt.about)
		}
		if s.Main != nil && s.Main.Kind != contrechamp.KindPlace {
			t.Errorf("%s: %q is a %s", tt.text, got, s.Main.Kind)
		}
	}
}

// TestPlacehoodCues: what stands around a name is seen.
func TestPlacehoodCues(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text, name string
		cue                  naming.Cue
	}{
		{"fr", "Titre\nLes caméras de Valbrune (Isère) filment.\n", "Valbrune", naming.CueRegionBehind},
		{"fr", "Titre\nÀ Valbrune, on filme.\n", "Valbrune", naming.CueFronted},
		{"fr", "Titre\nIl cite Lyon, Grenoble et Valbrune.\n", "Valbrune", naming.CueInList},
		{"fr", "Titre\nSelon Mme Valbrune, on filme.\n", "Valbrune", naming.CueTitleOf},
		{"en", "Title\nIn Harrowmere's council cameras are popular.\n", "Harrowmere", naming.CueGenitiveBody},
		{"en", "Title\nThey spoke to Harrowmere police about it.\n", "Harrowmere", naming.CueBeforeBody},
		{"de", "Titel\nDie Kameras in Quellstedt filmen.\n", "Quellstedt", naming.CueLocative},
		{"es", "Título\nLas cámaras en Valdecorra graban.\n", "Valdecorra", naming.CueAtTown},
		{"it", "Titolo\nIl sindaco di Borgalto tace.\n", "Borgalto", naming.CueOfHead},
	} {
		text := claimtest.Article(tt.text, tt.language)
		runs, err := e.Runs(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, r := range runs {
			if r.Words != tt.name {
				continue
			}
			for _, f := range r.Features {
				found = found || f.Feature == naming.CueNames[tt.cue]
			}
		}
		if !found {
			t.Errorf("%q: %q lacks the cue %q: %v", tt.text, tt.name, naming.CueNames[tt.cue], runs)
		}
	}
}

// TestSeats: where a firm or person sits is no place of a deployment.
func TestSeats(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, about string }{
		{"fr", "Grenoble s'équipe\nGrenoble a 12 caméras. Optivue, de Toulouse, a installé 40 caméras.\n", "Grenoble"},
		{"fr", "Grenoble s'équipe\nGrenoble a 12 caméras. Optivue, à Toulouse, a installé 40 caméras.\n", "Grenoble"},
		{"en", "Leeds buys cameras\nLeeds has 12 cameras. Optivue, of Manchester, installed 40 cameras.\n", "Leeds"},
		{"de", "Hamburg kauft Kameras\nIn Hamburg hängen 12 Kameras. Optivue, aus München, hat 40 Kameras installiert.\n", "Hamburg"},
		{"es", "Sevilla compra cámaras\nSevilla tiene 12 cámaras. Optivue, de Zaragoza, ha instalado 40 cámaras.\n", "Sevilla"},
		{"it", "Telecamere a Bologna\nA Bologna ci sono 12 telecamere. Optivue, di Milano, ha installato 40 telecamere.\n", "Bologna"},
	} {
		got := whereCounted(t, e, tt.text, tt.language, 40)
		if got != "" && !claimtest.SameName(e, got, tt.about) {
			t.Errorf("%s: about %q, want %q", tt.text, got, tt.about)
		}
	}
}

// whereCounted is what the claim that counts so many devices is about, "" where there is none.
func whereCounted(t *testing.T, e *claim.Engine, text, language string, devices float64) string {
	t.Helper()
	where := ""
	for _, c := range claimtest.Proposed(t, e, claimtest.Article(text, language)) {
		if c.Predicate == contrechamp.DeviceCount && c.Value.Number == devices {
			where = c.Main().Name()
		}
	}
	return where
}
