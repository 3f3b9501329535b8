package main

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

func TestPublishedShift(t *testing.T) {
	for name, x := range map[string]struct {
		counts []oddsCount
		want   float64
	}{
		"nothing known":            {nil, 0},
		"half of three in four":    {[]oddsCount{{1, 50, 50}}, -1.13},
		"as often as said":         {[]oddsCount{{1, 755, 245}}, 0},
		"only what nobody is told": {[]oddsCount{{-1, 1, 99}}, 0},
	} {
		if got := publishedShift(x.counts); math.Abs(got-x.want) > 0.01 {
			t.Errorf("%s: %.2f, want %.2f", name, got, x.want)
		}
	}
}

func TestReadPublished(t *testing.T) {
	file := filepath.Join(t.TempDir(), "counts.csv")
	if got, err := readPublished(file); len(got) > 0 || err != nil {
		t.Errorf("without a record: %v, %v", got, err)
	}
	for content, good := range map[string]bool{"from,right,wrong\n1.00,50,50\n": true, "from,right,wrong\n1.00,many,1\n": false, "from\n1.00\n": false} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := readPublished(file); (err == nil) != good || good && (len(got) != 1 || got[0] != oddsCount{1, 50, 50}) {
			t.Errorf("%q: %v, %v", content, got, err)
		}
	}
}

func TestToPublished(t *testing.T) {
	file := filepath.Join(t.TempDir(), "counts.csv")
	for content, want := range map[string]float64{
		"from,right,wrong\n1.00,50,50\n": -1.13,
		"from,right,wrong\n1.00,99,1\n":  0, // nothing is made surer
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := toPublished(file); math.Abs(got-want) > 0.01 || err != nil {
			t.Errorf("%q: %.3f, %v, want %.3f", content, got, err, want)
		}
	}
}
