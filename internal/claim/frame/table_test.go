package frame_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/frame"
	"contrechamp.org/contrechamp/internal/read"
)

// TestTables: what the rows of a table say, each of its own place, whatever the table is drawn with.
func TestTables(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		want             []string
	}{
		{"bars", "a.txt", "Les caméras des villes\n\nLe tableau donne l'état des réseaux en 2024.\n\n| Ville | Habitants | Caméras | Fournisseur | État |\n|---|---|---|---|---|\n| Lyon | 522 000 | 570 | Hikvision | en service |\n| Dijon | 160 000 | 120 | Genetec | à l'essai |\n| Total | | 690 | | |\n",
			[]string{"Lyon device_count 570 camera asserted", "Lyon vendor Hikvision asserted", "Lyon status operational asserted", "Dijon device_count 120 camera asserted", "Dijon vendor Genetec asserted", "Dijon status trial asserted"}},
		{"tabs", "a.html", "<html lang=\"fr\"><head><title>Les caméras des villes</title></head><body><article><h1>Les caméras des villes</h1><p>Le tableau donne l'état des réseaux de vidéosurveillance, d'après les réponses des mairies à nos demandes.</p><table><tr><th>Ville</th><th>Caméras</th><th>Fournisseur</th><th>Depuis</th></tr><tr><td>Lyon</td><td>570</td><td>Hikvision</td><td>2001</td></tr><tr><td>Dijon</td><td>2 012</td><td>-</td><td>2012</td></tr></table><p>Les villes ont répondu entre janvier et mars.</p></article></body></html>",
			[]string{"Lyon device_count 570 camera asserted", "Lyon vendor Hikvision asserted", "Lyon since 2001 asserted", "Dijon device_count 2012 camera asserted", "Dijon since 2012 asserted"}},
		{"a capability at the head", "a.txt", "Face recognition in the cities\n\nThe table shows where each city stands.\n\n| City | Face recognition | Number plates read |\n|---|---|---|\n| Leeds | in use | no |\n| York | considering use | yes |\n| Hull | banned | - |\n",
			[]string{"Leeds capability face-recognition asserted", "Leeds status operational asserted", "York capability face-recognition planned", "York status planned planned", "Kingston upon Hull capability face-recognition denied"}},
		{"money in the head", "a.txt", "Videosorveglianza nei comuni\n\nLa tabella riporta le spese dei comuni per la videosorveglianza.\n\n| Comune | Telecamere | Spesa (€) |\n|---|---|---|\n| Lecco | 40 | 120.000 |\n| Como | 64 | 250.000 |\n",
			[]string{"Lecco device_count 40 camera asserted", "Lecco cost 120000 EUR asserted", "Como device_count 64 camera asserted", "Como cost 250000 EUR asserted"}},
		{"turned round", "a.txt", "Videoüberwachung im Vergleich\n\nDie Tabelle vergleicht die Videoüberwachung zweier Städte.\n\n| | Leipzig | Dresden |\n|---|---|---|\n| Kameras | 36 | 41 |\n| Einwohner | 600.000 | 560.000 |\n| Hersteller | Bosch | Dallmeier |\n",
			[]string{"Leipzig device_count 36 camera asserted", "Leipzig vendor Bosch Security asserted", "Dresden device_count 41 camera asserted", "Dresden vendor Dallmeier asserted"}},
		{"of persons", "a.txt", "Les caméras-piétons de Namur\n\nLe tableau dit qui les porte.\n\n| Agent | Caméras | Exploitant |\n|---|---|---|\n| Jean Morel | 2 | Marie Dubois |\n| Mme Lenoir | 1 | Paul Girard |\n", nil},
		{"of names", "a.txt", "Body cameras of Leeds\n\nThe table says who wears body cameras.\n\n| Name | Body cameras |\n|---|---|\n| Okafor Adaeze | 2 |\n| Leeds | 14 |\n", []string{"Leeds device_count 14 camera asserted", "Leeds capability body-worn-camera asserted"}},
		{"of firms", "a.txt", "Les fournisseurs de caméras\n\nLe tableau compte les caméras vendues.\n\n| Fournisseur | Caméras | Prix (€) |\n|---|---|---|\n| Optivue | 120 | 4 000 |\n| Vigilane | 80 | 3 000 |\n", nil},
		{"turned round, of something else", "a.txt", "Die Büchereien im Vergleich\n\nDie Tabelle vergleicht die Büchereien zweier Städte.\n\n| | Leipzig | Dresden |\n|---|---|---|\n| Kosten (€) | 120.000 | 90.000 |\n| Status | in Betrieb | geplant |\n", nil},
		{"of something else", "a.txt", "Las bibliotecas de la región\n\nLa tabla da los libros de las bibliotecas.\n\n| Ciudad | Libros | Editorial |\n|---|---|---|\n| Getafe | 12.000 | Anaya |\n| Toledo | 34.000 | Planeta |\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := read.Read(t.Context(), read.Source{Name: c.file, Bytes: []byte(c.text), Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			list, err := claimtest.Engine(t).Candidates(t.Context(), text, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, x := range list {
				if !strings.HasPrefix(x.Claim.Rule, frame.TableRule) {
					if c.want != nil && strings.ContainsAny(x.Claim.Quote.Exact, "|\t") {
						t.Errorf("%s reads a row", x.Claim.Rule)
					}
					continue
				}
				got = append(got, fmt.Sprintf("%s %s %s %s", x.Claim.About[0].Name(), x.Claim.Predicate, tableValue(x.Claim.Value), x.Claim.Modality))
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.want))
			if !slices.Equal(got, want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
			}
		})
	}
}

// tableValue writes a value of a table's cell.
func tableValue(v contrechamp.Value) string {
	switch {
	case v.Entity != nil && (v.Entity.Kind == contrechamp.KindCapability || v.Entity.Kind == contrechamp.KindStatus):
		return v.Entity.ID
	case v.Entity != nil:
		return v.Entity.Name()
	case !v.Date.IsZero():
		return v.Date.String()
	}
	return fmt.Sprintf("%.0f %s", v.Number, v.Unit)
}
