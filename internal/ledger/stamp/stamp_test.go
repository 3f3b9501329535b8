package stamp_test

import (
	"bytes"
	"crypto/x509"
	"errors"
	"flag"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
	"contrechamp.org/contrechamp/internal/ledger/stamp/stamptest"
	"contrechamp.org/contrechamp/internal/testenv"
)

func authority(t testing.TB, o stamptest.Options) *stamptest.Authority {
	t.Helper()
	a, err := stamptest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func respond(t testing.TB, a *stamptest.Authority, q stamp.Query) []byte {
	t.Helper()
	b, err := a.Respond(q)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func query(t testing.TB, text string) stamp.Query {
	t.Helper()
	q, err := stamp.NewQuery(contrechamp.Sum([]byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestTokenIsAccepted(t *testing.T) {
	a := authority(t, stamptest.Options{Name: "Valbrune"})
	at := time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)
	a.Now = func() time.Time { return at }
	q := query(t, "a checkpoint")
	got, err := q.Check(respond(t, a, q), a.Roots())
	if err != nil {
		t.Fatal(err)
	}
	if !got.Time.Equal(at) || got.Accuracy != time.Second || got.Signer != "CN=Valbrune authority" || got.Anchor != "CN=Valbrune root" {
		t.Errorf("token is %+v", got)
	}
	// without roots: the signature holds, and nobody vouches for whose it is
	got, err = stamp.Check(respond(t, a, q), q.Digest, nil)
	if err != nil || got.Anchor != "" {
		t.Errorf("without roots: %+v, %v", got, err)
	}
}

func TestTokenIsRefused(t *testing.T) {
	good := authority(t, stamptest.Options{})
	other := authority(t, stamptest.Options{Name: "Other"})
	q := query(t, "a checkpoint")
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	late := authority(t, stamptest.Options{NotAfter: year(2021)})
	early := authority(t, stamptest.Options{NotBefore: year(2039)})
	server := authority(t, stamptest.Options{Usages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
	both := authority(t, stamptest.Options{Usages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping, x509.ExtKeyUsageServerAuth}})
	lax := authority(t, stamptest.Options{Lax: true})
	refusal, err := stamptest.Refusal()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		response []byte
		roots    stamp.Roots
		kind     error
		says     string
	}{
		{"wrong nonce", respond(t, good, stamp.Query{Digest: q.Digest, Nonce: big.NewInt(7)}), good.Roots(), contrechamp.ErrAltered, "nonce"},
		{"no nonce", respond(t, good, stamp.Query{Digest: q.Digest}), good.Roots(), contrechamp.ErrAltered, "nonce"},
		{"wrong digest", respond(t, good, stamp.Query{Digest: contrechamp.Sum(nil), Nonce: q.Nonce}), good.Roots(), contrechamp.ErrAltered, "another digest"},
		{"expired certificate", respond(t, late, q), late.Roots(), contrechamp.ErrInvalid, "outside of certificate validity"},
		{"certificate of the future", respond(t, early, q), early.Roots(), contrechamp.ErrInvalid, "outside of certificate validity"},
		{"untrusted", respond(t, other, q), good.Roots(), contrechamp.ErrInvalid, "none of the given roots"},
		{"certificate of a web server", respond(t, server, q), server.Roots(), contrechamp.ErrInvalid, "not for time-stamping alone"},
		{"certificate for everything", respond(t, both, q), both.Roots(), contrechamp.ErrInvalid, "not for time-stamping alone"},
		{"usage not critical", respond(t, lax, q), lax.Roots(), contrechamp.ErrInvalid, "not critical"},
		{"refusal", refusal, good.Roots(), contrechamp.ErrInvalid, "rejected"},
		{"nothing", nil, good.Roots(), contrechamp.ErrInvalid, "empty"},
		{"a page", []byte("<html>not found</html>"), good.Roots(), contrechamp.ErrInvalid, "no DER"},
		{"cut short", respond(t, good, q)[:400], good.Roots(), contrechamp.ErrInvalid, "no DER"},
		{"more behind", append(respond(t, good, q), 5, 0), good.Roots(), contrechamp.ErrInvalid, "behind its end"},
		{"too long", make([]byte, stamp.MaxBytes+1), good.Roots(), contrechamp.ErrInvalid, "more than"},
		{"too deep", deep(200), good.Roots(), contrechamp.ErrInvalid, "nests deeper"},
	} {
		_, err := q.Check(c.response, c.roots)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %v with %q", c.name, err, c.kind, c.says)
		}
	}
}

// deep returns n sequences, each in the one before.
func deep(n int) []byte {
	b := []byte{0x30, 0}
	for range n {
		switch l := len(b); {
		case l < 128:
			b = append([]byte{0x30, byte(l)}, b...)
		case l < 256:
			b = append([]byte{0x30, 0x81, byte(l)}, b...)
		default:
			b = append([]byte{0x30, 0x82, byte(l >> 8), byte(l)}, b...)
		}
	}
	return b
}

// TestFlippedBits flips bits all over a token: none may change what it says, or who says it. A bit that is neither signed
// nor read (a text of the status, a part of the certificate's copy that a root outweighs) may pass.
func TestFlippedBits(t *testing.T) {
	a := authority(t, stamptest.Options{})
	q := query(t, "a checkpoint")
	good := respond(t, a, q)
	want, err := q.Check(good, a.Roots())
	if err != nil {
		t.Fatal(err)
	}
	passed := 0
	for range 1000 {
		bad := bytes.Clone(good)
		bad[rand.IntN(len(bad))] ^= 1 << rand.IntN(8)
		got, err := q.Check(bad, a.Roots())
		if err != nil {
			continue
		}
		passed++
		if !got.Time.Equal(want.Time) || got.Serial != want.Serial || got.Signer != want.Signer || got.Anchor != want.Anchor {
			t.Errorf("a flipped bit makes it %+v, was %+v", got, want)
		}
	}
	if passed > 500 {
		t.Errorf("%d of 1000 flipped bits were not noticed", passed)
	}
}

// TestForeignToken checks a token made by OpenSSL, and lets OpenSSL check one of ours.
func TestForeignToken(t *testing.T) {
	testenv.Tool(t, "openssl")
	dir := t.TempDir()
	run := func(args ...string) string {
		t.Helper()
		c := exec.Command("openssl", args...)
		c.Dir = dir
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	write := func(name string, b []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("conf", []byte(`[req]
distinguished_name = dn
prompt = no
[dn]
CN = Foreign root
[tsa_dn]
CN = Foreign authority
[tsa_ext]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.2
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
`))
	write("serial", []byte("01\n"))
	write("checkpoint", []byte("a checkpoint"))
	run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "30", "-config", "conf")
	run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-config", "conf", "-subj", "/CN=Foreign authority")
	run("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "tsa.pem", "-days", "30", "-extfile", "conf", "-extensions", "tsa_ext")
	q := query(t, "a checkpoint")
	der, err := q.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	write("q.tsq", der)
	run("ts", "-reply", "-config", "conf", "-queryfile", "q.tsq", "-inkey", "tsa.key", "-signer", "tsa.pem", "-out", "r.tsr")
	response, err := os.ReadFile(filepath.Join(dir, "r.tsr"))
	if err != nil {
		t.Fatal(err)
	}
	pem, err := os.ReadFile(filepath.Join(dir, "root.pem"))
	if err != nil {
		t.Fatal(err)
	}
	roots, err := stamp.ParseRoots(pem)
	if err != nil {
		t.Fatal(err)
	}
	token, err := q.Check(response, roots)
	if err != nil || token.Anchor != "CN=Foreign root" {
		t.Fatalf("OpenSSL's token: %+v, %v", token, err)
	}

	a := authority(t, stamptest.Options{})
	write("ours.tsr", respond(t, a, q))
	write("ours.pem", a.Roots().PEM())
	if out := run("ts", "-verify", "-data", "checkpoint", "-in", "ours.tsr", "-CAfile", "ours.pem"); !strings.Contains(out, "OK") {
		t.Errorf("OpenSSL does not accept our authority's token:\n%s", out)
	}
}

func TestRoots(t *testing.T) {
	a := authority(t, stamptest.Options{})
	roots, err := stamp.ParseRoots(a.Roots().PEM())
	if err != nil || len(roots) != 1 || !roots[0].Equal(a.Root) {
		t.Fatalf("roots: %v, %v", roots, err)
	}
	for _, bad := range []string{"", "no certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"} {
		if _, err := stamp.ParseRoots([]byte(bad)); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("roots %q: %v", bad, err)
		}
	}
}

var update = flag.Bool("update", false, "make the files in testdata again")

// fixture is a token that stays the same from run to run, with its root: testdata/token.tsr over "a checkpoint".
func fixture(t testing.TB) ([]byte, stamp.Roots) {
	t.Helper()
	if *update {
		a := authority(t, stamptest.Options{})
		a.Now = func() time.Time { return time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC) }
		for name, b := range map[string][]byte{"token.tsr": respond(t, a, query(t, "a checkpoint")), "root.pem": a.Roots().PEM()} {
			if err := os.WriteFile(filepath.Join("testdata", name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	token, err := os.ReadFile(filepath.Join("testdata", "token.tsr"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join("testdata", "root.pem"))
	if err != nil {
		t.Fatal(err)
	}
	roots, err := stamp.ParseRoots(text)
	if err != nil {
		t.Fatal(err)
	}
	return token, roots
}

// TestKeptToken checks a token as it is checked years later: by its bytes alone.
func TestKeptToken(t *testing.T) {
	response, roots := fixture(t)
	got, err := stamp.Check(response, contrechamp.Sum([]byte("a checkpoint")), roots)
	if err != nil || got.Time.Format(time.RFC3339) != "2026-11-26T07:00:00Z" {
		t.Errorf("token is %+v, %v", got, err)
	}
}

func FuzzCheck(f *testing.F) {
	response, roots := fixture(f)
	digest := contrechamp.Sum([]byte("a checkpoint"))
	f.Add(response)
	f.Add(deep(40))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := stamp.Check(b, digest, roots); err != nil && !errors.Is(err, contrechamp.ErrInvalid) && !errors.Is(err, contrechamp.ErrAltered) {
			t.Errorf("an error of no kind: %v", err)
		}
	})
}
