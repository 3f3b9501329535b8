package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

// mostJobsShown is how many jobs are listed unless --limit says otherwise.
const mostJobsShown = 100

func (p *program) jobsVerb() *cobra.Command {
	var limit int
	var dead bool
	c := &cobra.Command{
		Use:   "jobs",
		Short: "what waits to be read, what failed and why",
		Long: `Lists the readings that wait, run, rest after a failure until they are tried again,
or are dead: tried too often. "jobs retry" makes those that rest or are dead due now.`,
		Args: cobra.NoArgs,
	}
	c.Flags().IntVar(&limit, "limit", mostJobsShown, "how many are listed at most")
	c.Flags().BoolVar(&dead, "dead", false, "only those that were tried too often")
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if limit < 1 {
			return usageError{fmt.Errorf("--limit must be at least 1: %w", contrechamp.ErrInvalid)}
		}
		h, err := p.open(c.Context(), "jobs", reading)
		if err != nil {
			return err
		}
		var states []contrechamp.JobState
		if dead {
			states = []contrechamp.JobState{contrechamp.JobDead}
		}
		jobs, err := h.store.ListJobs(c.Context(), limit, states...)
		if err != nil {
			return err
		}
		if f.value == "json" {
			return printJSON(p.out, jobs)
		}
		if len(jobs) == 0 {
			fmt.Fprintln(p.out, "nothing waits")
			return nil
		}
		t := newTable(p.out)
		t.row("document", "state", "tries", "due", "worker", "why it failed")
		for _, j := range jobs {
			t.row(j.Capture.Short(), string(j.State), count(j.Attempts), j.Next.Local().Format(time.DateTime), printable(j.Worker), oneLine(j.Reason, 80))
		}
		return t.flush()
	}
	c.AddCommand(p.jobsRetryVerb())
	return c
}

func (p *program) jobsRetryVerb() *cobra.Command {
	return &cobra.Command{
		Use:     "retry [DOCUMENT...]",
		Short:   "read again what failed: all that rests or is dead, or those documents",
		Example: "  contrechamp jobs retry && contrechamp work --until-empty",
		RunE: func(c *cobra.Command, args []string) error {
			h, err := p.open(c.Context(), "jobs retry", writing)
			if err != nil {
				return err
			}
			var captures []contrechamp.Digest
			for _, name := range args {
				doc, err := h.document(c.Context(), name)
				if err != nil {
					return err
				}
				captures = append(captures, doc.Digest)
			}
			n, err := h.store.RetryJobs(c.Context(), captures...)
			if err != nil {
				return err
			}
			fmt.Fprintf(p.out, "%s jobs are due now\n", count(n))
			return nil
		},
	}
}
