package bundle_test

import (
	"bytes"
	"testing"

	"contrechamp.org/contrechamp/internal/ledger/bundle"
)

// BenchmarkVerify checks a bundle of one small document: proofs and signatures are most of it.
func BenchmarkVerify(b *testing.B) {
	m := makeBundle(b)
	file, trust := m.write(), m.trust()
	for b.Loop() {
		if r, err := bundle.Verify(bytes.NewReader(file), int64(len(file)), trust); err != nil || !r.OK {
			b.Fatal(err, r)
		}
	}
}

// BenchmarkVerifyLarge checks a bundle with a web archive of 64 MB: it is hashed twice, and compared.
func BenchmarkVerifyLarge(b *testing.B) {
	m := makeBundle(b)
	m.contents.WACZ = zipOf(b, []entry{{name: "archive/data.warc.gz", b: bytes.Repeat([]byte("0123456789abcdef"), 4<<20)}})
	file, trust := m.write(), m.trust()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if r, err := bundle.Verify(bytes.NewReader(file), int64(len(file)), trust); err != nil || !r.OK {
			b.Fatal(err, r)
		}
	}
}
