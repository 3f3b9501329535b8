package contrechamp

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Leaf is what the ledger, a log that only grows, keeps of one event: enough to prove that the event was recorded and
// never changed, and nothing that must not be public. So bytes can be withheld by law and every proof stays valid.
type Leaf struct {
	Kind     LeafKind
	At       time.Time // when it happened, by this machine's clock; microseconds, UTC
	Digest   Digest    // what it is about; see LeafKind
	Length   int64     // bytes that Digest is of; 0 when it is of no bytes that are kept
	Exchange Digest    // of the WARC records of the HTTP exchange that brought the bytes; zero for a file
	Salted   Digest    // of a random salt and what must not be public; see Salt.Sum
}

// LeafKind says what a leaf records.
type LeafKind string

// The kinds of leaves, each with what its Digest is of and what its Salted is of, in order.
const (
	// LeafCapture: bytes were received. Digest: the bytes. Salted: path or address, name, the file's own time in
	// microseconds since 1970 (empty without one), the container's digest (empty without one).
	LeafCapture LeafKind = "capture"
	// LeafDecision: a person decided on a claim. Digest: ClaimDigest. Salted: claim, state, note, account.
	LeafDecision LeafKind = "decision"
	// LeafWithdrawal: a claim that was shown as accepted was taken back. Digest and Salted: as for LeafDecision.
	LeafWithdrawal LeafKind = "withdrawal"
	// LeafWithholding: bytes are kept from readers by law or on request, or given back. Digest: the bytes. Salted: what
	// is done, reason, note, account.
	LeafWithholding LeafKind = "withholding"
	// LeafExport: a file was published. Digest: the file. Salted: kind of export, name of the file.
	LeafExport LeafKind = "export"
	// LeafAbsence: an address under which a document was captured gave none. Digest and Exchange: the WARC records of that
	// visit. Salted: address, kind, status, the address that answered.
	LeafAbsence LeafKind = "absence"
	// LeafKey: the log is signed by another key from now on. Digest: the new key's verifier text. Salted: the old one's.
	LeafKey LeafKind = "key"
)

// LeafKinds lists every kind.
func LeafKinds() []LeafKind {
	return []LeafKind{LeafCapture, LeafDecision, LeafWithdrawal, LeafWithholding, LeafExport, LeafAbsence, LeafKey}
}

// leafHead is the first line of a leaf's text, with the version of the form.
const leafHead = "contrechamp leaf 1"

// MaxLeafBytes is a bound on a leaf's text.
const MaxLeafBytes = 1 << 10

// leafTime is RFC 3339 in UTC, always with six digits.
const leafTime = "2006-01-02T15:04:05.000000Z"

// AppendText appends the one text that the leaf has, lines that each end with a line feed: what is written in the log.
//
//	contrechamp leaf 1
//	kind capture
//	at 2026-11-26T07:04:58.123456Z
//	sha256 (64 hexadecimal digits: Digest)
//	length 12345
//	exchange (64 hexadecimal digits; the line is left out when there is none)
//	salted (64 hexadecimal digits)
//
// It answers ErrInvalid for a leaf that has no such text.
func (l Leaf) AppendText(b []byte) ([]byte, error) {
	at := l.At.UTC()
	switch {
	case !slices.Contains(LeafKinds(), l.Kind):
		return b, fmt.Errorf("leaf of the kind %q: %w", l.Kind, ErrInvalid)
	case l.Digest.IsZero() || l.Salted.IsZero():
		return b, fmt.Errorf("leaf of the kind %s without a digest: %w", l.Kind, ErrInvalid)
	case l.Length < 0:
		return b, fmt.Errorf("leaf of %d bytes: %w", l.Length, ErrInvalid)
	case at.Year() < 1 || at.Year() > 9999 || at.Nanosecond()%1000 != 0:
		return b, fmt.Errorf("leaf of %v: want a year of four digits and whole microseconds: %w", at, ErrInvalid)
	}
	b = append(b, leafHead...)
	b = append(b, "\nkind "...)
	b = append(b, l.Kind...)
	b = append(b, "\nat "...)
	b = at.AppendFormat(b, leafTime)
	b = append(b, "\nsha256 "...)
	b = hex.AppendEncode(b, l.Digest[:])
	b = append(b, "\nlength "...)
	b = strconv.AppendInt(b, l.Length, 10)
	if !l.Exchange.IsZero() {
		b = append(b, "\nexchange "...)
		b = hex.AppendEncode(b, l.Exchange[:])
	}
	b = append(b, "\nsalted "...)
	b = hex.AppendEncode(b, l.Salted[:])
	return append(b, '\n'), nil
}

