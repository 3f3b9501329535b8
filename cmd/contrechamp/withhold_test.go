package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"contrechamp.org/contrechamp"
)

// TestWithholdingKilled kills withhold with kill -9 at moments spread over its run. Afterwards the document is either as it
// was, or withheld; then, once a program has opened the register for writing, no file has a word of it.
func TestWithholdingKilled(t *testing.T) {
	const moments = 12
	folder := writeArticles(t, 60)
	letter := []byte("Valbrune : la lettre du Zanthoxylum\n\nLa ville de Valbrune compte 512 caméras, dit le Zanthoxylum. Document de démonstration.\n")
	if err := os.WriteFile(filepath.Join(folder, "lettre.txt"), letter, 0o644); err != nil {
		t.Fatal(err)
	}
	prepared := t.TempDir()
	if out, err := command(t, prepared, "add", folder).CombinedOutput(); err != nil {
		t.Fatalf("add: %v: %s", err, out)
	}
	digest := contrechamp.Sum(letter).String()
	copied := func() string {
		data := t.TempDir()
		if err := os.CopyFS(data, os.DirFS(prepared)); err != nil {
			t.Fatal(err)
		}
		return data
	}
	args := []string{"withhold", digest, "--reason", "an order", "--by", "order", "--yes"}
	begun := time.Now()
	if out, err := command(t, copied(), args...).CombinedOutput(); err != nil {
		t.Fatalf("withhold: %v: %s", err, out)
	}
	whole := time.Since(begun)
	withheld := 0
	for i := range moments {
		data := copied()
		c := command(t, data, args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole * time.Duration(i+1) / (moments + 1))
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // it was killed, or was faster
		if out, err := command(t, data, "work", "--until-empty").CombinedOutput(); err != nil {
			t.Fatalf("work: %v: %s", err, out)
		}
		state := contrechamp.ReadState("lost")
		for _, d := range documents(t, data) {
			if d.Digest.String() == digest {
				state = d.State
			}
		}
		found := ""
		err := filepath.WalkDir(data, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			b, err := os.ReadFile(path)
			if bytes.Contains(b, []byte("Zanthoxylum")) || bytes.Contains(b, []byte("zanthoxylum")) {
				found = path
			}
			return err
		})
		switch {
		case err != nil:
			t.Fatal(err)
		case state == contrechamp.StateWithheld && found != "":
			t.Errorf("killed after %d/%d: withheld, and its words stand in %s", i+1, moments+1, found)
		case state == contrechamp.StateWithheld:
			withheld++
		case state != contrechamp.Read:
			t.Errorf("killed after %d/%d: it is %s", i+1, moments+1, state)
		default:
			if out, err := command(t, data, "show", digest).CombinedOutput(); err != nil || !bytes.Contains(out, []byte("Zanthoxylum")) {
				t.Errorf("killed after %d/%d: neither withheld nor whole: %v: %s", i+1, moments+1, err, out)
			}
		}
	}
	t.Logf("of %d killed, %d were withheld", moments, withheld)
}
