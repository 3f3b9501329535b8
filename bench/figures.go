package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// figure prints one line: name, value, unit, and the ratio to a peer where there is one.
func figure(name string, value float64, unit, peer string) {
	fmt.Printf("%-34s %12s %-10s %s\n", name, strconv.FormatFloat(value, 'f', 2, 64), unit, peer)
}

func figures(binary, shared string, pages, files int, size int64, only string) error {
	fmt.Printf("# %s/%s, %d processors, %s\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	for _, f := range []struct {
		name string
		do   func() error
	}{
		{"binary", func() error { return binarySize(binary) }},
		{"serve", func() error { return startAndIdle(binary) }},
		{"add", func() error { return addBesideRecoll(binary, pages) }},
		{"mixed", func() error { return mixedBesideRecoll(binary, os.Getenv("MIXED"), files) }},
		{"cameras", func() error { return camerasBesideOsmium(binary, shared, size*1e6) }},
		{"map", func() error { return serveMap(binary) }},
		{"articles", func() error { return articles(os.Getenv("ARTICLES"), 0) }},
		{"benchmarks", benchmarks},
	} {
		if only != "" && !strings.HasPrefix(f.name, only) {
			continue
		}
		if err := f.do(); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

func binarySize(binary string) error {
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	figure("binary", float64(info.Size())/1e6, "MB", "limit 60")
	small, err := os.Stat(filepath.Join(filepath.Dir(binary), "contrechamp-verify"))
	if err != nil {
		return err
	}
	figure("binary, contrechamp-verify", float64(small.Size())/1e6, "MB", "limit 6")
	return nil
}

// startAndIdle starts serve on a folder with the sample documents and measures the time until it answers, and the
// memory that it holds when nobody asks.
func startAndIdle(binary string) error {
	tmp, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if out, err := exec.Command(binary, "--data", tmp, "add", "examples/documents").CombinedOutput(); err != nil {
		return fmt.Errorf("add: %w: %s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		return err
	}
	began := time.Now()
	serve := exec.Command(binary, "--data", tmp, "serve", "--addr", addr)
	if err := serve.Start(); err != nil {
		return err
	}
	defer func() { _ = serve.Process.Kill(); _ = serve.Wait() }() // measured already; a child that is gone is fine
	for {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
			break
		}
		if time.Since(began) > 20*time.Second {
			return fmt.Errorf("no answer after 20 s: %w", err)
		}
		time.Sleep(2 * time.Millisecond)
	}
	figure("start", float64(time.Since(began).Microseconds())/1000, "ms", "limit 500")
	time.Sleep(10 * time.Second) // what start-up left behind is collected and given back by then
	rss, err := residentMiB(serve.Process.Pid)
	if err != nil {
		return err
	}
	figure("idle memory", rss, "MiB", "limit 60")
	return nil
}

// residentMiB reads the resident memory of a process (Linux; elsewhere it says that it cannot).
func residentMiB(pid int) (float64, error) { return memoryMiB(pid, "VmRSS:") }

// memoryMiB reads one figure of a process's memory, as Linux has it.
func memoryMiB(pid int, name string) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), name); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024, err
		}
	}
	return 0, fmt.Errorf("no %s in /proc", name)
}

// addBesideRecoll reads a folder of HTML pages made from the sample documents, and lets recollindex, which extracts
// nothing, index the same folder in the same run.
func addBesideRecoll(binary string, pages int) error {
	tmp, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	folder := filepath.Join(tmp, "pages")
	if err := makePages(folder, pages); err != nil {
		return err
	}
	ours, err := measure.Run(exec.Command(binary, "--data", filepath.Join(tmp, "data"), "add", folder))
	if err != nil {
		return err
	}
	recoll, peerErr := recollIndex(tmp, folder)
	ratio := func(a, b float64) string {
		if peerErr != nil {
			return fmt.Sprintf("no peer: %v", peerErr)
		}
		return fmt.Sprintf("%.2fx recollindex", a/b)
	}
	figure(fmt.Sprintf("add %d pages", pages), float64(pages)/ours.Wall.Seconds(), "docs/s",
		ratio(float64(pages)/ours.Wall.Seconds(), float64(pages)/recoll.Wall.Seconds()))
	figure("add, processor time", ours.CPU.Seconds(), "s", ratio(ours.CPU.Seconds(), recoll.CPU.Seconds()))
	figure("add, peak memory", ours.PeakMiB, "MiB", ratio(ours.PeakMiB, recoll.PeakMiB))
	return nil
}