// ParseLeaf reads the text that AppendText writes, and answers ErrInvalid for any other: a leaf has one text only.
func ParseLeaf(text []byte) (Leaf, error) {
	bad := func(what string) (Leaf, error) { return Leaf{}, fmt.Errorf("leaf: %s: %w", what, ErrInvalid) }
	if len(text) > MaxLeafBytes {
		return bad("longer than any leaf")
	}
	rest, ok := strings.CutPrefix(string(text), leafHead+"\n")
	if !ok {
		return bad("its first line is not \"" + leafHead + "\"")
	}
	var l Leaf
	for line := range strings.Lines(rest) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		var err error
		switch name {
		case "kind":
			l.Kind = LeafKind(value)
		case "at":
			l.At, err = time.Parse(leafTime, value)
		case "sha256":
			l.Digest, err = ParseDigest(value)
		case "length":
			l.Length, err = strconv.ParseInt(value, 10, 64)
		case "exchange":
			l.Exchange, err = ParseDigest(value)
		case "salted":
			l.Salted, err = ParseDigest(value)
		default:
			return bad(fmt.Sprintf("a line %q", name))
		}
		if err != nil {
			return bad("its line " + name + " cannot be read")
		}
	}
	again, err := l.AppendText(nil)
	if err != nil {
		return Leaf{}, err
	}
	if !bytes.Equal(again, text) {
		return bad("not written as it should be")
	}
	return l, nil
}

// LeafHash is the hash of a leaf's text in the log's tree: SHA-256 over a zero byte and the text (RFC 6962, 2.1).
func LeafHash(text []byte) Digest {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(text)
	return Digest(h.Sum(nil))
}

// Salt is what keeps others from guessing what a salted digest is of. It is random, and given only to those who may
// see what it hides.
type Salt [16]byte

// NewSalt answers a fresh one.
func NewSalt() Salt {
	var s Salt
	_, _ = rand.Read(s[:]) // never fails: crypto/rand ends the program first
	return s
}

// String returns the salt as 32 lower-case hexadecimal digits.
func (s Salt) String() string { return hex.EncodeToString(s[:]) }

// ParseSalt reads what String writes: ErrInvalid for anything else.
func ParseSalt(text string) (Salt, error) {
	var s Salt
	if len(text) != 2*len(s) {
		return Salt{}, fmt.Errorf("salt of %d digits: want %d: %w", len(text), 2*len(s), ErrInvalid)
	}
	if _, err := hex.Decode(s[:], []byte(text)); err != nil || s.String() != text {
		return Salt{}, fmt.Errorf("salt: not hexadecimal: %w", ErrInvalid)
	}
	return s, nil
}

// Sum is the salted digest of some texts: SHA-256 over a line that names the form, the salt, and each text after its
// length in bytes and a colon, so that no two lists are written alike.
func (s Salt) Sum(texts ...string) Digest {
	b := make([]byte, 0, 512)
	b = append(b, "contrechamp salted 1\n"...)
	b = append(b, s[:]...)
	for _, t := range texts {
		b = strconv.AppendInt(b, int64(len(t)), 10)
		b = append(b, ':')
		b = append(b, t...)
	}
	return Sum(b)
}

// CaptureLeaf is the leaf of one sighting of a capture. Two sightings of the same bytes are two leaves.
func CaptureLeaf(s Sighting, length int64, exchange Digest, salt Salt) Leaf {
	return Leaf{Kind: LeafCapture, At: leafAt(s.CapturedAt), Digest: s.Capture, Length: length, Exchange: exchange,
		Salted: salt.Sum(CaptureTexts(s)...)}
}

// CaptureTexts are what the salted digest of a capture's leaf is of, in order.
func CaptureTexts(s Sighting) []string {
	modified, container := "", ""
	if !s.ModifiedAt.IsZero() {
		modified = strconv.FormatInt(s.ModifiedAt.UnixMicro(), 10)
	}
	if !s.Container.IsZero() {
		container = s.Container.String()
	}
	return []string{s.Path, s.Name, modified, container}
}

