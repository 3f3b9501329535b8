package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera"
	"contrechamp.org/contrechamp/internal/camera/atlas"
	"contrechamp.org/contrechamp/internal/camera/osm"
	"contrechamp.org/contrechamp/internal/publish/pmtiles"
	"contrechamp.org/contrechamp/internal/web"
)

func (p *program) camerasTilesVerb() *cobra.Command {
	var out, name string
	c := &cobra.Command{
		Use:   "tiles FILE",
		Short: "a map of an OpenStreetMap file in one archive (PMTiles): cameras, what they see, the streets under them",
		Long: `Make a map of an extract of OpenStreetMap (PBF or XML), of a town or a region:
cameras, what they see in three cases, and a base map of the same file, as vector
tiles in one PMTiles archive. "contrechamp serve --map ARCHIVE" shows it.

The archive is a database derived from OpenStreetMap: where it is made public it
stays under the ODbL, with its attribution, which is written in it.`,
		Example: `  contrechamp cameras tiles helsinki.osm.pbf -o helsinki.pmtiles --name Helsinki
  contrechamp serve --map helsinki.pmtiles`,
		Args: cobra.ExactArgs(1),
	}
	c.Flags().StringVarP(&out, "output", "o", "", "the archive to write (default: the file's name with .pmtiles, in this folder)")
	c.Flags().StringVar(&name, "name", "", "what the map is called on its page, such as the town's name")
	c.RunE = func(c *cobra.Command, args []string) error {
		if out == "" {
			out, _, _ = strings.Cut(filepath.Base(args[0]), ".")
			out += ".pmtiles"
		}
		return p.cameraTiles(c.Context(), args[0], out, name)
	}
	return c
}

// readLand reads cameras and land of an extract.
func (p *program) readLand(ctx context.Context, name string) (*atlas.Land, error) {
	spec, err := camera.Standard()
	if err != nil {
		return nil, err
	}
	names := camera.NewLexicon()
	var l atlas.Land
	// two goings-through: cameras are few, and their blobs are found without inflating the others
	for _, read := range []struct {
		what string
		do   func(*osm.File) error
	}{
		{"reading cameras", func(f *osm.File) error {
			return spec.Extract(ctx, f, spec.Wanted(), names, func(c *contrechamp.Camera) error {
				if c.Place != contrechamp.PlaceUnknown {
					l.AddCamera(*c)
				}
				return nil
			})
		}},
		{"reading streets and buildings", func(f *osm.File) error { return l.ReadLand(ctx, f) }},
	} {
		if err := p.readFile(name, read.what, read.do); err != nil {
			return nil, err
		}
	}
	return &l, names.Err()
}

func (p *program) readFile(name, what string, do func(*osm.File) error) error {
	f, err := osm.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // only read from
	bar := p.fileProgress(f, what)
	defer bar.finish()
	if err := do(f); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (p *program) cameraTiles(ctx context.Context, in, out, name string) error {
	l, err := p.readLand(ctx, in)
	if err != nil {
		return err
	}
	pyramid, passed, err := l.Pyramid(ctx)
	if err != nil {
		return err
	}
	pyramid.Order = func(z uint8, x, y uint32) uint64 { return pmtiles.Tile{Z: z, X: x, Y: y}.ID() }
	w, err := pmtiles.Create(out)
	if err != nil {
		return err
	}
	defer w.Abandon()
	tiles := 0
	cut := newProgress(p.errs, "cutting tiles", "tiles", -1)
	defer cut.finish()
	if err := pyramid.Cut(ctx, func(z uint8, x, y uint32, packed []byte) error {
		tiles++
		cut.step()
		return w.Add(pmtiles.Tile{Z: z, X: x, Y: y}, packed)
	}); err != nil {
		return fmt.Errorf("%s: %w", out, err)
	}
	at, zoom := l.Centre()
	m := pmtiles.Metadata{Name: name, Description: contrechamp.MappedIsNotPresent,
		Attribution: `<a href="https://www.openstreetmap.org/copyright">` + contrechamp.OSMAttribution + `</a>, ` + contrechamp.OSMLicence,
		Extra:       map[string]any{"summary": l.Summarise()}}
	for _, layer := range sortedKeys(atlas.Fields()) {
		m.VectorLayers = append(m.VectorLayers, pmtiles.VectorLayer{ID: layer, Fields: atlas.Fields()[layer], MaxZoom: atlas.LastZoom})
	}
	box := pmtiles.Box{West: l.Bound.Min[0], South: l.Bound.Min[1], East: l.Bound.Max[0], North: l.Bound.Max[1]}
	if err := w.Close(m, box, at[0], at[1], zoom); err != nil {
		return err
	}
	cut.finish()
	if passed > 0 {
		fmt.Fprintf(p.errs, "%s cameras have a number noted that cannot be right; nothing is drawn of what they see\n", count(passed))
	}
	fmt.Fprintf(p.out, "%s cameras in %s tiles: %s\n", count(len(l.Cameras)), count(tiles), out)
	fmt.Fprintf(p.out, "%s, %s\n%s\n", contrechamp.OSMAttribution, contrechamp.OSMLicence, contrechamp.MappedIsNotPresent)
	fmt.Fprintf(p.errs, "hint: contrechamp serve --map %s\n", out)
	return nil
}

// standardMap is the archive in the data folder that is shown when no other is named.
const standardMap = "map.pmtiles"

// findMap opens the map that a person names, or the one in the data folder; nil when there is none.
func (p *program) findMap(named string) (*web.Map, func() error, error) {
	if named != "" {
		return openMap(named)
	}
	folder, _, err := p.dataFolder()
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(folder, standardMap)
	if _, err := os.Stat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, func() error { return nil }, nil
		}
		return nil, nil, fmt.Errorf("look for a map: %w", err)
	}
	return openMap(path)
}

// openMap opens an archive that cameraTiles wrote. Whoever opens closes.
func openMap(path string) (*web.Map, func() error, error) {
	a, err := pmtiles.OpenFile(path)
	if err != nil {
		return nil, nil, contrechamp.WithHint(err, "contrechamp cameras tiles FILE.osm.pbf -o "+path)
	}
	spec, err := camera.Standard()
	if err != nil {
		a.Close()
		return nil, nil, err
	}
	var extra struct {
		Contrechamp struct {
			Summary *atlas.Summary `json:"summary"`
		} `json:"contrechamp"`
	}
	if err := json.Unmarshal(a.Raw, &extra); err != nil || extra.Contrechamp.Summary == nil {
		a.Close()
		return nil, nil, contrechamp.WithHint(fmt.Errorf("archive %s is no map of cameras: %w", path, contrechamp.ErrInvalid), "contrechamp cameras tiles FILE.osm.pbf -o "+path)
	}
	// the metadata count every camera, and two archives with the same ones hold the same tiles, but for the base map
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d %v", a.Raw, a.Tiles(), a.Bytes(), version))
	names := camera.NewLexicon()
	return &web.Map{
		Archive: a, Name: a.Metadata.Name, Summary: *extra.Contrechamp.Summary, Version: hex.EncodeToString(sum[:6]),
		Understand: func(id string, tags map[string]string) contrechamp.Camera {
			return contrechamp.Camera{ID: id, Tags: tags, Understood: spec.Understand(tags, names)}
		},
	}, a.Close, nil
}
