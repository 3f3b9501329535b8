package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp/internal/register"
)

func (p *program) searchVerb() *cobra.Command {
	var limit, offset int
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "find passages",
		Long: `Finds passages: words in any form, "phrases", beginnings*, and -words that must not be there.
Filters: about:, vendor:, place: (documents with a claim that names it), date:2021,
date:2019..2021.`,
		Example: `  contrechamp search reconnaissance faciale
  contrechamp search '"caméras augmentées" -drone place:Nice date:2020..'`,
		Args: cobra.MinimumNArgs(1),
	}
	// a word after "-" is an exclusion, not a flag, once the query has begun
	c.Flags().SetInterspersed(false)
	c.Flags().IntVar(&limit, "limit", 20, "at most that many passages")
	c.Flags().IntVar(&offset, "offset", 0, "pass over that many")
	f := formatFlag(c, "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		h, err := p.open(c.Context(), "search", reading)
		if err != nil {
			return err
		}
		res, err := h.register.Search(c.Context(), strings.Join(args, " "), offset, limit)
		if err != nil {
			return err
		}
		if f.value == "json" {
			return printJSON(p.out, recordResults(res))
		}
		p.printResults(res)
		return nil
	}
	return c
}

// resultsRecord is a page of a search for programs. Highlights are byte offsets into words.
type resultsRecord struct {
	Query    string         `json:"query"`
	Total    int            `json:"total"`
	Entities []string       `json:"entities"`
	Results  []resultRecord `json:"results"`
}

type resultRecord struct {
	Document   documentRecord `json:"document"`
	Paragraph  int            `json:"paragraph"`
	Start      int            `json:"start"`
	End        int            `json:"end"`
	Words      string         `json:"words"`
	Highlights [][2]int       `json:"highlights"`
}

func recordResults(res register.Results) resultsRecord {
	r := resultsRecord{Query: res.Search.Text, Total: res.Total, Entities: []string{}, Results: []resultRecord{}}
	for _, e := range res.Entities {
		r.Entities = append(r.Entities, e.ID)
	}
	for _, x := range res.Results {
		rec := resultRecord{recordDocument(x.Document, nil), x.Paragraph, x.Start, x.End, x.Words, [][2]int{}}
		for _, s := range x.Highlights {
			rec.Highlights = append(rec.Highlights, [2]int{s.Start, s.End})
		}
		r.Results = append(r.Results, rec)
	}
	return r
}

func (p *program) printResults(res register.Results) {
	for _, e := range res.Entities {
		fmt.Fprintf(p.out, "dossier: %s (%s), %s claims\n", printable(e.Name), e.Kind, count(e.Claims))
	}
	for _, u := range res.Unknown {
		fmt.Fprintf(p.out, "the register knows no %s of the name %q\n", u.Key, u.Name)
	}
	for _, x := range res.Results {
		date := x.Document.Published.String()
		if date != "" {
			date += "  "
		}
		fmt.Fprintf(p.out, "\n%s%s  (%s)\n  %s\n", date, oneLine(x.Document.Label(), 90), x.Document.Digest.Short(), excerpt(x))
	}
	switch {
	case res.Total == 0:
		fmt.Fprintln(p.out, "no passage found in what was read")
		fmt.Fprintln(p.errs, "hint: fewer words, or the beginning of one: caméra*")
	default:
		fmt.Fprintf(p.out, "\n%s passages\n", count(res.Total))
	}
}

// excerptBytes is about how much of a passage is shown.
const excerptBytes = 400

// excerpt shows the passage around its first highlight, the words found between * and *.
func excerpt(x register.Result) string {
	span := register.Excerpt(x, excerptBytes)
	var b strings.Builder
	at := span.Start
	if at > 0 {
		b.WriteString("… ")
	}
	for _, h := range x.Highlights {
		if span.Contains(h) && h.Start >= at {
			b.WriteString(x.Words[at:h.Start] + "*" + x.Words[h.Start:h.End] + "*")
			at = h.End
		}
	}
	b.WriteString(x.Words[at:span.End])
	if span.End < len(x.Words) {
		b.WriteString(" …")
	}
	return printable(strings.Join(strings.Fields(b.String()), " "))
}
