package contrechamp

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sampleLeaves are one leaf of each kind, all from fixed salts.
func sampleLeaves() map[string]Leaf {
	at := time.Date(2026, 11, 26, 7, 4, 58, 123456789, time.FixedZone("", 3600))
	salt := Salt{0: 1, 15: 0xff}
	capture := Sum([]byte("a page"))
	sighting := Sighting{Capture: capture, Name: "page.html", Path: "press/page.html", CapturedAt: at}
	full := sighting
	full.ModifiedAt, full.Container, full.Path = at.Add(-time.Hour), Sum([]byte("an archive")), "https://example.org/été"
	return map[string]Leaf{
		"capture":     CaptureLeaf(sighting, 6, Digest{}, salt),
		"exchange":    CaptureLeaf(full, 6, Sum([]byte("WARC/1.1")), salt),
		"decision":    DecisionLeaf(Decision{Claim: "c7f2k5qhzv3m2n4x", State: Accepted, Note: "checked", By: "ana", At: at}, salt),
		"withdrawal":  DecisionLeaf(Decision{Claim: "c7f2k5qhzv3m2n4x", State: Withdrawn, Note: "wrong town", By: "ana", At: at}, salt),
		"withholding": WithholdingLeaf(capture, 6, at, "withhold", "order", "no. 12", "ana", salt),
		"export":      ExportLeaf(Sum([]byte("a,b")), 3, at, "dataset", "claims.csv", salt),
		"key":         KeyLeaf("a+00000000+x", "a+00000001+y", at, salt),
	}
}

func TestLeafText(t *testing.T) {
	for name, l := range sampleLeaves() {
		t.Run(name, func(t *testing.T) {
			text, err := l.AppendText(nil)
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "leaf", name+".txt")
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, text, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(text, want) {
				t.Errorf("got %s\nwant %s", text, want)
			}
			if len(text) > MaxLeafBytes {
				t.Errorf("%d bytes", len(text))
			}
			if got, err := ParseLeaf(text); err != nil || got != l {
				t.Errorf("read again: %+v, %v, want %+v", got, err, l)
			}
		})
	}
}

func TestLeafHasOneText(t *testing.T) {
	text, err := sampleLeaves()["exchange"].AppendText(nil)
	if err != nil {
		t.Fatal(err)
	}
	good := string(text)
	lines := strings.SplitAfter(good, "\n")
	swapped := strings.Join([]string{lines[0], lines[2], lines[1]}, "") + strings.Join(lines[3:], "")
	for name, bad := range map[string]string{
		"empty": "", "cut": good[:len(good)-1], "another version": strings.Replace(good, "leaf 1", "leaf 2", 1), "more": good + "note x\n",
		"a line twice": good + lines[4], "another order": swapped, "capitals": strings.Replace(good, "sha256 ", "sha256 AB", 1),
		"a sign": strings.Replace(good, "length 6", "length +6", 1), "a zero before": strings.Replace(good, "length 6", "length 06", 1),
		"less than nothing": strings.Replace(good, "length 6", "length -6", 1), "no such kind": strings.Replace(good, "kind capture", "kind person", 1),
		"line ends of Windows": strings.ReplaceAll(good, "\n", "\r\n"), "milliseconds": strings.Replace(good, ".123456Z", ".123Z", 1),
		"nanoseconds": strings.Replace(good, ".123456Z", ".123456789Z", 1), "an hour away": strings.Replace(good, "Z\n", "+01:00\n", 1),
		"long": good + strings.Repeat("x", MaxLeafBytes), "no exchange written out": strings.Replace(good, lines[5], "exchange "+strings.Repeat("0", 64)+"\n", 1),
	} {
		if l, err := ParseLeaf([]byte(bad)); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: got %+v, %v, want ErrInvalid", name, l, err)
		}
	}
	for name, bad := range map[string]Leaf{"nothing": {}, "no salt": {Kind: LeafCapture, Digest: Sum(nil)}, "a far year": {Kind: LeafExport, Digest: Sum(nil), Salted: Sum(nil), At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}} {
		if _, err := bad.AppendText(nil); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
}

func TestSaltedTextsAreNotWrittenAlike(t *testing.T) {
	s := NewSalt()
	seen := map[Digest]string{}
	for name, d := range map[string]Digest{"none": s.Sum(), "an empty one": s.Sum(""), "two": s.Sum("a", "b"), "one": s.Sum("ab"), "in other words": s.Sum("a1:b"),
		"moved": s.Sum("", "ab"), "another salt": NewSalt().Sum("ab")} {
		if other, ok := seen[d]; ok {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[d] = name
	}
	if again, err := ParseSalt(s.String()); err != nil || again != s {
		t.Errorf("read again: %v, %v", again, err)
	}
	for _, bad := range []string{"", s.String()[1:], strings.ToUpper("ab" + s.String()[2:]), strings.Repeat("z", 32)} {
		if _, err := ParseSalt(bad); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q: %v, want ErrInvalid", bad, err)
		}
	}
}

func FuzzParseLeaf(f *testing.F) {
	for _, l := range sampleLeaves() {
		text, err := l.AppendText(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := ParseLeaf(text)
		if err != nil {
			if !errors.Is(err, ErrInvalid) {
				t.Fatalf("%v is not ErrInvalid", err)
			}
			return
		}
		again, err := l.AppendText(nil)
		if err != nil || !bytes.Equal(again, text) {
			t.Fatalf("%q was read, and is written %q, %v", text, again, err)
		}
	})
}
