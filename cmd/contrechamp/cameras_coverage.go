package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"strconv"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/coverage"
	"contrechamp.org/contrechamp/internal/camera/view"
)

func (p *program) camerasCoverageVerb() *cobra.Command {
	var detail string
	var level int
	c := &cobra.Command{
		Use:   "coverage FILE",
		Short: "how much of the streets and public ground of an OpenStreetMap file its mapped cameras show",
		Long: `Measure how much of the streets and of the public ground of an extract of
OpenStreetMap (a town or a region) its mapped cameras show: in the whole, by
municipality, and by operator.

Three cases, because maps note little. "modest" counts only what is noted, of
modest cameras. "common" lets a camera without a direction look straight out from
its wall. "fine" lets it look anywhere: an upper bound. Buildings stop views.

It is about cameras and streets. Mapped is not present.`,
		Example: `  contrechamp cameras coverage munich.osm.pbf
  contrechamp cameras coverage --detail recognise --format csv andorra.osm.pbf`,
		Args: cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&detail, "detail", "detect", "what counts as seen, of EN 62676-4:2015: identify (250 px/m), recognise (125), observe (62.5), detect (25)")
	c.Flags().IntVar(&level, "admin-level", 0, "admin_level of the municipalities (default: the one of 6, 7 and 8 of which the file has most)")
	f := formatFlag(c, "table", "json", "csv")
	c.RunE = func(c *cobra.Command, args []string) error {
		l, err := p.readLand(c.Context(), args[0])
		if err != nil {
			return err
		}
		r, err := coverage.Measure(c.Context(), l, detail, level)
		if err != nil {
			return err
		}
		switch f.value {
		case "json":
			return printJSON(p.out, struct {
				coverage.Report
				Attribution string `json:"attribution"`
				Licence     string `json:"licence"`
			}{r, contrechamp.OSMAttribution, contrechamp.OSMLicence})
		case "csv":
			return p.coverageCSV(r)
		}
		return p.coverageTable(r)
	}
	return c
}

// coverageColumns are the numbers of a row, in the order of the CSV.
func coverageColumns(r coverage.Row) []float64 {
	columns := []float64{float64(r.Cameras), float64(r.Indoors), r.Area, r.Street.All, r.Ground.All}
	columns = append(columns, r.Street.Seen[:]...)
	return append(columns, r.Ground.Seen[:]...)
}

func (p *program) coverageCSV(r coverage.Report) error {
	w := csv.NewWriter(p.out)
	rows := [][]string{{"name", "admin_level", "cameras", "indoors", "area_m2", "street_m", "public_m2", "street_seen_modest_m", "street_seen_common_m",
		"street_seen_fine_m", "public_seen_modest_m2", "public_seen_common_m2", "public_seen_fine_m2", "detail", "source"}}
	for _, row := range r.Rows {
		cells := []string{row.Name, strconv.Itoa(row.Level)}
		for _, v := range coverageColumns(row) {
			cells = append(cells, strconv.FormatFloat(math.Round(v), 'f', 0, 64))
		}
		rows = append(rows, append(cells, r.Detail, contrechamp.OSMAttribution+", "+contrechamp.OSMLicence))
	}
	return w.WriteAll(rows)
}

func (p *program) coverageTable(r coverage.Report) error {
	share := func(s coverage.Share, i int) string {
		if s.All == 0 {
			return "-"
		}
		return strconv.FormatFloat(100*s.Seen[i]/s.All, 'f', 1, 64) + " %"
	}
	shares := func(s coverage.Share) string { return share(s, 0) + " / " + share(s, 1) + " / " + share(s, 2) }
	each := func(n int, of float64) string {
		if of == 0 {
			return "-"
		}
		return strconv.FormatFloat(float64(n)/of, 'f', 2, 64)
	}
	fmt.Fprintf(p.out, "seen: shown so that something can be told with at least %q, EN 62676-4:2015; modest / common / fine case\n\n", r.Detail)
	t := newTable(p.out)
	t.row("place", "cameras", "indoors", "street km", "a km", "a km2", "street seen", "public ground seen")
	for _, row := range r.Rows {
		name := row.Name
		if name == "" {
			name = "(whole file)"
		}
		t.row(oneLine(name, 40), count(row.Cameras), count(row.Indoors), strconv.FormatFloat(row.Street.All/1000, 'f', 1, 64), each(row.Cameras, row.Street.All/1000),
			each(row.Cameras, row.Area/1e6), shares(row.Street), shares(row.Ground))
	}
	if err := t.flush(); err != nil {
		return err
	}
	fmt.Fprintln(p.out)
	t = newTable(p.out)
	t.row("operator", "cameras", "metres of street seen")
	for _, o := range r.Operators {
		name := o.Name
		if name == "" {
			name = "(none noted)"
		}
		t.row(oneLine(name, 40), count(o.Cameras), fmt.Sprintf("%s / %s / %s", count(int(o.Street[0])), count(int(o.Street[1])), count(int(o.Street[2]))))
	}
	if err := t.flush(); err != nil {
		return err
	}
	fmt.Fprintln(p.out)
	for _, k := range view.Cases() {
		fmt.Fprintf(p.out, "%s: %s pixels wide, %s° where no angle is noted, %s m high where no height is; the upper edge of the picture on the horizon\n",
			k.Name, count(k.Pixels), strconv.FormatFloat(k.Angle(false), 'f', 0, 64), strconv.FormatFloat(k.Height, 'f', -1, 64))
	}
	if r.Passed > 0 {
		fmt.Fprintf(p.out, "%s cameras have a number noted that cannot be right, and count as showing nothing\n", count(r.Passed))
	}
	fmt.Fprintf(p.out, "%s\n%s, %s\n", r.Notice, contrechamp.OSMAttribution, contrechamp.OSMLicence)
	return nil
}
