package lexicon

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// capabilityIDs are those of the record of claims: other ids would be other predicates' values.
var capabilityIDs = []string{
	"video-surveillance", "face-recognition", "gait-recognition", "ethnicity-classification", "attribute-classification",
	"emotion-recognition", "person-search", "behaviour-detection", "crowd-monitoring", "licence-plate-recognition",
	"sound-detection", "drone-surveillance", "location-tracking", "traffic-monitoring", "predictive-policing",
	"social-scoring", "identity-verification", "communications-interception", "concealed-object-detection",
	"body-worn-camera",
}

func TestCapabilities(t *testing.T) {
	list, err := readCapabilities(files)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]map[string]int{}
	for _, e := range list {
		have[e.Entity.ID] = map[string]int{}
		for _, f := range e.Forms {
			have[e.Entity.ID][f.Language]++
		}
	}
	for _, id := range capabilityIDs {
		if have[id]["fr"] < 5 || have[id]["en"] < 5 {
			t.Errorf("%s has %d French and %d English forms, want five of each at least", id, have[id]["fr"], have[id]["en"])
		}
		delete(have, id)
	}
	for id := range have {
		t.Errorf("%s is no capability of the record", id)
	}
}

// TestNoFormTwice: the same words for the same thing stand once in the files, unless the spelling is what tells them
// apart.
func TestNoFormTwice(t *testing.T) {
	for name, read := range map[string]func(fs.FS) ([]lineEntry, error){
		entitiesFile: readEntities, capabilitiesFile: readCapabilities, countriesFile: readCountries,
	} {
		list, err := read(files)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			seen := map[string]bool{}
			for _, f := range e.Forms {
				key := f.Text + "\t" + f.Language
				if seen[key] {
					t.Errorf("%s: %s has the form %q twice", name, e.Entity.ID, f.Text)
				}
				seen[key] = true
			}
		}
	}
}

func TestPlacesFile(t *testing.T) {
	g, err := readPlaces(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"GeoNames", "CC BY 4.0", "Etalab", "Licence Ouverte 2.0"} {
		if !strings.Contains(g.licence, want) {
			t.Errorf("the header's licences %q do not name %s", g.licence, want)
		}
	}
	const wanted, largest = 50_000, 2_500_000
	if g.count < wanted {
		t.Errorf("%d places, want %d at least", g.count, wanted)
	}
	if packed, err := fs.ReadFile(files, placesFile); err != nil || len(packed) > largest {
		t.Errorf("the packed file has %d bytes (%v), want %d at most", len(packed), err, largest)
	}
	l := standardOf(t)
	known := map[string]bool{}
	for p := range l.places.lines {
		known[idPrefix+l.places.id(p)] = true
	}
	for i := range l.entities {
		known[l.entities[i].ID] = true
	}
	for p := range l.places.lines {
		line := l.places.line(p)
		e := parsePlace(line)
		if !known[e.Within] {
			t.Fatalf("%s lies in %q, which does not exist", e.ID, e.Within)
		}
		if e.Country == "" || !known[idPrefix+strings.ToLower(e.Country)] {
			t.Fatalf("%s is in the country %q, which does not exist", e.ID, e.Country)
		}
		for _, n := range append(e.Names, contrechamp.Name{Text: e.Name}) {
			if n.Text == "" || !utf8.ValidString(n.Text) || strings.ContainsAny(n.Text, "|\t") {
				t.Fatalf("%s has the name %q", e.ID, n.Text)
			}
		}
	}
}

