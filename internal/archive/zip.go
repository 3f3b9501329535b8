package archive

import (
	"archive/zip"
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
)

// maxListed is the longest list of contents that is looked at: each entry takes memory before any limit counts it.
const maxListed = 1_000_000

func (w *walk) zip() error {
	r, err := zip.NewReader(w.src.Bytes, w.src.Size)
	if err != nil {
		return refuse(ErrDamaged, "the %s is damaged or cut short: its list of contents, which stands at its end, cannot be read", w.kind)
	}
	if len(r.File) > maxListed {
		return refuse(ErrTooMany, "the %s holds %d files, more than the %d that are taken out of one", w.kind, len(r.File), w.limits.Members)
	}
	if err := w.overlap(r); err != nil {
		return err
	}
	r.RegisterDecompressor(zip.Deflate, func(in io.Reader) io.ReadCloser { return flate.NewReader(in) })
	r.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderMaxMemory(64<<20), zstd.WithDecoderConcurrency(1)))
	for _, f := range r.File {
		name := zipName(f)
		if f.FileInfo().IsDir() || strings.HasSuffix(name, "/") || hidden(name) || w.kind == WACZ && !(strings.HasPrefix(name, "archive/") && isWARCName(name)) {
			continue
		}
		if err := w.zipMember(f, name); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) zipMember(f *zip.File, name string) error {
	m := Member{Name: name, Modified: f.Modified, Size: int64(min(f.UncompressedSize64, 1<<62))}
	switch {
	case f.Flags&1 != 0:
		m.Err = refuse(ErrEncrypted, "the file is encrypted in its archive and needs a password")
		return w.meet(m)
	case f.UncompressedSize64 > RatioFrom && f.UncompressedSize64/uint64(w.limits.Ratio) > f.CompressedSize64:
		return refuse(ErrRatio, "the %s unpacks to more than %d times its size: it may have been made to fill disks", w.kind, w.limits.Ratio)
	}
	in, err := f.Open()
	if err != nil {
		if m.Err = refuse(ErrDamaged, "the file is damaged in its archive"); errors.Is(err, zip.ErrAlgorithm) {
			m.Err = refuse(ErrDamaged, "the file is compressed in its archive in a way that is not known (method %d)", f.Method)
		}
		return w.meet(m)
	}
	defer in.Close()
	m.Reader = &limited{w: w, r: in, packed: func() int64 { return int64(f.CompressedSize64) }}
	return w.meet(m)
}

// overlap refuses an archive whose members share bytes: no program writes one, and a small file unpacks to any size.
func (w *walk) overlap(r *zip.Reader) error {
	type extent struct{ from, to int64 }
	extents := make([]extent, 0, len(r.File))
	for _, f := range r.File {
		if f.CompressedSize64 == 0 {
			continue
		}
		from, err := f.DataOffset()
		if err != nil {
			continue // said when it is opened
		}
		extents = append(extents, extent{from, from + int64(min(f.CompressedSize64, 1<<62))})
	}
	slices.SortFunc(extents, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(extents); i++ {
		if extents[i].from < extents[i-1].to {
			return refuse(ErrOverlap, "files in the %s share their bytes: it was made to fill disks", w.kind)
		}
	}
	return nil
}

// zipName decodes a name: UTF-8 where it is said or valid, else code page 437, as the format says.
func zipName(f *zip.File) string {
	if !f.NonUTF8 || utf8.ValidString(f.Name) {
		return f.Name
	}
	s, err := charmap.CodePage437.NewDecoder().String(f.Name)
	if err != nil {
		return f.Name
	}
	return s
}
