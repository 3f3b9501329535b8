package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/claim"
	"contrechamp.org/contrechamp/internal/lexicon"
	"contrechamp.org/contrechamp/internal/read"
)

// goldClaim is one line of a gold file.
type goldClaim struct {
	Document  string         `json:"document"`
	About     oneOrMany      `json:"about"`
	Predicate string         `json:"predicate"`
	Value     map[string]any `json:"value"`
	Modality  string         `json:"modality"`
	Speaker   oneOrMany      `json:"speaker"`
	Optional  bool           `json:"optional"`
	Quote     string         `json:"quote"`
}

// oneOrMany is a string, a list of strings, or null.
type oneOrMany []string

func (o *oneOrMany) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return nil
	}
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*o = []string{s}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(o))
}

// docSet is a set of documents with their gold.
type docSet struct {
	name  string
	texts map[string][]byte
	gold  []goldClaim
}

// engineAndSets answers the engine, and the known sets that it is tried on.
func engineAndSets(shared, looks string) (*claim.Engine, []docSet, error) {
	e, err := newEngine()
	if err != nil {
		return nil, nil, err
	}
	sets, err := knownDocs(shared, looks)
	return e, sets, err
}

// namedSets answers an engine and those of the known sets that are named, all without a name. A name that ends in ".zip" is a file: a set of one's
// own, with its gold.
func namedSets(shared, looks string, only []string) (*claim.Engine, []docSet, error) {
	e, known, err := engineAndSets(shared, looks)
	if err != nil || len(only) == 0 {
		return e, known, err
	}
	var sets []docSet
	for _, name := range only {
		if strings.HasSuffix(name, ".zip") {
			set, err := zipSet(name)
			if err != nil {
				return nil, nil, err
			}
			sets = append(sets, set)
			continue
		}
		i := slices.IndexFunc(known, func(s docSet) bool { return s.name == name })
		if i < 0 {
			return nil, nil, fmt.Errorf("no known set is named %q: %w", name, contrechamp.ErrNotFound)
		}
		sets = append(sets, known[i])
	}
	return e, sets, nil
}

// fitting is what models are fitted on: the known sets, with what each rule did at first looks.
type fitting struct {
	engine *claim.Engine
	sets   []docSet
	record map[string][2]float64
}

func fittingOn(shared, looks, rulesFile string) (f fitting, err error) {
	if f.engine, f.sets, err = engineAndSets(shared, looks); err != nil {
		return f, err
	}
	f.record, err = ruleRecord(rulesFile)
	return f, err
}

// without answers an engine that weighs by models that were fitted without sets of those names.
func (f fitting) without(names []string) (*claim.Engine, error) {
	m, err := fitAll(f.engine, slices.DeleteFunc(slices.Clone(f.sets), func(s docSet) bool { return slices.Contains(names, s.name) }), f.record)
	if err != nil {
		return nil, err
	}
	return m.on(f.engine)
}

// read reads a document of a set.
func (s docSet) read(name string) (contrechamp.Text, error) {
	text, err := read.Read(context.Background(), read.Source{Name: name, Bytes: s.texts[name], Now: readAt})
	if err != nil {
		return text, fmt.Errorf("read %s: %w", name, err)
	}
	return text, nil
}

// knownDocs reads the sets that everybody may read: seeds, dev, the bulletins, and the lots that had their first look. The
// others are not touched.
func knownDocs(shared, looks string) ([]docSet, error) {
	var out []docSet
	for _, dir := range []string{"corpus/seeds", "corpus/dev", "data/bulletins"} {
		set, err := folderSet(filepath.Join(shared, filepath.FromSlash(dir)))
		if err != nil {
			return nil, err
		}
		out = append(out, set)
	}
	opened, err := firstLooks(looks)
	if err != nil {
		return nil, err
	}
	for _, look := range opened {
		set, err := zipSet(lotFile(shared, look["lot"]))
		if err != nil {
			return nil, err
		}
		out = append(out, set)
	}
	return out, nil
}

