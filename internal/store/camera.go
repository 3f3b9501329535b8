package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/word"
)

const (
	selectLaterImport = `SELECT as_of, name FROM camera_import WHERE area = $1 AND as_of > $2 AND changes = 0 ORDER BY as_of LIMIT 1`
	upsertImport      = `INSERT INTO camera_import (area, as_of, name, imported_at, changes, cameras) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (area, as_of) DO UPDATE SET cameras = excluded.cameras`
	selectCameras = `SELECT c.area, c.first_seen, c.last_confirmed, c.removed, c.body FROM camera c `
	selectMissing = `SELECT c.area, c.first_seen, c.last_confirmed, c.removed, c.body FROM camera c JOIN camera_area a ON a.camera = c.id
		WHERE a.area = $1 AND a.seen < $2 AND c.last_confirmed < $2 AND (c.removed = 0 OR c.removed > $2) ORDER BY c.id`
	upsertCamera = `INSERT INTO camera (id, kind, operator, operator_name, maker, maker_name, area, first_seen, last_confirmed, removed, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, operator = excluded.operator,
		operator_name = excluded.operator_name, maker = excluded.maker, maker_name = excluded.maker_name, area = excluded.area,
		first_seen = excluded.first_seen, last_confirmed = excluded.last_confirmed, removed = excluded.removed, body = excluded.body`
	selectEventTurn = `SELECT COALESCE(MAX(turn), 0) + 1 FROM camera_event WHERE camera = $1`
	insertEvent     = `INSERT INTO camera_event (camera, turn, kind, happened_at, body) VALUES ($1, $2, $3, $4, $5)`
	// an extract between two others, or before all of them, says when it really was
	dropEvent   = `DELETE FROM camera_event WHERE camera = $1 AND kind = $2 AND happened_at > $3`
	leavePlaces = `DELETE FROM camera_place WHERE camera = $1`
	upsertArea  = `INSERT INTO camera_area (area, camera, seen) VALUES ($1, $2, $3)
		ON CONFLICT (area, camera) DO UPDATE SET seen = excluded.seen WHERE excluded.seen > camera_area.seen`
	upsertPlace     = `INSERT INTO mapped_place (id, body) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body`
	upsertPlaceName = `INSERT INTO mapped_place_name (name, place) VALUES ($1, $2) ON CONFLICT (name, place) DO NOTHING`
	insertIn        = `INSERT INTO camera_place (place, camera) VALUES ($1, $2) ON CONFLICT (place, camera) DO NOTHING`
)

// storedCamera is a camera's row, taken apart.
type storedCamera struct {
	contrechamp.CameraLife
	events    []contrechamp.CameraEvent   // to be added
	corrected contrechamp.CameraEventKind // later events of that kind did not happen then
}

// ImportCameras implements contrechamp.Cameras.
func (s *Database) ImportCameras(ctx context.Context, imp contrechamp.CameraImport, cameras iter.Seq2[contrechamp.CameraSighting, error]) (contrechamp.CameraChanges, error) {
	if imp.Area == "" || imp.AsOf.IsZero() {
		return contrechamp.CameraChanges{}, fmt.Errorf("import cameras of %q: an area and a date are needed: %w", imp.Name, contrechamp.ErrInvalid)
	}
	var done contrechamp.CameraChanges
	err := s.write(ctx, "import cameras of "+imp.Name, true, func(t tx) error {
		i := importing{tx: t, imp: imp}
		if err := i.run(ctx, cameras); err != nil {
			return err
		}
		done = i.changes
		return nil
	})
	return done, err
}

// importing is one import while it is written.
type importing struct {
	tx
	imp     contrechamp.CameraImport
	later   time.Time // the next extract of the area that is known already; zero if this is the newest
	laterBy string    // its file
	changes contrechamp.CameraChanges
}

