package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"contrechamp.org/contrechamp/internal/capture"
	"contrechamp.org/contrechamp/internal/store"
	"contrechamp.org/contrechamp/internal/testenv"
)

// where is how the command line names a place.
type where []string

func inData(dir string) where { return where{"--data", dir} }

// onServer is a new database on the tests' server, with the bytes in a folder.
func onServer(t *testing.T) where {
	t.Helper()
	return where{"--db", testenv.Postgres(t), "--blobs", filepath.Join(t.TempDir(), "blobs"), "--data", t.TempDir()}
}

// inBucket is a new database on the tests' server, with the bytes in a bucket.
func inBucket(t *testing.T) where {
	t.Helper()
	return where{"--db", testenv.Postgres(t), "--blobs", fmt.Sprintf("s3://evidence/%s?endpoint=http://%s&path-style=true", t.Name(), testenv.S3(t)), "--data", t.TempDir()}
}

// command is the built command on a place, in a process of its own.
func (w where) command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	return command(t, t.TempDir(), append(append([]string{}, w...), args...)...)
}

// say runs a command that must succeed, and answers what it says.
func (w where) say(t *testing.T, args ...string) string {
	t.Helper()
	c := w.command(t, args...)
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		t.Fatalf("%v: %v\n%s%s", args, err, out.String(), errs.String())
	}
	return out.String()
}

// exports are what leaves a register: every list, and a dossier.
func (w where) exports(t *testing.T, dossier string) map[string]string {
	t.Helper()
	return map[string]string{
		"claims":        w.say(t, "claims", "--format", "jsonl"),
		"documents":     w.say(t, "documents", "--format", "json"),
		"dossier":       w.say(t, "dossier", dossier, "--format", "json"),
		"disagreements": w.say(t, "disagreements", "--format", "json"),
		"search":        w.say(t, "search", "caméras", "--format", "json"),
	}
}

// moments are what differs between two registers of the same documents: when things were done.
var moments = regexp.MustCompile(`"(captured_at|proposed_at|last_change|path)": ?"[^"]*"`)

// same compares exports; but for the moments when the registers were made by reading, and not by copying.
func same(t *testing.T, got, want map[string]string, byReading bool) {
	t.Helper()
	for name := range want {
		a, b := got[name], want[name]
		if byReading {
			a, b = sorted(moments.ReplaceAllString(a, "")), sorted(moments.ReplaceAllString(b, ""))
		}
		if a != b {
			t.Errorf("%s differs:\ngot  %.2000s\nwant %.2000s", name, a, b)
		}
	}
}

// sorted puts the lines of an export into one order: documents of one moment are listed as they came.
func sorted(s string) string {
	lines := strings.Split(s, "\n")
	counts := map[string]int{}
	for _, l := range lines {
		counts[strings.TrimRight(l, ", ")]++
	}
	return fmt.Sprint(counts)
}

// samples are the sample documents.
func samples(t *testing.T) string {
	t.Helper()
	return filepath.Join(testenv.Root(t), "examples", "documents")
}

// TestRoadOnEveryEngine goes the road from add to the dossier on a folder and on a server with a bucket: the same
// register. Then it is copied there and back, and every export is the same, byte for byte.
func TestRoadOnEveryEngine(t *testing.T) {
	embedded, server := inData(filepath.Join(t.TempDir(), "data")), inBucket(t)
	for _, w := range []where{embedded, server} {
		w.say(t, "add", samples(t))
		claims := strings.Split(strings.TrimSpace(w.say(t, "claims", "--about", "Valbrune", "--format", "jsonl")), "\n")
		var c struct{ ID string }
		if err := json.Unmarshal([]byte(claims[0]), &c); err != nil {
			t.Fatal(err)
		}
		w.say(t, "review", "accept", c.ID, "--note", "vu dans le contrat")
	}
	want := embedded.exports(t, "Valbrune")
	same(t, server.exports(t, "Valbrune"), want, true)

	copied, back := inBucket(t), inData(filepath.Join(t.TempDir(), "back"))
	where{}.say(t, "copy", "--from", embedded[1], "--to", copied[1], "--to-blobs", copied[3])
	same(t, copied.exports(t, "Valbrune"), want, false)
	where{}.say(t, "copy", "--from", copied[1], "--from-blobs", copied[3], "--to", back[1])
	same(t, back.exports(t, "Valbrune"), want, false)
	out, err := where{}.command(t, "copy", "--from", embedded[1], "--to", back[1]).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "nothing is written over it") || !strings.Contains(string(out), "hint:") {
		t.Errorf("copied over a register: %v: %s", err, out)
	}
}

