package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
)

func (p *program) dossierVerb() *cobra.Command {
	c := &cobra.Command{
		Use:     "dossier NAME",
		Short:   "all that is said about a place, a company, a product, a programme or a body",
		Long:    "Shows disagreements first, then the claims by predicate, each with its quote, who says it, and where.",
		Example: "  contrechamp dossier Belgrade",
		Args:    cobra.MinimumNArgs(1),
	}
	f := formatFlag(c, "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		name := strings.Join(args, " ")
		h, err := p.open(c.Context(), "dossier", reading)
		if err != nil {
			return err
		}
		d, err := h.register.Dossier(c.Context(), name)
		if err != nil {
			return err
		}
		if f.value == "json" {
			return printJSON(p.out, recordDossier(d))
		}
		return printDossier(p.out, d)
	}
	return c
}

// dossierRecord is a dossier for programs.
type dossierRecord struct {
	ID            string               `json:"id"`
	Kind          string               `json:"kind"`
	Name          string               `json:"name"`
	Names         []string             `json:"names"`
	Disagreements []disagreementRecord `json:"disagreements"`
	Claims        []contrechamp.Record `json:"claims"`
	Elsewhere     []contrechamp.Record `json:"elsewhere"`
	Documents     []documentRecord     `json:"documents"`
	Mapped        []mappedRecord       `json:"mapped,omitempty"`   // cameras of OpenStreetMap within the place
	Withheld      []withheldRecord     `json:"withheld,omitempty"` // documents that said something about it; claims counts those about it
}

// mappedRecord is how many cameras are mapped within a boundary.
type mappedRecord struct {
	Boundary    string           `json:"boundary"` // the OSM object
	Name        string           `json:"name"`
	Level       int              `json:"level"`
	Cameras     int              `json:"cameras"`
	AsOf        contrechamp.Date `json:"as_of"`
	Note        string           `json:"note"`
	Attribution string           `json:"attribution"`
}

func recordMapped(m contrechamp.MappedCount) mappedRecord {
	return mappedRecord{m.Place.ID, m.Place.Name, m.Place.Level, m.Cameras, contrechamp.DateOf(m.AsOf), contrechamp.MappedIsNotPresent, attribution}
}

func recordDossier(d contrechamp.Dossier) dossierRecord {
	r := dossierRecord{ID: d.Entity.ID, Kind: string(d.Entity.Kind), Name: d.Entity.Name, Names: d.Entity.Ref().Names,
		Disagreements: []disagreementRecord{}, Claims: []contrechamp.Record{}, Elsewhere: records(d.Elsewhere)}
	for _, x := range d.Disagreements {
		r.Disagreements = append(r.Disagreements, recordDisagreement(x))
	}
	for _, g := range d.Groups {
		r.Claims = append(r.Claims, records(g.Claims)...)
	}
	for _, doc := range d.Documents {
		r.Documents = append(r.Documents, recordDocument(doc, d.Absences[doc.Digest]))
	}
	for _, m := range d.Mapped {
		r.Mapped = append(r.Mapped, recordMapped(m))
	}
	for _, x := range d.Withheld {
		r.Withheld = append(r.Withheld, recordWithheld(x))
	}
	return r
}

func records(claims []contrechamp.Sourced) []contrechamp.Record {
	rs := make([]contrechamp.Record, len(claims))
	for i, c := range claims {
		rs[i] = contrechamp.RecordOf(c.Claim, c.Source.Name)
	}
	return rs
}

func printDossier(w io.Writer, d contrechamp.Dossier) error {
	fmt.Fprintf(w, "%s (%s)\n", printable(d.Entity.Name), d.Entity.Kind)
	if names := d.Entity.Ref().Names[1:]; len(names) > 0 {
		fmt.Fprintf(w, "also: %s\n", oneLine(strings.Join(names, ", "), 200))
	}
	n := 0
	for _, g := range d.Groups {
		n += len(g.Claims)
	}
	documents := count(len(d.Documents))
	if n := d.Sources(); n < len(d.Documents) {
		documents += fmt.Sprintf(" (sources without reprints: %s)", count(n))
	}
	fmt.Fprintf(w, "claims: %s, documents: %s\n", count(n), documents)
	for _, x := range d.Withheld {
		fmt.Fprintf(w, "%s claims about it rested on a document that is %s (%s)\n", count(x.Claims), printable(x.Sentence()), x.Capture.Short())
	}
	if len(d.Disagreements) > 0 {
		fmt.Fprintf(w, "\nDISAGREEMENTS\n")
		for _, x := range d.Disagreements {
			printDisagreement(w, x)
		}
	}
	printMapped(w, d)
	for _, g := range d.Groups {
		fmt.Fprintf(w, "\n%s\n", heading(g.Predicate))
		for _, c := range g.Claims {
			printClaim(w, c, "  ")
		}
	}
	if len(d.Elsewhere) > 0 {
		fmt.Fprintf(w, "\nNAMED BY CLAIMS ABOUT OTHERS\n")
		for _, c := range d.Elsewhere {
			fmt.Fprintf(w, "  about %s: %s\n", printable(c.Main().Name()), c.Predicate)
			printClaim(w, c, "    ")
		}
	}
	printGone(w, d)
	return nil
}

// printGone says which documents are not at their address any more.
func printGone(w io.Writer, d contrechamp.Dossier) {
	if len(d.Absences) == 0 {
		return
	}
	fmt.Fprintf(w, "\nNOT AT THEIR ADDRESS\n")
	for _, doc := range d.Documents {
		for i, a := range d.Absences[doc.Digest] {
			if i == 0 {
				fmt.Fprintf(w, "  %s (%s)\n", oneLine(doc.Label(), 80), doc.Digest.Short())
			}
			fmt.Fprintf(w, "    %s: %s\n", oneLine(a.Address, 200), absenceLine(a))
		}
	}
}

