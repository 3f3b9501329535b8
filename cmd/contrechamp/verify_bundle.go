package main

import (
	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp/internal/ledger/bundle"
)

// trustFlags are what a person brings to the check of a bundle.
type trustFlags struct {
	keys          []string
	policy, roots string
}

func (t *trustFlags) add(c *cobra.Command) {
	c.Flags().StringArrayVar(&t.keys, "key", nil, "key of the register's log that made the bundle, or a file that holds it; got by another way than the bundle")
	c.Flags().StringVar(&t.policy, "policy", "", "file that says whose signatures count, logs and witnesses (c2sp.org/tlog-policy), in the place of the bundle's")
	c.Flags().StringVar(&t.roots, "roots", "", "file with root certificates of time-stamping authorities that you trust, PEM")
}

// verifyBundle checks an exported bundle. It needs no register and no network.
func (p *program) verifyBundle(path string, t trustFlags, format string) error {
	trust, err := bundle.ReadTrust(t.keys, t.policy, t.roots)
	if err != nil {
		return err
	}
	report, err := bundle.VerifyFile(path, trust)
	if err != nil {
		return err
	}
	if format == "json" {
		if err := printJSON(p.out, report); err != nil {
			return err
		}
	} else {
		report.Print(p.out)
	}
	if !report.OK {
		return errSaid
	}
	return nil
}
