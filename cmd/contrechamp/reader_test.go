package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// addWith adds a folder into a register of its own and answers the summary, and whether the model's claims stand in it.
func addWith(t *testing.T, data, folder string, args ...string) addSummary {
	t.Helper()
	out, err := command(t, data, append([]string{"add", folder, "--format", "json"}, args...)...).Output()
	if err != nil {
		t.Fatalf("add: %v", err)
	}
	var s addSummary
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSecondReader adds the same article with a model that finds one more claim and invents another, with one that is
// never there, and without.
func TestSecondReader(t *testing.T) {
	folder := t.TempDir()
	const article = "La ville de Valbrune compte 40 caméras de vidéosurveillance.\n\nLe tout sort des ateliers de Zorbatec, à Valbrune.\n"
	if err := os.WriteFile(filepath.Join(folder, "a.txt"), []byte(article), 0o644); err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.Header.Get("Authorization") != "Bearer sesame" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		claim := func(vendor, quote string) string {
			return fmt.Sprintf(`{"about":["Valbrune"],"predicate":"vendor","value":%q,"number":0,"unit":"","qualifier":"","modality":"asserted","speaker":"","quote":%q}`, vendor, quote)
		}
		content := `{"claims":[` + claim("Zorbatec", "Le tout sort des ateliers de Zorbatec, à Valbrune.") + "," + claim("Inventor", "Inventor équipe Valbrune.") + `]}`
		answer := map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": content}}}, "usage": map[string]int{"prompt_tokens": 100, "completion_tokens": 20}}
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()

	alone := addWith(t, t.TempDir(), folder)
	if alone.Second != nil || alone.Claims == 0 {
		t.Fatalf("without a second reader: %+v", alone)
	}

	t.Setenv(readerKey, "sesame")
	data := t.TempDir()
	both := addWith(t, data, folder, "--reader", server.URL, "--model", "recorded")
	if both.Claims != alone.Claims+1 || both.Second == nil || both.Second.Kept != 1 || both.Second.Dropped != 1 || both.Second.Asked != 100 || both.Second.NotHeard != 0 {
		t.Errorf("with a second reader: %+v, %+v, want one claim more than %d", both, both.Second, alone.Claims)
	}
	out, err := command(t, data, "claims", "--predicate", "vendor", "--format", "jsonl").Output()
	if err != nil || !strings.Contains(string(out), "model:recorded") || !strings.Contains(string(out), "Zorbatec") || strings.Contains(string(out), "Inventor") {
		t.Errorf("claims: %v\n%s", err, out)
	}
	if files, err := filepath.Glob(filepath.Join(data, "answers", "*.json")); err != nil || len(files) != int(asked.Load()) {
		t.Errorf("%d answers in the cache (%v), want %d", len(files), err, asked.Load())
	}

	t.Setenv(readerKey, "")
	deaf := addWith(t, t.TempDir(), folder, "--reader", server.URL, "--model", "recorded")
	if deaf.Claims != alone.Claims || deaf.Second.NotHeard != 1 || !strings.Contains(deaf.Second.WhyNot, "401") {
		t.Errorf("with a server that refuses: %+v, %+v, want the claims of the rules and a reason", deaf, deaf.Second)
	}

	for _, args := range [][]string{{"--reader", server.URL}, {"--model", "m"}, {"--reader", "ftp://x", "--model", "m"}} {
		if err := command(t, t.TempDir(), append([]string{"add", folder}, args...)...).Run(); err == nil {
			t.Errorf("add %v was not refused", args)
		}
	}
}

// TestSecondReaderGivenUp wants a model that fails on everything to be left alone after a few documents.
func TestSecondReaderGivenUp(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusNotFound)
	}))
	defer server.Close()
	const articles = 40
	s := addWith(t, t.TempDir(), writeArticles(t, articles), "--reader", server.URL, "--model", "gone")
	if s.Read != articles || s.Claims < articles || s.Second.NotHeard != articles {
		t.Errorf("%d read, %d claims, %+v", s.Read, s.Claims, s.Second)
	}
	if n := asked.Load(); n > 4*patience {
		t.Errorf("asked %d times", n)
	}
}
