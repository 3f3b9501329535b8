package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/markusmobius/go-trafilatura"

	"contrechamp.org/contrechamp"
	"contrechamp.org/contrechamp/internal/read"
)

// articles measures how well the article is told from its page, on the pages of scrapinghub's article-extraction-benchmark (or a
// folder of its shape: ground-truth.json, html/ID.html.gz, evaluate.py), beside go-trafilatura in the same run. The
// figures are those of the benchmark's own evaluate.py; the two halves, by digest, tell what was looked at while the
// extractor was made (development) from what was not (held out). show lists the pages of the first half that went worst.
func articles(folder string, show int) error {
	if folder == "" {
		fmt.Println("articles: not measured, since ARTICLES names no folder of scrapinghub/article-extraction-benchmark")
		return nil
	}
	var truth map[string]struct{ ArticleBody string }
	if err := readJSON(filepath.Join(folder, "ground-truth.json"), &truth); err != nil {
		return err
	}
	pages := map[string][]byte{}
	size := 0
	for id := range truth {
		b, err := readPage(filepath.Join(folder, "html", id+".html"))
		if err != nil {
			return err
		}
		pages[id] = b
		size += len(b)
	}
	extractors := []struct {
		name    string
		extract func([]byte) string
	}{{"contrechamp", ourArticle}, {"go-trafilatura", theirArticle}}
	took := map[string]time.Duration{}
	predicted := map[string]map[string]prediction{}
	for _, e := range extractors {
		predicted[e.name] = map[string]prediction{}
		began := time.Now()
		for id, page := range pages {
			predicted[e.name][id] = prediction{e.extract(page)}
		}
		took[e.name] = time.Since(began)
	}
	for _, e := range extractors {
		for _, half := range []string{"development", "held out", ""} {
			f1, p, r := scoreArticles(half, predicted[e.name], func(id string) string { return truth[id].ArticleBody })
			if half == "" {
				half = "all"
			}
			figure("articles, "+e.name+", "+half, 100*f1, "F1 %", fmt.Sprintf("precision %.3f, recall %.3f", p, r))
		}
		figure("articles, "+e.name, float64(size)/1e6/took[e.name].Seconds(), "MB/s",
			fmt.Sprintf("%.2fx go-trafilatura's time", took[e.name].Seconds()/took["go-trafilatura"].Seconds()))
	}
	if show > 0 {
		showWorst(show, predicted["contrechamp"], func(id string) string { return truth[id].ArticleBody })
		return nil
	}
	return evaluatePy(folder, predicted)
}

type prediction struct {
	ArticleBody string `json:"articleBody"`
}

func readJSON(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}

func readPage(path string) ([]byte, error) {
	f, err := os.Open(path + ".gz")
	if err != nil {
		return os.ReadFile(path)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return io.ReadAll(z)
}

// ourArticle is what speaks in a page, without its title.
func ourArticle(page []byte) string {
	text, err := read.Read(context.Background(), read.Source{Bytes: page, MediaType: "text/html", Name: "page.html", Now: time.Now()})
	if err != nil {
		return ""
	}
	var parts []string
	for _, p := range text.Paragraphs {
		if p.Role.Speaks() && p.Role != contrechamp.RoleTitle {
			parts = append(parts, p.Of(text.Body))
		}
	}
	return strings.Join(parts, "\n\n")
}

// theirArticle is the library as the benchmark calls it.
func theirArticle(page []byte) string {
	result, err := trafilatura.Extract(bytes.NewReader(page), trafilatura.Options{EnableFallback: true})
	if err != nil {
		return ""
	}
	return result.ContentText
}

// evaluatePy runs the benchmark's own evaluation.
func evaluatePy(folder string, predicted map[string]map[string]prediction) error {
	script, err := filepath.Abs(filepath.Join(folder, "evaluate.py"))
	if err != nil {
		return err
	}
	if _, err := os.Stat(script); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "articles")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	truth, err := os.ReadFile(filepath.Join(folder, "ground-truth.json"))
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(tmp, "output"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(tmp, "ground-truth.json"), truth, 0o644); err != nil {
		return err
	}
	for name, p := range predicted {
		b, err := json.Marshal(p)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(tmp, "output", name+".json"), b, 0o644); err != nil {
			return err
		}
	}
	c := exec.Command("python3", script)
	c.Dir = tmp
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c.Run()
}

// halfOf says in which half a page is.
func halfOf(id string) string {
	if sha256.Sum256([]byte("half " + id))[0]&1 == 0 {
		return "development"
	}
	return "held out"
}

var benchWord = regexp.MustCompile(`[\p{L}\p{M}\p{N}_]+`)

// shinglesOf counts the runs of four words, as evaluate.py does.
func shinglesOf(text string) map[string]int {
	const n = 4
	words := benchWord.FindAllString(text, -1)
	m := map[string]int{}
	for i := 0; i < max(1, len(words)-n+1); i++ {
		if s := strings.Join(words[min(i, len(words)):min(i+n, len(words))], " "); s != "" {
			m[s]++
		}
	}
	return m
}

func overlap(truth, got string) (tp, fp, fn float64) {
	a, b := shinglesOf(truth), shinglesOf(got)
	for s, n := range a {
		tp += float64(min(n, b[s]))
		fn += float64(max(0, n-b[s]))
	}
	for s, n := range b {
		fp += float64(max(0, n-a[s]))
	}
	return tp, fp, fn
}

func scoreArticles(half string, predicted map[string]prediction, truth func(string) string) (f1, precision, recall float64) {
	np, nr := 0, 0
	for id, p := range predicted {
		if half != "" && halfOf(id) != half {
			continue
		}
		tp, fp, fn := overlap(truth(id), p.ArticleBody)
		if tp+fp > 0 {
			precision += tp / (tp + fp)
			np++
		}
		if tp+fn > 0 {
			recall += tp / (tp + fn)
			nr++
		}
	}
	precision /= float64(max(1, np))
	recall /= float64(max(1, nr))
	return 2 * precision * recall / (precision + recall), precision, recall
}

// showWorst prints, for the pages of the first half that went worst, the sentences too many and too few.
func showWorst(n int, predicted map[string]prediction, truth func(string) string) {
	type result struct {
		id    string
		worst float64
	}
	var results []result
	for id, p := range predicted {
		if halfOf(id) == "development" {
			tp, fp, fn := overlap(truth(id), p.ArticleBody)
			results = append(results, result{id, 2 * tp / max(1, 2*tp+fp+fn)})
		}
	}
	slices.SortFunc(results, func(a, b result) int {
		return strings.Compare(fmt.Sprintf("%.5f%s", a.worst, a.id), fmt.Sprintf("%.5f%s", b.worst, b.id))
	})
	for _, r := range results[:min(n, len(results))] {
		want, got := truth(r.id), predicted[r.id].ArticleBody
		fmt.Printf("\n== %s F1 %.3f\n", r.id, r.worst)
		missing(" +", got, want)
		missing(" -", want, got)
	}
}

// missing prints the lines of a of which b holds little.
func missing(sign, a, b string) {
	have := shinglesOf(b)
	for _, line := range strings.Split(a, "\n") {
		found, all := 0, 0
		for s, n := range shinglesOf(line) {
			all += n
			if have[s] > 0 {
				found += n
			}
		}
		if all > 0 && found*2 < all {
			fmt.Printf("%s %.150s\n", sign, line)
		}
	}
}
