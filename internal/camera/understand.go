package camera

import (
	"fmt"
	"slices"
	"strings"

	"contrechamp.org/contrechamp"
)

// Names finds who is meant by a name. The lexicon is one.
type Names interface {
	// Named answers the firm or body that bears exactly that name, false if none does.
	Named(name string) (contrechamp.EntityRef, bool)
}

// Understand makes of a camera's tags what the specification says. names may be nil: then no name is looked up.
func (s *Spec) Understand(tags map[string]string, names Names) contrechamp.Understood {
	r := reading{spec: s, tags: tags, names: names}
	itself := r.kind()
	r.Form = r.word(fieldForm)
	r.Mount = r.word(fieldMount)
	r.Setting = contrechamp.CameraSetting(r.word(fieldSetting))
	r.Zone = r.word(fieldZone)
	if itself {
		r.angle()
		r.directions()
		r.height()
		r.tilt()
		r.Maker = r.name(s.file.Maker)
	}
	r.Operator = r.name(s.file.Operator)
	slices.Sort(r.Kept)
	r.Kept = slices.Compact(r.Kept)
	return r.Understood
}

// reading is the understanding of one camera's tags while it is made.
type reading struct {
	contrechamp.Understood
	spec  *Spec
	tags  map[string]string
	names Names
}

func (r *reading) flag(format string, args ...any) {
	r.Flags = append(r.Flags, fmt.Sprintf(format, args...))
}

func (r *reading) assume(format string, args ...any) {
	r.Assumed = append(r.Assumed, fmt.Sprintf(format, args...))
}

// keep notes that the value of a key was not understood.
func (r *reading) keep(key string) { r.Kept = append(r.Kept, key) }

// kind finds the first rule that holds. It reports whether the tags are those of the device itself.
func (r *reading) kind() (itself bool) {
	itself = true
	r.Kind = contrechamp.CameraUnidentified
	for _, rule := range r.spec.file.Kinds {
		holds := true
		for key, values := range rule.Tags {
			holds = holds && r.has(key, values)
		}
		if !holds {
			continue
		}
		r.Kind, itself = rule.Kind, !rule.AtObject
		if rule.Assumed != "" {
			r.assume("%s", rule.Assumed)
		}
		break
	}
	if r.Kind == contrechamp.CameraUnidentified && r.tags["surveillance:type"] != "" {
		r.keep("surveillance:type")
	}
	if strings.Contains(r.tags["surveillance:type"], ";") {
		r.flag("several things watch here: surveillance:type=%s", r.tags["surveillance:type"])
	}
	return itself
}

// has reports whether a tag has one of the values.
func (r *reading) has(key string, values []string) bool {
	value, there := r.tags[key]
	if !there {
		return false
	}
	for _, part := range strings.Split(value, ";") {
		part = strings.TrimSpace(part)
		for _, v := range values {
			if v == "*" && part != "" || strings.EqualFold(v, part) {
				return true
			}
		}
	}
	return false
}

// word reads a field that is a word: of the first of its keys that says something known.
func (r *reading) word(field string) string {
	f := r.spec.words[field]
	found := ""
	for _, key := range f.keys {
		value, there := r.tags[key]
		if !there {
			continue
		}
		for _, part := range strings.Split(value, ";") {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
			w, known := f.word[strings.ToLower(part)]
			switch {
			case !known:
				r.keep(key)
			case found == "":
				found = w
			case found != w:
				r.flag("%s=%s says %s too; the first counts", key, value, w)
			}
		}
	}
	return found
}

// directions reads where the camera looks.
func (r *reading) directions() {
	rule := r.spec.file.Directions
	usedKey := ""
	for _, key := range rule.Keys {
		value, there := r.tags[key]
		if !there {
			continue
		}
		b := parseDirections(value)
		if len(b.unknown) > 0 {
			r.keep(key)
			for _, part := range b.unknown {
				if !containsFold(rule.Relative, part) {
					r.flag("%s: %q is no direction", key, part)
				}
			}
		}
		if len(b.views) == 0 {
			continue
		}
		if usedKey != "" {
			if !sameViews(r.Views, b.views) {
				r.flag("%s=%s and %s=%s are not the same; the first counts", usedKey, r.tags[usedKey], key, value)
			}
			continue
		}
		usedKey, r.Views = key, b.views
		r.Flags = append(r.Flags, b.flags...)
		if key == "direction" && slices.Contains(rule.DoubtfulFor, r.Kind) {
			r.assume("direction is where the device looks, not where the traffic goes")
		}
	}
	if r.Angle == 0 {
		return
	}
	for i, v := range r.Views {
		if v.Width() == 0 {
			from := v.From - r.Angle/2
			if from < 0 {
				from += 360
			}
			r.Views[i] = contrechamp.FieldOfView{From: from, To: from + r.Angle}
		}
	}
}

// sameViews reports whether two tags say the same directions, in any order.
func sameViews(a, b []contrechamp.FieldOfView) bool {
	if len(a) != len(b) {
		return false
	}
	for _, v := range b {
		if !slices.Contains(a, v) {
			return false
		}
	}
	return true
}

func containsFold(list []string, s string) bool {
	return slices.ContainsFunc(list, func(x string) bool { return strings.EqualFold(x, s) })
}

func (r *reading) height() {
	rule := r.spec.file.Height
	for i, key := range append(slices.Clip(rule.Keys), rule.Estimate...) {
		value, there := r.tags[key]
		if !there {
			continue
		}
		l, err := parseLength(value)
		if err != nil || l.metres <= 0 || l.metres > rule.Most {
			r.keep(key)
			continue
		}
		if r.Height != 0 {
			if i < len(rule.Keys) && l.metres != r.Height {
				r.flag("%s=%s is not the height that another tag says (%s m); the other counts", key, value, number(r.Height))
			}
			continue
		}
		r.Height = l.metres
		if l.unitless {
			r.assume("a height without a unit is in metres")
		}
		if l.comma {
			r.flag("%s=%s has a comma where OpenStreetMap has a point", key, value)
		}
		if i >= len(rule.Keys) {
			r.assume("the height is an estimate (%s)", key)
		}
	}
}

func (r *reading) tilt() {
	for _, key := range r.spec.file.Tilt.Keys {
		value, there := r.tags[key]
		if !there {
			continue
		}
		d, err := degrees(value)
		switch {
		case err != nil:
			r.keep(key)
		case d < 0 || d > 90:
			r.keep(key)
			r.flag("%s=%s: a camera is tilted by 0 to 90 degrees below the horizon", key, value)
		case r.Tilt == nil:
			r.Tilt = &d
		case *r.Tilt != d:
			r.flag("%s=%s is not the tilt that another tag says (%s); the other counts", key, value, number(*r.Tilt))
		}
	}
}

func (r *reading) angle() {
	for _, key := range r.spec.file.Angle.Keys {
		value, there := r.tags[key]
		if !there {
			continue
		}
		if d, err := degrees(value); err == nil && d > 0 && d <= 360 && r.Angle == 0 {
			r.Angle = d
		} else if err != nil || d != r.Angle {
			r.keep(key)
		}
	}
}

// name reads who runs or made it.
func (r *reading) name(rule nameRule) contrechamp.EntityRef {
	for _, key := range rule.Keys {
		value := strings.TrimSpace(r.tags[key])
		if value == "" {
			continue
		}
		if containsFold(rule.Nobody, value) {
			r.keep(key)
			continue
		}
		if r.names != nil {
			if ref, ok := r.names.Named(value); ok {
				return ref
			}
		}
		return contrechamp.EntityRef{Names: []string{value}}
	}
	return contrechamp.EntityRef{}
}
