package ledger_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cosign "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
)

var update = flag.Bool("update", false, "write the vectors anew")

// fixedKey is a key made from a number, so that vectors stay the same. Never use such a key.
func fixedKey(t testing.TB, name string, n byte) ledger.SignerKey {
	t.Helper()
	private, public := fixedTexts(t, name, n)
	k, err := ledger.ParseSignerKey(private, public)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func fixedTexts(t testing.TB, name string, n byte) (private, public string) {
	t.Helper()
	seed := bytes.Repeat([]byte{n}, ed25519.SeedSize)
	key := ed25519.NewKeyFromSeed(seed)
	public, err := note.NewEd25519VerifierKey(name, key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	hash := strings.Split(public, "+")[1]
	return fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", name, hash, base64.StdEncoding.EncodeToString(append([]byte{1}, seed...))), public
}

// fixedLeaf is leaf n of the vectors.
func fixedLeaf(t testing.TB, n int) []byte {
	t.Helper()
	salt := contrechamp.Salt{0: byte(n), 1: byte(n >> 8)}
	at := time.Date(2026, 11, 26, 8, 0, n%60, 0, time.UTC)
	b, err := contrechamp.ExportLeaf(contrechamp.Sum(fmt.Appendf(nil, "file %d", n)), int64(n), at, "dataset", fmt.Sprintf("file-%d.csv", n), salt).AppendText(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tree is a log in memory.
type tree struct{ stored []tlog.Hash }

func (m *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = m.stored[x]
	}
	return out, nil
}

func newTree(t testing.TB, n int) *tree {
	t.Helper()
	m := &tree{}
	for i := range n {
		more, err := tlog.StoredHashes(int64(i), fixedLeaf(t, i), m)
		if err != nil {
			t.Fatal(err)
		}
		m.stored = append(m.stored, more...)
	}
	return m
}

func (m *tree) at(t testing.TB, n int64) tlog.Tree {
	t.Helper()
	h, err := tlog.TreeHash(n, m)
	if err != nil {
		t.Fatal(err)
	}
	return tlog.Tree{N: n, Hash: h}
}

// rootByBook is the Merkle tree hash as RFC 6962, section 2.1, defines it, word by word.
func rootByBook(leaves [][]byte) [32]byte {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, leaves[0]...))
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	l, r := rootByBook(leaves[:k]), rootByBook(leaves[k:])
	return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...))
}

func TestRootsByTheBook(t *testing.T) {
	const n = 300
	m := newTree(t, n)
	var leaves [][]byte
	for i := range n {
		leaves = append(leaves, fixedLeaf(t, i))
		if got := m.at(t, int64(i+1)); got.Hash != tlog.Hash(rootByBook(leaves)) {
			t.Fatalf("the root of %d leaves is %v", i+1, got.Hash)
		}
	}
}

// vectors is what internal/ledger/testdata/vectors.json holds: what other programs can check themselves against.
type vectors struct {
	Comment     string              `json:"comment"`
	Key         string              `json:"verifier_key"`
	Witness     string              `json:"witness_key"`
	Policy      string              `json:"policy"` // c2sp.org/tlog-policy: the log, and the witness
	Checkpoints []vectorState       `json:"checkpoints"`
	Proofs      []vectorProof       `json:"proofs"`
	Consistency []vectorConsistency `json:"consistency"`
}

type vectorState struct {
	Size int64  `json:"size"`
	Root string `json:"root"`
	Note string `json:"note"`
}

type vectorProof struct {
	Name  string `json:"name"`
	Leaf  string `json:"leaf"`
	Hash  string `json:"leaf_hash"`
	Proof string `json:"tlog_proof"`
	Holds bool   `json:"holds"`
}

type vectorConsistency struct {
	Name   string   `json:"name"`
	From   int64    `json:"from"`
	To     int64    `json:"to"`
	Hashes []string `json:"hashes"`
	Holds  bool     `json:"holds"`
}

const vectorsFile = "testdata/vectors.json"

