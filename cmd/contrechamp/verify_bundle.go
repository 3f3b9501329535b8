package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/ledger/bundle"
	"contrechamp.org/contrechamp/internal/verify"
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

// onlyKeys refuses what only the check of a bundle takes.
func (t trustFlags) onlyKeys() error {
	if t.policy != "" || t.roots != "" {
		return usageError{contrechamp.WithHint(fmt.Errorf("--policy and --roots are for the check of a bundle: %w", contrechamp.ErrInvalid), "contrechamp verify --key KEY")}
	}
	return nil
}

// compare asks that the key of the log is one that the person brought.
func (t trustFlags) compare(r *verify.Report) error {
	if len(t.keys) == 0 {
		return nil
	}
	trust, err := bundle.ReadTrust(t.keys, "", "")
	if err != nil {
		return err
	}
	for _, k := range trust.Keys {
		if k.String() == r.Key {
			return nil
		}
	}
	r.Findings = append(r.Findings, verify.Finding{Where: "log", What: "it is not signed by the key that was given"})
	r.Holds = false
	return nil
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
