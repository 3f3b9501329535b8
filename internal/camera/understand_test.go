package camera

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"contrechamp.org/contrechamp"
)

var update = flag.Bool("update", false, "write the expected cameras anew")

// outcome is a camera as a case writes it.
type outcome struct {
	Kind     contrechamp.CameraKind
	Form     string   `yaml:",omitempty"`
	Mount    string   `yaml:",omitempty"`
	Setting  string   `yaml:",omitempty"`
	Zone     string   `yaml:",omitempty"`
	Views    string   `yaml:",omitempty"`
	Height   float64  `yaml:",omitempty"`
	Tilt     *float64 `yaml:",omitempty"`
	Angle    float64  `yaml:",omitempty"`
	Operator string   `yaml:",omitempty"`
	Maker    string   `yaml:",omitempty"`
	Assumed  []string `yaml:",omitempty"`
	Flags    []string `yaml:",omitempty"`
	Kept     []string `yaml:",omitempty,flow"`
}

type specCase struct {
	Case   string
	Tags   yaml.Node // as it is written, so that -update leaves its order alone
	Camera outcome
}

func outcomeOf(u contrechamp.Understood) outcome {
	o := outcome{Kind: u.Kind, Form: u.Form, Mount: u.Mount, Setting: string(u.Setting), Zone: u.Zone, Height: u.Height, Tilt: u.Tilt,
		Angle: u.Angle, Assumed: u.Assumed, Flags: u.Flags, Kept: u.Kept}
	var views []string
	for _, v := range u.Views {
		views = append(views, v.String())
	}
	o.Views = strings.Join(views, "; ")
	name := func(r contrechamp.EntityRef) string {
		switch {
		case len(r.Names) == 0:
			return ""
		case r.ID == "":
			return r.Name() + " (not in the lexicon)"
		}
		return r.Name() + " (" + r.ID + ")"
	}
	o.Operator, o.Maker = name(u.Operator), name(u.Maker)
	return o
}

// TestCases holds the specification in testdata/cases.yaml.
func TestCases(t *testing.T) {
	const file = "testdata/cases.yaml"
	spec, err := Standard()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []specCase
	if err := yaml.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	names := NewLexicon()
	if err := names.Err(); err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		tags := map[string]string{}
		if err := c.Tags.Decode(&tags); err != nil {
			t.Fatalf("%s: %v", c.Case, err)
		}
		got := outcomeOf(spec.Understand(tags, names))
		if *update {
			cases[i].Camera = got
			continue
		}
		gotText, wantText := text(t, got), text(t, c.Camera)
		if gotText != wantText {
			t.Errorf("%s: got\n%swant\n%s", c.Case, gotText, wantText)
		}
	}
	if len(cases) < 60 {
		t.Errorf("%d cases: some are lost", len(cases))
	}
	if *update {
		head, _, _ := strings.Cut(string(b), "\n- ")
		var out bytes.Buffer
		out.WriteString(strings.TrimRight(head, "\n") + "\n")
		for _, c := range cases {
			one, err := yaml.Marshal([]specCase{c})
			if err != nil {
				t.Fatal(err)
			}
			out.WriteString("\n" + string(one))
		}
		if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func text(t *testing.T, o outcome) string {
	t.Helper()
	b, err := yaml.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestParseSpecRefuses(t *testing.T) {
	for name, c := range map[string]struct{ from, to string }{
		"a key that does not exist": {"wanted:", "wnated:"},
		"a kind that does not":      {"kind: guard", "kind: gaurd"},
		"a field that does not":     {"  mount:\n", "  muont:\n"},
		"one value with two words":  {"mast, post", "facade, post"},
		"a rule that is none":       {"- r/type=enforcement", "- x/type=enforcement"},
		"no YAML":                   {"wanted:", "\twanted: ["},
	} {
		b := bytes.Replace(standardSpec, []byte(c.from), []byte(c.to), 1)
		if bytes.Equal(b, standardSpec) {
			t.Errorf("%s: camera.yaml has no %q", name, c.from)
		}
		if _, err := ParseSpec(b); !errors.Is(err, contrechamp.ErrInvalid) {
			t.Errorf("%s: got %v, want ErrInvalid", name, err)
		}
	}
}

// FuzzUnderstand: whatever the tags say, nothing breaks, and what comes out keeps its promises.
func FuzzUnderstand(f *testing.F) {
	for _, s := range []string{"90", "-90", "350-10", "NNW", "N-S", "0-360", "90;270", "1,5", "--", "-", "9e9", "0x10", "٣٤", "10-20-30", "NaN"} {
		f.Add(s, s, s, s)
	}
	f.Add("90", "10'6\"", "15", "a;b")
	spec, err := Standard()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, direction, height, tilt, mount string) {
		u := spec.Understand(map[string]string{"man_made": "surveillance", "camera:direction": direction, "direction": tilt,
			"height": height, "camera:angle": tilt, "camera:fov": direction, "camera:mount": mount, "surveillance:zone": mount}, nil)
		for _, v := range u.Views {
			if !(v.From >= 0 && v.From < 360 && v.Width() >= 0 && v.Width() <= 360) {
				t.Errorf("direction %q, %q: %+v", direction, tilt, v)
			}
			if m := v.Middle(); !(m >= 0 && m < 360) || !v.Contains(m) {
				t.Errorf("direction %q: the middle of %+v is %g", direction, v, m)
			}
		}
		if !(u.Height >= 0 && u.Height <= 500) || u.Tilt != nil && !(*u.Tilt >= 0 && *u.Tilt <= 90) {
			t.Errorf("height %q, tilt %q: %g, %v", height, tilt, u.Height, u.Tilt)
		}
	})
}

// TestViewsRoundTrip: what a field of view writes is read as the same.
func TestViewsRoundTrip(t *testing.T) {
	for from := 0; from < 360; from += 15 {
		for width := 0; width <= 360; width += 30 {
			v := contrechamp.FieldOfView{From: float64(from), To: float64(from + width)}
			if width == 360 {
				v = contrechamp.FieldOfView{From: 0, To: 360}
			}
			b := parseDirections(v.String())
			if len(b.views) != 1 || b.views[0] != v {
				t.Errorf("%v: read as %v", v, b.views)
			}
		}
	}
	if got := strconv.Itoa(len(winds)); got != "16" {
		t.Errorf("%s winds", got)
	}
}
