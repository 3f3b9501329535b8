package naming_test

import (
	"slices"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/grammar"
)

// How far the name of a body goes, and that it is itself, not one named before.
func TestBodyNames(t *testing.T) {
	for _, tt := range []struct {
		language, text string
		want           []string // names of associations, authorities and public bodies, in order
	}{
		{"fr", "La Fédération romande des voyageurs a écrit.", []string{"Fédération romande des voyageurs"}},
		{"fr", "La Quadrature du Net refuse. Le syndicat des éclusiers aussi.", []string{"La Quadrature du Net", "syndicat des éclusiers"}},
		{"fr", "La Quadrature du Net refuse. Le collectif Rivière sans béton aussi.", []string{"La Quadrature du Net", "Rivière sans béton"}},
		{"fr", "La Direction de la voirie trouve les caméras utiles.", []string{"Direction de la voirie"}},
		{"fr", "Le comité social de l'entreprise demande un vote.", []string{"comité social de l'entreprise"}},
		{"fr", "L'association demande un vote.", []string{"association"}},
		{"fr", "Le décret permet à l'autorité administrative d'exiger la remise des images.", []string{"autorité administrative"}},
		{"fr", "Le comité de quartier a écrit.", []string{"comité de quartier"}},
		{"fr", "L'association Garonne libre refuse. Le collectif Ruches libres du Vexin aussi.", []string{"Garonne libre", "Ruches libres du Vexin"}},
		{"fr", "La Commission consultative des Droits de l'Enfant se tait.", []string{"Commission consultative des Droits de l'Enfant"}},
		{"fr", "Le groupe « Sedan en commun » demande un vote.", []string{"Sedan en commun"}},
		{"fr", "La Fédération des marins francophones a écrit.", []string{"Fédération des marins francophones"}},
		{"es", "La Comisión Provincial por la Memoria y la Federación de Asociaciones de Vecinos protestan.", []string{"Comisión Provincial por la Memoria", "Federación de Asociaciones de Vecinos"}},
		{"es", "La Asociación Mar Libre radicó una queja.", []string{"Asociación Mar Libre"}},
		{"de", "Die Initiative „laternen aus“ hat geklagt.", []string{"laternen aus"}},
		{"es", "La Dirección de Puertos y la guardia portuaria de Gijón firmaron.", []string{"Dirección de Puertos"}},
		{"es", "El colectivo Sierra sin Humo protesta.", []string{"Sierra sin Humo"}},
		{"it", "Un comitato di pescatori liberali protesta, l'Ente nazionale per la pesca tace.", []string{"comitato di pescatori liberali", "Ente nazionale per la pesca"}},
		{"it", "La polizia portuale ellenica conta le persone.", []string{"polizia portuale ellenica"}},
		{"de", "Der Ruderverein hat geklagt, das Wasseramt schweigt.", []string{"Ruderverein", "wasseramt"}},
		{"en", "The Nova Scotia Pilots' Society objects.", []string{"Nova Scotia Pilots' Society"}},
	} {
		text := claimtest.Article(tt.text, tt.language)
		d := claimtest.Read(t, claimtest.Engine(t), text)
		var got []string
		for _, m := range d.Mentions {
			if m.Kinds&(grammar.ORG|grammar.AUT|grammar.POL) != 0 {
				got = append(got, m.Entity.Name)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q: got %q, want %q", tt.language, tt.text, got, tt.want)
		}
	}
}

// A body that is called by what it is alone is that of the place that its clause is about; a government is no town's.
func TestWhoseGovernment(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"fr", "Vernon a des caméras. Le maire de Vernon en veut d'autres.\n\nEn Belgique, le gouvernement utilise la reconnaissance faciale.", "gouvernement (Belgique)"},
		{"fr", "Les caméras de Nancy. La mairie de Nancy a des caméras. Le gouvernement utilise la reconnaissance faciale à Nancy.", "gouvernement (France)"},
		{"en", "Cameras in Leeds. Leeds has cameras. The police use facial recognition in Leeds.", "police of Leeds"},
		{"de", "Kameras in Ulm. Ulm hat Kameras. In Wien nutzt die Regierung Gesichtserkennung.", "regierung (Österreich)"},
	} {
		list, err := claimtest.Engine(t).Candidates(t.Context(), claimtest.Article(tt.text, tt.language), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range list {
			if c.Claim.Predicate == contrechamp.Operator {
				got = append(got, c.Claim.Value.Entity.Name())
			}
		}
		if !slices.Contains(got, tt.want) {
			t.Errorf("%s: run by %q, want %q", tt.text, got, tt.want)
		}
	}
}
