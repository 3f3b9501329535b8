package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPooledLooks(t *testing.T) {
	look := func(gold, precision, recall, surePrecision, sureRecall string) map[string]string {
		return map[string]string{"lot": "lot-00", "gold": gold, "precision": precision, "recall": recall, "confident_precision": surePrecision, "confident_recall": sureRecall}
	}
	got, err := pooled([]map[string]string{look("100", "0.5", "0.4", "0.8", "0.08"), look("50", "0.8", "0.16", "0", "0")})
	if err != nil {
		t.Fatal(err)
	}
	// 40 right of 80 and 8 right of 10; 8 right of 10 confident and none
	for name, x := range map[string][2]float64{"gold": {got.gold, 150}, "right": {got.right, 48}, "proposed": {got.proposed, 90}, "confident": {got.sure, 10}, "confident and right": {got.sureRight, 8}} {
		if math.Abs(x[0]-x[1]) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, x[0], x[1])
		}
	}
	if _, err := pooled([]map[string]string{look("100", "much", "0.4", "0", "0")}); err == nil {
		t.Error("a share that is no number was taken")
	}
}

func TestAgreement(t *testing.T) {
	camera := func(about string, n float64, optional bool, speaker ...string) goldClaim {
		return goldClaim{Document: "a.txt", About: oneOrMany{about, "Ville de " + about}, Predicate: "device_count", Value: map[string]any{"number": n, "unit": "camera"}, Modality: "asserted", Speaker: speaker, Optional: optional}
	}
	set := docSet{name: "lot-00", texts: map[string][]byte{"a.txt": nil, "b.txt": nil}, gold: []goldClaim{camera("Brumeval", 40, false, "Ana Ruiz"), camera("Brumeval", 12, true), camera("Brumeval", 7, false)}}
	second := []goldClaim{camera("Brumeval", 40, false, "Jean Ruel"), camera("Brumeval", 12, false), camera("Lormont", 7, false)}
	got := agreementOf(second, []docSet{set})
	if want := (agreement{texts: 1, core: 3, backed: 2, gold: 2, found: 1, spoken: 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestWorldSection(t *testing.T) {
	file := filepath.Join(t.TempDir(), "looks.csv")
	const head = "commit,lot,documents,gold,precision,recall,modality,confident_precision,confident_recall\n"
	if err := os.WriteFile(file, []byte(head+"aaa,town,3,10,0.5,0.4,0.9,0,0\nbbb,sea-closed,2,20,1,0.5,0.8,1,0.25\nccc,hill,3,30,1,0.2,1,1,0.1\nddd,lake-closed,2,10,0.5,0.5,1,1,0.1\nddd,moor-closed,2,30,1,0.5,1,1,0.1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := worldSection(&w, file); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| those read afterwards, together |  | 40 | 0.714 | 0.250 |  | 1.000 | 0.075 |", // 4 of 8 and 6 of 6
		"| sea-closed (`bbb`) | 2 | 20 | 1.000 | 0.500 | 0.8 | 1.000 | 0.250 |",
		"| closed up to `bbb`, together |  | 20 | 1.000 | 0.500 |",
		"| closed up to `ddd`, together |  | 40 | 0.800 | 0.500 |  |", // 5 of 10 and 15 of 15
	} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("no %q in\n%s", want, w.String())
		}
	}
	w.Reset()
	if err := worldSection(&w, filepath.Join(t.TempDir(), "none.csv")); err != nil || w.Len() > 0 {
		t.Errorf("without looks: %q, %v", w.String(), err)
	}
}
