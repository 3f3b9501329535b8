package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/store"
)

// contributions keeps photographs that visitors sent through the pages.
type contributions struct {
	blobs contrechamp.Blobs
	store *store.Database
}

// Contribute keeps a picture: its bytes, then the record of them.
func (c contributions) Contribute(ctx context.Context, jpeg []byte, said contrechamp.Contribution) (contrechamp.Digest, error) {
	d, n, err := c.blobs.Put(ctx, bytes.NewReader(jpeg), int64(len(jpeg)))
	if err != nil {
		return d, fmt.Errorf("keep a contribution: %w", err)
	}
	said.Capture, said.ReceivedAt = d, time.Now().UTC().Truncate(time.Microsecond)
	return d, c.store.RecordContribution(ctx, n, said)
}

func (p *program) contributionsVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "contributions",
		Short: "photographs that visitors sent: list, look at, accept, refuse",
		Long: `Lists photographs that visitors sent through the pages ("serve --contributions") and
that nobody looked at yet. Faces were covered before anything was kept, as far as a
program and the sender saw them: look for others, and for number plates, before you
accept one. One that is refused goes for good.`,
		Example: `  contrechamp contributions
  contrechamp contributions save 4c9c34de4d picture.jpg
  contrechamp contributions accept 4c9c34de4d
  contrechamp contributions refuse 4c9c34de4d --note "a number plate can be read"`,
		Args: cobra.NoArgs,
	}
	all := false
	c.Flags().BoolVar(&all, "all", false, "those that were accepted, too")
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, _ []string) error { return p.listContributions(c.Context(), all, f.value) }
	c.AddCommand(p.saveContributionVerb(), p.acceptContributionVerb(), p.refuseContributionVerb())
	return c
}

// contributionRecord is a contribution for programs.
type contributionRecord struct {
	Document   contrechamp.Digest            `json:"document"`
	ReceivedAt time.Time                     `json:"received_at"`
	State      contrechamp.ContributionState `json:"state"`
	Lat        *float64                      `json:"lat"` // null when no place was confirmed
	Lon        *float64                      `json:"lon"`
	Direction  *float64                      `json:"direction"` // degrees clockwise from north
	Taken      contrechamp.Date              `json:"taken"`
	Note       string                        `json:"note"`
	Faces      int                           `json:"faces"` // areas that the detector covered
	Boxes      int                           `json:"boxes"` // areas that the sender covered
}

func recordContribution(c contrechamp.Contribution) contributionRecord {
	r := contributionRecord{Document: c.Capture, ReceivedAt: c.ReceivedAt, State: c.State, Direction: c.Direction, Taken: c.Taken, Note: c.Note, Faces: c.Faces, Boxes: c.Boxes}
	if c.HasPlace {
		r.Lat, r.Lon = &c.Lat, &c.Lon
	}
	return r
}

func (p *program) listContributions(ctx context.Context, all bool, format string) error {
	h, err := p.open(ctx, "contributions", reading)
	if err != nil {
		return err
	}
	found, err := h.store.Contributions(ctx, !all)
	if err != nil {
		return err
	}
	if format == "json" {
		records := make([]contributionRecord, len(found))
		for i, c := range found {
			records[i] = recordContribution(c)
		}
		return printJSON(p.out, records)
	}
	if len(found) == 0 {
		fmt.Fprintln(p.out, "no photograph waits")
		return nil
	}
	t := newTable(p.out)
	t.row("document", "received", "state", "place", "looks", "taken", "covered", "note")
	for _, c := range found {
		place, looks := "", ""
		if c.HasPlace {
			place = fmt.Sprintf("%.5f, %.5f", c.Lat, c.Lon)
		}
		if c.Direction != nil {
			looks = fmt.Sprintf("%.0f°", *c.Direction)
		}
		t.row(c.Capture.Short(), c.ReceivedAt.Format("2006-01-02 15:04"), string(c.State), place, looks, c.Taken.String(), fmt.Sprintf("%d + %d", c.Faces, c.Boxes), oneLine(c.Note, 60))
	}
	return t.flush()
}

