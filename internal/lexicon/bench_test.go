package lexicon

import (
	"runtime"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/word"
)

// article is ordinary newspaper text of our own, in both languages; the town and the firm are invented.
const article = `La ville de Malvoisie-sur-Orge a installé, au mois de mars, une quarantaine de caméras neuves autour de la place
du marché et le long des quais. « Nous voulons que les habitants se sentent en sécurité », a déclaré la première adjointe
devant le conseil municipal, réuni mardi soir. Le marché, attribué à l'entreprise Orvalis pour 310 000 euros, prévoit aussi
un logiciel d'analyse vidéo capable de signaler les attroupements et les objets abandonnés. L'opposition dénonce l’absence
d'étude d'impact et rappelle que la CNIL avait mis en garde plusieurs communes de la région contre la reconnaissance faciale.
À Paris comme à Londres, où la police utilise depuis longtemps des caméras fixes, le débat n'est pas clos. Une association
d'usagers, venue de Saint-Étienne, demande que la délibération soit annulée : « On ne nous a jamais consultés. »

The council said on Tuesday that the new cameras would not be linked to any watch list and that the recordings were kept for
thirty days. A spokesman for the supplier, which has its offices in Birmingham, explained that the software counts people who
cross the square and that nobody is identified. Residents who spoke at the meeting were not convinced: they asked why plate
readers had been placed at both ends of the bridge, and who would see what they record. The police force already has access
to three hundred cameras in the county, most of them bought from a Chinese company between 2014 and 2019, and has promised
to publish an assessment before the end of the summer. In the United States, several cities have stopped using such systems.

`

// repeated is about as long as what one document of some pages holds.
var repeated = strings.Repeat(article, 40)

func BenchmarkFindString(b *testing.B) {
	l := standardOf(b)
	var dst []Match
	b.SetBytes(int64(len(repeated)))
	b.ReportAllocs()
	for b.Loop() {
		dst = l.FindString(dst[:0], repeated)
	}
	b.ReportMetric(float64(len(dst)), "matches")
	b.ReportMetric(float64(l.Names()), "names")
}

func BenchmarkFindTokens(b *testing.B) {
	l := standardOf(b)
	tokens := word.Cut(nil, repeated)
	var dst []Match
	b.SetBytes(int64(len(repeated)))
	b.ReportAllocs()
	for b.Loop() {
		dst = l.Find(dst[:0], repeated, tokens)
	}
}

// BenchmarkCut is the share of the cutting in BenchmarkFindString.
func BenchmarkCut(b *testing.B) {
	var tokens []word.Token
	b.SetBytes(int64(len(repeated)))
	for b.Loop() {
		tokens = word.Cut(tokens[:0], repeated)
	}
}

// BenchmarkPeer is what one would write without this package: fields, folded, looked up in a map, names of one word
// only.
func BenchmarkPeer(b *testing.B) {
	l := standardOf(b)
	names := map[string]int32{}
	for i := range l.finals {
		f := &l.finals[i]
		if key := l.blob[f.key : f.key+uint32(f.keyLen)]; !strings.ContainsAny(key, gapMarks) {
			names[key] = int32(i)
		}
	}
	found := 0
	b.SetBytes(int64(len(repeated)))
	for b.Loop() {
		for _, w := range strings.Fields(repeated) {
			if _, ok := names[word.Fold(strings.Trim(w, ".,;:«»()!?"))]; ok {
				found++
			}
		}
	}
}

// BenchmarkLoad tells how long the embedded lexicon takes to make, and how much memory it holds.
func BenchmarkLoad(b *testing.B) {
	var before, after runtime.MemStats
	var l *Lexicon
	for b.Loop() {
		l = nil
		runtime.GC()
		runtime.ReadMemStats(&before)
		var err error
		if l, err = Load(files); err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB-held")
	b.ReportMetric(float64(l.Names()), "names")
	b.ReportMetric(float64(l.Size()), "entities")
}

func standardOf(tb testing.TB) *Lexicon {
	tb.Helper()
	l, err := Default()
	if err != nil {
		tb.Fatal(err)
	}
	return l
}
