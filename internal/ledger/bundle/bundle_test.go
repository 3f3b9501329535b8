package bundle_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

func stampQuery(b []byte) stamp.Query { return stamp.Query{Digest: contrechamp.Sum(b)} }

func TestBundleHolds(t *testing.T) {
	m := makeBundle(t)
	b := m.write()
	if !bytes.Equal(b, m.write()) {
		t.Error("the same contents make different bytes")
	}
	r := verify(t, b, m.trust())
	if !r.OK || len(r.Problems) > 0 || len(r.Unproved) > 0 {
		t.Fatalf("problems %q, unproved %q", r.Problems, r.Unproved)
	}
	if r.Key.From != bundle.FromReader || r.Key.Key != m.key.Public().String() || r.Digest != contrechamp.Sum(b) {
		t.Errorf("key %+v, digest %s", r.Key, r.Digest)
	}
	d := r.Documents[0]
	receipt := d.Receipts[0]
	if len(d.Receipts) != 1 || receipt.Index != 5 || receipt.Size != 8 || !receipt.At.Equal(received) || receipt.Opened[0] != "/documents/valbrune.html" {
		t.Errorf("receipt %+v", receipt)
	}
	if !receipt.NoLater.Equal(received.Add(time.Minute)) || receipt.Stamped[0].Roots != bundle.FromReader || receipt.Stamped[0].Root != "CN=Time root" {
		t.Errorf("time %v, %+v", receipt.NoLater, receipt.Stamped)
	}
	first, second := r.Claims[0], r.Claims[1]
	if len(first.Decisions) != 1 || len(second.Decisions) != 0 || !first.InBytes || first.Verbatim < 30 || first.Start != 10 || first.End != 48 {
		t.Errorf("claims %+v, %+v", first, second)
	}
	var out bytes.Buffer
	r.Print(&out)
	for _, want := range []string{"the key that you gave", "entry 5 in a list of 8", "result: it holds: " + bundle.Promise, "from /documents/valbrune.html"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report does not say %q:\n%s", want, out.String())
		}
	}
}

// TestTrust takes away, one by one, what a reader brings.
func TestTrust(t *testing.T) {
	m := makeBundle(t)
	b := m.write()
	r := verify(t, b, bundle.Trust{})
	if !r.OK || r.Key.From != bundle.FromBundle || r.Documents[0].Receipts[0].Stamped[0].Roots != bundle.FromBundle || len(r.Unproved) != 1 {
		t.Errorf("without anything: %+v %q", r.Key, r.Unproved)
	}
	var out bytes.Buffer
	r.Print(&out)
	if !strings.Contains(out.String(), "a key that stands in the bundle itself") || !strings.Contains(out.String(), "it holds, if the key is the register's") {
		t.Errorf("the report keeps quiet about the key:\n%s", out.String())
	}
	other := makeBundle(t)
	r = verify(t, b, bundle.Trust{Keys: []ledger.VerifierKey{other.key.Public()}})
	if r.OK || !strings.Contains(r.Problems[0], "not signed by a key of the log that is known here") {
		t.Errorf("with another key: %+v", r.Problems)
	}
	// a forger's own witness is none of the reader's
	policy, err := ledger.ParsePolicy("log " + m.key.Public().String() + "\nwitness w " + other.witness.vkey.String() + "\nquorum w\n")
	if err != nil {
		t.Fatal(err)
	}
	r = verify(t, b, bundle.Trust{Policy: &policy})
	if r.OK || !strings.Contains(r.Problems[0], "not cosigned by the witnesses") {
		t.Errorf("with a policy that asks for another witness: %+v", r.Problems)
	}
	// roots that do not know the authority: the bundle's are used, and the report says so
	r = verify(t, b, bundle.Trust{Keys: m.trust().Keys, Roots: other.authority.Roots()})
	if !r.OK || r.Documents[0].Receipts[0].Stamped[0].Roots != bundle.FromBundle {
		t.Errorf("with other roots: %+v", r.Problems)
	}
}

// TestEveryBit flips one bit at each of 1,000 random places: each is found.
func TestEveryBit(t *testing.T) {
	m := makeBundle(t)
	good := m.write()
	for range 1000 {
		at, bit := rand.IntN(len(good)), rand.IntN(8)
		bad := bytes.Clone(good)
		bad[at] ^= 1 << bit
		r, err := bundle.Verify(bytes.NewReader(bad), int64(len(bad)), m.trust())
		if err == nil && r.OK {
			t.Errorf("bit %d of byte %d of %d was flipped, and nobody noticed", bit, at, len(good))
		}
	}
	// and every single bit of the directory at the end, where ZIP files have their slack
	for at := len(good) - 2000; at < len(good); at++ {
		bad := bytes.Clone(good)
		bad[at] ^= 1 << (at % 8)
		if r, err := bundle.Verify(bytes.NewReader(bad), int64(len(bad)), m.trust()); err == nil && r.OK {
			t.Errorf("byte %d of %d was changed, and nobody noticed", at, len(good))
		}
	}
}

