package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"contrechamp.org/contrechamp/internal/testenv"
)

// TestAddressesRefused gives addresses that lead nowhere: a sentence, a hint, no password.
func TestAddressesRefused(t *testing.T) {
	cluster := testenv.Server(t)
	cluster.Run(t, "postgres", "DROP ROLE IF EXISTS "+testenv.Locked)
	cluster.Run(t, "postgres", fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD '%s'", testenv.Locked, testenv.LockedPassword))
	newer := cluster.Database(t)
	blobs := filepath.Join(t.TempDir(), "blobs")
	if code, _, errs := runHere(t, "--db", newer, "--blobs", blobs, "--data", t.TempDir(), "add", samples(t)); code != exitOK {
		t.Fatalf("add: %d: %s", code, errs)
	}
	sql(t, cluster, newer, "UPDATE contrechamp_schema SET version = version + 1000")
	older := cluster.Database(t)
	if code, _, errs := runHere(t, "--db", older, "--blobs", blobs, "--data", t.TempDir(), "add", samples(t)); code != exitOK {
		t.Fatalf("add: %d: %s", code, errs)
	}
	sql(t, cluster, older, "UPDATE contrechamp_schema SET version = version - 1000 WHERE id = 1")
	limited := strings.Replace(cluster.Database(t), "contrechamp@", testenv.Locked+":open%20sesame@", 1)
	secure := func(address, certificate string) string {
		return strings.Replace(address, "sslmode=disable", "sslmode=verify-full&sslrootcert="+certificate, 1)
	}
	if code, _, errs := runHere(t, "--db", secure(cluster.Database(t), cluster.Certificate()), "--blobs", blobs, "--data", t.TempDir(), "add", samples(t)); code != exitOK {
		t.Errorf("over TLS: %d: %s", code, errs)
	}
	for name, tt := range map[string]struct {
		args       []string
		code       int
		says, hint string
	}{
		"a wrong password":         {[]string{"--db", fmt.Sprintf("postgres://%s:guessed@127.0.0.1:%d/postgres", testenv.Locked, cluster.Port()), "add", "x"}, exitFailed, "does not let this user in", "PGPASSWORD"},
		"no such database":         {[]string{"--db", cluster.Address("contrechamp", "nowhere"), "documents"}, exitFailed, "there is no such database", "createdb"},
		"nobody listens":           {[]string{"--db", "postgres://contrechamp@127.0.0.1:1/x?connect_timeout=1", "documents"}, exitFailed, "cannot be reached", "look whether the server runs"},
		"an unknown scheme":        {[]string{"--db", "mysql://root:guessed@localhost/x", "documents"}, exitFailed, "no address of a database", "postgres://"},
		"no address at all":        {[]string{"--db", "postgres://127.0.0.1:notaport/x", "documents"}, exitFailed, "", "postgres://"},
		"a newer schema":           {[]string{"--db", newer, "documents"}, exitFailed, "a newer program made this database", "use the newer program"},
		"an older schema, reading": {[]string{"--db", older, "documents"}, exitFailed, "an older program made this database", "work --until-empty"},
		"nothing there yet":        {[]string{"--db", cluster.Database(t), "documents"}, exitFailed, "no register in this database yet", "add FOLDER"},
		"no place for the log":     {[]string{"--db", cluster.Database(t), "--blobs", blobs, "add", samples(t)}, exitFailed, "nothing says where it is to be kept", "--ledger FOLDER"},
		"no rights to make tables": {[]string{"--db", limited, "add", "x"}, exitFailed, "may not do that", "GRANT"},
		"a certificate of others":  {[]string{"--db", secure(newer, cluster.OtherCertificate()), "documents"}, exitFailed, "certificate is not the one to be trusted", "sslrootcert"},
		"a certificate of no host": {[]string{"--db", strings.Replace(secure(newer, cluster.Certificate()), "127.0.0.1", "localhost", 1), "documents"}, exitFailed, "certificate is not the one to be trusted", "sslrootcert"},
		"bytes nowhere":            {[]string{"--db", newer, "--blobs", "ftp://x/y", "documents"}, exitFailed, "newer", ""},
		"a queue of no scheme":     {[]string{"--data", t.TempDir(), "--jobs", "amqp://x", "add", "x"}, exitFailed, "no address of a database", "postgres://"},
		"too many at once":         {[]string{"--data", t.TempDir(), "--jobs", "100000", "add", "x"}, exitUsage, "want 1 to", "--jobs"},
		"copy without a place":     {[]string{"copy", "--from", t.TempDir()}, exitUsage, "both --from and --to", "contrechamp copy"},
		"copy without bytes":       {[]string{"copy", "--from", t.TempDir(), "--to", older}, exitUsage, "nothing says where", "--to-blobs"},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, errs := runHere(t, tt.args...)
			if code != tt.code || !strings.Contains(errs, tt.says) || !strings.Contains(errs, tt.hint) {
				t.Errorf("exit code %d, want %d; said %q, want %q and the hint %q", code, tt.code, errs, tt.says, tt.hint)
			}
			if tt.hint != "" && !strings.Contains(errs, "hint:") {
				t.Errorf("no hint: %s", errs)
			}
			if strings.Contains(errs, "guessed") || strings.Contains(errs, "sesame") {
				t.Errorf("it tells the password: %s", errs)
			}
		})
	}
	if code, _, errs := runHere(t, "--db", older, "--blobs", blobs, "work", "--until-empty"); code != exitOK {
		t.Errorf("renewing the older one: %d: %s", code, errs)
	}
}

// runHere runs the command line in this process.
func runHere(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.WithoutCancel(t.Context()), args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// sql runs SQL in the database of an address.
func sql(t *testing.T, cluster *testenv.Cluster, address, text string) {
	t.Helper()
	_, rest, _ := strings.Cut(address, "127.0.0.1:")
	_, name, _ := strings.Cut(rest, "/")
	name, _, _ = strings.Cut(name, "?")
	cluster.Run(t, name, text)
}