// lotFile is where a lot lies: beside the project, or, of those that were written later, in it.
func lotFile(shared, lot string) string {
	ours := filepath.Join(ownLots, lot+".zip")
	if _, err := os.Stat(ours); err == nil {
		return ours
	}
	return filepath.Join(shared, "corpus", "lots", lot+".zip")
}

// ownLots is the folder of lots in the project.
const ownLots = "testdata/lots"

// firstLooks reads docs/first-looks.csv, in its order.
func firstLooks(file string) ([]map[string]string, error) {
	rows, err := csvRows(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []map[string]string
	for _, r := range rows[min(1, len(rows)):] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = r[i]
		}
		out = append(out, m)
	}
	return out, nil
}

func folderSet(dir string) (docSet, error) {
	set := docSet{name: filepath.Base(dir), texts: map[string][]byte{}}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		return set, fmt.Errorf("no texts in %s: %w", dir, errors.Join(err, contrechamp.ErrNotFound))
	}
	for _, f := range files {
		if set.texts[filepath.Base(f)], err = os.ReadFile(f); err != nil {
			return set, err
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "gold.jsonl"))
	if err != nil {
		return set, err
	}
	set.gold, err = parseGold(b)
	return set, err
}

func zipSet(file string) (docSet, error) {
	set := docSet{name: strings.TrimSuffix(filepath.Base(file), ".zip"), texts: map[string][]byte{}}
	z, err := zip.OpenReader(file)
	if err != nil {
		return set, fmt.Errorf("open %s: %w", file, err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return set, err
		}
		b, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			return set, err
		}
		switch {
		case strings.HasSuffix(f.Name, ".txt"):
			set.texts[filepath.Base(f.Name)] = b
		case filepath.Base(f.Name) == "gold.jsonl":
			if set.gold, err = parseGold(b); err != nil {
				return set, err
			}
		}
	}
	return set, nil
}

func parseGold(b []byte) ([]goldClaim, error) {
	var out []goldClaim
	s := bufio.NewScanner(bytes.NewReader(b))
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		if len(bytes.TrimSpace(s.Bytes())) == 0 {
			continue
		}
		var g goldClaim
		if err := json.Unmarshal(s.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("gold: %w", err)
		}
		g.Document = filepath.Base(g.Document)
		out = append(out, g)
	}
	return out, s.Err()
}

// judged is a candidate with what the gold says of it.
type judged struct {
	set, document string
	claim.Candidate
	verdict verdict
	gold    int // index in the set's gold, -1 for none
}

type verdict int

const (
	wrong verdict = iota
	right
	optional // right, and costs nothing when missed
	again    // says again what another claim said: counts once
	unjudged // no gold says anything of its sentence: it only stands beside others
)

// counts reports whether a verdict tells of a claim of its own.
func (v verdict) counts() bool { return v != again && v != unjudged }

var (
	leadingArticle = regexp.MustCompile(`^(la|le|les|l|the|a) `)
	notWord        = regexp.MustCompile(`[^\p{L}\p{N}_]+`)
)

// folded are the names that were folded before: fitting asks for the same ones a thousand times over.
var folded sync.Map

// foldName folds a name as eval/score.py does.
func foldName(s string) string {
	if out, ok := folded.Load(s); ok {
		return out.(string)
	}
	out := foldNew(s)
	folded.Store(strings.Clone(s), out)
	return out
}

func foldNew(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if !unicode.Is(unicode.M, r) || unicode.Is(unicode.Mc, r) || unicode.Is(unicode.Me, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	out := strings.ReplaceAll(b.String(), "ß", "ss")
	out = strings.TrimSpace(notWord.ReplaceAllString(out, " "))
	return strings.TrimSpace(leadingArticle.ReplaceAllString(out, ""))
}

func foldAll(names []string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[foldName(n)] = true
	}
	return out
}