// TestBackupAndRestore backs a register up while a program writes in it.
func TestBackupAndRestore(t *testing.T) {
	data := t.TempDir()
	place := inData(filepath.Join(data, "data"))
	place.say(t, "add", samples(t))
	s, err := store.Open(t.Context(), store.Options{Dir: place[1], Verb: "serve"})
	if err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(data, "backup")
	place.say(t, "backup", backup)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want := place.exports(t, "Valbrune")
	same(t, inData(backup).exports(t, "Valbrune"), want, false) // a backup is a data folder
	again := inData(filepath.Join(data, "again"))
	again.say(t, "restore", backup)
	same(t, again.exports(t, "Valbrune"), want, false)
	out, err := again.command(t, "restore", backup).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "there is a register already") {
		t.Errorf("restored over a register: %v: %s", err, out)
	}
}

// capture captures documents without reading them, so that they wait.
func (w where) capture(t *testing.T, folder string) {
	t.Helper()
	p := &program{in: strings.NewReader(""), out: os.Stderr, errs: os.Stderr}
	for i := 0; i+1 < len(w); i += 2 {
		switch w[i] {
		case "--data":
			p.data = w[i+1]
		case "--db":
			p.db = w[i+1]
		case "--blobs":
			p.blobs = w[i+1]
		}
	}
	h, err := p.open(t.Context(), "test", writing)
	if err != nil {
		t.Fatal(err)
	}
	err = (&capture.Capturer{Blobs: h.blobs, Recorder: h.store}).Add(t.Context(), []string{folder}, func(o capture.Outcome) {
		if o.Err != nil {
			t.Errorf("%s: %v", o.Path, o.Err)
		}
	})
	if err := errors.Join(err, p.close()); err != nil {
		t.Fatal(err)
	}
}

// waiting asks how many documents wait.
func (w where) waiting(t *testing.T) int {
	t.Helper()
	var docs []documentRecord
	if err := json.Unmarshal([]byte(w.say(t, "documents", "--format", "json")), &docs); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range docs {
		if d.State == "waiting" {
			n++
		}
	}
	return n
}

// TestTwoWorkersShare lets two processes read what waits in one database; the register is then the same as one that a
// single process made in a folder.
func TestTwoWorkersShare(t *testing.T) {
	const articles = 1000
	folder := writeArticles(t, articles)
	server, embedded := onServer(t), inData(filepath.Join(t.TempDir(), "data"))
	server.capture(t, folder)
	var workers [2]*runs
	for i := range workers {
		workers[i] = server.begin(t, "work", "--until-empty", "--jobs", "1")
	}
	for i, w := range workers {
		w.end(t)
		m := regexp.MustCompile(`this worker read ([\d,]+)`).FindStringSubmatch(w.said.String())
		if m == nil {
			t.Fatalf("worker %d does not say what it read: %s", i, w.said.String())
		}
		n, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
		if err != nil || n < articles/10 {
			t.Errorf("worker %d read %d documents (%v), want a share of %d", i, n, err, articles)
		}
	}
	embedded.say(t, "add", folder)
	same(t, server.exports(t, "Valbrune"), embedded.exports(t, "Valbrune"), true)
}

