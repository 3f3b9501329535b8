// Command gen makes the embedded PDF engine from the npm package beside it (run "make pdfium"): it checks that the
// package holds the very bytes that are pinned, and packs them.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"

	"github.com/klauspost/compress/zstd"

	"contrechamp.org/contrechamp/internal/read/pdf"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen pdfium.wasm pdfium.wasm.zst")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	code, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(code)
	if got := hex.EncodeToString(sum[:]); got != pdf.EngineSHA256 {
		return fmt.Errorf("%s has the SHA-256 %s, not the pinned %s", from, got, pdf.EngineSHA256)
	}
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(8<<20))
	if err != nil {
		return err
	}
	packed := e.EncodeAll(code, nil)
	if err := os.WriteFile(to, packed, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d bytes, SHA-256 as pinned; packed to %d\n", from, len(code), len(packed))
	return nil
}