// makeVectors makes the vectors from fixed keys and leaves.
func makeVectors(t *testing.T) vectors {
	t.Helper()
	const most = 300
	key := fixedKey(t, "log.example.org", 7)
	m := newTree(t, most)
	private, public := fixedTexts(t, "witness.example.org", 9)
	witness, err := cosign.VKeyToCosignatureV1(public)
	if err != nil {
		t.Fatal(err)
	}
	_ = private
	v := vectors{Comment: "A log of leaves of Contrechamp, made from fixed keys. docs/evidence.md says what each form is. Where holds is false, the proof must be refused.",
		Key: key.Public().String(), Witness: witness, Policy: ledger.LogPolicy(key.Public()).String()}
	notes := map[int64][]byte{}
	for _, n := range []int64{0, 1, 2, 3, 7, 8, 255, 256, 257, most} {
		at := m.at(t, n)
		signed, err := ledger.SignCheckpoint(at, key)
		if err != nil {
			t.Fatal(err)
		}
		notes[n] = signed
		v.Checkpoints = append(v.Checkpoints, vectorState{n, at.Hash.String(), string(signed)})
	}
	proof := func(size, index int64) ledger.Proof {
		hashes, err := tlog.ProveRecord(size, index, m)
		if err != nil {
			t.Fatal(err)
		}
		return ledger.Proof{Index: index, Hashes: hashes, Checkpoint: notes[size]}
	}
	add := func(name string, leaf []byte, p ledger.Proof, holds bool) {
		text, err := p.AppendText(nil)
		if err != nil {
			t.Fatal(err)
		}
		v.Proofs = append(v.Proofs, vectorProof{name, string(leaf), contrechamp.LeafHash(leaf).String(), string(text), holds})
	}
	for _, at := range [][2]int64{{1, 0}, {2, 1}, {3, 2}, {7, 0}, {8, 5}, {255, 254}, {256, 0}, {257, 256}, {most, 0}, {most, 255}, {most, 256}, {most, 299}} {
		add(fmt.Sprintf("leaf %d of %d", at[1], at[0]), fixedLeaf(t, int(at[1])), proof(at[0], at[1]), true)
	}
	good := proof(most, 120)
	add("another leaf", fixedLeaf(t, 121), good, false)
	moved := good
	moved.Index = 121
	add("another place", fixedLeaf(t, 120), moved, false)
	outside := good
	outside.Index = most
	add("a place behind the end", fixedLeaf(t, 120), outside, false)
	short := good
	short.Hashes = good.Hashes[:len(good.Hashes)-1]
	add("a hash missing", fixedLeaf(t, 120), short, false)
	changed := good
	changed.Hashes = append(tlog.RecordProof{}, good.Hashes...)
	changed.Hashes[3][0] ^= 1
	add("a hash changed", fixedLeaf(t, 120), changed, false)
	other := good
	other.Checkpoint = notes[257]
	add("an earlier state", fixedLeaf(t, 120), other, false)
	forged := good
	if forged.Checkpoint, err = ledger.SignCheckpoint(m.at(t, most), fixedKey(t, "log.example.org", 8)); err != nil {
		t.Fatal(err)
	}
	add("another key of the same name", fixedLeaf(t, 120), forged, false)
	for _, at := range [][2]int64{{0, 3}, {1, 2}, {3, 7}, {7, 8}, {8, most}, {255, 257}, {256, most}, {most, most}} {
		c := vectorConsistency{Name: fmt.Sprintf("from %d to %d", at[0], at[1]), From: at[0], To: at[1], Hashes: []string{}, Holds: true}
		if at[0] > 0 {
			hashes, err := tlog.ProveTree(at[1], at[0], m)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range hashes {
				c.Hashes = append(c.Hashes, h.String())
			}
		}
		v.Consistency = append(v.Consistency, c)
		if len(c.Hashes) > 1 {
			c.Name, c.Holds = c.Name+", a hash missing", false
			c.Hashes = c.Hashes[1:]
			v.Consistency = append(v.Consistency, c)
		}
	}
	return v
}

