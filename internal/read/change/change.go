// Package change says what changed from one text to another: paragraph by paragraph, and word by word within those that
// were rewritten.
//
// Paragraphs are aligned as lines are by diff (sergi/go-diff, after Myers); of what stands in the place of other
// paragraphs, those that share most words are taken for rewritten, in order, and the rest for added and removed. It says
// what differs, not what it means. White space alone is no difference.
package change

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"contrechamp.org/contrechamp"
)

// Kind says what happened to words or to a paragraph.
type Kind string

// The kinds. Paragraphs are never Same in a list of changes; words are never Rewritten.
const (
	Same      Kind = "same"
	Added     Kind = "added"
	Removed   Kind = "removed"
	Rewritten Kind = "rewritten"
)

// Paragraph is one that changed.
type Paragraph struct {
	Kind  Kind             `json:"kind"`
	Role  contrechamp.Role `json:"role"` // of the new one, of the old one where it was removed
	Old   string           `json:"old,omitempty"`
	New   string           `json:"new,omitempty"`
	Words []Words          `json:"words,omitempty"` // of a rewritten one
}

// Aside reports whether it stands around what a page says: in a menu, a notice, a repetition.
func (p Paragraph) Aside() bool {
	return p.Role == contrechamp.RoleFurniture || p.Role == contrechamp.RoleRepeat
}

// Words is a run of words of a rewritten paragraph, with the space before each.
type Words struct {
	Kind Kind   `json:"kind"`
	Text string `json:"text"`
}

// Changes is what changed between two texts.
type Changes struct {
	Paragraphs []Paragraph // in the order of the new text, removed ones where they stood
	Same       int         // paragraphs that are as they were
}

// Texts compares an old text with a new one.
func Texts(old, new contrechamp.Text) Changes {
	a, b := list(old), list(new)
	var c Changes
	i, j := 0, 0
	for _, d := range align(words(a), words(b)) {
		switch d.kind {
		case Same:
			c.Same += d.n
			i += d.n
			j += d.n
		default:
			c.Paragraphs = append(c.Paragraphs, replaced(a[i:i+d.removed], b[j:j+d.added])...)
			i += d.removed
			j += d.added
		}
	}
	return c
}

type paragraph struct {
	text string // with one blank between words
	role contrechamp.Role
}

func list(t contrechamp.Text) []paragraph {
	out := make([]paragraph, 0, len(t.Paragraphs))
	for _, p := range t.Paragraphs {
		if text := strings.Join(strings.Fields(p.Of(t.Body)), " "); text != "" {
			out = append(out, paragraph{text, p.Role})
		}
	}
	return out
}

func words(ps []paragraph) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = p.text
	}
	return out
}

// run is a stretch of an alignment: n tokens that are the same, or removed ones in whose place stand added ones.
type run struct {
	kind           Kind // Same or Rewritten
	n              int
	removed, added int
}

// patience is how long an alignment may take before a coarser one is good enough.
const patience = 5 * time.Second

// align aligns tokens.
func align(a, b []string) []run {
	number := map[string]rune{}
	x, y := runes(a, number), runes(b, number)
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = patience
	var out []run
	for _, d := range dmp.DiffMainRunes(x, y, false) {
		n := utf8.RuneCountInString(d.Text)
		if d.Type == diffmatchpatch.DiffEqual {
			out = append(out, run{kind: Same, n: n})
			continue
		}
		if len(out) == 0 || out[len(out)-1].kind == Same {
			out = append(out, run{kind: Rewritten})
		}
		last := &out[len(out)-1]
		if d.Type == diffmatchpatch.DiffDelete {
			last.removed += n
		} else {
			last.added += n
		}
	}
	return out
}

// runes gives each different token a letter of its own, since letters are what the library aligns. Past as many tokens as
// there are letters, new ones share the last.
func runes(tokens []string, number map[string]rune) []rune {
	const firstSurrogate, surrogates = 0xd800, 0x800
	out := make([]rune, len(tokens))
	for i, t := range tokens {
		r, known := number[t]
		if !known {
			r = rune(len(number) + 1)
			if r >= firstSurrogate {
				r += surrogates
			}
			r = min(r, unicode.MaxRune)
			number[t] = r
		}
		out[i] = r
	}
	return out
}

// alike is the share of words from which on a paragraph counts as another rewritten.
const alike = 0.4