// TestDefaultKnows asks for what the documents of our readers speak of.
func TestDefaultKnows(t *testing.T) {
	l := standardOf(t)
	for _, c := range []struct{ text, want string }{
		{"Belgrade", "place-rs-belgrade"},
		{"Beograd", "place-rs-belgrade"},
		{"Londres", "place-gb-london"},
		{"London", "place-gb-london"},
		{"Pékin", "place-cn-beijing"},
		{"La Nouvelle-Orléans", "place-us-new-orleans"},
		{"Paris", "place-fr-paris"},
		{"Roanne", "place-fr-roanne"},
		{"Nice", "place-fr-nice"},
		{"Washington", "place-us-washington"},
		{"U.S.", "place-us"},
		{"USA", "place-us"},
		{"États-Unis", "place-us"},
		{"Etats-Unis", "place-us"},
		{"the UK", "place-gb"},
		{"Grande-Bretagne", "place-gb"},
		{"chinoises", "place-cn"},
		{"Chinese", "place-cn"},
		{"serbe", "place-rs"},
		{"Union européenne", "place-european-union"},
		{"Amérique latine", "place-world-latin-america"},
		{"Seine-Saint-Denis", "place-fr-departement-seine-saint-denis"},
		{"Provence-Alpes-Côte d’Azur", "place-fr-provence-alpes-cote-d-azur"},
		{"au Mans", "place-fr-le-mans"},
		{"des Ulis", "place-fr-les-ulis"},
		{"Huawei", "v-huawei"},
		{"HIKVISION", "v-hikvision"},
		{"la CNIL", "a-cnil"},
		{"Police nationale", "o-pn"},
		{"la police nationale", "o-pn"},
		{"vidéosurveillance algorithmique", "behaviour-detection"},
		{"caméras-piétons", "body-worn-camera"},
		{"mouvements de foule", "crowd-monitoring"},
		{"objets abandonnés", "behaviour-detection"},
		{"identifier les visages", "face-recognition"},
		{"façon de marcher", "gait-recognition"},
		{"lecture de plaques", "licence-plate-recognition"},
		{"number plate readers", "licence-plate-recognition"},
		{"license plate readers", "licence-plate-recognition"},
		{"gunshot detection", "sound-detection"},
		{"face-matching software", "face-recognition"},
		{"body-worn cameras", "body-worn-camera"},
		{"une huawei-like thing in paris", ""},
		{"le nec plus ultra", ""},
		{"nice orange tours", ""},
		{"Reading police", ""},
	} {
		got := l.FindString(nil, c.text)
		switch {
		case c.want == "" && len(got) > 0 && !got[0].Forms[0].Ambiguous:
			t.Errorf("in %q: %s", c.text, said(l, c.text, got))
		case c.want != "" && (len(got) == 0 || l.Entity(got[0].Forms[0].Entity).ID != c.want):
			t.Errorf("in %q: want %s, got %s", c.text, c.want, said(l, c.text, got))
		}
	}
}

// TestEveryFormIsFound: each form of the files is found in a text that consists of it.
func TestEveryFormIsFound(t *testing.T) {
	l := standardOf(t)
	for _, read := range []func(fs.FS) ([]lineEntry, error){readEntities, readCapabilities, readCountries} {
		list, err := read(files)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			for _, f := range e.Forms {
				found := false
				for _, m := range l.FindAll(nil, f.Text, word.Cut(nil, f.Text)) {
					for _, form := range m.Forms {
						found = found || l.Entity(form.Entity).ID == e.Entity.ID
					}
				}
				if !found {
					t.Errorf("%s: %s is not found in its form %q", e.where, e.Entity.ID, f.Text)
				}
			}
		}
	}
}

func TestDemonymsAreMany(t *testing.T) {
	list, err := readCountries(files)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, e := range list {
		has := map[string]bool{}
		for _, f := range e.Forms {
			if f.Demonym {
				has[f.Language] = true
			}
		}
		for language := range has {
			count[language]++
		}
	}
	const wanted = 150
	if count["fr"] < wanted || count["en"] < wanted {
		t.Errorf("countries with a demonym: %v, want %d in each language", count, wanted)
	}
}

