package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"

	"contrechamp.org/contrechamp"
)

// Limits of a bundle.
const (
	MaxBytes   = 2 << 30   // of the file; far below what would need ZIP64
	MaxMembers = 4096      // more fit into no manifest that can be signed
	maxSmall   = 64 << 20  // of a member that is read whole: texts, claims
	maxCapture = 512 << 20 // of a captured document
)

// dosDate is 1980-01-01, the first day that ZIP knows: members have no dates of their own.
const dosDate = 1<<5 | 1

// zipVersion is 2.0, which knows no more than members that are stored.
const zipVersion = 20

// names are those that a member can have.
var names = regexp.MustCompile(`^(?:index\.html|policy|claims\.json|captures\.wacz|MANIFEST` +
	`|captures/[0-9a-f]{64}/(?:bytes|text\.txt|text\.json|exchange\.warc\.gz)` +
	`|leaves/(?:0|[1-9][0-9]{0,17})\.(?:leaf|tlog-proof|opened\.json)` +
	`|checkpoints/[1-9][0-9]{0,17}/(?:checkpoint|[a-z0-9][a-z0-9.-]{0,62}\.tsr)` +
	`|authorities/[a-z0-9][a-z0-9.-]{0,62}\.pem)$`)

// container writes members one after another, so that the same members make the same bytes.
type container struct {
	zip *zip.Writer
}

func newContainer(w io.Writer) *container { return &container{zip.NewWriter(w)} }

// add writes one member of which size and CRC-32 are known.
func (c *container) add(name string, size int64, crc uint32, content io.Reader) error {
	h := &zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc, CompressedSize64: uint64(size), UncompressedSize64: uint64(size),
		CreatorVersion: zipVersion, ReaderVersion: zipVersion}
	//lint:ignore SA1019 CreateRaw writes this field as it stands, and leaves Modified out
	h.ModifiedDate = dosDate
	w, err := c.zip.CreateRaw(h)
	if err != nil {
		return err
	}
	n, err := io.Copy(w, content)
	if err == nil && n != size {
		err = fmt.Errorf("%s has %d bytes, and %d were announced: %w", name, n, size, contrechamp.ErrInvalid)
	}
	return err
}

func (c *container) close() error { return c.zip.Close() }

// member is one part of an opened bundle.
type member struct {
	name    string
	size    int64
	digest  contrechamp.Digest
	crc     uint32
	section *io.SectionReader
}

// open reads the directory of a bundle and digests every member. Errors: ErrInvalid for what is no bundle.
func open(file io.ReaderAt, size int64) ([]member, error) {
	bad := func(format string, a ...any) ([]member, error) { return nil, refuse(format, a...) }
	if size > MaxBytes {
		return bad("it has %d bytes, and a bundle has at most %d", size, int64(MaxBytes))
	}
	z, err := zip.NewReader(file, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return bad("it is no ZIP file (%v)", err)
	}
	if len(z.File) > MaxMembers {
		return bad("it has %d members, and a bundle has at most %d", len(z.File), MaxMembers)
	}
	members := make([]member, 0, len(z.File))
	seen := map[string]bool{}
	total := int64(0)
	for _, f := range z.File {
		name := f.Name
		switch {
		case len(name) > 200 || !names.MatchString(name):
			return bad("a member is called %q, which no member of a bundle is", name[:min(len(name), 200)])
		case seen[name]:
			return bad("there are two members called %s", name)
		case f.Method != zip.Store || f.CompressedSize64 != f.UncompressedSize64:
			return bad("%s is compressed, and members of a bundle are not", name)
		case f.UncompressedSize64 > uint64(size):
			return bad("%s would be larger than the file", name)
		}
		seen[name] = true
		if total += int64(f.UncompressedSize64); total > size {
			return bad("its members would be larger than the file: some lie over each other")
		}
		offset, err := f.DataOffset()
		if err != nil {
			return bad("%s is not where the directory says (%v)", name, err)
		}
		m := member{name: name, size: int64(f.UncompressedSize64), section: io.NewSectionReader(file, offset, int64(f.UncompressedSize64))}
		if err := m.sum(); err != nil {
			return bad("%s cannot be read whole (%v)", name, err)
		}
		members = append(members, m)
	}
	return members, nil
}

// sum digests a member.
func (m *member) sum() error {
	h, crc := sha256.New(), crc32.NewIEEE()
	n, err := io.Copy(io.MultiWriter(h, crc), m.section)
	if err == nil && n != m.size {
		err = io.ErrUnexpectedEOF
	}
	m.digest, m.crc = contrechamp.Digest(h.Sum(nil)), crc.Sum32()
	return err
}

// read answers a member's bytes, up to limit.
func (m *member) read(limit int64) ([]byte, error) {
	if m.size > limit {
		return nil, refuse("%s has %d bytes, and may have %d", m.name, m.size, limit)
	}
	b := make([]byte, m.size)
	if _, err := m.section.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, refuse("%s cannot be read whole (%v)", m.name, err)
	}
	return b, nil
}

// sameFile writes the members again and compares the result with the file, byte by byte.
func sameFile(file io.ReaderAt, size int64, members []member) error {
	c := &comparison{file: file, size: size}
	out := newContainer(c)
	for _, m := range members {
		if err := out.add(m.name, m.size, m.crc, io.NewSectionReader(m.section, 0, m.size)); err != nil {
			return c.reason(err)
		}
	}
	if err := out.close(); err != nil {
		return c.reason(err)
	}
	if c.at != size {
		return fmt.Errorf("bundle: %d bytes stand behind its end: %w", size-c.at, contrechamp.ErrAltered)
	}
	return nil
}

// comparison is a writer that wants what a file has.
type comparison struct {
	file     io.ReaderAt
	size, at int64
	buffer   []byte
	differs  bool
}

var errDiffers = errors.New("it differs")

func (c *comparison) Write(p []byte) (int, error) {
	if cap(c.buffer) < len(p) {
		c.buffer = make([]byte, len(p))
	}
	b := c.buffer[:len(p)]
	if n, err := c.file.ReadAt(b, c.at); n < len(p) && err != nil {
		b = b[:n]
	}
	if !bytes.Equal(b, p) {
		for len(b) > 0 && b[0] == p[0] {
			b, p = b[1:], p[1:]
			c.at++
		}
		c.differs = true
		return 0, errDiffers
	}
	c.at += int64(len(p))
	return len(p), nil
}

func (c *comparison) reason(err error) error {
	if c.differs {
		return fmt.Errorf("bundle: byte %d of the file is not what a bundle of these members has there: %w", c.at, contrechamp.ErrAltered)
	}
	return fmt.Errorf("bundle: %w", err)
}

// refuse and altered make errors. What they quote comes from outside, and must not give orders to a terminal.
func refuse(format string, a ...any) error {
	return fmt.Errorf("bundle: %s: %w", printable(fmt.Sprintf(format, a...)), contrechamp.ErrInvalid)
}

func altered(format string, a ...any) error {
	return fmt.Errorf("bundle: %s: %w", printable(fmt.Sprintf(format, a...)), contrechamp.ErrAltered)
}
