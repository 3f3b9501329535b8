package read

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/charmap"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/archive/archivetest"
	"contrechamp.org/contrechamp/internal/read/pdf/pdftest"
	"contrechamp.org/contrechamp/internal/testenv"
)

// made are the documents of formats that no editor writes well by hand: each with its expected text in
// testdata/formats, renewed by -update.
var made = map[string]func() []byte{
	"columns.pdf":    func() []byte { return twoColumns(false) },
	"compressed.pdf": func() []byte { return twoColumns(true) },
	"act.pdf":        act,
}

// TestFormats compares each document with its expected text: those of made, and those of testdata/formats, where a
// .txtar is the parts of a zipped file.
func TestFormats(t *testing.T) {
	for name, make := range made {
		t.Run(name, func(t *testing.T) { compareRead(t, make(), name, filepath.Join("testdata", "formats", name+".golden")) })
	}
	for name, b := range formatSeeds(t) {
		t.Run(name, func(t *testing.T) { compareRead(t, b, name, filepath.Join("testdata", "formats", name+".golden")) })
	}
}

// formatSeeds are the documents of testdata/formats, by name.
func formatSeeds(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/formats/*.*")
	if err != nil {
		t.Fatal(err)
	}
	seeds := outlook()
	for _, name := range names {
		if strings.HasSuffix(name, ".golden") || strings.HasSuffix(name, ".gitattributes") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		if strings.HasSuffix(name, ".txtar") {
			b = zipped(t, b)
		}
		seeds[base] = b
	}
	return seeds
}

// outlook are messages of Outlook in the ways in which it keeps their text.
func outlook() map[string][]byte {
	// as Outlook writes it: tags in groups of their own, what only makes it look alike between \htmlrtf and \htmlrtf0
	const html = `{\rtf1\ansi\ansicpg1252\fromhtml1 \fbidis \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fswiss\fcharset204 Arial CYR;}}{\colortbl\red0\green0\blue0;}
\uc1\pard\plain\deftab360 \f0\fs24 
{\*\htmltag19 <html>}{\*\htmltag2 \par }{\*\htmltag34 <head>}{\*\htmltag161 <meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">}
{\*\htmltag241 <style>}{\*\htmltag241 p \{margin:0\}}{\*\htmltag249 </style>}{\*\htmltag41 </head>}{\*\htmltag50 <body>}\htmlrtf \lang1036 \htmlrtf0
{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 La ville de Valcroix a install\'e9 douze cam\'e9ras {\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 \'e0 la gare{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 , dont le co\'fbt{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 est de moins de 240\~000\~euros, dit le maire de la commune.{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0
{\*\htmltag64 <p>}Si a < b & c, {\*\htmltag84 <a href="https://valcroix.example/d">}{\*\mhtmltag84 <a href="cid:1">}le dossier{\*\htmltag92 </a>} \u8220?Vid\'e9o\u8221?{\*\htmltag72 </p>}\htmlrtf\par\htmlrtf0
{\*\htmltag64 <p>}\f1 \'ca\'e0\'ec\'e5\'f0\'e0 \f0 et \rquote autre\rquote .{\*\htmltag72 </p>}{\*\htmltag58 </body>}{\*\htmltag27 </html>}}`
	const text = `{\rtf1\ansi\ansicpg1252\fromtext \deff0{\fonttbl{\f0\fswiss Arial;}}{\colortbl;}\uc1\pard\plain\f0\fs20 Bonjour,\par
\par
La ville a install\'e9 douze cam\'e9ras \'e0 la gare.\par
- dix d\'f4mes ;\par
- deux cam\'e9ras fixes.\par}`
	const rich = `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard La ville a install\'e9 {\deleted dix}douze cam\'e9ras.\par\trowd\pard\intbl Gare\cell 5\cell\row\pard Merci.\par}`
	damaged := archivetest.PackRTF([]byte(rich))
	damaged[len(damaged)-20] ^= 1
	cyrillic := func(s string) []byte {
		b, err := charmap.Windows1251.NewEncoder().String(s)
		if err != nil {
			panic(err)
		}
		return []byte(b)
	}
	return map[string][]byte{
		"outlook.msg":         archivetest.Outlook(),
		"outlook-html.msg":    archivetest.OutlookRTF("Caméras de la gare", archivetest.PackRTF([]byte(html))),
		"outlook-text.msg":    archivetest.OutlookRTF("Caméras de la gare", archivetest.PackRTF([]byte(text))),
		"outlook-rich.msg":    archivetest.OutlookRTF("Caméras de la gare", archivetest.PackRTF([]byte(rich))),
		"outlook-damaged.msg": archivetest.OutlookRTF("Caméras de la gare", damaged),
		"outlook-1251.msg": archivetest.Compound(
			archivetest.File{Name: "__properties_version1.0", Data: archivetest.Fixed(0x3FFD0003, 1251, 0x3FDE0003, 20866)},
			archivetest.File{Name: "__substg1.0_0037001E", Data: cyrillic("Камере на тргу")},
			archivetest.File{Name: "__substg1.0_0C1A001E", Data: cyrillic("Ана Марић")},
			archivetest.File{Name: "__substg1.0_10130102", Data: []byte("<p>\xf7\xc9\xc4\xc5\xcf\xce\xc1\xc2\xcc\xc0\xc4\xc5\xce\xc9\xc5 \xce\xc1 \xd0\xcc\xcf\xdd\xc1\xc4\xc9.</p>")}),
	}
}

// zipped makes a ZIP file of the files of a txtar. A file called mimetype comes first and is not compressed, as
// OpenDocument wants it.
func zipped(t testing.TB, parts []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range txtar.Parse(parts).Files {
		method, content := zip.Deflate, f.Data
		if f.Name == "mimetype" {
			method, content = zip.Store, bytes.TrimSpace(content)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// compareRead reads a document and compares with its expected text.
func compareRead(t *testing.T, b []byte, name, golden string) {
	t.Helper()
	text, err := engines.Read(context.Background(), Source{Bytes: b, Name: name, Now: now})
	got := ""
	if err != nil {
		if !errors.Is(err, ErrUnreadable) {
			t.Fatalf("read: %v", err)
		}
		got = "cannot be read: " + err.Error() + "\n"
	} else {
		checkText(t, text)
		got = render(text)
	}
	compareGolden(t, name, got, golden)
}

// compareGolden compares with an expected text, or renews it.
func compareGolden(t *testing.T, name, got, golden string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s reads\n%s\nwant\n%s", name, got, want)
	}
}

// twoColumns is a newsletter: a title across, two columns of prose, running heads and numbers on both pages.
func twoColumns(compress bool) []byte {
	f := &pdftest.File{Compress: compress, Info: map[string]string{"Title": "Lettre des quartiers n° 12", "Author": "Collectif du Val", "CreationDate": "D:20240312101500+01'00'"}}
	left := []string{
		"Le conseil municipal de Valcroix a voté mardi soir",
		"l'extension du système de vidéoprotection. Douze",
		"caméras s'ajoutent aux vingt-six qui filment déjà le",
		"centre. L'opposition demande une étude sur l'effi-",
		"cacité du dispositif de vidéo-",
		"protection avant toute nouvelle dépense.",
		"",
		"Le maire répond que les images servent à la police",
		"et que la sous-",
		"préfète approuve le projet. Les habitants, eux, n'ont",
	}
	right := []string{
		"pas été consultés. Une réunion publique est prévue le",
		"14 avril à la salle des fêtes, en présence de la",
		"commission départementale.",
		"",
		"Le coût est de 240 000 euros, dont la moitié est",
		"payée par l'État. Le fournisseur n'est pas connu.",
	}
	for i := range 2 {
		p := f.Page()
		p.Text(56, 30, 8, "Lettre des quartiers, mars 2024")
		p.Text(500, 815, 8, []string{"1 / 2", "2 / 2"}[i])
		y := 90.0
		if i == 0 {
			p.Bold(56, 90, 20, "Douze caméras de plus à Valcroix")
			y = 130
		}
		p.Lines(56, y, 9, 12, left...)
		p.Lines(315, y, 9, 12, right...)
		left = []string{"À Montbrel, la commune voisine, le tribunal a annulé", "l'arrêté du préfet. Il manquait un avis. Les quinze", "caméras sont éteintes depuis le 2 février 2024."}
		right = []string{"L'association rappelle que toute personne peut", "demander à voir les images qui la concernent. Elle", "propose un modèle de lettre sur demande."}
	}
	return f.Bytes()
}

// act is a prefect's act: a letterhead of two columns, a table, a running foot within a sentence.
func act() []byte {
	f := &pdftest.File{Info: map[string]string{"Title": "Microsoft Word - arrete.docx", "CreationDate": "D:20250124080000Z"}}
	p := f.Page()
	p.Lines(56, 60, 9, 11, "PRÉFET", "DU VAL-", "D'OR")
	p.Lines(330, 64, 9, 12, "Direction de la citoyenneté", "Bureau des polices administratives", "Valcroix, le 22 janvier 2025")
	p.Bold(270, 150, 14, "ARRÊTÉ")
	p.Bold(130, 172, 11, "portant autorisation d'un système de vidéoprotection")
	y := p.Lines(56, 210, 10, 13,
		"VU le code de la sécurité intérieure, notamment ses articles L. 223-1 à L. 223-9, L. 251-1 à",
		"L. 255-1 et R. 251-1 à R. 253-4 ;",
		"VU la demande présentée le 12 novembre 2024 par le maire de Valcroix ;",
		"SUR proposition du secrétaire général de la préfecture,")
	p.Bold(270, y+10, 10, "ARRÊTE")
	p.Lines(56, y+40, 10, 13,
		"Article 1er – Le maire de Valcroix est autorisé, pour une durée de cinq ans renouvelable, à exploiter",
		"sur le territoire de sa commune un système de vidéoprotection composé de :",
		"- 4 caméras intérieures ;",
		"- 11 caméras extérieures.",
		"Article 2 – Le système a pour finalités la sécurité des personnes, la prévention des atteintes aux",
		"biens, la protection des bâtiments publics, la régulation du trafic routier et la")
	p.Text(56, 800, 8, "RAA n° 80-2025-046 du 24/01/2025 – DCL – Commune de Valcroix")
	p.Text(540, 815, 8, "2/9")
	p = f.Page()
	y = p.Lines(56, 80, 10, 13, "prévention du trafic de stupéfiants. Il ne doit être destiné qu'à ces fins.")
	p.Bold(56, y+20, 10, "RÉPARTITION DES CAMÉRAS")
	y += 45
	for _, row := range [][]string{{"Site", "Secteur", "Caméras", "Nature"}, {"Champ de Mars", "centre", "6", "dômes"}, {"Gare routière", "avenue Foch", "5", "fixes"}, {"Plan d'eau", "loisirs", "4", "dômes"}, {"TOTAL", "", "15", ""}} {
		for i, cell := range row {
			if cell != "" {
				p.Text([]float64{56, 200, 350, 430}[i], y, 10, cell)
			}
		}
		y += 15
	}
	p.Text(56, 800, 8, "RAA n° 80-2025-046 du 24/01/2025 – DCL – Commune de Valcroix")
	p.Text(540, 815, 8, "3/9")
	return f.Bytes()
}

// TestBulletins sets the five reconstructed bulletins as PDF pages and looks for what a person looks for.
func TestBulletins(t *testing.T) {
	for _, c := range []struct {
		name string
		want []string // in text that speaks
		not  []string // in text that speaks: running heads
	}{
		{"raa-71-2025-046", []string{"préfet de Saône-et-Loire", "L. 251-1 à L. 255-1", "38 caméras au total", "22 janvier 2025", "1er février 2025", "régulation du trafic routier et la prévention du trafic", "vidéosurveillance"}, []string{"2/9"}},
		{"raa-37-2025-214", []string{"L. 242-"}, nil},
		{"raa-49-special-88-2024", []string{"R. 251-"}, nil},
		{"raa-30-2025-133", []string{"camèras"}, nil},
		{"raa-40-2026-175", []string{"LAPI"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := os.ReadFile(testenv.Shared(t, "data", "bulletins", c.name+".reconstructed.txt"))
			if err != nil {
				t.Fatal(err)
			}
			text, err := engines.Read(context.Background(), Source{Bytes: pdftest.Bulletin(string(b)), Name: "raa.pdf", Now: now})
			if err != nil {
				t.Fatal(err)
			}
			checkText(t, text)
			if testing.Verbose() {
				t.Log(render(text))
			}
			if text.Published.Date.Day == 0 {
				t.Error("its date was not found")
			}
			var spoken strings.Builder
			for _, p := range text.Paragraphs {
				if p.Role.Speaks() {
					spoken.WriteString(p.Of(text.Body) + "\n")
				}
			}
			for _, w := range c.want {
				if !strings.Contains(spoken.String(), w) {
					t.Errorf("%q is not said in\n%s", w, spoken.String())
				}
			}
			for _, w := range c.not {
				if strings.Contains(spoken.String(), w) {
					t.Errorf("%q is said", w)
				}
			}
		})
	}
}

// TestPlainBulletins reads the five bulletins as the text files that they are, and looks for what a person looks for: who
// acts, on which legal basis, how many cameras, and the dates.
func TestPlainBulletins(t *testing.T) {
	for _, c := range []struct {
		name, published, title string
		said                   []string // each within one paragraph that speaks
		not                    []string
	}{
		{"raa-71-2025-046", "2025-01-22", "portant autorisation d'un système de vidéoprotection",
			[]string{"Le préfet de Saône-et-Loire", "VU le code de la sécurité intérieure, notamment ses articles L. 223-1 à L. 223-9, L. 251-1 à L. 255-1 et R. 251-1 à R. 253-4 ;",
				"soit 38 caméras au total, dont 15 étaient déjà en service avant la demande.", "L'autorisation prend effet le 1er février 2025. Elle expire le 31 janvier 2030.",
				"un système de vidéoprotection de cinq caméras, soit quatre caméras intérieures et une caméra extérieure"}, []string{"RAA n°", "2/9"}},
		{"raa-37-2025-214", "2025-10-09", "autorisant à capter",
			[]string{"LA PRÉFÈTE D□INDRE-ET-LOIRE", "ses articles L. 211-1 à L. 211-4, L. 242-1 à L. 242- 8 et R. 242-8 à R. 242-14 ;", "peuvent être mobilisés pour deux caméras",
				"Elle est délivrée pour le samedi 11 octobre 2025, de 12 heures 30 à 20 heures."}, []string{"équipés de caméras 2", "équipés de caméras 3"}},
		{"raa-49-special-88-2024", "2024-06-21", "AUTORISANT LA COMMUNE DE SAUMUR À METTRE EN ŒUVRE UN PERIMETRE VIDEOPROTEGE DANS LE SECTEUR",
			[]string{"LE PREFET DE MAINE-ET-LOIRE", "(articles L. 251-1 à L. 255-1 et R. 251- 1 à R. 253-4) ;", "vingt-sept caméras sont en service à l'intérieur du périmètre ; la commune prévoit d'en ajouter neuf",
				"pour cinq ans, du 1er juillet 2024 au 30 juin 2029"}, []string{"RECUEIL SPÉCIAL N° 88 – 2"}},
		{"raa-30-2025-133", "2025-09-05", "Arrete relatif aux caméras individuelles des agents de la police municipale d Alès",
			[]string{"Le préfet du Gard,", "ses articles L. 241-2 et R. 241-8 à R. 241- 17 ;", "au moyen de dix-huit caméras individuelles.", "à compter du 15 septembre 2025",
				"caméras individuelles, au nombre de six", "du 1er octobre 2025 au 30 septembre 2028"}, []string{"municipale d Alès 4"}},
		{"raa-40-2026-175", "2026-07-21", "autorisant temporairement la mise en œuvre",
			[]string{"Le préfet des Landes,", "ses articles L. 233-1 et L. 233- 2 ;", "Sont installés huit lecteurs fixes", "du mardi 11 août 2026 à 8 heures au lundi 17 août 2026 à 8 heures",
				"seize caméras de voie publique.", "la direction inter- départementale de la police nationale des Landes sont autorisés"}, []string{"page 14", "page 16"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := c.name + ".reconstructed.txt"
			b, err := os.ReadFile(testenv.Shared(t, "data", "bulletins", name))
			if err != nil {
				t.Fatal(err)
			}
			text, err := engines.Read(context.Background(), Source{Bytes: b, Name: name, Now: now})
			if err != nil {
				t.Fatal(err)
			}
			checkText(t, text)
			checkOrigin(t, text, b)
			if got := text.Published.Date.String(); got != c.published || !strings.HasPrefix(text.Title, c.title) {
				t.Errorf("published %s, %q; want %s, %q", got, text.Title, c.published, c.title)
			}
			var spoken []string
			for _, p := range text.Paragraphs {
				if p.Role.Speaks() {
					spoken = append(spoken, strings.Join(strings.Fields(p.Of(text.Body)), " "))
				}
			}
			says := func(w string) bool {
				return slices.ContainsFunc(spoken, func(s string) bool { return strings.Contains(s, w) })
			}
			for _, w := range c.said {
				if !says(w) {
					t.Errorf("no paragraph says %q", w)
				}
			}
			for _, w := range c.not {
				if says(w) {
					t.Errorf("%q is said", w)
				}
			}
			if t.Failed() {
				t.Log(render(text))
			}
		})
	}
}

// TestPlainPages reads a letter whose pages form feeds part.
func TestPlainPages(t *testing.T) {
	b, err := os.ReadFile("testdata/en-letter-72.txt")
	if err != nil {
		t.Fatal(err)
	}
	text, err := Read(context.Background(), Source{Bytes: b, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for start, page := range map[string]int{"HARROWMERE": 1, "The recordings": 1, "Yours": 2, "North Gate": 3} {
		i := slices.IndexFunc(text.Paragraphs, func(p contrechamp.Paragraph) bool { return strings.HasPrefix(p.Of(text.Body), start) })
		if i < 0 || text.Paragraphs[i].Page != page {
			t.Errorf("%q is paragraph %d of %+v, want page %d", start, i, text.Paragraphs, page)
		}
	}
}

// TestBulletinQuotes looks for every quote of the reference claims in what speaks, a word broken at a line's end made whole
// in both.
func TestBulletinQuotes(t *testing.T) {
	file, err := os.Open(testenv.Shared(t, "data", "bulletins", "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	broken := regexp.MustCompile(`(\p{L})- ?(\p{Ll})`)
	fold := func(s string) string {
		return broken.ReplaceAllString(strings.Join(strings.Fields(strings.ReplaceAll(s, "□", "?")), " "), "$1$2")
	}
	spoken := map[string]string{}
	n := 0
	for lines := json.NewDecoder(file); lines.More(); n++ {
		var gold struct{ Document, Quote string }
		if err := lines.Decode(&gold); err != nil {
			t.Fatal(err)
		}
		if spoken[gold.Document] == "" {
			b, err := os.ReadFile(testenv.Shared(t, "data", "bulletins", gold.Document))
			if err != nil {
				t.Fatal(err)
			}
			text, err := engines.Read(context.Background(), Source{Bytes: pdftest.Bulletin(string(b)), Name: "raa.pdf", Now: now})
			if err != nil {
				t.Fatal(err)
			}
			var said strings.Builder
			for _, p := range text.Paragraphs {
				if p.Role.Speaks() {
					said.WriteString(p.Of(text.Body) + " ")
				}
			}
			spoken[gold.Document] = fold(said.String())
		}
		if !strings.Contains(spoken[gold.Document], fold(gold.Quote)) {
			t.Errorf("%s: %q is not said", gold.Document, gold.Quote)
		}
	}
	if n < 90 {
		t.Errorf("only %d quotes", n)
	}
}
