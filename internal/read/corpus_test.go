package read

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

// now is the day on which tests read.
var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// expected is what a person says of each text of the corpus.
var expected = map[string]struct{ title, date, language, author, publisher string }{
	"seeds/000_ec5fe711d5d844e0.txt":          {"La reconnaissance faciale chinoise arrive aux portes de l'Union européenne", "2021-06-23", "fr", "FranceSoir", ""},
	"seeds/002_39fc01324397259f.txt":          {"Milipol, le Salon de la surveillance généralisée", "2019-11-26", "fr", "", "Europe Solidaire"},
	"seeds/004_cb6bda95d0824a61.txt":          {"La police chinoise utilise une caméra basée sur l'IA et des analyses raciales pour suivre les Ouïghours Et les distinguer de la majorité Han", "2019-11", "fr", "", ""},
	"dev/010_roanne-briefcam.txt":             {"Roanne : le logiciel qui épluche les images à la place des agents", "2025-03-14", "fr", "", ""},
	"dev/011_orleans-sensivic.txt":            {"Orléans va coupler ses caméras à des détecteurs de bruits", "2021-10-04", "fr", "L. M.", ""},
	"dev/012_lyon-mona.txt":                   {"Aéroport de Lyon-Saint-Exupéry. Votre visage comme carte d'embarquement", "2020-10-05", "fr", "", ""},
	"dev/013_valenciennes-huawei.txt":         {"Le cadeau de Huawei à Valenciennes passe mal à la Cnil", "2021-08-26", "fr", "", ""},
	"dev/014_saint-maur-lapi.txt":             {"Plaques : je demande la LAPI pour Saint-Maur", "2015-02-06", "fr", "", ""},
	"dev/015_cameroun-huawei.txt":             {"CAMEROUN – SECURITE. Huawei : 1500 caméras de plus pour la Dgsn", "2017-02-17", "fr", "", ""},
	"dev/016_surete-quebec-idemia.txt":        {"La Sûreté du Québec achète la reconnaissance faciale d’Idemia", "2020-09-23", "fr", "", ""},
	"dev/017_gendarmerie-cameras-pietons.txt": {"EQUIPEMENT / 5 000 caméras-piétons pour la Gendarmerie", "2018-03-26", "fr", "", "Le journal des casernes"},
	"dev/018_orlando-rekognition.txt":         {"Orlando police pull the plug on Amazon face-scanning pilot -- again", "2019-07-18", "en", "Staff Writer", ""},
	"dev/019_kampala-huawei.txt":              {"Kampala's cameras: what $126 million buys", "2019-08-15", "en", "", ""},
	"dev/020_fair-oaks-ranch-flock.txt":       {"Fair Oaks Ranch council hears plan for plate-reading cameras", "2025-07", "en", "", ""},
	"dev/021_clearview-dutch-fine.txt":        {"Dutch watchdog hits Clearview AI with €30.5m penalty", "2024-09-03", "en", "", ""},
	"dev/022_hyderabad-frt.txt":               {"Telangana High Court asks state to justify facial recognition", "2022-01-05", "en", "", ""},
	"dev/023_torino-argo.txt":                 {"Torino, telecamere intelligenti: il Garante vuole vederci chiaro", "2021-05-30", "it", "", ""},
}

func readShared(t *testing.T, name string) contrechamp.Text {
	t.Helper()
	b, err := os.ReadFile(testenv.Shared(t, "corpus", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := Read(context.Background(), Source{Bytes: b, Name: filepath.Base(name), Now: now})
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return text
}

func TestCorpus(t *testing.T) {
	for name, want := range expected {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text := readShared(t, name)
			checkText(t, text)
			for _, c := range []struct{ what, got, want string }{
				{"title", text.Title, want.title}, {"date", text.Published.Date.String(), want.date},
				{"language", text.Language, want.language}, {"author", text.Author, want.author}, {"publisher", text.Publisher, want.publisher},
			} {
				if c.got != c.want {
					t.Errorf("%s %q, want %q", c.what, c.got, c.want)
				}
			}
			if t.Failed() || testing.Verbose() {
				t.Log("\n" + render(text))
			}
		})
	}
}

// What the gold quotes must be in paragraphs that speak, wherever else the page says it.
func TestCorpusQuotesSpeak(t *testing.T) {
	for _, part := range []string{"seeds", "dev"} {
		f, err := os.Open(testenv.Shared(t, "corpus", part, "gold.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		texts := map[string]contrechamp.Text{}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var gold struct {
				Document, Quote string
				Optional        bool
			}
			if err := json.Unmarshal(lines.Bytes(), &gold); err != nil {
				t.Fatal(err)
			}
			text, ok := texts[gold.Document]
			if !ok {
				text = readShared(t, part+"/"+gold.Document)
				texts[gold.Document] = text
			}
			spoken := 0
			for _, p := range text.Paragraphs {
				if p.Role.Speaks() && strings.Contains(p.Of(text.Body), gold.Quote) {
					spoken++
				}
			}
			if spoken == 0 && !gold.Optional {
				t.Errorf("%s: no paragraph that speaks says %q", gold.Document, gold.Quote)
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
