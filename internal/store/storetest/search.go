package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// term is what a person means by words: a word, or several as a phrase.
func term(words string) contrechamp.Term {
	var t contrechamp.Term
	for _, tok := range word.Cut(nil, words) {
		if tok.Kind != word.Punct {
			t.Words = append(t.Words, word.Forms(tok.Of(words)))
		}
	}
	return t
}

// terms reads a search of words, "-word", "begin*" and "a_phrase": enough for a table.
func terms(search string) []contrechamp.Term {
	var out []contrechamp.Term
	for _, part := range strings.Fields(search) {
		begin, prefix := strings.CutSuffix(part, "*")
		words, not := strings.CutPrefix(begin, "-")
		t := term(strings.ReplaceAll(words, "_", " "))
		if t.Not = not; prefix {
			t.Prefix = true
			last := len(t.Words) - 1
			t.Words[last] = t.Words[last][:1]
		}
		out = append(out, t)
	}
	return out
}

// library is what the searches search: document 1 to 8, paragraphs from 0.
func library() []contrechamp.Reading {
	one := dated(text(1,
		"title fr Mille caméras à Belgrade",
		"body fr Un millier de caméras de vidéosurveillance équipées de la reconnaissance faciale surveillent la ville de Belgrade.",
		"body fr Le ministère assure que le système livré par Huawei n'est pas employé.",
		"furniture fr Partagez cet article sur les caméras de Belgrade",
		"meta fr Par Jeanne Exemple, crédit photo Agence",
	), "2019-02-17")
	two := dated(text(2,
		"title en Cameras in Évreux",
		"body en The town of Évreux bought forty-eight cameras and a drone.",
		"body en A drone flew over the stadium; nobody was told.",
		"repeat en The town of Évreux bought forty-eight cameras and a drone.",
	), "2021-06")
	three := dated(text(3,
		"heading fr L'entreprise et la ville",
		"body fr L’entreprise Huawei installe des capteurs sonores à Saint-Étienne.",
		"body fr Aujourd'hui, la reconnaissance vocale est interdite ; la surveillance faciale aussi.",
		"item fr Coût : 1.100.000 euros, soit 39,59 % du budget",
	), "2021-06-23")
	four := dated(text(4,
		"body en Straße, œuvre, Łódź and Århus: names that fold.",
		"body en The company's cameras don't recognise faces.",
	), "2020")
	five := text(5, "body zh 监控摄像头遍布城市。", "body en City Brain 城市大脑 sees the city.")
	six := text(6, "body ru Камеры наблюдения в Белграде распознают лица.", "body ar كاميرات المراقبة في المدينة")
	seven := dated(text(7, "body fr "+strings.Repeat("Rien de neuf sous le soleil. ", 4000)+"Une aiguille dans la botte de foin.",
		"body fr AND OR NOT NEAR folded stemmed"), "2022")
	return []contrechamp.Reading{
		{Text: one, Entities: []contrechamp.Entity{belgrade, huawei, faces}, Claims: []contrechamp.Claim{
			claim(one, belgrade, contrechamp.Vendor, entityValue(huawei), "livré par Huawei"),
			claim(one, belgrade, contrechamp.Capability, entityValue(faces), "reconnaissance faciale"),
		}},
		{Text: two, Entities: []contrechamp.Entity{evreux}, Claims: []contrechamp.Claim{claim(two, evreux, contrechamp.DeviceCount, cameras(48), "forty-eight cameras")}},
		{Text: three, Entities: []contrechamp.Entity{huawei, evreux, faces}, Claims: []contrechamp.Claim{
			claim(three, huawei, contrechamp.Market, entityValue(faces), "capteurs sonores"),
			claim(three, evreux, contrechamp.DeviceCount, cameras(2), "la ville"),
		}},
		{Text: four}, {Text: five}, {Text: six}, {Text: seven},
	}
}

