package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/capture/fetch"
	"contrechamp.org/contrechamp/internal/read/change"
)

func (p *program) diffVerb() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "diff ADDRESS|DOCUMENT [DOCUMENT]",
		Short: "what changed between two captures of a page, or between two documents",
		Long: `Compares the text of two captures, paragraph by paragraph and word by word, and
their bytes. Of an address: the latest capture with the latest one before it that
had other bytes. Of one document: with the capture before it at its address.

Removed words stand in [-...-], added ones in {+...+}. What changed in menus,
notices and repetitions is counted, and shown with --all.`,
		Example: `  contrechamp diff https://www.example.org/press/cameras
  contrechamp diff 3e24b3c980e9 af9b4ef6637b --format json`,
		Args: cobra.RangeArgs(1, 2),
	}
	c.Flags().BoolVar(&all, "all", false, "show what changed in menus and notices too")
	f := formatFlag(c, "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		h, err := p.open(c.Context(), "diff", reading)
		if err != nil {
			return err
		}
		d, err := h.compare(c.Context(), args)
		if err != nil {
			return err
		}
		if f.value == "json" {
			return printJSON(p.out, d.record())
		}
		d.print(p.out, all)
		return nil
	}
	return c
}

// comparedSide is one of the captures that are compared.
type comparedSide struct {
	doc  contrechamp.Document
	at   time.Time // of the capture
	text contrechamp.Text
	note string // why there is no text
}

// comparison is what changed from one capture to another.
type comparison struct {
	address  string // "" where two documents were named
	old, new comparedSide
	bytes    change.Bytes
	changes  change.Changes
	texts    bool      // both have a text
	visits   int       // of the address
	since    time.Time // since when an address is the same; zero where it changed
	absences []contrechamp.Absence
}

// compare finds the two captures that a person means and compares them.
func (h *house) compare(ctx context.Context, names []string) (*comparison, error) {
	d := &comparison{}
	if len(names) == 2 {
		for i, into := range []*comparedSide{&d.old, &d.new} {
			doc, err := h.document(ctx, names[i])
			if err != nil {
				return nil, err
			}
			into.doc, into.at = doc, doc.CapturedAt
		}
		return d, h.fill(ctx, d)
	}
	sightings, err := h.visitsOf(ctx, names[0])
	if err != nil {
		return nil, err
	}
	newest := sightings[len(sightings)-1]
	d.address, d.visits = newest.Path, len(sightings)
	oldest := newest
	for _, s := range slices.Backward(sightings) {
		if s.Capture != newest.Capture {
			oldest = s
			break
		}
		d.since = s.CapturedAt
	}
	if oldest.Capture != newest.Capture {
		d.since = time.Time{}
	}
	for s, into := range map[*contrechamp.Sighting]*comparedSide{&oldest: &d.old, &newest: &d.new} {
		if into.doc, err = h.store.Document(ctx, s.Capture); err != nil {
			return nil, err
		}
		into.at = s.CapturedAt
	}
	absences, err := h.store.AbsencesOf(ctx, []contrechamp.Digest{newest.Capture})
	if err != nil {
		return nil, err
	}
	for _, a := range absences[newest.Capture] {
		if a.Address == d.address {
			d.absences = append(d.absences, a)
		}
	}
	return d, h.fill(ctx, d)
}

// visitsOf answers the sightings at an address, or at the address of a document up to its latest one there.
func (h *house) visitsOf(ctx context.Context, name string) ([]contrechamp.Sighting, error) {
	if fetch.IsAddress(name) {
		return h.sightingsAt(ctx, name)
	}
	doc, err := h.document(ctx, name)
	if err != nil {
		return nil, err
	}
	mine, err := h.store.Sightings(ctx, doc.Digest)
	if err != nil {
		return nil, err
	}
	for _, s := range slices.Backward(mine) {
		if s.Exchange.IsZero() {
			continue
		}
		visits, err := h.store.SightingsAt(ctx, s.Path)
		if err != nil {
			return nil, err
		}
		return slices.DeleteFunc(visits, func(v contrechamp.Sighting) bool { return v.CapturedAt.After(s.CapturedAt) }), nil
	}
	return nil, contrechamp.WithHint(fmt.Errorf("%s was no page of the web: name the document that it is to be compared with: %w", doc.Name, contrechamp.ErrInvalid),
		"contrechamp diff "+doc.Digest.Short()+" DOCUMENT")
}