func (i *importing) run(ctx context.Context, cameras iter.Seq2[contrechamp.CameraSighting, error]) error {
	var later int64
	switch err := one(ctx, i, selectLaterImport, []any{i.imp.Area, micros(i.imp.AsOf)}, &later, &i.laterBy); {
	case err == nil:
		i.later = timeOf(later)
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	for _, p := range i.imp.Places {
		if err := i.place(ctx, p); err != nil {
			return err
		}
	}
	var part []contrechamp.CameraSighting
	for c, err := range cameras {
		if err != nil {
			return err
		}
		if c.Place == contrechamp.PlaceUnknown && !c.Gone {
			return fmt.Errorf("%s has no place: %w", c.ID, contrechamp.ErrInvalid)
		}
		if part = append(part, c); len(part) == batch {
			if err := i.some(ctx, part); err != nil {
				return err
			}
			part = part[:0]
		}
	}
	if err := i.some(ctx, part); err != nil {
		return err
	}
	if !i.imp.Changes {
		if err := i.missing(ctx); err != nil {
			return err
		}
	}
	changes := 0
	if i.imp.Changes {
		changes = 1
	}
	_, err := i.exec(ctx, upsertImport, i.imp.Area, micros(i.imp.AsOf), storable(i.imp.Name), micros(i.imp.ImportedAt), changes, i.changes.Cameras)
	return err
}

func (i *importing) place(ctx context.Context, p contrechamp.MappedPlace) error {
	body, err := pack(p)
	if err != nil {
		return err
	}
	if _, err := i.exec(ctx, upsertPlace, p.ID, body); err != nil {
		return err
	}
	for name := range placeNames(p.Identifiers, append([]string{p.Name}, p.Names...)) {
		if _, err := i.exec(ctx, upsertPlaceName, name, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// placeNames answers what a place is looked up by.
func placeNames(identifiers map[string]string, names []string) map[string]bool {
	found := map[string]bool{}
	for kind, id := range identifiers {
		found[kind+":"+id] = true
	}
	for _, n := range names {
		if key := word.Key(n); key != "" {
			found[key] = true
		}
	}
	return found
}

// some records a batch of sightings.
func (i *importing) some(ctx context.Context, sightings []contrechamp.CameraSighting) error {
	if len(sightings) == 0 {
		return nil
	}
	ids := make([]string, len(sightings))
	for n, c := range sightings {
		ids[n] = c.ID
	}
	known := map[string]*storedCamera{}
	if err := lives(ctx, i, func(l contrechamp.CameraLife) error {
		known[l.ID] = &storedCamera{CameraLife: l}
		return nil
	}, selectCameras+"WHERE c.id IN ("+list(1, len(ids))+")", args(ids)...); err != nil {
		return err
	}
	for _, c := range sightings {
		k := known[c.ID]
		if c.Gone {
			if k != nil && k.Removed.IsZero() && k.LastConfirmed.Before(i.imp.AsOf) {
				i.remove(k, i.imp.AsOf, i.imp.Name)
				if err := i.save(ctx, k); err != nil {
					return err
				}
			}
			continue
		}
		i.changes.Cameras++
		if k == nil {
			k = i.begin(c)
			known[c.ID] = k
		} else {
			i.changes.Confirmed++
			i.confirm(k, c)
		}
		if err := i.save(ctx, k); err != nil {
			return err
		}
		if _, err := i.exec(ctx, upsertArea, i.imp.Area, c.ID, micros(i.imp.AsOf)); err != nil {
			return err
		}
		for _, p := range c.Places {
			if _, err := i.exec(ctx, insertIn, p, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// missing marks the cameras that earlier extracts of the area have and this one has not.
func (i *importing) missing(ctx context.Context) error {
	var gone []*storedCamera
	if err := lives(ctx, i, func(l contrechamp.CameraLife) error {
		gone = append(gone, &storedCamera{CameraLife: l})
		return nil
	}, selectMissing, i.imp.Area, micros(i.imp.AsOf)); err != nil {
		return err
	}
	for _, k := range gone {
		i.remove(k, i.imp.AsOf, i.imp.Name)
		if err := i.save(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

// save writes a camera and its new events.
func (i *importing) save(ctx context.Context, k *storedCamera) error {
	body, err := pack(k.Camera)
	if err != nil {
		return err
	}
	removed := int64(0)
	if !k.Removed.IsZero() {
		removed = micros(k.Removed)
	}
	name := func(r contrechamp.EntityRef) string {
		if len(r.Names) == 0 {
			return ""
		}
		return word.Key(r.Name())
	}
	if _, err := i.exec(ctx, upsertCamera, k.ID, string(k.Kind), k.Operator.ID, name(k.Operator), k.Maker.ID, name(k.Maker), k.Area,
		micros(k.FirstSeen), micros(k.LastConfirmed), removed, body); err != nil {
		return err
	}
	for _, e := range k.events {
		if err := i.event(ctx, k, e); err != nil {
			return err
		}
	}
	k.events = nil
	return nil
}

func (i *importing) event(ctx context.Context, k *storedCamera, e contrechamp.CameraEvent) error {
	if k.corrected == e.Kind {
		if _, err := i.exec(ctx, dropEvent, k.ID, string(e.Kind), micros(e.At)); err != nil {
			return err
		}
	}
	if e.Kind == contrechamp.CameraMoved && !i.imp.Changes { // perhaps into another place; a file of changes has no boundaries to tell
		if _, err := i.exec(ctx, leavePlaces, k.ID); err != nil {
			return err
		}
	}
	body, err := pack(e)
	if err != nil {
		return err
	}
	var turn int
	if err := one(ctx, i, selectEventTurn, []any{k.ID}, &turn); err != nil {
		return err
	}
	_, err = i.exec(ctx, insertEvent, k.ID, turn, string(e.Kind), micros(e.At), body)
	return err
}

// lives calls each for every camera of a query that begins like selectCameras.
func lives(ctx context.Context, from asker, each func(contrechamp.CameraLife) error, query string, given ...any) error {
	return rows(ctx, from, func(r *sql.Rows) error {
		var l contrechamp.CameraLife
		var first, last, removed int64
		var area, body string
		if err := r.Scan(&area, &first, &last, &removed, &body); err != nil {
			return err
		}
		if err := unpack("camera", body, &l.Camera); err != nil {
			return err
		}
		l.Area, l.FirstSeen, l.LastConfirmed = area, timeOf(first), timeOf(last)
		if removed != 0 {
			l.Removed = timeOf(removed)
		}
		return each(l)
	}, query, given...)
}

// CameraImports implements contrechamp.Cameras.
func (s *Database) CameraImports(ctx context.Context) ([]contrechamp.CameraImport, error) {
	var out []contrechamp.CameraImport
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		var c contrechamp.CameraImport
		var asOf, at int64
		if err := r.Scan(&c.Area, &asOf, &c.Name, &at, &c.Changes, &c.Cameras); err != nil {
			return err
		}
		c.AsOf, c.ImportedAt = timeOf(asOf), timeOf(at)
		out = append(out, c)
		return nil
	}, `SELECT area, as_of, name, imported_at, changes, cameras FROM camera_import ORDER BY area, as_of`)
	return out, failed(ctx, "list imports of cameras", err)
}

// Camera implements contrechamp.Cameras.
func (s *Database) Camera(ctx context.Context, id string) (contrechamp.CameraLife, error) {
	var found []contrechamp.CameraLife
	doing := fmt.Sprintf("camera %q", id)
	err := lives(ctx, s.readers, func(l contrechamp.CameraLife) error {
		found = append(found, l)
		return nil
	}, selectCameras+"WHERE c.id = $1", id)
	if err == nil && len(found) == 0 {
		err = contrechamp.ErrNotFound
	}
	if err != nil {
		return contrechamp.CameraLife{}, failed(ctx, doing, err)
	}
	life := found[0]
	err = rows(ctx, s.readers, func(r *sql.Rows) error {
		var body string
		if err := r.Scan(&body); err != nil {
			return err
		}
		var e contrechamp.CameraEvent
		if err := unpack("event of a camera", body, &e); err != nil {
			return err
		}
		life.Events = append(life.Events, e)
		return nil
	}, `SELECT body FROM camera_event WHERE camera = $1 ORDER BY happened_at, turn`, id)
	return life, failed(ctx, doing, err)
}

// Cameras implements contrechamp.Cameras.
func (s *Database) Cameras(ctx context.Context, f contrechamp.CameraFilter) ([]contrechamp.CameraLife, error) {
	var where []string
	var given []any
	must := func(condition string, values ...any) {
		for _, v := range values {
			given = append(given, v)
			condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(given)), 1)
		}
		where = append(where, condition)
	}
	switch f.State {
	case contrechamp.CamerasMapped:
		must("c.removed = 0")
	case contrechamp.CamerasGone:
		must("c.removed <> 0")
	case contrechamp.CamerasEver:
	default:
		return nil, fmt.Errorf("list cameras: state %q: %w", f.State, contrechamp.ErrInvalid)
	}
	if f.Kind != "" {
		must("c.kind = ?", string(f.Kind))
	}
	if f.Operator != "" {
		must("(c.operator = ? OR c.operator_name = ?)", f.Operator, word.Key(f.Operator))
	}
	if f.Maker != "" {
		must("(c.maker = ? OR c.maker_name = ?)", f.Maker, word.Key(f.Maker))
	}
	if f.Area != "" {
		must("c.id IN (SELECT camera FROM camera_area WHERE area = ?)", f.Area)
	}
	if f.Place != "" {
		must("c.id IN (SELECT camera FROM camera_place WHERE place = ?)", f.Place)
	}
	if f.After != "" {
		must("c.id > ?", f.After)
	}
	query := selectCameras
	if len(where) > 0 {
		query += "WHERE " + strings.Join(where, " AND ")
	}
	query, given = page(query+" ORDER BY c.id", given, f.Limit, 0)
	var out []contrechamp.CameraLife
	err := lives(ctx, s.readers, func(l contrechamp.CameraLife) error {
		out = append(out, l)
		return nil
	}, query, given...)
	return out, failed(ctx, "list cameras", err)
}

// MappedIn implements contrechamp.Cameras.
func (s *Database) MappedIn(ctx context.Context, e contrechamp.Entity) ([]contrechamp.MappedCount, error) {
	identifiers := placeNames(e.Identifiers, nil)
	var names []string
	names = append(names, e.Name)
	for _, n := range e.Names {
		names = append(names, n.Text)
	}
	doing := "count mapped cameras of " + e.ID
	for _, keys := range []map[string]bool{identifiers, placeNames(nil, names)} {
		found, err := s.mappedIn(ctx, keys)
		if err != nil || len(found) > 0 {
			return found, failed(ctx, doing, err)
		}
	}
	return nil, nil
}

func (s *Database) mappedIn(ctx context.Context, keys map[string]bool) ([]contrechamp.MappedCount, error) {
	var given []any
	for _, k := range sorted(keys) {
		given = append(given, k)
	}
	if len(given) == 0 {
		return nil, nil
	}
	var out []contrechamp.MappedCount
	err := rows(ctx, s.readers, func(r *sql.Rows) error {
		var c contrechamp.MappedCount
		var body string
		var asOf sql.NullInt64
		if err := r.Scan(&body, &c.Cameras, &asOf); err != nil {
			return err
		}
		if err := unpack("place", body, &c.Place); err != nil {
			return err
		}
		if asOf.Valid {
			c.AsOf = timeOf(asOf.Int64)
		}
		out = append(out, c)
		return nil
	}, `SELECT p.body, COUNT(c.id) AS cameras, MAX(c.last_confirmed) FROM mapped_place p
		LEFT JOIN camera_place i ON i.place = p.id
		LEFT JOIN camera c ON c.id = i.camera AND c.removed = 0 AND c.kind NOT IN ('guard', 'gunshot detector')
		WHERE p.id IN (SELECT place FROM mapped_place_name WHERE name IN (`+list(1, len(given))+`))
		GROUP BY p.id, p.body ORDER BY cameras DESC, p.id`, given...)
	return out, err
}