// printMapped sets claimed numbers of cameras beside the mapped one.
func printMapped(w io.Writer, d contrechamp.Dossier) {
	if len(d.Mapped) == 0 {
		return
	}
	fmt.Fprintf(w, "\nCLAIMED AND MAPPED\n")
	for _, g := range d.Gaps() {
		date := ""
		if when := g.Claim.When; !when.IsZero() {
			date = " for " + when.String()
		} else if !g.Claim.Source.Published.IsZero() {
			date = " in " + g.Claim.Source.Published.String()
		}
		speaker := who(g.Claim.Claim)
		if g.Claim.Speaker == nil {
			speaker = oneLine(g.Claim.Source.Source(), 60)
		}
		fmt.Fprintf(w, "  %s claimed by %s%s, %s mapped (%s)\n", valueText(g.Claim.Claim)+"s", speaker, date, count(g.Mapped.Cameras), g.Claim.ID)
	}
	for _, m := range d.Mapped {
		as := ""
		if !m.AsOf.IsZero() {
			as = ", as of " + contrechamp.DateOf(m.AsOf).String()
		}
		fmt.Fprintf(w, "  %s cameras mapped within %s (%s, level %d)%s\n", count(m.Cameras), printable(m.Place.Name), m.Place.ID, m.Place.Level, as)
	}
	fmt.Fprintf(w, "  %s; %s\n", contrechamp.MappedIsNotPresent, attribution)
}

func heading(p contrechamp.Predicate) string {
	return strings.ToUpper(strings.ReplaceAll(string(p), "_", " "))
}

// printClaim writes the value, the words, who says them and where.
func printClaim(w io.Writer, c contrechamp.Sourced, indent string) {
	fmt.Fprintf(w, "%s%s  [%s]\n", indent, valueText(c.Claim), said(c.Claim))
	fmt.Fprintf(w, "%s  \"%s\"\n", indent, oneLine(c.Quote.Exact, 400))
	date := ""
	if !c.Source.Published.IsZero() {
		date = ", " + c.Source.Published.String()
	}
	reprints := ""
	if c.Reprints > 0 {
		reprints = fmt.Sprintf(", and in %s that reprint it", count(c.Reprints))
	}
	fmt.Fprintf(w, "%s  %s; in %s%s%s (%s, %s)\n", indent, who(c.Claim), oneLine(c.Source.Label(), 80), date, reprints, c.Document.Short(), c.ID)
	if c.Note != "" {
		fmt.Fprintf(w, "%s  note: %s\n", indent, oneLine(c.Note, 300))
	}
}

func (p *program) disagreementsVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "disagreements [NAME]",
		Short: "where sources contradict each other",
		Args:  cobra.ArbitraryArgs,
	}
	var limit int
	c.Flags().IntVar(&limit, "limit", 100, "at most that many")
	f := formatFlag(c, "text", "json")
	c.RunE = func(c *cobra.Command, args []string) error {
		h, err := p.open(c.Context(), "disagreements", reading)
		if err != nil {
			return err
		}
		found, err := h.register.Disagreements(c.Context(), strings.Join(args, " "), limit)
		if err != nil {
			return err
		}
		if f.value == "json" {
			rs := []disagreementRecord{}
			for _, d := range found {
				rs = append(rs, recordDisagreement(d))
			}
			return printJSON(p.out, rs)
		}
		for _, d := range found {
			printDisagreement(p.out, d)
		}
		if len(found) == 0 {
			fmt.Fprintln(p.out, "no disagreement found in what was read")
		}
		return nil
	}
	return c
}

// disagreementRecord is a disagreement for programs.
type disagreementRecord struct {
	ID        string       `json:"id"`
	Subject   string       `json:"subject"`
	Name      string       `json:"name"`
	Predicate string       `json:"predicate"`
	Kind      string       `json:"kind"`
	Sides     []sideRecord `json:"sides"`
}

type sideRecord struct {
	Modality string                  `json:"modality"`
	Value    contrechamp.RecordValue `json:"value"`
	Voices   int                     `json:"voices"`
	Claims   []contrechamp.Record    `json:"claims"`
}

func recordDisagreement(d contrechamp.Disagreement) disagreementRecord {
	r := disagreementRecord{d.ID, d.Subject.ID, d.Subject.Name(), string(d.Predicate), string(d.Kind), nil}
	for _, s := range d.Sides {
		r.Sides = append(r.Sides, sideRecord{string(s.Modality), contrechamp.RecordValue{Value: s.Value}, s.Voices(), records(s.Claims)})
	}
	return r
}

func printDisagreement(w io.Writer, d contrechamp.Disagreement) {
	fmt.Fprintf(w, "  %s: %s, %s\n", printable(d.Subject.Name()), strings.ReplaceAll(string(d.Predicate), "_", " "), d.Kind)
	for _, s := range d.Sides {
		voices := "1 voice"
		if n := s.Voices(); n != 1 {
			voices = fmt.Sprintf("%d voices", n)
		}
		value := contrechamp.Claim{Value: s.Value}
		fmt.Fprintf(w, "    %s: %s (%s)\n", s.Modality, valueText(value), voices)
		for _, c := range slices.Clone(s.Claims) {
			printClaim(w, c, "      ")
		}
	}
}
