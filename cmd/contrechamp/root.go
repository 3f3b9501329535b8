package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

// program is one run of the command line: its streams, its flags, and the house once it is open.
type program struct {
	in   io.Reader
	out  io.Writer
	errs io.Writer

	data    string        // --data
	db      string        // --db
	blobs   string        // --blobs
	jobs    string        // --jobs: an address, or a number
	ledger  string        // --ledger
	silence time.Duration // --silence
	logs    *format       // --log-format
	verbose bool
	house   *house
}

// root builds the tree of verbs.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "contrechamp",
		Short: "a sourced register of surveillance in public space",
		Long: `contrechamp reads articles and documents and makes a public, sourced register of
surveillance systems: which systems watch where, made by whom, able to do what,
who says so, in which words, and who says the opposite.

Every claim has its verbatim quote. It documents systems; it never identifies or
follows people.`,
		Example: `  contrechamp add ~/articles
  contrechamp dossier Belgrade
  contrechamp serve`,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRun: func(*cobra.Command, []string) {
			level := slog.LevelWarn
			if p.verbose {
				level = slog.LevelInfo
			}
			options := &slog.HandlerOptions{Level: level}
			var handler slog.Handler = slog.NewTextHandler(p.errs, options)
			if p.logs.value == "json" {
				handler = slog.NewJSONHandler(p.errs, options)
			}
			slog.SetDefault(slog.New(handler))
		},
	}
	root.SuggestionsMinimumDistance = 2 // letters between what was typed and the verb that was meant
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.errs)
	root.PersistentFlags().StringVar(&p.data, "data", "", "data folder (default: $CONTRECHAMP_DATA, else the user's data folder)")
	root.PersistentFlags().StringVar(&p.db, "db", "", "address of the rows: postgres://USER@HOST/NAME or sqlite:FOLDER (default: in the data folder; $CONTRECHAMP_DB)")
	root.PersistentFlags().StringVar(&p.blobs, "blobs", "", "address of the bytes: s3://BUCKET/PREFIX or a folder (default: in the data folder; $CONTRECHAMP_BLOBS)")
	root.PersistentFlags().StringVar(&p.jobs, "jobs", "", "how many documents are read at once (a number), or the address of the queue (default: beside the rows; $CONTRECHAMP_JOBS)")
	root.PersistentFlags().StringVar(&p.ledger, "ledger", "", "folder of the log of captures and decisions (default: in the data folder; $CONTRECHAMP_LEDGER)")
	p.logs = &format{value: "text", choices: []string{"text", "json"}}
	root.PersistentFlags().Var(p.logs, "log-format", "one of text, json")
	root.PersistentFlags().BoolVarP(&p.verbose, "verbose", "v", false, "say what is being done, on standard error")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{contrechamp.WithHint(fmt.Errorf("%s: %w", lower(err.Error()), contrechamp.ErrInvalid), c.CommandPath()+" --help")}
	})
	root.AddCommand(
		p.addVerb(), p.documentsVerb(), p.showVerb(), p.rereadVerb(), p.diffVerb(), p.searchVerb(), p.claimsVerb(), p.dossierVerb(),
		p.disagreementsVerb(), p.reviewVerb(), p.withholdVerb(), p.contributionsVerb(), p.rulesVerb(),
		p.camerasVerb(),
		p.keyVerb(), p.ledgerVerb(), p.witnessVerb(), p.verifyVerb(), p.exportVerb(),
		p.serveVerb(), p.workVerb(), p.jobsVerb(),
		p.copyVerb(), p.backupVerb(), p.restoreVerb(),
		p.configVerb(), p.versionVerb(),
	)
	for _, c := range root.Commands() {
		wrapArgs(c)
	}
	root.Args = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		hint := "contrechamp --help"
		if near := c.SuggestionsFor(args[0]); len(near) > 0 {
			hint = "contrechamp " + near[0]
		}
		return usageError{contrechamp.WithHint(fmt.Errorf("there is no verb %q: %w", args[0], contrechamp.ErrInvalid), hint)}
	}
	root.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	return root
}

// wrapArgs makes errors about the number of arguments errors of usage, with the verb's own line as the hint.
func wrapArgs(c *cobra.Command) {
	for _, sub := range c.Commands() {
		wrapArgs(sub)
	}
	if c.Args == nil {
		return
	}
	check := c.Args
	c.Args = func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usageError{contrechamp.WithHint(fmt.Errorf("%s: %w", lower(err.Error()), contrechamp.ErrInvalid), c.UseLine())}
		}
		return nil
	}
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// format is the flag --format, one of a verb's choices.
type format struct {
	value   string
	choices []string
}

// formatFlag gives c the flag --format; the first choice is the default.
func formatFlag(c *cobra.Command, choices ...string) *format {
	f := &format{value: choices[0], choices: choices}
	c.Flags().Var(f, "format", "one of "+strings.Join(choices, ", "))
	if err := c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag was defined on the line above
	}
	return f
}

func (f *format) String() string { return f.value }
func (f *format) Type() string   { return "format" }

// Set accepts the verb's choices only.
func (f *format) Set(s string) error {
	for _, c := range f.choices {
		if s == c {
			f.value = s
			return nil
		}
	}
	return fmt.Errorf("%q is none of %s", s, strings.Join(f.choices, ", "))
}

// silenceFlag gives a verb that reads documents the flag --silence.
func (p *program) silenceFlag(c *cobra.Command) {
	c.Flags().DurationVar(&p.silence, "silence", 0, "on a database server: after how long without a word from a worker others take over its documents (default 30s)")
}