// TestVectors checks the vectors as another program would, and that they are still what is made.
func TestVectors(t *testing.T) {
	made, err := json.MarshalIndent(makeVectors(t), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	made = append(made, '\n')
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(vectorsFile, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b, made) {
		t.Error("the vectors are not what is made: look why, and write them anew with -update")
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	policy, err := ledger.ParsePolicy(v.Policy)
	if err != nil {
		t.Fatal(err)
	}
	states := map[int64]tlog.Tree{}
	for _, s := range v.Checkpoints {
		c, err := policy.Check([]byte(s.Note))
		if err != nil || c.Size != s.Size || c.Root.String() != s.Root {
			t.Errorf("checkpoint of %d: %+v, %v", s.Size, c, err)
		}
		states[s.Size] = c.Tree()
	}
	for _, x := range v.Proofs {
		p, err := ledger.ParseProof([]byte(x.Proof))
		if err != nil {
			t.Fatalf("%s: %v", x.Name, err)
		}
		_, err = p.Verify([]byte(x.Leaf), policy)
		if (err == nil) != x.Holds || err != nil && !errors.Is(err, contrechamp.ErrAltered) {
			t.Errorf("%s: %v, and it holds is %t", x.Name, err, x.Holds)
		}
	}
	for _, x := range v.Consistency {
		var proof tlog.TreeProof
		for _, s := range x.Hashes {
			h, err := tlog.ParseHash(s)
			if err != nil {
				t.Fatal(err)
			}
			proof = append(proof, h)
		}
		err := ledger.VerifyConsistency(proof, states[x.From], states[x.To])
		if (err == nil) != x.Holds {
			t.Errorf("%s: %v, and it holds is %t", x.Name, err, x.Holds)
		}
	}
	if err := ledger.VerifyConsistency(nil, states[8], states[7]); !errors.Is(err, contrechamp.ErrAltered) {
		t.Errorf("backwards: %v", err)
	}
}

func TestCheckpointIsRefused(t *testing.T) {
	key := fixedKey(t, "log.example.org", 7)
	good, err := ledger.SignCheckpoint(newTree(t, 3).at(t, 3), key)
	if err != nil {
		t.Fatal(err)
	}
	text := string(good)
	for name, tt := range map[string]struct {
		signed string
		kind   error
	}{
		"empty":              {"", contrechamp.ErrInvalid},
		"no signature":       {strings.SplitAfter(text, "\n\n")[0], contrechamp.ErrInvalid},
		"another size":       {strings.Replace(text, "\n3\n", "\n4\n", 1), contrechamp.ErrAltered},
		"another name":       {strings.Replace(text, "log.", "dog.", 1), contrechamp.ErrAltered},
		"a changed key":      {strings.Replace(text, "— log.example.org ", "— log.example.com ", 1), contrechamp.ErrAltered},
		"line ends":          {strings.ReplaceAll(text, "\n", "\r\n"), contrechamp.ErrInvalid},
		"far too long":       {text + strings.Repeat("— x AAAAAAAA\n", 100_000), contrechamp.ErrInvalid},
		"something else":     {resign(t, key, "hello\n"), contrechamp.ErrInvalid},
		"a size with a sign": {resign(t, key, "log.example.org\n+3\n"+strings.Split(text, "\n")[2]+"\n"), contrechamp.ErrInvalid},
		"a short root":       {resign(t, key, "log.example.org\n3\nAAAA\n"), contrechamp.ErrInvalid},
	} {
		if c, err := ledger.ParseCheckpoint([]byte(tt.signed), key.Public()); !errors.Is(err, tt.kind) {
			t.Errorf("%s: %+v, %v, want %v", name, c, err, tt.kind)
		}
	}
	if size, err := ledger.CheckpointSize(good); err != nil || size != 3 {
		t.Errorf("size %d, %v", size, err)
	}
}

func resign(t *testing.T, key ledger.SignerKey, text string) string {
	t.Helper()
	b, err := note.Sign(&note.Note{Text: text}, key.Signer())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPolicyWithWitnesses(t *testing.T) {
	key := fixedKey(t, "log.example.org", 7)
	signed, err := ledger.SignCheckpoint(newTree(t, 3).at(t, 3), key)
	if err != nil {
		t.Fatal(err)
	}
	var vkeys []string
	cosigned := [][]byte{signed} // by none, by the first, by the first two...
	for n := range byte(3) {
		name := fmt.Sprintf("witness-%d.example.org", n)
		private, public := fixedTexts(t, name, 20+n)
		vkey, err := cosign.VKeyToCosignatureV1(public)
		if err != nil {
			t.Fatal(err)
		}
		vkeys = append(vkeys, vkey)
		signer, err := cosign.NewSignerForCosignatureV1(private)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := note.Open(cosigned[n], note.VerifierList(mustVerifier(t, key.Public().String())))
		if err != nil {
			t.Fatal(err)
		}
		opened.Sigs = append(opened.Sigs, opened.UnverifiedSigs...)
		opened.UnverifiedSigs = nil
		more, err := note.Sign(opened, signer)
		if err != nil {
			t.Fatal(err)
		}
		cosigned = append(cosigned, more)
	}
	head := fmt.Sprintf("log %s https://log.example.org/\nwitness a %s\nwitness b %s\n witness\tc %s # not a comment\n", key.Public(), vkeys[0], vkeys[1], vkeys[2])
	head = strings.Replace(head, " # not a comment", "", 1)
	for quorum, need := range map[string]int{"quorum none": 0, "quorum a": 1, "quorum b": 2, "group g any b c\nquorum g": 2, "group g 2 a b c\nquorum g": 2,
		"group g all a b c\nquorum g": 3, "group x any a b\ngroup g all x c\nquorum g": 3} {
		p, err := ledger.ParsePolicy("# whose signatures count\n\n" + head + quorum + "\n")
		if err != nil {
			t.Fatalf("%s: %v", quorum, err)
		}
		again, err := ledger.ParsePolicy(p.String())
		if err != nil || again.String() != p.String() {
			t.Errorf("%s: written and read it is %q, %v", quorum, again, err)
		}
		for n, c := range cosigned {
			_, err := p.Check(c)
			if (err == nil) != (n >= need) {
				t.Errorf("%s, cosigned by %d: %v", quorum, n, err)
			}
		}
		c, err := p.Check(cosigned[3])
		if err != nil || c.CosignedAt(p.Witnesses[1].Key).IsZero() || !c.CosignedAt(p.Logs[0]).IsZero() {
			t.Errorf("%s: cosigned at %v, %v", quorum, c.CosignedAt(p.Witnesses[1].Key), err)
		}
	}
	for name, bad := range map[string]string{
		"no quorum": head, "two": head + "quorum a\nquorum b", "unknown": head + "quorum z", "a name twice": head + "witness a " + vkeys[0] + "\nquorum a",
		"a witness twice": head + "witness d " + vkeys[0] + "\nquorum a", "a log twice": head + "log " + key.Public().String() + "\nquorum a",
		"a witness as log": "log " + vkeys[0] + "\nquorum none", "a log as witness": "witness a " + key.Public().String() + "\nquorum a",
		"too many": head + "group g 4 a b c\nquorum g", "none of them": head + "group g 0 a b c\nquorum g", "in two groups": head + "group g any a\ngroup h any a\nquorum h",
		"itself": head + "group g any g\nquorum g", "later": head + "group g any h\ngroup h any a\nquorum g", "a group of none": head + "group g any\nquorum g",
		"none as a member": head + "group g any none\nquorum g", "none as a name": head + "group none any a\nquorum none", "a word": head + "trust me\nquorum a", "a bell": head + "quorum a\a",
	} {
		if p, err := ledger.ParsePolicy(bad); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: %v, %v", name, p, err)
		}
	}
}

func mustVerifier(t *testing.T, key string) note.Verifier {
	t.Helper()
	v, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestKeyring(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	k := ledger.Keyring(dir)
	if _, err := k.Key(); !errors.Is(err, contrechamp.ErrNotFound) {
		t.Errorf("there is none: %v", err)
	}
	for _, bad := range []string{"", "a b", "a+b", "a\n", strings.Repeat("x", 300)} {
		if _, err := k.Create(bad); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("a key named %q: %v", bad, err)
		}
	}
	first, err := k.Create("log.example.org")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Create("log.example.org"); !errors.Is(err, contrechamp.ErrConflict) {
		t.Errorf("a second one: %v", err)
	}
	if again, err := k.Key(); err != nil || again.Public().String() != first.Public().String() {
		t.Errorf("read again: %v, %v", again.Public(), err)
	}
	next, err := k.Announce()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := k.Announce(); err != nil || again.Public().String() != next.Public().String() {
		t.Errorf("announced again: %v, %v", again.Public(), err)
	}
	if err := k.Replace(); err != nil {
		t.Fatal(err)
	}
	if now, err := k.Key(); err != nil || now.Public().String() != next.Public().String() {
		t.Errorf("replaced: %v, %v", now.Public(), err)
	}
	// a changed bit is no key
	b, err := os.ReadFile(k.Path())
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		damaged := bytes.Clone(b)
		damaged[i] ^= 4
		if key, err := ledger.ParseKeyFile(damaged); err == nil && key.Public().String() == next.Public().String() && key.Private() == next.Private() {
			t.Errorf("byte %d changed, and it is the same key", i)
		} else if err != nil && !errors.Is(err, contrechamp.ErrAltered) {
			t.Errorf("byte %d changed: %v", i, err)
		}
	}
}

func FuzzParseProof(f *testing.F) {
	key := fixedKey(f, "log.example.org", 7)
	signed, err := ledger.SignCheckpoint(newTree(f, 3).at(f, 3), key)
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range []ledger.Proof{{Checkpoint: signed}, {Index: 2, Extra: []byte("x"), Hashes: tlog.RecordProof{{1}, {2}}, Checkpoint: signed}} {
		b, err := p.AppendText(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		// base64 of the standard library skips what ends a line: the same hash could be written in many ways
		f.Add(bytes.Replace(b, []byte("=\n"), []byte("\r=\n"), 1))
	}
	policy := ledger.LogPolicy(key.Public())
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ledger.ParseProof(b)
		if err != nil {
			if !errors.Is(err, contrechamp.ErrInvalid) {
				t.Fatalf("%v has no kind", err)
			}
			return
		}
		again, err := p.AppendText(nil)
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%q was read, and is written %q, %v", b, again, err)
		}
		if _, err := p.Verify([]byte("no leaf"), policy); err == nil {
			t.Fatal("a leaf is proved that is in no log")
		}
	})
}

