package contrechamp_test

import (
	"os/exec"
	"strings"
	"testing"
)

// floors is the house from the ground up: a room may import rooms of lower floors only. Rooms of one floor are
// neighbours and do not know each other.
var floors = []struct {
	rooms []string
	why   string
}{
	{[]string{"."}, "the nouns know nobody, and only the standard library"},
	{[]string{"internal/word", "internal/durable", "internal/codepage"}, "words are cut, small files made durable, and numbered encodings known, in one place, below everybody who needs it"},
	{[]string{"internal/calendar", "internal/quantity", "internal/similar"}, "dates, numbers and sameness are told from words alone: read, claim and register may ask them"},
	{[]string{"internal/ledger", "internal/store", "internal/lexicon", "internal/archive"}, "where things rest, what they are called, and how what holds others is opened"},
	{[]string{"internal/capture", "internal/read", "internal/camera"}, "stages take contracts; they never import the store"},
	{[]string{"internal/watch", "internal/claim"}, "they work on what was captured and read"},
	{[]string{"internal/register", "internal/verify"}, "joins what is claimed; checks that all is as it was"},
	{[]string{"internal/publish", "internal/act", "internal/audit"}, "what leaves as files and steps"},
	{[]string{"internal/web"}, "what leaves as pages"},
	{[]string{"cmd/contrechamp", "cmd/contrechamp-verify"}, "the program wires everybody"},
}

// beside are folders that hold tests, generators or examples: nobody imports them but their own kind.
var beside = []string{"internal/testenv", "examples", "docs", "bench"}

// stages must take the store as a contract, so that a second engine is a matter of wiring.
var stages = []string{"internal/capture", "internal/read", "internal/camera", "internal/watch", "internal/claim",
	"internal/register", "internal/verify", "internal/publish", "internal/act", "internal/audit", "internal/web"}

const module = "contrechamp.org/contrechamp"

func TestImportsRunOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}:{{join .Imports \" \"}}", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		path, imports, _ := strings.Cut(line, ":")
		room := roomOf(path)
		if isBeside(room) {
			continue
		}
		floor := floorOf(room)
		if floor < 0 {
			t.Errorf("%s stands on no floor: give it one in imports_test.go, with the reason", room)
			continue
		}
		for _, imported := range strings.Fields(imports) {
			checkImport(t, room, floor, imported)
		}
	}
}

func checkImport(t *testing.T, room string, floor int, imported string) {
	t.Helper()
	if !strings.HasPrefix(imported, module) {
		if floor == 0 && strings.Contains(strings.Split(imported, "/")[0], ".") {
			t.Errorf("the nouns import %s: %s", imported, floors[0].why)
		}
		return
	}
	other := roomOf(imported)
	if other == room {
		return
	}
	if isBeside(other) {
		t.Errorf("%s imports %s, which is for tests", room, other)
		return
	}
	if below := floorOf(other); below >= floor {
		t.Errorf("%s imports %s, which is not below it: %s", room, other, floors[floor].why)
	}
	if other == "internal/store" {
		for _, s := range stages {
			if room == s {
				t.Errorf("%s imports the store: stages take contracts (see Store in search.go)", room)
			}
		}
	}
}

// roomOf returns the room that a package belongs to: internal/store/storetest belongs to internal/store.
func roomOf(path string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	parts := strings.Split(rest, "/")
	switch {
	case rest == "":
		return "."
	case len(parts) >= 2 && (parts[0] == "internal" || parts[0] == "cmd"):
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

func floorOf(room string) int {
	for i, f := range floors {
		for _, r := range f.rooms {
			if r == room {
				return i
			}
		}
	}
	return -1
}

func isBeside(room string) bool {
	for _, b := range beside {
		if room == b {
			return true
		}
	}
	return false
}
