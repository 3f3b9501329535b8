package hint

import (
	"strings"
	"testing"
)

func TestParseHintWeights(t *testing.T) {
	if _, err := parseWeights(strings.NewReader("target,place,hint,weight\nvendor,before,contra,0.5\nstatus trial,any,{trial},1\n")); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"vendor,before,contra,much", "vendor,beside,contra,1", "seller,any,contra,1", "vendor,any,NaN", "vendor,any,contra,NaN", "vendor,any,contra,21"} {
		if _, err := parseWeights(strings.NewReader("target,place,hint,weight\n" + bad + "\n")); err == nil || !strings.Contains(err.Error(), "invalid") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Each target has its own sum, whatever its neighbours have.
func TestHintSums(t *testing.T) {
	var all, other Sums
	want := [MostHintTargets]int{}
	for n := range MostHintTargets {
		want[n] = (n%5 - 2) * 20_000 * n
		for range 20 {
			other = Sums{}
			other.put(n, (n%5-2)*1000*n)
			all.add(&other)
		}
	}
	for n := range want {
		if got := all.Of(n); got != want[n] {
			t.Errorf("target %d: %d, want %d", n, got, want[n])
		}
	}
	all.take(&other)
	if n := MostHintTargets - 1; all.Of(n) != want[n]-(n%5-2)*1000*n {
		t.Errorf("less the last: %d", all.Of(n))
	}
}

func TestStep(t *testing.T) {
	for n, want := range map[int]OwnHint{-1: 0, 0: 0, 1: 1, 3: 3, 4: 4, 7: 4, 8: 5, 31: 6, 32: 7, 1000: 7} {
		if got := step(n); got != want {
			t.Errorf("step(%d) = %d, want %d", n, got, want)
		}
	}
}
