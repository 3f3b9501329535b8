package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"contrechamp.org/contrechamp/internal/read/pdf"
	"contrechamp.org/contrechamp/internal/testenv"
)

// TestMain lets the scripts call the program as a command of its own, so that they meet it as a person does.
func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){
		"contrechamp": func() {
			pdf.Main()
			limitMemory()
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// tests ends what the tests started, whatever testscript does with the process.
type tests struct{ m *testing.M }

func (t tests) Run() int { return testenv.Run(t.m) }

// TestScripts runs the command line as scripts: the folder testdata/script is the index.
func TestScripts(t *testing.T) {
	small := smallProgram(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("CONTRECHAMP_DATA", e.WorkDir+"/data")
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("PATH", small+string(filepath.ListSeparator)+e.Getenv("PATH"))
			e.Setenv("EXAMPLES", filepath.Join(testenv.Root(t), "examples"))
			return nil
		},
		Condition: tools,
		Cmds: withEvidence(map[string]func(*testscript.TestScript, bool, []string){
			"code":   exitCode,
			"large":  largeFile,
			"pipe":   namedPipe,
			"flip":   flipBytes,
			"take":   takeMatch,
			"bundle": bundleFiles,
			"scan":   scan,
			"site":   serveFolder,
			"words":  wordsInFiles, "photograph": photographFile, "send": sendPhotograph,
		}),
	})
}
