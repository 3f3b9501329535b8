package bundle_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// entry is a member of a ZIP file that somebody made up.
type entry struct {
	name   string
	b      []byte
	method uint16
}

func entriesOf(t testing.TB, b []byte) []entry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out []entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, entry{f.Name, content, zip.Store})
	}
	return out
}

func zipOf(t testing.TB, entries []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: e.method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(e.b); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHostile gives the check what a bundle never is: each is refused with a sentence, soon and with little memory.
func TestHostile(t *testing.T) {
	m := makeBundle(t)
	good := m.write()
	parts := entriesOf(t, good)
	without := func(name string) []entry {
		return slices.DeleteFunc(slices.Clone(parts), func(e entry) bool { return e.name == name })
	}
	with := func(more ...entry) []entry { return append(slices.Clone(parts), more...) }
	var many []entry
	for i := range bundle.MaxMembers + 1 {
		many = append(many, entry{fmt.Sprintf("leaves/%d.leaf", i), nil, zip.Store})
	}
	// the directory says that there are 65535 members of 4 GiB
	claims := bytes.Clone(good)
	end := bytes.LastIndex(claims, []byte("PK\x05\x06"))
	binary.LittleEndian.PutUint16(claims[end+8:], 0xffff)
	binary.LittleEndian.PutUint16(claims[end+10:], 0xffff)
	huge := bytes.Clone(good)
	first := bytes.Index(huge, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(huge[first+20:], 0xfffffff0)
	binary.LittleEndian.PutUint32(huge[first+24:], 0xfffffff0)
	// all members are the first one
	over := bytes.Clone(good)
	for i := first; ; {
		binary.LittleEndian.PutUint32(over[i+42:], 0)
		next := bytes.Index(over[i+4:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		i += 4 + next
	}
	for _, c := range []struct {
		name string
		b    []byte
		says string
	}{
		{"nothing", nil, "no ZIP file"},
		{"text", []byte("not a bundle"), "no ZIP file"},
		{"empty archive", zipOf(t, nil), "has no index.html"},
		{"half of it", good[:len(good)/2], "no ZIP file"},
		{"bomb", zipOf(t, []entry{{"index.html", make([]byte, 100<<20), zip.Deflate}}), "is compressed"},
		{"name that leads out", zipOf(t, with(entry{"../../etc/cron.d/x", []byte("x"), zip.Store})), "which no member of a bundle is"},
		{"absolute name", zipOf(t, with(entry{"/etc/passwd", []byte("x"), zip.Store})), "which no member of a bundle is"},
		{"folder", zipOf(t, with(entry{"captures/", nil, zip.Store})), "which no member of a bundle is"},
		{"name with a backslash", zipOf(t, with(entry{`captures\x`, nil, zip.Store})), "which no member of a bundle is"},
		{"name with a control character", zipOf(t, with(entry{"policy\x1b[2J", nil, zip.Store})), `\x1b`},
		{"two of a name", zipOf(t, with(entry{"policy", []byte("quorum none\n"), zip.Store})), "two members called policy"},
		{"many members", zipOf(t, many), "members, and a bundle has at most"},
		{"too many announced", claims, ""},
		{"member of 4 GiB", huge, ""},
		{"members over each other", over, ""},
		{"no page", zipOf(t, without("index.html")), "has no index.html"},
		{"no claims", zipOf(t, without("claims.json")), "has no claims.json"},
		{"no policy", zipOf(t, without("policy")), "has no policy"},
		{"no manifest", zipOf(t, without("MANIFEST")), "has no MANIFEST"},
		{"no proof", zipOf(t, without("leaves/5.tlog-proof")), "leaves/5.tlog-proof is missing"},
		{"no document", zipOf(t, without("captures/"+contrechamp.Sum([]byte(page)).String()+"/bytes")), "/bytes is missing"},
		{"one more", zipOf(t, with(entry{"leaves/6666.leaf", []byte("x"), zip.Store})), "leaves/6666.leaf was added"},
		{"another ZIP of the same members", zipOf(t, parts), "is not what a bundle of these members has there"},
		{"bytes before it", append([]byte("#!/bin/sh\n"), good...), "is not what a bundle of these members has there"},
		{"bytes behind it", append(bytes.Clone(good), "more"...), ""},
		{"in another order", zipOf(t, append(slices.Clone(parts[1:]), parts[0])), "is not at its place"},
	} {
		r, err := bundle.Verify(bytes.NewReader(c.b), int64(len(c.b)), m.trust())
		said := ""
		switch {
		case err != nil:
			said = err.Error()
			if !errors.Is(err, contrechamp.ErrInvalid) {
				t.Errorf("%s: %v is of no kind", c.name, err)
			}
		case r.OK:
			t.Errorf("%s: it is accepted", c.name)
		default:
			said = strings.Join(r.Problems, "\n")
		}
		if !strings.Contains(said, c.says) {
			t.Errorf("%s: got %q, want %q", c.name, said, c.says)
		}
	}
}

func FuzzVerify(f *testing.F) {
	for _, name := range []string{"good.zip", "forged.zip", "name-that-leads-out.zip", "compressed.zip"} {
		b, err := os.ReadFile(filepath.Join(vectorsFolder(f), name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	text, err := os.ReadFile(filepath.Join(vectorsFolder(f), "log.key"))
	if err != nil {
		f.Fatal(err)
	}
	key, err := ledger.ParseVerifierKey(string(text))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, trust := range []bundle.Trust{{}, {Keys: []ledger.VerifierKey{key}}} {
			r, err := bundle.Verify(bytes.NewReader(b), int64(len(b)), trust)
			switch {
			case err != nil && !errors.Is(err, contrechamp.ErrInvalid):
				t.Errorf("an error of no kind: %v", err)
			case err == nil && !r.OK && len(r.Problems) == 0:
				t.Error("not accepted without a reason")
			}
		}
	})
}

// FuzzSigned puts anything in the place of one member, and has the bundle signed by the key that the reader trusts: what
// stands behind the manifest must bear it.
func FuzzSigned(f *testing.F) {
	m := makeBundle(f)
	good := map[string][]byte{}
	var order []string
	for _, e := range entriesOf(f, m.write()) {
		if e.name != "MANIFEST" {
			good[e.name] = e.b
			order = append(order, e.name)
		}
	}
	for i, name := range order {
		f.Add(i, good[name])
	}
	f.Fuzz(func(t *testing.T, which int, b []byte) {
		members := maps.Clone(good)
		members[order[uint(which)%uint(len(order))]] = b
		var out bytes.Buffer
		if err := bundle.SignParts(&out, members, received, m.key); err != nil {
			return // more than a manifest can name
		}
		r, err := bundle.Verify(bytes.NewReader(out.Bytes()), int64(out.Len()), m.trust())
		switch {
		case err != nil && !errors.Is(err, contrechamp.ErrInvalid):
			t.Errorf("%s: an error of no kind: %v", order[uint(which)%uint(len(order))], err)
		case err == nil && !r.OK && len(r.Problems) == 0:
			t.Error("not accepted without a reason")
		}
	})
}

// TestMissingParts takes away one member after another, and has the rest signed: each is refused or told, or was one that
// may be missing.
func TestMissingParts(t *testing.T) {
	m := makeBundle(t)
	good := map[string][]byte{}
	for _, e := range entriesOf(t, m.write()) {
		if e.name != "MANIFEST" {
			good[e.name] = e.b
		}
	}
	for name := range good {
		rest := maps.Clone(good)
		delete(rest, name)
		var out bytes.Buffer
		if err := bundle.SignParts(&out, rest, received, m.key); err != nil {
			t.Fatal(err)
		}
		trust := m.trust()
		trust.Roots = nil // the bundle's own are wanted
		r, err := bundle.Verify(bytes.NewReader(out.Bytes()), int64(out.Len()), trust)
		optional := strings.HasSuffix(name, ".opened.json") || strings.HasSuffix(name, ".tsr")
		if holds := err == nil && r.OK; holds != optional {
			t.Errorf("without %s: holds %v, %v", name, holds, err)
		}
	}
}

// TestLongText has many claims quote the end of a long text, and wants their check to take no more than it must.
func TestLongText(t *testing.T) {
	m := makeBundle(t)
	x := &m.contents.Captures[0]
	body := strings.Repeat("é ", 4<<20) + text
	from := len(body) - len(text)
	x.Text.Body, x.Text.Origin = body, nil
	first := m.contents.Claims[0]
	m.contents.Claims = nil
	for i := range 1500 {
		c := first
		c.ID = fmt.Sprintf("c%016d", i)
		q, err := contrechamp.QuoteAt(body, contrechamp.Span{Start: from + 10, End: from + 20})
		if err != nil {
			t.Fatal(err)
		}
		c.Quote = q
		m.contents.Claims = append(m.contents.Claims, c)
	}
	m.contents.Leaves = m.contents.Leaves[:1]
	var out bytes.Buffer
	if err := bundle.Write(&out, m.contents, m.key); err != nil {
		t.Fatal(err)
	}
	begun := measure.ProcessorTime(t)
	r := verify(t, out.Bytes(), m.trust())
	if !r.OK || r.Claims[0].Start != 2*(4<<20)+10 {
		t.Errorf("start %d, problems %q", r.Claims[0].Start, r.Problems)
	}
	if took := measure.ProcessorTime(t) - begun; took > 5*time.Second {
		t.Errorf("the check took %v of a processor", took)
	}
}
