package naming_test

import (
	"slices"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// mentionsOf are what a text is taken to name, by kind.
func mentionsOf(t *testing.T, text, language string, kinds grammar.Kind) []string {
	t.Helper()
	a := claimtest.Article(text, language)
	d := claimtest.Read(t, claimtest.Engine(t), a)
	var out []string
	for _, m := range d.Mentions {
		if m.Kinds&kinds != 0 {
			out = append(out, d.Words(m.First, m.End))
		}
	}
	return out
}

// TestNoPlaces: towns whose names are words or persons' names are not meant each time.
func TestNoPlaces(t *testing.T) {
	for _, tt := range []struct {
		text, language, name string
		place                bool
	}{
		{"Kameras in Mannheim\nDie Stadt Mannheim ist in der Lage, Gesichter zu erkennen.\n", "de", "Lage", false},
		{"Kameras in Lage\nIn Lage hängen zwölf Kameras, und Lage will mehr.\n", "de", "Lage", true},
		{"Telecamere a Lecco\nLa trasmissione della Rai mostra le telecamere di Lecco.\n", "it", "Rai", false},
		{"Les caméras du Mans\nLa ville compte trente caméras. Le maire du Mans en veut dix de plus.\n", "fr", "Mans", true},
		{"Cameras in Leeds\nCouncil cameras stay, said Deputy Reading. Leeds has forty cameras.\n", "en", "Reading", false},
		{"Telecamere a Lecco\nDavide ha rubato due telecamere a Lecco.\n", "it", "Davide", false},
		{"Les caméras de Namur\nLa caméra du cours de Verdun, à Namur, filme la nuit.\n", "fr", "Verdun", false},
		{"Les caméras de Namur\nCher collègue, les caméras de Namur filment.\n", "fr", "Cher", false},
		{"Kameras in Mannheim\nMannheim hat zwölf Kameras. Monacos Regierung hat sechzig.\n", "de", "Monacos", false},
		{"Kameras im Vergleich\nDie Kameras Hamburgs filmen, und Hamburgs Senat will mehr.\n", "de", "Hamburgs", true},
		{"Kameras in Mannheim\nIn der Halle des Essens hängen zwölf Kameras, sagt Mannheim.\n", "de", "Essens", false},
		{"Les caméras de Namur\nAu cours de la soirée, Namur a compté douze caméras.\n", "fr", "Namur", true},
	} {
		if got := slices.Contains(mentionsOf(t, tt.text, tt.language, grammar.PLC), tt.name); got != tt.place {
			t.Errorf("%q: %s is a place: %v", tt.text, tt.name, got)
		}
	}
}

// TestPersonsAreNoTowns: a body before somebody's name is not his or her town's, at the first mention or later.
func TestPersonsAreNoTowns(t *testing.T) {
	const text = "Kameras in Wels\nZuständig ist Stadtrat Georg Ebner. „Wels bekommt zwölf Kameras“, sagt Stadtrat Ebner.\n"
	for _, name := range mentionsOf(t, text, "de", grammar.PLC) {
		if name != "Wels" {
			t.Errorf("%s is a place", name)
		}
	}
}

// TestBrokenWords: pieces of words that lost letters in a conversion are no names.
func TestBrokenWords(t *testing.T) {
	const text = "Kameras in Mannheim\nMannheim hat zwölf Kameras. In Gro\ufffdprojekten der Gr\ufffdnen steckt kein Geld.\n"
	if got := mentionsOf(t, text, "de", grammar.PLC|grammar.NAME); slices.Contains(got, "Gro") || slices.Contains(got, "Gr") {
		t.Errorf("%q are names", got)
	}
}

// TestCounties: the body of a county is the county's, not of a town of that name.
func TestCounties(t *testing.T) {
	list, err := claimtest.Engine(t).Candidates(t.Context(), claimtest.Article("Cameras of the sheriff\nThe Orange County Sheriff's Department uses facial recognition. It has forty cameras.\n", "en"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	county := false
	for _, c := range list {
		for _, e := range c.Claim.About {
			county = county || e.Name() == "Orange County"
			if e.Name() == "Orange" {
				t.Errorf("%s %s is claimed of Orange", c.Claim.Predicate, c.Claim.Rule)
			}
		}
	}
	if !county {
		t.Error("nothing is claimed of Orange County")
	}
}

// TestSystemNames: a system of the state is called by what it is and does, with a capital at its head.
func TestSystemNames(t *testing.T) {
	for _, tt := range []struct{ text, language, name string }{
		{"Le fichier du Sénégal\nLe Sénégal prépare un Fichier national de reconnaissance des visages.\n", "fr", "Fichier national de reconnaissance des visages"},
		{"Il sistema dell'Italia\nL'Italia prepara il Sistema nazionale di riconoscimento facciale.\n", "it", "Sistema nazionale di riconoscimento facciale"},
		{"El registro de Chile\nChile prepara el Registro nacional de reconocimiento facial.\n", "es", "Registro nacional de reconocimiento facial"},
		{"Die Plattform der Schweiz\nDie Schweiz baut die Nationale Plattform für Gesichtsabgleich auf.\n", "de", "Nationale Plattform für Gesichtsabgleich"},
		{"Les caméras de Dakar\nDakar a un système de reconnaissance faciale. Système de reconnaissance faciale en vue aussi à Thiès.\n", "fr", ""},
	} {
		list, err := claimtest.Engine(t).Candidates(t.Context(), claimtest.Article(tt.text, tt.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		name := ""
		for _, c := range list {
			if c.Claim.Predicate == contrechamp.Programme && c.Claim.Rule == "programme.system."+tt.language {
				name = c.Claim.Value.Entity.Name()
			}
		}
		if name != tt.name {
			t.Errorf("%q: programme %q, want %q", tt.text, name, tt.name)
		}
	}
}

// TestOpensTheText: where a local paper says where its story is, that is what the text is about, though other towns are named more often.
func TestOpensTheText(t *testing.T) {
	for _, tt := range []struct{ text, language, main string }{
		{"Mehr Augen\nWELS Die Stadt legt nach: bis Ostern sollen zwölf Kameras hängen. In Linz und in Steyr gibt es mehr.\n", "de", "Wels"},
		{"Trois de plus\nCIVRAY. Il y a ceux qui jettent et ceux qui filment : trois caméras gardent les abords. À Ruffec on en compte quatre.\n", "fr", "Civray"},
	} {
		s, err := claimtest.Engine(t).Subjects(t.Context(), claimtest.Article(tt.text, tt.language))
		if err != nil {
			t.Fatal(err)
		}
		if s.Main == nil || s.Main.Name != tt.main {
			t.Errorf("%q is about %v", tt.text, s.Main)
		}
	}
}

// TestOneCamera: "one" counts where it is no article, and a digit does everywhere.
func TestOneCamera(t *testing.T) {
	for _, tt := range []struct {
		text, language string
		counted        bool
	}{
		{"Cameras in Leeds\nLeeds has one camera in Mill Street.\n", "en", true},
		{"Caméras à Namur\nNamur a 1 caméra rue Haute.\n", "fr", true},
		{"Caméras à Namur\nNamur a une caméra rue Haute.\n", "fr", false},
	} {
		list, err := claimtest.Engine(t).Candidates(t.Context(), claimtest.Article(tt.text, tt.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		counted := slices.ContainsFunc(list, func(c claim.Candidate) bool {
			return c.Claim.Predicate == contrechamp.DeviceCount && c.Claim.Value.Number == 1
		})
		if counted != tt.counted {
			t.Errorf("%q: counted %v", tt.text, counted)
		}
	}
}
