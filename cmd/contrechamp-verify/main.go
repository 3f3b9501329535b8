// Command contrechamp-verify checks an evidence bundle of a Contrechamp register, offline: a small program for somebody
// who has to say whether a bundle holds, and wants to read all that he runs.
//
// It imports the nouns, internal/ledger and little else. It opens the files that it is given, and nothing else: no network,
// no store, no configuration.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
)

// Exit codes, those of contrechamp.
const (
	exitOK     = 0
	exitFailed = 1 // the bundle does not hold, or is none
	exitUsage  = 2
)

const usage = `usage: contrechamp-verify [--key KEY] [--policy FILE] [--roots FILE] [--format text|json] BUNDLE

Checks an evidence bundle, offline. Exit code 0: it holds; 1: it does not; 2: the command line is wrong.

  --key KEY      the key of the register's log, or a file that holds it: get it from the register by another way than
                 the bundle, since a key in the bundle proves only that the bundle's parts belong together
  --policy FILE  whose signatures count, logs and witnesses (c2sp.org/tlog-policy), in the place of the bundle's
  --roots FILE   root certificates of time-stamping authorities that you trust, PEM
  --format text|json
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("contrechamp-verify", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var keys list
	flags.Var(&keys, "key", "")
	policy := flags.String("policy", "", "")
	roots := flags.String("roots", "", "")
	format := flags.String("format", "text", "")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, usage)
		return exitOK
	case err == nil && *format != "text" && *format != "json":
		err = fmt.Errorf("--format %q is none of text, json", *format)
	case err == nil && flags.NArg() != 1:
		err = fmt.Errorf("want one bundle, and there are %d", flags.NArg())
	}
	if err != nil {
		fmt.Fprintf(errs, "contrechamp-verify: %v\n%s", err, usage)
		return exitUsage
	}
	trust, err := bundle.ReadTrust(keys, *policy, *roots)
	if err != nil {
		return failed(errs, err)
	}
	report, err := bundle.VerifyFile(flags.Arg(0), trust)
	if err != nil {
		return failed(errs, err)
	}
	if *format == "json" {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		if err := e.Encode(report); err != nil {
			return failed(errs, err)
		}
	} else {
		report.Print(out)
	}
	if !report.OK {
		return exitFailed
	}
	return exitOK
}

func failed(errs io.Writer, err error) int {
	fmt.Fprintf(errs, "contrechamp-verify: %v\n", err)
	if hint := contrechamp.Hint(err); hint != "" {
		fmt.Fprintf(errs, "hint: %s\n", hint)
	}
	return exitFailed
}

// list is a flag that may be given more than once.
type list []string

func (l *list) String() string     { return "" }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }
