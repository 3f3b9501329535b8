package stamp_test

import (
	"testing"

	"contrechamp.org/contrechamp/internal/ledger/stamp"
	"contrechamp.org/contrechamp/internal/ledger/stamp/stamptest"
)

func BenchmarkCheck(b *testing.B) {
	a := authority(b, stamptest.Options{})
	q := query(b, "a checkpoint")
	response := respond(b, a, q)
	for b.Loop() {
		if _, err := stamp.Check(response, q.Digest, a.Roots()); err != nil {
			b.Fatal(err)
		}
	}
}