// contribution answers the one that a person means.
func (h *house) contribution(ctx context.Context, name string) (contrechamp.Contribution, error) {
	doc, err := h.document(ctx, name)
	if err != nil {
		return contrechamp.Contribution{}, err
	}
	c, err := h.store.Contribution(ctx, doc.Digest)
	if isKind(err, contrechamp.ErrNotFound) {
		err = contrechamp.WithHint(fmt.Errorf("%s is no photograph that somebody sent: %w", doc.Digest.Short(), contrechamp.ErrNotFound), "contrechamp contributions")
	}
	return c, err
}

func (p *program) saveContributionVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "save DOCUMENT FILE",
		Short: "write the picture to a file, to look at it",
		Args:  cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			h, err := p.open(c.Context(), "contributions", reading)
			if err != nil {
				return err
			}
			sent, err := h.contribution(c.Context(), args[0])
			if err != nil {
				return err
			}
			b, err := h.blobs.Get(c.Context(), sent.Capture)
			if err != nil {
				return err
			}
			return writeNew(args[1], func(w io.Writer) error {
				_, err := w.Write(b)
				return err
			})
		},
	}
}

func (p *program) acceptContributionVerb() *cobra.Command {
	var by string
	c := &cobra.Command{Use: "accept DOCUMENT...", Short: "let photographs be shown: nobody can be recognised in them", Args: cobra.MinimumNArgs(1)}
	c.Flags().StringVar(&by, "by", "", "who decides (default: the name of this account)")
	c.RunE = func(c *cobra.Command, names []string) error {
		return p.decideContributions(c.Context(), names, by, func(ctx context.Context, h *house, sent contrechamp.Contribution, by string) error {
			if err := h.store.AcceptContribution(ctx, sent.Capture, by, time.Now().UTC()); err != nil {
				return err
			}
			fmt.Fprintf(p.out, "%s is accepted\n", sent.Capture.Short())
			return nil
		})
	}
	return c
}

func (p *program) refuseContributionVerb() *cobra.Command {
	var note, by string
	c := &cobra.Command{Use: "refuse DOCUMENT... --note TEXT", Short: "remove photographs for good, with the reason", Args: cobra.MinimumNArgs(1)}
	c.Flags().StringVar(&note, "note", "", "the reason; it is public, as that of whatever is withheld")
	c.Flags().StringVar(&by, "by", "", "who decides (default: the name of this account)")
	c.RunE = func(c *cobra.Command, names []string) error {
		if strings.TrimSpace(note) == "" {
			return usageError{contrechamp.WithHint(fmt.Errorf("refuse needs a reason: %w", contrechamp.ErrInvalid), `contrechamp contributions refuse `+strings.Join(names, " ")+` --note "..."`)}
		}
		return p.decideContributions(c.Context(), names, by, func(ctx context.Context, h *house, sent contrechamp.Contribution, by string) error {
			w := contrechamp.Withholding{Capture: sent.Capture, Ground: contrechamp.InReview, Reason: strings.TrimSpace(note), By: by, At: time.Now().UTC().Truncate(time.Microsecond)}
			return p.withhold(ctx, h, w)
		})
	}
	return c
}

// decideContributions does the same with each photograph that is named.
func (p *program) decideContributions(ctx context.Context, names []string, by string, decide func(context.Context, *house, contrechamp.Contribution, string) error) error {
	if by == "" {
		u, err := user.Current()
		if err != nil {
			return contrechamp.WithHint(fmt.Errorf("who decides: %w", err), "say it with --by NAME")
		}
		by = u.Username
	}
	h, err := p.open(ctx, "contributions", writing)
	if err != nil {
		return err
	}
	for _, name := range names {
		sent, err := h.contribution(ctx, name)
		if err != nil {
			return err
		}
		if err := decide(ctx, h, sent, by); err != nil {
			return err
		}
	}
	return nil
}