func meet(a, b map[string]bool) bool {
	for x := range a {
		if b[x] {
			return true
		}
	}
	return false
}

// valueNames are the names of a gold value's entity.
func valueNames(v map[string]any) []string {
	var out []string
	add := func(x any) {
		switch x := x.(type) {
		case string:
			out = append(out, x)
		case []any:
			for _, y := range x {
				if s, ok := y.(string); ok {
					out = append(out, s)
				}
			}
		}
	}
	add(v["entity"])
	add(v["names"])
	return out
}

// sameValue compares as eval/score.py does: names folded, numbers within 1 %, dates to the gold's precision.
func sameValue(g map[string]any, v contrechamp.Value) bool {
	switch {
	case g["entity"] != nil:
		if v.Entity == nil {
			return false
		}
		return meet(foldAll(valueNames(g)), foldAll(append([]string{v.Entity.ID}, v.Entity.Names...)))
	case g["number"] != nil:
		n, ok := g["number"].(float64)
		unit, _ := g["unit"].(string)
		if !ok || v.Unit == "" || unit != "" && foldName(unit) != foldName(v.Unit) {
			return false
		}
		return math.Abs(n-v.Number) <= 0.01*max(math.Abs(n), 1e-9)
	case g["date"] != nil:
		d, _ := g["date"].(string)
		return !v.Date.IsZero() && strings.HasPrefix(v.Date.String(), d)
	}
	return false
}

// readAt is when texts are read, whatever the day: behind the last that any of them bears, for a date to come is not believed to be a text's own.
var readAt = time.Date(2026, 12, 31, 3, 4, 5, 0, time.UTC)

// judge proposes all candidates of a set and compares them with its gold, claim by claim in their order.
func judge(e *claim.Engine, set docSet, all bool) ([]judged, error) {
	names := make([]string, 0, len(set.texts))
	for n := range set.texts {
		names = append(names, n)
	}
	slices.Sort(names)
	var out []judged
	used := map[int]bool{}
	for _, name := range names {
		text, err := set.read(name)
		if err != nil {
			return nil, err
		}
		candidates, err := e.Candidates(context.Background(), text, readAt)
		if err != nil {
			return nil, fmt.Errorf("propose %s: %w", name, err)
		}
		for _, c := range candidates {
			if !all && !proposed(c) {
				continue
			}
			j := judged{set: set.name, document: name, Candidate: c}
			j.verdict, j.gold = verdictOf(name, c.Claim, set.gold, used)
			out = append(out, j)
		}
	}
	return out, nil
}

// proposed reports whether the program proposes a candidate.
func proposed(c claim.Candidate) bool { return c.Claim.Confidence >= claim.Least }

// verdictOf compares a claim with the gold, and notes in used which gold claim it took. The index is -1 where it took none.
func verdictOf(document string, c contrechamp.Claim, gold []goldClaim, used map[int]bool) (verdict, int) {
	about, at, repeat := foldAll(aboutNames(c)), -1, false
	for i, g := range gold {
		if g.Document != document || g.Predicate != string(c.Predicate) || (g.Modality == "denied") != (c.Modality == contrechamp.Denied) ||
			!meet(about, foldAll(g.About)) || !sameValue(g.Value, c.Value) {
			continue
		}
		if used[i] {
			repeat = true
			continue
		}
		at = i
		if !g.Optional {
			break
		}
	}
	switch {
	case at >= 0:
		used[at] = true
		if gold[at].Optional {
			return optional, at
		}
		return right, at
	case repeat:
		return again, -1
	}
	return wrong, -1
}

// aboutNames are the IDs and names of what a claim is about.
func aboutNames(c contrechamp.Claim) []string {
	var out []string
	for _, a := range c.About {
		out = append(append(out, a.ID), a.Names...)
	}
	return out
}

// newEngine makes the engine with the embedded lexicon, rules and weights.
func newEngine() (*claim.Engine, error) {
	l, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	return claim.New(l)
}
