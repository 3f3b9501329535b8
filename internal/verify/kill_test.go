//go:build unix

package verify_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/ledger/log"
	"contrechamp.org/contrechamp/internal/store"
	"contrechamp.org/contrechamp/internal/testenv"
)

// child names the folder of the register into which this test binary is to capture a folder until it is killed.
const (
	child     = "CONTRECHAMP_VERIFY_CHILD"
	childFrom = "CONTRECHAMP_VERIFY_FROM"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(child); dir != "" {
		if err := beChild(context.Background(), dir, os.Getenv(childFrom)); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	testenv.Main(m)
}

// beChild captures a folder as add does, and says each document once it is acknowledged.
func beChild(ctx context.Context, dir, from string) error {
	s, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		return err
	}
	blobs, err := store.OpenFolder(filepath.Join(dir, "blobs"), store.FolderOptions{})
	if err != nil {
		return err
	}
	l, err := log.Open(ctx, log.Options{Dir: filepath.Join(dir, "ledger"), Keys: ledger.Keyring(filepath.Join(dir, "keys")), Leaves: s, Create: true})
	if err != nil {
		return err
	}
	c := &capture.Capturer{Blobs: blobs, Recorder: s, Cover: l.Cover}
	return c.Add(ctx, []string{from}, func(o capture.Outcome) {
		if o.Err != nil {
			fmt.Println("error", o.Err)
			return
		}
		fmt.Println("captured", o.Digest)
	})
}

// TestKilled kills a program that captures, at random moments: what it acknowledged has its bytes, its row and its place in
// the log, the register holds as it was left, and what was left is swept when it is opened.
func TestKilled(t *testing.T) {
	kills, each := 25, 80
	if os.Getenv("CONTRECHAMP_TEST_ALL") == "1" {
		kills = 200
	}
	if testing.Short() {
		testenv.Skip(t, "programs are killed: run without -short")
	}
	random := rand.New(rand.NewPCG(3, 4))
	dir, inDir := t.TempDir(), 0
	acknowledged := map[string]bool{}
	var total, cut int
	for n := range kills {
		if inDir++; inDir > 10 { // a register that grows makes each check longer
			dir, inDir, acknowledged = t.TempDir(), 0, map[string]bool{}
		}
		from := t.TempDir()
		for i := range each {
			if err := os.WriteFile(filepath.Join(from, fmt.Sprintf("%d.txt", i)), fmt.Appendf(nil, "run %d document %d", n, i), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		said, whole := runAndKill(t, dir, from, time.Duration(random.IntN(400))*time.Millisecond)
		if !whole {
			cut++
		}
		for _, d := range said {
			acknowledged[d] = true
		}
		total += len(said)
		checkKilled(t, dir, acknowledged)
		if t.Failed() {
			t.Fatalf("at kill %d", n)
		}
	}
	t.Logf("%d documents were acknowledged, %d of %d programs were killed before they had ended", total, cut, kills)
	if cut < kills/4 || total == 0 {
		t.Errorf("%d of %d were killed before they had ended, %d documents were acknowledged: the moments are not random enough", cut, kills, total)
	}
}

// runAndKill captures a folder in a process of its own, kills it after some time, and answers what it acknowledged.
func runAndKill(t *testing.T, dir, from string, after time.Duration) (said []string, whole bool) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(os.Environ(), child+"="+dir, childFrom+"="+from)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			break // half a line is no acknowledgement
		}
		if err != nil {
			t.Fatal(err)
		}
		what, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if what != "captured" {
			t.Fatalf("the program says %q", line)
		}
		said = append(said, rest)
	}
	return said, c.Wait() == nil
}

// checkKilled looks at a register as a killed program left it, and again when it was opened.
func checkKilled(t *testing.T, dir string, acknowledged map[string]bool) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "contrechamp.db")); err != nil {
		if len(acknowledged) > 0 {
			t.Errorf("%d documents were acknowledged and there is no register", len(acknowledged))
		}
		return
	}
	s, err := store.Open(t.Context(), store.Options{Dir: dir}) // before anything was said, the tables may be half made
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() // of a test
	blobs, err := store.OpenFolder(filepath.Join(dir, "blobs"), store.FolderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r := &register{dir: dir, store: s, blobs: blobs}
	for d := range acknowledged {
		digest, err := contrechamp.ParseDigest(d)
		if err != nil {
			t.Fatal(err)
		}
		leaves, err := s.LeavesOf(t.Context(), digest)
		if err != nil || len(leaves) != 1 || leaves[0].Index == contrechamp.NotLogged {
			t.Errorf("%s was acknowledged, and its leaves are %v, %v", digest.Short(), leaves, err)
		}
	}
	r.mustHold(t) // as it was left
	if r.log, err = log.Open(t.Context(), log.Options{Dir: r.folder(), Keys: ledger.Keyring(filepath.Join(dir, "keys")), Leaves: s, Create: true}); err != nil {
		t.Fatal(err)
	}
	defer r.log.Close() // of a test
	r.cover(t)
	report := r.mustHold(t)
	if report.Waiting != 0 || report.Captures < len(acknowledged) || int(report.Leaves) != report.Sightings {
		t.Errorf("%d were acknowledged: %+v", len(acknowledged), report)
	}
	for _, pattern := range []string{"ledger/checkpoint[0-9]*", "ledger/.state/treeState[0-9]*", "ledger/tile/*/000?*", "ledger/tile/*/*.p/????*", "blobs/tmp/*"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			if !strings.HasSuffix(path, ".p") {
				t.Errorf("%s is left", path)
			}
		}
	}
}