// fill compares bytes and texts.
func (h *house) fill(ctx context.Context, d *comparison) error {
	var bytes [2][]byte
	d.texts = true
	for i, s := range []*comparedSide{&d.old, &d.new} {
		var err error
		if bytes[i], err = h.blobs.Get(ctx, s.doc.Digest); err != nil {
			return fmt.Errorf("bytes of %s: %w", s.doc.Digest.Short(), err)
		}
		s.text, err = h.store.Text(ctx, s.doc.Digest)
		switch {
		case isKind(err, contrechamp.ErrNotFound):
			d.texts = false
			if s.note = s.doc.Reason; s.note == "" {
				s.note = "it waits to be read"
			}
		case err != nil:
			return fmt.Errorf("text of %s: %w", s.doc.Digest.Short(), err)
		}
	}
	d.bytes = change.OfBytes(bytes[0], bytes[1])
	if d.texts {
		d.changes = change.Texts(d.old.text, d.new.text)
	}
	return nil
}

// tally counts changes by kind; those of menus and notices apart.
func (d *comparison) tally() (n map[change.Kind]int, aside int) {
	n = map[change.Kind]int{}
	for _, p := range d.changes.Paragraphs {
		if p.Aside() {
			aside++
		} else {
			n[p.Kind]++
		}
	}
	return n, aside
}

const instant = "2006-01-02 15:04:05 UTC"

