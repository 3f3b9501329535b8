package main

import (
	"fmt"
	"io"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture"
)

// addressSummary is what came of one address, for programs.
type addressSummary struct {
	Address   string                `json:"address"`
	Document  *contrechamp.Digest   `json:"document,omitempty"` // none where nothing was captured
	Status    int                   `json:"status"`
	Final     string                `json:"final"`
	Records   contrechamp.Digest    `json:"records"` // of the WARC records of the visit
	Truncated contrechamp.Truncated `json:"truncated,omitempty"`
	SameSince *time.Time            `json:"same_since,omitempty"` // when these bytes were first captured there
	Changed   *time.Time            `json:"changed_since,omitempty"`
	Absence   *absenceRecord        `json:"absence,omitempty"`
	Unshown   string                `json:"not_rendered,omitempty"`
}

func (r *addRun) addresses() []addressSummary {
	var out []addressSummary
	for _, o := range r.web {
		s := addressSummary{Address: o.Path, Status: o.Exchange.Status, Final: o.Exchange.Final, Records: o.Exchange.Records, Truncated: o.Exchange.Truncated}
		if o.Absence != nil {
			a := recordAbsences([]contrechamp.Absence{*o.Absence})[0]
			s.Absence, s.Status, s.Final, s.Records = &a, a.Status, a.Final, a.Records
		} else {
			s.Document = &o.Digest
		}
		if o.Unshown != nil {
			s.Unshown = reasonOf(o.Unshown)
		}
		if !o.Same.IsZero() {
			s.SameSince = &o.Same
		}
		if !o.Changed.IsZero() {
			s.Changed = &o.Changed
		}
		out = append(out, s)
	}
	return out
}

// printAddresses says of each address how it stands to what was captured there before.
func (r *addRun) printAddresses(w io.Writer) error {
	if len(r.web) == 0 {
		return nil
	}
	fmt.Fprintln(w, "addresses")
	t := newTable(w)
	for _, o := range r.web {
		t.row("  "+oneLine(o.Path, 100), addressNews(o))
	}
	if err := t.flush(); err != nil {
		return err
	}
	for _, o := range r.web {
		if !o.Changed.IsZero() && o.Absence == nil {
			fmt.Fprintf(w, "  hint: contrechamp diff %s\n", printable(o.Path))
		}
	}
	fmt.Fprintln(w)
	return nil
}

func addressNews(o capture.Outcome) string {
	if o.Absence != nil {
		return "not there any more; that is noted: " + absenceLine(*o.Absence)
	}
	news := "captured for the first time"
	switch {
	case !o.Same.IsZero():
		news = "the same as on " + o.Same.UTC().Format(instant)
	case !o.Changed.IsZero():
		news = "changed since " + o.Changed.UTC().Format(instant)
	}
	if o.Exchange.Truncated != "" {
		news += "; " + partOnly[o.Exchange.Truncated]
	}
	if o.Unshown != nil {
		news += "; not rendered: " + reasonOf(o.Unshown)
	}
	return news
}
