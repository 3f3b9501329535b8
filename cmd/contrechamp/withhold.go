package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

func (p *program) withholdVerb() *cobra.Command {
	var reason, ground, date, account string
	var yes, list bool
	c := &cobra.Command{
		Use:   "withhold DOCUMENT --reason TEXT",
		Short: "take a document from everybody, by order or on request; its proof stays",
		Long: `Takes a document's bytes and text from every page, list, search, export and answer
at once, and removes them from this register for good: that cannot be undone. Its
names and addresses go too, and its claims speak no more. What stays is that it was
received (its digest and its leaf in the log), and a public line that says that it
was withheld, when, on what ground, and the reason as you write it: name nobody in
it who must not be named.

The same bytes brought again are refused with the reason. Copies and backups made
before, the server's own backups, and files that you or others exported are not
reached: docs/evidence.md says what is left to do.`,
		Example: `  contrechamp withhold 4c9c34de4d --by order --date 2026-11-20 --reason "order of the court of Valmère, 26/1234"
  contrechamp withhold letter.pdf --by request --reason "the person who wrote it asked"
  contrechamp withhold --list`,
		Args: cobra.MaximumNArgs(1),
	}
	c.Flags().StringVar(&reason, "reason", "", "why, as the public reads it")
	c.Flags().StringVar(&ground, "by", string(contrechamp.OnRequest), "on what ground: order (of a court or an authority) or request")
	c.Flags().StringVar(&date, "date", "", "date of the order or the request: 2026-11-20")
	c.Flags().StringVar(&account, "account", "", "who withholds it (default: the name of this account)")
	c.Flags().BoolVar(&yes, "yes", false, "do not ask")
	c.Flags().BoolVar(&list, "list", false, "only list what is withheld")
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		if list {
			return p.listWithheld(ctx, f.value)
		}
		if len(args) != 1 || strings.TrimSpace(reason) == "" {
			return usageError{contrechamp.WithHint(fmt.Errorf("withhold needs a document and a reason: %w", contrechamp.ErrInvalid),
				`contrechamp withhold DOCUMENT --by order --reason "..."`)}
		}
		w := contrechamp.Withholding{Reason: strings.TrimSpace(reason), By: account, At: time.Now().UTC().Truncate(time.Microsecond)}
		var err error
		if w.Ground, err = contrechamp.ParseGround(ground); err != nil {
			return usageError{err}
		}
		if w.Ground == contrechamp.InReview {
			return usageError{contrechamp.WithHint(fmt.Errorf("only a contribution is refused in review: %w", contrechamp.ErrInvalid), "contrechamp contributions refuse "+args[0]+` --note "..."`)}
		}
		if date != "" {
			if w.Dated, err = contrechamp.ParseDate(date); err != nil {
				return usageError{err}
			}
		}
		if w.By == "" {
			u, err := user.Current()
			if err != nil {
				return contrechamp.WithHint(fmt.Errorf("who withholds it: %w", err), "say it with --account NAME")
			}
			w.By = u.Username
		}
		h, err := p.open(ctx, "withhold", writing)
		if err != nil {
			return err
		}
		doc, err := h.document(ctx, args[0])
		if err != nil {
			return err
		}
		w.Capture = doc.Digest
		if doc.State == contrechamp.StateWithheld {
			return contrechamp.WithHint(fmt.Errorf("%s is already %s: %w", doc.Digest.Short(), doc.Reason, contrechamp.ErrConflict), "contrechamp withhold --list")
		}
		elsewhere, err := h.store.Elsewhere(ctx, doc.Digest)
		if err != nil {
			return err
		}
		p.tellWithholding(doc, elsewhere)
		if !yes {
			if err := p.confirm("withhold it", "the same with --yes"); err != nil {
				return err
			}
		}
		return p.withhold(ctx, h, w)
	}
	return c
}

// tellWithholding says what is about to go, and where the same also is.
func (p *program) tellWithholding(doc contrechamp.Document, e contrechamp.Elsewhere) {
	fmt.Fprintf(p.errs, "%s %s\n  %s, captured %s, %s claims\n", doc.Digest.Short(), printable(oneLine(doc.Label(), 80)), printable(doc.Name),
		doc.CapturedAt.Format("2006-01-02 15:04 UTC"), count(doc.Claims))
	fmt.Fprintln(p.errs, "its bytes, its text, its names and the words of its claims go for good; the leaf in the log, the date and the reason stay")
	for _, part := range []struct {
		says string
		docs []contrechamp.Document
	}{
		{"its bytes are also in what it was found in, which stays unless it is withheld too:", e.Containers},
		{"what was found in it stays unless it is withheld too:", e.Contents},
		{"these say the same, and stay unless they are withheld too:", e.Copies},
	} {
		if len(part.docs) == 0 {
			continue
		}
		fmt.Fprintln(p.errs, part.says)
		for _, d := range part.docs {
			fmt.Fprintf(p.errs, "  contrechamp withhold %s   (%s)\n", d.Digest.Short(), printable(oneLine(d.Label(), 60)))
		}
	}
}