func FuzzParsePolicy(f *testing.F) {
	f.Add("log log.example.org+5aec8d03+Af3xa7ML5JLUOMTcPmcIq3gDrXHV1IUcYRVLvqHdAfpe\nquorum none\n")
	f.Add("group g all a\nquorum g")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ledger.ParsePolicy(s)
		if err != nil {
			if !errors.Is(err, contrechamp.ErrInvalid) {
				t.Fatalf("%v has no kind", err)
			}
			return
		}
		if again, err := ledger.ParsePolicy(p.String()); err != nil || again.String() != p.String() {
			t.Fatalf("%q was read, written %q, and read again: %v", s, p, err)
		}
	})
}

func FuzzParseBundle(f *testing.F) {
	f.Add([]byte{0, 1, 'a', 0, 0})
	f.Add([]byte{255})
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := ledger.ParseBundle(b)
		if err != nil {
			if !errors.Is(err, contrechamp.ErrAltered) {
				t.Fatalf("%v has no kind", err)
			}
			return
		}
		n := 0
		for _, e := range entries {
			n += 2 + len(e)
		}
		if n != len(b) {
			t.Fatalf("%d bytes hold %d", len(b), n)
		}
	})
}

func TestPaths(t *testing.T) {
	for got, want := range map[string]string{
		ledger.TilePath(0, 0, 256): "tile/0/000", ledger.TilePath(1, 1234067, 8): "tile/1/x001/x234/067.p/8",
		ledger.BundlePath(999, 256): "tile/entries/999", ledger.BundlePath(1000, 1): "tile/entries/x001/000.p/1",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
