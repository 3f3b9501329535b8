package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/testenv"
)

func TestCommandLine(t *testing.T) {
	at := func(name string) string { return filepath.Join(testenv.Root(t), "testdata", "bundle", name) }
	key, err := os.ReadFile(at("log.key"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		out  string
		errs string
	}{
		{[]string{"--key", string(key), "--roots", at("roots.pem"), at("good.zip")}, 0, "result: it holds: these bytes were received at that time, and this list has not been rewritten", ""},
		{[]string{"--key", at("log.key"), at("good.zip")}, 0, "the key that you gave", ""},
		{[]string{"--policy", at("policy"), at("good.zip")}, 0, "as the policy that you gave asks", ""},
		{[]string{at("good.zip")}, 0, "a key that stands in the bundle itself", ""},
		{[]string{at("bit-flipped-in-the-document.zip")}, 1, "was changed", ""},
		{[]string{"--key", at("log.key"), at("forged.zip")}, 1, "not signed by a key of the log", ""},
		{[]string{at("name-that-leads-out.zip")}, 1, "", "which no member of a bundle is"},
		{[]string{at("nothing.zip")}, 1, "", "not found"},
		{[]string{at("")}, 1, "", "is no file"},
		{[]string{"--key", "a+b+c", at("good.zip")}, 1, "", "hint: it looks like"},
		{[]string{"--policy", at("log.key"), at("good.zip")}, 1, "", "line 1"},
		{[]string{"--roots", at("policy"), at("good.zip")}, 1, "", "no certificate"},
		{nil, 2, "", "usage:"},
		{[]string{"--format", "xml", at("good.zip")}, 2, "", "none of text, json"},
		{[]string{"--nothing"}, 2, "", "usage:"},
		{[]string{"--help"}, 0, "usage:", ""},
	} {
		var out, errs bytes.Buffer
		if code := run(c.args, &out, &errs); code != c.code || !strings.Contains(out.String(), c.out) || !strings.Contains(errs.String(), c.errs) {
			t.Errorf("%q: code %d, want %d\n%s%s", c.args, code, c.code, out.String(), errs.String())
		}
	}
	var out, errs bytes.Buffer
	run([]string{"--format", "json", at("good.zip")}, &out, &errs)
	var report struct {
		OK     bool
		Claims []struct{ ID string }
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil || !report.OK || len(report.Claims) != 2 {
		t.Errorf("json: %+v, %v", report, err)
	}
}