// DecisionLeaf is the leaf of one decision: a withdrawal when it takes a claim back.
func DecisionLeaf(d Decision, salt Salt) Leaf {
	kind := LeafDecision
	if d.State == Withdrawn {
		kind = LeafWithdrawal
	}
	return Leaf{Kind: kind, At: leafAt(d.At), Digest: ClaimDigest(d.Claim), Salted: salt.Sum(DecisionTexts(d)...)}
}

// DecisionTexts are what the salted digest of a decision's leaf is of, in order.
func DecisionTexts(d Decision) []string { return []string{d.Claim, string(d.State), d.Note, d.By} }

// WithholdingLeaf is the leaf of bytes being withheld, or given back, as what says.
func WithholdingLeaf(capture Digest, length int64, at time.Time, what, reason, note, by string, salt Salt) Leaf {
	return Leaf{Kind: LeafWithholding, At: leafAt(at), Digest: capture, Length: length, Salted: salt.Sum(what, reason, note, by)}
}

// ExportLeaf is the leaf of a published file.
func ExportLeaf(file Digest, length int64, at time.Time, kind, name string, salt Salt) Leaf {
	return Leaf{Kind: LeafExport, At: leafAt(at), Digest: file, Length: length, Salted: salt.Sum(kind, name)}
}

// AbsenceLeaf is the leaf of an address that gave no document any more.
func AbsenceLeaf(a Absence, salt Salt) Leaf {
	return Leaf{Kind: LeafAbsence, At: leafAt(a.At), Digest: a.Records, Length: a.Length, Exchange: a.Records,
		Salted: salt.Sum(a.Address, string(a.Kind), strconv.Itoa(a.Status), a.Final)}
}

// KeyLeaf is the leaf that announces another key, each given as the verifier's text.
func KeyLeaf(old, next string, at time.Time, salt Salt) Leaf {
	return Leaf{Kind: LeafKey, At: leafAt(at), Digest: Sum([]byte(next)), Salted: salt.Sum(old)}
}

// ClaimDigest is what leaves about a claim have as their Digest.
func ClaimDigest(id string) Digest { return Sum([]byte("contrechamp claim\n" + id)) }

func leafAt(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// NotLogged is the index of a leaf that waits to be logged.
const NotLogged int64 = -1

// KeptLeaf is a leaf as the store keeps it.
type KeptLeaf struct {
	Leaf
	Text  []byte // as AppendText writes it
	Salt  Salt
	Index int64 // its place in the log, from 0; NotLogged until it is covered by a checkpoint
}

// Leaves keeps leaves until they are logged, and where in the log they are from then on. Each is recorded in the
// transaction that records what it is about: RecordCaptures writes one for each new sighting, Decide one for each
// decision. None is ever changed or removed.
type Leaves interface {
	// AddLeaf records a leaf whose subject has no transaction of its own, such as an export. Durable on return.
	AddLeaf(ctx context.Context, l Leaf, salt Salt) error
	// PendingLeaves lists up to limit leaves that wait, in the order in which they are to be logged.
	PendingLeaves(ctx context.Context, limit int) ([]KeptLeaf, error)
	// PutIndexes records where leaves are in the log, all or none. Doing it twice changes nothing; ErrConflict when
	// one has another index already or another leaf has that index, ErrNotFound when one is not kept here.
	PutIndexes(ctx context.Context, logged []KeptLeaf) error
	// LeavesOf lists the leaves about one thing, first one first.
	LeavesOf(ctx context.Context, subject Digest) ([]KeptLeaf, error)
	// LoggedLeaves lists up to limit leaves by their place in the log, those at from and after.
	LoggedLeaves(ctx context.Context, from int64, limit int) ([]KeptLeaf, error)
	// CountLeaves answers how long the log is as far as is known here, and how many leaves wait.
	CountLeaves(ctx context.Context) (logged, pending int64, err error)
	// LedgerKey answers the verifier text of the key that signs this register's log, "" before there is a log.
	LedgerKey(ctx context.Context) (string, error)
	// SetLedgerKey records it, in the place of old ("" for the first): ErrConflict when another one stands there.
	SetLedgerKey(ctx context.Context, old, next string) error
}
