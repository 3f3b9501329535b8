package change

import (
	"fmt"
	"strings"
	"testing"

	"contrechamp.org/contrechamp"
)

// text makes a text of paragraphs; one that begins with "|" is furniture.
func text(paragraphs ...string) contrechamp.Text {
	var t contrechamp.Text
	for _, p := range paragraphs {
		role := contrechamp.RoleBody
		if rest, aside := strings.CutPrefix(p, "|"); aside {
			role, p = contrechamp.RoleFurniture, rest
		}
		start := len(t.Body)
		t.Body += p
		t.Paragraphs = append(t.Paragraphs, contrechamp.Paragraph{Span: contrechamp.Span{Start: start, End: len(t.Body)}, Role: role})
		t.Body += "\n"
	}
	return t
}

func shown(c Changes) string {
	var out []string
	for _, p := range c.Paragraphs {
		s := map[Kind]string{Added: "+" + p.New, Removed: "-" + p.Old}[p.Kind]
		if p.Kind == Rewritten {
			var ws []string
			for _, w := range p.Words {
				ws = append(ws, map[Kind]string{Same: w.Text, Added: "{+" + w.Text + "+}", Removed: "[-" + w.Text + "-]"}[w.Kind])
			}
			s = "~" + strings.Join(ws, " ")
		}
		if p.Aside() {
			s = "|" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func TestTexts(t *testing.T) {
	for name, c := range map[string]struct {
		old, new contrechamp.Text
		want     string
		same     int
	}{
		"nothing":   {text(), text(), "", 0},
		"the same":  {text("a b", "c"), text("a  b", "c"), "", 2},
		"a number":  {text("Title", "The town has 30 cameras in its streets.", "End"), text("Title", "The town has 48 cameras in its streets.", "End"), "~The town has [-30-] {+48+} cameras in its streets.", 2},
		"added":     {text("one", "three"), text("one", "two and more", "three"), "+two and more", 2},
		"removed":   {text("one", "two and more", "three"), text("one", "three"), "-two and more", 2},
		"all else":  {text("one two three four"), text("nothing of what there was"), "-one two three four\n+nothing of what there was", 0},
		"moved":     {text("first words", "second words here"), text("second words here", "first words"), "-first words\n+first words", 1},
		"in a menu": {text("page", "|Home News Contact us today"), text("page", "|Home News Archive us today"), "|~Home News [-Contact-] {+Archive+} us today", 1},
		"words deleted": {text("Facial recognition and plate reading are part of the offer"), text("plate reading are part of the offer"),
			"~[-Facial recognition and-] plate reading are part of the offer", 0},
		"two of three rewritten": {text("alpha beta gamma delta", "x y z", "one two three four"), text("alpha beta gamma DELTA", "one two three FOUR"),
			"~alpha beta gamma [-delta-] {+DELTA+}\n-x y z\n~one two three [-four-] {+FOUR+}", 0},
	} {
		got := Texts(c.old, c.new)
		if shown(got) != c.want || got.Same != c.same {
			t.Errorf("%s: got %q and %d the same, want %q and %d", name, shown(got), got.Same, c.want, c.same)
		}
	}
}

// TestApplied: what is the same and removed makes the old text, what is the same and added the new one.
func TestApplied(t *testing.T) {
	var a, b []string
	for i := range 3000 {
		a = append(a, fmt.Sprintf("paragraph %d says %d things", i, i*i%97))
		if i%7 != 0 {
			b = append(b, fmt.Sprintf("paragraph %d says %d things", i, i*i%96))
		}
	}
	c := Texts(text(a...), text(b...))
	removed, added := 0, 0
	for _, p := range c.Paragraphs {
		if p.Kind != Added {
			removed++
		}
		if p.Kind != Removed {
			added++
		}
		var old, new []string
		for _, w := range p.Words {
			if w.Kind != Added {
				old = append(old, w.Text)
			}
			if w.Kind != Removed {
				new = append(new, w.Text)
			}
		}
		if p.Kind == Rewritten && (strings.Join(old, " ") != p.Old || strings.Join(new, " ") != p.New) {
			t.Fatalf("the words of %+v do not make it", p)
		}
	}
	if c.Same+removed != len(a) || c.Same+added != len(b) {
		t.Errorf("%d the same, %d removed of %d, %d added of %d", c.Same, removed, len(a), added, len(b))
	}
}

func TestOfBytes(t *testing.T) {
	for _, c := range []struct {
		old, new   string
		start      int
		oldE, newE int
	}{{"abc", "abc", 3, 3, 3}, {"abc", "axc", 1, 2, 2}, {"abc", "abxc", 2, 2, 3}, {"aaa", "aa", 2, 3, 2}, {"", "x", 0, 0, 1}, {"", "", 0, 0, 0}} {
		d := OfBytes([]byte(c.old), []byte(c.new))
		if d.Start != c.start || d.OldEnd != c.oldE || d.NewEnd != c.newE || d.Same() != (c.old == c.new) {
			t.Errorf("%q to %q: got %+v", c.old, c.new, d)
		}
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("a b\nc", "a\nc d")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := text(strings.Split(strings.ToValidUTF8(a, "?"), "\n")...), text(strings.Split(strings.ToValidUTF8(b, "?"), "\n")...)
		c := Texts(x, y)
		if len(c.Paragraphs) == 0 && strings.Join(strings.Fields(x.Body), " ") != strings.Join(strings.Fields(y.Body), " ") {
			t.Fatalf("%q and %q are called the same", a, b)
		}
	})
}
