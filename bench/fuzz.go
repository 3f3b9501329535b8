package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

var fuzzTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// fuzz runs every fuzz target of the project, one after another; with only, those of packages whose path holds one of its
// words, which commas part; a word behind "-" leaves out instead.
func fuzz(limit, only string) error {
	out, err := exec.Command("go", "list", "-f", `{{$d := .Dir}}{{$p := .ImportPath}}{{range .TestGoFiles}}{{$p}} {{$d}}/{{.}}{{"\n"}}{{end}}{{range .XTestGoFiles}}{{$p}} {{$d}}/{{.}}{{"\n"}}{{end}}`, "./...").Output()
	if err != nil {
		return fmt.Errorf("list packages: %w", err)
	}
	n := 0
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		pkg, file, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || !chosen(pkg, only) {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, m := range fuzzTarget.FindAllStringSubmatch(string(source), -1) {
			n++
			fmt.Printf("== %s %s\n", pkg, m[1])
			run := exec.Command("go", "test", "-run", "^$", "-fuzz", "^"+m[1]+"$", "-fuzztime", limit, "-fuzzminimizetime", "1x", pkg)
			var said bytes.Buffer
			run.Stdout, run.Stderr = io.MultiWriter(os.Stdout, &said), os.Stderr
			if err := run.Run(); err != nil && !endedInTime(said.String()) {
				return fmt.Errorf("%s %s: %w", pkg, m[1], err)
			}
		}
	}
	if n == 0 {
		return fmt.Errorf("no fuzz target found")
	}
	return nil
}

// endedInTime reports whether a fuzz run failed only because its time was over in the middle of an input, which the tool
// then takes for a failure of the target (https://go.dev/issue/48591). A target that failed has an input to show.
func endedInTime(said string) bool {
	return strings.Contains(said, "context deadline exceeded") && !strings.Contains(said, "Failing input written")
}

// chosen reports whether a package is one of those that only names.
func chosen(pkg, only string) bool {
	if only == "" {
		return true
	}
	wanted, any := false, false
	for _, word := range strings.Split(only, ",") {
		if without, is := strings.CutPrefix(word, "-"); is {
			if strings.Contains(pkg, without) {
				return false
			}
			continue
		}
		any = true
		wanted = wanted || strings.Contains(pkg, word)
	}
	return wanted || !any
}
