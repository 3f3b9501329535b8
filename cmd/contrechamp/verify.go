package main

import (
	"github.com/spf13/cobra"
)

func (p *program) verifyVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify BUNDLE",
		Short: "check an exported bundle of evidence, offline",
		Long: `Checks a bundle that "export evidence" wrote: every byte, every proof and signature,
and every quote in the text and in the received bytes. It needs no register and no
network. The exit code is 0 if the bundle holds, and 1 if not.

What a bundle proves: these bytes were received at that time, and this list has not
been rewritten. A key that stands in the bundle itself proves only that its parts
belong together: get the register's key by another way, and give it with --key.

contrechamp-verify is a small program that does the same and nothing else.`,
		Example: `  contrechamp verify evidence.zip --key observatory.example.org/log+1a2b3c4d+Aa...`,
		Args:    cobra.ExactArgs(1),
	}
	var trust trustFlags
	trust.add(c)
	f := formatFlag(c, "text", "json")
	c.RunE = func(_ *cobra.Command, args []string) error { return p.verifyBundle(args[0], trust, f.value) }
	return c
}
