//go:build unix

package verify_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// BenchmarkVerify checks a register of 10,000 captures of 40 kB, each read and with a claim: asked are 300 MB/s on two
// processors. The rate is that of captured bytes, everything else included; MB/cpu-s is by the processor's time.
func BenchmarkVerify(b *testing.B) {
	const captures, size = 10_000, 40_000
	r := newRegister(b)
	bodies := map[contrechamp.Digest]string{}
	filler := strings.Repeat("Le conseil municipal a adopté hier la délibération sur la voirie. ", size/66)
	for first := 0; first < captures; first += 500 {
		var all []contrechamp.Received
		for n := first; n < first+500; n++ {
			text := fmt.Sprintf("Document %d. La ville de Valbrune compte 48 caméras de vidéosurveillance.\n%s", n, filler)
			d := contrechamp.Sum([]byte(text))
			path := filepath.Join(r.dir, "blobs", d.String()[:2], d.String()[2:])
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil { // unsynced: it only has to be there
				b.Fatal(err)
			}
			at := time.Unix(int64(n), 0)
			bodies[d] = text[:2000]
			all = append(all, contrechamp.Received{Capture: contrechamp.Capture{Digest: d, Length: int64(len(text)), CapturedAt: at},
				Sighting: contrechamp.Sighting{Capture: d, Name: "n.txt", Path: fmt.Sprintf("folder/%d.txt", n), CapturedAt: at}})
		}
		if _, err := r.store.RecordCaptures(b.Context(), all); err != nil {
			b.Fatal(err)
		}
	}
	err := r.store.Work(b.Context(), 32, true, func(_ context.Context, d contrechamp.Digest) (contrechamp.Reading, error) {
		return readingOf(b, d, bodies[d])
	}, nil)
	if err != nil {
		b.Fatal(err)
	}
	r.cover(b)
	r.mustHold(b) // the files are in the system's memory then
	cpu := measure.ProcessorTime(b)
	for b.Loop() {
		if report := r.mustHold(b); report.Captures != captures || report.Quotes != captures || report.Located != captures {
			b.Fatalf("%+v", report)
		}
	}
	total := float64(captures) * float64(len(filler)) * float64(b.N) / 1e6
	b.ReportMetric(total/b.Elapsed().Seconds(), "MB/s")
	b.ReportMetric(total/(measure.ProcessorTime(b)-cpu).Seconds(), "MB/cpu-s")
}
