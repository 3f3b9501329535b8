//go:build unix

package log_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/log"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// BenchmarkLogged records captures 64 at a time, as add does, and logs what waits after each two thousand: asked are 1,000
// captures a second, recorded and logged.
func BenchmarkLogged(b *testing.B) {
	const each = 2048
	r := newRegister(b)
	l := r.open(b)
	b.ResetTimer()
	var logging time.Duration
	for range b.N {
		for range each / 64 {
			r.add(b, 64)
		}
		began := time.Now()
		if err := l.Cover(b.Context()); err != nil {
			b.Fatal(err)
		}
		logging += time.Since(began)
	}
	b.ReportMetric(float64(each*b.N)/b.Elapsed().Seconds(), "captures/s")
	b.ReportMetric(float64(each*b.N)/logging.Seconds(), "logged/s")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkMillion writes a log of a million leaves and reports the largest heap (asked: 64 MiB), then how long a proof takes
// to be made from the tiles, each of which is checked, and to be verified (asked: 1 ms).
func BenchmarkMillion(b *testing.B) {
	const leaves = 1_000_000
	dir := b.TempDir()
	made := &madeLeaves{total: leaves}
	o := log.Options{Dir: filepath.Join(dir, "ledger"), Keys: ledger.Keyring(filepath.Join(dir, "keys")), Leaves: made, Create: true, Name: "log.example.org"}
	l, err := log.Open(b.Context(), o)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close() // of a benchmark
	debug.FreeOSMemory()
	began := time.Now()
	if err := l.Cover(b.Context()); err != nil {
		b.Fatal(err)
	}
	rate := leaves / time.Since(began).Seconds()
	signed, err := l.Folder().Checkpoint()
	if err != nil {
		b.Fatal(err)
	}
	c, err := ledger.ParseCheckpoint(signed, l.Key())
	if err != nil || c.Size != leaves {
		b.Fatalf("%d leaves, %v", c.Size, err)
	}
	policy := ledger.LogPolicy(l.Key())
	n := int64(0)
	cpu := measure.ProcessorTime(b)
	for b.Loop() {
		n = (n + 618_033) % leaves
		p, err := l.Folder().Prove(c, n)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.Verify(made.leaf(n).Text, policy); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(made.heap)/(1<<20), "MiB")
	b.ReportMetric(rate, "leaves/s")
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/proof")
	b.ReportMetric((measure.ProcessorTime(b)-cpu).Seconds()*1000/float64(b.N), "cpu-ms/proof")
	b.ReportMetric(0, "ns/op")
}

// madeLeaves is an outbox of leaves that are made when they are asked for, and measures the heap meanwhile.
type madeLeaves struct {
	contrechamp.Leaves
	total, logged int64
	key           string
	heap          uint64
}

func (m *madeLeaves) leaf(n int64) contrechamp.KeptLeaf {
	salt := contrechamp.Salt{0: byte(n), 1: byte(n >> 8), 2: byte(n >> 16)}
	k := contrechamp.KeptLeaf{Leaf: contrechamp.ExportLeaf(contrechamp.Sum(fmt.Append(nil, n)), n, time.Unix(n, 0), "", "", salt), Salt: salt, Index: contrechamp.NotLogged}
	text, err := k.AppendText(nil)
	if err != nil {
		panic(err)
	}
	k.Text = text
	return k
}

func (m *madeLeaves) PendingLeaves(_ context.Context, limit int) ([]contrechamp.KeptLeaf, error) {
	var out []contrechamp.KeptLeaf
	for n := m.logged; n < m.total && len(out) < limit; n++ {
		out = append(out, m.leaf(n))
	}
	return out, nil
}

func (m *madeLeaves) PutIndexes(_ context.Context, logged []contrechamp.KeptLeaf) error {
	m.logged = logged[len(logged)-1].Index + 1
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	m.heap = max(m.heap, stats.HeapInuse+stats.StackInuse)
	return nil
}

func (m *madeLeaves) CountLeaves(context.Context) (logged, pending int64, err error) {
	return m.logged, m.total - m.logged, nil
}
func (m *madeLeaves) LedgerKey(context.Context) (string, error) { return m.key, nil }
func (m *madeLeaves) SetLedgerKey(_ context.Context, _, next string) error {
	m.key = next
	return nil
}
