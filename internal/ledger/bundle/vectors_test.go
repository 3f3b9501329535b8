package bundle_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
	"contrechamp.org/contrechamp/internal/ledger/stamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

var update = flag.Bool("update", false, "make the verification vectors again")

// vector is one bundle with what a check of it must come to: testdata/bundle/vectors.json, described in the README there.
type vector struct {
	Name  string   `json:"name"`
	File  string   `json:"file"`
	Trust []string `json:"trust"` // what the reader brings: "key", "roots", "policy"
	// Result is "holds", "wrong" (a bundle whose parts do not fit) or "refused" (no bundle).
	Result string `json:"result"`
	Says   string `json:"says,omitempty"` // words of the first problem, for people
	// Of a bundle that holds:
	NoLater string `json:"no_later,omitempty"` // the time by which its document was received, as others vouch
	InBytes int    `json:"in_bytes,omitempty"` // how many of its claims were found in the received bytes
}

func vectorsFolder(t testing.TB) string { return filepath.Join(testenv.Root(t), "testdata", "bundle") }

// TestVectors checks the bundles that others can check their programs with.
func TestVectors(t *testing.T) {
	folder := vectorsFolder(t)
	if *update {
		writeVectors(t, folder)
	}
	read := func(name string) []byte {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var vectors []vector
	if err := json.Unmarshal(read("vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	key, err := ledger.ParseVerifierKey(string(read("log.key")))
	if err != nil {
		t.Fatal(err)
	}
	policy, err := ledger.ParsePolicy(string(read("policy")))
	if err != nil {
		t.Fatal(err)
	}
	roots, err := stamp.ParseRoots(read("roots.pem"))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		var trust bundle.Trust
		for _, x := range v.Trust {
			switch x {
			case "key":
				trust.Keys = []ledger.VerifierKey{key}
			case "policy":
				trust.Policy = &policy
			case "roots":
				trust.Roots = roots
			default:
				t.Fatalf("%s: trust %q", v.Name, x)
			}
		}
		b := read(v.File)
		r, err := bundle.Verify(bytes.NewReader(b), int64(len(b)), trust)
		result, said := "holds", ""
		switch {
		case errors.Is(err, contrechamp.ErrInvalid):
			result, said = "refused", err.Error()
		case err != nil:
			t.Fatal(err)
		case !r.OK:
			result, said = "wrong", r.Problems[0]
		}
		if result != v.Result || !strings.Contains(said, v.Says) {
			t.Errorf("%s: %s %q, want %s %q", v.Name, result, said, v.Result, v.Says)
			continue
		}
		if result != "holds" {
			continue
		}
		found := 0
		for _, c := range r.Claims {
			if c.InBytes {
				found++
			}
		}
		at := ""
		if x := r.Documents[0].Receipts[0].NoLater; x != nil {
			at = x.Format("2006-01-02T15:04:05Z")
		}
		if found != v.InBytes || at != v.NoLater {
			t.Errorf("%s: %d claims in the bytes, no later than %q; want %d, %q", v.Name, found, at, v.InBytes, v.NoLater)
		}
	}
	if len(vectors) < 10 {
		t.Errorf("%d vectors", len(vectors))
	}
}

// writeVectors makes the folder again, with fresh keys.
func writeVectors(t testing.TB, folder string) {
	t.Helper()
	m := makeBundle(t)
	policy := m.contents.Policy
	var vectors []vector
	put := func(name string, b []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	add := func(v vector, b []byte) {
		t.Helper()
		v.File = strings.ReplaceAll(v.Name, " ", "-") + ".zip"
		put(v.File, b)
		vectors = append(vectors, v)
	}
	all := []string{"key", "roots"}
	good := m.write()
	add(vector{Name: "good", Trust: all, Result: "holds", NoLater: "2026-11-26T07:01:00Z", InBytes: 2}, good)
	vectors = append(vectors, vector{Name: "good, nothing given", File: "good.zip", Trust: []string{}, Result: "holds", NoLater: "2026-11-26T07:01:00Z", InBytes: 2},
		vector{Name: "good, policy given", File: "good.zip", Trust: []string{"policy", "roots"}, Result: "holds", NoLater: "2026-11-26T07:01:00Z", InBytes: 2})

	// of the same register, with less
	contents := m.contents
	m.contents.States = []bundle.State{{Size: contents.States[0].Size, Signed: contents.States[0].Signed}}
	m.contents.Authorities = nil
	m.contents.Policy = ledger.LogPolicy(m.key.Public())
	add(vector{Name: "without time stamp and witness", Trust: all, Result: "holds", InBytes: 2}, m.write())
	m.contents = contents
	m.contents.Captures = []bundle.Capture{contents.Captures[0]}
	m.contents.Captures[0].Text.Origin = nil
	add(vector{Name: "reader that does not say where", Trust: all, Result: "holds", NoLater: "2026-11-26T07:01:00Z"}, m.write())
	m.contents = contents

	flip := func(name string, at int) {
		b := bytes.Clone(good)
		b[at] ^= 1
		add(vector{Name: name, Trust: all, Result: "wrong"}, b)
	}
	flip("bit flipped in the document", bytes.Index(good, []byte("cam&eacute;")))
	flip("bit flipped in the manifest", bytes.Index(good, []byte("contrechamp evidence bundle"))+len("contrechamp evidence bundle 1\nmade 202"))
	flip("bit flipped in the directory", bytes.LastIndex(good, []byte("PK\x01\x02"))+4)
	add(vector{Name: "bytes before it", Trust: all, Result: "wrong"}, append([]byte("#!/bin/sh\n"), good...))
	parts := entriesOf(t, good)
	add(vector{Name: "name that leads out", Trust: all, Result: "refused"}, zipOf(t, append(parts, entry{name: "../x", b: []byte("x")})))
	add(vector{Name: "compressed", Trust: all, Result: "refused"}, zipOf(t, []entry{{"index.html", make([]byte, 1<<20), 8}}))

	// signed by the register itself, which lies
	leaves := contents.Leaves
	m.contents.Leaves = leaves[1:]
	add(vector{Name: "receipt left out", Trust: all, Result: "wrong", Says: "nothing in the log"}, m.write())
	m.contents.Leaves = []bundle.Leaf{leaves[0], leaves[1]}
	m.contents.Leaves[0].Text = bytes.Replace(leaves[0].Text, []byte("07:00:00"), []byte("06:00:00"), 1)
	add(vector{Name: "receipt put back an hour", Trust: all, Result: "wrong", Says: "does not lead to the root"}, m.write())
	m.contents = contents

	// everything made by somebody else, under the same name
	forged := makeBundle(t).write()
	add(vector{Name: "forged", Trust: all, Result: "wrong", Says: "not signed by a key of the log"}, forged)
	vectors = append(vectors, vector{Name: "forged, nothing given", File: "forged.zip", Trust: []string{}, Result: "holds", NoLater: "2026-11-26T07:01:00Z", InBytes: 2},
		vector{Name: "forged, policy given", File: "forged.zip", Trust: []string{"policy", "roots"}, Result: "wrong"})

	put("log.key", []byte(m.key.Public().String()+"\n"))
	put("policy", []byte(policy.String()))
	put("roots.pem", m.authority.Roots().PEM())
	b, err := json.MarshalIndent(vectors, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	put("vectors.json", append(b, '\n'))
}