// TestContents makes bundles that are well formed and signed, by a keeper who lies or errs.
func TestContents(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(m *made)
		says   string
	}{
		{"bytes changed", func(m *made) {
			m.contents.Captures[0].Bytes = []byte(strings.Replace(page, "48", "84", 1))
		}, "has another SHA-256"},
		{"document that was never logged", func(m *made) {
			b := []byte(strings.Replace(page, "48", "84", 1))
			m.contents.Captures[0].Bytes, m.contents.Captures[0].Digest = b, contrechamp.Sum(b)
			for i := range m.contents.Claims {
				m.contents.Claims[i].Capture = contrechamp.Sum(b)
			}
		}, "nothing in the log says"},
		{"receipt left out", func(m *made) { m.contents.Leaves = m.contents.Leaves[1:] }, "nothing in the log says"},
		{"leaf changed", func(m *made) {
			l := &m.contents.Leaves[0]
			l.Text = bytes.Replace(l.Text, []byte("07:00:00"), []byte("06:00:00"), 1)
		}, "does not lead to the root"},
		{"proof changed", func(m *made) { m.contents.Leaves[0].Proof.Hashes[1][3] ^= 1 }, "does not lead to the root"},
		{"no cosignature", func(m *made) {
			for i := range m.contents.Leaves {
				m.contents.Leaves[i].Proof.Checkpoint = m.contents.States[0].Signed
			}
		}, "not cosigned by the witnesses"},
		{"salt of another leaf", func(m *made) { m.contents.Leaves[0].Opened.Texts[0] = "/elsewhere" }, "is not what was logged"},
		{"stamp of another checkpoint", func(m *made) {
			b, err := m.authority.Respond(stampQuery([]byte("another")))
			if err != nil {
				m.t.Fatal(err)
			}
			m.contents.States[0].Stamps["time.example"] = b
		}, "about another digest"},
		{"stamp before the receipt", func(m *made) {
			m.authority.Now = func() time.Time { return received.Add(-time.Hour) }
			b, err := m.authority.Respond(stampQuery(m.contents.States[0].Signed))
			if err != nil {
				m.t.Fatal(err)
			}
			m.contents.States[0].Stamps["time.example"] = b
		}, "one of the clocks is wrong"},
		{"text changed", func(m *made) {
			x := &m.contents.Captures[0].Text
			x.Body = strings.Replace(x.Body, "48", "84", 1)
			for i := range m.contents.Claims {
				q := &m.contents.Claims[i].Quote
				*q, _ = contrechamp.QuoteAt(x.Body, contrechamp.Span{Start: q.Start, End: q.End})
			}
		}, "are not the words that it quotes"},
		{"exchange that was never logged", func(m *made) { m.contents.Captures[0].Exchange = []byte("GET /") }, "not the exchange that was logged"},
	} {
		m := makeBundle(t)
		c.change(m)
		b := m.write()
		r := verify(t, b, m.trust())
		if r.OK || len(r.Problems) == 0 || !strings.Contains(strings.Join(r.Problems, "\n"), c.says) {
			t.Errorf("%s: problems %q, want %q", c.name, r.Problems, c.says)
		}
	}
}

// TestArchive looks into the WACZ: what a program will show is what was logged.
func TestArchive(t *testing.T) {
	exchange := []byte("the records of a visit, as a WARC file")
	name := "archive/" + contrechamp.Sum(exchange).String() + ".warc.gz"
	for _, c := range []struct {
		name    string
		entries []entry
		says    string // "" for one that holds
	}{
		{"good", []entry{{name: name, b: exchange}, {name: "pages/pages.jsonl", b: []byte("{}"), method: 8}}, ""},
		{"other records", []entry{{name: name, b: []byte("others")}}, "has another SHA-256"},
		{"without them", []entry{{name: "archive/data.warc.gz", b: exchange}}, "does not hold the exchange"},
		{"compressed", []entry{{name: name, b: exchange, method: 8}}, "a WACZ does not"},
	} {
		m := makeBundleOf(t, exchange)
		m.contents.WACZ = zipOf(t, c.entries)
		b := m.write()
		r, err := bundle.Verify(bytes.NewReader(b), int64(len(b)), m.trust())
		said := ""
		if err != nil {
			said = err.Error()
		} else {
			said = strings.Join(r.Problems, "\n")
		}
		if holds := err == nil && r.OK; holds != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("%s: holds %v, %q", c.name, holds, said)
		}
		if c.says == "" && !r.Documents[0].Exchange {
			t.Errorf("%s: %+v", c.name, r.Documents[0])
		}
	}
	m := makeBundleOf(t, exchange)
	m.contents.WACZ = []byte("no archive")
	b := m.write()
	if _, err := bundle.Verify(bytes.NewReader(b), int64(len(b)), m.trust()); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("no archive: %v", err)
	}
}

func TestRefusedToWrite(t *testing.T) {
	m := makeBundle(t)
	m.contents.Claims[0].Quote.Exact = "La ville de Valbrune compte 84 caméras"
	var b bytes.Buffer
	if err := bundle.Write(&b, m.contents, m.key); !errors.Is(err, contrechamp.ErrAltered) {
		t.Errorf("a quote that is not there: %v", err)
	}
	m = makeBundle(t)
	m.contents.Authorities[0].Name = "../../etc/passwd"
	if err := bundle.Write(&b, m.contents, m.key); !errors.Is(err, contrechamp.ErrInvalid) {
		t.Errorf("a name that leads out: %v", err)
	}
}

// TestForeignUnzip has two other programs read the file: it is a plain ZIP.
func TestForeignUnzip(t *testing.T) {
	python := testenv.Tool(t, "python3")
	m := makeBundle(t)
	path := filepath.Join(t.TempDir(), "evidence.zip")
	if err := os.WriteFile(path, m.write(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", `import sys, zipfile, hashlib
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
for line in z.read("MANIFEST").decode().split("\n\n")[0].split("\n")[2:]:
    digest, length, name = line.split(" ")
    b = z.read(name)
    assert hashlib.sha256(b).hexdigest() == digest and len(b) == int(length), name
print(len(z.namelist()))`, path).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "15" {
		t.Errorf("python: %s, %v", out, err)
	}
}

func TestReportIsJSON(t *testing.T) {
	m := makeBundle(t)
	b, err := json.Marshal(verify(t, m.write(), m.trust()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"ok":true`, `"problems":[]`, `"from":"given"`, `"in_bytes":true`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %s in %s", want, b)
		}
	}
}
