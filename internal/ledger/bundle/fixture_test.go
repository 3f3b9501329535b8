package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	cosign "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
	"contrechamp.org/contrechamp/internal/ledger/stamp/stamptest"
	"contrechamp.org/contrechamp/internal/ledger/witness"
)

// made is a register's log in memory with one document and two claims, and all that a bundle of them needs.
type made struct {
	key       ledger.SignerKey
	witness   *cosigner
	authority *stamptest.Authority
	contents  bundle.Contents

	t      testing.TB
	hashes []tlog.Hash
	texts  [][]byte
}

var received = time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)

const page = `<!doctype html><title>Valbrune</title>
<p>La ville de Valbrune compte 48 cam&eacute;ras
  de vid&eacute;osurveillance, fournies par Exemple&nbsp;SA.</p>`

const text = "Valbrune\n\nLa ville de Valbrune compte 48 caméras de vidéosurveillance, fournies par Exemple\u00a0SA."

func (m *made) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = m.hashes[x]
	}
	return out, nil
}

func (m *made) log(l contrechamp.Leaf) int64 {
	m.t.Helper()
	b, err := l.AppendText(nil)
	if err != nil {
		m.t.Fatal(err)
	}
	n := int64(len(m.texts))
	more, err := tlog.StoredHashes(n, b, m)
	if err != nil {
		m.t.Fatal(err)
	}
	m.hashes = append(m.hashes, more...)
	m.texts = append(m.texts, b)
	return n
}

// leaf proves an entry under a checkpoint of the whole log, cosigned.
func (m *made) leaf(index int64, signed []byte) bundle.Leaf {
	m.t.Helper()
	proof, err := tlog.ProveRecord(int64(len(m.texts)), index, m)
	if err != nil {
		m.t.Fatal(err)
	}
	return bundle.Leaf{Text: m.texts[index], Proof: ledger.Proof{Index: index, Hashes: proof, Checkpoint: signed}}
}

// originOf pairs a text with a page, run by run: words that stand in both.
func originOf(t testing.TB, text, page string) contrechamp.Origin {
	t.Helper()
	var o contrechamp.Origin
	at, from := 0, strings.Index(page, "<p>")
	if i := strings.Index(page, "<title>"); i >= 0 {
		from = i
	}
	for at < len(text) {
		end := at + strings.IndexAny(text[at:]+" ", " \n\u00a0é")
		if end == at { // written otherwise in the page, or a space
			_, n := utf8.DecodeRuneInString(text[at:])
			at += n
			continue
		}
		word := text[at:end]
		i := strings.Index(page[from:], word)
		if i < 0 {
			t.Fatalf("%q is not in the page", word)
		}
		o = append(o, contrechamp.Run{Text: at, Source: from + i, Len: len(word)})
		at, from = end, from+i+len(word)
	}
	return o
}

func makeBundle(t testing.TB) *made {
	t.Helper()
	return makeBundleOf(t, nil)
}

