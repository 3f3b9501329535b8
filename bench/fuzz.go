package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fuzzing says which fuzz targets run, and for how long.
type fuzzing struct {
	limit string // time for each target that only names
	only  string // words of targets with their package paths, parted by commas; a word behind "-" leaves out instead; "" is all
	rest  string // time for each other target; "" leaves them out
	side  int    // how many targets run side by side, each with one worker
}

// target is a fuzz target of a package.
type target struct {
	pkg  *fuzzedPackage
	name string
	time string
}

// fuzzedPackage is a package with fuzz targets; its test binary is built when the first of them runs.
type fuzzedPackage struct {
	path, dir string
	build     sync.Once
	binary    string
	err       error
}

// run runs the fuzz targets of the project and goes on behind one that fails: each has its output apart, which is shown
// when it failed. The input that made it fail lies under testdata/fuzz of its package, as go test leaves it.
func (f fuzzing) run(ctx context.Context) error {
	targets, err := f.targets()
	if err != nil {
		return err
	}
	if len(targets) == 0 {
		return fmt.Errorf("no fuzz target found")
	}
	dir, err := os.MkdirTemp("", "contrechamp-fuzz-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		return fmt.Errorf("ask for the build cache: %w", err)
	}

	waiting := make(chan target)
	var failed []error
	var mu sync.Mutex // failed and standard output
	var workers sync.WaitGroup
	began, ended := time.Now(), 0
	for range max(1, f.side) {
		workers.Go(func() {
			for t := range waiting {
				from := time.Now()
				said, err := t.fuzz(ctx, dir, strings.TrimSpace(string(cache)))
				mu.Lock()
				ended++
				fmt.Printf("%3d/%d  %s %s  %s%s\n", ended, len(targets), t.pkg.path, t.name, time.Since(from).Round(time.Second), tried(said))
				if err != nil {
					os.Stdout.Write(said)
					failed = append(failed, fmt.Errorf("%s %s: %w", t.pkg.path, t.name, err))
				}
				mu.Unlock()
			}
		})
	}
	for _, t := range targets {
		waiting <- t
	}
	close(waiting)
	workers.Wait()
	fmt.Printf("%d targets in %s\n", len(targets), time.Since(began).Round(time.Second))
	return errors.Join(failed...)
}

var fuzzTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// targets lists what is to run, the shortest first: what takes long to build is built beside others.
func (f fuzzing) targets() ([]target, error) {
	out, err := exec.Command("go", "list", "-f", `{{$d := .Dir}}{{$p := .ImportPath}}{{range .TestGoFiles}}{{$p}} {{$d}}/{{.}}{{"\n"}}{{end}}{{range .XTestGoFiles}}{{$p}} {{$d}}/{{.}}{{"\n"}}{{end}}`, "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w", err)
	}
	packages := map[string]*fuzzedPackage{}
	var long, short []target
	for line := range strings.Lines(string(out)) {
		path, file, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, m := range fuzzTarget.FindAllStringSubmatch(string(source), -1) {
			first, runs := chosen(path+"."+m[1], f.only)
			if !runs || !first && f.rest == "" {
				continue
			}
			p := packages[path]
			if p == nil {
				p = &fuzzedPackage{path: path, dir: filepath.Dir(file)}
				packages[path] = p
			}
			if first {
				long = append(long, target{p, m[1], f.limit})
			} else {
				short = append(short, target{p, m[1], f.rest})
			}
		}
	}
	return slices.Concat(short, long), nil
}

// fuzz runs a target and answers all that it said.
func (t target) fuzz(ctx context.Context, dir, cache string) ([]byte, error) {
	p := t.pkg
	p.build.Do(func() {
		p.binary = filepath.Join(dir, strings.ReplaceAll(p.path, "/", "_")+".test")
		// with -fuzz the binary counts which of its branches were reached
		if out, err := exec.CommandContext(ctx, "go", "test", "-c", "-fuzz=.", "-o", p.binary, p.path).CombinedOutput(); err != nil {
			p.err = fmt.Errorf("build the tests: %w\n%s", err, out)
		}
	})
	if p.err != nil {
		return nil, p.err
	}
	run := exec.CommandContext(ctx, p.binary, "-test.run=^$", "-test.fuzz=^"+t.name+"$", "-test.fuzztime="+t.time, "-test.fuzzminimizetime=1x",
		"-test.parallel=1", "-test.fuzzcachedir="+filepath.Join(cache, "fuzz", filepath.FromSlash(p.path)))
	run.Dir = p.dir // as go test does: testdata is found from here
	said, err := run.CombinedOutput()
	if err != nil && endedInTime(said) {
		return said, nil
	}
	if m := failingInput.FindSubmatch(said); m != nil {
		// whoever reads what a run far away printed has no file of it
		if input, readErr := os.ReadFile(filepath.Join(p.dir, string(m[1]))); readErr == nil && len(input) < mostShown {
			said = fmt.Appendf(said, "%s:\n%s\n", m[1], input)
		}
	}
	return said, err
}

var failingInput = regexp.MustCompile(`Failing input written to (\S+)`)

// mostShown is how long an input may be to be printed.
const mostShown = 10_000

// endedInTime reports whether a fuzz run failed only because its time was over in the middle of an input, which the tool
// then takes for a failure of the target (https://go.dev/issue/48591). A target that failed has an input to show.
func endedInTime(said []byte) bool {
	return bytes.Contains(said, []byte("context deadline exceeded")) && !bytes.Contains(said, []byte("Failing input written"))
}

var fuzzExecs = regexp.MustCompile(`execs: (\d+)`)

// tried says how many inputs a run tried, as its last line has it.
func tried(said []byte) string {
	all := fuzzExecs.FindAllSubmatch(said, -1)
	if len(all) == 0 {
		return ", nothing but its seeds"
	}
	n, err := strconv.Atoi(string(all[len(all)-1][1]))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(", %d inputs", n)
}

// chosen reports whether a target with its package path is one of those that only names, and whether it is to run at all: only may
// name some words and, behind a "-", one of a target that even the rest is without.
func chosen(target, only string) (first, runs bool) {
	wanted, any, without := false, false, false
	for word := range strings.SplitSeq(only, ",") {
		if name, is := strings.CutPrefix(word, "-"); is {
			without = without || strings.Contains(target, name)
		} else if word != "" {
			any = true
			wanted = wanted || strings.Contains(target, word)
		}
	}
	return (wanted || !any) && !without, !(any && without)
}
