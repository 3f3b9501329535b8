package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/claim/rulefile"
	"contrechamp.org/contrechamp/internal/lexicon"
)

func (p *program) rulesVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "rules",
		Short: "test a file of rules for claims",
		Long: `Rules say how a language states a claim. They are text, one file a language; docs/rules.md
teaches the format. Each rule carries sentences on which it must fire and sentences on
which it must not.`,
		Example: "  contrechamp rules test es.rules",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use:   "test FILE",
		Short: "check a rule file and run its own examples",
		Args:  cobra.ExactArgs(1),
		RunE:  func(c *cobra.Command, args []string) error { return p.testRules(c, args[0]) },
	})
	return c
}

// testRules compiles one file alone and runs its examples. It ends with an error if one is not as it should be.
func (p *program) testRules(c *cobra.Command, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("rule file: %w", err)
	}
	defer f.Close()
	parsed, err := rulefile.Parse(filepath.Base(file), f)
	if err != nil {
		return err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return err
	}
	engine, err := claim.NewWithFiles(lex, parsed)
	if err != nil {
		return err
	}
	outcomes, err := engine.RunExamples(c.Context())
	if err != nil {
		return err
	}
	bad := 0
	for _, o := range outcomes {
		if !o.OK {
			bad++
			fmt.Fprintln(p.out, printable(o.String()))
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d examples are not as they should be: %w", bad, len(outcomes), contrechamp.ErrInvalid)
	}
	fmt.Fprintf(p.out, "%d examples, all as they should be\n", len(outcomes))
	return nil
}
