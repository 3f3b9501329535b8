package camera

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/osm"
)

// Importer makes of a file what [contrechamp.Cameras] records.
type Importer struct {
	Spec  *Spec
	Names Names
	// Area and AsOf, if set, are taken instead of what the file's name and header say.
	Area string
	AsOf time.Time
	Now  func() time.Time // nil is time.Now
}

// Read reads what an import is about, and answers its cameras, which are read when they are gone through. Cameras without a place are
// passed over; the file's Problem hears of them. AsOf comes from the header, else it is the date of the newest camera, and assumed
// says so.
func (im *Importer) Read(ctx context.Context, f *osm.File, name string) (imp contrechamp.CameraImport, cameras iter.Seq2[contrechamp.CameraSighting, error], assumed string, err error) {
	now := im.Now
	if now == nil {
		now = time.Now
	}
	imp = contrechamp.CameraImport{Name: filepath.Base(name), Area: im.Area, AsOf: im.AsOf, ImportedAt: now().UTC().Truncate(time.Microsecond),
		Changes: f.Format() == osm.Change}
	if imp.Area == "" {
		imp.Area = AreaOf(imp.Name)
	}
	if imp.AsOf.IsZero() {
		imp.AsOf = f.Header.Timestamp
	}
	if imp.AsOf.IsZero() {
		if imp.AsOf, err = im.newest(ctx, f); err != nil {
			return imp, nil, "", err
		}
		assumed = fmt.Sprintf("%s does not say of which date it is; taken for %s, the date of its newest camera", imp.Name, imp.AsOf.Format(time.DateOnly))
	}
	if imp.AsOf.IsZero() {
		return imp, nil, "", contrechamp.WithHint(fmt.Errorf("%s does not say of which date it is: %w", imp.Name, contrechamp.ErrInvalid),
			"say it: --date 2026-04-03")
	}
	places := &Places{}
	if !imp.Changes {
		if places, err = ReadPlaces(ctx, f); err != nil {
			return imp, nil, "", err
		}
		imp.Places = places.Mapped()
	}
	return imp, im.sightings(ctx, f, places), assumed, nil
}

// newest answers the time of the newest camera.
func (im *Importer) newest(ctx context.Context, f *osm.File) (time.Time, error) {
	problem := f.Problem
	f.Problem = nil // told when the cameras are read
	defer func() { f.Problem = problem }()
	var newest time.Time
	err := im.Spec.Extract(ctx, f, im.Spec.Wanted(), nil, func(c *contrechamp.Camera) error {
		if c.Timestamp.After(newest) {
			newest = c.Timestamp
		}
		return nil
	})
	return newest, err
}

// sightings answers a file's cameras.
func (im *Importer) sightings(ctx context.Context, f *osm.File, places *Places) iter.Seq2[contrechamp.CameraSighting, error] {
	return func(yield func(contrechamp.CameraSighting, error) bool) {
		var err error
		if f.Format() == osm.Change {
			err = im.changes(ctx, f, yield)
		} else {
			err = im.Spec.Extract(ctx, f, im.Spec.Wanted(), im.Names, func(c *contrechamp.Camera) error {
				if c.Place == contrechamp.PlaceUnknown {
					return nil
				}
				if !yield(contrechamp.CameraSighting{Camera: *c, Places: places.Of(c)}, nil) {
					return osm.ErrStop
				}
				return nil
			})
		}
		if err != nil {
			yield(contrechamp.CameraSighting{}, err)
		}
	}
}

// changes answers what a file of changes says: the cameras that it has, and of everything else that it has no tag for, or that it deletes,
// that it is no camera.
func (im *Importer) changes(ctx context.Context, f *osm.File, yield func(contrechamp.CameraSighting, error) bool) error {
	filter := im.Spec.Wanted()
	found := map[string]*contrechamp.Camera{}
	var order []string
	if err := im.Spec.Extract(ctx, f, filter, im.Names, func(c *contrechamp.Camera) error {
		if old, twice := found[c.ID]; !twice {
			order = append(order, c.ID)
		} else if old.Version > c.Version {
			return nil
		}
		found[c.ID] = c
		return nil
	}); err != nil {
		return err
	}
	if err := f.Unwanted(ctx, filter, func(id osm.ID, version int) error {
		if c, wanted := found[id.String()]; wanted {
			if version > c.Version {
				delete(found, c.ID)
			} else {
				return nil
			}
		}
		if !yield(contrechamp.CameraSighting{Camera: contrechamp.Camera{ID: id.String()}, Gone: true}, nil) {
			return osm.ErrStop
		}
		return nil
	}); err != nil {
		return err
	}
	for _, id := range order {
		c, still := found[id]
		if !still || c.Place == contrechamp.PlaceUnknown {
			continue
		}
		if !yield(contrechamp.CameraSighting{Camera: *c}, nil) {
			return osm.ErrStop
		}
	}
	return nil
}

var (
	extension = regexp.MustCompile(`(?i)(\.(osm|osc|pbf|xml|gz|bz2))+$`)
	dated     = regexp.MustCompile(`(?i)[-_.]?(latest|internal|\d{4}-\d{2}-\d{2}|\d{4}-\d{2}|\d{8}|\d{6}|\d{4})$`)
)

// AreaOf answers what an extract is of, by the name of its file: "monaco" for monaco-latest.osm.pbf, monaco-210419.osm.pbf and
// monaco-2021.osm.pbf.
func AreaOf(name string) string {
	base := extension.ReplaceAllString(filepath.Base(name), "")
	if area := strings.Trim(dated.ReplaceAllString(base, ""), "-_. "); area != "" {
		return strings.ToLower(area)
	}
	return strings.ToLower(base)
}
