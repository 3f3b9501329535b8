package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"contrechamp.org/contrechamp"
)

func (p *program) rereadVerb() *cobra.Command {
	var all, unread bool
	c := &cobra.Command{
		Use:   "reread [DOCUMENT...]",
		Short: "read documents again: with a newer reader, with newer rules, with --ocr",
		Long: `Reads documents again from the bytes that were captured, and proposes claims anew.
The text that was read before is kept in the register; the new one is shown. Claims
that somebody decided on stay; others that are not proposed any more go. A document
that cannot be read this time keeps what it had. What an earlier --ocr read stays,
unless --ocr reads it again.`,
		Example: `  contrechamp reread arrete.pdf
  contrechamp reread --unread --ocr
  contrechamp reread --all`,
	}
	p.silenceFlag(c)
	pictures := ocrFlag(c)
	c.Flags().BoolVar(&all, "all", false, "every document")
	c.Flags().BoolVar(&unread, "unread", false, "those that could not be read")
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, names []string) error {
		ctx := c.Context()
		chosen := 0
		for _, way := range []bool{all, unread, len(names) > 0} {
			if way {
				chosen++
			}
		}
		if chosen != 1 {
			return usageError{fmt.Errorf("name documents, or say --unread or --all: %w", contrechamp.ErrInvalid)}
		}
		h, err := p.open(ctx, "reread", writing)
		if err != nil {
			return err
		}
		documents, err := h.toReread(ctx, names, unread)
		if err != nil {
			return err
		}
		atOnce, err := p.atOnce()
		if err != nil {
			return err
		}
		collectLess()
		way, err := newRoad(h)
		if err != nil {
			return err
		}
		defer way.close()
		if err := way.readPictures(ctx, *pictures); err != nil {
			return err
		}
		changes, err := p.reread(ctx, way, documents, atOnce)
		if err != nil {
			return err
		}
		if f.value == "json" {
			return printJSON(p.out, changes)
		}
		return p.printChanges(changes)
	}
	return c
}

// toReread answers the documents of those names; with none, every one that was not read, or every one.
func (h *house) toReread(ctx context.Context, names []string, unread bool) ([]contrechamp.Document, error) {
	if len(names) == 0 {
		var filter contrechamp.DocumentFilter
		if unread {
			filter.State = contrechamp.NotRead
		}
		return h.store.Documents(ctx, filter)
	}
	var out []contrechamp.Document
	for _, name := range names {
		d, err := h.document(ctx, name)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// rereading is what reading a document again changed.
type rereading struct {
	Digest contrechamp.Digest `json:"digest"`
	Name   string             `json:"name"`
	Before string             `json:"before"` // reader, or why it could not be read
	After  string             `json:"after"`
	Text   string             `json:"text"` // "same", "changed", "new", "kept"
	New    int                `json:"claims_new"`
	Gone   int                `json:"claims_gone"`
	Kept   int                `json:"claims_kept"`
}

func (c rereading) changed() bool {
	return c.Text != "kept" && (c.Text != "same" || c.New > 0 || c.Gone > 0 || c.Before != c.After)
}

// reread reads documents again, atOnce at a time.
func (p *program) reread(ctx context.Context, way *road, documents []contrechamp.Document, atOnce int) ([]rereading, error) {
	changes := make([]rereading, len(documents))
	bar := newProgress(p.errs, "reading again", "docs", len(documents))
	defer bar.finish()
	var mu sync.Mutex
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, d := range documents {
		if inner.Err() != nil {
			break
		}
		group.Go(func() error {
			c, err := way.again(inner, d)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			changes[i] = c
			bar.step()
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return changes, way.house.join(ctx)
}

// again reads one document again and saves what came of it. One that cannot be read keeps what it had.
func (r *road) again(ctx context.Context, d contrechamp.Document) (rereading, error) {
	c := rereading{Digest: d.Digest, Name: d.Name, Before: d.Reader, Text: "new"}
	var before contrechamp.Text
	var err error
	if d.Reader == "" {
		c.Before = d.Reason
	} else if before, err = r.house.store.Text(ctx, d.Digest); err != nil {
		return c, fmt.Errorf("text of %s: %w", d.Name, err)
	}
	claims, err := r.house.store.Claims(ctx, contrechamp.ClaimFilter{Document: d.Digest})
	if err != nil {
		return c, fmt.Errorf("claims of %s: %w", d.Name, err)
	}
	reading, err := r.readAfter(ctx, d.Digest, before)
	if err != nil {
		return c, err
	}
	if reading.Reason != "" {
		c.After, c.Kept = reading.Reason, len(claims)
		if d.Reader != "" {
			c.Text = "kept"
			return c, nil
		}
		c.Text = "same"
	} else {
		c.After = reading.Text.Reader
		if d.Reader != "" {
			c.Text = "same"
			if before.Body != reading.Text.Body {
				c.Text = "changed"
			}
		}
	}
	if err := r.house.store.SaveReading(ctx, reading); err != nil {
		return c, fmt.Errorf("save the reading of %s: %w", d.Name, err)
	}
	now, err := r.house.store.Claims(ctx, contrechamp.ClaimFilter{Document: d.Digest})
	if err != nil {
		return c, fmt.Errorf("claims of %s: %w", d.Name, err)
	}
	known := map[string]bool{}
	for _, x := range claims {
		known[x.ID] = true
	}
	for _, x := range now {
		if known[x.ID] {
			c.Kept++
		} else {
			c.New++
		}
	}
	c.Gone = len(claims) - c.Kept
	return c, nil
}

// withLayersOf puts the layers of an earlier text behind a new one that has none.
func withLayersOf(before, text contrechamp.Text) contrechamp.Text {
	if len(text.Layers) > 0 || len(before.Layers) == 0 {
		return text
	}
	var b strings.Builder
	b.WriteString(text.Body)
	text.Paragraphs = slices.Clone(text.Paragraphs)
	for _, p := range before.Paragraphs {
		if p.Layer == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		words := p.Of(before.Body)
		p.Start = b.Len()
		b.WriteString(words)
		p.End = b.Len()
		text.Paragraphs = append(text.Paragraphs, p)
	}
	text.Body, text.Layers = b.String(), before.Layers
	return text
}

// printChanges lists what changed, and counts.
func (p *program) printChanges(changes []rereading) error {
	t := newTable(p.out)
	t.row("document", "name", "text", "read by", "claims new", "gone", "kept")
	changed := 0
	for _, c := range changes {
		if !c.changed() {
			continue
		}
		changed++
		by := c.After
		if c.Before != c.After {
			by = fmt.Sprintf("%s (before: %s)", c.After, c.Before)
		}
		t.row(c.Digest.Short(), oneLine(c.Name, 40), c.Text, oneLine(by, 100), count(c.New), count(c.Gone), count(c.Kept))
	}
	if changed > 0 {
		if err := t.flush(); err != nil {
			return err
		}
	}
	fmt.Fprintf(p.out, "%s documents read again, %s changed\n", count(len(changes)), count(changed))
	return nil
}
