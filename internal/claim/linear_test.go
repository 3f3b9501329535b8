package claim_test

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/claim/grammar"
	"contrechamp.org/contrechamp/internal/testenv/measure"
	"contrechamp.org/contrechamp/internal/word"
)

// syllables make names and words that nobody knows.
var syllables = []string{"bar", "le", "tan", "vi", "sol", "mer", "cou", "dran", "pel", "ri", "gon", "thu"}

func invented(n int) string {
	var b strings.Builder
	for i := 0; i < 4; i++ {
		b.WriteString(syllables[n%len(syllables)])
		n /= len(syllables)
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// novel is prose of our own in which nobody watches anybody: so many sentences, no two alike.
func novel(sentences int) string {
	who := []string{"Jeanne", "le vieux meunier", "sa tante", "le facteur", "Anselme", "la petite", "un voisin", "l'aubergiste"}
	does := []string{"regardait la rivière", "rangeait les livres du grenier", "racontait son enfance", "ouvrit la fenêtre", "chantait à mi-voix", "acheta du pain et des pommes",
		"ne voulait rien dire", "partit avant la pluie", "attendait une lettre de son frère"}
	when := []string{"ce matin-là", "un soir de mars", "après la messe", "depuis trois ans", "comme chaque hiver", "en 1911", "sans un mot", "pour deux francs"}
	var b strings.Builder
	for i := range sentences {
		fmt.Fprintf(&b, "%s, %s %s près de %s.", strings.ToUpper(when[i%8][:1])+when[i%8][1:], who[i*5%8], does[i*7%9], invented(i%3000))
		if i%12 == 11 {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// hardTexts are texts that a careless reader reads again and again, by how often a piece of them is there.
var hardTexts = map[string]func(n int) string{
	"article": func(n int) string {
		return strings.Repeat("Huawei a fourni à la police serbe 200 caméras capables d'identifier les visages, pour 3 millions d'euros, selon la mairie.\n", n)
	},
	"one paragraph": func(n int) string {
		return strings.Repeat("Huawei a fourni à la police serbe 200 caméras capables d'identifier les visages, pour 3 millions d'euros, selon la mairie. ", n)
	},
	"known names": func(n int) string { return strings.Repeat("Huawei, Hikvision, Dahua, Thales, France, Serbie, ", n) },
	"names": func(n int) string {
		var b strings.Builder
		for i := range 20 * n {
			b.WriteString(invented(i) + ", ")
		}
		return "Caméras : " + b.String()
	},
	"companies": func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString("La société " + invented(i) + " (" + invented(i)[:3] + ") vend des caméras à " + invented(2*i+1) + ".\n")
		}
		return b.String()
	},
	"no sentences": func(n int) string {
		return strings.Repeat("caméra police ville reconnaissance faciale drone logiciel 12 ", n)
	},
	"letterhead": func(n int) string { return "CAMÉRAS " + strings.Repeat("COMMUNE DE LORMONT, CHU. ", n) },
	"triggers":   func(n int) string { return strings.Repeat("système fourni par installé utilise caméras ", n) },
	"open":       func(n int) string { return strings.Repeat("« ( \" “ ", n) },
	"open words": func(n int) string { return strings.Repeat("« la police ( a dit \" que “ les caméras ", n) },
	"questions":  func(n int) string { return strings.Repeat("Qui a payé les 40 caméras de Rennes ?\n", n) },
	"numbers":    func(n int) string { return strings.Repeat("40 caméras, dont 12 à Rennes, 8 autres en 2021 ; ", n) },
	"novel":      func(n int) string { return novel(n) },
	"table": func(n int) string {
		var b strings.Builder
		b.WriteString("| Ville | Caméras | Fournisseur | État |\n")
		for i := range n {
			fmt.Fprintf(&b, "| %s | %d | %s | en service |\n", invented(i), i+2, invented(2*i+1))
		}
		return b.String()
	},
	"table of gaps": func(n int) string {
		var b strings.Builder
		b.WriteString("Ville      Caméras     Fournisseur      État\v")
		for i := range n {
			fmt.Fprintf(&b, "%s      %d      %s      en service\v", invented(i), i+2, invented(2*i+1))
		}
		return strings.ReplaceAll(b.String(), "\v", " \n ")
	},
}

// TestLinear counts steps on texts of doubling sizes: twice the text may take little more than twice the work.
func TestLinear(t *testing.T) {
	e := claimtest.Engine(t)
	for name, make := range hardTexts {
		for _, language := range []string{"fr", "en", "de"} {
			last := 0
			for size := 256; size <= 2048; size *= 2 { // below, some of what depends on the text as a whole only begins
				text := claimtest.Article(make(size), language)
				d := claimtest.Read(t, e, text)
				d.Weigh(d.Merge(), nil)
				steps := d.Steps
				if last > 0 && float64(steps) > 2.3*float64(last) {
					t.Errorf("%s (%s): %d steps for %d pieces, %d for half: not linear", name, language, steps, size, last)
				}
				last = steps
			}
		}
	}
}

// TestHardTextsClaimLittle: what has no words of surveillance gives no claim that anybody would believe.
func TestHardTextsClaimLittle(t *testing.T) {
	e := claimtest.Engine(t)
	body := novel(15000)
	if len(body) < 1<<20 {
		t.Fatalf("the novel has %d bytes only", len(body))
	}
	for name, body := range map[string]string{"novel": body, "names": hardTexts["names"](500), "marks": hardTexts["open"](20000)} {
		text := claimtest.Article(body, "fr")
		claims, entities, err := e.Propose(context.Background(), text, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, text, claims, entities)
		for _, c := range claims {
			if c.Confidence >= claim.Sure {
				t.Errorf("%s: a confident claim: %s\n  %s", name, claim.Describe(c), c.Quote.Exact)
			}
		}
	}
}

// TestEmptyParagraphs: a paragraph of blanks alone has no words, and moves no other's.
func TestEmptyParagraphs(t *testing.T) {
	e := claimtest.Engine(t)
	body := "Rennes\n\u200b \n\nLa ville de Rennes a installé 40 caméras."
	text := contrechamp.Text{Body: body, Language: "fr", Paragraphs: []contrechamp.Paragraph{
		{Span: contrechamp.Span{Start: 0, End: 6}, Role: contrechamp.RoleTitle, Language: "fr"},
		{Span: contrechamp.Span{Start: 7, End: 11}, Role: contrechamp.RoleBody, Language: "fr"},
		{Span: contrechamp.Span{Start: 13, End: len(body)}, Role: contrechamp.RoleBody, Language: "fr"},
	}}
	claims := claimtest.Proposed(t, e, text)
	if len(claims) == 0 {
		t.Error("no claim behind an empty paragraph")
	}
}

// BenchmarkPropose reads articles of our own, as they come: short ones, one after the other. Its peer is what any such
// program does at least: the words cut, folded, and looked up in one map.
func BenchmarkPropose(b *testing.B) {
	e := claimtest.Engine(b)
	var texts []contrechamp.Text
	size := 0
	for _, g := range e.Rules() {
		// the examples of the rules, eight to a text
		var body strings.Builder
		add := func() {
			if body.Len() > 0 {
				texts = append(texts, claimtest.Article(body.String(), g.Language))
				size += body.Len()
			}
			body.Reset()
		}
		n := 0
		for _, r := range g.Rules {
			for _, x := range r.Examples {
				body.WriteString(x.Text + "\n")
				if n++; n%8 == 0 {
					add()
				}
			}
		}
		add()
	}
	read := func() {
		for i := range texts {
			if _, _, err := e.Propose(context.Background(), texts[i], time.Time{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	read()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	used := measure.ProcessorTime(b)
	n := 0
	for b.Loop() {
		read()
		n++
	}
	ours := measure.ProcessorTime(b) - used
	used = measure.ProcessorTime(b)
	for range n {
		for i := range texts {
			lookUpWords(e.ByLanguage[0], texts[i].Body)
		}
	}
	peer := measure.ProcessorTime(b) - used
	if ours > 0 && peer > 0 {
		b.ReportMetric(float64(size)*float64(n)/1e6/ours.Seconds(), "MB/s-of-one-processor")
		b.ReportMetric(ours.Seconds()/peer.Seconds(), "x-words-in-a-map")
	}
}

// BenchmarkProposeMemory reports what one text of a megabyte takes, with all that is thrown away while it is read.
func BenchmarkProposeMemory(b *testing.B) {
	e := claimtest.Engine(b)
	// one sentence in eight is about surveillance
	var body strings.Builder
	prose := strings.Split(novel(14000), ". ")
	for i, s := range prose {
		body.WriteString(s + ". ")
		if i%8 == 0 {
			body.WriteString("La ville de Malvoisie a installé 40 caméras d'Orvalis au marché, dit le maire. ")
		}
	}
	text := claimtest.Article(body.String(), "fr")
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	var most float64
	for b.Loop() {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		done := make(chan struct{})
		go func() {
			defer close(done)
			if _, _, err := e.Propose(context.Background(), text, time.Time{}); err != nil {
				b.Error(err)
			}
		}()
		for reading := true; reading; {
			select {
			case <-done:
				reading = false
			case <-time.After(time.Millisecond):
			}
			runtime.ReadMemStats(&after)
			most = max(most, float64(after.HeapInuse)-float64(before.HeapInuse))
		}
	}
	b.ReportMetric(most/(1<<20)*(1<<20)/float64(len(text.Body)), "MiB-peak-for-1MB")
}

// lookUpWords is the peer of BenchmarkPropose.
func lookUpWords(g *grammar.Grammar, body string) (found int) {
	for _, w := range strings.Fields(body) {
		if len(g.Exact[word.Fold(strings.Trim(w, ".,;:«»()!?"))]) > 0 {
			found++
		}
	}
	return found
}
