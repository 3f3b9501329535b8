package web

import (
	"bytes"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestContributeInABrowser sends a photograph as a person does, without script: by pointer, and by keyboard alone.
func TestContributeInABrowser(t *testing.T) {
	ctx, node, chromium := browser(t)
	kept := &box{}
	_, h := openDesk(t, kept)
	server := httptest.NewServer(h)
	defer server.Close()
	file := filepath.Join(t.TempDir(), "photograph.jpg")
	if err := os.WriteFile(file, snapshot(t, 1600, 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, node, "contribute.mjs", server.URL, chromium, file)
	cmd.Dir = "browsertest"
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("send a photograph: %v\n%s\n%s", err, out.String(), errs.String())
	}
	for line := range strings.Lines(out.String()) {
		t.Error(strings.TrimSpace(line))
	}
	if len(kept.said) != 1 || kept.said[0].Boxes != 2 || !kept.said[0].HasPlace || kept.said[0].Note != "deux caméras" {
		t.Errorf("kept: %+v", kept.said)
	}
}