func (d *comparison) print(w io.Writer, all bool) {
	if d.address != "" {
		fmt.Fprintf(w, "%s\n", printable(d.address))
	}
	side := func(sign string, s comparedSide) {
		fmt.Fprintf(w, "  %s %s  %s  %s bytes  %s\n", sign, s.at.UTC().Format(instant), s.doc.Digest.Short(), count(int(s.doc.Length)), oneLine(s.doc.Label(), 80))
	}
	if d.bytes.Same() {
		side("=", d.new)
		switch {
		case d.address == "":
			fmt.Fprintf(w, "the same bytes\n")
		case d.visits == 1:
			fmt.Fprintf(w, "captured once: there is nothing to compare it with yet\n")
		default:
			fmt.Fprintf(w, "the same bytes since %s, in %s visits\n", d.since.UTC().Format(instant), count(d.visits))
		}
		printAbsences(w, d.absences, "")
		return
	}
	side("-", d.old)
	side("+", d.new)
	printAbsences(w, d.absences, "")
	fmt.Fprintln(w)
	if !d.texts {
		for _, s := range []comparedSide{d.old, d.new} {
			if s.note != "" {
				fmt.Fprintf(w, "no text of %s: %s\n", s.doc.Digest.Short(), printable(s.note))
			}
		}
	}
	for _, p := range d.changes.Paragraphs {
		if p.Aside() && !all {
			continue
		}
		before := ""
		if p.Aside() {
			before = "| "
		}
		fmt.Fprintf(w, "%s%s\n", before, changedParagraph(p))
	}
	if d.texts {
		n, aside := d.tally()
		fmt.Fprintf(w, "\ntext: %s rewritten, %s added, %s removed, %s the same", count(n[change.Rewritten]), count(n[change.Added]), count(n[change.Removed]), count(d.changes.Same))
		if aside > 0 {
			fmt.Fprintf(w, "; %s changed in menus and notices", count(aside))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "bytes: %s of %s replaced by %s, from byte %s on\n", count(d.bytes.OldEnd-d.bytes.Start), count(d.bytes.OldLength), count(d.bytes.NewEnd-d.bytes.Start), count(d.bytes.Start))
}

// changedParagraph writes one as wdiff does.
func changedParagraph(p change.Paragraph) string {
	switch p.Kind {
	case change.Added:
		return "+ " + printable(p.New)
	case change.Removed:
		return "- " + printable(p.Old)
	}
	parts := make([]string, len(p.Words))
	for i, w := range p.Words {
		switch text := printable(w.Text); w.Kind {
		case change.Added:
			parts[i] = "{+" + text + "+}"
		case change.Removed:
			parts[i] = "[-" + text + "-]"
		default:
			parts[i] = text
		}
	}
	return "~ " + strings.Join(parts, " ")
}

// printAbsences says when an address gave no document.
func printAbsences(w io.Writer, absences []contrechamp.Absence, indent string) {
	for _, a := range absences {
		fmt.Fprintf(w, "%s%s\n", indent, absenceLine(a))
	}
}

// absenceLine is an absence as one sentence, without its address.
func absenceLine(a contrechamp.Absence) string {
	on := a.At.UTC().Format(instant)
	s := ""
	switch a.Kind {
	case contrechamp.Gone:
		s = fmt.Sprintf("the page answered %d on %s", a.Status, on)
	case contrechamp.Barred:
		s = fmt.Sprintf("the page was kept back for legal reasons (451) on %s", on)
	case contrechamp.NoHost:
		s = fmt.Sprintf("the name system knew no such host on %s", on)
	case contrechamp.Redirected:
		s = fmt.Sprintf("the address led to %s instead on %s", printable(a.Final), on)
	}
	if !a.Returned.IsZero() {
		s += ", and was there again on " + a.Returned.UTC().Format(instant)
	}
	return s + " (records " + a.Records.Short() + ")"
}

// diffRecord is a comparison for programs.
type diffRecord struct {
	Address    string             `json:"address,omitempty"`
	Old        diffSide           `json:"old"`
	New        diffSide           `json:"new"`
	Visits     int                `json:"visits,omitempty"`
	SameSince  *time.Time         `json:"same_since,omitempty"`
	Bytes      change.Bytes       `json:"bytes"`
	Texts      bool               `json:"texts"` // both have one
	Same       int                `json:"paragraphs_same"`
	Paragraphs []change.Paragraph `json:"paragraphs"`
	Absences   []absenceRecord    `json:"absences"`
}

type diffSide struct {
	Document   contrechamp.Digest `json:"document"`
	CapturedAt time.Time          `json:"captured_at"`
	Title      string             `json:"title"`
	Note       string             `json:"note,omitempty"`
}

// absenceRecord is an absence for programs.
type absenceRecord struct {
	Address  string             `json:"address"`
	At       time.Time          `json:"at"`
	Kind     string             `json:"kind"`
	Status   int                `json:"status,omitempty"`
	Final    string             `json:"final,omitempty"`
	Records  contrechamp.Digest `json:"records"`
	Returned *time.Time         `json:"returned,omitempty"`
}

func recordAbsences(absences []contrechamp.Absence) []absenceRecord {
	out := make([]absenceRecord, 0, len(absences))
	for _, a := range absences {
		r := absenceRecord{a.Address, a.At, string(a.Kind), a.Status, a.Final, a.Records, nil}
		if !a.Returned.IsZero() {
			r.Returned = &a.Returned
		}
		out = append(out, r)
	}
	return out
}

func (d *comparison) record() diffRecord {
	r := diffRecord{Address: d.address, Visits: d.visits, Bytes: d.bytes, Texts: d.texts, Same: d.changes.Same, Paragraphs: d.changes.Paragraphs, Absences: recordAbsences(d.absences)}
	if r.Paragraphs == nil {
		r.Paragraphs = []change.Paragraph{}
	}
	if !d.since.IsZero() {
		r.SameSince = &d.since
	}
	for s, into := range map[*comparedSide]*diffSide{&d.old: &r.Old, &d.new: &r.New} {
		*into = diffSide{s.doc.Digest, s.at, s.doc.Title, s.note}
	}
	return r
}