func TestLoadNamesFileAndLine(t *testing.T) {
	good := fstest.MapFS{}
	for _, name := range []string{entitiesFile, namesFile, capabilitiesFile, countriesFile, exonymsFile, placesFile} {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		good[name] = &fstest.MapFile{Data: b}
	}
	zipped := func(s string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for _, c := range []struct{ file, data, want string }{
		{entitiesFile, "", "is empty"},
		{entitiesFile, "id,name\n", "columns"},
		{entitiesFile, "id,kind,name,country,within,wikidata,role,note\nv-a,vendor,A,,,,,\n", entitiesFile + ":2"},
		{entitiesFile, strings.Replace(string(good[entitiesFile].Data), ",v-nec,", ",v-nobody,", 1), "p-neoface belongs to"},
		{entitiesFile, "id,kind,name,country,within,wikidata,role,note\nv-a,company,\"A,,,,,\n", "line 2"},
		{entitiesFile, "id,kind,name,country,within,wikidata,role,note\no-a,organisation,A,,,,owner,\n", "none of operator, press and platform"},
		{entitiesFile, "id,kind,name,country,within,wikidata,role,note\nv-a,company,A,,,,press,\n", "has no role"},
		{namesFile, "id,form,language,flags\nv-nobody,A,,\n", namesFile + ":2"},
		{capabilitiesFile, "id,form,language,flags\nx,y,en,certain\n", capabilitiesFile + ":2"},
		{capabilitiesFile, "id,form,language,flags\nx,y,en,\nx,what? ever,en,\n", capabilitiesFile + ":2"},
		{countriesFile, "code,en,fr,demonyms_en,demonyms_fr\nfr,France\n", countriesFile + ":2"},
		{exonymsFile, "id,language,names,demonyms\nfr,es\n", exonymsFile + ":2"},
		{exonymsFile, "id,language,names,demonyms\nfr-nowhere,es,Ninguna,\n", `no place "place-fr-nowhere"`},
		{placesFile, "no gzip", placesFile},
		{placesFile, zipped("something else\n"), placesFile + ":1"},
		{placesFile, zipped(placesFormat + "\tone\t1\tl\n"), placesFile + ":1"},
		{placesFile, zipped(placesFormat + "\t2\t2\tl\nfr-a\tA\tfr\t1\t\t\t\n"), "says 2"},
		{placesFile, zipped(placesFormat + "\t1\t1\tl\nfr-a\tA\tfr\n"), placesFile + ":2"},
		{placesFile, zipped(placesFormat + "\t1\t1\tl\nfr-a\tA\tfr\tmany\t\t\t\n"), placesFile + ":2"},
		{placesFile, zipped(placesFormat + "\t2\t2\tl\nfr-b\tB\tfr\t1\t\t\t\nfr-a\tA\tfr\t1\t\t\t\n"), placesFile + ":3"},
		{placesFile, zipped(placesFormat + "\t1\t1\tl\nfr-a\tA\tfr\t1\t\t\t"), placesFile + ":2"},
	} {
		from := fstest.MapFS{}
		for name, file := range good {
			from[name] = file
		}
		from[c.file] = &fstest.MapFile{Data: []byte(c.data)}
		_, err := Load(from)
		if err == nil || !strings.Contains(err.Error(), c.want) || !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s with %.60q: got %v, want an invalid file and %q", c.file, c.data, err, c.want)
		}
		delete(from, c.file)
		if _, err := Load(from); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("without %s: got %v", c.file, err)
		}
	}
}

func TestWithoutPlaces(t *testing.T) {
	l, err := WithoutPlaces()
	if err != nil {
		t.Fatal(err)
	}
	if found := l.ByName("Axis Communications"); len(found) != 1 || l.Entity(found[0]).ID != "v-axis" {
		t.Errorf("Axis Communications: got %v", found)
	}
	if l.Size() != l.Len() || len(l.ByName("Helsinki")) != 0 {
		t.Errorf("%d entities, %d of them kept whole: there are places among them", l.Size(), l.Len())
	}
}

// TestTownsWithTheirRiver: German towns that carry a river or a country in brackets are found whole, and are no other town of that name.
func TestTownsWithTheirRiver(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Kameras in Frankfurt (Oder) und anderswo":   "place-de-frankfurt-oder",
		"Kameras in Frankfurt an der Oder":           "place-de-frankfurt-oder",
		"Kameras in Frankfurt":                       "place-de-frankfurt-am-main",
		"Kameras in Halle (Saale)":                   "place-de-halle",
		"Kameras in Kempten":                         "place-de-kempten",
		"des caméras à Francfort-sur-l'Oder, encore": "place-de-frankfurt-oder",
	} {
		found := l.FindString(nil, text)
		if len(found) == 0 || l.Entity(found[0].Forms[0].Entity).ID != want {
			t.Errorf("%q: got %s, want %s", text, said(l, text, found), want)
		}
	}
}
