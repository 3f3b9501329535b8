package ocr

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

func row(block, paragraph, line, confidence, text string) string {
	return strings.Join([]string{"5", "1", block, paragraph, line, "1", "0", "0", "9", "9", confidence, text}, "\t") + "\n"
}

func TestParse(t *testing.T) {
	tsv := head + "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n" +
		row("1", "1", "1", "90.5", "Douze") + row("1", "1", "1", "90.5", "camé-") + row("1", "1", "2", "90.5", "ras") +
		row("1", "2", "1", "50", "filment") + row("1", "2", "1", "-1", " ") + row("1", "2", "1", "50", "la") + row("1", "2", "2", "100", "place.") +
		row("1", "3", "1", "100", "tout") + row("2", "1", "1", "100", "Sous-") + row("2", "1", "2", "100", "Préfet")
	got, err := parse([]byte(tsv))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Douze caméras filment la place.", "tout", "Sous- Préfet"}
	if !slices.Equal(got.Paragraphs, want) {
		t.Errorf("got %q, want %q", got.Paragraphs, want)
	}
	letters := 5 + 5 + 3 + 7 + 2 + 6 + 4 + 5 + 6
	sum := 13*0.905 + 9*0.5 + 21
	if got.Letters != letters || math.Abs(got.Confidence-sum/float64(letters)) > 1e-9 {
		t.Errorf("%d letters, confidence %.4f; want %d, %.4f", got.Letters, got.Confidence, letters, sum/float64(letters))
	}
	if _, err := parse([]byte(head + row("1", "1", "1", "much", "word"))); err == nil {
		t.Error("a confidence that is no number is taken")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(head + row("1", "1", "1", "90", "Douze-") + row("1", "1", "2", "nan", "\xffé")))
	f.Fuzz(func(t *testing.T, tsv []byte) {
		got, err := parse(tsv)
		if err != nil {
			return
		}
		if !(got.Confidence >= 0 && got.Confidence <= 1) {
			t.Errorf("confidence %v", got.Confidence)
		}
		for _, p := range got.Paragraphs {
			if !utf8.ValidString(p) || p == "" {
				t.Errorf("paragraph %q", p)
			}
		}
	})
}
