// Package examples_test keeps the promises that examples/README.md makes about the sample documents.
package examples_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

const folder = "documents"

// marks are the words by which each document says what it is, in its own language.
var marks = []string{"Document de démonstration, écrit pour Contrechamp", "Demonstration document written for Contrechamp"}

func names(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		if !e.Type().IsRegular() {
			t.Errorf("%s/%s is not a regular file", folder, e.Name())
			continue
		}
		found = append(found, e.Name())
	}
	return found
}

// text returns a document's characters. A document is UTF-8, or it is HTML and declares what else it is.
func text(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	if filepath.Ext(name) != ".html" || !bytes.Contains(bytes.ToLower(raw), []byte("charset=windows-1252")) {
		t.Fatalf("%s is not UTF-8 and declares no other character set", name)
	}
	r, err := charset.NewReader(bytes.NewReader(raw), "text/html")
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	decoded, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(decoded)
}

func TestEveryDocumentSaysThatItIsADemonstration(t *testing.T) {
	for _, name := range names(t) {
		body := text(t, name)
		if strings.TrimSpace(body) == "" {
			t.Errorf("%s is empty", name)
			continue
		}
		visible := body
		if _, after, ok := strings.Cut(body, "<body"); ok {
			visible = after // a mark in the head is not seen by who reads the page
		}
		if !slices.ContainsFunc(marks, func(m string) bool { return strings.Contains(visible, m) }) {
			t.Errorf("%s does not say that it is a demonstration: want one of %q in its body", name, marks)
		}
		if strings.ContainsRune(body, utf8.RuneError) {
			t.Errorf("%s has a character that could not be decoded", name)
		}
	}
}

func TestTheSetIsADozenInBothLanguagesAndFormats(t *testing.T) {
	all := names(t)
	if len(all) < 12 || len(all) > 14 {
		t.Errorf("got %d documents, want 12 to 14", len(all))
	}
	count := map[string]int{}
	for _, name := range all {
		count[filepath.Ext(name)]++
		language := "en"
		if strings.Contains(text(t, name), marks[0]) {
			language = "fr"
		}
		count[language]++
	}
	for _, kind := range []string{".txt", ".html", "fr", "en"} {
		if count[kind] < 5 {
			t.Errorf("got %d documents of kind %s, want at least 5", count[kind], kind)
		}
	}
	if got, want := count[".txt"]+count[".html"], len(all); got != want {
		t.Errorf("%d of %d documents are .txt or .html: the others cannot be read yet", got, want)
	}
}

func TestReadmeListsEveryDocument(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	all := names(t)
	for _, name := range all {
		if !bytes.Contains(readme, []byte("(documents/"+name+")")) {
			t.Errorf("examples/README.md does not link to documents/%s", name)
		}
	}
	for _, line := range strings.Split(string(readme), "\n") {
		for _, part := range strings.Split(line, "(documents/")[1:] {
			name, _, _ := strings.Cut(part, ")")
			if !slices.Contains(all, name) {
				t.Errorf("examples/README.md links to documents/%s, which does not exist", name)
			}
		}
	}
}

// One document holds its text twice, as some saved pages do: the promise that README.md makes of it.
func TestOneDocumentHoldsItsTextTwice(t *testing.T) {
	body := text(t, "valbrune-collectif-communique.txt")
	const sentence = "Le collectif Valbrune sans mouchards a saisi le tribunal administratif"
	if got := strings.Count(body, sentence); got != 2 {
		t.Errorf("the collective's statement holds %q %d times, want 2", sentence, got)
	}
}

func TestOneDocumentIsWindows1252(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(folder, "valbrune-mairie-reponse.html"))
	if err != nil {
		t.Fatal(err)
	}
	if utf8.Valid(raw) {
		t.Error("valbrune-mairie-reponse.html is UTF-8: it must stay in windows-1252, as it says")
	}
	if got := text(t, "valbrune-mairie-reponse.html"); !strings.Contains(got, "L’œil humain") || !strings.Contains(got, "€") {
		t.Error("valbrune-mairie-reponse.html lost the characters that windows-1252 has and ISO 8859-1 has not")
	}
}
