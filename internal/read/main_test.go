package read

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"contrechamp.org/contrechamp/internal/read/pdf"
)

// engines is the reader of all tests: one pool of PDF readers, its compiled engine kept between runs.
var engines Reader

func TestMain(m *testing.M) {
	pdf.Main()
	flag.Parse()
	pool := &pdf.Pool{Cache: filepath.Join(os.TempDir(), "contrechamp-test-pdfium")}
	engines.PDF = pool
	code := m.Run()
	pool.Close()
	os.Exit(code)
}
