package subject_test

import (
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
)

// TestWhatATextIsNotAbout: names that stand in prominent places and are no subject. The texts and the names are invented.
func TestWhatATextIsNotAbout(t *testing.T) {
	aboutEach(t, []aboutCase{
		{"a speaker's name", "de", "Das Gespräch am Abend\nZu Gast: Tobias Reindorf. Es fragt Katharina Lux.\n" +
			"Lux: In Linz wird wieder gebohrt. Wofür?\nReindorf: Für zwölf Kameras in Linz, sie gehen im Juni in Betrieb.\nLux: Und wer betreibt sie?\nReindorf: Die Polizei.\n", "Linz"},
		{"a member's constituency", "fr", "Caméras dans les gares\nQuestion de Mme Hélène Aubray (Isère - UDX)\n" +
			"Mme Aubray interroge le ministre sur les douze caméras installées à Grenoble. Elle souhaite en connaître le coût.\n", "Grenoble"},
		{"a word of a headline in capitals", "it", "GRENOBLE, GLI OCCHI DI PORTA VERDE\nLe dodici telecamere montate a novembre fra Porta Verde e piazza Grande leggono le targhe. A Grenoble le gestisce la polizia.\n", "Grenoble"},
		{"the country of a body that several have", "es", "Cámaras en Asunción\nEn Asunción hay 54 cámaras que reconocen caras. La Policía Nacional las maneja desde 2018. La Policía Nacional no comentó.\n", "Asunción"},
		{"the town that another looks to", "de", "Kameras am Kreuz: Duisburg schaut nach Mannheim\nDuisburg. Vierzehn Kameras kommen ans Kreuz.\nAb Januar laufen sie.\n" +
			"Vorbild ist Mannheim. Dort filmen 68 Geräte.\nIn Duisburg wird zunächst nur aufgezeichnet.\n", "Duisburg"},
	})
}

// aboutCase is a text, and what it is about: "nothing" for nothing.
type aboutCase struct{ name, language, text, about string }

// aboutEach asks what texts are about.
func aboutEach(t *testing.T, cases []aboutCase) {
	t.Helper()
	e := claimtest.Engine(t)
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			s, err := e.Subjects(t.Context(), claimtest.Article(tt.text, tt.language))
			if err != nil {
				t.Fatal(err)
			}
			got := "nothing"
			if s.Main != nil {
				got = s.Main.Name
			}
			if !claimtest.SameName(e, got, tt.about) {
				t.Errorf("about %q, want %q", got, tt.about)
			}
		})
	}
}

// TestBodiesOfTheirPlaces: "the police" is that of the town which its clause, or its item, is about.
func TestBodiesOfTheirPlaces(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ name, language, text, body, about string }{
		{"fronted", "de", "Kameras in Heilbronn\nIn Heilbronn hängen 12 Kameras. Die Stadt Heilbronn zahlt.\nIn Ludwigsburg dagegen nutzt die Polizei seit Mai zwei Drohnen.\n",
			"polizei von Ludwigsburg", "Ludwigsburg"},
		{"where", "fr", "Grenoble s'équipe\nGrenoble a acheté 12 caméras, dit la ville de Grenoble.\nPuis ce fut Chambéry, où la police municipale utilise 40 caméras depuis 2022.\n",
			"police municipale de Chambéry", "Chambéry"},
		{"an item", "it", "NOTIZIARIO\nFAENZA - Dal 20 aprile quattordici telecamere filmano il centro.\nCOSENZA - La polizia locale utilizza due droni sul lungofiume da ottobre.\n",
			"polizia locale di Cosenza", "Cosenza"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text, tt.language)) {
				if c.Predicate == contrechamp.Operator && c.Value.Entity.Name() == tt.body {
					if !claimtest.SameName(e, c.Main().Name(), tt.about) {
						t.Errorf("run in %q, want %q", c.Main().Name(), tt.about)
					}
					return
				}
			}
			t.Errorf("no operator %q", tt.body)
		})
	}
}

