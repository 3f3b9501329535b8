package camera

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/camera/osm"
)

//go:embed camera.yaml
var standardSpec []byte

// Spec says which objects watch, and how their tags are understood. It does not change once it is made.
type Spec struct {
	wanted osm.Filter
	file   specFile
	words  map[string]wordField // by the name of the field
}

// specFile is camera.yaml as it is written.
type specFile struct {
	Wanted     []string
	Kinds      []kindRule
	Words      map[string]wordRule
	Directions struct {
		Keys        []string
		Relative    []string
		DoubtfulFor []contrechamp.CameraKind `yaml:"doubtful_for"`
	}
	Height struct {
		Keys     []string
		Estimate []string
		Most     float64
	}
	Tilt, Angle     struct{ Keys []string }
	Operator, Maker nameRule
}

type kindRule struct {
	Kind     contrechamp.CameraKind
	Tags     map[string][]string
	Assumed  string
	AtObject bool `yaml:"at_object"`
}

type wordRule struct {
	Keys   []string
	Values map[string][]string
}

type nameRule struct {
	Keys   []string
	Nobody []string
}

// wordField is a wordRule the other way round: from values of tags to our words.
type wordField struct {
	keys []string
	word map[string]string
}

// The fields of a camera that are words.
const (
	fieldForm    = "form"
	fieldMount   = "mount"
	fieldSetting = "setting"
	fieldZone    = "zone"
)

// Standard returns the embedded specification.
func Standard() (*Spec, error) { return standard() }

var standard = sync.OnceValues(func() (*Spec, error) { return ParseSpec(standardSpec) })

// ParseSpec reads a specification: ErrInvalid, with what is wrong.
func ParseSpec(b []byte) (*Spec, error) {
	s := &Spec{words: map[string]wordField{}}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&s.file); err != nil {
		return nil, fmt.Errorf("camera.yaml: %w: %w", err, contrechamp.ErrInvalid)
	}
	bad := func(format string, args ...any) (*Spec, error) {
		return nil, fmt.Errorf("camera.yaml: %s: %w", fmt.Sprintf(format, args...), contrechamp.ErrInvalid)
	}
	var err error
	if s.wanted, err = osm.ParseFilter(s.file.Wanted...); err != nil {
		return nil, fmt.Errorf("camera.yaml: wanted: %w", err)
	}
	if len(s.wanted) == 0 {
		return bad("nothing is wanted")
	}
	for _, k := range s.file.Kinds {
		if !slices.Contains(contrechamp.CameraKinds(), k.Kind) {
			return bad("kinds: there is no kind %q", k.Kind)
		}
		if len(k.Tags) == 0 {
			return bad("kinds: %s has a rule without tags", k.Kind)
		}
	}
	for _, k := range s.file.Directions.DoubtfulFor {
		if !slices.Contains(contrechamp.CameraKinds(), k) {
			return bad("directions: there is no kind %q", k)
		}
	}
	if s.file.Height.Most <= 0 {
		return bad("height: most must be above 0")
	}
	for field, rule := range s.file.Words {
		if !slices.Contains([]string{fieldForm, fieldMount, fieldSetting, fieldZone}, field) {
			return bad("words: a camera has no field %q", field)
		}
		w := wordField{keys: rule.Keys, word: map[string]string{}}
		for word, values := range rule.Values {
			for _, v := range append([]string{word}, values...) {
				v = strings.ToLower(v)
				if other, twice := w.word[v]; twice && other != word {
					return bad("words: %s: %q means %s and %s", field, v, other, word)
				}
				w.word[v] = word
			}
		}
		s.words[field] = w
	}
	return s, nil
}

// Wanted answers which objects are taken out of a file.
func (s *Spec) Wanted() osm.Filter { return s.wanted }