// confirm asks a person for a plain yes before what cannot be undone. Where nobody answers, nothing is done.
func (p *program) confirm(what, otherwise string) error {
	fmt.Fprintf(p.errs, "type yes to %s: ", what)
	if p.in != nil {
		answer, err := bufio.NewReader(p.in).ReadString('\n')
		if strings.TrimSpace(answer) == "yes" && (err == nil || answer != "") {
			return nil
		}
	}
	fmt.Fprintln(p.errs)
	return contrechamp.WithHint(fmt.Errorf("nothing was done: nobody said yes: %w", contrechamp.ErrInvalid), otherwise)
}

// withhold withholds, erases, and joins anew what was joined with it.
func (p *program) withhold(ctx context.Context, h *house, w contrechamp.Withholding) error {
	if h.log == nil {
		if err := p.openLogIfThere(ctx, h); err != nil { // an order is carried out, also where the key of the log is not at hand
			return err
		}
	}
	w, err := h.store.Withhold(ctx, w)
	if err != nil {
		return err
	}
	if _, err := h.store.EraseWithheld(ctx, h.blobs); err != nil {
		return contrechamp.WithHint(fmt.Errorf("%s is shown nowhere any more, but not all of it is erased: %w", w.Capture.Short(), err),
			hintOr(err, "the rest is done when the register is opened for writing next: contrechamp work --until-empty"))
	}
	if err := h.join(ctx); err != nil {
		return err
	}
	if err := h.cover(ctx); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s is %s\n", w.Capture.Short(), printable(w.Sentence()))
	fmt.Fprintf(p.out, "its bytes are gone, and %s claims speak no more; copies, backups and exports made before are not reached\n", count(w.Claims))
	return nil
}

// withheldRecord is a withholding for programs.
type withheldRecord struct {
	Document contrechamp.Digest `json:"document"`
	Ground   contrechamp.Ground `json:"ground"`
	Reason   string             `json:"reason"`
	Dated    contrechamp.Date   `json:"dated"` // of the order or the request
	At       time.Time          `json:"at"`
	By       string             `json:"by"`
	Claims   int                `json:"claims"` // that rested on it
	Erased   bool               `json:"erased"`
}

func recordWithheld(w contrechamp.Withholding) withheldRecord {
	return withheldRecord{w.Capture, w.Ground, w.Reason, w.Dated, w.At, w.By, w.Claims, w.Erased}
}

func (p *program) listWithheld(ctx context.Context, format string) error {
	h, err := p.open(ctx, "withhold", reading)
	if err != nil {
		return err
	}
	all, err := h.store.Withholdings(ctx, contrechamp.WithholdingFilter{})
	if err != nil {
		return err
	}
	if format == "json" {
		records := make([]withheldRecord, len(all))
		for i, w := range all {
			records[i] = recordWithheld(w)
		}
		return printJSON(p.out, records)
	}
	if len(all) == 0 {
		fmt.Fprintln(p.out, "nothing is withheld")
		return nil
	}
	t := newTable(p.out)
	t.row("document", "since", "by", "dated", "claims", "erased", "reason")
	for _, w := range all {
		erased := "yes"
		if !w.Erased {
			erased = "not yet"
		}
		t.row(w.Capture.Short(), w.At.Format(time.DateOnly), string(w.Ground), w.Dated.String(), count(w.Claims), erased, oneLine(w.Reason, 80))
	}
	return t.flush()
}

// finishErasing erases what an earlier program withheld and left. That it cannot just now keeps nobody from working.
func (h *house) finishErasing(ctx context.Context) {
	n, err := h.store.EraseWithheld(ctx, h.blobs)
	switch {
	case err != nil && ctx.Err() == nil:
		slog.WarnContext(ctx, "what is withheld is shown nowhere, but not all of it is erased yet", "error", err, "hint", contrechamp.Hint(err))
	case n > 0:
		slog.InfoContext(ctx, "erased what an earlier run had withheld", "documents", n)
	}
}