// TestNamesOfADeployment: what is said of a place's deployment carries the names that the text ties to it, and those of no other place.
func TestNamesOfADeployment(t *testing.T) {
	e := claimtest.Engine(t)
	text := "Cameras for Leeds station\nLeeds has 340 cameras. Network Rail operates the cameras in Leeds, which recognise faces.\n" +
		"In York there are 12 cameras.\n"
	for _, c := range claimtest.Proposed(t, e, claimtest.Article(text, "en")) {
		if c.Predicate != contrechamp.DeviceCount {
			continue
		}
		named := false
		for _, a := range c.About {
			named = named || a.Name() == "Network Rail"
			if a.Kind == contrechamp.KindPerson {
				t.Errorf("%v is about a person", c)
			}
		}
		if leeds := c.Value.Number == 340; named != leeds {
			t.Errorf("%v cameras are about %v", c.Value.Number, c.About)
		}
	}
}

// TestTownsThatAct: what is said in a clause whose subject is a town is said of that town, whatever else the text is
// about.
func TestTownsThatAct(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, about string }{
		{"en", "Cameras for Leeds\nLeeds has bought 12 cameras, the council of Leeds said.\nYork, for the record, bought 40 cameras in 2016.\n", "York"},
		{"es", "Cámaras en Bogotá\nEn Bogotá hay 12 cámaras, dijo la alcaldía de Bogotá.\nCali, entretanto, apagó 40 cámaras en junio.\n", "Cali"},
		{"fr", "Grenoble s'équipe\nGrenoble a 12 caméras, dit la ville de Grenoble.\nDepuis peu, Chambéry exploite 40 caméras.\n", "Chambéry"},
	} {
		got := whereCounted(t, e, tt.text, tt.language, 40)
		if !claimtest.SameName(e, got, tt.about) {
			t.Errorf("%s: about %q, want %q", tt.text, got, tt.about)
		}
	}
}

// TestSetAgainst: what another town is set against is said of that other town.
func TestSetAgainst(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, about string }{
		{"en", "Cameras in Leeds\nUnlike York, Leeds does not use facial recognition.\n", "Leeds"},
		{"fr", "La vidéosurveillance à Lille\nContrairement à Nice, Lille n'utilise pas la reconnaissance faciale.\n", "Lille"},
		{"de", "Kameras in Köln\nAnders als Mannheim nutzt Köln keine Gesichtserkennung.\n", "Köln"},
		{"es", "Cámaras en Madrid\nA diferencia de Sevilla, Madrid no usa el reconocimiento facial.\n", "Madrid"},
		{"it", "Telecamere a Como\nA differenza di Milano, Como non usa il riconoscimento facciale.\n", "Como"},
	} {
		found := false
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text, tt.language)) {
			if c.Predicate != contrechamp.Capability || c.Value.Entity.ID != "face-recognition" {
				continue
			}
			found = true
			if !claimtest.SameName(e, c.Main().Name(), tt.about) || c.Modality != contrechamp.Denied {
				t.Errorf("%s%s of %s, want denied of %s", tt.text, c.Modality, c.Main().Name(), tt.about)
			}
		}
		if !found {
			t.Errorf("%snothing is said of face recognition", tt.text)
		}
	}
}

// TestCountsOfOtherTowns: what another town has, named for comparison, is that other town's.
func TestCountsOfOtherTowns(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ language, text, other string }{
		{"fr", "La vidéosurveillance à Lille\nLille compte 200 caméras, contre 150 à Roubaix.\n", "Roubaix"},
		{"en", "Cameras in Leeds\nLeeds has 200 cameras, compared with 150 in York.\n", "York"},
	} {
		where := map[float64]string{}
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text, tt.language)) {
			if c.Predicate == contrechamp.DeviceCount {
				where[c.Value.Number] = c.Main().Name()
			}
		}
		if where[150] != tt.other || where[200] == tt.other {
			t.Errorf("%s200 in %q, 150 in %q", tt.text, where[200], where[150])
		}
	}
}
