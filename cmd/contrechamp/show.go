package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

func (p *program) showVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "show DOCUMENT",
		Short: "the text of a document with its claims marked",
		Long: `Shows what was read in a document. The words of each claim stand between ⟦ and ⟧
with the claim's number before them; the claims follow. Menus, appeals and other
furniture of the page are shown behind "|".`,
		Example: "  contrechamp show article.html",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			h, err := p.open(ctx, "show", reading)
			if err != nil {
				return err
			}
			doc, err := h.document(ctx, args[0])
			if err != nil {
				return err
			}
			switch doc.State {
			case contrechamp.Waiting:
				return contrechamp.WithHint(fmt.Errorf("%s was captured and waits to be read: %w", doc.Name, contrechamp.ErrUnavailable),
					"contrechamp work --until-empty")
			case contrechamp.StateWithheld:
				return fmt.Errorf("%s is %s: %w", doc.Digest.Short(), doc.Reason, contrechamp.ErrWithheld)
			case contrechamp.NotRead:
				return fmt.Errorf("%s could not be read: %s", doc.Name, doc.Reason)
			}
			text, err := h.store.Text(ctx, doc.Digest)
			if err != nil {
				return fmt.Errorf("text of %s: %w", doc.Name, err)
			}
			claims, err := h.store.Claims(ctx, contrechamp.ClaimFilter{Document: doc.Digest})
			if err != nil {
				return fmt.Errorf("claims of %s: %w", doc.Name, err)
			}
			printText(p.out, doc, text, claims)
			return nil
		},
	}
}

func printText(w io.Writer, doc contrechamp.Document, text contrechamp.Text, claims []contrechamp.Sourced) {
	fmt.Fprintf(w, "%s\n", printable(doc.Label()))
	for _, line := range [][2]string{
		{"file", doc.Name}, {"publisher", text.Publisher}, {"author", text.Author},
		{"date", dated(text.Published)}, {"language", text.Language},
		{"captured", doc.CapturedAt.Format("2006-01-02 15:04:05 UTC")}, {"sha-256", doc.Digest.String()},
		{"read by", fmt.Sprintf("%s, quality %.2f", text.Reader, text.Quality)},
	} {
		if line[1] != "" {
			fmt.Fprintf(w, "  %-9s  %s\n", line[0], oneLine(line[1], 120))
		}
	}
	for _, l := range text.Layers {
		fmt.Fprintf(w, "  layer      %s by %s, confidence %.2f\n", l.Name, l.Reader, l.Confidence)
	}
	for _, n := range text.Notes {
		fmt.Fprintf(w, "  note       %s\n", oneLine(n, 300))
	}
	marks := number1(claims)
	layer := 0
	for _, para := range text.Paragraphs {
		if para.Layer != layer && para.Layer > 0 && para.Layer <= len(text.Layers) {
			l := text.Layers[para.Layer-1]
			fmt.Fprintf(w, "\n--- read from pictures by %s, confidence %.2f ---\n", l.Reader, l.Confidence)
		}
		layer = para.Layer
		words := marked(text.Body, para.Span, claims, marks)
		switch para.Role {
		case contrechamp.RoleFurniture, contrechamp.RoleRepeat, contrechamp.RoleMeta:
			words = "| " + strings.ReplaceAll(words, "\n", "\n| ")
		case contrechamp.RoleHeading, contrechamp.RoleTitle:
			words = "# " + words
		case contrechamp.RoleItem:
			words = "- " + words
		}
		fmt.Fprintf(w, "\n%s\n", words)
	}
	if len(claims) == 0 {
		fmt.Fprintf(w, "\nno claim was found in this document\n")
		return
	}
	fmt.Fprintf(w, "\nCLAIMS\n")
	for i, c := range claims {
		fmt.Fprintf(w, "  %d. %s: %s: %s  [%s]  %s; %s\n", i+1, printable(c.Main().Name()), strings.ReplaceAll(string(c.Predicate), "_", " "),
			valueText(c.Claim), said(c.Claim), who(c.Claim), c.ID)
	}
}

func dated(p contrechamp.Published) string {
	if p.Date.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s (found in: %s)", p.Date, p.From)
}

// number1 maps where quotes begin and end to the numbers of their claims, from 1.
func number1(claims []contrechamp.Sourced) map[int][]int {
	begin := map[int][]int{}
	for i, c := range claims {
		begin[c.Quote.Start] = append(begin[c.Quote.Start], i)
	}
	return begin
}

// marked writes a paragraph with the quotes of its claims between brackets; quotes may nest and overlap.
func marked(body string, s contrechamp.Span, claims []contrechamp.Sourced, begin map[int][]int) string {
	ends := map[int]int{}
	var cuts []int
	for _, is := range begin {
		for _, i := range is {
			q := claims[i].Quote
			if s.Contains(contrechamp.Span{Start: q.Start, End: q.End}) {
				ends[q.End]++
				cuts = append(cuts, q.Start, q.End)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var b strings.Builder
	at := s.Start
	for _, cut := range cuts {
		b.WriteString(printable(body[at:cut]))
		at = cut
		b.WriteString(strings.Repeat("⟧", ends[cut]))
		for _, i := range begin[cut] {
			fmt.Fprintf(&b, "%d⟦", i+1)
		}
	}
	b.WriteString(printable(body[at:s.End]))
	return b.String()
}
