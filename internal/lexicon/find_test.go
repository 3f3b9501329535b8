package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

// small is a lexicon of things that are easy to keep in mind while reading a test.
func small(t testing.TB) *Lexicon {
	t.Helper()
	entry := func(id string, kind contrechamp.EntityKind, forms ...FormText) Entry {
		return Entry{Entity: contrechamp.Entity{ID: id, Kind: kind, Name: forms[0].Text, Source: "lexicon"}, Forms: forms}
	}
	name := func(s string) FormText { return FormText{Text: s} }
	l, err := New([]Entry{
		entry("p-orlando", contrechamp.KindPlace, name("Orlando")),
		entry("o-orlando-pd", contrechamp.KindOrganisation, name("Orlando Police Department")),
		entry("p-idf", contrechamp.KindPlace, name("Île-de-France")),
		entry("p-fr", contrechamp.KindPlace, name("France"), FormText{Text: "français", Demonym: true}),
		entry("p-evreux", contrechamp.KindPlace, name("Évreux")),
		entry("p-rochelle", contrechamp.KindPlace, name("La Rochelle")),
		entry("p-hay", contrechamp.KindPlace, name("L'Haÿ-les-Roses")),
		entry("p-nice", contrechamp.KindPlace, FormText{Text: "Nice", Ambiguous: true}),
		entry("p-xian", contrechamp.KindPlace, name("Xi'an")),
		entry("v-nec", contrechamp.KindCompany, name("NEC")),
		entry("v-faceplus", contrechamp.KindProduct, name("Face++")),
		entry("v-evidence", contrechamp.KindProduct, name("Evidence.com")),
		entry("v-hik", contrechamp.KindCompany, name("Hangzhou Hikvision Co., Ltd"), name("海康威视")),
		entry("v-icetana", contrechamp.KindCompany, name("icetana")),
		entry("v-bouygues", contrechamp.KindCompany, name("Bouygues Energies & Services")),
		entry("face-recognition", contrechamp.KindCapability, name("reconnaissance faciale"), name("facial recognition")),
		entry("behaviour-detection", contrechamp.KindCapability, name("caméra augmentée")),
		entry("drone-surveillance", contrechamp.KindCapability, name("drone")),
		entry("v-drone", contrechamp.KindCompany, name("Drone")),
		entry("o-police", contrechamp.KindOrganisation, name("police municipale")),
		entry("r-serbia", contrechamp.KindPlace, name("Beograd"), name("Београд")),
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// said writes matches as "bytes=id": with several readings "bytes=id+id".
func said(l *Lexicon, text string, ms []Match) string {
	var out []string
	for _, m := range ms {
		var ids []string
		for _, f := range m.Forms {
			ids = append(ids, l.Entity(f.Entity).ID)
		}
		out = append(out, text[m.Start:m.End]+"="+strings.Join(ids, "+"))
	}
	return strings.Join(out, "; ")
}

func TestFind(t *testing.T) {
	l := small(t)
	for _, c := range []struct{ text, want string }{
		// case, accents, hyphens, apostrophes
		{"l'Île-de-France", "Île-de-France=p-idf"},
		{"L’ILE DE FRANCE", "ILE DE FRANCE=p-idf"},
		{"en Ile-de-France.", "Ile-de-France=p-idf"},
		{"île‑de‑France", "France=p-fr"}, // the first word has no capital
		{"France métropolitaine", "France=p-fr"},
		{"Les habitants d’Évreux et d'Evreux", "Évreux=p-evreux; Evreux=p-evreux"},
		{"E\u0301vreux", "E\u0301vreux=p-evreux"},
		{"Evreuxois", ""},
		{"à La Rochelle, à la Rochelle, la rochelle", "La Rochelle=p-rochelle; la Rochelle=p-rochelle"},
		{"L'Haÿ-les-Roses et L’HAY LES ROSES", "L'Haÿ-les-Roses=p-hay; L’HAY LES ROSES=p-hay"},
		{"Xi'an, Xi’an, Xian, Xi an", "Xi'an=p-xian; Xi’an=p-xian; Xian=p-xian"},
		// capitals
		{"It is nice in Nice", "Nice=p-nice"},
		{"NEC and Nec and nec", "NEC=v-nec"},
		{"Icetana, icetana", "Icetana=v-icetana; icetana=v-icetana"},
		{"le régime français, les Français", "français=p-fr; Français=p-fr"},
		// the longest, and what ends a match
		{"the Orlando Police Department's cameras", "Orlando Police Department=o-orlando-pd"},
		{"Orlando police", "Orlando=p-orlando"},
		{"in Orlando. Police Department", "Orlando=p-orlando"},
		{"Orlando – Police Department", "Orlando=p-orlando"},
		{"Orlando\nPolice Department", "Orlando\nPolice Department=o-orlando-pd"},
		{"Orlando\n\nPolice Department", "Orlando=p-orlando"},
		{"Orlando Police, Department", "Orlando=p-orlando"},
		{"reconnaissance. Faciale", ""},
		// marks inside names
		{"Face++ and face", "Face++=v-faceplus"},
		{"on Evidence.com, evidence.com", "Evidence.com=v-evidence"},
		{"the Evidence. Com", ""},
		{"Hangzhou Hikvision Co., Ltd.", "Hangzhou Hikvision Co., Ltd=v-hik"},
		{"海康威视的", "海康威视=v-hik"},
		{"Bouygues Energies & Services", "Bouygues Energies & Services=v-bouygues"},
		{"Београд, БЕОГРАД", "Београд=r-serbia; БЕОГРАД=r-serbia"},
		// plurals of common nouns, and readings together
		{"des caméras augmentées, une camera augmentee", "caméras augmentées=behaviour-detection; camera augmentee=behaviour-detection"},
		{"Facial recognition", "Facial recognition=face-recognition"},
		{"facial-recognition systems", "facial-recognition=face-recognition"},
		{"les polices municipales", "polices municipales=o-police"},
		{"drones, Drone, Drones", "drones=drone-surveillance; Drone=drone-surveillance+v-drone; Drones=drone-surveillance"},
		{"", ""},
		{"l'", ""},
	} {
		tokens := word.Cut(nil, c.text)
		got := l.Find(nil, c.text, tokens)
		if s := said(l, c.text, got); s != c.want {
			t.Errorf("in %q:\n got %s\nwant %s", c.text, s, c.want)
		}
		for _, m := range got {
			if tokens[m.First].Start != m.Start || tokens[m.Last-1].End != m.End {
				t.Errorf("in %q: tokens [%d,%d) are not bytes [%d,%d)", c.text, m.First, m.Last, m.Start, m.End)
			}
		}
		if s := said(l, c.text, l.FindString(nil, c.text)); s != c.want {
			t.Errorf("FindString in %q:\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

func TestFindAllAlsoFindsInnerNames(t *testing.T) {
	l := small(t)
	text := "The Orlando Police Department in Île-de-France"
	got := said(l, text, l.FindAll(nil, text, word.Cut(nil, text)))
	want := "Orlando=p-orlando; Orlando Police Department=o-orlando-pd; Île-de-France=p-idf; France=p-fr"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestFindInPartOfATokenList is how a stage reads paragraph by paragraph: First counts from the first token given.
func TestFindInPartOfATokenList(t *testing.T) {
	l := small(t)
	text := "Nothing here. Orlando there."
	tokens := word.Cut(nil, text)
	got := l.Find(nil, text, tokens[3:])
	if len(got) != 1 || got[0].First != 0 || got[0].Last != 1 || text[got[0].Start:got[0].End] != "Orlando" {
		t.Errorf("got %+v", got)
	}
}

func TestFlagsOfForms(t *testing.T) {
	l := small(t)
	text := "Nice, NEC, français, France, drone"
	want := []Form{{Ambiguous: true, Capital: true}, {Exact: true}, {Demonym: true}, {Capital: true}, {}}
	got := l.FindString(nil, text)
	if len(got) != len(want) {
		t.Fatalf("got %s", said(l, text, got))
	}
	for i, m := range got {
		f := m.Forms[0]
		f.Entity = 0
		if f != want[i] {
			t.Errorf("%s: got %+v, want %+v", text[m.Start:m.End], f, want[i])
		}
	}
}

func TestByNameAndByID(t *testing.T) {
	l := small(t)
	for name, want := range map[string]string{
		"la rochelle": "p-rochelle", "NICE": "p-nice", "nec": "v-nec", "drone": "drone-surveillance v-drone",
		"Orlando Police": "", "français": "", "": "", "++": "", "ile de france": "p-idf",
	} {
		var ids []string
		for _, i := range l.ByName(name) {
			ids = append(ids, l.Entity(i).ID)
		}
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("ByName(%q) = %s, want %s", name, got, want)
		}
	}
	for i := int32(0); i < int32(l.Size()); i++ {
		if got, err := l.ByID(l.Entity(i).ID); err != nil || got != i {
			t.Errorf("ByID(%q) = %d, %v, want %d", l.Entity(i).ID, got, err, i)
		}
	}
	if _, err := l.ByID("x-nobody"); err == nil {
		t.Error("ByID finds what is not there")
	}
}

// TestFindAllocatesNothing: a text has thousands of words, and a server reads many texts.
func TestFindAllocatesNothing(t *testing.T) {
	l := standardOf(t)
	tokens := word.Cut(nil, article)
	dst := l.Find(nil, article, tokens)
	if len(dst) == 0 {
		t.Fatal("nothing was found")
	}
	if n := testing.AllocsPerRun(20, func() { dst = l.Find(dst[:0], article, tokens) }); n > 0 {
		t.Errorf("Find allocates %v times for %d matches", n, len(dst))
	}
	all := l.FindAll(nil, article, tokens)
	if n := testing.AllocsPerRun(20, func() { all = l.FindAll(all[:0], article, tokens) }); n > 0 {
		t.Errorf("FindAll allocates %v times for %d matches", n, len(all))
	}
}

// TestLongTextInPieces: what is found does not depend on where FindString cuts.
func TestLongTextInPieces(t *testing.T) {
	l := small(t)
	for _, filler := range []string{"mot ", "mot\n", "mot. ", "mot\n\n", "é ", "éé"} {
		var b strings.Builder
		n := 0
		for b.Len() < 3*pieceMax {
			b.WriteString(strings.Repeat(filler, 40))
			if strings.HasSuffix(filler, "éé") {
				continue
			}
			b.WriteString("à La Rochelle ")
			n++
		}
		text := b.String()
		got := l.FindString(nil, text)
		lost := n - len(got)
		// a piece without a line's end is cut at white space: at most one name a piece is lost
		if allowed := len(text) / pieceMax; lost < 0 || lost > allowed || lost > 0 && strings.Contains(filler, "\n") {
			t.Errorf("with %q between them %d of %d names were found", filler, len(got), n)
		}
		for _, m := range got {
			if text[m.Start:m.End] != "La Rochelle" {
				t.Fatalf("with %q: match %q", filler, text[m.Start:m.End])
			}
		}
	}
}

func TestNewRefuses(t *testing.T) {
	good := contrechamp.Entity{ID: "a", Kind: contrechamp.KindCompany, Name: "A"}
	for name, entries := range map[string][]Entry{
		"no id":           {{Entity: contrechamp.Entity{Kind: contrechamp.KindCompany, Name: "A"}}},
		"the same id":     {{Entity: good}, {Entity: good}},
		"no word":         {{Entity: good, Forms: []FormText{{Text: "+?"}}}},
		"a sentence mark": {{Entity: good, Forms: []FormText{{Text: "What? Ever"}}}},
		"white space":     {{Entity: good, Forms: []FormText{{Text: "Axon "}}}},
		"too long":        {{Entity: good, Forms: []FormText{{Text: strings.Repeat("a", maxForm+1)}}}},
		"not UTF-8":       {{Entity: good, Forms: []FormText{{Text: "a\xff"}}}},
	} {
		if _, err := New(entries); err == nil {
			t.Errorf("%s: New takes it", name)
		}
	}
}

// FuzzFind checks every match against the text: its words fold to those of a name, whole, and both ways in agree.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"l'Île-de-France", "d’Évreux", "Orlando Police Department", "Face++", "U.S. Army", "北京海康威视", "les Ulis, du Mans",
		"aujourd'hui\u00adX", "E\u0301vreux", "Co., Ltd", "caméras-piétons", "\xff\xfeParis", "O'Brien's", "1.100 5G G4S",
		"À Paris — Lyon", "ＮＥＣ", "N'Djamena", "d'O'a'b's",
	} {
		f.Add(s)
	}
	l, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := word.Cut(nil, text)
		found := l.Find(nil, text, tokens)
		last := 0
		for _, m := range found {
			if m.First < last || m.Last <= m.First || m.Last > len(tokens) {
				t.Fatalf("in %q: match %+v behind token %d of %d", text, m, last, len(tokens))
			}
			last = m.Last
			checkMatch(t, l, text, tokens, m)
		}
		all := l.FindAll(nil, text, tokens)
		for _, m := range all {
			checkMatch(t, l, text, tokens, m)
		}
		for _, m := range found {
			if !slices.ContainsFunc(all, func(a Match) bool { return a.Span == m.Span }) {
				t.Fatalf("in %q: FindAll lacks %q", text, text[m.Start:m.End])
			}
		}
		whole := l.FindString(nil, text)
		if len(text) <= pieceMin && fmt.Sprint(spans(whole)) != fmt.Sprint(spans(found)) {
			t.Fatalf("in %q: FindString %v, Find %v", text, spans(whole), spans(found))
		}
	})
}

func spans(ms []Match) (out []contrechamp.Span) {
	for _, m := range ms {
		out = append(out, m.Span)
	}
	return out
}

func checkMatch(t *testing.T, l *Lexicon, text string, tokens []word.Token, m Match) {
	t.Helper()
	if tokens[m.First].Start != m.Start || tokens[m.Last-1].End != m.End || len(m.Forms) == 0 {
		t.Fatalf("in %q: match %+v", text, m)
	}
	said := plain(text[m.Start:m.End])
	for _, f := range m.Forms {
		e := l.Entity(f.Entity)
		if e.Kind == contrechamp.KindCapability || f.Demonym {
			continue // their entity lists only some of their forms
		}
		bears := said == plain(e.Name)
		for _, n := range e.Names {
			bears = bears || said == plain(n.Text)
		}
		if !bears && !strings.HasSuffix(plain(e.Name), said) { // "du Mans"
			t.Fatalf("in %q: %q is no name of %s (%s)", text, text[m.Start:m.End], e.ID, e.Name)
		}
	}
}

// plain is a name without what does not count: case, accents, what stands between words, a plural's end.
func plain(s string) string {
	words := strings.Fields(word.Key(strings.ReplaceAll(word.Fold(s), "'", "")))
	for i := range words {
		words[i] = singular(words[i])
	}
	return strings.Join(words, "")
}
