package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera"
	"contrechamp.org/contrechamp/internal/camera/osm"
)

func (p *program) camerasVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "cameras",
		Short: "cameras of OpenStreetMap: taken out of a file, kept with their history",
		Long: `Cameras of OpenStreetMap: surveillance cameras, plate readers, speed cameras,
webcams, guards. Data © OpenStreetMap contributors, ODbL 1.0.

Mapped is not present: a camera on the map may be gone, and one that is there
may not be mapped.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.camerasExtractVerb(), p.camerasImportVerb(), p.camerasListVerb(), p.camerasShowVerb(), p.camerasStatsVerb())
	c.AddCommand(p.camerasTilesVerb(), p.camerasCoverageVerb())
	return c
}

func (p *program) camerasExtractVerb() *cobra.Command {
	var tags []string
	c := &cobra.Command{
		Use:   "extract FILE",
		Short: "the cameras of an OpenStreetMap file, one JSON object a line, without a store",
		Long: `Print the cameras of an OpenStreetMap file (PBF, OSM XML plain or compressed,
OsmChange), one JSON object a line: id, lat, lon, tags (raw, whole), version and
timestamp where the file has them, then what was understood of the tags.`,
		Example: `  contrechamp cameras extract helsinki.osm.pbf > cameras.jsonl
  contrechamp cameras extract --tags n/man_made=surveillance --format csv france.osm.pbf`,
		Args: cobra.ExactArgs(1),
	}
	c.Flags().StringArrayVar(&tags, "tags", nil,
		"take what has these tags instead, as in osmium tags-filter: nwr/key=value,value (may be given again)")
	f := formatFlag(c, "jsonl", "geojson", "csv")
	c.RunE = func(c *cobra.Command, args []string) error {
		spec, err := camera.Standard()
		if err != nil {
			return err
		}
		filter := spec.Wanted()
		if len(tags) > 0 {
			if filter, err = osm.ParseFilter(tags...); err != nil {
				return usageError{err}
			}
		}
		return p.extractCameras(c.Context(), args[0], spec, filter, f.value)
	}
	return c
}

// extractCameras writes the cameras of a file to standard output.
func (p *program) extractCameras(ctx context.Context, name string, spec *camera.Spec, filter osm.Filter, format string) error {
	file, err := osm.Open(name)
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer file.Close() // only read from
	bar := p.fileProgress(file, "extracting")
	defer bar.finish()
	problems := p.problems(file)
	names := camera.NewLexicon()
	out := bufio.NewWriterSize(p.out, 1<<16)
	w := newCameraWriter(out, format)
	if err := w.begin(); err != nil {
		return err
	}
	err = spec.Extract(ctx, file, filter, names, func(c *contrechamp.Camera) error {
		return w.camera(contrechamp.CameraRecordOf(*c))
	})
	if err == nil {
		err = w.end()
	}
	if flushing := out.Flush(); err == nil {
		err = flushing
	}
	bar.finish()
	problems.tell()
	if err != nil {
		return fmt.Errorf("extract: %w", err)
	}
	if err := names.Err(); err != nil {
		return err
	}
	fmt.Fprintf(p.errs, "%s cameras. Data %s\n", count(w.n), attribution)
	return nil
}

// maxProblems is how many problems of single objects are told one by one; the rest is counted.
const maxProblems = 20

// problemList tells what is odd about single objects, once the work is done.
type problemList struct {
	errs io.Writer
	some []osm.Problem
	n    int
}

func (p *program) problems(f *osm.File) *problemList {
	l := &problemList{errs: p.errs}
	f.Problem = func(x osm.Problem) {
		if l.n++; len(l.some) < maxProblems {
			l.some = append(l.some, x)
		}
	}
	return l
}

func (l *problemList) tell() {
	for _, x := range l.some {
		fmt.Fprintf(l.errs, "%s\n", printable(x.String()))
	}
	if more := l.n - len(l.some); more > 0 {
		fmt.Fprintf(l.errs, "and %s more objects passed over\n", count(more))
	}
}

// fileProgress is a bar of bytes, with the objects found so far, while a file is gone through.
func (p *program) fileProgress(f *osm.File, what string) *progress {
	terminal, ok := p.errs.(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		return &progress{}
	}
	began := time.Now()
	bar := progressbar.NewOptions64(f.Length(),
		progressbar.OptionSetWriter(delayed{terminal, began}), progressbar.OptionSetDescription(what),
		progressbar.OptionShowBytes(true), progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
	told := time.Time{}
	f.Progress = func(done, total int64, objects int) {
		if now := time.Now(); now.Sub(told) > 100*time.Millisecond {
			told = now
			bar.ChangeMax64(total)
			bar.Describe(fmt.Sprintf("%s, %s objects", what, count(objects)))
			_ = bar.Set64(done) // a bar that cannot be drawn must not stop the work
		}
	}
	return &progress{bar: bar}
}