// makeBundleOf makes one of which the document came with an HTTP exchange, if there is one.
func makeBundleOf(t testing.TB, exchange []byte) *made {
	t.Helper()
	m := &made{t: t}
	var records contrechamp.Digest
	if exchange != nil {
		records = contrechamp.Sum(exchange)
	}
	var err error
	if m.key, err = ledger.NewKey("observatory.example/log"); err != nil {
		t.Fatal(err)
	}
	m.witness = newCosigner(t, "sister.example/witness", received.Add(time.Minute))
	if m.authority, err = stamptest.New(stamptest.Options{Name: "Time"}); err != nil {
		t.Fatal(err)
	}
	m.authority.Now = func() time.Time { return received.Add(2 * time.Minute) }

	digest := contrechamp.Sum([]byte(page))
	quote := func(words string) contrechamp.Quote {
		i := strings.Index(text, words)
		q, err := contrechamp.QuoteAt(text, contrechamp.Span{Start: i, End: i + len(words)})
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	claims := []contrechamp.Record{
		{ID: "caaaaaaaaaaaaaaaa", Document: "valbrune.html", Capture: digest, About: []string{"place:valbrune", "Valbrune"}, Predicate: contrechamp.DeviceCount,
			Value:    contrechamp.RecordValue{Value: contrechamp.Value{Number: 48, Unit: "camera", Qualifier: contrechamp.Exactly}},
			Modality: contrechamp.Asserted, Quote: quote("La ville de Valbrune compte 48 caméras"), Rule: "count", Confidence: 0.9, State: contrechamp.Accepted},
		{ID: "cbbbbbbbbbbbbbbbb", Document: "valbrune.html", Capture: digest, About: []string{"place:valbrune", "Valbrune"}, Predicate: contrechamp.Vendor,
			Value:    contrechamp.RecordValue{Value: contrechamp.Value{Entity: &contrechamp.EntityRef{ID: "company:exemple", Names: []string{"Exemple SA"}}}},
			Modality: contrechamp.Asserted, Quote: quote("fournies par Exemple\u00a0SA"), Rule: "vendor", Confidence: 0.8, State: contrechamp.Proposed},
	}
	salt, err := contrechamp.ParseSalt("000102030405060708090a0b0c0d0e0f")
	if err != nil {
		t.Fatal(err)
	}
	sighting := contrechamp.Sighting{Capture: digest, Name: "valbrune.html", Path: "/documents/valbrune.html", CapturedAt: received}
	for i := range 5 { // of other documents
		m.log(contrechamp.CaptureLeaf(contrechamp.Sighting{Capture: contrechamp.Sum(fmt.Appendf(nil, "other %d", i)), CapturedAt: received}, 7, contrechamp.Digest{}, salt))
	}
	captured := m.log(contrechamp.CaptureLeaf(sighting, int64(len(page)), records, salt))
	decided := m.log(contrechamp.DecisionLeaf(contrechamp.Decision{Claim: claims[0].ID, State: contrechamp.Accepted, By: "Lise", At: received}, salt))
	m.log(contrechamp.CaptureLeaf(contrechamp.Sighting{Capture: contrechamp.Sum([]byte("last")), CapturedAt: received}, 7, contrechamp.Digest{}, salt))

	root, err := tlog.TreeHash(int64(len(m.texts)), m)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := ledger.SignCheckpoint(tlog.Tree{N: int64(len(m.texts)), Hash: root}, m.key)
	if err != nil {
		t.Fatal(err)
	}
	stamped, err := m.authority.Respond(stampQuery(signed))
	if err != nil {
		t.Fatal(err)
	}
	policy, err := ledger.ParsePolicy(fmt.Sprintf("log %s\nwitness sister %s\nquorum sister\n", m.key.Public(), m.witness.vkey))
	if err != nil {
		t.Fatal(err)
	}
	cosigned := m.cosign(signed)
	receipt := m.leaf(captured, cosigned)
	receipt.Opened = &bundle.Opened{Salt: salt.String(), Texts: []string{sighting.Path, sighting.Name, "", ""}}
	m.contents = bundle.Contents{
		Made: received.Add(time.Hour), Page: []byte("<!doctype html><title>evidence</title>"), Policy: policy, Claims: claims,
		Captures: []bundle.Capture{{Digest: digest, Bytes: []byte(page), Text: contrechamp.Text{Capture: digest, Reader: "html/9", ReadAt: received, Body: text,
			Origin: originOf(t, text, page), Title: "Valbrune", Language: "fr", Quality: 0.9}, Exchange: exchange}},
		Leaves:      []bundle.Leaf{receipt, m.leaf(decided, cosigned)},
		States:      []bundle.State{{Size: int64(len(m.texts)), Signed: signed, Stamps: map[string][]byte{"time.example": stamped}}},
		Authorities: []bundle.Authority{{Name: "time.example", Roots: m.authority.Roots()}},
	}
	return m
}

func (m *made) cosign(signed []byte) []byte {
	m.t.Helper()
	v, err := note.NewVerifier(m.key.Public().String())
	if err != nil {
		m.t.Fatal(err)
	}
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		m.t.Fatal(err)
	}
	b, err := note.Sign(n, m.witness)
	if err != nil {
		m.t.Fatal(err)
	}
	return b
}

func (m *made) write() []byte {
	m.t.Helper()
	var b bytes.Buffer
	if err := bundle.Write(&b, m.contents, m.key); err != nil {
		m.t.Fatal(err)
	}
	return b.Bytes()
}

func (m *made) trust() bundle.Trust {
	return bundle.Trust{Keys: []ledger.VerifierKey{m.key.Public()}, Roots: m.authority.Roots()}
}

func verify(t testing.TB, b []byte, trust bundle.Trust) *bundle.Report {
	t.Helper()
	r, err := bundle.Verify(bytes.NewReader(b), int64(len(b)), trust)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// cosigner is a witness whose clock stands still (c2sp.org/tlog-cosignature).
type cosigner struct {
	note.Signer
	vkey ledger.VerifierKey
	key  ed25519.PrivateKey
	at   int64
}

func newCosigner(t testing.TB, name string, at time.Time) *cosigner {
	t.Helper()
	skey, _, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := cosign.NewSignerForCosignatureV1(skey)
	if err != nil {
		t.Fatal(err)
	}
	vkey, err := witness.VerifierKey(skey)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := base64.StdEncoding.DecodeString(strings.SplitN(skey, "+", 5)[4])
	if err != nil {
		t.Fatal(err)
	}
	return &cosigner{signer, vkey, ed25519.NewKeyFromSeed(seed[1:]), at.Unix()}
}

func (c *cosigner) Sign(text []byte) ([]byte, error) {
	b := binary.BigEndian.AppendUint64(nil, uint64(c.at))
	return append(b, ed25519.Sign(c.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", c.at, text))...), nil
}