func recollIndex(tmp, folder string) (measure.Cost, error) {
	_, c, err := recollConfig(tmp, folder)
	if err != nil {
		return measure.Cost{}, err
	}
	return measure.Run(c)
}

// recollConfig makes the folder of recoll's configuration, and the command that indexes folder.
func recollConfig(tmp, folder string) (string, *exec.Cmd, error) {
	path, err := exec.LookPath("recollindex")
	if err != nil {
		return "", nil, errors.New("recollindex is not installed (Debian: recollcmd)")
	}
	config := filepath.Join(tmp, "recoll")
	if err := os.Mkdir(config, 0o755); err != nil {
		return "", nil, err
	}
	if err := os.WriteFile(filepath.Join(config, "recoll.conf"), []byte("topdirs = "+folder+"\n"), 0o644); err != nil {
		return "", nil, err
	}
	c := exec.Command(path, "-c", config)
	c.Env = append(os.Environ(), "HOME="+tmp)
	return config, c, nil
}

// makePages writes n pages made from the HTML samples: the same structure, other towns and numbers, so that no two
// have the same words.
func makePages(folder string, n int) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var samples [][]byte
	err := filepath.WalkDir("examples/documents", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".html") {
			var b []byte
			if b, err = os.ReadFile(path); err == nil {
				samples = append(samples, b)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(samples) == 0 {
		return errors.New("no HTML sample in examples/documents")
	}
	number := regexp.MustCompile(`\b\d{2,3}\b`)
	capital := regexp.MustCompile(`\b[A-Z][a-z]{5,}\b`)
	for i := range n {
		page := samples[i%len(samples)]
		k := 0
		page = number.ReplaceAllFunc(page, func(b []byte) []byte {
			k++
			return []byte(strconv.Itoa(10 + (i*7919+k*104729)%990))
		})
		page = capital.ReplaceAllFunc(page, func(b []byte) []byte {
			k++
			if (i*31+k)%9 != 0 {
				return b
			}
			return append(append([]byte{}, b...), syllables[(i+k)%len(syllables)]...)
		})
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("page-%05d.html", i)), page, 0o644); err != nil {
			return err
		}
	}
	return nil
}

var syllables = []string{"mar", "vel", "dun", "cor", "lis", "bran", "tol", "sey", "gac", "nor", "pel", "rix", "mont", "val"}

// benchLine is a line of the standard benchmark output: name, runs, then pairs of value and unit.
var benchLine = regexp.MustCompile(`^(Benchmark\S+)\s+\d+\s+(.*)$`)

// processors is what the testing package adds to a benchmark's name.
var processors = regexp.MustCompile(`-\d+$`)

// benchmarks runs the packages' own benchmarks, each once, and prints what they report. A benchmark with a peer
// reports it as a unit that begins with "x-".
func benchmarks() error {
	c := exec.Command("go", "test", "-run", "^$", "-bench", ".", "-benchtime", "1s", "-timeout", "30m", "./...")
	c.Stderr = os.Stderr
	out, err := c.Output()
	room := ""
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		if pkg, ok := strings.CutPrefix(s.Text(), "pkg: "); ok {
			room = path.Base(pkg)
		}
		if m := benchLine.FindStringSubmatch(s.Text()); m != nil {
			printBenchmark(room, m[1], strings.Fields(m[2]))
		}
	}
	if err != nil {
		return fmt.Errorf("go test -bench: %w", err)
	}
	return nil
}

// printBenchmark prints what one benchmark of a room reported. What a garbage collector may care about (allocations)
// is left to those who run it by hand.
func printBenchmark(room, name string, pairs []string) {
	name = room + "." + strings.TrimPrefix(processors.ReplaceAllString(name, ""), "Benchmark")
	ratio := ""
	for i := 0; i+1 < len(pairs); i += 2 {
		if strings.HasPrefix(pairs[i+1], "x-") {
			ratio = pairs[i] + "x " + strings.TrimPrefix(pairs[i+1], "x-")
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		v, err := strconv.ParseFloat(pairs[i], 64)
		if err != nil || strings.HasPrefix(pairs[i+1], "x-") || strings.HasSuffix(pairs[i+1], "/op") && pairs[i+1] != "ns/op" {
			continue
		}
		figure(name, v, pairs[i+1], ratio)
		ratio = ""
	}
}