// mostPairs is how many pairs of paragraphs are looked at; of more, those at the same place are taken for pairs.
const mostPairs = 40_000

// replaced tells which of the old paragraphs were rewritten, in order: the pairs that share most words in all.
func replaced(old, new []paragraph) []Paragraph {
	var out []Paragraph
	i, j := 0, 0
	upTo := func(to, too int) {
		for ; i < to; i++ {
			out = append(out, Paragraph{Kind: Removed, Role: old[i].role, Old: old[i].text})
		}
		for ; j < too; j++ {
			out = append(out, Paragraph{Kind: Added, Role: new[j].role, New: new[j].text})
		}
	}
	for _, p := range pairs(old, new) {
		upTo(p[0], p[1])
		out = append(out, Paragraph{Kind: Rewritten, Role: new[j].role, Old: old[i].text, New: new[j].text, Words: wordwise(old[i].text, new[j].text)})
		i++
		j++
	}
	upTo(len(old), len(new))
	return out
}

// pairs answers which paragraphs belong together, in order.
func pairs(old, new []paragraph) [][2]int {
	var out [][2]int
	if len(old)*len(new) > mostPairs {
		for k := range min(len(old), len(new)) {
			if share(bag(old[k].text), bag(new[k].text)) >= alike {
				out = append(out, [2]int{k, k})
			}
		}
		return out
	}
	bags := func(ps []paragraph) []map[string]int {
		bs := make([]map[string]int, len(ps))
		for i, p := range ps {
			bs[i] = bag(p.text)
		}
		return bs
	}
	a, b := bags(old), bags(new)
	// best[i][j]: what the pairs among the paragraphs from i and j on share at most
	best := make([][]float64, len(a)+1)
	shared := make([][]float64, len(a))
	best[len(a)] = make([]float64, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		best[i], shared[i] = make([]float64, len(b)+1), make([]float64, len(b))
		for j := len(b) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if shared[i][j] = share(a[i], b[j]); shared[i][j] >= alike {
				best[i][j] = max(best[i][j], shared[i][j]+best[i+1][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case shared[i][j] >= alike && best[i][j] == shared[i][j]+best[i+1][j+1]:
			out = append(out, [2]int{i, j})
			i++
			j++
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return out
}

// bag counts the words of a text.
func bag(text string) map[string]int {
	out := map[string]int{}
	for _, w := range strings.Fields(text) {
		out[w]++
	}
	return out
}

// share is how much of their words two paragraphs share: twice the common ones by all (Dice).
func share(a, b map[string]int) float64 {
	all, common := 0, 0
	for w, n := range a {
		all += n
		common += min(n, b[w])
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(common) / float64(all)
}

// wordwise compares two paragraphs word by word.
func wordwise(old, new string) []Words {
	a, b := strings.Fields(old), strings.Fields(new)
	var out []Words
	add := func(k Kind, ws []string) {
		if len(ws) > 0 {
			out = append(out, Words{k, strings.Join(ws, " ")})
		}
	}
	i, j := 0, 0
	for _, r := range align(a, b) {
		if r.kind == Same {
			add(Same, a[i:i+r.n])
			i += r.n
			j += r.n
			continue
		}
		add(Removed, a[i:i+r.removed])
		add(Added, b[j:j+r.added])
		i += r.removed
		j += r.added
	}
	return out
}

// Bytes says where two files differ: outside of it, they are the same.
type Bytes struct {
	OldLength int `json:"old_length"`
	NewLength int `json:"new_length"`
	Start     int `json:"start"`   // the first byte that differs
	OldEnd    int `json:"old_end"` // behind the last one, in the old file
	NewEnd    int `json:"new_end"`
}

// Same reports whether there is no difference.
func (b Bytes) Same() bool { return b.OldEnd == b.Start && b.NewEnd == b.Start }

// OfBytes compares two files byte by byte.
func OfBytes(old, new []byte) Bytes {
	d := Bytes{OldLength: len(old), NewLength: len(new), OldEnd: len(old), NewEnd: len(new)}
	for d.Start < min(len(old), len(new)) && old[d.Start] == new[d.Start] {
		d.Start++
	}
	for d.OldEnd > d.Start && d.NewEnd > d.Start && old[d.OldEnd-1] == new[d.NewEnd-1] {
		d.OldEnd--
		d.NewEnd--
	}
	return d
}
