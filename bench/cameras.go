package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"contrechamp.org/contrechamp/internal/testenv/measure"
)

// camerasBesideOsmium takes the cameras out of a large file, and lets osmium do the same: with the very same rule, and, without a rule,
// everything that watches: speed cameras, webcams and relations too, which osmium is not asked for. In the file as a whole every
// third byte is of a block with something wanted, far more than on a planet. The dense file is made of the two extracts in which
// nearly every block has cameras: there, stopping early gains nothing.
func camerasBesideOsmium(binary, shared string, size int64) error {
	extracts, err := extractsIn(shared)
	if err != nil {
		return err
	}
	var dense []string
	for _, e := range extracts {
		if strings.HasPrefix(filepath.Base(e), "helsinki") || strings.HasPrefix(filepath.Base(e), "munich") {
			dense = append(dense, e)
		}
	}
	tmp, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	osmium, peerErr := exec.LookPath("osmium")
	for _, f := range []struct {
		name     string
		extracts []string
		size     int64
	}{{"cameras extract", extracts, size}, {"cameras extract, dense", dense, size / 6}} {
		path := filepath.Join(tmp, "made.osm.pbf")
		if _, err := makePlanet(context.Background(), path, f.extracts, f.size); err != nil {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		figure(f.name+", file", float64(info.Size())/1e6, "MB", "")
		everything, err := measure.Run(exec.Command(binary, "cameras", "extract", path))
		if err != nil {
			return err
		}
		for _, kinds := range []string{"n", "nwr"} {
			rule := kinds + "/man_made=surveillance"
			alike, err := measure.Run(exec.Command(binary, "cameras", "extract", "--tags", rule, path))
			if err != nil {
				return err
			}
			ratio := func(measure.Cost) string { return "no peer: osmium is not installed (Debian: osmium-tool)" }
			if peerErr == nil {
				// as people call it, with the nodes of ways, which extract needs too; and without them (-R)
				whole, err := measure.Run(exec.Command(osmium, "tags-filter", "--no-progress", "-O", "-f", "opl", "-o", os.DevNull, path, rule))
				if err != nil {
					return err
				}
				alone, err := measure.Run(exec.Command(osmium, "tags-filter", "--no-progress", "-R", "-O", "-f", "opl", "-o", os.DevNull, path, rule))
				if err != nil {
					return err
				}
				ratio = func(ours measure.Cost) string {
					return fmt.Sprintf("1/%.1f of osmium tags-filter %s/ (%.2f s), 1/%.1f with -R", whole.CPU.Seconds()/ours.CPU.Seconds(),
						kinds, whole.CPU.Seconds(), alone.CPU.Seconds()/ours.CPU.Seconds())
				}
			}
			figure(f.name+" --tags "+kinds+"/, cpu", alike.CPU.Seconds(), "s", ratio(alike))
			figure(f.name+" of every kind, cpu", everything.CPU.Seconds(), "s", ratio(everything))
		}
		figure(f.name+", peak memory", everything.PeakMiB, "MiB", "limit 64")
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}