// TestWorkerKilled kills a worker in the middle of its jobs, again and again: nothing is lost and nothing is claimed
// twice.
func TestWorkerKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("fifty kills take long; run without -short")
	}
	const articles, kills = 400, 50
	folder := writeArticles(t, articles)
	server := onServer(t)
	server.capture(t, folder)
	s, err := store.Open(t.Context(), store.Options{Address: server[1], ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() // only read
	for kill := range kills {
		before, err := s.Waiting(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c := server.command(t, "work", "--silence", "1s", "--jobs", "1")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		until := time.Now().Add(20 * time.Second)
		for now := before; now > before-3 && now > 0; {
			if time.Now().After(until) {
				t.Fatalf("worker %d reads nothing of the %d that wait", kill, now)
			}
			if now, err = s.Waiting(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // it was killed
	}
	server.say(t, "work", "--until-empty", "--silence", "1s")
	if n := server.waiting(t); n != 0 {
		t.Errorf("%d documents wait, want none", n)
	}
	embedded := inData(filepath.Join(t.TempDir(), "data"))
	embedded.say(t, "add", folder)
	same(t, server.exports(t, "Valbrune"), embedded.exports(t, "Valbrune"), true)
}

// runs is a command that has begun, with what it says.
type runs struct {
	*exec.Cmd
	said  bytes.Buffer
	ended chan error
}

// still fails the test when the command has ended already: then what follows would test nothing.
func (r *runs) still(t *testing.T) {
	t.Helper()
	select {
	case err := <-r.ended:
		t.Fatalf("%v ended too soon: %v: %s", r.Args, err, r.said.String())
	default:
	}
}

// end waits for the command's good end.
func (r *runs) end(t *testing.T) {
	t.Helper()
	if err := <-r.ended; err != nil {
		t.Fatalf("%v: %v: %s", r.Args, err, r.said.String())
	}
}

func (w where) begin(t *testing.T, args ...string) *runs {
	t.Helper()
	r := &runs{Cmd: w.command(t, args...), ended: make(chan error, 1)}
	r.Stdout, r.Stderr = &r.said, &r.said
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { r.ended <- r.Wait() }()
	return r
}

// TestServerRestarts restarts PostgreSQL while add works.
func TestServerRestarts(t *testing.T) {
	const articles = 400
	cluster := testenv.Server(t)
	server := onServer(t)
	folder := writeArticles(t, articles)
	server.say(t, "add", filepath.Join(folder, "a0000.txt")) // the tables are there
	add := server.begin(t, "add", folder)
	for _, read := range []int{50, 200} { // in the midst of capturing, or of reading
		awaitDocuments(t, server[1], read)
		add.still(t)
		if err := cluster.Stop(); err != nil {
			t.Fatal(err)
		}
		if err := cluster.Start(); err != nil {
			t.Fatal(err)
		}
	}
	add.end(t)
	embedded := inData(filepath.Join(t.TempDir(), "data"))
	embedded.say(t, "add", folder)
	same(t, server.exports(t, "Valbrune"), embedded.exports(t, "Valbrune"), true)
}

// awaitDocuments returns when a register holds n documents, or all that it will hold.
func awaitDocuments(t *testing.T, address string, n int) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Address: address, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() // only read
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		f, err := s.Figures(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if f.Documents >= n {
			return
		}
	}
}

// TestObjectStoreGone cuts the line to the object store while add works, for longer than its client tries by itself.
func TestObjectStoreGone(t *testing.T) {
	gone := 8 * time.Second
	if minute := os.Getenv("CONTRECHAMP_TEST_GONE"); minute != "" { // a whole minute, say
		var err error
		if gone, err = time.ParseDuration(minute); err != nil {
			t.Fatal(err)
		}
	}
	const articles = 200
	folder := writeArticles(t, articles)
	proxy := testenv.Between(t, testenv.S3(t))
	server := where{"--db", testenv.Postgres(t), "--blobs", fmt.Sprintf("s3://evidence?endpoint=http://%s&path-style=true", proxy.Address), "--data", t.TempDir()}
	server.say(t, "add", filepath.Join(folder, "a0000.txt"))
	add := server.begin(t, "add", folder)
	awaitDocuments(t, server[1], 60)
	proxy.Cut(t)
	add.still(t)
	time.Sleep(gone) // that long it is gone; there is nothing to wait on
	proxy.Mend(t)
	add.end(t)
	if n := server.waiting(t); n != 0 {
		t.Errorf("%d documents wait, want none", n)
	}
	if said := server.say(t, "verify"); !strings.Contains(said, "the register holds") {
		t.Error(said)
	}
	embedded := inData(filepath.Join(t.TempDir(), "data"))
	embedded.say(t, "add", folder)
	same(t, server.exports(t, "Valbrune"), embedded.exports(t, "Valbrune"), true)
}

// TestQueueApart keeps the queue in another database than the rows, and loses it on the way.
func TestQueueApart(t *testing.T) {
	folder := writeArticles(t, 60)
	for name, queue := range map[string]func() string{
		"in a folder":     func() string { return "sqlite:" + filepath.Join(t.TempDir(), "queue") },
		"on the server":   func() string { return testenv.Postgres(t) },
		"lost on the way": nil,
	} {
		t.Run(name, func(t *testing.T) {
			server := onServer(t)
			if queue == nil {
				server.capture(t, folder) // their jobs are in the rows' database, which is not where work looks
				queue = func() string { return testenv.Postgres(t) }
			}
			apart := append(server, "--jobs", queue())
			apart.say(t, "add", folder)
			if n := apart.waiting(t); n != 0 {
				t.Errorf("%d documents wait, want none", n)
			}
		})
	}
}

// TestGracefulStop: SIGTERM lets what is being read be finished.
func TestGracefulStop(t *testing.T) {
	server := onServer(t)
	server.capture(t, writeArticles(t, 300))
	work := server.begin(t, "work", "--jobs", "2")
	s, err := store.Open(t.Context(), store.Options{Address: server[1], ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() // only read
	for {
		n, err := s.Waiting(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n < 290 {
			break
		}
	}
	if err := work.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	work.end(t)
	jobs, err := s.ListJobs(t.Context(), 0, "running")
	if err != nil || len(jobs) != 0 {
		t.Errorf("%d jobs are left in hand, %v, want none", len(jobs), err)
	}
	server.say(t, "work", "--until-empty")
	if n := server.waiting(t); n != 0 {
		t.Errorf("%d documents wait, want none", n)
	}
}
