package web

import (
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"contrechamp.org/contrechamp"
)

var update = flag.Bool("update", false, "write the golden files again; then read them line by line")

// TestAPIGolden compares answers of the API with testdata/api.
func TestAPIGolden(t *testing.T) {
	h := open(t, newShelf(t))
	digest := contrechamp.Sum([]byte("courrier.html")).String()
	for name, address := range map[string]string{
		"index":         "/api/",
		"figures":       "/api/figures",
		"search":        "/api/search?q=cam%C3%A9ras&limit=2",
		"search-name":   "/api/search?q=Valm%C3%A8re&limit=1",
		"search-filter": "/api/search?q=place:Nirgendwo",
		"dossier":       "/api/dossier/valmer",
		"claims":        "/api/claims?about=Opticore",
		"claims-page":   "/api/claims?limit=1&offset=1&predicate=capability&state=proposed",
		"documents":     "/api/documents?limit=2",
		"documents-end": "/api/documents?state=not+read",
		"document":      "/api/document/" + digest[:12],
		"unread":        "/api/document/scan.pdf",
		"disagreements": "/api/disagreements?about=Valm%C3%A8re&limit=1",
		"not-found":     "/api/dossier/Nirgendwo",
		"nowhere":       "/api/nowhere",
		"bad-search":    "/api/search?q=date:2021-13",
		"bad-predicate": "/api/claims?predicate=colour",
		"bad-state":     "/api/documents?state=lost",
		"bad-limit":     "/api/claims?limit=0",
	} {
		w := get(h, address)
		if got := w.Header().Get("Content-Type"); got != jsonType {
			t.Errorf("%s is %s", address, got)
		}
		checkHeaders(t, address, w)
		if !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s is not JSON: %s", address, w.Body)
		}
		got := http.StatusText(w.Code) + "\n" + w.Body.String()
		path := filepath.Join("testdata", "api", name+".json.txt")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: differs from %s (run with -update and read the difference)\n%s", address, path, got)
		}
	}
}

// TestAPIPagesAreWhole: the pages of claims and documents, put together, are all of them once.
func TestAPIPagesAreWhole(t *testing.T) {
	s := newShelf(t)
	h := open(t, s)
	seen := map[string]bool{}
	for address := "/api/claims?limit=3"; address != ""; {
		var page struct {
			Claims []struct{ ID string }
			Next   *int
		}
		if err := json.Unmarshal(get(h, address).Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Claims {
			if seen[c.ID] {
				t.Errorf("%s again", c.ID)
			}
			seen[c.ID] = true
		}
		address = ""
		if page.Next != nil {
			address = "/api/claims?limit=3&offset=" + strconv.Itoa(*page.Next)
		}
	}
	if len(seen) != len(s.claims) {
		t.Errorf("%d claims on all pages, want %d", len(seen), len(s.claims))
	}
	documents := 0
	for address := "/api/documents?limit=2"; address != ""; {
		var page APIDocuments
		if err := json.Unmarshal(get(h, address).Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		documents += len(page.Documents)
		address = ""
		if page.Next != nil {
			address = "/api/documents?limit=2&after=" + *page.Next
		}
	}
	if documents != len(s.documents) {
		t.Errorf("%d documents on all pages, want %d", documents, len(s.documents))
	}
}

// TestAPIQuotesStandInTheText: every claim of a document is found again in the body that the API gives.
func TestAPIQuotesStandInTheText(t *testing.T) {
	h := open(t, newShelf(t))
	var doc struct {
		Text   struct{ Body string }
		Claims []struct{ Quote contrechamp.Quote }
	}
	if err := json.Unmarshal(get(h, "/api/document/courrier.html").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Claims) == 0 {
		t.Fatal("no claims")
	}
	for _, c := range doc.Claims {
		if !c.Quote.FoundIn(doc.Text.Body) {
			t.Errorf("%q is not at %d of the text", c.Quote.Exact, c.Quote.Start)
		}
	}
}
