package archive

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"contrechamp.org/contrechamp"
)

// Kind is a way of holding documents.
type Kind string

// The kinds.
const (
	Zip  Kind = "ZIP archive"
	Tar  Kind = "TAR archive"
	Gzip Kind = "gzip file"
	Zstd Kind = "zstd file"
	WARC Kind = "WARC archive"
	WACZ Kind = "WACZ archive"
	Mbox Kind = "mailbox"
	Mail Kind = "mail message"
	MSG  Kind = "Outlook message"
)

// Source is an archive.
type Source struct {
	Bytes io.ReaderAt
	Size  int64
	Name  string // file name; tells what the only file in a gzip is called
}

// Member is a document in an archive. Reader is good until visit returns.
type Member struct {
	Name     string // safe, with slashes; the address of a page in a WARC
	Modified time.Time
	Size     int64 // -1 when not known before it is read
	Reader   io.Reader
	SameAs   string // name of an earlier member with the same bytes, which are then not given again
	Payload  string // what a WARC says is the digest of its payload; another archive beside it may have those bytes
	Err      error  // why this member cannot be had; Reader is then nil
}

// Limits are what a walk may meet. The zero Limits are DefaultLimits.
type Limits struct {
	Members int   // in one archive
	Bytes   int64 // unpacked, of one archive
	Member  int64 // unpacked, of one member
	Ratio   int64 // unpacked to packed, from RatioFrom bytes on
}

// DefaultLimits hold a folder of a large inquiry, and keep a bomb short.
var DefaultLimits = Limits{Members: 50_000, Bytes: 2 << 30, Member: 256 << 20, Ratio: 150}

// RatioFrom is how many unpacked bytes make a ratio worth looking at: small files of blanks compress well.
const RatioFrom = 16 << 20

// MaxDepth is how deep archives are opened in archives.
const MaxDepth = 4

// The kinds of refusal; each is an ErrInvalid. ErrFull and ErrRatio, met while a member is read, should end the walk.
var (
	ErrTooMany   = fmt.Errorf("too many members: %w", contrechamp.ErrInvalid)
	ErrTooLarge  = fmt.Errorf("too large: %w", contrechamp.ErrInvalid)
	ErrFull      = fmt.Errorf("unpacks to too much: %w", contrechamp.ErrInvalid)
	ErrRatio     = fmt.Errorf("unpacks to far more than its size: %w", contrechamp.ErrInvalid)
	ErrDepth     = fmt.Errorf("nested too deep: %w", contrechamp.ErrInvalid)
	ErrOverlap   = fmt.Errorf("members share bytes: %w", contrechamp.ErrInvalid)
	ErrDamaged   = fmt.Errorf("damaged: %w", contrechamp.ErrInvalid)
	ErrEncrypted = fmt.Errorf("encrypted: %w", contrechamp.ErrInvalid)
	ErrTruncated = fmt.Errorf("cut short: %w", contrechamp.ErrInvalid)
)

// refusal is one sentence for people, and its kind.
type refusal struct {
	kind     error
	sentence string
}

func (r refusal) Error() string { return r.sentence }
func (r refusal) Unwrap() error { return r.kind }

func refuse(kind error, format string, args ...any) error {
	return refusal{kind, fmt.Sprintf(format, args...)}
}

// TooDeep says of an archive in MaxDepth others that it is not opened.
func TooDeep() error {
	return refuse(ErrDepth, "archives are opened %d deep in each other, no deeper", MaxDepth)
}

// Walk calls visit for each document in the archive, in its order. It ends with the error of visit or ctx, or with a
// refusal.
func Walk(ctx context.Context, kind Kind, src Source, limits Limits, visit func(Member) error) error {
	if limits == (Limits{}) {
		limits = DefaultLimits
	}
	w := &walk{ctx: ctx, kind: kind, src: src, limits: limits, visit: visit}
	switch kind {
	case Zip, WACZ:
		return w.zip()
	case Tar, Gzip, Zstd:
		return w.stream()
	case WARC:
		return w.warc()
	case Mbox:
		return w.mbox()
	case Mail, MSG:
		return w.mail()
	}
	return fmt.Errorf("walk a %s: %w", kind, contrechamp.ErrInvalid)
}

// walk is one walk through one archive.
type walk struct {
	ctx     context.Context
	kind    Kind
	src     Source
	limits  Limits
	visit   func(Member) error
	members int
	out     int64 // bytes unpacked so far
	names   map[string]int
}

// meet counts a member and visits it.
func (w *walk) meet(m Member) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if w.members++; w.members > w.limits.Members {
		return refuse(ErrTooMany, "the %s holds more than the %d files that are taken out of one", w.kind, w.limits.Members)
	}
	m.Name = w.unique(SafeName(m.Name))
	if m.Err == nil && m.Size > w.limits.Member {
		m.Err = refuse(ErrTooLarge, "the file has %d MiB, more than the %d MiB that are taken out of an archive", m.Size>>20, w.limits.Member>>20)
		m.Reader = nil
	}
	return w.visit(m)
}

// unique makes a name that was not met in this archive: two members may have one.
func (w *walk) unique(name string) string {
	if w.names == nil {
		w.names = map[string]int{}
	}
	w.names[name]++
	if n := w.names[name]; n > 1 {
		return fmt.Sprintf("%s (%d)", name, n)
	}
	return name
}

// limited counts what is unpacked. packed answers how many bytes of the archive that took, 0 when it is not known.
type limited struct {
	w      *walk
	r      io.Reader
	packed func() int64
	member int64
}

func (l *limited) Read(p []byte) (int, error) {
	if err := l.w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := l.r.Read(p)
	l.member += int64(n)
	l.w.out += int64(n)
	switch {
	case l.member > l.w.limits.Member:
		return 0, refuse(ErrTooLarge, "the file unpacks to more than the %d MiB that are taken out of an archive", l.w.limits.Member>>20)
	case l.w.out > l.w.limits.Bytes:
		return 0, refuse(ErrFull, "the %s unpacks to more than the %d MiB that are taken out of one", l.w.kind, l.w.limits.Bytes>>20)
	case l.member > RatioFrom && l.packed != nil && l.member/l.w.limits.Ratio > l.packed():
		return 0, refuse(ErrRatio, "the %s unpacks to more than %d times its size: it may have been made to fill disks", l.w.kind, l.w.limits.Ratio)
	}
	return n, err
}

// maxName is the longest name, in bytes, that is kept.
const maxName = 1000

// SafeName makes a member's name safe to show and to store: slashes between its parts, no part that leads upwards, no
// control or direction character, valid UTF-8, no longer than 1,000 bytes. The name of nothing is "unnamed".
func SafeName(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '\\':
			return '/'
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f':
			return '\uFFFD'
		}
		return r
	}, name)
	scheme, _, isAddress := strings.Cut(name, "://")
	if isAddress && !strings.Contains(scheme, "/") {
		return clip(name)
	}
	var parts []string
	for _, part := range strings.Split(name, "/") {
		if part = strings.TrimSpace(part); part != "" && part != "." && part != ".." {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return "unnamed"
	}
	return clip(strings.Join(parts, "/"))
}

func clip(s string) string {
	if len(s) <= maxName {
		return s
	}
	n := maxName
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// hidden reports whether a member is a program's own: files that begin with a dot, the Finder's, the system's.
func hidden(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if strings.HasPrefix(part, ".") && part != "." && part != ".." || part == "__MACOSX" {
			return true
		}
	}
	base := path.Base(name)
	return base == "Thumbs.db" || base == "desktop.ini"
}
