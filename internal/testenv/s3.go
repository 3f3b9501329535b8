package testenv

import (
	"os"
	"path/filepath"
	"testing"
)

// Credentials sets those of the tests' object stores.
func Credentials(t testing.TB) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "test-key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "test-secret")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
}

// S3 starts versitygw, a server of the real protocol over a folder, on the loopback address, with the bucket "evidence".
// It answers the address at which it listens: HOST:PORT.
func S3(t testing.TB) string {
	t.Helper()
	program := Tool(t, "versitygw")
	Credentials(t)
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "evidence"), 0o755); err != nil {
		t.Fatal(err)
	}
	addr := FreeAddress(t)
	Serve(t, addr, program, "--access", "test-key", "--secret", "test-secret", "--port", addr, "--quiet", "posix", "--nometa", dir)
	return addr
}
