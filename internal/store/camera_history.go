package store

import (
	"maps"
	"math"
	"slices"
	"time"

	"contrechamp.org/contrechamp"
)

// moved is from how many metres on a camera counts as moved: less is a mapper who drew more exactly.
const moved = 1.0

// begin is a camera that was not known before.
func (i *importing) begin(c contrechamp.CameraSighting) *storedCamera {
	i.changes.New++
	k := &storedCamera{CameraLife: contrechamp.CameraLife{Camera: c.Camera, Area: i.imp.Area, FirstSeen: i.imp.AsOf, LastConfirmed: i.imp.AsOf}}
	k.events = append(k.events, contrechamp.CameraEvent{Kind: contrechamp.CameraFirstSeen, At: i.imp.AsOf, Import: i.imp.Name})
	if !i.later.IsZero() && !i.imp.Changes { // the area's next extract is known, and does not have it
		i.remove(k, i.later, i.laterBy)
	}
	return k
}

// confirm brings a known camera up to date with what the extract says of it.
func (i *importing) confirm(k *storedCamera, c contrechamp.CameraSighting) {
	if i.imp.AsOf.Before(k.FirstSeen) {
		k.FirstSeen, k.corrected = i.imp.AsOf, contrechamp.CameraFirstSeen
		k.events = append(k.events, contrechamp.CameraEvent{Kind: contrechamp.CameraFirstSeen, At: i.imp.AsOf, Import: i.imp.Name})
	}
	if i.imp.AsOf.Before(k.LastConfirmed) || !k.Removed.IsZero() && i.imp.AsOf.Before(k.Removed) {
		k.LastConfirmed = later(k.LastConfirmed, i.imp.AsOf)
		return // a later extract has spoken already
	}
	note := func(e contrechamp.CameraEvent) {
		e.At, e.Import = i.imp.AsOf, i.imp.Name
		k.events = append(k.events, e)
	}
	if !k.Removed.IsZero() {
		k.Removed = time.Time{}
		i.changes.Returned++
		note(contrechamp.CameraEvent{Kind: contrechamp.CameraReturned})
	}
	if d := metres(k.Camera, c.Camera); d >= moved {
		i.changes.Moved++
		note(contrechamp.CameraEvent{Kind: contrechamp.CameraMoved, Metres: math.Round(d*10) / 10, From: [2]float64{k.Lat, k.Lon}})
	}
	if !maps.Equal(k.Tags, c.Tags) {
		i.changes.Retagged++
		was, now := difference(k.Tags, c.Tags)
		note(contrechamp.CameraEvent{Kind: contrechamp.CameraRetagged, Was: was, Now: now})
	}
	k.Camera, k.Area, k.LastConfirmed = c.Camera, i.imp.Area, i.imp.AsOf
}

// remove marks a camera as gone from the map.
func (i *importing) remove(k *storedCamera, at time.Time, name string) {
	if !k.Removed.IsZero() {
		k.corrected = contrechamp.CameraRemoved
	}
	i.changes.Removed++
	k.Removed = at
	k.events = append(k.events, contrechamp.CameraEvent{Kind: contrechamp.CameraRemoved, At: at, Import: name})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// difference answers the tags that differ, as they were and as they are.
func difference(old, young map[string]string) (was, now map[string]string) {
	was, now = map[string]string{}, map[string]string{}
	for k, v := range old {
		if w, there := young[k]; !there || w != v {
			was[k] = v
		}
	}
	for k, v := range young {
		if w, there := old[k]; !there || w != v {
			now[k] = v
		}
	}
	return was, now
}

// metres is how far two positions are apart: on a plane, which is exact enough for what is near.
func metres(a, b contrechamp.Camera) float64 {
	const degree = 111_320 // metres of a degree of latitude
	turn := math.Mod(math.Abs(a.Lon-b.Lon), 360)
	turn = min(turn, 360-turn)
	return degree * math.Hypot(a.Lat-b.Lat, turn*math.Cos((a.Lat+b.Lat)/2*math.Pi/180))
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
