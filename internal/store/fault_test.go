//go:build unix

package store

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/testenv"
)

// child names the folder in which this test binary is to work until it is killed or the disk is full.
const (
	child      = "CONTRECHAMP_STORE_CHILD"
	childFrom  = "CONTRECHAMP_STORE_FROM"
	childLimit = "CONTRECHAMP_STORE_FILE_LIMIT" // the largest file that it may write: a full disk without a disk
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(child); dir != "" {
		os.Exit(beChild(dir))
	}
	testenv.Main(m)
}

// beChild captures, reads and decides on one article after the other, and says each step on standard output once it
// was acknowledged. It ends at the first error, with what the error is.
func beChild(dir string) int {
	from, err := strconv.Atoi(os.Getenv(childFrom))
	if err != nil {
		return 3
	}
	if limit, err := strconv.ParseUint(os.Getenv(childLimit), 10, 64); err == nil {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			return 4
		}
	}
	err = work(context.Background(), dir, from)
	fmt.Printf("error full=%t %q hint %q\n", errors.Is(err, contrechamp.ErrUnavailable), err, contrechamp.Hint(err))
	return 1
}

func work(ctx context.Context, dir string, from int) error {
	s, err := Open(ctx, testOptions(dir))
	if err != nil {
		return err
	}
	f, err := OpenFolder(filepath.Join(dir, "blobs"), FolderOptions{})
	if err != nil {
		return err
	}
	for n := from; ; n++ {
		received, reading := article(n)
		if _, _, err := f.Put(ctx, strings.NewReader(reading.Text.Body), 1<<20); err != nil {
			return err
		}
		fmt.Println("bytes", n)
		if _, err := s.RecordCaptures(ctx, []contrechamp.Received{received}); err != nil {
			return err
		}
		fmt.Println("captured", n)
		if err := s.SaveReading(ctx, reading); err != nil {
			return err
		}
		fmt.Println("saved", n)
		if err := s.Decide(ctx, []contrechamp.Decision{{Claim: reading.Claims[0].ID, State: contrechamp.Accepted, By: "child", At: time.UnixMicro(1)}}); err != nil {
			return err
		}
		fmt.Println("decided", n)
	}
}

// startChild starts this test binary as a child that works in dir.
func startChild(t *testing.T, dir string, from int, more ...string) (*exec.Cmd, io.Reader) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(append(os.Environ(), child+"="+dir, childFrom+"="+strconv.Itoa(from)), more...)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, out
}

// acknowledged is what children said: the step that each article reached.
type acknowledged map[int]string

func (a acknowledged) hear(t *testing.T, line string) {
	t.Helper()
	step, number, _ := strings.Cut(line, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		t.Fatalf("the child says %q", line)
	}
	a[n] = step
}

func (a acknowledged) next() int {
	next := 0
	for n := range a {
		next = max(next, n+1)
	}
	return next
}

// check looks for all that was acknowledged.
func (a acknowledged) check(t *testing.T, s *Database, f *Folder) {
	t.Helper()
	ctx := t.Context()
	// A connection of its own: FTS5 compares what a connection remembers of the index with what is there now, and
	// says "corruption" where another connection has merged the index since (SQLite 3.53).
	fresh, err := sql.Open("sqlite", source(filepath.Join(s.options.Dir, databaseFile), false))
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	var whole string
	if err := fresh.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&whole); err != nil || whole != "ok" {
		t.Errorf("integrity check: %s, %v", whole, err)
	}
	for n, step := range a {
		received, reading := article(n)
		d := received.Capture.Digest
		if b, err := f.Get(ctx, contrechamp.Sum([]byte(reading.Text.Body))); err != nil || !bytes.Equal(b, []byte(reading.Text.Body)) {
			t.Errorf("article %d was %s and its bytes are %q, %v", n, step, b, err)
		}
		if step == "bytes" {
			continue
		}
		doc, err := s.Document(ctx, d)
		if err != nil || doc.Sightings != 1 {
			t.Errorf("article %d was %s and is %+v, %v", n, step, doc, err)
		}
		var jobs int
		if err := s.readers.QueryRowContext(ctx, `SELECT COUNT(*) FROM river_job WHERE json_extract(args, '$.capture') = $1`, d.String()).Scan(&jobs); err != nil || jobs != 1 {
			t.Errorf("article %d was %s and has %d jobs, %v", n, step, jobs, err)
		}
		if step == "captured" {
			continue
		}
		if x, err := s.Text(ctx, d); err != nil || x.Body != reading.Text.Body || doc.State != contrechamp.Read {
			t.Errorf("article %d was %s and its text is %q, %s, %v", n, step, x.Body, doc.State, err)
		}
		c, err := s.Claim(ctx, reading.Claims[0].ID)
		if err != nil || step == "decided" && c.State != contrechamp.Accepted {
			t.Errorf("article %d was %s and its claim is %s, %v", n, step, c.State, err)
		}
	}
}

// TestKilled kills a process that writes, again and again in the same folder.
func TestKilled(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 2
	}
	dir := t.TempDir()
	heard := acknowledged{}
	random := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		c, out := startChild(t, dir, heard.next())
		lines := bufio.NewScanner(out)
		for left := 1 + random.IntN(120); lines.Scan(); left-- {
			heard.hear(t, lines.Text())
			if left == 0 { // what it still says was said before it died
				if err := c.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := c.Wait(); err == nil || c.ProcessState.ExitCode() != -1 {
			t.Fatalf("the child ended by itself: %v", err)
		}
		s := openTest(t, testOptions(dir))
		f, err := OpenFolder(filepath.Join(dir, "blobs"), FolderOptions{})
		if err != nil {
			t.Fatal(err)
		}
		heard.check(t, s, f)
		if t.Failed() {
			return
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d articles acknowledged", rounds, len(heard))
}

// TestFileLimit lets a process write until the system refuses: a full disk, as far as the process can tell.
func TestFileLimit(t *testing.T) {
	dir := t.TempDir()
	heard := acknowledged{}
	for _, limit := range []int{600_000, 900_000, 1_500_000} {
		c, out := startChild(t, dir, heard.next(), fmt.Sprintf("%s=%d", childLimit, limit))
		last := ""
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if last = lines.Text(); !strings.HasPrefix(last, "error") {
				heard.hear(t, last)
			}
		}
		if err := c.Wait(); c.ProcessState.ExitCode() != 1 || !strings.HasPrefix(last, "error full=true") || strings.HasSuffix(last, `hint ""`) {
			t.Fatalf("with files of %d bytes at most: %v, and it says %s", limit, err, last)
		}
		s := openTest(t, testOptions(dir))
		f, err := OpenFolder(filepath.Join(dir, "blobs"), FolderOptions{})
		if err != nil {
			t.Fatal(err)
		}
		heard.check(t, s, f)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(heard) == 0 {
		t.Error("nothing was acknowledged before the disk was full")
	}
}
