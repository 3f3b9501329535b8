// Command contrechamp keeps a public, sourced register of surveillance systems: it captures documents, reads them,
// proposes claims with their quotes, and shows what is known, by whom, and who says the opposite.
//
// This package only wires the rooms under internal/ together: one file a verb.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read/pdf"
)

// Exit codes. Scripts rely on them.
const (
	exitOK          = 0
	exitFailed      = 1   // what was asked could not be done
	exitUsage       = 2   // what was asked could not be understood
	exitInterrupted = 130 // stopped by the person; nothing acknowledged is lost
)

func main() {
	pdf.Main() // a process that reads PDF documents for its parent is this program too
	limitMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program as a function: tests start it like a person does.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	p := &program{in: in, out: out, errs: errs}
	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if closing := p.close(); err == nil {
		err = closing
	}
	return p.report(ctx, err)
}

// usageError is a command line that cannot be understood.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// silentError ends a verb that has already said what was wrong.
var errSaid = errors.New("already said")

// report prints err as people meet it and answers the exit code.
func (p *program) report(ctx context.Context, err error) int {
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, ctx.Err())) {
		fmt.Fprintln(p.errs, "interrupted: what was captured is kept")
		fmt.Fprintln(p.errs, "hint: contrechamp work --until-empty reads the rest")
		return exitInterrupted
	}
	if errors.Is(err, errSaid) {
		return exitFailed
	}
	fmt.Fprintf(p.errs, "contrechamp: %v\n", err)
	if hint := contrechamp.Hint(err); hint != "" {
		fmt.Fprintf(p.errs, "hint: %s\n", hint)
	}
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}
