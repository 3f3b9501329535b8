package pdf

import (
	"context"
	"os"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	Main()
	os.Exit(m.Run())
}

func TestSpike(t *testing.T) {
	p := &Pool{Cache: "/tmp/wzcache"}
	defer p.Close()
	b, _ := os.ReadFile("/usr/share/doc/shared-mime-info/shared-mime-info-spec.pdf")
	for range 3 {
		began := time.Now()
		d, err := p.Read(context.Background(), b)
		t.Log(time.Since(began), err, d.Info, len(d.Pages))
		if len(d.Pages) > 1 {
			for _, q := range d.Pages[1].Pieces[:20] {
				t.Logf("%+v", q)
			}
		}
	}
}
