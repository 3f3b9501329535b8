package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

// documentRecord is a document for programs.
type documentRecord struct {
	Digest     contrechamp.Digest    `json:"digest"`
	Name       string                `json:"name"`
	Path       string                `json:"path"`
	Sightings  int                   `json:"sightings"`
	Length     int64                 `json:"length"`
	MediaType  string                `json:"media_type"`
	CapturedAt time.Time             `json:"captured_at"`
	State      contrechamp.ReadState `json:"state"`
	Reason     string                `json:"reason,omitempty"`
	Title      string                `json:"title"`
	Author     string                `json:"author,omitempty"`
	Publisher  string                `json:"publisher,omitempty"`
	Published  contrechamp.Date      `json:"published"`
	Language   string                `json:"language"`
	Reader     string                `json:"reader"`
	Quality    float64               `json:"quality"`
	OCR        float64               `json:"ocr,omitempty"` // confidence of its OCR layer
	Claims     int                   `json:"claims"`
	Original   string                `json:"original,omitempty"` // the document that said the same first
	Copies     int                   `json:"copies,omitempty"`   // other documents that say the same
	Absences   []absenceRecord       `json:"absences,omitempty"` // when its address gave no document any more
}

func recordDocument(d contrechamp.Document, absences []contrechamp.Absence) documentRecord {
	original := ""
	if d.IsCopy() {
		original = d.Original.String()
	}
	return documentRecord{d.Digest, d.Name, d.Path, d.Sightings, d.Length, d.MediaType, d.CapturedAt, d.State, d.Reason,
		d.Title, d.Author, d.Publisher, d.Published, d.Language, d.Reader, d.Quality, d.OCR, d.Claims, original, d.Copies, recordAbsences(absences)}
}

// sinceWhen answers when the latest unbroken run of absences began.
func sinceWhen(absences []contrechamp.Absence) time.Time {
	since := time.Time{}
	for _, a := range slices.Backward(absences) {
		if !a.Returned.IsZero() {
			break
		}
		since = a.At
	}
	return since
}

func (p *program) documentsVerb() *cobra.Command {
	var unread bool
	c := &cobra.Command{
		Use:   "documents",
		Short: "what was captured; what could not be read and why",
		Args:  cobra.NoArgs,
	}
	c.Flags().BoolVar(&unread, "unread", false, "only those that could not be read, with the reason")
	f := formatFlag(c, "table", "json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		h, err := p.open(c.Context(), "documents", reading)
		if err != nil {
			return err
		}
		var filter contrechamp.DocumentFilter
		if unread {
			filter.State = contrechamp.NotRead
		}
		docs, err := h.store.Documents(c.Context(), filter)
		if err != nil {
			return err
		}
		digests := make([]contrechamp.Digest, len(docs))
		for i, d := range docs {
			digests[i] = d.Digest
		}
		absences, err := h.store.AbsencesOf(c.Context(), digests)
		if err != nil {
			return err
		}
		if f.value == "json" {
			records := make([]documentRecord, len(docs))
			for i, d := range docs {
				records[i] = recordDocument(d, absences[d.Digest])
			}
			return printJSON(p.out, records)
		}
		if len(docs) == 0 {
			what, next := "no document yet", "hint: contrechamp add FOLDER"
			if unread {
				what, next = "every captured document was read", "hint: contrechamp documents"
			}
			fmt.Fprintln(p.out, what)
			fmt.Fprintln(p.errs, next)
			return nil
		}
		t := newTable(p.out)
		if unread {
			t.row("document", "name", "why it could not be read")
		} else {
			t.row("document", "date", "claims", "lang", "reader", "quality", "name", "title")
		}
		for _, d := range docs {
			if unread {
				t.row(d.Digest.Short(), oneLine(d.Name, 40), printable(d.Reason))
				continue
			}
			title := d.Title
			switch {
			case d.IsCopy():
				title = fmt.Sprintf("(says the same as %s) %s", d.Original.Short(), d.Title)
			case d.Copies > 0:
				title = fmt.Sprintf("(reprinted %s times) %s", count(d.Copies), d.Title)
			}
			if d.State != contrechamp.Read {
				title = fmt.Sprintf("(%s) %s", d.State, d.Reason)
			}
			if d.State == contrechamp.StateWithheld {
				title = d.Reason
			} else if gone := absences[d.Digest]; len(gone) > 0 && gone[len(gone)-1].Returned.IsZero() {
				last := gone[len(gone)-1]
				title = fmt.Sprintf("(%s since %s) %s", last.Kind, sinceWhen(gone).UTC().Format(time.DateOnly), title)
			}
			t.row(d.Digest.Short(), d.Published.String(), count(d.Claims), d.Language, d.Reader, howWell(d), oneLine(d.Name, 40), oneLine(title, 70))
		}
		return t.flush()
	}
	return c
}

// howWell says how well a document was read: "0.98", "0.50, ocr 0.87", nothing where it was not.
func howWell(d contrechamp.Document) string {
	switch {
	case d.Reader == "":
		return ""
	case d.OCR > 0:
		return fmt.Sprintf("%.2f, ocr %.2f", d.Quality, d.OCR)
	}
	return fmt.Sprintf("%.2f", d.Quality)
}
