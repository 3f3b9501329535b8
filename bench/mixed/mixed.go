// Package mixed makes a folder as an association has it after some years: pages saved from the web, PDF documents, and
// some office files and mail. The same numbers make the same folder, byte for byte, so that two programs, or two days,
// can be compared on it. The prose is made of sentences of our own (prose.go), most of which speak of other things than
// cameras; sizes and furniture are those of real pages.
package mixed

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Kind is one kind of file.
type Kind string

// The kinds, with their share in a thousand files.
const (
	HTML Kind = "html"
	PDF  Kind = "pdf"
	DOCX Kind = "docx"
	ODT  Kind = "odt"
	XLSX Kind = "xlsx"
	RTF  Kind = "rtf"
	Mail Kind = "eml"
)

var shares = []struct {
	kind  Kind
	share int
	make  func(p *prose) []byte
}{
	{HTML, 650, article},
	{PDF, 300, report},
	{DOCX, 15, docx},
	{ODT, 10, odt},
	{XLSX, 7, xlsx},
	{RTF, 6, rtf},
	{Mail, 12, message},
}

// Made says what a folder holds.
type Made struct {
	Files map[Kind]int
	Bytes map[Kind]int64
}

// Make writes n files into folder, which must not exist or be empty: n times each kind's share, in folders of a hundred.
func Make(folder string, n int, seed uint64) (Made, error) {
	made := Made{map[Kind]int{}, map[Kind]int64{}}
	if entries, err := os.ReadDir(folder); err == nil && len(entries) > 0 {
		return made, fmt.Errorf("%s is not empty", folder)
	}
	kinds := order(n, seed)
	for i, at := range kinds {
		s := shares[at]
		b := s.make(newProse(seed, uint64(i)))
		dir := filepath.Join(folder, fmt.Sprintf("dossier-%02d", i/100))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return made, err
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.%s", i, s.kind)), b, 0o644); err != nil {
			return made, err
		}
		made.Files[s.kind]++
		made.Bytes[s.kind] += int64(len(b))
	}
	return made, nil
}

// order answers which of shares each file is of: as many of each as its share wants, shuffled.
func order(n int, seed uint64) []int {
	var kinds []int
	done := 0
	for i, s := range shares {
		done += s.share
		for len(kinds) < n*done/1000 {
			kinds = append(kinds, i)
		}
	}
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	return kinds
}

// String is one line: "1170 html (21.0 MB), 540 pdf (30.1 MB)".
func (m Made) String() string {
	var parts []string
	for _, s := range shares {
		if m.Files[s.kind] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s (%.1f MB)", m.Files[s.kind], s.kind, float64(m.Bytes[s.kind])/1e6))
		}
	}
	return strings.Join(parts, ", ")
}
