package main

import (
	"github.com/spf13/cobra"
)

// exportVerb is what leaves as files: a verb of its own for each kind.
func (p *program) exportVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "export",
		Short: "documents and claims as files that others open and check",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.exportWARCVerb(), p.exportWACZVerb(), p.exportEvidenceVerb())
	return c
}
