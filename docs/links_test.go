// Package docs_test keeps the documents in step with the repository: every link and every file that they name exists.
package docs_test

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

const root = ".."

// passed are folders whose documents are not ours.
var passed = map[string]bool{".git": true, "node_modules": true, "bin": true, "data": true, ".cache": true, "testdata": true}

// documents lists every Markdown file of the repository, by its path from the root.
func documents(t *testing.T) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if passed[d.Name()] {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(p) == ".md" {
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			found = append(found, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 10 {
		t.Fatalf("found %d documents only: %v", len(found), found)
	}
	return found
}

func contents(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var (
	fence    = regexp.MustCompile("(?ms)^```.*?^```[ \t]*$")
	code     = regexp.MustCompile("`[^`\n]+`")
	link     = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	heading  = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *#*$`)
	filePath = regexp.MustCompile(`^[A-Za-z0-9._*@-]+(/[A-Za-z0-9._*@-]+)*/?$`)
)

// extensions are what a name in code must end with to be taken for a file of ours.
var extensions = map[string]bool{".go": true, ".md": true, ".sql": true, ".csv": true, ".html": true, ".css": true,
	".txtar": true, ".rules": true, ".mod": true, ".sum": true}

func exists(name string) bool {
	if name == ".." || strings.HasPrefix(name, "../") {
		return false // a link that leaves the repository leads nowhere for whoever cloned it
	}
	_, err := os.Stat(filepath.Join(root, filepath.FromSlash(name)))
	return err == nil
}

func TestEveryRelativeLinkResolves(t *testing.T) {
	for _, name := range documents(t) {
		text := code.ReplaceAllString(fence.ReplaceAllString(contents(t, name), ""), "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			u, err := url.Parse(m[1])
			if err != nil {
				t.Errorf("%s: link %q: %v", name, m[1], err)
				continue
			}
			if u.Scheme != "" || u.Host != "" {
				continue
			}
			target := name
			if u.Path != "" {
				target = path.Join(path.Dir(name), u.Path)
			}
			if !exists(target) {
				t.Errorf("%s links to %s, which does not exist", name, m[1])
				continue
			}
			if u.Fragment != "" && path.Ext(target) == ".md" && !anchors(contents(t, target))[u.Fragment] {
				t.Errorf("%s links to %s: %s has no such heading", name, m[1], target)
			}
		}
	}
}

// TestEveryFileNamedExists looks at what stands between back quotes and looks like a file or a folder of the
// repository: a path with a slash, or a name with one of our extensions.
func TestEveryFileNamedExists(t *testing.T) {
	for _, name := range documents(t) {
		text := fence.ReplaceAllString(contents(t, name), "")
		for _, m := range code.FindAllString(text, -1) {
			file := strings.Trim(m, "`")
			if !filePath.MatchString(file) || !isOurs(file) {
				continue
			}
			if !exists(file) && !exists(path.Join(path.Dir(name), file)) {
				t.Errorf("%s names %s, which does not exist", name, file)
			}
		}
	}
}

// isOurs reports whether a word is meant as a place in this repository.
func isOurs(file string) bool {
	if strings.ContainsAny(file, "*@") {
		return false
	}
	first, _, deep := strings.Cut(file, "/")
	switch first {
	case "internal", "cmd", "docs", "examples", "bench":
		return deep
	}
	return !deep && extensions[path.Ext(file)] && path.Ext(file) != file
}

// anchors are the fragments that the headings of a document answer to, made as hosts of Markdown make them.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		var b strings.Builder
		for _, r := range strings.ToLower(m[1]) {
			switch {
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				b.WriteRune(r)
			case r == ' ':
				b.WriteByte('-')
			}
		}
		found[b.String()] = true
	}
	return found
}

func TestEveryDecisionIsListed(t *testing.T) {
	index := contents(t, "docs/decisions/README.md")
	files, err := filepath.Glob("decisions/[0-9]*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("decisions: %v, %v", files, err)
	}
	for i, f := range files {
		name := filepath.Base(f)
		if !strings.Contains(index, "("+name+")") {
			t.Errorf("docs/decisions/README.md does not list %s", name)
		}
		title, _, _ := strings.Cut(contents(t, "docs/decisions/"+name), "\n")
		number := strings.TrimLeft(name[:4], "0")
		if !strings.HasPrefix(title, "# "+number+". ") {
			t.Errorf("%s begins with %q, want its number %s", name, title, number)
		}
		// numbers were given out in ranges to people who worked at once: some are missing, none is there twice
		if i > 0 && filepath.Base(files[i-1])[:4] >= name[:4] {
			t.Errorf("decision %s: its number is there twice", name)
		}
	}
}

// TestEveryDependencyHasItsReason compares docs/dependencies.md with what go.mod requires directly.
func TestEveryDependencyHasItsReason(t *testing.T) {
	page := contents(t, "docs/dependencies.md")
	required := map[string]bool{}
	for _, line := range strings.Split(contents(t, "go.mod"), "\n") {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) < 2 || !strings.HasPrefix(fields[1], "v") || strings.Contains(line, "// indirect") {
			continue
		}
		required[fields[0]] = true
		if !strings.Contains(page, "| "+fields[0]+" |") {
			t.Errorf("go.mod requires %s, and docs/dependencies.md does not say why", fields[0])
		}
	}
	if len(required) == 0 {
		t.Fatal("found nothing required in go.mod")
	}
	for _, line := range strings.Split(page, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		module := strings.TrimSpace(cells[1])
		if first, _, deep := strings.Cut(module, "/"); deep && strings.Contains(first, ".") && !required[module] {
			t.Errorf("docs/dependencies.md gives a reason for %s, which go.mod does not require", module)
		}
	}
}
