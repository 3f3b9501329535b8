package naming_test

import (
	"slices"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/passage"
	"contrechamp.org/contrechamp/internal/claim/subject"
)

// TestVerbFirst: a verb that opens a sentence is no product, though one is called so. The texts are invented.
func TestVerbFirst(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		text  string
		named bool
	}{
		{"Cámaras en Cuenca\nCuenca tiene doce cámaras. Detecta peleas y maletas abandonadas.\n", false},
		{"Cámaras en Cuenca\nCuenca tiene doce cámaras del programa Detecta. Detecta peleas y maletas abandonadas.\n", true},
	} {
		list, err := e.Candidates(t.Context(), claimtest.Article(tt.text, "es"), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		named := slices.ContainsFunc(list, func(c claim.Candidate) bool {
			return slices.ContainsFunc(c.Choices, func(x subject.Choice) bool { return x.Entity.ID == "g-detecta" })
		})
		if named != tt.named {
			t.Errorf("%q: named %v, want %v", tt.text, named, tt.named)
		}
	}
}

// TestNameGoesOn: the name of an association may have "of" within, among all that a text may claim and in what is proposed.
func TestNameGoesOn(t *testing.T) {
	e := claimtest.Engine(t)
	names := func(claims []contrechamp.Claim) (out []string) {
		for _, c := range claims {
			if c.Predicate == contrechamp.Objection {
				out = append(out, c.Value.Entity.Name())
			}
		}
		return out
	}
	want := []string{"Liberi di Passare"}
	const short = "Telecamere a Formia\nFormia ha dodici telecamere. L'associazione Liberi di Passare contesta l'impianto di Formia.\n"
	list, err := e.Candidates(t.Context(), claimtest.Article(short, "it"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var all []contrechamp.Claim
	for _, c := range list {
		all = append(all, c.Claim)
	}
	if got := names(all); !slices.Equal(got, want) {
		t.Errorf("of all claims: %q", got)
	}
	const whole = "Telecamere a Formia\nFormia ha dodici telecamere. L'associazione Liberi di Passare ha presentato ricorso contro l'impianto di Formia.\n"
	if got := names(claimtest.Proposed(t, e, claimtest.Article(whole, "it"))); !slices.Equal(got, want) {
		t.Errorf("proposed: %q", got)
	}
}

// TestFirmsAndPersonsHaveTheirWholeName: words that are no names by themselves stand within firms' names, particles within persons', and a verb that
// opens a sentence is no part of a name. The texts are invented.
func TestFirmsAndPersonsHaveTheirWholeName(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"en", "Cameras in Leeds\n\nContractor: Wharfe Surveillance Systems Ltd, Leeds.\n", "Wharfe Surveillance Systems Ltd"},
		{"en", "Cameras in Leeds\n\nIt is made by Otley AI Labs, a start-up founded in 2019.\n", "Otley AI Labs"},
		{"de", "Kameras in Kiel\n\nDen Auftrag erhielt die Förde Video Systeme GmbH.\n", "Förde Video Systeme GmbH"},
		{"de", "Rede\n\nDr. Marie von Hagen sagte, die Kameras seien gefährlich.\n", "Marie von Hagen"},
		{"es", "Cámaras en Gijón\n\nVende Mirolince, un programa para contar peatones.\n", "Mirolince"},
	} {
		text := claimtest.Article(tt.text, tt.language)
		d := claimtest.Read(t, claimtest.Engine(t), text)
		found := slices.ContainsFunc(d.Mentions, func(m *passage.Mention) bool { return d.Words(m.First, m.End) == tt.want })
		if !found {
			t.Errorf("%s: %q does not name %q", tt.language, tt.text, tt.want)
		}
	}
}

// TestNewspapersOnlyReport: what a newspaper is named for is no objection of its own.
func TestNewspapersOnlyReport(t *testing.T) {
	for _, c := range claimtest.Proposed(t, claimtest.Engine(t), claimtest.Article("Cameras in Leeds\n\nLeeds has face recognition cameras. Residents told The New York Times that the cameras are illegal, and Liberty has sued over them.\n", "en")) {
		if c.Predicate == contrechamp.Objection && c.Value.Entity.Name() == "The New York Times" {
			t.Errorf("a newspaper objects: %s", c.Quote.Exact)
		}
	}
}

// TestHomonyms: a town is meant where several other places of its country stand around it, unless another of its name is a city.
func TestHomonyms(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct{ text, want string }{
		{"Cameras\nIpswich has twelve cameras. So have Leeds and Norwich.\n", "GB"},
		{"Caméras\nMontréal a douze caméras. Lyon, Marseille et Lille en ont aussi.\n", "CA"},
	} {
		s, err := e.Subjects(t.Context(), claimtest.Article(tt.text, "fr"))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, x := range s.Possible {
			if n := x.Name; (n == "Ipswich" || n == "Montréal") && x.Country == tt.want {
				found = true
			}
		}
		if !found {
			t.Errorf("%q: %+v", tt.text, s.Possible)
		}
	}
}

// TestPlateCameras: what a camera reads is no unit of its own, and the number of a question counts nothing.
func TestPlateCameras(t *testing.T) {
	e := claimtest.Engine(t)
	for _, tt := range []struct {
		language, text string
		numbers        []float64
	}{
		{"en", "Cameras in Leeds\nLeeds bought 36 licence plate recognition cameras.\n", []float64{36}},
		{"fr", "Question 25.318 – Les caméras de la gare de Lille\nLille a 12 caméras à la gare.\n", []float64{12}},
	} {
		var got []float64
		for _, c := range claimtest.Proposed(t, e, claimtest.Article(tt.text, tt.language)) {
			if c.Predicate == contrechamp.DeviceCount {
				got = append(got, c.Value.Number)
				if c.Value.Unit != "camera" {
					t.Errorf("%q: the unit is %q", tt.text, c.Value.Unit)
				}
			}
		}
		if !slices.Equal(got, tt.numbers) {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.numbers)
		}
	}
}
