package claim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	contrechamp "contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/claimtest"
	"contrechamp.org/contrechamp/internal/read"
	"contrechamp.org/contrechamp/internal/testenv"
)

// set reads a folder of the corpus and proposes its claims.
func set(t testing.TB, e *claim.Engine, name string) map[string][]contrechamp.Claim {
	t.Helper()
	dir := testenv.Shared(t, "corpus", name)
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts in %s: %v", dir, err)
	}
	out := map[string][]contrechamp.Claim{}
	for _, f := range files {
		text := readFile(t, f)
		claims, _, err := e.Propose(context.Background(), text, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range claims {
			if !c.Quote.FoundIn(text.Body) {
				t.Errorf("%s: quote %q is not in the text", f, c.Quote.Exact)
			}
		}
		out[filepath.Base(f)] = claims
	}
	return out
}

func readFile(t testing.TB, path string) contrechamp.Text {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := read.Read(context.Background(), read.Source{Name: filepath.Base(path), Bytes: data, Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestScore proposes over the known sets and has them scored by the shared script.
func TestScore(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		testenv.Skip(t, "there is no python3 to run the scoring script")
	}
	e := claimtest.Engine(t)
	for _, name := range []string{"seeds", "dev"} {
		var b strings.Builder
		for file, claims := range set(t, e, name) {
			for _, c := range claims {
				line, err := json.Marshal(contrechamp.RecordOf(c, file))
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&b, "%s\n", line)
			}
		}
		path := filepath.Join(t.TempDir(), name+".jsonl")
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		args := []string{testenv.Shared(t, "eval", "score.py"), testenv.Shared(t, "corpus", name, "gold.jsonl"), path,
			"--corpus", testenv.Shared(t, "corpus", name)}
		if testing.Verbose() {
			out, err := exec.Command(python, append(args, "--show", "all")...).CombinedOutput()
			t.Logf("%s: %v\n%s", name, err, out)
		}
		out, err := exec.Command(python, append(args, "--json")...).CombinedOutput()
		if err != nil {
			t.Fatalf("score %s: %v\n%s", name, err, out)
		}
		var score struct {
			Precision, F1 float64
			NotVerbatim   int `json:"not_verbatim"`
		}
		if err := json.Unmarshal(out, &score); err != nil {
			t.Fatalf("score %s: %v in %s", name, err, out)
		}
		if score.F1 < 0.60 || score.Precision < 0.75 || score.NotVerbatim != 0 {
			t.Errorf("%s: F1 %.3f, want >= 0.60; precision %.3f, want >= 0.75; %d quotes not verbatim, want 0", name, score.F1, score.Precision, score.NotVerbatim)
		}
	}
}

// TestBelgrade keeps what the register is for: one voice asserts, another denies, each in its own words.
func TestBelgrade(t *testing.T) {
	path := testenv.Shared(t, "corpus", "seeds", "000_ec5fe711d5d844e0.txt")
	text := readFile(t, path)
	var asserted, denied []contrechamp.Claim
	for _, c := range claimtest.Proposed(t, claimtest.Engine(t), text) {
		if c.Predicate != contrechamp.Capability || c.Value.Entity.ID != "face-recognition" || !names(c, "Belgrade") {
			continue
		}
		switch {
		case c.Modality == contrechamp.Asserted && c.Speaker == nil:
			asserted = append(asserted, c)
		case c.Modality == contrechamp.Denied:
			denied = append(denied, c)
		}
	}
	if len(asserted) == 0 {
		t.Error("nobody asserts face recognition in Belgrade in the document's voice")
	}
	if len(denied) != 1 || denied[0].Speaker == nil || denied[0].Speaker.Names[0] != "Milan Marinović" {
		t.Fatalf("denials of face recognition in Belgrade: %v, want one by Milan Marinović", denied)
	}
	if !strings.Contains(denied[0].Quote.Exact, "ne sont pas utilisées avec l'application de reconnaissance faciale") {
		t.Errorf("the denial's quote is %q", denied[0].Quote.Exact)
	}
}

func names(c contrechamp.Claim, place string) bool {
	for _, a := range c.About {
		for _, n := range a.Names {
			if n == place {
				return true
			}
		}
	}
	return false
}
