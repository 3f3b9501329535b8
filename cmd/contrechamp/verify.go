package main

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp/internal/ledger"
	"contrechamp.org/contrechamp/internal/verify"
)

func (p *program) verifyVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify [BUNDLE]",
		Short: "check the whole register, or an exported bundle of evidence",
		Long: `Without an argument it checks the whole register: the bytes of every document are
hashed again, every quote is looked for again in its text and, where that is known,
in the bytes; every capture and decision must be in the log, every entry of the log
in the register, and every state of the log that was ever signed must go on from the
one before. The register is only read, and may be in use.

With an argument it checks a bundle that "export evidence" wrote: every byte, every
proof and signature, and every quote in the text and in the received bytes. That
needs no register and no network. contrechamp-verify is a small program that does
the same and nothing else.

The exit code is 0 if all holds, and 1 if not. What is proved: these bytes were
received at that time, and this list has not been rewritten. A key that stands in
the register or the bundle itself proves only that its parts belong together: get
the key by another way, and give it with --key.`,
		Example: `  contrechamp verify
  contrechamp verify evidence.zip --key observatory.example.org/log+1a2b3c4d+Aa...`,
		Args: cobra.MaximumNArgs(1),
	}
	var trust trustFlags
	trust.add(c)
	f := formatFlag(c, "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 1 {
			return p.verifyBundle(args[0], trust, f.value)
		}
		return p.verifyRegister(c.Context(), trust, f.value)
	}
	return c
}

// verifyRegister checks the whole register.
func (p *program) verifyRegister(ctx context.Context, trust trustFlags, format string) error {
	if err := trust.onlyKeys(); err != nil {
		return err
	}
	h, err := p.open(ctx, "verify", reading)
	if err != nil {
		return err
	}
	at, err := p.place()
	if err != nil {
		return err
	}
	figures, err := h.store.Figures(ctx)
	if err != nil {
		return fmt.Errorf("count what the register holds: %w", err)
	}
	bar := newParts(p.errs)
	report, err := verify.Check{Store: h.store, Blobs: h.blobs, Log: ledger.Folder(at.logFolder()), Workers: runtime.NumCPU(),
		Captures: int64(figures.Documents), Step: bar.step}.Run(ctx)
	bar.finish()
	if err != nil {
		return fmt.Errorf("verify the register: %w", err)
	}
	if err := trust.compare(&report); err != nil {
		return err
	}
	if format == "json" {
		err = printJSON(p.out, report)
	} else {
		err = printVerified(p.out, report)
	}
	if err != nil {
		return err
	}
	if !report.Holds {
		return errSaid
	}
	return nil
}

// printVerified writes a report as a person reads it: what does not hold first, then what was looked at.
func printVerified(w io.Writer, r verify.Report) error {
	if len(r.Findings) > 0 {
		fmt.Fprintln(w, "what does not hold")
		for _, f := range r.Findings {
			fmt.Fprintf(w, "  %s: %s\n", printable(f.Where), printable(f.What))
		}
		if r.More > 0 {
			fmt.Fprintf(w, "  and %s more\n", count(r.More))
		}
		fmt.Fprintln(w)
	}
	t := newTable(w)
	t.row("documents", count(r.Captures), fmt.Sprintf("%d MB hashed again", (r.Bytes+500_000)/1_000_000))
	if r.Withheld > 0 {
		t.row("  withheld", count(r.Withheld), "their bytes are gone, their leaves are there")
	}
	if r.Exchanges > 0 {
		t.row("  exchanges", count(r.Exchanges), "records of what servers answered")
	}
	t.row("times received", count(r.Sightings), "each with its leaf")
	t.row("quotes", count(r.Quotes), fmt.Sprintf("of %s claims, found in their texts; %s also in the bytes", count(r.Claims), count(r.Located)))
	t.row("decisions", count(r.Decisions), "each with its leaf")
	t.row("leaves in the log", count(int(r.Leaves)), fmt.Sprintf("of %s entries; %s states of the log, each going on from the one before", count(int(r.Log.Entries)), count(r.Log.Checkpoints)))
	if r.Attested.States > 0 {
		t.row("  vouched for", count(r.Attested.States), fmt.Sprintf("states, by %s and %s", plural(r.Attested.Stamps, "time-stamp", "time-stamps"), plural(r.Attested.Cosignatures, "cosignature", "cosignatures")))
	}
	if r.Waiting > 0 {
		t.row("  waiting", count(int(r.Waiting)), "recorded, and not in the log yet: contrechamp work --until-empty")
	}
	if err := t.flush(); err != nil {
		return err
	}
	if r.Key != "" {
		fmt.Fprintf(w, "\nthe log is signed by %s\n", r.Key)
	}
	if !r.Holds {
		_, err := fmt.Fprintf(w, "\nthe register does NOT hold: %s\n", plural(len(r.Findings)+r.More, "thing is", "things are")+" not as it was recorded")
		return err
	}
	_, err := fmt.Fprintln(w, "\nthe register holds: these bytes were received at that time, and this list has not been rewritten")
	return err
}

// plural is a number with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}
