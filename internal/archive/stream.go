package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// counted counts what is read of the archive.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// inflated is the archive without its compression.
type inflated struct {
	io.Reader
	raw   *counted
	name  string // that a gzip file gives to what it holds
	made  time.Time
	close func()
}

// unpack opens the archive's compression, if any.
func (w *walk) unpack() (*inflated, error) {
	raw := &counted{r: io.NewSectionReader(w.src.Bytes, 0, w.src.Size)}
	in := bufio.NewReaderSize(raw, 64<<10)
	magic, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, refuse(ErrDamaged, "the %s is damaged: its first bytes cannot be read", w.kind)
		}
		return &inflated{Reader: z, raw: raw, name: z.Name, made: z.ModTime, close: func() {}}, nil
	case bytes.HasPrefix(magic, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(in, zstd.WithDecoderMaxMemory(64<<20), zstd.WithDecoderMaxWindow(64<<20), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, refuse(ErrDamaged, "the %s is damaged: its first bytes cannot be read", w.kind)
		}
		return &inflated{Reader: z, raw: raw, close: z.Close}, nil
	}
	return &inflated{Reader: in, raw: raw, close: func() {}}, nil
}

// stream walks through a TAR, or a compressed file.
func (w *walk) stream() error {
	in, err := w.unpack()
	if err != nil {
		return err
	}
	defer in.close()
	whole := &limited{w: w, r: in, packed: func() int64 { return in.raw.n }}
	if w.kind == Tar {
		return w.tar(&ratioed{w: w, r: in, packed: func() int64 { return in.raw.n }})
	}
	name := in.name
	if name == "" {
		name = strings.TrimSuffix(strings.TrimSuffix(path.Base(strings.ReplaceAll(w.src.Name, `\`, "/")), ".gz"), ".zst")
	}
	return w.meet(Member{Name: name, Modified: in.made, Size: -1, Reader: &cutShort{w: w, r: whole}})
}

// ratioed stops a stream that unpacks to far more than its size, counted over the whole.
type ratioed struct {
	w      *walk
	r      io.Reader
	packed func() int64
	n      int64
}

func (r *ratioed) Read(p []byte) (int, error) {
	if err := r.w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.r.Read(p)
	if r.n += int64(n); r.n > RatioFrom && r.n/r.w.limits.Ratio > r.packed() {
		return 0, refuse(ErrRatio, "the %s unpacks to more than %d times its size: it may have been made to fill disks", r.w.kind, r.w.limits.Ratio)
	}
	return n, err
}

// cutShort gives what could be unpacked of a file whose end is missing or damaged; what is there is still evidence.
type cutShort struct {
	w   *walk
	r   io.Reader
	any bool
}

func (c *cutShort) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.any = c.any || n > 0
	var r refusal
	if err == nil || errors.Is(err, io.EOF) || errors.As(err, &r) || c.w.ctx.Err() != nil {
		return n, err
	}
	if c.any {
		return n, io.EOF
	}
	return n, refuse(ErrDamaged, "the %s is damaged: nothing can be unpacked", c.w.kind)
}

func (w *walk) tar(in io.Reader) error {
	r := tar.NewReader(in)
	for {
		h, err := r.Next()
		var said refusal
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &said), err != nil && w.ctx.Err() != nil:
			return err
		case err != nil && w.members == 0:
			return refuse(ErrDamaged, "the %s is damaged: no file can be taken out of it", w.kind)
		case err != nil:
			return refuse(ErrTruncated, "the %s is cut short or damaged behind its file number %d; what stands before was taken out", w.kind, w.members)
		}
		if h.Typeflag != tar.TypeReg || hidden(h.Name) {
			continue
		}
		m := Member{Name: h.Name, Modified: h.ModTime, Size: h.Size, Reader: &limited{w: w, r: r}}
		if h.Size > w.limits.Member {
			m.Reader = nil
		}
		if err := w.meet(m); err != nil {
			return err
		}
	}
}

// inflatedHead answers the first bytes of what a gzip file holds, as far as head goes.
func inflatedHead(head []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil
	}
	b := make([]byte, 1024)
	n, _ := io.ReadFull(z, b) // head is cut short: what came out counts
	return b[:n]
}