func testSearch(t *testing.T, open func(t *testing.T) Instance) {
	in := open(t)
	s, ctx := in.Store, t.Context()
	record(t, s, 1, 2, 3, 4, 5, 6, 7, 8)
	save(t, s, library()...)
	cases := searches()
	check := func(t *testing.T) {
		for name, tt := range cases {
			tt.query.Limit = 100
			hits, total, err := s.Find(ctx, tt.query)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			got := []string{}
			for _, h := range hits {
				got = append(got, where(t, h))
			}
			if !tt.ordered {
				slices.Sort(got)
			}
			if want := strings.Fields(tt.want); !slices.Equal(got, want) || total != len(want) {
				t.Errorf("%s: got %v (%d in all), want %v", name, got, total, want)
			}
		}
	}
	t.Run("a table of searches", check)
	t.Run("hits are whole", func(t *testing.T) {
		hits, _, err := s.Find(ctx, contrechamp.Query{Terms: terms("capteurs")})
		if err != nil || len(hits) != 1 {
			t.Fatalf("got %v, %v", hits, err)
		}
		x := must(s.Text(ctx, digest(3)))(t)
		want := contrechamp.Hit{Document: must(s.Document(ctx, digest(3)))(t), Paragraph: 1, Span: x.Paragraphs[1].Span,
			Words: x.Paragraphs[1].Of(x.Body), Language: "fr"}
		equal(t, "hit", hits[0], want)
	})
	t.Run("in order, pages fit", func(t *testing.T) {
		all, total, err := s.Find(ctx, contrechamp.Query{Terms: terms("caméras")})
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		for _, h := range all {
			order = append(order, where(t, h))
		}
		// titles, then the rest, each from the newest document: 2021-06, 2020, 2019
		equal(t, "order", order, strings.Fields("2/0 1/0 2/1 4/1 1/1"))
		var paged []contrechamp.Hit
		for offset := 0; offset < total; offset += 2 {
			page, n, err := s.Find(ctx, contrechamp.Query{Terms: terms("caméras"), Limit: 2, Offset: offset})
			if err != nil || n != total {
				t.Fatalf("page at %d: %d in all, %v, want %d", offset, n, err, total)
			}
			paged = append(paged, page...)
		}
		equal(t, "pages", paged, all)
		past, n, err := s.Find(ctx, contrechamp.Query{Terms: terms("caméras"), Offset: 100})
		if err != nil || len(past) != 0 || n != total {
			t.Errorf("past the end: got %d hits, %d in all, %v", len(past), n, err)
		}
	})
	t.Run("refused", func(t *testing.T) {
		for name, q := range map[string]contrechamp.Query{
			"nothing": {}, "only a word to leave out": {Terms: terms("-drone")},
			"only that, with a filter": {Terms: terms("-drone"), From: contrechamp.Date{Year: 2021}},
			"a term without words":     {Terms: []contrechamp.Term{{}}}, "a word without forms": {Terms: []contrechamp.Term{{Words: [][]string{{}}}}},
			"an empty word":  {Terms: []contrechamp.Term{{Words: [][]string{{""}}}}},
			"too many words": {Terms: terms(strings.Repeat("mot ", 1000))},
		} {
			_, _, err := s.Find(ctx, q)
			wantKind(t, name, err, contrechamp.ErrInvalid)
		}
	})
	t.Run("what people type never becomes syntax", func(t *testing.T) {
		for _, typed := range []string{`"`, `""`, `" OR "`, `a" OR b`, `*`, `^a`, `a:b`, `{folded}`, `NEAR(a b)`, `'; --`, "\x00", "(", `\`, "-", "😀", "a\nb"} {
			for _, prefix := range []bool{false, true} {
				_, _, err := s.Find(ctx, contrechamp.Query{Terms: []contrechamp.Term{{Words: [][]string{{typed}}, Prefix: prefix}}})
				if err != nil {
					// a sentence is fine, a complaint of the engine about its syntax is not
					wantKind(t, fmt.Sprintf("%q", typed), err, contrechamp.ErrInvalid)
				}
			}
		}
	})
	t.Run("rejected claims do not answer filters", func(t *testing.T) {
		c := library()[1].Claims[0]
		decide := func(state contrechamp.State) int {
			t.Helper()
			if err := s.Decide(ctx, []contrechamp.Decision{{Claim: c.ID, State: state, By: "a", At: at(1)}}); err != nil {
				t.Fatal(err)
			}
			return must(count(s.Find(ctx, contrechamp.Query{Terms: terms("drone"), Entities: [][]string{{evreux.ID}}})))(t)
		}
		equal(t, "rejected", decide(contrechamp.Rejected), 0)
		equal(t, "taken back", decide(contrechamp.Proposed), 2)
	})
	t.Run("ties by document and paragraph, counted to ten thousand", func(t *testing.T) { testManyHits(t, open(t).Store) })
	t.Run("the index can be made again", func(t *testing.T) {
		if in.Reindex == nil {
			missing(t, "index apart from the rows")
		}
		if err := in.Reindex(ctx); err != nil {
			t.Fatal(err)
		}
		check(t)
	})
}

type search struct {
	query   contrechamp.Query
	want    string // document/paragraph, sorted, or in order
	ordered bool
}

func searches() map[string]search {
	words := func(search_, want string) search {
		return search{query: contrechamp.Query{Terms: terms(search_)}, want: want}
	}
	year := func(y int) contrechamp.Date { return contrechamp.Date{Year: y} }
	june := contrechamp.Date{Year: 2021, Month: 6}
	all := map[string]search{}
	for _, tt := range [][2]string{
		// words, in any of their forms, whatever their case and accents
		{"caméras", "1/0 1/1 2/0 2/1 4/1"}, {"camera", "1/0 1/1 2/0 2/1 4/1"}, {"CAMÉRA", "1/0 1/1 2/0 2/1 4/1"},
		{"surveiller", "3/2"}, {"surveillent", "1/1 3/2"}, {"ministere", "1/2"}, {"Jeanne", "1/4"}, {"évreux", "2/0 2/1"}, {"Evreux", "2/0 2/1"},
		{"capteur", "3/1"}, {"drone", "2/1 2/2"}, {"drones", "2/1 2/2"}, {"strasse", "4/0"}, {"oeuvre", "4/0"}, {"lodz", "4/0"}, {"arhus", "4/0"},
		{"aujourd'hui", "3/2"}, {"entreprise", "3/0 3/1"}, {"l'entreprise", "3/0 3/1"}, {"39,59", "3/3"}, {"1.100.000", "3/3"},
		{"aiguille", "7/0"}, {"introuvable", ""},
		// every script
		{"摄像头", "5/0"}, {"城市", "5/0 5/1"}, {"камеры", "6/0"}, {"БЕЛГРАДЕ", "6/0"}, {"كاميرات", "6/1"},
		// all words must be there
		{"caméras drone", "2/1"}, {"ville Belgrade", "1/1"}, {"drone Belgrade", ""},
		// phrases
		{"reconnaissance_faciale", "1/1"}, {"reconnaissance_vocale", "3/2"}, {"faciale_reconnaissance", ""}, {"caméras_de_vidéosurveillance", "1/1"},
		{"Saint-Étienne", "3/1"}, {"etienne_saint", ""}, {"forty-eight_cameras_and_a_drone", "2/1"},
		{"millier_de_caméras_de_vidéosurveillance_équipées_de_la_reconnaissance_faciale_surveillent_la_ville_de_Belgrade", "1/1"},
		{"don't_recognise", "4/1"}, {"company's_cameras", "4/1"},
		// beginnings
		{"vidéo*", "1/1"}, {"recon*", "1/1 3/2"}, {"cam*", "1/0 1/1 2/0 2/1 4/1"}, {"surveillent*", "1/1"}, {"39*", "3/3"}, {"caméras_de_vid*", "1/1"},
		// left out
		{"caméras -drone", "1/0 1/1 2/0 4/1"}, {"caméras -drone -belgrade", "2/0 4/1"}, {"caméras -reconnaissance_faciale", "1/0 2/0 2/1 4/1"},
		{"reconnaissance -voc*", "1/1"}, {"drone -drone", ""}, {"caméras -introuvable", "1/0 1/1 2/0 2/1 4/1"},
		// words that an engine may take for its own
		{"AND", "2/1 4/0 7/1"}, {"NOT", "7/1"}, {"NEAR", "7/1"}, {"folded", "4/0 7/1"}, {"stemmed", "7/1"}, {"OR_NOT_NEAR", "7/1"},
	} {
		all[tt[0]] = words(tt[0], tt[1])
	}
	filtered := func(name, search_, want string, f contrechamp.Query) {
		if search_ != "" {
			f.Terms = terms(search_)
		}
		all[name] = search{query: f, want: want, ordered: search_ == ""}
	}
	filtered("from 2021", "caméras", "2/0 2/1", contrechamp.Query{From: year(2021)})
	filtered("to 2019", "caméras", "1/0 1/1", contrechamp.Query{To: year(2019)})
	filtered("in 2021", "ville", "3/0", contrechamp.Query{From: year(2021), To: year(2021)})
	filtered("in June 2021", "Huawei", "3/1", contrechamp.Query{From: june, To: june})
	filtered("on that day", "Huawei", "3/1", contrechamp.Query{From: contrechamp.Date{Year: 2021, Month: 6, Day: 23}, To: contrechamp.Date{Year: 2021, Month: 6, Day: 23}})
	filtered("the day before", "Huawei", "", contrechamp.Query{From: contrechamp.Date{Year: 2021, Month: 6, Day: 22}, To: contrechamp.Date{Year: 2021, Month: 6, Day: 22}})
	filtered("undated documents are in no span", "城市", "", contrechamp.Query{To: year(9999)})
	filtered("to 2019, from 2020", "caméras", "", contrechamp.Query{From: year(2020), To: year(2019)})
	filtered("about Belgrade", "Huawei", "1/2", contrechamp.Query{Entities: [][]string{{belgrade.ID}}})
	filtered("about either", "ville", "1/1 3/0", contrechamp.Query{Entities: [][]string{{belgrade.ID, evreux.ID}}})
	filtered("as a value", "reconnaissance", "1/1 3/2", contrechamp.Query{Entities: [][]string{{faces.ID}}})
	filtered("one claim names both", "reconnaissance", "1/1", contrechamp.Query{Entities: [][]string{{belgrade.ID}, {huawei.ID}}})
	filtered("not two claims of one document", "reconnaissance", "", contrechamp.Query{Entities: [][]string{{evreux.ID}, {huawei.ID}}})
	filtered("about nobody known", "caméras", "", contrechamp.Query{Entities: [][]string{{}}})
	filtered("about an unknown one", "caméras", "", contrechamp.Query{Entities: [][]string{{"place-none"}}})
	filtered("about and since", "Huawei", "3/1", contrechamp.Query{Entities: [][]string{{huawei.ID}}, From: year(2020)})
	// without words: the first paragraph of each document, newest document first
	filtered("only since 2020", "", "7/0 3/0 2/0 4/0", contrechamp.Query{From: year(2020)})
	filtered("only about Huawei", "", "3/0 1/0", contrechamp.Query{Entities: [][]string{{huawei.ID}}})
	return all
}

// where names a hit: document/paragraph.
func where(t *testing.T, h contrechamp.Hit) string {
	t.Helper()
	return fmt.Sprintf("%d/%d", numbers(t, []contrechamp.Document{h.Document})[0], h.Paragraph)
}

// testManyHits saves paragraphs that are all alike: only the order of documents and paragraphs tells them apart.
func testManyHits(t *testing.T, s contrechamp.Store) {
	ctx := t.Context()
	const documents, each = 3, 3500
	for n := range documents {
		record(t, s, n)
		paragraphs := make([]string, each)
		for i := range paragraphs {
			paragraphs[i] = "body fr pareil au même"
		}
		save(t, s, contrechamp.Reading{Text: text(n, paragraphs...)})
	}
	hits, total, err := s.Find(ctx, contrechamp.Query{Terms: terms("pareil"), Limit: each + 1})
	if err != nil || total != 10_000 {
		t.Fatalf("got %d hits in all, %v, want 10000: that is how far it counts", total, err)
	}
	for i := 1; i < len(hits); i++ {
		a, b := hits[i-1], hits[i]
		if a.Document.Digest == b.Document.Digest && a.Paragraph+1 != b.Paragraph || a.Document.Digest.String() > b.Document.Digest.String() {
			t.Fatalf("hit %d: %s/%d comes before %s/%d", i, a.Document.Digest.Short(), a.Paragraph, b.Document.Digest.Short(), b.Paragraph)
		}
	}
}
